// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Kinks, ties, branches that are not taken, and scalar types.
#include "accuracy/references.hpp"
#include "catch.hpp"

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;

double slope_at(auto function, double at) { return compile(gradient(function, x))(x = at)[x]; }

} // namespace

TEST_CASE("kinks have the documented slope") {
  CHECK(slope_at(relu(x), 0.0) == 0.0);
  CHECK(slope_at(relu(x), 1e-300) == 1.0);
  CHECK(slope_at(abs(x), 0.0) == 0.0);
  CHECK(slope_at(abs(x), -2.0) == -1.0);
  CHECK(slope_at(sign(x), 3.0) == 0.0);
}

TEST_CASE("ties of max and min go to the first argument") {
  const auto largest = compile(gradient(max(x, y), x, y))(x = 2.0, y = 2.0);
  CHECK(largest[x] == 1.0);
  CHECK(largest[y] == 0.0);
  const auto smallest = compile(gradient(min(x, y), x, y))(x = 2.0, y = 2.0);
  CHECK(smallest[x] == 1.0);
  CHECK(smallest[y] == 0.0);
}

TEST_CASE("a branch that is not taken does no harm") {
  CHECK(slope_at(select(x > 0_c, sqrt(x), 0_c), 0.0) == 0.0);
  CHECK(slope_at(select(x > 0_c, log(x), x), -3.0) == 1.0);
  CHECK(slope_at(select(x > 0_c, log(x), 2_c * x), 0.0) == 2.0);
  CHECK(slope_at(select(x > 0_c, 1_c / x, x), 0.0) == 1.0);
  CHECK(slope_at(sqrt(relu(x)), -1.0) == 0.0);
  CHECK(slope_at(select(x < 700_c, exp(x), x), 800.0) == 1.0);
}

TEST_CASE("a choice of two branches that are both not taken does no harm") {
  constexpr auto first = select(sqrt(y) > 1_c, sqrt(x), 0_c);
  constexpr auto second = select(sqrt(y) > 2_c, sqrt(x), 0_c);
  constexpr auto slope = partial(select(log(y) > -2_c, first, second), x);
  CHECK(compile(slope)(x = -1.0, y = 0.25) == 0.0);
  CHECK(compile(slope)(x = 4.0, y = 2.25) == 0.25);
}

TEST_CASE("a factor that is 0 still has slopes") {
  CHECK(compile(partial(partial(xlogy(x, y), x), y))(x = 0.0, y = 2.0) == 0.5);
  CHECK(compile(partial(partial(xlogy(x, y), y), x))(x = 0.0, y = 2.0) == 0.5);
  CHECK(gradient_is_right(xlogy(x, y), x = 0.0, y = 2.0));
  CHECK(gradient_is_right(xlogy(x, y), x = 3.0, y = 2.0));
  CHECK(compile(partial(partial(pow(x, y), x), y))(x = 2.0, y = 0.0) == 0.5);
  CHECK(compile(partial(partial(pow(x, y), y), x))(x = 2.0, y = 0.0) == 0.5);
}

TEST_CASE("a flow that happens to be 0 behind an open gate still has slopes") {
  constexpr auto t = xlogy(x, y);
  constexpr auto bell = sigmoid(-t) * sigmoid(t); // for x = 1: y / (1 + y)^2
  constexpr auto chosen = select(x > 0_c, min(bell, cosh(x - y)), bell);
  CHECK(compile(partial(partial(no_rewrite(chosen), y), y))(x = 1.0, y = 1.0) == -0.125);
}

TEST_CASE("second derivatives of logarithms of small probabilities") {
  // in 90 digits from Phi(x) = 1/2 + phi(x) (x + x^3 / 3 + x^5 / 15 + ...)
  constexpr auto normal = partial(partial(log_normal_cdf(x), x), x);
  CHECK(std::abs(compile(normal)(x = -2.5) + 0.911026198578884557) < 4e-16);
  CHECK(std::abs(compile(normal)(x = -3.25) + 0.936750592519963138) < 4e-16);
  CHECK(std::abs(compile(normal)(x = -10.0) + 0.990554622174343738) < 4e-16);
  CHECK(std::abs(compile(normal)(x = -1e8) + 1) < 4e-16); // -1 + 1 / x^2
  CHECK(compile(normal)(x = -1e300) == -1);
  CHECK(compile(partial(partial(log1mexp(x), x), x))(x = -800.0) == 0.0);
}

