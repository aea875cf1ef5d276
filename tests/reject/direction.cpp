// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Directions that do not fit, and labels that are no row.
//
// EXPECT 1: v has the shape of x and u that of f
// EXPECT 2: v has the shape of x and u that of f
// EXPECT 3: of several parts v is a column with the elements of all
// EXPECT 4: labels are a number or a row
// EXPECT 5: f is a matrix
// EXPECT 6: v, or u, is no expression
// EXPECT 7: v, or u, is no expression
// EXPECT 8: v, or u, is no expression
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x", 3> x;
constexpr variable<"y"> y;
constexpr variable<"v", 3> v;
constexpr variable<"u", 2> u;
constexpr variable<"A", 2, 3> A;
constexpr auto f = tanh(A * x) * y;

#ifdef ACCEPT
constexpr auto a = jacobian_times(f, v, x);
constexpr auto b = times_jacobian(u, f, x);
constexpr auto c = hessian_times(squared_norm(f), stack(v, 1_c), x, y);
constexpr auto d = one_hot<4>(transpose(v));
constexpr auto e = hessian(squared_norm(f), x);
#elif MISTAKE == 1
constexpr auto a = jacobian_times(f, u, x);
#elif MISTAKE == 2
constexpr auto b = times_jacobian(v, f, x);
#elif MISTAKE == 3
constexpr auto c = hessian_times(squared_norm(f), v, x, y);
#elif MISTAKE == 4
constexpr auto d = one_hot<4>(v);
#elif MISTAKE == 5
constexpr auto e = hessian(f, x);
#elif MISTAKE == 6
constexpr auto a = jacobian_times(f, 1.0, y);
#elif MISTAKE == 7
constexpr auto b = times_jacobian(1.0, square(y), y);
#elif MISTAKE == 8
constexpr auto c = gauss_newton_times(f, 1.0, y);
#endif
