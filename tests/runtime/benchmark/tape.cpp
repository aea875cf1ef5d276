// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The tape against closed forms of derivatives, and that it keeps its memory.
#include <chainrule/benchmark/allocations.hpp>
#include <chainrule/benchmark/forward.hpp>

#include <cmath>

#include "catch.hpp"

using namespace chainrule;
using Catch::Matchers::WithinRel;

namespace {

/// The slope at x of a function of one number.
double slope_of(auto f, double x) {
  tape::recording recording;
  const tape::real at = recording.variable(x);
  recording.backward(f(at));
  return recording.slope(at);
}

} // namespace

TEST_CASE("slopes on the tape are the closed forms") {
  const double x = 0.7;
  const double s = 1 / (1 + std::exp(-x));
  CHECK_THAT(slope_of([](auto t) { return exp(t); }, x), WithinRel(std::exp(x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return log(t); }, x), WithinRel(1 / x, 1e-15));
  CHECK_THAT(slope_of([](auto t) { return log1p(t); }, x), WithinRel(1 / (1 + x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return sqrt(t); }, x), WithinRel(0.5 / std::sqrt(x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return square(t); }, x), WithinRel(2 * x, 1e-15));
  CHECK_THAT(slope_of([](auto t) { return tanh(t); }, x),
             WithinRel(1 / (std::cosh(x) * std::cosh(x)), 1e-14));
  CHECK_THAT(slope_of([](auto t) { return sin(t); }, x), WithinRel(std::cos(x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return cos(t); }, x), WithinRel(-std::sin(x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return atan(t); }, x), WithinRel(1 / (1 + x * x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return pow(t, tape::real(2.5)); }, x),
             WithinRel(2.5 * std::pow(x, 1.5), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return pow(tape::real(2.5), t); }, x),
             WithinRel(std::log(2.5) * std::pow(2.5, x), 1e-15));
  CHECK_THAT(slope_of([](auto t) { return sigmoid(t); }, x), WithinRel(s * (1 - s), 1e-14));
  CHECK_THAT(slope_of([](auto t) { return softplus(t); }, x), WithinRel(s, 1e-14));
  CHECK_THAT(slope_of([](auto t) { return binary_cross_entropy_with_logits(t, 0.25); }, x),
             WithinRel(s - 0.25, 1e-14));
  CHECK_THAT(slope_of([](auto t) { return t / (1.0 + t * t); }, x),
             WithinRel((1 - x * x) / ((1 + x * x) * (1 + x * x)), 1e-14));
  CHECK_THAT(slope_of([](auto t) { return 3.0 / t - t / 4.0 + (2.0 - t) - (-t) * 5.0; }, x),
             WithinRel(-3 / (x * x) - 0.25 - 1 + 5, 1e-14));
  CHECK(slope_of([](auto t) { return abs(t); }, -x) == -1);
  CHECK(slope_of([](auto t) { return relu(t); }, x) == 1);
  CHECK(slope_of([](auto t) { return relu(t); }, -x) == 0);
  CHECK(slope_of([](auto t) { return relu(t); }, 0) == 0);
  CHECK(slope_of([](auto t) { return max(t, tape::real(0.7)); }, x) == 1);
  CHECK(slope_of([](auto t) { return min(tape::real(0.7), t); }, x) == 0);
}

TEST_CASE("what is used twice adds up, and a number that depends on nothing has no slope") {
  tape::recording recording;
  const tape::real a = recording.variable(3), b = recording.variable(-2), unused = 5;
  const tape::real product = a * b;
  recording.backward(product * product + a);
  CHECK(recording.slope(a) == 2 * -6 * -2 + 1);
  CHECK(recording.slope(b) == 2 * -6 * 3);
  CHECK(unused.node == 0);
}

TEST_CASE("a recording that is written anew allocates nothing") {
  if (!detail::are_allocations_counted())
    return;
  tape::recording recording(16);
  const auto run = [&recording](double x) {
    const long long before = detail::allocations;
    recording.clear();
    tape::real at = recording.variable(x), sum = at;
    for (int i = 0; i < 1000; ++i)
      sum = sum * at + 1.0;
    recording.backward(sum);
    return detail::allocations - before;
  };
  CHECK(run(0.5) > 0); // it had to grow
  CHECK(run(0.5) == 0);
  CHECK(run(0.25) == 0);
  CHECK_THAT(recording.slope({0.25, 1}),
             WithinRel(16.0 / 9, 1e-14)); // of 1 / (1 - x), but for x^1001
}

TEST_CASE("the recording that was cleared last is written to") {
  tape::recording first;
  {
    tape::recording second;
    const tape::real here = second.variable(2);
    first.clear();
    const tape::real x = first.variable(3);
    first.backward(x * x);
    CHECK(first.slope(x) == 6);
    second.clear();
    const tape::real y = second.variable(5);
    second.backward(y * y * y);
    CHECK(second.slope(y) == 75);
    CHECK(here.value == 2);
  }
  first.clear();
  const tape::real z = first.variable(1);
  first.backward(exp(z));
  CHECK_THAT(first.slope(z), WithinRel(std::exp(1.0), 1e-15));
}

TEST_CASE("forward numbers carry several slopes") {
  tape::forward<2> a(0.7), b(-1.2);
  a.slopes[0] = b.slopes[1] = 1;
  const auto f = a * exp(b) / (2.0 - a) + 3.0 * sin(a) - b / 4.0;
  const double over = 2 - 0.7;
  CHECK_THAT(f.slopes[0], WithinRel(std::exp(-1.2) * 2 / (over * over) + 3 * std::cos(0.7), 1e-14));
  CHECK_THAT(f.slopes[1], WithinRel(0.7 * std::exp(-1.2) / over - 0.25, 1e-14));
}
