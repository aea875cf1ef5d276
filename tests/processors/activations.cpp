// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What networks of float are made of, with slopes: check.sh looks for double in what is linked.
#include <chainrule/chainrule.hpp>

namespace {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z", 3> z;
constexpr variable<"t", 3> t;

constexpr auto activations(auto a) {
  return sigmoid(a) + tanh(a) + relu(a) + leaky_relu(a) + elu(a) + selu(a) + celu(a, 2_c) +
         silu(a) + mish(a) + gelu_tanh(a) + softplus(a) + softsign(a) + hard_sigmoid(a) +
         hard_swish(a) + hard_tanh(a) + log_sigmoid(a) + sqrt(square(a) + 1_c) + exp(a) +
         log(square(a) + 0.1_c) + sin(pi_c * a) + pow(abs(a), 2.5_c) + atan2(a, 2_c);
}
constexpr auto of_numbers = squared_error(activations(x), y) + absolute_error(x, y) +
                            binary_cross_entropy_with_logits(x, y) + hinge(x, y) +
                            0.30000000000000000000000000000001_c * hypot(x, y);
constexpr auto of_columns = softmax_cross_entropy(z, t) + logsumexp(z) + norm(z) +
                            mean_squared_error(softmax(z), t) + sum(log_softmax(z)) +
                            sum(activations(z)) + max(x, y) * dot(z, t) + log_mean_exp(z) +
                            sum(log_cosh(z)) + floor(x) + ceil(x) + round(x);

} // namespace

extern "C" float numbers(float a, float b, float &slope) {
  const auto [value, slopes] = compile(of_numbers, gradient(of_numbers, x))(x = a, y = b);
  slope = slopes[x];
  return value;
}

extern "C" float columns(const float (&a)[3], const float (&b)[3], float (&to)[3]) {
  const auto [value, slopes] =
      compile(of_columns, gradient(of_columns, z))(x = a[0], y = b[0], z = a, t = b);
  for (int i = 0; i < 3; ++i)
    to[i] = slopes[z](i, 0);
  return value;
}
