// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: relu(x > y): an operand (named in this message) is a condition
// NAMES: greater_operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = leaky_relu(select(x > w, 1_c, 0_c));
#else
constexpr auto f = leaky_relu(x > w); // three operations of x > w, and one error
#endif
