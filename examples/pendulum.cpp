// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A damped pendulum identified from noisy angles: what pulls it back, what brakes it, and how it
// was let go. Its motion is 240 steps of Runge and Kutta, a recurrence; a step of Levenberg and
// Marquardt is one expression, with the Jacobian of all angles in it, four sweeps forward, and the
// solution of its normal equations.
#include <chainrule/linear_algebra.hpp>

#include <algorithm>
#include <array>
#include <numbers>

#include "expect.hpp"
#include "plot.hpp"

using namespace chainrule;

namespace {

constexpr int samples = 240;
constexpr int unknowns = 4;
constexpr auto dt = 0.05_c; // s

constexpr variable<"pull"> pull;   // gravity by length, 1/s^2
constexpr variable<"brake"> brake; // 1/s
constexpr variable<"angle at 0"> angle_at_0;
constexpr variable<"speed at 0"> speed_at_0; // 1/s
constexpr variable<"measured", 1, samples> measured;
constexpr variable<"caution"> caution; // how much shorter a step is than Gauss and Newton's

constexpr variable<"angle"> angle;
constexpr variable<"speed"> speed;
constexpr auto pulled = [](auto at, auto with) { return -pull * sin(at) - brake * with; };
constexpr auto a1 = speed;
constexpr auto s1 = pulled(angle, a1);
constexpr auto a2 = speed + dt / 2_c * s1;
constexpr auto s2 = pulled(angle + dt / 2_c * a1, a2);
constexpr auto a3 = speed + dt / 2_c * s2;
constexpr auto s3 = pulled(angle + dt / 2_c * a2, a3);
constexpr auto a4 = speed + dt * s3;
constexpr auto s4 = pulled(angle + dt * a3, a4);
constexpr auto moved = update(angle = angle + dt / 6_c * (a1 + 2_c * a2 + 2_c * a3 + a4),
                              speed = speed + dt / 6_c * (s1 + 2_c * s2 + 2_c * s3 + s4));

constexpr auto motion = orbit<samples>(moved, angle = angle_at_0, speed = speed_at_0)[angle];
constexpr auto residuals = motion - measured;
constexpr auto J = jacobian(residuals, pull, brake, angle_at_0, speed_at_0);
constexpr auto curvature = transpose(J) * J;
constexpr auto step = -solve_positive_definite(
    curvature + caution * diagonal(diagonal_of(curvature)), transpose(J) * transpose(residuals));

constexpr auto look =
    compile(motion, squared_norm(residuals), step, diagonal_of(inverse(curvature)));

using angles = matrix<double, 1, samples>;

/// From a whole turn there and back: how often it passes the lowest point.
double pull_from_period(const angles &of) {
  int first = 0, last = 0, passes = 0;
  for (int t = 1; t < samples; ++t)
    if ((of(t - 1) < 0) != (of(t) < 0)) {
      first = passes == 0 ? t : first;
      last = t;
      ++passes;
    }
  const double frequency = std::numbers::pi * (passes - 1) / (0.05 * (last - first));
  return frequency * frequency;
}

} // namespace

int main(int count, char **arguments) {
  begin(count, arguments);
  const std::array<const char *, unknowns> names{"pull", "brake", "angle at 0", "speed at 0"};
  const auto pendulum = [](const std::array<double, unknowns> &values) {
    auto result = parameters<double>(pull, brake, angle_at_0, speed_at_0);
    std::copy(values.begin(), values.end(), result.begin());
    return result;
  };
  const auto truth = pendulum({8.2, 0.15, 1.2, -0.5});
  constexpr double noise = 0.02;
  random_numbers random(1);
  angles seen = std::get<0>(look(truth, measured = angles{}, caution = 0.0));
  for (double &each : seen)
    each += noise * random.normal();

  auto found = pendulum({pull_from_period(seen), 0, seen(0), 0});
  double careful = 1;
  auto [fitted, squares, way, spread] = look(found, measured = seen, caution = careful);
  std::printf("step  caution  deviation    pull   brake   angle   speed\n");
  for (int round = 0, is_done = 0; !is_done && round < 30; ++round) {
    std::printf("%4d  %7.0e  %9.5f", round, careful, std::sqrt(squares / samples));
    for (const double each : found)
      std::printf("  %6.3f", each);
    std::puts("");
    auto tried = found;
    for (int i = 0; i < unknowns; ++i)
      tried.values[i] += way(i);
    const double before = squares;
    const double squares_there = std::get<1>(look(tried, measured = seen, caution = careful));
    const bool is_better = squares_there < before; // else again, with more caution
    careful *= is_better ? 0.1 : 10;
    found = is_better ? tried : found;
    std::tie(fitted, squares, way, spread) = look(found, measured = seen, caution = careful);
    is_done = is_better && before - squares < 1e-9 * before;
  }

  const double variance = squares / (samples - unknowns);
  std::printf("\n%-12s %10s %10s %16s\n", "", "true", "found", "standard error");
  bool is_right = std::fabs(std::sqrt(variance) / noise - 1) < 0.15;
  for (int i = 0; i < unknowns; ++i) {
    const double error = std::sqrt(variance * spread(i));
    std::printf("%-12s %10.4f %10.4f %16.4f\n", names[static_cast<std::size_t>(i)], truth.values[i],
                found.values[i], error);
    is_right = is_right && std::fabs(found.values[i] - truth.values[i]) < 3 * error && error < 0.05;
  }
  std::printf("%-12s %10.4f %10.4f\n", "noise", noise, std::sqrt(variance));

  curve points{". measured", {}, {}}, line{"fitted", {}, {}};
  for (int t = 0; t < samples; ++t) {
    points.x.push_back(0.05 * (t + 1));
    points.y.push_back(seen(t));
    line.y.push_back(fitted(t));
  }
  line.x = points.x;
  print({"the pendulum", "time, s", "angle", false, {line, points}});
  check("identified", is_right, 1);
  return result();
}
