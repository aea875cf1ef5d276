// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: select(condition, a, b): the first argument is a comparison
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = select(x > 0_c, x, w);
#else
constexpr auto f = select(x, x, w);
#endif
