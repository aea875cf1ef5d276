// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of matrices, row-major, of sizes that the compiler knows. Of float and double several
// elements go through vector registers at once, several rows share what is loaded: the compiler's
// vector extension, so that neither -O3 nor -ffast-math is needed. Every other type, and constant
// evaluation, takes the plain loops; sums are then in another order.
// Read next: operation/matrix.hpp.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <chainrule/lanes/pack.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

template <has_packs T>
CHAINRULE_INLINE inline T sum_of(const pack<T> &from) {
  T result = from.lanes[0];
  for (int i = 1; i < pack<T>::size; ++i)
    result += from.lanes[i];
  return result;
}

// The sums of a tile are spelled out by indices known to the compiler: in loops over them, -O2
// keeps them in memory.

/// out(i, j) for some rows from i and Width packs of columns from j; a tile has sizeof...(I) packs.
template <int Width, int Columns, int Inner, int RowStep, int InnerStep, class T, std::size_t... I>
CHAINRULE_INLINE inline void product_tile(T *out, const T *a, const T *b,
                                          std::index_sequence<I...>) {
  constexpr int size = pack<T>::size;
  pack<T> sums[sizeof...(I)] = {((void)I, pack<T>(0))...};
  for (int k = 0; k < Inner; ++k)
    ((sums[I] = sums[I] + pack<T>(a[static_cast<int>(I) / Width * RowStep + k * InnerStep]) *
                              load<size>(b + k * Columns + static_cast<int>(I) % Width * size)),
     ...);
  (store<size>(out + static_cast<int>(I) / Width * Columns + static_cast<int>(I) % Width * size,
               sums[I]),
   ...);
}

} // namespace detail

namespace detail {

/// Width packs of columns of out = A B, for all rows.
template <int Width, int Rows, int Columns, int Inner, int RowStep, int InnerStep, class T>
CHAINRULE_INLINE inline void product_strip(T *out, const T *a, const T *b) {
  constexpr int four = Rows / 4 * 4;
  for (int i = 0; i < four; i += 4)
    product_tile<Width, Columns, Inner, RowStep, InnerStep>(
        out + i * Columns, a + i * RowStep, b, std::make_index_sequence<std::size_t{4} * Width>{});
  for (int i = four; i < Rows; ++i)
    product_tile<Width, Columns, Inner, RowStep, InnerStep>(
        out + i * Columns, a + i * RowStep, b, std::make_index_sequence<std::size_t{Width}>{});
}

/// Columns that strips of Width packs cover.
template <class T, int Width, int Columns>
inline constexpr int in_strips = [] {
  if constexpr (has_packs<T>)
    return Columns / (Width * pack<T>::size) * (Width * pack<T>::size);
  else
    return 0;
}();

} // namespace detail

/// out = A B with A(i, k) = a[i RowStep + k InnerStep] and B row-major.
template <int Rows, int Columns, int Inner, int RowStep, int InnerStep, class T>
CHAINRULE_OPTIMIZED constexpr void matrix_product(T *out, const T *a, const T *b) {
  constexpr int wide = detail::in_strips<T, 2, Columns>, packed = detail::in_strips<T, 1, Columns>;
  if constexpr (packed > 0)
    if (!std::is_constant_evaluated()) {
      for (int j = 0; j < wide; j += 2 * pack<T>::size)
        detail::product_strip<2, Rows, Columns, Inner, RowStep, InnerStep>(out + j, a, b + j);
      if constexpr (wide < packed)
        detail::product_strip<1, Rows, Columns, Inner, RowStep, InnerStep>(out + wide, a, b + wide);
    }
  int done = 0;
  if (!std::is_constant_evaluated())
    done = packed;
  for (int i = 0; i < Rows; ++i)
    for (int j = done; j < Columns; ++j) {
      T sum = a[i * RowStep] * b[j];
      for (int k = 1; k < Inner; ++k)
        sum = sum + a[i * RowStep + k * InnerStep] * b[k * Columns + j];
      out[i * Columns + j] = sum;
    }
}

