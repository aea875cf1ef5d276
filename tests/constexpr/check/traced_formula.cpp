// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Formulas with derivatives in them: their gradients against numbers that are traced twice or more
// often, by variables and by parts, behind gates where what flows happens to be 0.
#include "../../own_operations.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w"> w;
constexpr variable<"v", 2> v;
constexpr variable<"X", 2, 2> X;
constexpr variable<"t", 2> t;
constexpr matrix<double, 2, 2> some_X{0.5, -1, 0.25, 2};
constexpr matrix<double, 2> some_v{0.75, -0.5}, some_t{2, 1};

constexpr bool is_right(auto of) {
  return gradient_is_right(of + x * y * w, x = 0.6, y = 1.25, w = -0.5);
}

// second and third derivatives
constexpr auto f = sin(x) * exp(w * x) + y * log(x) / (1_c + square(y));
static_assert(is_right(partial(f, x)) && is_right(partial(f, y)) && is_right(partial(f, w)));
static_assert(is_right(partial(partial(f, x), x)) && is_right(partial(partial(f, x), y)));
static_assert(is_right(square(partial(f, x)) + f * partial(f, w)));
static_assert(is_right(sum(hessian(f, x, y))));

// every function of the library by two: its slope's slope
constexpr bool have_right_slopes(auto... of) { return (... && is_right(partial(of * w, x))); }
static_assert(have_right_slopes(exp(x), expm1(x), exp2(x), log(x), log1p(x), log2(x), log10(x)));
static_assert(have_right_slopes(sqrt(x), cbrt(x), pow(x, y), pow(x, 3_c), hypot(x, y),
                                hypot(x, y, w)));
static_assert(have_right_slopes(sin(x), cos(x), tan(x), asin(x), acos(x), atan(x), atan2(x, y)));
static_assert(have_right_slopes(sinh(x), cosh(x), tanh(x), asinh(x), acosh(1_c + x), atanh(x)));
static_assert(have_right_slopes(erf(x), erfc(x), normal_density(x), normal_cdf(x),
                                log_normal_cdf(x)));
static_assert(have_right_slopes(sigmoid(x), softplus(x), logit(x), log1mexp(-x), logaddexp(x, y)));
static_assert(have_right_slopes(silu(x), gelu(x), mish(x), softsign(x), elu(x), xlogy(x, y)));
static_assert(have_right_slopes(lgamma(x), digamma(x), binary_cross_entropy(x, y), x / y, 1_c / x));
static_assert(have_right_slopes(max(x, y) * x, abs(x) * x, relu(x) * x, select(x > y, x, x *x)));

// by a part, which is held fixed elsewhere
constexpr auto h = sigmoid(w * x);
static_assert(is_right(partial(square(h) * w, h)) && is_right(partial(f * h, h)));
static_assert(gradient_is_right(sum(square(partial(squared_norm(tanh(X * v)), X *v))), X = some_X,
                                v = some_v));

// matrices
constexpr bool of_matrices(auto of) {
  return gradient_is_right(of + sum(X) * sum(v) * sum(t), X = some_X, v = some_v, t = some_t);
}
static_assert(of_matrices(squared_norm(partial(sum(softmax_cross_entropy(X * v, t)), X))));
static_assert(of_matrices(dot(t, partial(squared_norm(tanh(X *v)), v))));
static_assert(of_matrices(dot(t, partial(dot(t, partial(sum(exp(X *v)), v)), v))));
static_assert(of_matrices(sum(hessian(logsumexp(X * v), v))));
static_assert(of_matrices(sum(jacobian(stack(dot(v, t), norm(v)), v))));
static_assert(of_matrices(squared_norm(partial(sum(own::cumulative_sum(square(v))), v))));
static_assert(!of_matrices(squared_norm(
    partial(squared_norm(apply_operation<own::wrong_cumulative_sum_operation>(v)), v))));

// behind an open gate, where what flows happens to be 0: a weight of 0, an exact fit
constexpr auto unit = relu(sum(row_sums(exp(X))));
constexpr bool at_weight(auto of, double weight) {
  return gradient_is_right(of, X = some_X, w = weight);
}
static_assert(at_weight(sum(elementwise_product(X, partial(w *unit, X))), 0));
static_assert(at_weight(squared_norm(partial(w * unit, X) - 1_c), 0));
static_assert(at_weight(sum(hessian(square(unit * w - w), X)), 0));
static_assert(gradient_is_right(squared_norm(partial(select(x > 0_c, w, 0_c) * unit, X) - 1_c),
                                x = 0.5, w = 0.0, X = some_X));

} // namespace
