// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A cycle hidden in noise: a state of two numbers turns and shrinks in each step and is pushed at
// random, and its first number is measured with an error. A Kalman filter, a fold over 300
// measurements, yields their likelihood. Newton's method finds the four parameters that make it
// largest, and the inverse of the Hessian says how certain they are.
#include <chainrule/linear_algebra.hpp>

#include <array>
#include <numbers>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr int samples = 300;
constexpr int unknowns = 4;

// what is looked for, each any real number
constexpr variable<"stay"> stay;   // logit of what is left of the state after a step
constexpr variable<"angle"> angle; // by which it turns
constexpr variable<"push"> push;   // logarithm of the deviation of what pushes it
constexpr variable<"blur"> blur;   // logarithm of the deviation of a measurement
constexpr auto left = sigmoid(stay);
constexpr auto pushed = exp(2_c * push);
constexpr auto blurred = exp(2_c * blur);

// the state as the filter sees it: expected values, variances and covariance
constexpr variable<"m"> m;
constexpr variable<"n"> n;
constexpr variable<"mm"> mm;
constexpr variable<"mn"> mn;
constexpr variable<"nn"> nn;
constexpr variable<"loss"> loss;
constexpr variable<"y"> y; // what is measured in a step
constexpr variable<"Y", 1, samples> Y;

// before a measurement
constexpr auto c = left * cos(angle);
constexpr auto s = left * sin(angle);
constexpr auto m_ahead = c * m + s * n;
constexpr auto n_ahead = c * n - s * m;
constexpr auto mm_ahead = c * c * mm + 2_c * c * s * mn + s * s * nn + pushed;
constexpr auto mn_ahead = (c * c - s * s) * mn + c * s * (nn - mm);
constexpr auto nn_ahead = s * s * mm - 2_c * c * s * mn + c * c * nn + pushed;
// and what it changes
constexpr auto surprise = y - m_ahead;
constexpr auto variance = mm_ahead + blurred;
constexpr auto filtered =
    update(m = m_ahead + mm_ahead / variance * surprise, //
           n = n_ahead + mn_ahead / variance * surprise, //
           mm = mm_ahead * blurred / variance,           //
           mn = mn_ahead * blurred / variance,           //
           nn = nn_ahead - square(mn_ahead) / variance,
           loss = loss + (log(2_c * pi_c * variance) + square(surprise) / variance) / 2_c);
constexpr auto at_rest = pushed / (1_c - square(left));
constexpr auto minus_log_likelihood =
    fold(filtered, m = 0_c, n = 0_c, mm = at_rest, mn = 0_c, nn = at_rest, loss = 0_c, y = Y)[loss];

// One program for all: of the Hessian a column a call.
constexpr variable<"direction", unknowns> direction;
constexpr auto look =
    compile(minus_log_likelihood, gradient(minus_log_likelihood, stay, angle, push, blur),
            hessian_times(minus_log_likelihood, direction, stay, angle, push, blur));

constexpr variable<"H", unknowns, unknowns> H;
constexpr variable<"slope", unknowns> slope;
constexpr variable<"caution"> caution;
constexpr variable<"ones", unknowns> ones;
constexpr auto newton = compile(-solve_positive_definite(H + caution * diagonal(ones), slope));
constexpr auto covariance = compile(inverse(H));

using sequence = matrix<double, 1, samples>;
using numbers = matrix<double, unknowns>;

sequence measured(double shrink, double turn, double pushes, double errors) {
  random_numbers random(3);
  const double straight = shrink * std::cos(turn), across = shrink * std::sin(turn);
  sequence result{};
  double first = 0, second = 0;
  for (int t = -100; t < samples; ++t) { // until it is at rest
    const double before = first;
    first = straight * first + across * second + pushes * random.normal();
    second = straight * second - across * before + pushes * random.normal();
    if (t >= 0)
      result(t) = first + errors * random.normal();
  }
  return result;
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  constexpr std::array names{"left after a step", "turned, degrees", "pushed by",
                             "measured within"};
  constexpr std::array<double, unknowns> truth{0.95, 20, 0.4, 0.6};
  constexpr double degrees = 180 / std::numbers::pi;
  const sequence seen = measured(truth[0], truth[1] / degrees, truth[2], truth[3]);

  // Newton's method; where a step does not help it is made shorter, more like that along the slope
  auto theta = parameters<double>(stay, angle, push, blur);
  theta[stay] = 1, theta[angle] = 0.5;
  numbers gradient{};
  matrix<double, unknowns, unknowns> curvature{};
  const auto visit = [&](const auto &at) {
    double value = 0;
    for (int k = 0; k < unknowns; ++k) {
      numbers unit{};
      unit(k) = 1;
      const auto [here, slopes, column] = look(at, Y = seen, direction = unit);
      value = here;
      for (int i = 0; i < unknowns; ++i)
        gradient(i) = slopes.values[i], curvature(i, k) = column(i);
    }
    return value;
  };
  std::printf("step  caution  -log likelihood      slope    stay   angle    push    blur\n");
  double value = visit(theta), careful = 1;
  bool is_done = false;
  for (int round = 0; !is_done && round < 50; ++round) {
    double size = 0;
    for (const double each : gradient)
      size += each * each;
    std::printf("%4d  %7.0e  %15.6f  %9.1e", round, careful, value, std::sqrt(size));
    for (const double each : theta)
      std::printf("  %6.3f", each);
    std::puts("");
    is_done = size < 1e-16;
    const numbers way =
        newton(H = curvature, slope = gradient, caution = careful, ones = numbers{1, 1, 1, 1});
    auto tried = theta;
    for (int i = 0; i < unknowns; ++i)
      tried.values[i] += way(i);
    const double there = visit(tried);
    if (there <= value) { // not where the Hessian is not positive definite, which makes NaN
      theta = tried, value = there, careful /= 10;
    } else {
      careful *= 10;
      visit(theta);
    }
  }

  const auto spread = covariance(H = curvature);
  const double shrink = 1 / (1 + std::exp(-theta[stay]));
  const std::array found{shrink, theta[angle] * degrees, std::exp(theta[push]),
                         std::exp(theta[blur])};
  const std::array scales{shrink * (1 - shrink), degrees, found[2], found[3]};
  std::printf("\n%-18s %10s %10s %16s\n", "", "true", "estimated", "standard error");
  bool is_right = is_done;
  for (std::size_t i = 0; i < unknowns; ++i) {
    const int k = static_cast<int>(i);
    const double error = scales[i] * std::sqrt(spread(k, k));
    std::printf("%-18s %10.3f %10.3f %16.3f\n", names[i], truth[i], found[i], error);
    is_right = is_right && std::fabs(found[i] - truth[i]) < 2.5 * error && error < 0.2 * found[i];
  }
  check("likely", is_right, 1);
  return result();
}
