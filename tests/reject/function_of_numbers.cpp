// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: relu(0.5), max(1, 2): a function of chainrule makes a formula of expressions
// NAMES: gelu
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
#else
constexpr double y = gelu(1);
#endif
