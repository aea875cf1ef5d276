// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: clamp(x, 1_c, 0_c): the lower bound is above the upper one
// NAMES: clamp
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = clamp(x, -1_c, 1_c / 3_c) + clamp(x, w, -w);
#else
constexpr auto f = clamp(x, 1_c / 3_c, -1_c);
#endif
