// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// norm, of rows and columns too, and its derivatives at any scale; sums and products of a million
// terms.
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

namespace {

/// Multiples of (3, 4, 12), the vector of which norm is 13, as rows or as columns, beside each
/// other at scales of which only one has a sum of squares; the last is 0.
template <class T, detail::along Axis>
void check_norms(const T (&scales)[4]) {
  constexpr bool is_by_row = Axis == detail::along::rows;
  constexpr variable<"X", is_by_row ? 4 : 3, is_by_row ? 3 : 4> X;
  constexpr detail::by<Axis> each;
  constexpr double parts[]{3, 4, 12};
  const auto place = [](int line, int part) {
    return is_by_row ? 3 * line + part : 4 * part + line;
  };
  std::array<T, 12> in_X{};
  for (int i = 0; i < 4; ++i)
    for (int k = 0; k < 3; ++k)
      in_X[std::size_t(place(i, k))] = scales[i] * static_cast<T>(parts[k]);
  const auto near = [](T value, double expected) {
    return std::fabs(static_cast<double>(value) - expected) <=
           16 * static_cast<double>(std::numeric_limits<T>::epsilon()) * std::fabs(expected);
  };
  constexpr auto norms = norm(X, each);
  const auto [values, slopes] = compile(norms, partial(sum(norms), X))(X = in_X);
  for (int i = 0; i < 3; ++i) {
    INFO(scales[i]);
    CHECK(near(values.data()[i] / scales[i], 13));
    for (int k = 0; k < 3; ++k)
      CHECK(near(slopes.data()[place(i, k)], parts[k] / 13));
  }
  CHECK(values.data()[3] == 0);
  for (int k = 0; k < 3; ++k)
    CHECK(slopes.data()[place(3, k)] == 0);
  // (I - u u^T) / |x| of each, nothing between two
  const auto curvature = compile(hessian(sum(norms), X))(X = in_X);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) {
          const T found = curvature(place(i, k), place(j, l));
          CHECK((i == j ? near(found * scales[i],
                               ((k == l ? 169 : 0) - parts[k] * parts[l]) / (13.0 * 169.0))
                        : found == 0));
        }
  const auto of_squares = compile(hessian(sum(square(norms)), X))(X = std::array<T, 12>{});
  for (int k = 0; k < 12; ++k)
    for (int l = 0; l < 12; ++l)
      CHECK(of_squares(k, l) == (k == l ? 2 : 0));
}

template <detail::along Axis>
void check_norms() {
  check_norms<double, Axis>({1, 1e-170, 1e155, 0});
  check_norms<double, Axis>({1e-300, 1e150, 0.1, 0});
  check_norms<float, Axis>({1e-24f, 1e20f, 1e-35f, 0});
}

/// Of matrices that are too large for elements that are numbers.
template <detail::along Axis>
void check_long_norms() {
  constexpr bool is_by_row = Axis == detail::along::rows;
  constexpr int lines = 30, size = 41;
  constexpr variable<"X", is_by_row ? lines : size, is_by_row ? size : lines> X;
  static std::array<double, lines * size> in_X;
  random_numbers random(3);
  std::array<long double, lines> squares{};
  const auto line_of = [](int k) { return is_by_row ? k / size : k % lines; };
  for (int k = 0; k < lines * size; ++k) {
    const double number = line_of(k) == 7 ? 0 : random.normal();
    squares[std::size_t(line_of(k))] += static_cast<long double>(number) * number;
    in_X[std::size_t(k)] = line_of(k) == 5 ? 1e-200 * number : number;
  }
  constexpr auto norms = norm(X, detail::by<Axis>{});
  const auto [values, slopes] = compile(norms, partial(sum(square(norms) + norms), X))(X = in_X);
  for (int k = 0; k < lines * size; ++k) {
    const int i = line_of(k);
    const double scale = i == 5 ? 1e-200 : 1,
                 expected = static_cast<double>(std::sqrt(squares[std::size_t(i)])) * scale,
                 x = in_X[std::size_t(k)];
    CHECK(std::fabs(values.data()[i] - expected) <= 1e-15 * expected);
    CHECK(std::fabs(slopes.data()[k] - (expected == 0 ? 0 : 2 * x + x / expected)) < 1e-15 * 8);
  }
}

} // namespace

TEST_CASE("norms of rows and columns at any scale") {
  check_norms<detail::along::rows>();
  check_norms<detail::along::columns>();
  check_long_norms<detail::along::rows>();
  check_long_norms<detail::along::columns>();
  // packs: a lane that underflows beside one that does not
  using pack = math::pack<double>;
  constexpr variable<"X", 2, 3> X;
  matrix<pack, 2, 3> packs{};
  for (int k = 0; k < 3; ++k) {
    const double part = k == 0 ? 3 : k == 1 ? 4 : 12;
    packs(0, k) = pack(part);
    packs(1, k) = pack(part);
    packs(1, k).lanes[0] = part * 1e-170;
  }
  const auto lanes = compile(norm(X, by_row))(X = packs);
  CHECK((lanes(0, 0).lanes[0] == 13 && lanes(1, 0).lanes[1] == 13));
  CHECK(std::fabs(lanes(1, 0).lanes[0] / 1.3e-169 - 1) < 1e-15);
  static_assert(std::is_same_v<decltype(row_norms(X)), decltype(norm(X, by_row))>);
  static_assert(std::is_same_v<decltype(column_norms(X)), decltype(norm(X, by_column))>);
  static_assert(to_string(norm(X, by_row)) == "row_norms(X)");
  static_assert(to_string(norm(X, by_column)) == "column_norms(X)");
  // of one row or column it is the norm, of single elements the absolute value
  static_assert(norm(v, by_column) == norm(v) && norm(transpose(v), by_row) == norm(v));
  static_assert(compile(norm(v, by_row))(v = {3.0, -4.0, 0.0}) == matrix<double, 3>{3, 4, 0});
  static_assert(compile(partial(sum(norm(v, by_row)), v))(v = {3.0, -4.0, 0.0}) ==
                matrix<double, 3>{1, -1, 0});
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
