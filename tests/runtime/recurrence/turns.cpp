// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Loops over the same inputs one after another, the later ones with what the earlier ones showed:
// they are one loop in the graph and several in code.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "dual.hpp"

#include <array>
#include <cmath>

using namespace chainrule;
using math::dual;

namespace {

constexpr variable<"a"> a;
constexpr variable<"u"> u;
constexpr variable<"y"> y;
constexpr variable<"X", 1, 4> X;
constexpr variable<"Y", 1, 4> Y;

constexpr std::array<double, 4> at_X{0.1, 0.9, -0.4, 2};
constexpr std::array<double, 4> at_Y{0.3, -0.9, 0.7, 1};

dual square_of(double x) { return dual(x) * dual(x); }
dual scaled(double x, const dual &by) { return square_of(x) * by * by + dual(x) * by; }
constexpr auto f = [](auto x) { return square(a * x) + a * x; };

template <class Formula, class Expected, class... Inputs>
void check(Formula formula, Expected expected, const Inputs &...inputs) {
  const auto slope = [&](double at) { return expected(dual(at, {1, 0, 0})).slope[0]; };
  const double step = 1e-3;
  const double second = (8 * (slope(0.7 + step) - slope(0.7 - step)) -
                         (slope(0.7 + 2 * step) - slope(0.7 - 2 * step))) /
                        (12 * step);
  const auto [value, first, found] =
      compile(formula, partial(formula, a), partial(partial(formula, a), a))(a = 0.7, inputs...);
  CHECK_THAT(value, Catch::Matchers::WithinRel(expected(dual(0.7)).value, 1e-13));
  CHECK_THAT(first, Catch::Matchers::WithinRel(slope(0.7), 1e-13));
  CHECK_THAT(found, Catch::Matchers::WithinRel(second, 1e-9));
}

} // namespace

TEST_CASE("the spread about a mean") {
  constexpr auto mean = sum(map_columns(f(u), u = X)) * 0.25_c;
  constexpr auto spread = sum(map_columns(square(f(u) - mean), u = X));
  check(
      spread,
      [](const dual &at) {
        dual sum, result;
        for (const double x : at_X)
          sum = sum + scaled(x, at);
        for (const double x : at_X) {
          const dual from_mean = scaled(x, at) - sum * dual(0.25);
          result = result + from_mean * from_mean;
        }
        return result;
      },
      X = at_X);
}

TEST_CASE("two loops, each of which needs what the other showed") {
  constexpr auto of_X = sum(map_columns(f(u), u = X));
  constexpr auto of_Y = sum(map_columns(a * u, u = Y));
  constexpr auto crossed =
      sum(map_columns(f(u) * of_Y, u = X)) + sum(map_columns(square(a * u - of_X), u = Y));
  check(
      crossed,
      [](const dual &at) {
        dual sum_of_X, sum_of_Y, result;
        for (const double x : at_X)
          sum_of_X = sum_of_X + scaled(x, at);
        for (const double x : at_Y)
          sum_of_Y = sum_of_Y + at * dual(x);
        for (const double x : at_X)
          result = result + scaled(x, at) * sum_of_Y;
        for (const double x : at_Y) {
          const dual from_sum = at * dual(x) - sum_of_X;
          result = result + from_sum * from_sum;
        }
        return result;
      },
      X = at_X, Y = at_Y);
}

TEST_CASE("a path beside its end") {
  constexpr auto last = iterate<3>(a * y + 1_c, y = 0.5_c);
  constexpr auto to_the_end = sum(orbit<3>(square(y - last), update(y = a * y + 1_c), y = 0.5_c));
  check(to_the_end, [](const dual &at) {
    dual end(0.5), state(0.5), result;
    for (int i = 0; i < 3; ++i)
      end = at * end + dual(1);
    for (int i = 0; i < 3; ++i) {
      result = result + (state - end) * (state - end);
      state = at * state + dual(1);
    }
    return result;
  });
}
