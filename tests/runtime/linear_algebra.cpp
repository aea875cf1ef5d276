// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Small linear algebra: matrices whose inverses, determinants and factors are known, slopes of
// first and second order by the check, which asks no adjoint, and what is singular.

#include <chainrule/linear_algebra.hpp>

#include <array>
#include <cmath>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"A", 3, 3> A;
constexpr variable<"H", 4, 4> H;
constexpr variable<"B", 3, 2> B;
constexpr variable<"b", 3> b;
constexpr variable<"v", 4> v;
constexpr variable<"X", 3, 2> X;
constexpr variable<"P", 2, 2> P;

constexpr std::array<double, 9> in_general{0.2, 1.5, -0.7, 2.0, 0.3, 0.9, -1.1, 0.4, 1.3};
constexpr std::array<double, 9> in_definite{4, 12, -16, 12, 37, -43, -16, -43, 98};
constexpr std::array<double, 6> in_B{1, -2, 0.5, 3, -1.5, 0.25};
constexpr std::array<double, 3> in_b{0.75, -1.25, 2};

bool is_near(double computed, double expected) {
  return std::abs(computed - expected) <= 1e-12 * (1 + std::abs(expected));
}

} // namespace

TEST_CASE("inverses, determinants and solutions that are whole numbers") {
  std::array<double, 16> hilbert{};
  for (std::size_t i = 0; i < 16; ++i)
    hilbert[i] = 1 / double(i / 4 + i % 4 + 1);
  const double expected[]{16,  -120,  240,  -140,  -120, 1200, -2700, 1680,
                          240, -2700, 6480, -4200, -140, 1680, -4200, 2800};
  const auto found = compile(inverse(H))(H = hilbert);
  for (int i = 0; i < 16; ++i)
    CHECK(std::abs(found.data()[i] - expected[i]) < 1e-9 * 6480);
  CHECK(std::abs(compile(determinant(H))(H = hilbert) * 6048000 - 1) < 1e-11);
  CHECK(is_near(compile(log_determinant(H))(H = hilbert), -std::log(6048000.0)));
  // H x = (1, 0, 0, 0): the first column of the inverse
  const auto column = compile(solve(H, v))(H = hilbert, v = std::array{1.0, 0.0, 0.0, 0.0});
  for (int i = 0; i < 4; ++i)
    CHECK(std::abs(column(i, 0) - expected[i]) < 1e-9 * 240);
  CHECK(is_near(compile(log_determinant(1e-200_c * H))(H = hilbert),
                -std::log(6048000.0) - 800 * std::log(10.0)));
}

TEST_CASE("rows are exchanged") {
  static_assert(compile(determinant(P))(P = std::array{0.0, 1.0, 1.0, 0.0}) == -1);
  static_assert(compile(determinant(P))(P = std::array{2.0, 1.0, 4.0, 2.0}) == 0);
  const auto turned = compile(solve(P, P))(P = std::array{0.0, 2.0, 3.0, 0.0});
  CHECK((turned(0, 0) == 1 && turned(0, 1) == 0 && turned(1, 0) == 0 && turned(1, 1) == 1));
  const auto exact =
      compile(solve(P, element_of<0, 0>(P) * P))(P = std::array{1e-20, 1.0, 1.0, 1.0});
  CHECK((is_near(exact(0, 0), 1e-20) && is_near(exact(1, 1), 1e-20)));
}

TEST_CASE("a solution is what gives the right side") {
  const auto x = compile(solve(A, B))(A = in_general, B = in_B);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      double sum = 0;
      for (int k = 0; k < 3; ++k)
        sum += in_general[std::size_t(3 * i + k)] * x(k, j);
      CHECK(is_near(sum, in_B[std::size_t(2 * i + j)]));
    }
  const auto of_definite = compile(solve(A, b), solve_positive_definite(A, b));
  const auto [one, other] = of_definite(A = in_definite, b = in_b);
  for (int i = 0; i < 3; ++i)
    CHECK(std::abs(one(i, 0) - other(i, 0)) < 1e-9 * (1 + std::abs(one(i, 0))));
}

TEST_CASE("a Cholesky factor, and what is done with it") {
  const double expected[]{2, 0, 0, 6, 1, 0, -8, 5, 3};
  const auto L = compile(cholesky(A))(A = in_definite);
  for (int i = 0; i < 9; ++i)
    CHECK(is_near(L.data()[i], expected[i]));
  // L (1, 2, 3) = (2, 8, 11), U (1, 2, 3) with the upper triangle of A = (-20, -55, 294)
  const auto lower = compile(solve_lower(A, b))(A = L.data() == nullptr ? in_general : [&] {
    std::array<double, 9> values{};
    for (std::size_t i = 0; i < 9; ++i)
      values[i] = expected[i];
    return values;
  }(), b = std::array{2.0, 8.0, 11.0});
  const auto upper =
      compile(solve_upper(A, b))(A = in_definite, b = std::array{-20.0, -55.0, 294.0});
  for (int i = 0; i < 3; ++i) {
    CHECK(is_near(lower(i, 0), i + 1));
    CHECK(is_near(upper(i, 0), i + 1));
  }
}

