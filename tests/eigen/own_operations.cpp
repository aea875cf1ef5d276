// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations of a user on Eigen's arrays of fixed size, and beside Eigen's kernels.
#include "../own_operations.hpp"
#include "../catch.hpp"

#include <cmath>
#include <limits>

#include <chainrule/eigen.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

template <class Array>
void check() {
  using number = typename Array::Scalar;
  constexpr auto f = own::every_kind(x, y);
  constexpr auto step = compile(f, gradient(f, x, y));
  Array wide_x, wide_y;
  for (int i = 0; i < static_cast<int>(Array::SizeAtCompileTime); ++i) {
    wide_x[i] = static_cast<number>(0.4 * i - 0.5);
    wide_y[i] = static_cast<number>(0.75 - 0.3 * i);
  }
  const auto are_close = [](number a, number b) {
    return std::fabs(a - b) < 16 * std::numeric_limits<number>::epsilon();
  };
  const auto [value, slope] = step(x = wide_x, y = wide_y);
  for (int i = 0; i < static_cast<int>(Array::SizeAtCompileTime); ++i) {
    const number one_x = wide_x[i], one_y = wide_y[i];
    const auto [one, its_slope] = step(x = one_x, y = one_y);
    CHECK(are_close(value[i], one));
    CHECK(are_close(slope[x][i], its_slope[x]));
    CHECK(are_close(slope[y][i], its_slope[y]));
  }
}

} // namespace

TEST_CASE("operations of a user: each lane of an array of Eigen's is the function of its number") {
  check<Eigen::Array4d>();
  check<Eigen::Array<float, 5, 1>>();
}

TEST_CASE("operations of a user: beside kernels of Eigen's, on its matrices") {
  constexpr variable<"A", 12, 16> A;
  constexpr variable<"B", 16, 12> B;
  constexpr auto f = sum(own::cumulative_sum(A * own::flip(B)) * A);
  constexpr auto step = compile(f, gradient(f, A, B));
  const Eigen::Matrix<double, 12, 16, Eigen::RowMajor> a =
      Eigen::Matrix<double, 12, 16, Eigen::RowMajor>::Random();
  const Eigen::Matrix<double, 16, 12, Eigen::RowMajor> b =
      Eigen::Matrix<double, 16, 12, Eigen::RowMajor>::Random();
  const auto [value, slope] = step(A = a, B = b);
  const auto [by_eigen, slope_by_eigen] = step.kernels(eigen_kernels{})(A = a, B = b);
  CHECK(std::fabs(value - by_eigen) < 1e-12 * std::fabs(value));
  for (std::size_t i = 0; i < slope.count; ++i)
    CHECK(std::fabs(slope.values[i] - slope_by_eigen.values[i]) < 1e-12);
}
