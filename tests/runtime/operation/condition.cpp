// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Choices: values against C++'s own, and first and second derivatives where the side that is not
// taken is NaN or infinite.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

void check_derivatives(auto network, double at, double value, double first, double second) {
  const auto slope = partial(network, x);
  const auto [f, by_x, by_x_x] = compile(network, slope, partial(slope, x))(x = at);
  INFO(to_string(network).data());
  CHECK(f == value);
  CHECK(by_x == first);
  CHECK(by_x_x == second);
}

} // namespace

TEST_CASE("the side not taken does no harm") {
  check_derivatives(select(x > 1_c, sqrt(x), select(x > 0_c, 2_c * sqrt(x) - 1_c, x)), -1, -1, 1,
                    0);
  check_derivatives(select(x > 0_c, sqrt(x), 0_c) + select(x > 1_c, 2_c * sqrt(x), 0_c), -1, 0, 0,
                    0);
  check_derivatives(2_c * select(x > 0_c, x * (x + log(x)), 1_c), -1, 2, 0, 0);
  check_derivatives(sigmoid(select(x > 0_c, x * (1_c + log(x)), 0_c)), -1, 0.5, 0, 0);
  check_derivatives(2_c * relu(-x * (exp(x) + x)), 800, 0, 0, 0);
  check_derivatives(select(x > 0_c, x * sqrt(x), 0_c), -1, 0, 0, 0);
  check_derivatives(square(select(x > 0_c, x + sqrt(x), 0_c)), -1, 0, 0, 0);
  check_derivatives(select(x <= 0_c, x, log(x)), 0, 0, 1, 0);
  check_derivatives(select(x > 0_c && x < 1_c, 1_c / x, 3_c), 0, 3, 0, 0);
}

TEST_CASE("and, or, not") {
  const auto inside = x > 0_c && !(y < 1_c || x > 3_c);
  const auto chosen = compile(select(inside, y, -x), select(!(x > 0_c), 1_c, 2_c),
                              select(x > 0_c || y > 0_c, 1_c, 2_c));
  for (const double a : {-1.0, 0.0, 0.5, 3.0, 4.0})
    for (const double b : {0.0, 1.0, 2.0}) {
      const auto [first, second, third] = chosen(x = a, y = b);
      CHECK(first == (a > 0 && !(b < 1 || a > 3) ? b : -a));
      CHECK(second == (!(a > 0) ? 1 : 2));
      CHECK(third == (a > 0 || b > 0 ? 1 : 2));
    }
  CHECK(to_string(inside) == "x > 0 && !(y < 1 || x > 3)");
}