TEST_CASE("slopes of first and second order") {
  const auto general = at(A = in_general, B = in_B);
  const auto definite = at(A = in_definite, b = in_b);
  constexpr auto solution = sum(sin(solve(A, B)));
  CHECK(gradient_is_right(solution, general));
  CHECK(gradient_is_right(squared_norm(partial(solution, A)), general));
  CHECK(gradient_is_right(sum(sin(inverse(A))), at(A = in_general)));
  CHECK(gradient_is_right(determinant(A), at(A = in_general)));
  CHECK(gradient_is_right(squared_norm(partial(determinant(A), A)), at(A = in_general)));
  CHECK(gradient_is_right(log_determinant(A), at(A = in_general)));
  CHECK(gradient_is_right(squared_norm(partial(log_determinant(A), A)), at(A = in_general)));
  constexpr auto factor = sum(sin(cholesky(A)));
  CHECK(gradient_is_right(factor, at(A = in_definite)));
  CHECK(gradient_is_right(squared_norm(partial(factor, A)), at(A = in_definite)));
  CHECK(gradient_is_right(sum(sin(solve_lower(A, b))), definite));
  CHECK(gradient_is_right(sum(sin(solve_upper(A, b))), definite));
  CHECK(gradient_is_right(squared_norm(partial(sum(sin(solve_lower(A, b))), A)), definite));
  CHECK(gradient_is_right(dot(b, solve_positive_definite(A, b)), definite));
  CHECK(
      gradient_is_right(trace(A * A) + sum(diagonal(b) * A * diagonal(diagonal_of(A))), definite));
}

TEST_CASE("what is singular or not definite is NaN, and stops nothing") {
  const std::array singular{1.0, 2.0, 2.0, 4.0};
  const auto [x, inverted, value, size] =
      compile(solve(P, P), inverse(P), determinant(P), log_determinant(P))(P = singular);
  for (int i = 0; i < 4; ++i) {
    CHECK(std::isnan(x.data()[i]));
    CHECK(std::isnan(inverted.data()[i]));
  }
  CHECK(value == 0);
  CHECK(size == -INFINITY);
  const auto root = compile(cholesky(P))(P = std::array{1.0, 2.0, 2.0, 1.0});
  CHECK(std::isnan(root(1, 1)));
  const auto not_yet = compile(cholesky(P))(P = std::array{-1.0, 2.0, 2.0, 1.0});
  CHECK(std::isnan(not_yet(0, 0)));
  CHECK(std::isnan(not_yet(1, 0)));
  CHECK(std::isnan(compile(partial(determinant(P), P))(P = singular)(0, 0)));
}

TEST_CASE("the likelihood of a normal distribution, two ways") {
  // log det by the factor and by elimination, the quadratic form by both
  constexpr auto by_factor =
      dot(b, solve_positive_definite(A, b)) + 2_c * sum(log(diagonal_of(cholesky(A))));
  constexpr auto by_elimination = dot(b, solve(A, b)) + log_determinant(A);
  const auto [one, other] = compile(by_factor, by_elimination)(A = in_definite, b = in_b);
  CHECK(std::abs(one - other) < 1e-9 * std::abs(one));
}

TEST_CASE("sums and products along columns") {
  const std::array in_X{2.0, 3.0, -1.0, 0.0, 4.0, 5.0};
  const auto [sums, products, all] =
      compile(cumulative_sum(X), cumulative_product(X), product(X))(X = in_X);
  const double expected_sums[]{2, 3, 1, 3, 5, 8}, expected_products[]{2, 3, -2, 0, -8, 0};
  for (int i = 0; i < 6; ++i) {
    CHECK(sums.data()[i] == expected_sums[i]);
    CHECK(products.data()[i] == expected_products[i]);
  }
  CHECK(all == 0);
  // by the element that is 0: the product of all others, -120; of these two: by another, 0
  const auto slope = compile(partial(product(X), X))(X = in_X);
  for (int i = 0; i < 6; ++i)
    CHECK(slope.data()[i] == (i == 3 ? -120 : 0));
  const auto second = compile(hessian(product(X), X))(X = in_X);
  CHECK(second(3, 0) == -60);
  CHECK(second(0, 1) == 0);
  CHECK(gradient_is_right(sum(sin(cumulative_product(X))), at(X = in_X)));
  CHECK(gradient_is_right(sum(sin(cumulative_sum(X))), at(X = in_X)));
}
