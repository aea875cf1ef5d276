// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products of matrices, row-major, of sizes that the compiler knows. Of float and double several
// elements go through vector registers at once, several rows share what is loaded: the compiler's
// vector extension, so that neither -O3 nor -ffast-math is needed. Every other type, and constant
// evaluation, takes the plain loops; sums are then in another order. Long sums are sums of their
// halves: the error grows with the logarithm of the length.
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

/// Terms that are added one after another: in one number, and in a register of several, where the
/// end of a shorter loop, which no processor foresees, takes up to a sixth of the time.
inline constexpr int scalar_block = 128, packed_block = 512;

/// of(first, count), a sum, as the sum of its halves down to blocks.
template <int Block, class Sum>
CHAINRULE_OPTIMIZED constexpr auto in_halves(int first, int count, const Sum &of)
    -> decltype(of(first, count)) {
  if (count <= Block)
    return of(first, count);
  const int half = (count / Block + 1) / 2 * Block;
  return in_halves<Block>(first, half, of) + in_halves<Block>(first + half, count - half, of);
}

/// The sum of at(0), at(1), ...
template <int Count, class T, class Term>
CHAINRULE_INLINE constexpr T sum_of_terms(const Term &at) {
  const auto one_by_one = [&at](int first, int count) CHAINRULE_INLINE_CALL -> T {
    T sum = at(first);
    for (int k = 1; k < count; ++k)
      sum = sum + at(first + k);
    return sum;
  };
  if constexpr (Count > scalar_block)
    return in_halves<scalar_block>(0, Count, one_by_one);
  else
    return one_by_one(0, Count);
}

/// of(0, Count), in halves where that is long.
template <int Count, int Block, class Sum>
CHAINRULE_INLINE inline auto sum_in_blocks(const Sum &of) {
  if constexpr (Count > Block)
    return in_halves<Block>(0, Count, of);
  else
    return of(0, Count);
}

/// Sums side by side.
template <class T, std::size_t Count>
struct side_by_side {
  T of[Count];

  friend constexpr side_by_side operator+(side_by_side a, const side_by_side &b) {
    for (std::size_t i = 0; i < Count; ++i)
      a.of[i] = a.of[i] + b.of[i];
    return a;
  }
};

// The sums of a tile are spelled out by indices known to the compiler: in loops over them, -O2
// keeps them in memory.

/// out(i, j) for some rows from i and Width packs of columns from j; a tile has sizeof...(I) packs.
template <int Width, int Columns, int Inner, int RowStep, int InnerStep, class T, std::size_t... I>
CHAINRULE_INLINE inline void product_tile(T *out, const T *a, const T *b,
                                          std::index_sequence<I...>) {
  constexpr int size = pack<T>::size;
  const auto sums_of = [a, b](int first, int count) CHAINRULE_INLINE_CALL {
    side_by_side<pack<T>, sizeof...(I)> sums = {((void)I, pack<T>(0))...};
    for (int k = first; k < first + count; ++k)
      ((sums.of[I] =
            sums.of[I] + pack<T>(a[static_cast<int>(I) / Width * RowStep + k * InnerStep]) *
                             load<size>(b + k * Columns + static_cast<int>(I) % Width * size)),
       ...);
    return sums;
  };
  const auto sums = sum_in_blocks<Inner, packed_block>(sums_of);
  (store<size>(out + static_cast<int>(I) / Width * Columns + static_cast<int>(I) % Width * size,
               sums.of[I]),
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
      out[i * Columns + j] = detail::sum_of_terms<Inner, T>([&](int k) CHAINRULE_INLINE_CALL {
        return static_cast<T>(a[i * RowStep + k * InnerStep] * b[k * Columns + j]);
      });
    }
}

