// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a bare number, whose type is named in this message after the operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"v", 3> v;

#ifdef ACCEPT
constexpr auto f = sum(v) * 0.5_c;
#else
constexpr auto f = dot(v, 0.5);
#endif
