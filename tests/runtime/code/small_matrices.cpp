// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Small matrices, whose elements are numbers to the code: values and slopes of columns of 3 beside
// those of plain numbers in 50 digits, where elements are read from and stored to, what is infinite
// or undefined, and which programs are not taken apart.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "differences.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <span>

using namespace chainrule;

namespace {

constexpr auto cross(auto a, auto b) {
  auto a0 = element_of<0>(a);
  auto a1 = element_of<1>(a);
  auto a2 = element_of<2>(a);
  auto b0 = element_of<0>(b);
  auto b1 = element_of<1>(b);
  auto b2 = element_of<2>(b);
  return stack(a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0);
}

constexpr variable<"r", 3> r;
constexpr variable<"p", 3> p;

/// p turned about r by |r|, Rodrigues' formula; and its product with a projection of (1, 2, 3).
constexpr auto angle = norm(r);
constexpr auto axis = r / angle;
constexpr auto turned =
    p * cos(angle) + cross(axis, p) * sin(angle) + axis * (dot(axis, p) * (1_c - cos(angle)));
constexpr auto image = rows_of<0, 2>(turned) / element_of<2>(turned);
constexpr auto residual = squared_norm(image) + dot(turned, stack(1_c, 2_c, 3_c));

template <class T>
T residual_by_numbers(const std::array<T, 6> &at) {
  const T *const a = at.data(), *const b = a + 3;
  const T theta = sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]), c = cos(theta), s = sin(theta);
  const T u[]{a[0] / theta, a[1] / theta, a[2] / theta};
  const T along = (u[0] * b[0] + u[1] * b[1] + u[2] * b[2]) * (1 - c);
  const T q[]{b[0] * c + (u[1] * b[2] - u[2] * b[1]) * s + u[0] * along,
              b[1] * c + (u[2] * b[0] - u[0] * b[2]) * s + u[1] * along,
              b[2] * c + (u[0] * b[1] - u[1] * b[0]) * s + u[2] * along};
  return (q[0] * q[0] + q[1] * q[1]) / (q[2] * q[2]) + q[0] + 2 * q[1] + 3 * q[2];
}

} // namespace

TEST_CASE("a rotation of columns is that of numbers, and so are its slopes") {
  constexpr auto step = compile(residual, gradient(residual, r, p));
  static_assert(step.workspace_size == 0); // no matrix is left
  const std::array<double, 6> at{0.3, -0.7, 0.4, 1.25, -2, 3.5};
  const auto [value, slope] = step(r = std::span(at).first<3>(), p = std::span(at).last<3>());
  CHECK(std::fabs(value - residual_by_numbers(at)) < 1e-14 * std::fabs(value));
  const auto by_numbers = [](const auto &x) { return residual_by_numbers(x); };
  CHECK(differences::worst_error(slope.data(), at, by_numbers) < 1e-14);
  // rows of a Jacobian are gradients
  constexpr auto rows = compile(jacobian(turned, r));
  static_assert(rows.workspace_size == 0);
  const matrix<double, 3, 3> found =
      rows(r = std::span(at).first<3>(), p = std::span(at).last<3>());
  const matrix<double, 3> last = compile(partial(element_of<2>(turned), r))(
      r = std::span(at).first<3>(), p = std::span(at).last<3>());
  for (int j = 0; j < 3; ++j)
    CHECK(std::fabs(found(2, j) - last(j, 0)) < 1e-14);
}

TEST_CASE("products of small matrices are sums of products, either operand transposed") {
  constexpr variable<"A", 2, 3> A;
  constexpr variable<"B", 2, 3> B;
  constexpr auto step =
      compile(A * transpose(B), transpose(A) * B, A, stack(row_sums(A), row_sums(A)), sum(B));
  static_assert(step.workspace_size == 0);
  const double a[]{1, 2, 3, 4, 5, 6}, b[]{-1, 0, 2, 3, 1, -2};
  double square[4], large[9], copy[6], sums[4], total;
  step.into(square, large, copy, sums, total)(A = a, B = b);
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j) {
      double expected = 0;
      for (int k = 0; k < 3; ++k)
        expected += a[3 * i + k] * b[3 * j + k];
      CHECK(square[2 * i + j] == expected);
    }
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      CHECK(large[3 * i + j] == a[i] * b[j] + a[3 + i] * b[3 + j]);
  for (int i = 0; i < 6; ++i)
    CHECK(copy[i] == a[i]);
  CHECK((sums[0] == 6 && sums[1] == 15 && sums[2] == 6 && sums[3] == 15));
  CHECK(total == 3);
  // by the compiler, and in other types
  constexpr matrix<double, 2, 3> left{1, 2, 3, 4, 5, 6}, right{-1, 0, 2, 3, 1, -2};
  static_assert(compile(A * transpose(B))(A = left, B = right) ==
                matrix<double, 2, 2>{5, -1, 8, 5});
  const float of_float[]{1, 2, 3, 4, 5, 6};
  CHECK(compile(A * transpose(A))(A = of_float) == matrix<float, 2, 2>{14, 32, 32, 77});
}

