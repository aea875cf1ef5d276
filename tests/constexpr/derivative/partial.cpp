// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"b", 2> b;

// x^3 y^2: f_xx = 6 x y^2, f_xy = 6 x^2 y, f_yy = 2 x^3
constexpr auto f = pow(x, 3_c) * square(y);
constexpr auto point = at(x = 2.0, y = 3.0);
static_assert(compile(hessian(f, x, y))(point) == matrix<double, 2, 2>{108, 72, 72, 16});
static_assert(compile(hessian(f, y, x))(point) == matrix<double, 2, 2>{16, 72, 72, 108});
static_assert(compile(hessian(f, x))(point) == 108);
static_assert(compile(jacobian(f, x, y))(point) == matrix<double, 1, 2>{108, 48});

// x b'b + b_0 b_1: a scalar beside a column
constexpr auto g = x * squared_norm(b) + element_of<0>(b) * element_of<1>(b);
static_assert(compile(hessian(g, x, b))(x = 2.0, b = matrix<double, 2>{5, 7}) ==
              matrix<double, 3, 3>{0, 10, 14, 10, 4, 1, 14, 1, 4});
static_assert(compile(jacobian(b * x, b, x))(x = 2.0, b = matrix<double, 2>{5, 7}) ==
              matrix<double, 2, 3>{2, 0, 5, 0, 2, 7});

} // namespace
