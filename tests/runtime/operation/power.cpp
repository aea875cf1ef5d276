// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// pow(x, y) with both slopes: the slope by x is a quotient beside the value, which rounding y - 1
// does not reach, and C's pow(x, y - 1) where the quotient is none.
#include "catch.hpp"

#include <chainrule/chainrule.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"v", 16> v;
constexpr auto power = pow(x, y);
constexpr auto with_slopes = compile(power, gradient(power, x, y));

static_assert(cost(with_slopes).transcendentals == 2); // pow and log

/// |value - reference| in units in the last place at the reference.
template <class T>
double error_in_ulps(T value, long double reference) {
  const T size = std::abs(static_cast<T>(reference));
  return static_cast<double>(std::abs(value - reference) /
                             (std::nextafter(size, std::numeric_limits<T>::infinity()) - size));
}

template <class T>
void check_accuracy() {
  std::mt19937_64 random(1);
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  double by_x = 0, by_y = 0;
  for (int round = 0; round < 100000; ++round) {
    const T at = static_cast<T>(std::exp2(between(-5, 5)));
    const T exponent = static_cast<T>(std::copysign(std::exp2(between(-6, 4)), between(-1, 1)));
    const auto [value, slopes] = with_slopes(x = at, y = exponent);
    const long double base = at, exact = std::pow(base, static_cast<long double>(exponent));
    by_x = std::max(by_x, error_in_ulps(slopes[x], exponent * exact / base));
    by_y = std::max(by_y, error_in_ulps(slopes[y], std::log(base) * exact));
  }
  CHECK(by_x < 2.5);
  CHECK(by_y < 2.5);
}

/// Value and slopes of a number and of each element of a vector are those of the formulas with C's
/// functions.
template <class T>
void check_edges() {
  using limits = std::numeric_limits<T>;
  constexpr auto all = sum(pow(v, y));
  const auto of_all = compile(partial(all, v));
  const auto is_right = [](T slope, T expected) {
    return (std::isnan(slope) && std::isnan(expected)) || slope == expected ||
           error_in_ulps(slope, expected) < 3;
  };
  const T special[]{0,
                    -T(0),
                    1,
                    -1,
                    2,
                    T(-2.5),
                    T(0.3),
                    limits::infinity(),
                    limits::quiet_NaN(),
                    limits::max(),
                    limits::min(),
                    limits::min() / 16,
                    limits::denorm_min()};
  const T exponents[]{1, -1, 2, T(0.5), T(-0.5), 3, T(-1.25), 16, limits::infinity()};
  for (const T exponent : exponents)
    for (const T at : special) {
      if (at < 0 && std::isinf(exponent))
        continue; // neither even nor odd
      const T expected = exponent * std::pow(at, exponent - 1);
      const auto [value, slopes] = with_slopes(x = at, y = exponent);
      matrix<T, 16> elements{};
      for (int i = 0; i < 16; ++i)
        elements(i, 0) = 2;
      elements(7, 0) = at;
      const auto slope_of_all = of_all(v = elements, y = exponent);
      CAPTURE(at, exponent, expected, slopes[x], slope_of_all(7, 0));
      CHECK(is_right(slopes[x], expected));
      CHECK(is_right(slope_of_all(7, 0), expected));
      CHECK(is_right(slope_of_all(8, 0), exponent * std::pow(T(2), exponent - 1)));
    }
}

} // namespace

TEST_CASE("pow with both slopes is within 2.5 units in the last place") {
  check_accuracy<double>();
  check_accuracy<float>();
}

TEST_CASE("slopes of pow where the quotient by x is none") {
  check_edges<double>();
  check_edges<float>();
}
