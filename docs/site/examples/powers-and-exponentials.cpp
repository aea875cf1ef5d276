// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

constexpr bool is_close(double a, double b) { return math::abs(a - b) <= 1e-14 * math::abs(b); }

// -- square
static_assert(compile(square(x))(x = 3.0) == 9);
static_assert(to_string(partial(square(x), x)) == "2 * x");

// -- sqrt
static_assert(compile(sqrt(x))(x = 9.0) == 3);
static_assert(to_string(partial(sqrt(x), x)) == "1 / (2 * sqrt(x))");

// -- cbrt
static_assert(compile(cbrt(x))(x = -8.0) == -2);
static_assert(to_string(partial(cbrt(x), x)) == "1 / (3 * square(cbrt(x)))");

// -- reciprocal
static_assert(compile(reciprocal(x))(x = 4.0) == 0.25);
static_assert(to_string(partial(reciprocal(x), x)) == "-square(1 / x)");

// -- pow
static_assert(compile(pow(x, y))(x = 2.0, y = -1.0) == 0.5);
static_assert(to_string(partial(pow(x, 3_c), x)) == "3 * square(x)");
static_assert(to_string(partial(pow(x, y), x)) == "y * pow(x, y - 1)");
static_assert(to_string(partial(pow(x, y), y)) == "pow(x, y) * log(x)");

// -- hypot
static_assert(compile(hypot(x, y))(x = 3.0, y = 4.0) == 5);
static_assert(to_string(partial(hypot(x, y), x)) == "x / hypot(x, y)");

// -- exp
static_assert(compile(exp(x))(x = 0.0) == 1);
static_assert(to_string(partial(exp(x), x)) == "exp(x)");

// -- log1p
static_assert(compile(log1p(x))(x = 1e-20) == 1e-20); // log(1 + 1e-20) would be 0
static_assert(to_string(partial(log1p(x), x)) == "1 / (1 + x)");

// -- log
static_assert(compile(log(x))(x = 1.0) == 0);
static_assert(to_string(partial(log(x), x)) == "1 / x");

// -- expm1
static_assert(compile(expm1(x))(x = 1e-20) == 1e-20); // exp(1e-20) - 1 would be 0
static_assert(to_string(partial(expm1(x), x)) == "exp(x)");

// -- exp2
static_assert(compile(exp2(x))(x = 10.0) == 1024);
static_assert(to_string(partial(exp2(x), x)) == "log(2) * exp2(x)");

// -- log2
static_assert(compile(log2(x))(x = 1024.0) == 10);
static_assert(to_string(partial(log2(x), x)) == "1 / log(2) / x");

// -- log10
static_assert(compile(log10(x))(x = 1000.0) == 3);
static_assert(to_string(partial(log10(x), x)) == "1 / log(10) / x");

// -- log1mexp
static_assert(compile(log1mexp(x))(x = -50.0) < 0); // log(1 - exp(-50)) would be 0
static_assert(to_string(partial(log1mexp(x), x)) == "exp(x) * 1 / expm1(x)");

// -- logit
static_assert(compile(logit(x))(x = 0.5) == 0);
static_assert(compile(sigmoid(logit(x)))(x = 0.25) == 0.25);
static_assert(to_string(partial(logit(x), x)) == "1 / (x * (1 - x))");

// -- logdiffexp
static_assert(is_close(compile(logdiffexp(x, y))(x = 1001.0, y = 1000.0),
                       1000.541324854612918)); // e^1000 overflows
static_assert(to_string(partial(logdiffexp(x, y), x)) == "1 - exp(y - x) * 1 / expm1(y - x)");

// -- inverse_softplus
static_assert(is_close(compile(inverse_softplus(softplus(x)))(x = 0.5), 0.5));
static_assert(to_string(partial(inverse_softplus(x), x)) == "1 - exp(-x) * 1 / expm1(-x)");

// -- logaddexp
static_assert(compile(logaddexp(x, y))(x = 1000.0, y = 0.0) == 1000); // e^1000 overflows
static_assert(to_string(partial(logaddexp(x, y), x)) == "sigmoid(x - y)");

// -- xlogy
static_assert(compile(xlogy(x, y))(x = 2.0, y = 1.0) == 0); // and 0 at x = y = 0
static_assert(to_string(partial(xlogy(x, y), y)) == "x / y");

} // namespace
