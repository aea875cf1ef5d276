// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions in float and long double, so that a project with stricter warnings than ours sees all
// of their code.
#include <chainrule/chainrule.hpp>

#include <array>

namespace {

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr variable<"W", 2, 2> W;

constexpr auto elementary = pow(x, w) + pow(x, 7_c) + hypot(w, x) + cbrt(w) + log2(w) + log10(w) +
                            exp2(w) + expm1(w) + log1p(w) + logit(w) + log1mexp(-w) +
                            logaddexp(w, x) + xlogy(w, x);
constexpr auto circular = sin(w * x) + cos(x) + tan(w) + asin(w) + acos(w) + atan(x) + atan2(w, x);
constexpr auto hyperbolic = sinh(w) + cosh(w) + tanh(x) + asinh(w) + acosh(2_c + w) + atanh(w);
constexpr auto special = erf(w) + erfc(w) + normal_density(w) + normal_cdf(w) + log_normal_cdf(w) +
                         lgamma(2_c + w) + digamma(2_c + w);
constexpr auto activations = sigmoid(w) + log_sigmoid(w) + relu(w) + leaky_relu(w) + elu(w) +
                             selu(w) + celu(w) + gelu(w) + silu(w) + mish(w) + softplus(w) +
                             softsign(w) + hard_sigmoid(w) + hard_swish(w) + hard_tanh(w) +
                             clamp(w, 0_c, x) + huber(w, x, 1_c) + select(w > x, abs(w), sign(w));
constexpr auto matrices = sum(softmax_cross_entropy(W * W, tanh(W))) + norm(W) +
                          mean(gelu(softmax(W))) + max(sin(W)) + sum(logsumexp(W));

template <class Scalar>
bool all() {
  constexpr auto step = compile(
      elementary, circular, hyperbolic, special, activations, matrices,
      gradient(elementary + circular + hyperbolic + special + activations + matrices, w, W));
  const std::array<Scalar, 4> numbers{1, 2, 3, 4};
  const auto results = step(w = Scalar(0.5), x = Scalar(0.25), W = numbers);
  return std::get<0>(results) > 0;
}

} // namespace

bool functions() { return all<float>() && all<double>() && all<long double>(); }
