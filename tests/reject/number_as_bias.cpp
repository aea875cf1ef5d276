// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a bare number, whose type is named in this message after the operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 2, 3> W;
constexpr variable<"x", 3> x;

#ifdef ACCEPT
constexpr auto f = affine(W, x, 1_c);
#else
constexpr auto f = affine(W, x, 1);
#endif
