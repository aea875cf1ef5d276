// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of matrices, row-major, of sizes that the compiler knows. Of float and double several
// elements go through vector registers at once, several rows share what is loaded: the compiler's
// vector extension, so that neither -O3 nor -ffast-math is needed. Every other type, and constant
// evaluation, takes the plain loops; sums are then in another order.
// Read next: operation/matrix.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

#include <chainrule/math/inline.hpp>

namespace chainrule::math {

/// Types whose arithmetic vector registers have.
template <class T>
concept has_packs = std::same_as<T, double> || std::same_as<T, float>;

/// As wide as the processor's registers are certain to be.
#if defined(__AVX__)
inline constexpr int pack_bytes = 32;
#else
inline constexpr int pack_bytes = 16;
#endif

template <has_packs T>
struct pack_of {
  static constexpr int size = pack_bytes / static_cast<int>(sizeof(T));
  using type [[gnu::vector_size(pack_bytes)]] = T;
};

namespace detail {

template <has_packs T>
CHAINRULE_INLINE inline typename pack_of<T>::type load(const T *from) {
  typename pack_of<T>::type result;
  __builtin_memcpy(&result, from, sizeof result);
  return result;
}

template <has_packs T>
CHAINRULE_INLINE inline T sum_of(const typename pack_of<T>::type &pack) {
  T result = pack[0];
  for (int i = 1; i < pack_of<T>::size; ++i)
    result += pack[i];
  return result;
}

/// out(i, j) for Height rows from i and Width packs of columns from j.
template <int Height, int Width, int Columns, int Inner, int RowStep, int InnerStep, class T>
CHAINRULE_INLINE inline void product_tile(T *out, const T *a, const T *b) {
  typename pack_of<T>::type sums[Height][Width] = {};
  for (int k = 0; k < Inner; ++k)
    for (int w = 0; w < Width; ++w) {
      const auto right = load(b + k * Columns + w * pack_of<T>::size);
      for (int h = 0; h < Height; ++h)
        sums[h][w] += a[h * RowStep + k * InnerStep] * right;
    }
  for (int h = 0; h < Height; ++h)
    __builtin_memcpy(out + h * Columns, sums[h], sizeof sums[h]);
}

} // namespace detail

/// out = A B with A(i, k) = a[i RowStep + k InnerStep] and B row-major.
template <int Rows, int Columns, int Inner, int RowStep, int InnerStep, class T>
constexpr void product(T *out, const T *a, const T *b) {
  int done = 0; // columns
  if constexpr (has_packs<T>)
    if (!std::is_constant_evaluated()) {
      constexpr int size = pack_of<T>::size;
      const auto strip = [&]<int Width>(std::integral_constant<int, Width>) {
        int i = 0;
        for (; i + 4 <= Rows; i += 4)
          detail::product_tile<4, Width, Columns, Inner, RowStep, InnerStep>(
              out + i * Columns + done, a + i * RowStep, b + done);
        for (; i < Rows; ++i)
          detail::product_tile<1, Width, Columns, Inner, RowStep, InnerStep>(
              out + i * Columns + done, a + i * RowStep, b + done);
      };
      for (; done + 2 * size <= Columns; done += 2 * size)
        strip(std::integral_constant<int, 2>{});
      for (; done + size <= Columns; done += size)
        strip(std::integral_constant<int, 1>{});
    }
  for (int i = 0; i < Rows; ++i)
    for (int j = done; j < Columns; ++j) {
      T sum = a[i * RowStep] * b[j];
      for (int k = 1; k < Inner; ++k)
        sum = sum + a[i * RowStep + k * InnerStep] * b[k * Columns + j];
      out[i * Columns + j] = sum;
    }
}

/// out = A B^T, both row-major: sums of products along rows.
template <int Rows, int Columns, int Inner, class T>
constexpr void product_of_rows(T *out, const T *a, const T *b) {
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      const T *const left = a + i * Inner, *const right = b + j * Inner;
      int done = 0;
      T sum = left[0] * right[0];
      if constexpr (has_packs<T>) {
        constexpr int size = pack_of<T>::size;
        if (!std::is_constant_evaluated() && Inner >= size) {
          // Four sums: one would wait for each addition.
          typename pack_of<T>::type sums[4] = {};
          for (; done + 4 * size <= Inner; done += 4 * size)
            for (int p = 0; p < 4; ++p)
              sums[p] +=
                  detail::load(left + done + p * size) * detail::load(right + done + p * size);
          for (; done + size <= Inner; done += size)
            sums[0] += detail::load(left + done) * detail::load(right + done);
          sum = detail::sum_of<T>((sums[0] + sums[1]) + (sums[2] + sums[3]));
        }
      }
      for (int k = done == 0 ? 1 : done; k < Inner; ++k)
        sum = sum + left[k] * right[k];
      out[i * Columns + j] = sum;
    }
}

/// The sum of each row.
template <int Rows, int Columns, class T>
constexpr void row_sums(T *out, const T *x) {
  for (int i = 0; i < Rows; ++i) {
    const T *const row = x + i * Columns;
    int done = 0;
    T sum = row[0];
    if constexpr (has_packs<T>) {
      constexpr int size = pack_of<T>::size;
      if (!std::is_constant_evaluated() && Columns >= 4 * size) {
        typename pack_of<T>::type sums[4] = {};
        for (; done + 4 * size <= Columns; done += 4 * size)
          for (int p = 0; p < 4; ++p)
            sums[p] += detail::load(row + done + p * size);
        sum = detail::sum_of<T>((sums[0] + sums[1]) + (sums[2] + sums[3]));
      }
    }
    for (int k = done == 0 ? 1 : done; k < Columns; ++k)
      sum = sum + row[k];
    out[i] = sum;
  }
}

} // namespace chainrule::math
