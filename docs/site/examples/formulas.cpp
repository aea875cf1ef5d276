// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"a", 2> a;
constexpr variable<"A", 2, 2> A;

// -- variable
constexpr variable<"w"> w;       // a number
constexpr variable<"v", 3> v;    // a column
constexpr variable<"W", 4, 3> W; // a matrix
static_assert(to_string(tanh(W * (w * v))) == "tanh(W * (w * v))");

// -- operator""_c
static_assert(0.1_c + 0.2_c == 0.3_c); // exact
static_assert(compile(x / 3_c)(x = 1.0) == 1.0 / 3);

// -- pi_c
static_assert(compile(2_c * pi_c)() == 6.283185307179586);
static_assert(to_string(pi_c * x) == "pi * x");

// -- e_c
static_assert(compile(e_c)() == 2.718281828459045);

// -- operator+
static_assert(compile(x + y)(x = 1.0, y = 2.0) == 3);
static_assert(compile(A + a)(A = {{1.0, 2.0}, {3.0, 4.0}}, a = {10.0, 20.0})(1, 0) ==
              23); // beside each column

// -- operator-
static_assert(compile(x - y)(x = 1.0, y = 2.0) == -1);
static_assert(compile(-x)(x = 1.0) == -1);

// -- operator*
static_assert(compile(A * a)(A = {{1.0, 2.0}, {3.0, 4.0}}, a = {1.0, 1.0})(1) ==
              7); // the product of matrices
static_assert(partial(x * y, x) == y);

// -- operator/
static_assert(compile(a / 2_c)(a = {1.0, 2.0})(1) == 1);
static_assert(partial(x / y, y) == -x / square(y));

// -- elementwise_product
static_assert(compile(elementwise_product(A, A))(A = {{1.0, 2.0}, {3.0, 4.0}})(1, 1) == 16);

// -- elementwise_quotient
static_assert(compile(elementwise_quotient(a, 2_c * a))(a = {1.0, 2.0})(1) == 0.5);

// -- operator<
static_assert(compile(select(x < y, 1_c, 2_c))(x = 1.0, y = 2.0) == 1);

// -- operator<=
static_assert(compile(select(x <= y, 1_c, 2_c))(x = 2.0, y = 2.0) == 1);

// -- operator>
static_assert(compile(select(x > y, 1_c, 2_c))(x = 2.0, y = 2.0) == 2);

// -- operator>=
static_assert(compile(select(x >= y, 1_c, 2_c))(x = 2.0, y = 2.0) == 1);

// -- operator&&
static_assert(compile(select(0_c < x && x < 1_c, 1_c, 2_c))(x = 0.5) == 1);

// -- operator||
static_assert(compile(select(x < 0_c || x > 1_c, 1_c, 2_c))(x = 0.5) == 2);

// -- operator!
static_assert(compile(select(!(x < 0_c), 1_c, 2_c))(x = 0.5) == 1);

// -- select
static_assert(compile(select(x > 0_c, x, 0_c))(x = -3.0) == 0);
static_assert(to_string(partial(select(x > 0_c, sqrt(x), 0_c), x)) ==
              "select(x > 0, 1 / (2 * sqrt(x)), 0)"); // 0 below 0, where sqrt(x) is NaN

} // namespace
