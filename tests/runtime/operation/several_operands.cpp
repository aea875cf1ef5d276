// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of any number of operands, max, min and hypot, and clamp: against C++'s own, 50 digits
// and derivatives by hand; equal operands, NaN, infinity.
#include <chainrule/chainrule.hpp>

#include "accuracy/references.hpp"
#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"w"> w;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The place of the one that a comparison of each with the best before it ends with.
template <class Better>
std::size_t place_of_best(const std::array<double, 4> &of, Better better) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < of.size(); ++i)
    best = better(of[i], of[best]) ? i : best;
  return best;
}

bool are_alike(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

} // namespace

TEST_CASE("the largest and the smallest of four") {
  constexpr auto largest = max(x, y, z, w);
  constexpr auto smallest = min(x, y, z, w);
  constexpr auto step =
      compile(largest, smallest, gradient(largest, x, y, z, w), gradient(smallest, x, y, z, w));
  constexpr std::array values{-inf, -2.0, 0.0, 3.0, inf, not_a_number};
  for (const double a : values)
    for (const double b : values)
      for (const double c : values)
        for (const double d : values) {
          const std::array all{a, b, c, d};
          INFO(a << ", " << b << ", " << c << ", " << d);
          const auto [high, low, by_high, by_low] = step(x = a, y = b, z = c, w = d);
          const auto first = place_of_best(all, [](double p, double q) { return q < p; });
          const auto last = place_of_best(all, [](double p, double q) { return p < q; });
          CHECK(are_alike(high, all[first]));
          CHECK(are_alike(low, all[last]));
          for (std::size_t i = 0; i < all.size(); ++i) {
            CHECK(by_high.values[i] == (i == first ? 1 : 0));
            CHECK(by_low.values[i] == (i == last ? 1 : 0));
          }
        }
}

TEST_CASE("the largest of numbers is C++'s") {
  std::array<double, 5> all{};
  constexpr variable<"v"> v;
  constexpr auto step = compile(max(x, y, 0.25_c, z, w, v), min(v, w, -0.5_c, z, y, x));
  unsigned random = 1;
  for (int k = 0; k < 1000; ++k) {
    for (double &each : all)
      each = static_cast<double>((random = random * 1664525 + 1013904223) >> 24) / 128 - 1;
    const auto [high, low] = step(x = all[0], y = all[1], z = all[2], w = all[3], v = all[4]);
    CHECK(high == std::max(0.25, *std::max_element(all.begin(), all.end())));
    CHECK(low == std::min(-0.5, *std::min_element(all.begin(), all.end())));
  }
}

TEST_CASE("the largest of matrices, element by element") {
  constexpr variable<"A", 3, 7> A;
  constexpr variable<"B", 3, 7> B;
  constexpr variable<"column", 3> column;
  constexpr auto all = max(A, B, column, x);
  constexpr auto least = min(x, column, A, B);
  matrix<double, 3, 7> a, b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    a.values[i] = std::sin(static_cast<double>(i));
    b.values[i] = std::cos(static_cast<double>(3 * i));
  }
  const std::array c{-0.25, 0.0, 0.75};
  const auto [high, low, by_a, by_a_column, by_x] =
      compile(all, least, partial(sum(all), A), partial(sum(all), column),
              partial(sum(all), x))(A = a, B = b, column = c, x = 0.125);
  double uses_of_x = 0;
  for (int i = 0; i < 3; ++i) {
    double uses = 0;
    for (int j = 0; j < 7; ++j) {
      const double at = c[static_cast<std::size_t>(i)];
      const double best = std::max({a(i, j), b(i, j), at, 0.125});
      CHECK(high(i, j) == best);
      CHECK(low(i, j) == std::min({a(i, j), b(i, j), at, 0.125}));
      CHECK(by_a(i, j) == (best == a(i, j) ? 1 : 0));
      uses += best == at ? 1 : 0;
      uses_of_x += best == 0.125 ? 1 : 0;
    }
    CHECK(by_a_column(i) == uses);
  }
  CHECK(by_x == uses_of_x);
}

TEST_CASE("second derivatives through the largest") {
  // max(x^2, x y, y^3): x y is the largest at (2, 1.5), y^3 at (1, 2)
  constexpr auto f = max(square(x), x * y, pow(y, 3_c));
  constexpr auto step = compile(hessian(f, x, y));
  CHECK(step(x = 1.25, y = 1.5) == matrix<double, 2, 2>{0, 0, 0, 9}); // 1.5625, 1.875, 3.375
  CHECK(step(x = 0.75, y = 0.8) == matrix<double, 2, 2>{0, 1, 1, 0}); // 0.5625, 0.6, 0.512
  CHECK(step(x = 4.0, y = 1.0) == matrix<double, 2, 2>{2, 0, 0, 0});
  CHECK(step(x = 1.0, y = 1.0) == matrix<double, 2, 2>{2, 0, 0, 0}); // the first of three
  // what is not taken may be infinite
  constexpr auto roots = max(sqrt(x), -1_c, sqrt(y));
  const auto slope = compile(gradient(roots, x, y))(x = 0.0, y = 4.0);
  CHECK((slope[x] == 0 && slope[y] == 0.25));
}

