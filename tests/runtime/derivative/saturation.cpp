// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is saturated has the slope 0, though what it is made of has an infinite one: limits by hand.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"c"> c;

void check_flat(auto f, double at) {
  constexpr auto slope = partial(decltype(f){}, x);
  constexpr auto twice = partial(slope, x);
  const auto [first, second, third] = compile(slope, twice, partial(twice, x))(x = at);
  INFO(to_string(f));
  CHECK(first == 0);
  CHECK(second == 0);
  CHECK(third == 0);
}

void check_flat_twice(auto f, double at) {
  constexpr auto slope = partial(decltype(f){}, x);
  const auto [first, second] = compile(slope, partial(slope, x))(x = at);
  INFO(to_string(f));
  CHECK(first == 0);
  CHECK(second == 0);
}

} // namespace

TEST_CASE("sigmoids, densities and quotients of what overflows are flat") {
  for (const double at : {800.0, 1e5}) {
    check_flat(tanh(exp(x)), at);
    check_flat(sigmoid(exp(x)), at);
    check_flat(sigmoid(-exp(x)), at);
    check_flat(softplus(-exp(x)), at);
    check_flat(erf(exp(x)), at);
    check_flat(erfc(exp(x)), at);
    check_flat(normal_cdf(exp(x)), at);
    check_flat(normal_density(exp(x)), at);
    check_flat(exp(-exp(x)), at);
    check_flat(3_c * exp(-0.5_c * exp(x)), at);
    check_flat(exp(-sinh(x)), at);
    check_flat(exp(-expm1(x)), at);
    check_flat(exp(-square(exp(x))), at);
    check_flat(tanh(2_c * exp(x) + 1_c), at);
    check_flat(tanh(sinh(x)), at);
    check_flat(1_c / (1_c + 2_c * exp(x)), at);
    check_flat(1_c / cosh(x), at);
    check_flat(1_c / (3_c + cosh(x)), at);
    check_flat(pow(1_c + exp(x), -2.5_c), at);
    check_flat(pow(2_c + 3_c * exp(x), -1_c), at);
    check_flat_twice(1_c / sqrt(1_c + exp(2_c * x)), at);
    check_flat_twice(log_normal_cdf(exp(x)), at);
    check_flat(atan(exp(x)), at);
    check_flat(exp(x) / square(1_c + exp(x)), at);
    check_flat(sinh(x) / cosh(x), at);
    check_flat(sinh(x) / cosh(x), -at);
    check_flat(exp(-exp(-x)), -at);             // Gumbel
    check_flat(2_c * exp(-3_c * exp(-x)), -at); // Gompertz
  }
  CHECK(compile(partial(tanh(exp(x)), x))(x = 100.0f) == 0);
}

TEST_CASE("where they are not, the slopes are as they were") {
  const auto [flat, quotient] =
      compile(partial(exp(-exp(x)), x), partial(1_c / (1_c + 2_c * exp(x)), x))(x = 1.0);
  const double e = std::exp(1.0);
  CHECK(std::abs(flat + e * std::exp(-e)) < 1e-15);
  CHECK(std::abs(quotient + 2 * e / std::pow(1 + 2 * e, 2)) < 1e-15);
  // values to 12 digits, with 400 of mpmath
  const auto [density, hyperbolic, power] =
      compile(exp(x) / square(1_c + exp(x)), partial(sinh(x) / cosh(x), x),
              partial(pow(1_c + exp(x), -2.5_c), x))(x = 40.0);
  CHECK(std::abs(density / 4.24835425529e-18 - 1) < 1e-11);
  CHECK(std::abs(hyperbolic / 7.21940555138e-35 - 1) < 1e-11);
  CHECK(std::abs(power / -9.30018994005e-44 - 1) < 1e-11);
  // what grows as its argument falls is not taken for saturated
  CHECK_FALSE(compile(partial(asinh(exp(x)), x))(x = 800.0) == 0);
  CHECK_FALSE(compile(partial(sqrt(exp(x)), x))(x = 1500.0) == 0);
  CHECK_FALSE(compile(partial(sigmoid(log(x)), x))(x = 0.0) == 0);
  // nor is a density at its summit: the slope by x is -1 / sqrt(8 pi), and infinite
  CHECK_FALSE(compile(partial(normal_density(sqrt(x)), x))(x = 0.0) == 0);
  CHECK_FALSE(compile(partial(normal_density(cbrt(x)), x))(x = 0.0) == 0);
  CHECK_FALSE(compile(partial(normal_density(acos(x)), x))(x = 1.0) == 0);
  CHECK_FALSE(compile(partial(partial(normal_density(hypot(x, a)), x), x))(x = 0.0, a = 0.0) == 0);
}

TEST_CASE("losses and prices at the ends of their domains") {
  constexpr auto probability = sigmoid(x);
  constexpr auto focal = -pow(1_c - probability, 0.5_c) * log(probability);
  CHECK(compile(partial(focal, x))(x = 800.0) == 0);
  CHECK(compile(partial(pow(1_c - probability, a) * softplus(-x), x))(x = 800.0, a = 0.5) == 0);
  // -3/2 exp(-3/2 x) far out
  const double far = compile(partial(focal, x))(x = 40.0);
  CHECK(std::abs(far / (-1.5 * std::exp(-60.0)) - 1) < 1e-14);

  // an option without volatility is worth its payoff: strike c, volatility b, one year
  constexpr auto d = (log(a / c) + square(b) / 2_c) / b;
  constexpr auto price = a * normal_cdf(d) - c * normal_cdf(d - b);
  for (const double spot : {110.0, 90.0}) {
    const double is_exercised = spot > 100 ? 1 : 0;
    const auto [slopes, gamma] = compile(gradient(price, a, b, c), partial(partial(price, a), a))(
        a = spot, b = 0.0, c = 100.0);
    CHECK(slopes[a] == is_exercised);
    CHECK(slopes[b] == 0);
    CHECK(slopes[c] == -is_exercised);
    CHECK(gamma == 0);
  }
}