namespace detail {

/// Sums of products along some rows of A and Width rows of B.
template <int Width, int Columns, int Inner, class T, std::size_t... I>
CHAINRULE_INLINE inline void row_product_tile(T *out, const T *a, const T *b,
                                              std::index_sequence<I...>) {
  constexpr int size = pack<T>::size, packed = Inner / size * size;
  pack<T> sums[sizeof...(I)] = {((void)I, pack<T>(0))...};
  for (int k = 0; k < packed; k += size)
    ((sums[I] = sums[I] + load<size>(a + static_cast<int>(I) / Width * Inner + k) *
                              load<size>(b + static_cast<int>(I) % Width * Inner + k)),
     ...);
  T results[] = {sum_of(sums[I])...};
  for (int k = packed; k < Inner; ++k)
    ((results[I] +=
      a[static_cast<int>(I) / Width * Inner + k] * b[static_cast<int>(I) % Width * Inner + k]),
     ...);
  ((out[static_cast<int>(I) / Width * Columns + static_cast<int>(I) % Width] = results[I]), ...);
}

/// Height rows of A B^T.
template <int Height, int Columns, int Inner, class T>
CHAINRULE_INLINE inline void row_product_strip(T *out, const T *a, const T *b) {
  constexpr int four = Columns / 4 * 4;
  for (int j = 0; j < four; j += 4)
    row_product_tile<4, Columns, Inner>(out + j, a, b + j * Inner,
                                        std::make_index_sequence<std::size_t{4} * Height>{});
  for (int j = four; j < Columns; ++j)
    row_product_tile<1, Columns, Inner>(out + j, a, b + j * Inner,
                                        std::make_index_sequence<std::size_t{Height}>{});
}

} // namespace detail

/// out = A B^T, both row-major: sums of products along rows.
template <int Rows, int Columns, int Inner, class T>
CHAINRULE_OPTIMIZED constexpr void product_of_rows(T *out, const T *a, const T *b) {
  if constexpr (detail::in_strips < T, 1, Inner >> 0)
    if (!std::is_constant_evaluated()) {
      // Eight sums at once, or each addition waits for the one before it.
      constexpr int height = Columns < 4 ? 8 : 2, strips = Rows / height * height;
      for (int i = 0; i < strips; i += height)
        detail::row_product_strip<height, Columns, Inner>(out + i * Columns, a + i * Inner, b);
      for (int i = strips; i < Rows; ++i)
        detail::row_product_strip<1, Columns, Inner>(out + i * Columns, a + i * Inner, b);
      return;
    }
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      T sum = a[i * Inner] * b[j * Inner];
      for (int k = 1; k < Inner; ++k)
        sum = sum + a[i * Inner + k] * b[j * Inner + k];
      out[i * Columns + j] = sum;
    }
}

/// The sum of each row.
template <int Rows, int Columns, class T>
CHAINRULE_OPTIMIZED constexpr void row_sums(T *out, const T *x) {
  for (int i = 0; i < Rows; ++i) {
    const T *const row = x + i * Columns;
    int done = 0;
    T sum = row[0];
    if constexpr (has_packs<T>) {
      constexpr int size = pack<T>::size;
      if (!std::is_constant_evaluated() && Columns >= 4 * size) {
        pack<T> sums[4] = {0, 0, 0, 0};
        for (; done + 4 * size <= Columns; done += 4 * size)
          for (int p = 0; p < 4; ++p)
            sums[p] = sums[p] + load<size>(row + done + p * size);
        sum = detail::sum_of((sums[0] + sums[1]) + (sums[2] + sums[3]));
      }
    }
    for (int k = done == 0 ? 1 : done; k < Columns; ++k)
      sum = sum + row[k];
    out[i] = sum;
  }
}

} // namespace chainrule::math::CHAINRULE_FLAGS
