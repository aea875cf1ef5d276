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

#include <chainrule/lanes/tiles.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

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

/// Where a small product goes on: known to the compiler.
template <int Columns, int RowStep, int InnerStep, int Last, int Overlap>
struct fixed_steps {
  static constexpr std::ptrdiff_t row_step = RowStep, inner_step = InnerStep, b_step = Columns,
                                  out_step = Columns, b_last = Last, out_last = Last;
  static constexpr int overlap = Overlap;
};

/// Some rows of Width packs of columns. A tile of few sums has several sets of them, or each
/// addition waits for the one before it.
template <int Height, int Width, int Inner, int Bytes, class T>
CHAINRULE_INLINE inline void small_tile(T *out, const T *a, const T *b, const auto &at,
                                        bool is_added) {
  constexpr int sums = Height * Width, most = sums >= 6 ? 1 : sums >= 3 ? 2 : 4;
  constexpr int sets = Inner < 2 * most ? 1 : most;
  const auto sums_of = [&](int first, int count) CHAINRULE_INLINE_CALL {
    return tile_sums<Height, Width, Bytes>(a + first * at.inner_step, b + first * at.b_step, at,
                                           count, std::make_index_sequence<std::size_t{sets}>{});
  };
  store_tile<Width>(out, sum_in_blocks<Inner, packed_block>(sums_of), at, is_added,
                    std::make_index_sequence<std::size_t{sums}>{});
}

/// Width packs of columns, the last one from column Last on, in tiles of all rows.
template <int Width, int Last, int Rows, int Columns, int Inner, int RowStep, int InnerStep,
          int Bytes, class T>
CHAINRULE_INLINE inline void small_strip(T *out, const T *a, const T *b, bool is_added) {
  constexpr int size = pack<T, Bytes>::size;
  constexpr fixed_steps<Columns, RowStep, InnerStep, Last, (Width - 1) * size - Last> at;
  constexpr int whole = Rows / tile_height * tile_height;
  for (int i = 0; i < whole; i += tile_height)
    small_tile<tile_height, Width, Inner, Bytes>(out + i * Columns, a + i * RowStep, b, at,
                                                 is_added);
  if constexpr (whole < Rows)
    small_tile<Rows - whole, Width, Inner, Bytes>(out + whole * Columns, a + whole * RowStep, b, at,
                                                  is_added);
}

/// A product in packs of Bytes whose shape its code knows.
template <int Rows, int Columns, int Inner, int RowStep, int InnerStep, int Bytes, class T>
CHAINRULE_INLINE inline void small_product(T *out, const T *a, const T *b, bool is_added) {
  constexpr int size = pack<T, Bytes>::size;
  constexpr int width = Rows == 1 ? 8 : Rows == 2 ? 4 : tile_width;
  constexpr int columns = width * size, whole = Columns / columns * columns;
  for (int j = 0; j < whole; j += columns)
    small_strip<width, columns - size, Rows, Columns, Inner, RowStep, InnerStep, Bytes>(
        out + j, a, b + j, is_added);
  if constexpr (whole < Columns)
    small_strip<(Columns - whole + size - 1) / size, Columns - whole - size, Rows, Columns, Inner,
                RowStep, InnerStep, Bytes>(out + whole, a, b + whole, is_added);
}

/// Whether a product has code of its own, or shares that of large ones: measured, the two meet at
/// 32 x 32 x 16. Of very long sums, halves are added.
template <int Rows, int Columns, int Inner>
inline constexpr bool is_small = Rows<4 || Inner> inner_block *most_blocks ||
                                 static_cast<long long>(Rows) * Columns *Inner <= 16384;

} // namespace detail

