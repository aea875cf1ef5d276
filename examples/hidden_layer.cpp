// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// One hidden sigmoid layer of two units: the four groups of gradients (hidden weights, hidden
// biases, output weights, output bias), and one bias shared by all units, whose gradient is the
// sum of theirs.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u1"> u1; // hidden weights and biases
constexpr variable<"u2"> u2;
constexpr variable<"b1"> b1;
constexpr variable<"b2"> b2;
constexpr variable<"v1"> v1; // output weights and bias
constexpr variable<"v2"> v2;
constexpr variable<"c"> c;
constexpr variable<"shared"> shared;

constexpr auto network = [](auto first_bias, auto second_bias) {
  const auto h1 = sigmoid(u1 * x + first_bias);
  const auto h2 = sigmoid(u2 * x + second_bias);
  return sigmoid(v1 * h1 + v2 * h2 + c);
};

constexpr auto prediction = network(b1, b2);
constexpr auto loss = binary_cross_entropy(prediction, y);
constexpr auto h1 = sigmoid(u1 * x + b1);
constexpr auto h2 = sigmoid(u2 * x + b2);

// the four groups, as one derives them by hand
static_assert(partial(loss, c) == prediction - y);
static_assert(partial(loss, v1) == (prediction - y) * h1);
static_assert(partial(loss, v2) == (prediction - y) * h2);
static_assert(partial(loss, b1) == (prediction - y) * v1 * h1 * (1_c - h1));
static_assert(partial(loss, u1) == (prediction - y) * v1 * h1 * (1_c - h1) * x);
static_assert(partial(loss, u2) == partial(loss, b2) * x);
static_assert(gradient_is_right(loss, at(u1 = 0.5, u2 = -0.8, b1 = 0.1, b2 = 0.1, v1 = 1.2,
                                         v2 = -0.7, c = 0.3, x = 0.9, y = 0.0)));

int main() {
  show("dL/dc", to_string(partial(loss, c)));
  show("dL/dv1", to_string(partial(loss, v1)));
  show("dL/db1", to_string(partial(loss, b1)));
  show("dL/du1", to_string(partial(loss, u1)));

  const auto [value, slope] = compile(loss, gradient(loss, u1, u2, b1, b2, v1, v2, c))(
      u1 = 0.5, u2 = -0.8, b1 = 0.1, b2 = 0.1, v1 = 1.2, v2 = -0.7, c = 0.3, x = 0.9, y = 0.0);
  constexpr auto shared_loss = binary_cross_entropy(network(shared, shared), y);
  const auto [shared_value, shared_slope] = compile(shared_loss, gradient(shared_loss, shared))(
      u1 = 0.5, u2 = -0.8, shared = 0.1, v1 = 1.2, v2 = -0.7, c = 0.3, x = 0.9, y = 0.0);

  // the same by plain arithmetic
  const auto s = [](double z) { return 1 / (1 + std::exp(-z)); };
  const double first = s(0.55), second = s(-0.62);
  const double output = s(1.2 * first - 0.7 * second + 0.3);
  std::puts("at u = (0.5, -0.8), b = (0.1, 0.1), v = (1.2, -0.7), c = 0.3, x = 0.9, y = 0");
  expect("L", value, -std::log(1 - output), 1e-14);
  expect("dL/dc", slope[c], output, 1e-14);
  expect("dL/dv1", slope[v1], output * first, 1e-14);
  expect("dL/dv2", slope[v2], output * second, 1e-14);
  expect("dL/db1", slope[b1], output * 1.2 * first * (1 - first), 1e-14);
  expect("dL/db2", slope[b2], output * -0.7 * second * (1 - second), 1e-14);
  expect("dL/du1", slope[u1], output * 1.2 * first * (1 - first) * 0.9, 1e-14);
  expect("dL/du2", slope[u2], output * -0.7 * second * (1 - second) * 0.9, 1e-14);
  expect("shared L", shared_value, value, 1e-15);
  expect("dL/dshared", shared_slope[shared], slope[b1] + slope[b2], 1e-14);
  return result();
}
