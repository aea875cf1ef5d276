// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the learning rate does, and where it is too large. A line w x has a loss of constant second
// derivative h, and gradient descent converges below 2/h and diverges above, to the digit; with
// tanh layers there is such a bound too, but it is found by trying.
#include "expect.hpp"
#include "sine.hpp"

using namespace chainrule;

namespace {

constexpr auto no_report = [](int, double) {};

/// The error of a line w x after so many steps from w = 0.
double line(double rate, int epochs, const sine::data &points) {
  constexpr variable<"w"> w;
  constexpr auto loss = sine::error_of(w * sine::x);
  auto theta = parameters<double>(w);
  return sine::train(compile(loss, gradient(loss, w)), theta, points, rate, epochs, no_report);
}

/// The second derivative of that error.
double curvature_of_line(const sine::data &points) {
  constexpr variable<"w"> w;
  constexpr auto loss = sine::error_of(w * sine::x);
  return compile(partial(partial(loss, w), w))(sine::x = points.inputs);
}

double network(double rate, const sine::data &points) {
  constexpr auto model = sine::network<2, 25>([](auto z) { return tanh(z); });
  constexpr auto loss = sine::error_of(model(sine::x));
  const auto theta = sine::started(model, 1);
  return sine::train(compile(loss, gradient(loss, model)), *theta, points, rate, 500, no_report);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  const auto points = sine::points();
  const double bound = 2 / curvature_of_line(*points);
  std::puts("a line: w x, where the least error is 0.0984");
  // the mean of x^2 over n equidistant points is pi^2 / 3 * (n + 1) / (n - 1)
  expect("bound", bound, 6 / (std::numbers::pi * std::numbers::pi) * 999 / 1001);
  for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0}) {
    const double start = line(share * bound, 0, *points);
    const double error = line(share * bound, 500, *points);
    std::printf("  %4.2f of the bound: %9.3g%s\n", share, error, error < start ? "" : "  diverges");
    check("learns below the bound", error < start, share < 1, 0);
  }

  std::puts("1-25-25-1 with tanh, half the mean square error after 500 epochs");
  const struct {
    double rate, by_hand; // computed without the library; 0: diverges
  } rates[] = {{0.001, 0.05758810176},
               {0.003, 0.02479268226},
               {0.01, 0.01152261352},
               {0.03, 0.004038550879},
               {0.1, 0.001512016114},
               {0.3, 0},
               {1, 0}};
  for (const auto &[rate, by_hand] : rates) {
    const double error = network(rate, *points);
    const bool diverges = !(error < 1e3);
    if (diverges)
      std::printf("  rate %5g: diverges\n", rate);
    else
      std::printf("  rate %5g: %9.3g\n", rate, error);
    if (by_hand > 0)
      check("by hand", error, by_hand, 1e-6);
    else
      check("diverges", diverges, 1, 0);
  }
  return result();
}