/// out = A B, or, where is_added, out += A B, with A(i, k) = a[i RowStep + k InnerStep] and B
/// row-major.
template <int Rows, int Columns, int Inner, int RowStep, int InnerStep, class T>
CHAINRULE_OPTIMIZED constexpr void matrix_product(T *out, const T *a, const T *b,
                                                  bool is_added = false) {
  constexpr int bytes = detail::widest_pack<T>(Columns);
  if constexpr (bytes > 0)
    if (!__builtin_is_constant_evaluated()) {
      if constexpr (detail::is_small<Rows, Columns, Inner>)
        detail::small_product<Rows, Columns, Inner, RowStep, InnerStep, bytes>(out, a, b, is_added);
      else
        detail::large_product<Rows, Columns, Inner, InnerStep == Rows, false, bytes, T>::run(
            out, a, b, is_added);
      return;
    }
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      const T sum = detail::sum_of_terms<Inner, T>([&](int k) CHAINRULE_INLINE_CALL {
        return static_cast<T>(a[i * RowStep + k * InnerStep] * b[k * Columns + j]);
      });
      out[i * Columns + j] = is_added ? static_cast<T>(out[i * Columns + j] + sum) : sum;
    }
}

namespace detail {

/// Sums of products along Height rows of A and Width rows of B. The last numbers of a row that
/// packs do not divide are those of its last pack which no other had.
template <int Height, int Width, int Columns, int Inner, int Bytes, class T, std::size_t... I,
          std::size_t... J>
CHAINRULE_INLINE inline void dot_tile(T *out, const T *a, const T *b, bool is_added,
                                      std::index_sequence<I...>, std::index_sequence<J...>) {
  using wide = pack<T, Bytes>;
  constexpr int size = wide::size, packed = Inner / size * size;
  constexpr std::size_t count = std::size_t{Height} * Width;
  const auto add = [a, b](wide *sums, int k, const auto &part) CHAINRULE_INLINE_CALL {
    const wide right[] = {opaque(part(load<size, Bytes>(b + static_cast<int>(J) * Inner + k)))...};
    const auto add_row = [&](int row) CHAINRULE_INLINE_CALL {
      const wide left = part(load<size, Bytes>(a + row * Inner + k));
      ((sums[static_cast<std::size_t>(row) * Width + J] =
            product_and_sum(left, right[J], sums[static_cast<std::size_t>(row) * Width + J])),
       ...);
    };
    (add_row(static_cast<int>(I)), ...);
  };
  const auto sums_of = [&add](int first, int terms) CHAINRULE_INLINE_CALL {
    side_by_side<wide, count> sums{};
    for (int k = first; k < first + terms; k += size)
      add(sums.of, k, [](const wide &part) CHAINRULE_INLINE_CALL { return part; });
    return sums;
  };
  auto sums = sum_in_blocks<packed, packed_block>(sums_of);
  if constexpr (packed < Inner)
    add(sums.of, Inner - size, [](const wide &part) CHAINRULE_INLINE_CALL {
      return without_first(part, size - (Inner - packed), lane_indices<T, Bytes>{});
    });
  store_sums<Width, Columns>(out, sums, is_added);
}

/// Height rows of A B^T.
template <int Height, int Columns, int Inner, int Bytes, class T>
CHAINRULE_INLINE inline void dot_strip(T *out, const T *a, const T *b, bool is_added) {
  constexpr int whole = Columns / 4 * 4;
  constexpr std::make_index_sequence<std::size_t{Height}> rows;
  for (int j = 0; j < whole; j += 4)
    dot_tile<Height, 4, Columns, Inner, Bytes>(out + j, a, b + j * Inner, is_added, rows,
                                               std::make_index_sequence<4>{});
  if constexpr (whole < Columns)
    dot_tile<Height, Columns - whole, Columns, Inner, Bytes>(
        out + whole, a, b + whole * Inner, is_added, rows,
        std::make_index_sequence<std::size_t{Columns - whole}>{});
}

/// The sum of Count terms, of which at(k) are a pack, in four registers: one addition need
/// not wait for the one before it.
template <int Count, int Bytes, class T, class Packs, class Term>
CHAINRULE_INLINE inline T sum_of_packs(const Packs &at, const Term &term) {
  using wide = pack<T, Bytes>;
  constexpr int size = wide::size, packed = Count / (4 * size) * (4 * size);
  const auto sums_of = [&at](int first, int count) CHAINRULE_INLINE_CALL {
    side_by_side<wide, 4> sums{};
    for (int k = first; k < first + count; k += 4 * size) {
      sums.of[0] = sums.of[0] + at(k);
      sums.of[1] = sums.of[1] + at(k + size);
      sums.of[2] = sums.of[2] + at(k + 2 * size);
      sums.of[3] = sums.of[3] + at(k + 3 * size);
    }
    return sums;
  };
  const auto sums = sum_in_blocks<packed, 4 * size * packed_block>(sums_of);
  const wide total = (sums.of[0] + sums.of[1]) + (sums.of[2] + sums.of[3]);
  T sum = sums_of_lanes<1>(&total, std::index_sequence<0>{}).lanes[0];
  for (int k = packed; k < Count; ++k)
    sum = sum + term(k);
  return sum;
}

} // namespace detail