TEST_CASE("derivatives of size below the smallest normal number are not 0") {
  const auto in_units = [](double is, const accuracy::wide &expected) {
    return std::abs(
        static_cast<double>((is - expected) / std::numeric_limits<double>::denorm_min()));
  };
  const accuracy::wide ten = log(accuracy::wide(10)), two = log(accuracy::wide(2));
  for (const double at : {1.2e308, 1.5e308, 1.79e308}) // x log(10) would overflow
    CHECK(in_units(slope_at(log10(x), at), 1 / (at * ten)) <= 1);
  for (const double at : {8.5e-309, 9.1e-309, 1.3e-308}) { // x log(2) would have fewer digits
    const accuracy::wide expected = 1 / (at * two);
    CHECK(accuracy::error_in_ulps(slope_at(log2(x), at), expected, expected) <= 2);
  }
  for (const double at : {1.5e154, -1e155, 1e160, 1e161}) {
    const accuracy::wide square = accuracy::wide(at) * at;
    CHECK(in_units(slope_at(atan(x), at), 1 / (1 + square)) <= 2);
    CHECK(in_units(slope_at(softsign(x), at), 1 / (1 + square)) <= 2);
  }
  for (const double at : {1e90, 1e105, -1e107}) {
    const accuracy::wide cube = accuracy::wide(at) * at * at;
    CHECK(in_units(slope_at(partial(atan(x), x), at), -2 / cube) <=
          std::abs(static_cast<double>(1e-15 / cube) / std::numeric_limits<double>::denorm_min()) +
              2);
    CHECK(in_units(slope_at(partial(softsign(x), x), at), -2 / cube) <=
          std::abs(static_cast<double>(1e-15 / cube) / std::numeric_limits<double>::denorm_min()) +
              2);
  }
}

TEST_CASE("every comparison selects") {
  for (const double at : {-1.0, 0.0, 1.0}) {
    CHECK(compile(select(x < 0_c, 1_c, 2_c))(x = at) == (at < 0 ? 1 : 2));
    CHECK(compile(select(x <= 0_c, 1_c, 2_c))(x = at) == (at <= 0 ? 1 : 2));
    CHECK(compile(select(x > 0_c, 1_c, 2_c))(x = at) == (at > 0 ? 1 : 2));
    CHECK(compile(select(x >= 0_c, 1_c, 2_c))(x = at) == (at >= 0 ? 1 : 2));
    CHECK(compile(sign(x))(x = at) == at);
  }
}

TEST_CASE("NaN goes through") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(compile(relu(x))(x = nan)));
  CHECK(std::isnan(compile(sigmoid(x))(x = nan)));
  CHECK(std::isnan(slope_at(sigmoid(x), nan)));
}

TEST_CASE("a sum is computed in the scalar of the arguments") {
  constexpr auto step = compile(sigmoid(x * y), gradient(sigmoid(x * y), x));
  static_assert(std::is_same_v<decltype(compile(x * y)(x = 1.0f, y = 2.0f)), float>);
  static_assert(std::is_same_v<decltype(compile(x * y)(x = 1, y = 2)), double>);
  static_assert(std::is_same_v<decltype(compile(x * y)(x = 1.0f, y = 2.0)), double>);
  const auto [wide, wide_slope] = step(x = 0.3L, y = -0.7L);
  const auto [narrow, narrow_slope] = step(x = 0.3f, y = -0.7f);
  CHECK(std::fabs(wide - 1 / (1 + std::exp(0.21L))) < 1e-18L);
  CHECK(std::fabs(static_cast<double>(narrow) - static_cast<double>(wide)) < 1e-7);
  CHECK(std::fabs(static_cast<double>(narrow_slope[x] - wide_slope[x])) < 1e-7);
}

