// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Jacobians against derivatives by hand where factors are infinite: an entry that is 0 because
// nothing flows there is 0, however steep the function is elsewhere.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"s", 2> s;
constexpr variable<"z", 3> z;
constexpr variable<"A", 2, 2> A;
constexpr variable<"t"> t;
constexpr variable<"v"> v;
constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

TEST_CASE("a slope that is infinite at one element leaves the others alone") {
  const matrix<double, 2> at{0, 4};
  CHECK(compile(jacobian(sqrt(s), s))(s = at) == matrix<double, 2, 2>{infinite, 0, 0, 0.25});
  CHECK(compile(jacobian(-3_c * sqrt(s), s))(s = at) ==
        matrix<double, 2, 2>{-infinite, 0, 0, -0.75});
  CHECK(compile(jacobian(1_c / s, s))(s = at) == matrix<double, 2, 2>{-infinite, 0, 0, -0.0625});
  CHECK(compile(jacobian(log(s) - s, s))(s = at) == matrix<double, 2, 2>{infinite, 0, 0, -0.75});
  CHECK(compile(jacobian(stack(v, log(t)), t, v))(t = 0.0, v = 1.0) ==
        matrix<double, 2, 2>{0, 1, infinite, 0});
  CHECK(compile(hessian(sum(sqrt(s)), s))(s = matrix<double, 2>{0, 1}) ==
        matrix<double, 2, 2>{-infinite, 0, 0, -0.25});
}

TEST_CASE("infinite coefficients stay in their row") {
  const matrix<double, 2, 2> coefficients{infinite, 2, 3, 4};
  CHECK(compile(jacobian(A * s, s))(A = coefficients, s = matrix<double, 2>{1, 1}) == coefficients);
}

TEST_CASE("gates among zeros") {
  const matrix<double, 2> at{0, 4};
  CHECK(compile(jacobian(relu(sqrt(s) - 1_c), s))(s = at) == matrix<double, 2, 2>{0, 0, 0, 0.25});
  CHECK(compile(jacobian(square(relu(sqrt(s) - 1_c)), s))(s = at) ==
        matrix<double, 2, 2>{0, 0, 0, 0.5});
  const auto chosen = select(s > 1_c, sqrt(s), 3_c * s);
  CHECK(compile(jacobian(chosen, s))(s = at) == matrix<double, 2, 2>{3, 0, 0, 0.25});
  CHECK(compile(partial(sum(rows_of<0, 1>(relu(log(s)) + s)), s))(s = at) ==
        matrix<double, 2>{1, 0});
  CHECK(compile(jacobian(relu(A * sqrt(s)), s))(A = matrix<double, 2, 2>{-1, -1, 1, 1},
                                                s = matrix<double, 2>{1, 4}) ==
        matrix<double, 2, 2>{0, 0, 0.5, 0.25});
}

TEST_CASE("Jacobians by hand") {
  const matrix<double, 3> at{0.5, -1, 2};
  const auto [wave, swapped, mixed] =
      compile(jacobian(stack(rows_of<1, 2>(sin(z)), square(rows_of<0, 1>(z))), z),
              jacobian(beside(rows_of<2, 1>(z), rows_of<0, 1>(z)), z),
              jacobian(z * element_of<1>(z) + sum(z), z))(z = at);
  CHECK(wave == matrix<double, 3, 3>{0, std::cos(-1.0), 0, 0, 0, std::cos(2.0), 1, 0, 0});
  CHECK(swapped == matrix<double, 2, 3>{0, 0, 1, 1, 0, 0});
  CHECK(mixed == matrix<double, 3, 3>{0, 1.5, 1, 1, -1, 1, 1, 3, 0});
  const auto product = compile(jacobian(A * A, A))(A = matrix<double, 2, 2>{1, 2, 3, 5});
  CHECK(product == matrix<double, 4, 4>{2, 3, 2, 0, 2, 6, 0, 2, 3, 0, 6, 3, 0, 3, 2, 10});
}

TEST_CASE("derivatives of what stands for a row or column of one number") {
  constexpr variable<"c"> scale;
  constexpr variable<"row", 1, 2> row;
  constexpr variable<"column", 3> column;
  // sin(c total), total the sum of n elements: all n^2 second derivatives are -c^2 sin(c total)
  const double c = 0.75, total = 0.5, n = 2, m = 3;
  const auto slope = [&](double count) {
    return -count * count * (2 * c * std::sin(c * total) + c * c * total * std::cos(c * total));
  };
  const auto of_row = sum(hessian(sin(scale * sum(row)), row));
  const auto of_column = sum(hessian(sin(scale * sum(column)), column));
  const auto [of_rows, of_columns, by_product] =
      compile(partial(of_row, scale), partial(of_column, scale),
              partial(sum(column * partial(sum(row) * square(scale), row)), scale))(
          scale = c, row = std::array{0.75, -0.25}, column = std::array{0.5, 0.25, -0.25});
  CHECK(std::abs(of_rows - slope(n)) < 1e-14);
  CHECK(std::abs(of_columns - slope(m)) < 1e-14);
  CHECK(std::abs(by_product - total * n * 2 * c) < 1e-14);
}

TEST_CASE("by a part and a variable in it the order counts") {
  // f = h^2 x, h = sin(x): f_xh = 2 h, of h held fixed; f_hx is the slope of 2 h x, 2 h + 2 x
  // cos(x)
  constexpr variable<"x"> x;
  constexpr auto h = sin(x);
  const auto [first, other] = compile(hessian(h * h * x, x, h), hessian(h * h * x, h, x))(x = 0.7);
  const double by_h = 2 * std::sin(0.7), by_x = by_h + 1.4 * std::cos(0.7);
  for (const double error : {first(0, 1) - by_h, first(1, 0) - by_x, first(1, 1) - 1.4,
                             other(0, 1) - by_x, other(1, 0) - by_h, other(0, 0) - 1.4})
    CHECK(std::abs(error) < 1e-15 * 4);
}
