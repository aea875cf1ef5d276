// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions that are given numbers only, and other numbers of operands than they take.
//
// EXPECT 1: makes a formula of one expression and was given another number of them, or numbers only
// EXPECT 2: makes a formula of one expression and was given another number of them
// EXPECT 3: makes a formula of two operands, one of them an expression at least, and was given
// EXPECT 4: makes a formula of three operands, one of them an expression at least, and was given
// EXPECT 5: makes a formula of two operands or more, one of them an expression at least, and was
// EXPECT 6: makes a formula of one expression and was given another number of them
// EXPECT 7: makes a formula of two operands, one of them an expression at least, and was given
#include <algorithm>
#include <cmath>

#include <chainrule/chainrule.hpp>

/// A number of the user's, and a function of it.
struct real {
  constexpr real(double number) : value(number) {}
  double value;
};
constexpr real square(real x) { return x.value * x.value; }
constexpr double silu(double x) { return x / 2; }

using namespace chainrule;
using namespace std;

constexpr variable<"x"> x;
#ifdef ACCEPT
constexpr double y = compile(gelu(x))(x = 1);
// What is a function of numbers without us stays one.
static_assert(is_same_v<decltype(exp(1)), double> && is_same_v<decltype(exp(1.0f)), float>);
static_assert(max(1, 2) == 2 && clamp(3.0, 0.0, 1.0) == 1.0);
static_assert(square(3).value == 9 && silu(4) == 2);
const double h = hypot(3, 4.0f) + pow(2, 0.5) + abs(-1) + tanh(1);
#elif MISTAKE == 1
constexpr double y = gelu(1);
#elif MISTAKE == 2
constexpr auto f = tanh(sigmoid(x, x) + 1_c);
#elif MISTAKE == 3
constexpr auto f = partial(dot(x), x);
#elif MISTAKE == 4
constexpr auto f = compile(select(x, x));
#elif MISTAKE == 5
constexpr auto f = 2_c * hypot(x);
#elif MISTAKE == 6
constexpr auto f = x / row_norms();
#elif MISTAKE == 7
constexpr auto f = sum(softmax_cross_entropy(x, x, x));
#endif