TEST_CASE("clamp is the smaller of the upper bound and the larger of the lower one") {
  constexpr auto one = clamp(x, y, z);
  constexpr auto two = min(max(x, y), z);
  const auto step = [](auto f) {
    return compile(f, gradient(f, x, y, z), partial(partial(square(f) * x, x), x));
  };
  const auto by_one = step(one);
  const auto by_two = step(two);
  constexpr std::array values{-inf, -1.0, 0.0, 2.0, inf, not_a_number};
  for (const double a : values)
    for (const double b : values)
      for (const double c : values) {
        INFO(a << ", " << b << ", " << c);
        const auto [value, slope, second] = by_one(x = a, y = b, z = c);
        const auto [expected, expected_slope, expected_second] = by_two(x = a, y = b, z = c);
        CHECK(are_alike(value, expected));
        CHECK(are_alike(second, expected_second));
        for (std::size_t i = 0; i < 3; ++i)
          CHECK(slope.values[i] == expected_slope.values[i]);
        if (b <= c && !std::isnan(a))
          CHECK(value == std::clamp(a, b, c));
      }
  // at a bound the slope is 1, of the bounds 0
  const auto [at_low, slope, second] = by_one(x = 0.0, y = 0.0, z = 1.0);
  CHECK((slope[x] == 1 && slope[y] == 0 && slope[z] == 0));
  static_assert(to_string(clamp(x, 0_c, 1_c)) == "clamp(x, 0, 1)");
  static_assert(to_string(hard_tanh(x)) == "clamp(x, -1, 1)");
  static_assert(to_string(partial(clamp(x, 0_c, 1_c), x)) ==
                "select(x < 0, 0, select(1 < max(x, 0), 0, 1))");
  static_assert(one == two && partial(one, y) == partial(two, y));
}

TEST_CASE("the length of five numbers") {
  constexpr variable<"v"> v;
  constexpr auto h = hypot(x, y, z, w, v);
  constexpr auto step = compile(h, gradient(h, x, v), partial(partial(h, x), x),
                                partial(partial(h, x), v), partial(partial(h, y), y));
  const auto near = [](double is, const accuracy::wide &expected) {
    return std::abs(is - static_cast<double>(expected)) <=
           8 * std::numeric_limits<double>::epsilon() * std::abs(static_cast<double>(expected));
  };
  for (const auto &[a, b, c, d, e] : {std::array{0.0, 0.0, 0.0, 0.0, -2.0},
                                      {1.0, 2.0, -3.0, 4.0, 0.5},
                                      {1e-200, 0.0, 3e-200, 0.0, 1e-201},
                                      {1e300, 1e299, 1e300, -2e300, 1e300}}) {
    INFO(a << ", " << b << ", " << c << ", " << d << ", " << e);
    accuracy::wide squares = 0;
    for (const double each : {a, b, c, d, e})
      squares += accuracy::wide(each) * each;
    const accuracy::wide size = sqrt(squares);
    const auto [value, slope, xx, xv, yy] = step(x = a, y = b, z = c, w = d, v = e);
    CHECK(near(value, size));
    CHECK(near(slope[x], a / size));
    CHECK(near(slope[v], e / size));
    const double unit = static_cast<double>(1 / size) * 1e-15; // terms cancel in these
    CHECK(std::abs(xx - static_cast<double>((1 - a / size * (a / size)) / size)) <= unit);
    CHECK(std::abs(xv + static_cast<double>(a / size * (e / size) / size)) <= unit);
    CHECK(std::abs(yy - static_cast<double>((1 - b / size * (b / size)) / size)) <= unit);
  }
  const auto [value, slope, xx, xv, yy] = step(x = 0.0, y = 0.0, z = 0.0, w = 0.0, v = 0.0);
  for (const double at_origin : {value, slope[x], slope[v]})
    CHECK(at_origin == 0);
  for (const double at_origin : {xx, xv, yy}) // there is none
    CHECK_FALSE(std::isfinite(at_origin));
  CHECK(compile(h)(x = 1.0, y = not_a_number, z = 0.0, w = -inf, v = 2.0) == inf);
  CHECK(std::isnan(compile(h)(x = 1.0, y = not_a_number, z = 0.0, w = 1.0, v = 2.0)));
  CHECK(compile(h)(x = 2.0f, y = 4.0f, z = 5.0f, w = 6.0f, v = 0.0f) == 9.0f);
  static_assert(h == sqrt(square(x) + square(y) + square(z) + square(w) + square(v)));
  static_assert(hypot(x, 0_c, y, z) == hypot(x, y, z) && hypot(0_c, x, 0_c, 0_c) == abs(x));
  static_assert(hypot(x, y) == hypot(y, x) && !(hypot(x, y, z) == hypot(x, y)));
  static_assert(to_string(h) == "hypot(x, y, z, w, v)");
}

TEST_CASE("functions of several operands as formulas") {
  static_assert(to_string(max(x, y, 1_c, w)) == "max(x, y, 1, w)");
  static_assert(max(x, y, z) == max(max(x, y), z) && max(x, y, x) == max(x, y));
  static_assert(max(x, x, x) == x && !(max(x, y, z) == max(x, y)));
  static_assert(min(x, y, z, w) == min(min(min(x, y), z), w));
  static_assert(max(x, y, z) == -min(-x, -y, -z));
  static_assert(partial(max(x, y, z), y) == partial(max(max(x, y), z), y));
  static_assert(to_string(partial(max(x, y), x)) == "select(x < y, 0, 1)");
  static_assert(compile(max(x, y, z))(x = 1.0, y = 3.0, z = 2.0) == 3);
  static_assert(compile(hypot(x, y, z, w))(x = 1.0, y = -3.0, z = 1.0, w = 5.0) == 6);
  static_assert(
      gradient_is_right(max(x, y, z) * hypot(x, y, z) * clamp(x, y, z), x = 1.5, y = 1.0, z = 2.0));
  SUCCEED();
}
