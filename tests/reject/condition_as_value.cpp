// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: relu(x > y), 0_c < x < 1_c: an operand (named in this message) is a condition
// EXPECT 2: two conditions are joined, 0_c < x && x < 1_c
// EXPECT 3: two conditions are joined, 0_c < x && x < 1_c
// EXPECT 4: 1 where the condition holds is select(x > y, 1_c, 0_c)
// NAMES: greater_operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = leaky_relu(select(x > w, 1_c, 0_c));
constexpr auto g = select(0_c < x && x < 1_c, x, w);
#elif MISTAKE == 1
constexpr auto f = leaky_relu(x > w); // three operations of x > w, and one error
#elif MISTAKE == 2
constexpr auto f = select(w > x > 1_c, x, w);
#elif MISTAKE == 3
constexpr auto f = (x > w) <= (w > x);
#elif MISTAKE == 4
constexpr auto f = sum((x > w) * x) + 1_c;
#endif