TEST_CASE("parts among zeros, and what is moved, are no code") {
  constexpr variable<"x", 4> x;
  constexpr auto f = element_of<0>(x) * element_of<3>(x) + element_of<1>(x);
  constexpr auto step = compile(f, gradient(f, x), hessian(f, x));
  static_assert(step.workspace_size == 0);
  const auto [value, slope, curvature] = step(x = std::array{2.0, 3.0, 5.0, 7.0});
  CHECK(value == 17);
  CHECK(slope[x] == matrix<double, 4>{7, 1, 0, 2});
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      CHECK(curvature(i, j) == (i + j == 3 && (i == 0 || j == 0) ? 1 : 0));
  constexpr variable<"M", 2, 3> M;
  CHECK(compile(transpose(M) * 2_c)(M = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) ==
        matrix<double, 3, 2>{2, 8, 4, 10, 6, 12});
}

TEST_CASE("infinity and NaN take the way that they take in loops") {
  constexpr variable<"A", 2, 2> A;
  constexpr variable<"x", 2> x;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const matrix<double, 2> found =
      compile(A * x)(A = std::array{infinity, 1.0, 0.0, 2.0}, x = std::array{0.0, 3.0});
  CHECK(std::isnan(found(0, 0)));
  CHECK(found(1, 0) == 6);
  // what is not taken has no influence
  constexpr auto f = sum(select(x > 0_c, log(x), x));
  const auto slope = compile(partial(f, x))(x = std::array{0.0, 4.0});
  CHECK(slope(0, 0) == 1);
  CHECK(slope(1, 0) == 0.25);
  // the norm of 0 has no slope, and large ones do not overflow
  const auto at_zero = compile(gradient(norm(x), x))(x = std::array{0.0, 0.0});
  CHECK((at_zero.values[0] == 0 && at_zero.values[1] == 0));
  const auto [size, unit] = compile(norm(x), gradient(norm(x), x))(x = std::array{3e200, 4e200});
  CHECK(std::fabs(size / 5e200 - 1) < 1e-15);
  CHECK((std::fabs(unit.values[0] - 0.6) < 1e-15 && std::fabs(unit.values[1] - 0.8) < 1e-15));
}

TEST_CASE("what is large, or cheaper in packs, stays a loop") {
  constexpr variable<"L", 12, 12> L;
  constexpr variable<"z", 8> z;
  static_assert(compile(sum(L * L)).workspace_size > 0);
  static_assert(compile(sum(tanh(tanh(z) * squared_norm(exp(z))))).workspace_size > 0);
  const std::array<double, 8> ones{1, 1, 1, 1, 1, 1, 1, 1};
  const double e = std::exp(1), expected = 8 * std::tanh(std::tanh(1.0) * 8 * e * e);
  CHECK(std::fabs(compile(sum(tanh(tanh(z) * squared_norm(exp(z)))))(z = ones) - expected) < 1e-13);
}

namespace {

/// Rows from the last to the first, an operation of a user's that says what its elements are.
struct upside_down : operation {
  static constexpr std::string_view name = "upside_down";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.size(); ++i)
      out[i] = x[(X.shape.rows - 1 - i / X.shape.columns) * X.shape.columns + i % X.shape.columns];
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    to.push({0, all.items[0].shape.rows - 1 - row, column});
  }
  static constexpr symbol element(symbol, const symbols &of) { return of.items[0]; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<upside_down>(d)};
  }
};

} // namespace

TEST_CASE("an operation of one's own says what its elements are made of") {
  constexpr variable<"x", 3> x;
  constexpr auto f = dot(apply_operation<upside_down>(x), stack(1_c, 10_c, 100_c));
  constexpr auto step = compile(apply_operation<upside_down>(x), f, gradient(f, x));
  static_assert(step.workspace_size == 0);
  const auto [turned_over, value, slope] = step(x = std::array{1.0, 2.0, 3.0});
  CHECK(turned_over == matrix<double, 3>{3, 2, 1});
  CHECK(value == 123);
  CHECK(slope[x] == matrix<double, 3>{100, 10, 1});
}
