// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/sparse.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"v", 3> v;
constexpr variable<"d", 3> d; // a direction
constexpr variable<"A", 3, 3> A;

// -- partial
constexpr auto inner = x * y;
constexpr auto f = sin(inner);
static_assert(partial(f, x) == cos(x * y) * y);
static_assert(partial(f, inner) == cos(inner)); // by a part of f
static_assert(partial(partial(f, x), x) == -sin(x * y) * square(y));

// -- gradient
constexpr auto slope = compile(gradient(x * square(y), x, y))(x = 2.0, y = 3.0);
static_assert(slope[x] == 9 && slope[y] == 12);

// -- jacobian_times
static_assert(jacobian_times(A * v, d, v) == A * d);

// -- times_jacobian
static_assert(times_jacobian(d, A *v, v) == transpose(A) * d);

// -- hessian_times
static_assert(hessian_times(squared_norm(v), d, v) == 2_c * d);

// -- gauss_newton_times
static_assert(gauss_newton_times(A * v, d, v) == transpose(A) * (A * d));

// -- jacobian
constexpr auto j = compile(jacobian(stack(x * y, x + y), x, y))(x = 2.0, y = 3.0);
static_assert(j(0, 0) == 3 && j(0, 1) == 2 && j(1, 0) == 1 && j(1, 1) == 1);

// -- hessian
constexpr auto h = compile(hessian(x * square(y), x, y))(x = 2.0, y = 3.0);
static_assert(h(0, 0) == 0 && h(0, 1) == 6 && h(1, 1) == 4);

// -- sparse_jacobian
constexpr auto J = sparse_jacobian(square(v), v);
static_assert(J.nonzeros == 3 && compile(J.values)(v = {1.0, 2.0, 3.0})(2) == 6);

// -- sparse_hessian
constexpr auto H = sparse_hessian(squared_norm(square(v)), v);
static_assert(H.nonzeros == 3 && compile(H.values)(v = {1.0, 2.0, 3.0})(1) == 48);

// -- sparsity
constexpr auto pattern = sparsity(jacobian(square(v), v));
static_assert(pattern(1, 1) && !pattern(0, 1));

// -- no_rewrite
static_assert(compile(log(sigmoid(x)))(x = -800.0) == -800);
static_assert(explain(no_rewrite(log(sigmoid(x)))) == "no rule applies\n"); // -infinity there

} // namespace
