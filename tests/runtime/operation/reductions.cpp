// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Sums, means, largest elements and softmax along either axis against loops, slopes by differences
// in 50 digits and by the check.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "differences.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr int rows = 3, columns = 4;
constexpr variable<"X", rows, columns> X;
constexpr std::array in_X{0.5, -1.25, 2.0, 0.75, 1.5, 0.25, -0.5, 3.0, -2.0, 1.0, 2.5, -0.75};

/// What `join` makes of the numbers of each line of X.
template <std::size_t Lines, std::size_t Size>
std::array<double, Lines> of_lines(bool are_rows, auto join) {
  std::array<double, Lines> result{};
  for (std::size_t i = 0; i < Lines; ++i) {
    std::array<double, Size> line{};
    for (std::size_t k = 0; k < Size; ++k)
      line[k] = in_X[are_rows ? i * columns + k : k * columns + i];
    result[i] = join(line);
  }
  return result;
}
const auto sum_of = [](const auto &line) {
  double result = 0;
  for (const double each : line)
    result += each;
  return result;
};
const auto mean_of = [](const auto &line) { return sum_of(line) / double(line.size()); };
const auto largest_of = [](const auto &line) {
  double result = line[0];
  for (const double each : line)
    result = std::fmax(result, each);
  return result;
};
const auto smallest_of = [](const auto &line) {
  double result = line[0];
  for (const double each : line)
    result = std::fmin(result, each);
  return result;
};
const auto squares_of = [](const auto &line) {
  double result = 0;
  for (const double each : line)
    result += each * each;
  return result;
};
const auto log_of_squares = [](const auto &line) { // of e^x
  double result = 0;
  for (const double each : line)
    result += std::exp(2 * each);
  return std::log(result);
};
const auto log_of_sum = [](const auto &line) {
  double result = 0;
  for (const double each : line)
    result += std::exp(each);
  return std::log(result);
};

template <std::size_t Size>
bool is_near(const auto &found, const std::array<double, Size> &expected) {
  bool result = found.size() == Size;
  for (std::size_t i = 0; result && i < Size; ++i)
    result = std::abs(found.data()[i] - expected[i]) <= 4e-16 * (1 + std::abs(expected[i]));
  return result;
}

} // namespace

TEST_CASE("along rows and along columns") {
  const auto [r_sums, r_means, r_max, r_logs] =
      compile(sum(X, by_row), mean(X, by_row), max(X, by_row), logsumexp(X, by_row))(X = in_X);
  CHECK((r_sums.columns() == 1 && r_means.columns() == 1 && r_max.columns() == 1 &&
         r_logs.columns() == 1));
  CHECK(is_near(r_sums, of_lines<rows, columns>(true, sum_of)));
  CHECK(is_near(r_means, of_lines<rows, columns>(true, mean_of)));
  CHECK(is_near(r_max, of_lines<rows, columns>(true, largest_of)));
  CHECK(is_near(r_logs, of_lines<rows, columns>(true, log_of_sum)));
  const auto [c_sums, c_means, c_max, c_logs] = compile(
      sum(X, by_column), mean(X, by_column), max(X, by_column), logsumexp(X, by_column))(X = in_X);
  CHECK((c_sums.rows() == 1 && c_means.rows() == 1 && c_max.rows() == 1 && c_logs.rows() == 1));
  CHECK(is_near(c_sums, of_lines<columns, rows>(false, sum_of)));
  CHECK(is_near(c_means, of_lines<columns, rows>(false, mean_of)));
  CHECK(is_near(c_max, of_lines<columns, rows>(false, largest_of)));
  CHECK(is_near(c_logs, of_lines<columns, rows>(false, log_of_sum)));
  const auto [r_min, c_min, least] = compile(min(X, by_row), min(X, by_column), min(X))(X = in_X);
  CHECK(is_near(r_min, of_lines<rows, columns>(true, smallest_of)));
  CHECK(is_near(c_min, of_lines<columns, rows>(false, smallest_of)));
  CHECK(least == -2);
  const auto [r_squares, c_squares, r_products, c_products, r_mean_logs, r_weighted] =
      compile(squared_norm(X, by_row), squared_norm(X, by_column), dot(X, -X, by_row),
              dot(X, -X, by_column), log_mean_exp(X, by_row),
              weighted_logsumexp(exp(X), X, by_row))(X = in_X);
  for (int i = 0; i < rows; ++i) {
    CHECK(std::abs(r_squares(i, 0) - of_lines<rows, columns>(true, squares_of)[i]) < 1e-14);
    CHECK(r_products(i, 0) == -r_squares(i, 0));
    CHECK(std::abs(r_mean_logs(i, 0) - (r_logs(i, 0) - std::log(columns))) < 1e-15);
    CHECK(std::abs(r_weighted(i, 0) - of_lines<rows, columns>(true, log_of_squares)[i]) < 1e-14);
  }
  for (int j = 0; j < columns; ++j) {
    CHECK(std::abs(c_squares(0, j) - of_lines<columns, rows>(false, squares_of)[j]) < 1e-14);
    CHECK(c_products(0, j) == -c_squares(0, j));
  }
  const auto [shares, logs] = compile(softmax(X, by_row), log_softmax(X, by_row))(X = in_X);
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j) {
      const double log_of_share = in_X[std::size_t(i * columns + j)] - r_logs(i, 0);
      CHECK(std::abs(shares(i, j) - std::exp(log_of_share)) < 2e-16);
      CHECK(std::abs(logs(i, j) - log_of_share) < 1e-15);
    }
  constexpr variable<"v", 3> v;
  static_assert(compile(row_max(v))(v = std::array{1.0, 3.0, 2.0})(1) == 3);
  static_assert(compile(column_max(v))(v = std::array{1.0, 3.0, 2.0}) == 3);
  static_assert(compile(row_max(transpose(v)))(v = std::array{1.0f, 3.0f, 2.0f}) == 3);
  static_assert(to_string(max(X, by_row)) == "row_max(X)");
  static_assert(to_string(mean(X, by_column)) == "column_sums(X) / 3");
  static_assert(to_string(softmax(X, by_row)) == "transpose(softmax(transpose(X)))");
  // by column is what softmax and its like do without an axis, and other names are the same types
  const auto is_same = [](auto a, auto b) { return std::is_same_v<decltype(a), decltype(b)>; };
  static_assert(is_same(softmax(X, by_column), softmax(X)));
  static_assert(is_same(log_softmax(X, by_column), log_softmax(X)));
  static_assert(is_same(logsumexp(X, by_column), logsumexp(X)));
  static_assert(is_same(log_mean_exp(X, by_column), log_mean_exp(X)));
  static_assert(is_same(row_sums(X), sum(X, by_row)));
  static_assert(is_same(column_sums(X), sum(X, by_column)));
  static_assert(is_same(row_means(X), mean(X, by_row)));
  static_assert(is_same(column_means(X), mean(X, by_column)));
  static_assert(is_same(row_max(X), max(X, by_row)));
  static_assert(is_same(column_max(X), max(X, by_column)));
}