/// out = A B^T, or out += A B^T, both row-major: sums of products along rows. Of many rows, B is
/// transposed strip by strip.
template <int Rows, int Columns, int Inner, class T>
CHAINRULE_OPTIMIZED constexpr void product_of_rows(T *out, const T *a, const T *b,
                                                   bool is_added = false) {
  constexpr int bytes = detail::widest_pack<T>(Columns), along = detail::widest_pack<T>(Inner);
  constexpr int apart = detail::widest_pack<T>(Inner / 4);
  const auto term = [a, b](int k) CHAINRULE_INLINE_CALL { return static_cast<T>(a[k] * b[k]); };
  if (!__builtin_is_constant_evaluated()) {
    if constexpr (apart > 0 && Rows == 1 && Columns == 1) {
      constexpr int size = pack<T, apart>::size;
      const T sum = detail::sum_of_packs<Inner, apart, T>(
          [a, b](int k)
              CHAINRULE_INLINE_CALL { return load<size, apart>(a + k) * load<size, apart>(b + k); },
          term);
      *out = is_added ? *out + sum : sum;
      return;
    } else if constexpr (bytes > 0 && Rows >= 8 && Inner > 1 &&
                         Inner <= detail::inner_block * detail::most_blocks) {
      detail::large_product<Rows, Columns, Inner, false, true, bytes, T>::run(out, a, b, is_added);
      return;
    } else if constexpr (along > 0) {
      // Eight sums at once or more, or each addition waits for the one before it.
      constexpr int height = Columns < 4 ? 8 : register_bytes == 64 ? 4 : 2;
      constexpr int whole = Rows / height * height;
      for (int i = 0; i < whole; i += height)
        detail::dot_strip<height, Columns, Inner, along>(out + i * Columns, a + i * Inner, b,
                                                         is_added);
      if constexpr (whole < Rows)
        detail::dot_strip<Rows - whole, Columns, Inner, along>(out + whole * Columns,
                                                               a + whole * Inner, b, is_added);
      return;
    }
  }
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      const T sum = detail::sum_of_terms<Inner, T>([&](int k) CHAINRULE_INLINE_CALL {
        return static_cast<T>(a[i * Inner + k] * b[j * Inner + k]);
      });
      out[i * Columns + j] = is_added ? static_cast<T>(out[i * Columns + j] + sum) : sum;
    }
}

/// The sum of each row.
template <int Rows, int Columns, class T>
CHAINRULE_OPTIMIZED constexpr void row_sums(T *out, const T *x) {
  for (int i = 0; i < Rows; ++i) {
    const T *const row = x + i * Columns;
    const auto term = [row](int k) CHAINRULE_INLINE_CALL { return row[k]; };
    if constexpr (constexpr int bytes = detail::widest_pack<T>(Columns / 4); bytes > 0)
      if (!__builtin_is_constant_evaluated()) {
        out[i] = detail::sum_of_packs<Columns, bytes, T>(
            [row](int k)
                CHAINRULE_INLINE_CALL { return load<pack<T, bytes>::size, bytes>(row + k); },
            term);
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
    if constexpr (detail::widest_pack<T>(Columns) > 0)
      if (!__builtin_is_constant_evaluated()) {
        const T one = T(1.0);
        matrix_product<1, Columns, Rows, 0, 0>(out, &one, x);
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
