// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A physics-informed network: u(x, t) of Burgers' equation, u_t + u u_x = nu u_xx with u = -sin(pi
// x) at t = 0 and u = 0 at x = -1 and 1. It never sees a solution; its loss is how much the
// equation is violated at 120 random points, with u_t, u_x and u_xx as derivatives of the network.
// Beside it stands the solution of Cole and Hopf.
#include <chainrule/chainrule.hpp>

#include <numbers>

#include "adam.hpp"
#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr int points = 120;
constexpr auto nu = 0.1_c;

constexpr variable<"x", 1, points> x;
constexpr variable<"t", 1, points> t;
constexpr auto activation = [](auto z) { return tanh(z); };
constexpr auto model =
    sequential(dense<"first", 2, 12>(activation), dense<"second", 12, 12>(activation),
               dense<"last", 12, 1>(linear));

// of one point in each column; right at t = 0 and at both ends, whatever the weights are
constexpr auto solution = [](auto at, auto time) {
  return elementwise_product(elementwise_product(time, 1_c - square(at)), model(stack(at, time))) -
         sin(pi_c * at);
};
constexpr auto u = solution(x, t);
constexpr auto u_t = partial(sum(u), t); // no column depends on another one's point
constexpr auto u_x = partial(sum(u), x);
constexpr auto u_xx = partial(sum(u_x), x);
constexpr auto violated = mean(square(u_t + elementwise_product(u, u_x) - nu * u_xx));
constexpr auto learn = compile(violated, gradient(violated, model));

constexpr int shown = 9;
constexpr variable<"X", 1, shown> X;
constexpr variable<"T", 1, shown> T;
constexpr auto look = compile(solution(X, T));

/// Of the heat equation that it becomes: a convolution with a bell, which the trapezoidal rule
/// takes to all digits.
double reference(double place, double when) {
  constexpr double viscosity = 0.1, pi = std::numbers::pi;
  double above = 0, below = 0;
  for (int i = -400; i <= 400; ++i) {
    const double far = 6 * i / 400.0, from = place - std::sqrt(4 * viscosity * when) * far;
    const double weight = std::exp(-far * far - std::cos(pi * from) / (2 * pi * viscosity));
    above -= std::sin(pi * from) * weight;
    below += weight;
  }
  return above / below;
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  random_numbers random(1);
  matrix<double, 1, points> at{}, time{};
  auto theta = parameters<double>(model);
  glorot(theta, 1);
  adam<decltype(theta)> optimizer;
  constexpr int epochs = 6000;
  std::printf("epoch  mean square of u_t + u u_x - nu u_xx\n");
  for (int epoch = 0; epoch <= epochs; ++epoch) {
    for (int i = 0; i < points; ++i) { // one in each cell of a grid, others in each epoch
      at(i) = -1 + 2 * (i % 12 + random.uniform()) / 12;
      time(i) = (i / 12 + random.uniform()) / 10;
    }
    const auto [loss, slope] = learn(theta, x = at, t = time);
    if (epoch % (epochs / 6) == 0)
      std::printf("%5d  %.2e\n", epoch, loss);
    optimizer.rate = 0.03 * std::pow(0.01, double(epoch) / epochs);
    optimizer.step(theta, slope);
  }
  double worst = 0;
  for (const double when : {0.25, 0.5, 1.0}) {
    matrix<double, 1, shown> places{}, times{};
    for (int i = 0; i < shown; ++i)
      places(i) = (2.0 * (i + 1) - (shown + 1)) / (shown + 1), times(i) = when;
    const auto found = look(theta, X = places, T = times);
    std::printf("\nt = %.2f\n%-9s", when, "x");
    for (const double place : places)
      std::printf(" %8.2f", place);
    std::printf("\n%-9s", "network");
    for (const double value : found)
      std::printf(" %8.4f", value);
    std::printf("\n%-9s", "true");
    for (int i = 0; i < shown; ++i) {
      const double right = places(i) == 0 ? 0 : reference(places(i), when);
      std::printf(" %8.4f", right);
      worst = std::fmax(worst, std::fabs(found(i) - right));
    }
    std::puts("");
  }
  std::printf("\nlargest difference %.1e, %zu weights\n", worst, theta.size());
  check("solved", worst < 0.01, 1);
  return result();
}