TEST_CASE("slopes along rows and columns") {
  const auto check = [](auto f) {
    const auto step = compile(f, gradient(f, X));
    const auto [value, slope] = step(X = in_X);
    CHECK(differences::worst_error(slope.values, in_X, [&](const auto &at) {
            return std::get<0>(step(X = at));
          }) < 1e-14);
    CHECK(gradient_is_right(f, at(X = in_X)));
    CHECK(gradient_is_right(squared_norm(partial(f, X)), at(X = in_X)));
  };
  check(sum(sin(row_max(X))));
  check(sum(sin(column_max(X))));
  check(sum(sin(row_means(X))) + sum(exp(column_means(X))));
  check(squared_norm(softmax(X, by_row)));
  check(sum(sin(log_softmax(X, by_row))) + sum(square(logsumexp(X, by_row))));
  check(sum(sin(min(X, by_row))) + sum(sin(min(X, by_column))) + square(min(X)));
  check(sum(sin(norm(X, by_row))) + sum(exp(norm(sin(X), by_column))));
  check(sum(exp(dot(X, sin(X), by_row))) + sum(sin(squared_norm(X, by_column))));
  check(sum(square(column_max(elementwise_product(X, exp(X))))));
}

TEST_CASE("largest elements that are equal, infinite or NaN") {
  constexpr variable<"A", 2, 3> A;
  const std::array in_A{1.0, 2.0, 2.0, 1.0, 0.0, 2.0};
  const auto [by_rows, by_columns] =
      compile(partial(sum(row_max(A)), A), partial(sum(column_max(A)), A))(A = in_A);
  const double expected_rows[]{0, 0.5, 0.5, 0, 0, 1}, expected_columns[]{0.5, 1, 0.5, 0.5, 0, 0.5};
  for (int i = 0; i < 6; ++i) {
    CHECK(by_rows.data()[i] == expected_rows[i]);
    CHECK(by_columns.data()[i] == expected_columns[i]);
  }
  CHECK(gradient_is_right(sum(row_max(A)) * sum(column_max(A)), at(A = in_A)));
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto [r, c] = compile(row_max(A), column_max(A))(
      A = std::array{nan, 1.0, -infinity, 2.0, infinity, -infinity});
  CHECK((std::isnan(r(0, 0)) && r(1, 0) == infinity));
  CHECK((std::isnan(c(0, 0)) && c(0, 1) == infinity && c(0, 2) == -infinity));
  // lane by lane
  using pack = math::pack<double>;
  std::array<pack, 6> packs{};
  for (std::size_t i = 0; i < 6; ++i) {
    packs[i] = pack(in_A[i]);
    packs[i].lanes[1] = -in_A[i];
  }
  const auto lanes = compile(column_max(A))(A = packs);
  CHECK((lanes(0, 1).lanes[0] == 2 && lanes(0, 1).lanes[1] == 0 && lanes(0, 2).lanes[1] == -2));
}

TEST_CASE("largest elements in the steps of a recurrence") {
  constexpr variable<"h", rows> h;
  constexpr variable<"x", rows, 2> x;
  constexpr auto f = squared_norm(fold(tanh(h / 2_c + row_max(x + h)), h = 0_c, x = X));
  CHECK(gradient_is_right(f, at(X = in_X)));
  CHECK(gradient_is_right(squared_norm(partial(f, X)), at(X = in_X)));
}
