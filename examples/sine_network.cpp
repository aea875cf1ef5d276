// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A 1-100-100-1 network, 10,401 parameters, learns sin x over [-pi, pi] from 1000 points by
// gradient descent on the whole batch: linear, ReLU and tanh, exchangeable in one place. Before
// that, the gradient of a 10-10-1 network against central differences. Learning curves and fits are
// drawn, also as an SVG: sine_network [file.svg [epochs]].
#include <chainrule/chainrule.hpp>

#include "expect.hpp"
#include "plot.hpp"
#include "sine.hpp"

using namespace chainrule;

namespace {

constexpr int fit_points = 250;

/// The learning curve and the fit of one activation.
struct learned {
  double error; // after the last epoch
  curve errors, fit;
};

learned learn(const char *name, auto activation, double rate, int epochs,
              const sine::data &points) {
  constexpr auto model = sine::network<2, 100>(decltype(activation){});
  constexpr auto loss = sine::error_of(model(sine::x));
  constexpr auto step = compile(loss, gradient(loss, model));
  const auto theta = sine::started(model, 1);
  learned result{0, {name, {}, {}}, {name, {}, {}}};
  std::printf("%-7s", name);
  result.error = sine::train(step, *theta, points, rate, epochs, [&](int epoch, double error) {
    result.errors.x.push_back(epoch);
    result.errors.y.push_back(error);
    if (5 * epoch % epochs == 0)
      std::printf("  %3d: %8.3g", epoch, error);
  });
  std::puts("");

  constexpr variable<"u", 1, fit_points> u;
  matrix<double, 1, fit_points> grid;
  for (int i = 0; i < fit_points; ++i)
    grid(i) = std::numbers::pi * (2.0 * i / (fit_points - 1) - 1);
  const auto fit = compile(model(u))(*theta, u = grid);
  result.fit.x.assign(grid.begin(), grid.end());
  result.fit.y.assign(fit.begin(), fit.end());
  return result;
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

int main(int count, char **values) {
  begin(count, values);
  const int epochs = count > 2 ? std::max(1, std::atoi(values[2])) : 500;
  check("differences", largest_difference() < 1e-7, 1);
  const auto points = sine::points();
  std::puts("half the mean square error at the start and as training goes on, by epoch");
  const learned line = learn("linear", linear, 0.005, epochs, *points);
  const learned with_relu = learn(
      "ReLU", [](auto z) { return relu(z); }, 0.02, epochs, *points);
  const learned with_tanh = learn(
      "tanh", [](auto z) { return tanh(z); }, 0.02, epochs, *points);
  curve exact{"sin x", with_tanh.fit.x, {}};
  for (const double each : exact.x)
    exact.y.push_back(std::sin(each));
  const picture curves{"learning curves",
                       "epoch",
                       "half the mean square error",
                       true,
                       {line.errors, with_relu.errors, with_tanh.errors}};
  const picture fits{
      "the fit", "x", "prediction", false, {exact, line.fit, with_relu.fit, with_tanh.fit}};
  const bool drawn = draw(count, values, {curves, fits});
  check("drawn", drawn, 1);
  if (epochs < 500)
    return result();
  check("linear", std::fabs(line.error - 0.098) < 0.002, 1); // the least-squares line has 0.0980
  check("ReLU", with_relu.error < 2e-3, 1);
  check("tanh", with_tanh.error < 2e-3, 1);
  return result();
}
