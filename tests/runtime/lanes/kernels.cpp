// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of shapes that packs, tiles and blocks do and do not divide, against plain sums in
// long double; each element within the error of a sum of its terms.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

using namespace chainrule;

namespace {

template <class T>
std::vector<T> drawn(std::size_t count, std::uint64_t seed) {
  random_numbers random(seed);
  std::vector<T> result(count);
  for (T &each : result)
    each = static_cast<T>(random.normal());
  return result;
}

/// The same matrix by columns.
template <class T>
std::vector<T> transposed(const std::vector<T> &from, int rows, int columns) {
  std::vector<T> result(from.size());
  for (int i = 0; i < rows; ++i)
    for (int k = 0; k < columns; ++k)
      result[static_cast<std::size_t>(k * rows + i)] =
          from[static_cast<std::size_t>(i * columns + k)];
  return result;
}

/// A product of one shape as it is called: compute(out, whether it is added).
template <class T>
struct shaped {
  int rows, columns, inner;
  std::vector<T> a, b;

  shaped(int with_rows, int with_columns, int with_inner)
      : rows(with_rows), columns(with_columns), inner(with_inner),
        a(drawn<T>(static_cast<std::size_t>(rows * inner), 3)),
        b(drawn<T>(static_cast<std::size_t>(inner * columns), 4)) {}

  bool is_computed_by(auto compute) const {
    const auto count = static_cast<std::size_t>(rows * columns);
    const std::vector<T> before = drawn<T>(count, 5);
    for (const bool is_added : {false, true}) {
      std::vector<T> out =
          is_added ? before : std::vector<T>(count, std::numeric_limits<T>::quiet_NaN());
      out.push_back(T(77)); // nothing is written behind the last element
      compute(out.data(), is_added);
      for (std::size_t at = 0; at < count; ++at) {
        long double expected = is_added ? before[at] : 0, size = 1;
        for (int k = 0; k < inner; ++k) {
          const long double term =
              static_cast<long double>(
                  a[at / static_cast<std::size_t>(columns) * static_cast<std::size_t>(inner) +
                    static_cast<std::size_t>(k)]) *
              b[static_cast<std::size_t>(k * columns) + at % static_cast<std::size_t>(columns)];
          expected += term;
          size += std::fabs(term);
        }
        const long double bound = 4 * std::numeric_limits<T>::epsilon() * std::sqrt(size) *
                                  std::sqrt(static_cast<long double>(inner) + 1);
        if (!(std::fabs(out[at] - expected) <= bound))
          return false;
      }
      if (out[count] != T(77))
        return false;
    }
    return true;
  }
};

template <class T, int Rows, int Columns, int Inner>
void check_product() {
  const shaped<T> of(Rows, Columns, Inner);
  const std::vector<T> by_columns = transposed(of.a, Rows, Inner),
                       by_rows = transposed(of.b, Inner, Columns);
  INFO(Rows << " x " << Inner << " by " << Inner << " x " << Columns);
  CHECK(of.is_computed_by([&](T *out, bool is_added) {
    math::matrix_product<Rows, Columns, Inner, Inner, 1>(out, of.a.data(), of.b.data(), is_added);
  }));
  CHECK(of.is_computed_by([&](T *out, bool is_added) {
    math::matrix_product<Rows, Columns, Inner, 1, Rows>(out, by_columns.data(), of.b.data(),
                                                        is_added);
  }));
  CHECK(of.is_computed_by([&](T *out, bool is_added) {
    math::product_of_rows<Rows, Columns, Inner>(out, of.a.data(), by_rows.data(), is_added);
  }));
}

/// Each dimension from 1 to 33: the others take all sizes too, in another order.
template <class T, int Step, int... I>
void check_sizes(std::integer_sequence<int, I...>) {
  (check_product<T, I + 1, (I * Step + 11) % 33 + 1, (I * Step * Step + 20) % 33 + 1>(), ...);
}

} // namespace

TEST_CASE("products of all small sizes") {
#if defined(__SANITIZE_ADDRESS__) // each takes the compiler three seconds there
  check_sizes<double, 7>(std::make_integer_sequence<int, 8>{});
  check_sizes<float, 13>(std::make_integer_sequence<int, 4>{});
#else
  check_sizes<double, 7>(std::make_integer_sequence<int, 33>{});
  check_sizes<float, 13>(std::make_integer_sequence<int, 12>{});
#endif
}

TEST_CASE("products in blocks, panels and strips that are copied") {
  check_product<double, 67, 270, 33>();  // rows of B far apart
  check_product<double, 270, 19, 130>(); // columns of A far apart
  check_product<float, 41, 530, 260>();
  check_product<double, 1, 70, 1100>(); // halves of long sums
  check_product<double, 3, 2, 1100>();
}

TEST_CASE("products of other numbers take plain loops") { check_product<long double, 6, 5, 40>(); }
