// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// norm and its derivatives at any scale; sums and products of a million terms.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <complex>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"v", 3> v;
constexpr variable<"w", 40> w;

/// (3, 4, 12), whose norm is 13, in units of `scale`: everything is a fraction of 13.
template <class T>
void check_norm(T scale) {
  INFO(scale);
  const auto near = [](T value, double expected, int ulps = 4) {
    return std::fabs(static_cast<double>(value) - expected) <=
           ulps * static_cast<double>(std::numeric_limits<T>::epsilon()) * std::fabs(expected);
  };
  const matrix<T, 3> at{3 * scale, 4 * scale, 12 * scale};
  const auto [value, slope, curvature] =
      compile(norm(v), partial(norm(v), v), hessian(norm(v), v))(v = at);
  const double parts[]{3, 4, 12};
  CHECK(near(value / scale, 13));
  for (int i = 0; i < 3; ++i) {
    CHECK(near(slope(i, 0), parts[i] / 13));
    for (int j = 0; j < 3; ++j) // (I - u u^T) / |x|, 1 - u^2 as a difference
      CHECK(near(curvature(i, j) * scale,
                 ((i == j ? 169 : 0) - parts[i] * parts[j]) / (13.0 * 169.0), 16));
  }
  // w = (3, 4, 12, 0, ..., 0, 84): 85
  matrix<T, 40> longer{};
  for (int i = 0; i < 3; ++i)
    longer(i, 0) = at(i, 0);
  longer(39, 0) = 84 * scale;
  CHECK(near(compile(norm(w))(w = longer) / scale, 85));
  // a scalar of several numbers, of which one over- or underflows
  using pack = math::pack<T>;
  matrix<pack, 3> packs{};
  for (int i = 0; i < 3; ++i) {
    packs(i, 0) = pack(static_cast<T>(parts[i]));
    packs(i, 0).lanes[0] = at(i, 0);
  }
  const auto [of_packs, slope_of_packs] = compile(norm(v), partial(norm(v), v))(v = packs);
  CHECK(near(of_packs.lanes[0] / scale, 13));
  CHECK(near(of_packs.lanes[1], 13));
  CHECK(near(slope_of_packs(2, 0).lanes[0], 12.0 / 13));
  CHECK(near(slope_of_packs(0, 0).lanes[1], 3.0 / 13));
}

constexpr bool near_constant(double value, double expected) {
  return value > expected * (1 - 1e-15) && value < expected * (1 + 1e-15);
}
constexpr matrix<double, 3> constant(double scale) { return {3 * scale, 4 * scale, 12 * scale}; }
static_assert(near_constant(compile(norm(v))(v = constant(1e-170)), 1.3e-169));
static_assert(near_constant(compile(norm(v))(v = constant(1e155)), 1.3e156));
static_assert(compile(norm(v))(v = constant(1)) == 13 && compile(norm(v))(v = constant(0)) == 0);
static_assert(near_constant(compile(partial(norm(v), v))(v = constant(1e-170))(2, 0), 12. / 13));
static_assert(gradient_is_right(norm(v), at(v = constant(1e-170))) &&
              gradient_is_right(norm(v), at(v = constant(1e155))));

} // namespace

TEST_CASE("norm at any scale") {
  for (const double scale : {1.0, 1e-170, 1e155, 1e-300, 1e306, 1e-150, 1e150, 0.1})
    check_norm(scale);
  for (const float scale : {1.0f, 1e-24f, 1e20f, 1e-35f, 1e36f, 1e-15f, 1e15f, 0.1f})
    check_norm(scale);
  // below the normal numbers: the slope of numbers that are exact
  const double smallest = std::numeric_limits<double>::denorm_min();
  const auto [value, slope] = compile(norm(v), partial(norm(v), v))(v = constant(smallest));
  CHECK(value == 13 * smallest);
  CHECK(std::fabs(slope(1, 0) - 4.0 / 13) < 1e-15);
}

TEST_CASE("norm of what is no number") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(compile(norm(v))(v = matrix<double, 3>{1, -infinity, 0}) == infinity);
  CHECK(std::isnan(compile(norm(v))(v = matrix<double, 3>{1, std::nan(""), 0})));
}

TEST_CASE("norm of complex numbers is analytic") {
  using complex = std::complex<double>;
  const complex h(0, 1e-30);
  CHECK(std::fabs(compile(norm(v))(v = matrix<complex, 3>{3.0 + h, 4.0, 12.0}).imag() / 1e-30 -
                  3.0 / 13) < 1e-15);
}

namespace {

/// The float, to some units in its last place: not to the 1.5e-4 that terms one after another lose.
bool is_close(float value, double expected) {
  return std::fabs(static_cast<double>(value) - expected) < 4e-7 * std::fabs(expected);
}

} // namespace

TEST_CASE("sums of a million terms") {
  constexpr int n = 1000000;
  constexpr variable<"c", n> c;
  constexpr variable<"M", n / 10, 10> M;
  constexpr variable<"N", n / 50, 50> N;
  static matrix<float, n> terms;
  static matrix<float, n / 10, 10> tens;
  static matrix<float, n / 50, 50> fifties;
  random_numbers random(5);
  double total = 0, squares = 0, column = 0, last_column = 0;
  for (int i = 0; i < n; ++i) {
    const auto next = static_cast<float>(random.normal() * random.normal() + 1);
    terms(i, 0) = tens(i / 10, i % 10) = fifties(i / 50, i % 50) = next;
    const double x = next;
    total += x;
    squares += x * x;
    column += i % 10 == 9 ? x : 0;
    last_column += i % 50 == 49 ? x : 0;
  }
  CHECK(is_close(compile(sum(c))(c = terms), total));
  CHECK(is_close(compile(mean(c))(c = terms), total / n));
  CHECK(is_close(compile(transpose(c) * c)(c = terms), squares));
  CHECK(is_close(compile(dot(c, c))(c = terms), squares));
  CHECK(is_close(compile(norm(c))(c = terms), std::sqrt(squares)));
  CHECK(is_close(compile(column_sums(M))(M = tens)(0, 9), column));
  CHECK(is_close(compile(column_sums(N))(N = fifties)(0, 49), last_column));
}

TEST_CASE("products of a hundred thousand terms") {
  constexpr int n = 100000;
  constexpr variable<"A", 3, n> A;
  constexpr variable<"B", n, 17> B;
  static matrix<float, 3, n> a;
  static matrix<float, n, 17> b;
  random_numbers random(6);
  for (float &each : a)
    each = static_cast<float>(random.normal() + 1);
  for (float &each : b)
    each = static_cast<float>(random.normal() + 1);
  const auto [product, rows] = compile(A * B, A * transpose(A))(A = a, B = b);
  for (const int j : {0, 7, 16}) {
    double expected = 0, of_rows = 0;
    for (int k = 0; k < n; ++k) {
      expected += static_cast<double>(a(2, k)) * static_cast<double>(b(k, j));
      of_rows += static_cast<double>(a(2, k)) * static_cast<double>(a(j % 3, k));
    }
    CHECK(is_close(product(2, j), expected));
    CHECK(is_close(rows(2, j % 3), of_rows));
  }
}
