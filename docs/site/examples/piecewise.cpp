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

// -- max
static_assert(compile(max(x, y, 0_c))(x = -1.0, y = 2.0) == 2);
static_assert(to_string(partial(max(x, y), x)) == "select(x < y, 0, 1)");

// -- min
static_assert(compile(min(x, y))(x = -1.0, y = 2.0) == -1);
static_assert(to_string(partial(min(x, y), x)) == "select(y < x, 0, 1)");

// -- sign
static_assert(compile(sign(x))(x = -3.0) == -1);
static_assert(to_string(partial(sign(x), x)) == "0");

// -- floor
static_assert(compile(floor(x))(x = -1.5) == -2);
static_assert(to_string(partial(floor(x), x)) == "0");

// -- ceil
static_assert(compile(ceil(x))(x = -1.5) == -1);
static_assert(to_string(partial(ceil(x), x)) == "0");

// -- round
static_assert(compile(round(x))(x = -1.5) == -2);
static_assert(to_string(partial(round(x), x)) == "0");

// -- fmod
static_assert(compile(fmod(x, y))(x = 7.5, y = 2.0) == 1.5);
static_assert(to_string(partial(fmod(x, y), x)) == "1");

// -- stop_gradient
static_assert(partial(x * stop_gradient(x), x) == stop_gradient(x));

// -- abs
static_assert(compile(abs(x))(x = -3.0) == 3);
static_assert(to_string(partial(abs(x), x)) == "sign(x)");

// -- clamp
static_assert(compile(clamp(x, 0_c, 1_c))(x = 2.0) == 1);
static_assert(to_string(partial(clamp(x, 0_c, 1_c), x)) ==
              "select(x < 0, 0, select(1 < max(x, 0), 0, 1))");

} // namespace
