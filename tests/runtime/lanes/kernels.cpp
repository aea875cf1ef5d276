// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of shapes that packs of elements do and do not divide.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <type_traits>

using namespace chainrule;

namespace {

/// A B, A^T B and A B^T of sizes beside and between those of vector registers, against plain sums.
template <int Rows, int Inner, int Columns, class T>
void check_products() {
  constexpr variable<"L", Rows, Inner> L;
  constexpr variable<"R", Inner, Columns> R;
  constexpr variable<"M", Inner, Rows> M;
  constexpr variable<"Q", Columns, Inner> Q;
  matrix<T, Rows, Inner> l;
  matrix<T, Inner, Columns> r;
  matrix<T, Inner, Rows> m;
  matrix<T, Columns, Inner> q;
  random_numbers random(3);
  for (T &each : l)
    each = static_cast<T>(random.normal());
  for (T &each : r)
    each = static_cast<T>(random.normal());
  for (int i = 0; i < Inner; ++i) {
    for (int k = 0; k < Rows; ++k)
      m(i, k) = l(k, i);
    for (int k = 0; k < Columns; ++k)
      q(k, i) = r(i, k);
  }
  const auto [plain, left, right, total] =
      compile(L * R, transpose(M) * R, L * transpose(Q), sum(L))(L = l, R = r, M = m, Q = q);
  const double bound = std::is_same_v<T, float> ? 1e-4 : 1e-12;
  double expected_total = 0;
  for (const T &each : l)
    expected_total += static_cast<double>(each);
  CHECK(std::fabs(static_cast<double>(total) - expected_total) < bound);
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      double expected = 0;
      for (int k = 0; k < Inner; ++k)
        expected += static_cast<double>(l(i, k)) * static_cast<double>(r(k, j));
      CHECK(std::fabs(static_cast<double>(plain(i, j)) - expected) < bound);
      CHECK(std::fabs(static_cast<double>(left(i, j)) - expected) < bound);
      CHECK(std::fabs(static_cast<double>(right(i, j)) - expected) < bound);
    }
}

template <class T>
void check_all_products() {
  check_products<2, 3, 2, T>();
  check_products<2, 17, 1, T>();
  check_products<5, 8, 1, T>();
  check_products<1, 4, 9, T>();
  check_products<7, 5, 19, T>();
  check_products<9, 33, 8, T>();
  check_products<4, 1, 16, T>();
  check_products<6, 40, 23, T>();
}

} // namespace

TEST_CASE("products of all shapes") {
  check_all_products<double>();
  check_all_products<float>();
  check_all_products<long double>();
}
