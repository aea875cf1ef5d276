// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of one expression that have an overload with a second operand, given others.
//
// EXPECT 1: makes a formula of one expression, or of one and a second operand of its kind
// EXPECT 2: makes a formula of one expression, or of one and a second operand of its kind
// EXPECT 3: makes a formula of one expression, or of one and a second operand of its kind
// EXPECT 4: makes a formula of one expression, or of one and a second operand of its kind
// EXPECT 5: makes a formula of one expression, or of one and a second operand of its kind
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"Z", 3, 2> Z;
#ifdef ACCEPT
constexpr double y = compile(relu(x) + elu(x, 2_c) + sum(softmax(Z, by_row)))(
    x = 1.0, Z = matrix<double, 3, 2>{1, 2, 3, 4, 5, 6});
#elif MISTAKE == 1
constexpr auto y = relu(0.5);
#elif MISTAKE == 2
constexpr auto f = compile(elu(x, x, x));
#elif MISTAKE == 3
constexpr auto f = compile(sum(softmax(Z, x)));
#elif MISTAKE == 4
constexpr auto f = compile(sum(mean(Z, x, x)) + 1_c);
#elif MISTAKE == 5
constexpr auto f = compile(celu() * x);
#endif
