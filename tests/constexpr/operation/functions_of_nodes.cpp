// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A derivative is written with the functions of networks, those made of others among them.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr auto sum_of_activations(auto x) {
  return relu(x, 0.5_c) + leaky_relu(x) + elu(x) + elu(x, 2_c) + selu(x) + celu(x, 2_c) + gelu(x) +
         gelu_tanh(x) + silu(x) + mish(x) + hard_sigmoid(x) + hard_swish(x) + hard_tanh(x) +
         reciprocal(x);
}

struct antiderivative_operation : operation {
  static constexpr std::string_view name = "antiderivative";

  template <class T>
  static constexpr T value(const T &x) {
    return x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return sum_of_activations(x); }
};

constexpr variable<"x"> x;
constexpr auto slope = partial(apply_operation<antiderivative_operation>(x), x);
static_assert(slope == sum_of_activations(x));
static_assert(compile(slope)(x = -0.75) == compile(sum_of_activations(x))(x = -0.75));

// Bounds are whole numbers there, as all constants, and nodes.
struct bounded_slope_operation : operation {
  static constexpr std::string_view name = "bounded_slope";

  template <class T>
  static constexpr T value(const T &t) {
    return t;
  }
  static constexpr symbol derivative(symbol t, symbol) {
    return clamp(t, -1, 1) + clamp(2 * t, 0_c, t);
  }
};
static_assert(partial(apply_operation<bounded_slope_operation>(x), x) ==
              clamp(x, -1_c, 1_c) + clamp(2_c * x, 0_c, x));

// The mean of a node is taken over as many elements as it has.
struct centred_slope_operation : operation {
  static constexpr std::string_view name = "centred_slope";

  template <class T>
  static constexpr T value(const T &t) {
    return t;
  }
  static constexpr symbol derivative(symbol t, symbol) { return t - mean(t); }
};
constexpr variable<"v", 3> v;
static_assert(partial(sum(apply_operation<centred_slope_operation>(v)), v) == v - mean(v));

} // namespace
