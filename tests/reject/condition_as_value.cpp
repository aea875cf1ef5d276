// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: relu(x > y): an operand (named in this message after the operation) is a condition
// NAMES: relu_operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = relu(select(x > w, 1_c, 0_c));
#else
constexpr auto f = relu(x > w);
#endif
