// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a bare number, whose type is named in this message after the operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;

#ifdef ACCEPT
constexpr auto f = stack(x, y, 1_c);
#else
constexpr auto f = stack(x, y, 1);
#endif
