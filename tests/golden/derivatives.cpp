// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Formulas as text, as a reader would write them.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;

// as it was written, with the parentheses that are needed
static_assert(to_string(x + y * z) == "x + y * z");
static_assert(to_string((x + y) * z) == "(x + y) * z");
static_assert(to_string(x - (y - z)) == "x - (y - z)");
static_assert(to_string(x - y - z) == "x - y - z");
static_assert(to_string(x / (y * z)) == "x / (y * z)");
static_assert(to_string(x / y / z) == "x / y / z");
static_assert(to_string(-(x + y)) == "-(x + y)");
static_assert(to_string(-x * y) == "-x * y");
static_assert(to_string(0.5_c * x + 1_c / 3_c) == "0.5 * x + 1 / 3");
static_assert(to_string(-3_c + x) == "-3 + x");
static_assert(to_string(1e-3_c * x) == "0.001 * x");
static_assert(to_string(select(x > 0_c, x, 0_c)) == "select(x > 0, x, 0)");
static_assert(to_string(6.02e23_c * x) == "6.02e23 * x");
static_assert(to_string(-1.5e-7_c * x) == "-1.5e-7 * x");
static_assert(to_string(0.0000015_c * x) == "0.0000015 * x");
static_assert(to_string(12345678901234e3_c * x) == "12345678901234000 * x");
static_assert(to_string(1e300_c / 3_c * x) == "1e300 / 3 * x");
static_assert(to_string(partial(square(x) / 3e40_c, x)) == "1e-39 / 15 * x");
static_assert(to_string(partial(x / 1024_c, x)) == "0.0009765625");               // 2^-10
static_assert(to_string(partial(x / 1099511627776_c, x)) == "1 / 1099511627776"); // of 28 digits
static_assert(to_string(partial(-2_c / 7_c * x, x)) == "-2 / 7");
static_assert(to_string(elu(x)) == "select(x > 0, x, expm1(x))");
static_assert(to_string(celu(x)) == "select(x > 0, x, expm1(x))");
static_assert(to_string(selu(x)) ==
              "1.050700987355480493 * select(x > 0, x, 1.673263242354377285 * "
              "expm1(x))");
static_assert(to_string(partial(selu(x), x)) ==
              "select(x > 0, 1.050700987355480493, 1.050700987355480493 * 1.673263242354377285 * "
              "exp(x))");
static_assert(to_string(pow(x, 3_c)) == "pow(x, 3)");

// derivatives, simplified
static_assert(to_string(partial(sigmoid(x), x)) == "sigmoid(x) * (1 - sigmoid(x))");
static_assert(to_string(partial(partial(sigmoid(x), x), x)) ==
              "sigmoid(x) * (1 - sigmoid(x)) * (1 - 2 * sigmoid(x))");
static_assert(to_string(partial(tanh(x), x)) == "1 - square(tanh(x))");
static_assert(to_string(partial(softplus(x), x)) == "sigmoid(x)");
static_assert(to_string(partial(exp(x), x)) == "exp(x)");
static_assert(to_string(partial(log(x), x)) == "1 / x");
static_assert(to_string(partial(square(x), x)) == "2 * x");
static_assert(to_string(partial(pow(x, 3_c), x)) == "3 * square(x)");
static_assert(to_string(partial(sqrt(x), x)) == "1 / (2 * sqrt(x))");
static_assert(to_string(partial(relu(x), x)) == "select(x > 0, 1, 0)");
static_assert(to_string(partial(abs(x), x)) == "sign(x)");
static_assert(to_string(partial(x * y, x)) == "y");
static_assert(to_string(partial(x / y, y)) == "-x / y / y");
static_assert(to_string(partial(squared_error(x, y), x)) == "2 * (x - y)");
static_assert(to_string(partial(binary_cross_entropy(sigmoid(z), y), z)) == "sigmoid(z) - y");
static_assert(to_string(gradient(w2 * sigmoid(w1 * x), w1, w2)[w1]) ==
              "w2 * sigmoid(w1 * x) * (1 - sigmoid(w1 * x)) * x");
static_assert(to_string(partial(y, x)) == "0");

// with respect to a part, the rest held fixed
constexpr auto h = sigmoid(w1 * x);
static_assert(to_string(partial(square(h) + x, h)) == "2 * sigmoid(w1 * x)");

// a part that recurs often is named once
constexpr auto level(auto a) { return sigmoid(a) * a; }
constexpr auto three = level(level(level(x)));
constexpr auto nine = level(level(level(level(level(level(three))))));
constexpr auto twelve = level(level(level(nine)));
static_assert(to_string(three).find("t1") == std::string_view::npos);
static_assert(to_string(twelve).substr(0, 20) == "t1 = sigmoid(x) * x\n");

// or where that is asked for, but not within a recurrence, where other things have its name
static_assert(to_string(partial(w2 * sigmoid(w1 * x), w1), named_parts) ==
              "t1 = sigmoid(w1 * x)\nw2 * t1 * (1 - t1) * x");
static_assert(to_string(w1 * x, named_parts) == "w1 * x");
constexpr variable<"u"> u;
constexpr auto turning = iterate<3>(sin(u * x) * cos(u * x), u = square(w1) + sin(square(w1)));
static_assert(to_string(turning, named_parts) ==
              "t1 = square(w1)\niterate<3>(sin(u * x) * cos(u * x), u = t1 + sin(t1))");

} // namespace
