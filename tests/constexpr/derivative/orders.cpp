// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Derivatives of high order of every function, and of formulas with choices, are made within the
// limits that compilers have by default: compiling is passing. How large they are is in
// docs/growth.md.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"X", 3, 1> X;
constexpr variable<"Y", 3, 1> Y;

template <int Order>
constexpr auto derivative(auto f, auto by, auto... rest) {
  if constexpr (Order == 0)
    return f;
  else if constexpr (detail::record<decltype(f)>.shape.is_scalar())
    return derivative<Order - 1>(partial(f, by), rest..., by); // by x, y, x, y
  else
    return derivative<Order>(sum(f), by, rest...);
}

template <int Order>
constexpr bool is_made(auto f, auto... by) {
  return cost(compile(derivative<Order>(f, by...))).operations >= 0;
}

static_assert(is_made<4>(exp(x), x) && is_made<4>(expm1(x), x) && is_made<4>(exp2(x), x));
static_assert(is_made<4>(log(x), x) && is_made<4>(log1p(x), x) && is_made<4>(log2(x), x));
static_assert(is_made<4>(log10(x), x) && is_made<4>(log1mexp(x), x) && is_made<4>(logit(x), x));
static_assert(is_made<4>(square(x), x) && is_made<4>(sqrt(x), x) && is_made<4>(cbrt(x), x));
static_assert(is_made<4>(reciprocal(x), x) && is_made<4>(pow(x, 0.5_c), x) &&
              is_made<4>(pow(2_c, x), x));
static_assert(is_made<4>(pow(x, y), x, y) && is_made<4>(hypot(x, y), x, y) &&
              is_made<4>(hypot(x, y, z), x, y, z) && is_made<4>(atan2(x, y), x, y));
static_assert(is_made<4>(sin(x), x) && is_made<4>(cos(x), x) && is_made<4>(tan(x), x));
static_assert(is_made<4>(asin(x), x) && is_made<4>(acos(x), x) && is_made<4>(atan(x), x));
static_assert(is_made<4>(sinh(x), x) && is_made<4>(cosh(x), x) && is_made<4>(tanh(x), x));
static_assert(is_made<4>(asinh(x), x) && is_made<4>(acosh(x), x) && is_made<4>(atanh(x), x));
static_assert(is_made<4>(log_cosh(x), x) && is_made<4>(erf(x), x) && is_made<4>(erfc(x), x));
static_assert(is_made<4>(erfcx(x), x) && is_made<4>(log_erfc(x), x));
static_assert(is_made<4>(normal_density(x), x) && is_made<4>(normal_cdf(x), x) &&
              is_made<4>(log_normal_cdf(x), x));
static_assert(is_made<3>(lgamma(x), x) && is_made<3>(lbeta(x, y), x, y)); // of which it has three
static_assert(is_made<4>(sigmoid(x), x) && is_made<4>(log_sigmoid(x), x) &&
              is_made<4>(softplus(x), x) && is_made<4>(inverse_softplus(x), x));
static_assert(is_made<4>(logaddexp(x, y), x, y) && is_made<4>(logdiffexp(x, y), x, y) &&
              is_made<4>(xlogy(x, y), x, y));
static_assert(is_made<4>(abs(x), x) && is_made<4>(sign(x), x) && is_made<4>(floor(x), x) &&
              is_made<4>(fmod(x, y), x, y));
static_assert(is_made<4>(max(x, y), x, y) && is_made<4>(min(x, y, z), x, y, z) &&
              is_made<4>(clamp(x, y, z), x, y, z));
static_assert(is_made<4>(relu(x), x) && is_made<4>(leaky_relu(x, y), x, y) &&
              is_made<4>(elu(x, y), x, y) && is_made<4>(selu(x), x) &&
              is_made<4>(celu(x, y), x, y));
static_assert(is_made<4>(gelu(x), x) && is_made<4>(gelu_tanh(x), x) && is_made<4>(silu(x), x) &&
              is_made<4>(mish(x), x) && is_made<4>(softsign(x), x));
static_assert(is_made<4>(hard_sigmoid(x), x) && is_made<4>(hard_swish(x), x) &&
              is_made<4>(hard_tanh(x), x));
static_assert(is_made<4>(squared_error(x, y), x, y) && is_made<4>(absolute_error(x, y), x, y) &&
              is_made<4>(huber(x, y, z), x, y, z) && is_made<4>(hinge(x, y), x, y));
static_assert(is_made<4>(binary_cross_entropy(x, y), x, y) &&
              is_made<4>(binary_cross_entropy_with_logits(x, y), x, y));
static_assert(is_made<4>(softmax(X), X) && is_made<4>(log_softmax(X), X) &&
              is_made<4>(logsumexp(X), X) && is_made<4>(log_mean_exp(X), X));
static_assert(is_made<4>(weighted_logsumexp(Y, X), X, Y) && is_made<4>(norm(X), X) &&
              is_made<4>(dot(X, Y), X, Y) && is_made<4>(max(X), X));
static_assert(is_made<4>(cross_entropy(X, Y), X, Y) &&
              is_made<4>(softmax_cross_entropy(X, Y), X, Y) &&
              is_made<4>(kullback_leibler(X, Y), X, Y));

// choices below powers and roots, each more than once
constexpr auto s = sin(select(x > y, select(y > 0_c, x *y, y), x));
constexpr auto powers = pow(softplus(s), s);
static_assert(is_made<0>(hessian(powers, x, y), x) && is_made<3>(powers, x, y));

constexpr auto g = select(x > y, x *y, sin(x));
constexpr auto h = select(x > 0_c, x + y, exp(y));
constexpr auto roots = hypot(g, erfc(log(h)), g);
static_assert(is_made<0>(hessian(roots, x, y), x) && is_made<3>(roots, x, y));

} // namespace