TEST_CASE("arguments come in any order and a named value is read in place") {
  double a = 3.0;
  const double b = 2.0;
  constexpr auto step = compile(x / y);
  CHECK(step(y = b, x = a) == 1.5);
  const auto where = at(x = a);
  a = 5.0;
  CHECK(where[x] == 3.0);
}

TEST_CASE("at run time the gradient check looks at the values it is given") {
  double a = 0.5;
  CHECK(gradient_is_right(exp(x) * y, at(x = a, y = 2.0)));
  CHECK_FALSE(gradient_is_right(sqrt(x) * y, at(x = -a, y = 2.0)));
  const double zero = 0.0;
  CHECK(gradient_is_right(norm(stack(x, y)), at(x = zero, y = 0.0)));
  CHECK(gradient_is_right(norm(stack(x * y, x)) + y, at(x = zero, y = 2.0)));
}

TEST_CASE("derivatives of the length of three numbers") {
  constexpr auto h = hypot(x, y, z);
  constexpr auto by_x = partial(h, x);
  const auto all = compile(h, by_x, partial(h, z), partial(by_x, x), partial(by_x, y),
                           partial(by_x, z), partial(partial(by_x, x), x));
  const auto near = [](double is, const accuracy::wide &expected) {
    return std::abs(is - static_cast<double>(expected)) <=
           8 * std::numeric_limits<double>::epsilon() * std::abs(static_cast<double>(expected));
  };
  for (const auto &[a, b, c] : {std::array{0.0, 0.0, -2.0},
                                {0.0, 0.0, 1e-200},
                                {0.0, 1e200, 0.0},
                                {3.0, 0.0, 0.0},
                                {0.5, -0.25, 3.0},
                                {1e300, 1e300, 1e300}}) {
    INFO(a << ", " << b << ", " << c);
    const accuracy::wide size =
        sqrt(accuracy::wide(a) * a + accuracy::wide(b) * b + accuracy::wide(c) * c);
    const auto [value, first, third, xx, xy, xz, xxx] = all(x = a, y = b, z = c);
    CHECK(near(value, size));
    CHECK(near(first, a / size));
    CHECK(near(third, c / size));
    // terms cancel in these: to units of 1 / h and 1 / h^2
    const double unit = static_cast<double>(1 / size) * 1e-15;
    CHECK(std::abs(xx - static_cast<double>((1 - a / size * (a / size)) / size)) <= unit);
    CHECK(std::abs(xy + static_cast<double>(a / size * (b / size) / size)) <= unit);
    CHECK(std::abs(xz + static_cast<double>(a / size * (c / size) / size)) <= unit);
    const accuracy::wide ratio = a / size;
    if (size > 1e-100)
      CHECK(std::abs(xxx - static_cast<double>(3 * ratio * (ratio * ratio - 1) / size / size)) <=
            static_cast<double>(8e-15 / size / size));
  }
  const auto [value, first, third, xx, xy, xz, xxx] = all(x = 0.0, y = 0.0, z = 0.0);
  for (const double at_origin : {value, first, third})
    CHECK(at_origin == 0);
  for (const double at_origin : {xx, xy, xz, xxx}) // there is none
    CHECK_FALSE(std::isfinite(at_origin));
  static_assert(compile(partial(by_x, x))(x = 0.0, y = 0.0, z = -4.0) == 0.25);
  static_assert(hypot(x, y, z) == sqrt(square(x) + square(y) + square(z)));
  static_assert(hypot(x, y, 0_c) == hypot(x, y));
  static_assert(to_string(hypot(x, y, z)) == "hypot(x, y, z)");
}

TEST_CASE("what cancels takes its own NaN with it") {
  const auto at_minus_one = [](auto f) { return compile(f)(x = -1.0); };
  constexpr auto root = sqrt(x);
  CHECK(at_minus_one(root - root + x) == -1);
  CHECK(at_minus_one(exp(root) * exp(-root) * x) == -1);
  CHECK(at_minus_one(exp(root) / exp(root) * x) == -1);
  CHECK(std::isnan(at_minus_one(no_rewrite(root - root))));
  CHECK(std::isnan(at_minus_one(no_rewrite(exp(root) * exp(-root)))));
  CHECK(std::isnan(at_minus_one(no_rewrite(exp(root) / exp(root)))));
}