namespace detail {

/// Sums of products along some rows of A and Width rows of B.
template <int Width, int Columns, int Inner, class T, std::size_t... I>
CHAINRULE_INLINE inline void row_product_tile(T *out, const T *a, const T *b,
                                              std::index_sequence<I...>) {
  constexpr int size = pack<T>::size, packed = Inner / size * size;
  const auto sums_of = [a, b](int first, int count) CHAINRULE_INLINE_CALL {
    side_by_side<pack<T>, sizeof...(I)> sums = {((void)I, pack<T>(0))...};
    for (int k = first; k < first + count; k += size)
      ((sums.of[I] = sums.of[I] + load<size>(a + static_cast<int>(I) / Width * Inner + k) *
                                      load<size>(b + static_cast<int>(I) % Width * Inner + k)),
       ...);
    return sums;
  };
  const auto sums = sum_in_blocks<packed, packed_block>(sums_of);
  T results[] = {sum_of(sums.of[I])...};
  for (int k = packed; k < Inner; ++k)
    ((results[I] +=
      a[static_cast<int>(I) / Width * Inner + k] * b[static_cast<int>(I) % Width * Inner + k]),
     ...);
  ((out[static_cast<int>(I) / Width * Columns + static_cast<int>(I) % Width] = results[I]), ...);
}

/// The sum of Count terms, of which at(k) are a pack, in four registers: one addition need
/// not wait for the one before it.
template <int Count, class T, class Packs, class Term>
CHAINRULE_INLINE inline T sum_of_packs(const Packs &at, const Term &term) {
  constexpr int size = pack<T>::size, packed = in_strips<T, 4, Count>;
  const auto sums_of = [&at](int first, int count) CHAINRULE_INLINE_CALL {
    side_by_side<pack<T>, 4> sums = {pack<T>(0), pack<T>(0), pack<T>(0), pack<T>(0)};
    for (int k = first; k < first + count; k += 4 * size) {
      sums.of[0] = sums.of[0] + at(k);
      sums.of[1] = sums.of[1] + at(k + size);
      sums.of[2] = sums.of[2] + at(k + 2 * size);
      sums.of[3] = sums.of[3] + at(k + 3 * size);
    }
    return sums;
  };
  const auto sums = sum_in_blocks<packed, 4 * size * packed_block>(sums_of);
  T sum = sum_of((sums.of[0] + sums.of[1]) + (sums.of[2] + sums.of[3]));
  for (int k = packed; k < Count; ++k)
    sum = sum + term(k);
  return sum;
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
  const auto term = [a, b](int k) CHAINRULE_INLINE_CALL { return static_cast<T>(a[k] * b[k]); };
  if constexpr (detail::in_strips < T, 4, Inner >> 0 && Rows == 1 && Columns == 1) {
    if (!std::is_constant_evaluated()) {
      constexpr int size = pack<T>::size;
      *out = detail::sum_of_packs<Inner, T>(
          [a, b](int k) CHAINRULE_INLINE_CALL { return load<size>(a + k) * load<size>(b + k); },
          term);
      return;
    }
  } else if constexpr (detail::in_strips < T, 1, Inner >> 0)
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
      out[i * Columns + j] = detail::sum_of_terms<Inner, T>([&](int k) CHAINRULE_INLINE_CALL {
        return static_cast<T>(a[i * Inner + k] * b[j * Inner + k]);
      });
    }
}

/// The sum of each row.
template <int Rows, int Columns, class T>
CHAINRULE_OPTIMIZED constexpr void row_sums(T *out, const T *x) {
  for (int i = 0; i < Rows; ++i) {
    const T *const row = x + i * Columns;
    const auto term = [row](int k) CHAINRULE_INLINE_CALL { return row[k]; };
    if constexpr (detail::in_strips < T, 4, Columns >> 0)
      if (!std::is_constant_evaluated()) {
        out[i] = detail::sum_of_packs<Columns, T>(
            [row](int k) CHAINRULE_INLINE_CALL { return load<pack<T>::size>(row + k); }, term);
        continue;
      }
    out[i] = detail::sum_of_terms<Columns, T>(term);
  }
}

namespace detail {

/// The sum of each column, for Width columns at once.
template <int Rows, int Columns, int Width, class T>
constexpr void sums_of_columns(T *out, const T *x) {
  const auto of = [x](int first, int count) CHAINRULE_INLINE_CALL {
    T sums[static_cast<std::size_t>(Width)]{}; // the result, which is in memory, might be part of x
    for (int j = 0; j < Width; ++j)
      sums[j] = x[first * Columns + j];
    for (int i = first + 1; i < first + count; ++i)
      for (int j = 0; j < Width; ++j)
        sums[j] = sums[j] + x[i * Columns + j];
    side_by_side<T, std::size_t{Width}> result{};
    for (int j = 0; j < Width; ++j)
      result.of[j] = sums[j];
    return result;
  };
  const auto sums = in_halves<scalar_block>(0, Rows, of);
  for (int j = 0; j < Width; ++j)
    out[j] = sums.of[j];
}

} // namespace detail

/// The sum of each column.
template <int Rows, int Columns, class T>
CHAINRULE_OPTIMIZED constexpr void column_sums(T *out, const T *x) {
  if constexpr (Rows > detail::scalar_block) { // 1^T x
    const T one = T(1.0);
    constexpr int wide = detail::in_strips<T, 4, Columns>,
                  packed = detail::in_strips<T, 1, Columns>;
    if constexpr (wide > 0)
      if (!std::is_constant_evaluated()) {
        for (int j = 0; j < wide; j += 4 * pack<T>::size)
          detail::product_strip<4, 1, Columns, Rows, 0, 0>(out + j, &one, x + j);
        for (int j = wide; j < packed; j += pack<T>::size)
          detail::product_strip<1, 1, Columns, Rows, 0, 0>(out + j, &one, x + j);
        if constexpr (packed < Columns)
          detail::sums_of_columns<Rows, Columns, Columns - packed>(out + packed, x + packed);
        return;
      }
    constexpr int width = Columns < 32 ? Columns : 32, strips = Columns / width * width;
    for (int j = 0; j < strips; j += width)
      detail::sums_of_columns<Rows, Columns, width>(out + j, x + j);
    if constexpr (strips < Columns)
      detail::sums_of_columns<Rows, Columns, Columns - strips>(out + strips, x + strips);
  } else {
    for (int j = 0; j < Columns; ++j)
      out[j] = x[j];
    for (int i = 1; i < Rows; ++i)
      for (int j = 0; j < Columns; ++j)
        out[j] = out[j] + x[i * Columns + j];
  }
}

} // namespace chainrule::math::CHAINRULE_FLAGS
