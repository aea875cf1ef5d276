// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a && b, a || b, !a: an operand is no comparison
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr auto g = select(x > 0_c && w > 0_c, x, w);
#else
constexpr auto g = select(x > 0_c && w, x, w);
#endif
