// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A 1-100-100-1 network, 10,401 parameters, learns sin x over [-pi, pi] from 1000 points by
// gradient descent on the whole batch: linear, ReLU and tanh, exchangeable in one place. Before
// that, the gradient of a 10-10-1 network against central differences.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

#include <cmath>
#include <memory>
#include <numbers>

using namespace chainrule;

namespace {

constexpr int samples = 1000;
constexpr variable<"x", 1, samples> x;
constexpr variable<"y", 1, samples> y;

constexpr auto network(auto activation) {
  return sequential(dense<"first", 1, 100>(activation), dense<"second", 100, 100>(activation),
                    dense<"last", 100, 1>(linear));
}

struct data {
  matrix<double, 1, samples> inputs, targets;
};

/// Half the mean square error after 500 epochs.
double trained(const char *name, auto activation, double rate, const data &from) {
  constexpr auto model = network(decltype(activation){});
  constexpr auto loss = half_squared_error(model(x), y) / literal<samples>{};
  constexpr auto step = compile(loss, gradient(loss, model));
  const auto theta = std::make_unique<decltype(parameters<double>(model))>();
  random_numbers random(1);
  const auto start = [&](auto weights, auto biases) {
    for (double &weight : weights)
      weight = random.normal() * std::sqrt(6.0 / (weights.rows() + weights.columns()));
    for (double &bias : biases)
      bias = random.uniform(-1, 1);
  };
  const auto [first, second, last] = model.layers;
  start((*theta)[first.W], (*theta)[first.b]);
  start((*theta)[second.W], (*theta)[second.b]);
  const double last_weight = std::sqrt(6.0 / 101);
  for (double &weight : (*theta)[last.W])
    weight = random.normal() * last_weight;
  (*theta)[last.b] = random.uniform(-1, 1);
  double error = 0;
  std::printf("%-7s", name);
  for (int epoch = 0; epoch <= 500; ++epoch) {
    const auto [value, slope] = step(*theta, x = from.inputs, y = from.targets);
    theta->descend(slope, rate);
    error = value;
    if (epoch % 100 == 0)
      std::printf("  %3d: %-9.3g", epoch, value);
  }
  std::puts("");
  return error;
}

/// The largest difference between the gradient of a 10-10-1 network and central differences.
double largest_difference() {
  constexpr variable<"u", 10, 3> u;
  constexpr variable<"v", 1, 3> v;
  constexpr auto model =
      sequential(dense<"a", 10, 10>([](auto z) { return tanh(z); }), dense<"c", 10, 1>(linear));
  constexpr auto loss = half_squared_error(model(u), v);
  constexpr auto step = compile(loss, gradient(loss, model));
  auto theta = parameters<double>(model);
  glorot(theta, 5);
  matrix<double, 10, 3> inputs;
  random_numbers random(6);
  for (double &each : inputs)
    each = random.normal();
  const matrix<double, 1, 3> targets{0.3, -0.5, 0.9};
  const auto slope = std::get<1>(step(theta, u = inputs, v = targets));
  constexpr double delta = 1e-4;
  double largest = 0;
  for (std::size_t i = 0; i < theta.size(); ++i) {
    const double kept = theta.values[i];
    theta.values[i] = kept + delta;
    const double above = std::get<0>(step(theta, u = inputs, v = targets));
    theta.values[i] = kept - delta;
    const double below = std::get<0>(step(theta, u = inputs, v = targets));
    theta.values[i] = kept;
    largest = std::fmax(largest, std::fabs((above - below) / (2 * delta) - slope.values[i]));
  }
  return largest;
}

} // namespace

int main() {
  expect("differences", largest_difference() < 1e-7, 1);
  const auto from = std::make_unique<data>();
  for (int i = 0; i < samples; ++i) {
    from->inputs(i) = std::numbers::pi * (2.0 * i / (samples - 1) - 1);
    from->targets(i) = std::sin(from->inputs(i));
  }
  const double line = trained("linear", linear, 0.005, *from);
  const double with_relu = trained(
      "ReLU", [](auto z) { return relu(z); }, 0.02, *from);
  const double with_tanh = trained(
      "tanh", [](auto z) { return tanh(z); }, 0.02, *from);
  expect("linear", std::fabs(line - 0.098) < 0.002, 1); // the least-squares line has 0.0980
  expect("ReLU", with_relu < 2e-3, 1);
  expect("tanh", with_tanh < 2e-3, 1);
  return result();
}
