// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the examples on sin x share: 1000 points over [-pi, pi], networks of some depth and width,
// how their weights start, and gradient descent on the whole batch.
#pragma once

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <tuple>

namespace sine {

constexpr int samples = 1000;
constexpr chainrule::variable<"x", 1, samples> x;
constexpr chainrule::variable<"y", 1, samples> y;

struct data {
  chainrule::matrix<double, 1, samples> inputs, targets;
};

inline std::unique_ptr<data> points() {
  auto result = std::make_unique<data>();
  for (int i = 0; i < samples; ++i) {
    result->inputs(i) = std::numbers::pi * (2.0 * i / (samples - 1) - 1);
    result->targets(i) = std::sin(result->inputs(i));
  }
  return result;
}

/// Depth hidden layers of Width units on one input.
template <int Depth, int Width, class Activation>
constexpr auto hidden_layers(Activation activation) {
  using namespace chainrule;
  const auto first = dense<"first", 1, Width>(activation);
  const auto second = dense<"second", Width, Width>(activation);
  const auto third = dense<"third", Width, Width>(activation);
  if constexpr (Depth == 1)
    return sequential(first);
  else if constexpr (Depth == 2)
    return sequential(first, second);
  else
    return sequential(first, second, third);
}

/// One input, Depth hidden layers of Width units, one linear output.
template <int Depth, int Width>
constexpr auto network(auto activation) {
  const auto last = chainrule::dense<"last", Width, 1>(chainrule::linear);
  return std::apply([&](auto... layer) { return chainrule::sequential(layer..., last); },
                    hidden_layers<Depth, Width>(activation).layers);
}

/// Half the mean square error, the loss of all these examples.
constexpr auto error_of(auto prediction) {
  return chainrule::half_squared_error(prediction, y) / chainrule::literal<samples>{};
}

/// Weights normal with variance 6 / (inputs + outputs), biases uniform in [-1, 1].
void start(auto &theta, const auto &model, std::uint64_t seed) {
  chainrule::random_numbers random(seed);
  const auto start_layer = [&](const auto &layer) {
    const auto weights = theta[layer.W];
    const double deviation = std::sqrt(6.0 / (weights.rows() + weights.columns()));
    for (double &weight : weights)
      weight = deviation * random.normal();
    auto &&biases = theta[layer.b];
    if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(biases)>>)
      biases = random.uniform(-1, 1);
    else
      for (double &bias : biases)
        bias = random.uniform(-1, 1);
  };
  std::apply([&](const auto &...layer) { (..., start_layer(layer)); }, model.layers);
}

/// A pack of parameters, on the heap because of its size, as they start.
auto started(const auto &model, std::uint64_t seed) {
  auto theta = std::make_unique<decltype(chainrule::parameters<double>(model))>();
  start(*theta, model, seed);
  return theta;
}

/// Gradient descent on all points; the error before each epoch goes to `report(epoch, error)`, and
/// the error after the last is the result.
double train(auto step, auto &theta, const data &from, double rate, int epochs, auto report) {
  for (int epoch = 0;; ++epoch) {
    const auto [error, slope] = step(theta, x = from.inputs, y = from.targets);
    report(epoch, error);
    if (epoch == epochs)
      return error;
    theta.descend(slope, rate);
  }
}

/// The number after the program's name, or what is to be taken without.
inline int argument(int count, char **values, int otherwise) {
  return count > 1 ? std::atoi(values[1]) : otherwise;
}

} // namespace sine
