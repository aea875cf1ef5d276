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

// -- sin
static_assert(compile(sin(x))(x = 0.0) == 0);
static_assert(to_string(partial(sin(x), x)) == "cos(x)");

// -- cos
static_assert(compile(cos(x))(x = 0.0) == 1);
static_assert(to_string(partial(cos(x), x)) == "-sin(x)");

// -- tan
static_assert(compile(tan(x))(x = 0.0) == 0);
static_assert(to_string(partial(tan(x), x)) == "1 + square(tan(x))");

// -- asin
static_assert(is_close(compile(asin(x))(x = 1.0), 1.5707963267948966));
static_assert(to_string(partial(asin(x), x)) == "1 / sqrt((1 - x) * (1 + x))");

// -- acos
static_assert(compile(acos(x))(x = 1.0) == 0);
static_assert(to_string(partial(acos(x), x)) == "-1 / sqrt((1 - x) * (1 + x))");

// -- atan
static_assert(is_close(compile(atan(x))(x = 1.0), 0.7853981633974483));
static_assert(to_string(partial(atan(x), x)) == "1 / (1 + square(x))");

// -- atan2
static_assert(is_close(compile(atan2(y, x))(y = 1.0, x = -1.0), 2.356194490192345));
static_assert(to_string(partial(atan2(y, x), x)) == "-y / hypot(x, y) / hypot(x, y)");

// -- sinh
static_assert(compile(sinh(x))(x = 0.0) == 0);
static_assert(to_string(partial(sinh(x), x)) == "cosh(x)");

// -- cosh
static_assert(compile(cosh(x))(x = 0.0) == 1);
static_assert(to_string(partial(cosh(x), x)) == "sinh(x)");

// -- log_cosh
static_assert(is_close(compile(log_cosh(x))(x = 1000.0),
                       999.30685281944005)); // cosh(1000) overflows
static_assert(to_string(partial(log_cosh(x), x)) == "tanh(x)");

// -- asinh
static_assert(compile(asinh(x))(x = 0.0) == 0);
static_assert(to_string(partial(asinh(x), x)) == "1 / hypot(x, 1)");

// -- acosh
static_assert(compile(acosh(x))(x = 1.0) == 0);
static_assert(to_string(partial(acosh(x), x)) == "1 / (sqrt(x - 1) * sqrt(x + 1))");

// -- atanh
static_assert(compile(atanh(x))(x = 0.0) == 0);
static_assert(to_string(partial(atanh(x), x)) == "1 / ((1 - x) * (1 + x))");

} // namespace
