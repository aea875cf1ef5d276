// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Tiles: some rows times some packs of columns of a product A B, whose sums stay in registers while
// what they share is loaded once. A large product is cut into blocks of the inner dimension, strips
// of columns and tiles; what lies crosswise in memory, rows of B or columns of A, is first copied
// side by side into an array on the stack.
// Read next: kernels.hpp.
#pragma once

#include <cstddef>
#include <utility>

#include <chainrule/lanes/pack.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// Rows of a tile, and packs in each. With 32 registers (AVX-512) or 16 they leave room for a pack
/// of each column and for the number of a row, and without fused multiply-adds for a product.
inline constexpr int tile_height = register_bytes == 64 ? 8 : register_bytes == 32 ? 6 : 2;
inline constexpr int tile_width = register_bytes == 16 ? 4 : 2;

/// Terms that are added in registers before they go to memory: the strip of B that they take stays
/// in the nearest cache. With more than most_blocks times as many the chain of additions would be
/// longer than that of a sum of halves.
inline constexpr int inner_block = 128, most_blocks = 256;

/// Rows of a transposed A that are copied at once.
inline constexpr int panel_height = register_bytes == 32 ? 72 : 64;

/// The bytes of the widest packs that so many numbers fill; 0 where there are none.
template <class T>
constexpr int widest_pack(int count) {
  int bytes = runs_on_packs<T> ? register_bytes : 0;
  while (bytes > count * static_cast<int>(sizeof(T)))
    bytes = bytes > 16 ? bytes / 2 : 0;
  return bytes;
}

/// Sums side by side.
template <class T, std::size_t Count>
struct side_by_side {
  T of[Count];

  CHAINRULE_INLINE friend constexpr side_by_side operator+(side_by_side a, const side_by_side &b) {
    for (std::size_t i = 0; i < Count; ++i)
      a.of[i] = a.of[i] + b.of[i];
    return a;
  }
};

/// Where the operands and the result of a tile go on: A(i, k) = a[i row_step + k inner_step], the
/// rows of B and of the result. The last pack of a row may overlap the one before it.
struct tile_steps {
  std::ptrdiff_t row_step, inner_step, b_step, b_last, out_step, out_last;
  int overlap; // columns that the last pack computes once more
};

// The sums of a tile are spelled out by indices known to the compiler: in loops over them, -O2
// keeps them in memory. What is loaded is opaque: g++ 12 would load it again for each product, as
// an operand of the multiplication, with AVX-512 12 loads for 8 products.

/// a b + c, which clang fuses within one expression only. Without an instruction for it that
/// expression costs clang a fifth of the time of a product.
template <class T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes>
product_and_sum(const pack<T, Bytes> &a, const pack<T, Bytes> &b, const pack<T, Bytes> &c) {
#if defined(__SSE2__) && !defined(__FMA__)
  return c + a * b;
#else
  return a.lanes * b.lanes + c.lanes;
#endif
}

/// One row of a tile: adds a number times some packs.
template <class T, int Bytes, std::size_t... Column>
CHAINRULE_INLINE inline void add_row(pack<T, Bytes> *sums, const T &number,
                                     const pack<T, Bytes> *packs, std::index_sequence<Column...>) {
  const pack<T, Bytes> factor = opaque(pack<T, Bytes>(number));
  ((sums[Column] = product_and_sum(factor, packs[Column], sums[Column])), ...);
}

template <int Bytes, class T, std::size_t... Row, std::size_t... Column>
CHAINRULE_INLINE inline void add_rows(pack<T, Bytes> *sums, const T *a, const T *b, const auto &at,
                                      std::index_sequence<Row...>,
                                      std::index_sequence<Column...> columns) {
  constexpr int size = pack<T, Bytes>::size;
  const auto loaded = [&](std::size_t column) CHAINRULE_INLINE_CALL {
    return load<size, Bytes>(
        b + (column + 1 < sizeof...(Column) ? static_cast<int>(column) * size : at.b_last));
  };
  if constexpr (sizeof...(Row) == 1) { // nothing is shared
    const pack<T, Bytes> factor(*a);
    ((sums[Column] = product_and_sum(factor, loaded(Column), sums[Column])), ...);
  } else {
    const pack<T, Bytes> packs[] = {opaque(loaded(Column))...};
    (add_row(sums + Row * sizeof...(Column), a[static_cast<int>(Row) * at.row_step], packs,
             columns),
     ...);
  }
}

/// The sums of a tile over count terms, in sets of which each takes every sizeof...(Set)-th term.
template <int Height, int Width, int Bytes, class T, std::size_t... Set>
CHAINRULE_INLINE inline auto tile_sums(const T *a, const T *b, const auto &at, int count,
                                       std::index_sequence<Set...>) {
  constexpr std::make_index_sequence<std::size_t{Height}> rows;
  constexpr std::make_index_sequence<std::size_t{Width}> columns;
  constexpr int sets = static_cast<int>(sizeof...(Set));
  using sums = side_by_side<pack<T, Bytes>, std::size_t{Height} * Width>;
  sums of[] = {((void)Set, sums{})...};
  for (; count >= sets; count -= sets) {
    (add_rows<Bytes>(of[Set].of, a + static_cast<int>(Set) * at.inner_step,
                     b + static_cast<int>(Set) * at.b_step, at, rows, columns),
     ...);
    a += sets * at.inner_step;
    b += sets * at.b_step;
  }
  if constexpr (sets > 1)
    for (; count > 0; --count) {
      add_rows<Bytes>(of[0].of, a, b, at, rows, columns);
      a += at.inner_step;
      b += at.b_step;
    }
  return (of[Set] + ...);
}

template <class T, int Bytes, std::size_t... Lane>
CHAINRULE_INLINE inline pack<T, Bytes> without_first(const pack<T, Bytes> &x, int count,
                                                     std::index_sequence<Lane...>) {
  using bits = typename pack<T, Bytes>::bits;
  using number = std::remove_cvref_t<decltype(bits{}[0])>;
  return x.as_bits() & bits{(static_cast<int>(Lane) < count ? number{0} : ~number{0})...};
}

/// Stores a tile, or adds it to what is there; then no column is added twice.
template <int Width, class T, int Bytes, std::size_t Count, std::size_t... I>
CHAINRULE_INLINE inline void store_tile(T *out, const side_by_side<pack<T, Bytes>, Count> &sums,
                                        const auto &at, bool is_added, std::index_sequence<I...>) {
  constexpr int size = pack<T, Bytes>::size;
  constexpr std::make_index_sequence<std::size_t{size}> lanes;
  constexpr auto is_last = [](std::size_t i)
                               CHAINRULE_INLINE_CALL { return i % Width + 1 == Width; };
  const auto place = [&](std::size_t i) CHAINRULE_INLINE_CALL {
    return out + static_cast<int>(i) / Width * at.out_step +
           (is_last(i) ? at.out_last : static_cast<int>(i) % Width * size);
  };
  if (is_added)
    (store<size>(place(I),
                 load<size, Bytes>(place(I)) +
                     (is_last(I) ? without_first(sums.of[I], at.overlap, lanes) : sums.of[I])),
     ...);
  else
    (store<size>(place(I), sums.of[I]), ...);
}

/// A tile of any product.
template <int Height, int Width, int Bytes, class T>
[[gnu::noinline]] CHAINRULE_OPTIMIZED void
shared_tile(T *out, const T *a, const T *b, const tile_steps &at, int count, bool is_added) {
  const tile_steps steps = at;
  store_tile<Width>(out,
                    tile_sums<Height, Width, Bytes>(a, b, steps, count, std::index_sequence<0>{}),
                    steps, is_added, std::make_index_sequence<std::size_t{Height} * Width>{});
}

/// Some rows of a strip of columns, in tiles of at most tile_height rows, which differ by one.
template <int Rows, int Width, int Bytes, class T>
CHAINRULE_OPTIMIZED void strip(T *out, const T *a, const T *b, const tile_steps &at, int count,
                               bool is_added) {
  constexpr int tiles = (Rows + tile_height - 1) / tile_height;
  constexpr int height = Rows / tiles, higher = Rows % tiles;
  for (int tile = 0; tile < higher; ++tile) {
    shared_tile<height + (higher > 0), Width, Bytes>(out, a, b, at, count, is_added);
    out += (height + 1) * at.out_step;
    a += (height + 1) * at.row_step;
  }
  for (int tile = higher; tile < tiles; ++tile) {
    shared_tile<height, Width, Bytes>(out, a, b, at, count, is_added);
    out += height * at.out_step;
    a += height * at.row_step;
  }
}

template <class T, int Bytes>
using lane_indices = std::make_index_sequence<static_cast<std::size_t>(pack<T, Bytes>::size)>;

/// Of two packs, every second block of Step lanes of both, from the first one on or the second.
template <int Step, bool Second, class T, int Bytes, std::size_t... Lane>
CHAINRULE_INLINE inline pack<T, Bytes> interleaved(const pack<T, Bytes> &a, const pack<T, Bytes> &b,
                                                   std::index_sequence<Lane...>) {
  constexpr int size = static_cast<int>(sizeof...(Lane)), shift = Second ? Step : 0;
  return typename pack<T, Bytes>::numbers(__builtin_shufflevector(
      a.lanes, b.lanes,
      (static_cast<int>(Lane) / Step % 2 == 0 ? static_cast<int>(Lane) + shift
                                              : static_cast<int>(Lane) - Step + shift + size)...));
}

/// Transposes as many packs as each has lanes: swaps blocks of 1, 2, 4, ... lanes.
template <int Step, class T, int Bytes, std::size_t... I>
CHAINRULE_INLINE inline void transpose_packs(pack<T, Bytes> *packs, std::index_sequence<I...> all) {
  if constexpr (Step < static_cast<int>(sizeof...(I))) {
    const pack<T, Bytes> swapped[] = {interleaved<Step, I / Step % 2 == 1>(
        packs[I / Step % 2 == 0 ? I : I - Step], packs[I / Step % 2 == 0 ? I + Step : I], all)...};
    ((packs[I] = swapped[I]), ...);
    transpose_packs<2 * Step>(packs, all);
  }
}

/// The sum of the lanes of each pack, in as many lanes, over and over.
template <int Step, class T, int Bytes, std::size_t... I>
CHAINRULE_INLINE inline pack<T, Bytes> sums_of_lanes(const pack<T, Bytes> *packs,
                                                     std::index_sequence<I...>) {
  constexpr lane_indices<T, Bytes> lanes;
  constexpr std::size_t count = sizeof...(I);
  if constexpr (Step == pack<T, Bytes>::size) {
    return packs[0];
  } else {
    const pack<T, Bytes> halves[] = {
        interleaved<Step, false>(packs[2 * I % count], packs[(2 * I + 1) % count], lanes) +
        interleaved<Step, true>(packs[2 * I % count], packs[(2 * I + 1) % count], lanes)...};
    return sums_of_lanes<2 * Step>(halves, std::make_index_sequence<(count + 1) / 2>{});
  }
}

/// Stores sums of which each is that of the lanes of a pack, Width of them in a row.
template <int Width, int Columns, class T, int Bytes, std::size_t Count>
CHAINRULE_INLINE inline void store_sums(T *out, const side_by_side<pack<T, Bytes>, Count> &sums,
                                        bool is_added) {
  constexpr std::size_t size = pack<T, Bytes>::size;
  const auto store_some = [&]<std::size_t First, std::size_t... I>(
      std::index_sequence<First>, std::index_sequence<I...> some) CHAINRULE_INLINE_CALL {
    const pack<T, Bytes> lanes = sums_of_lanes<1>(sums.of + First, some);
    const auto place = [out](std::size_t i) CHAINRULE_INLINE_CALL {
      return out + static_cast<int>(i) / Width * Columns + static_cast<int>(i) % Width;
    };
    if constexpr (Width == Columns) { // one after another
      constexpr int count = static_cast<int>(sizeof...(I));
      store<count>(out + First, is_added ? load<count, Bytes>(out + First) + lanes : lanes);
    } else if (is_added)
      ((*place(First + I) += lanes.lanes[I]), ...);
    else
      ((*place(First + I) = lanes.lanes[I]), ...);
  };
  const auto store_all = [&]<std::size_t... Group>(std::index_sequence<Group...>)
      CHAINRULE_INLINE_CALL {
    (store_some(
         std::index_sequence<Group * size>{},
         std::make_index_sequence<(Count - Group * size < size ? Count - Group * size : size)>{}),
     ...);
  };
  store_all(std::make_index_sequence<(Count + size - 1) / size>{});
}

/// Copies count columns of B^T, whose rows are at from + first, from + first + step, ..., for one
/// pack of a strip.
template <int Bytes, class T, std::size_t... I>
CHAINRULE_INLINE inline void copy_transposed(T *to, std::ptrdiff_t to_step, const T *from,
                                             std::ptrdiff_t step, int count,
                                             std::index_sequence<I...> all) {
  constexpr int size = pack<T, Bytes>::size;
  int k = 0;
  for (; k + size <= count; k += size) {
    pack<T, Bytes> packs[] = {load<size, Bytes>(from + static_cast<int>(I) * step + k)...};
    transpose_packs<1>(packs, all);
    (store<size>(to + (k + static_cast<int>(I)) * to_step, packs[I]), ...);
  }
  for (; k < count; ++k)
    ((to[k * to_step + static_cast<int>(I)] = from[static_cast<int>(I) * step + k]), ...);
}

/// Copies a strip of B, or of B^T, of count rows, whose last pack begins at column last.
template <bool Transposed, int Width, int Bytes, class T, std::size_t... Column>
[[gnu::noinline]] CHAINRULE_OPTIMIZED void copy_strip(T *to, const T *b, std::ptrdiff_t step,
                                                      std::ptrdiff_t last, int count,
                                                      std::index_sequence<Column...>) {
  constexpr int size = pack<T, Bytes>::size;
  const auto column = [last](std::size_t i) CHAINRULE_INLINE_CALL {
    return i + 1 < sizeof...(Column) ? static_cast<int>(i) * size : last;
  };
  if constexpr (Transposed)
    (copy_transposed<Bytes>(to + static_cast<int>(Column) * size, Width * size,
                            b + column(Column) * step, step, count, lane_indices<T, Bytes>{}),
     ...);
  else
    for (int k = 0; k < count; ++k)
      (store<size>(to + (k * Width + static_cast<int>(Column)) * size,
                   load<size, Bytes>(b + k * step + column(Column))),
       ...);
}

/// A large product in packs of Bytes: out = A B or, where is_added, out += A B.
template <int Rows, int Columns, int Inner, bool TransposeLeft, bool TransposeRight, int Bytes,
          class T>
struct large_product {
  static constexpr int size = pack<T, Bytes>::size, number = static_cast<int>(sizeof(T));
  static constexpr int blocks = (Inner + inner_block - 1) / inner_block;
  static constexpr int block = (Inner + blocks - 1) / blocks;
  // Rows of 2 KB, of which a strip reads a part, share few places of a cache. Measured: of A it is
  // from 1 KB on with AVX2.
  static constexpr bool copies_left = TransposeLeft && (Rows > panel_height) &&
                                      (Rows * number) >= (register_bytes == 32 ? 1024 : 2048);
  static constexpr bool copies_right =
      TransposeRight || (Rows >= 32 && Inner >= 32 && Columns * number >= 2048);
  static constexpr int panel = copies_left ? panel_height : Rows;

  CHAINRULE_OPTIMIZED static void run(T *out, const T *a, const T *b, bool is_added) {
    alignas(64) T strip_of_b[copies_right ? std::size_t(block * tile_width * size) : 1];
    alignas(64) T panel_of_a[copies_left ? std::size_t(block * panel) : 1];
    tile_steps at{TransposeLeft ? 1 : Inner, TransposeLeft ? Rows : 1, Columns, 0, Columns, 0, 0};
    if constexpr (copies_left)
      at.inner_step = panel;
    for (int k = 0; k < Inner; k += block, is_added = true) {
      const int count = Inner - k < block ? Inner - k : block;
      const T *const right = b + (TransposeRight ? k : k * Columns);
      for (int i = 0; i < Rows; i += panel) {
        const int height = Rows - i < panel ? Rows - i : panel;
        const T *left = a + (TransposeLeft ? k * Rows + i : i * Inner + k);
        if constexpr (copies_left) {
          for (int row = 0; row < count; ++row)
            __builtin_memcpy(panel_of_a + row * panel, left + row * Rows,
                             static_cast<std::size_t>(height) * sizeof(T));
          left = panel_of_a;
        }
        if (height == panel)
          strips<panel>(out + i * Columns, left, right, strip_of_b, at, count, is_added);
        else if constexpr (Rows % panel > 0)
          strips<Rows % panel>(out + i * Columns, left, right, strip_of_b, at, count, is_added);
      }
    }
  }

private:
  /// Some rows of all columns.
  template <int Height>
  CHAINRULE_OPTIMIZED static void strips(T *out, const T *a, const T *b, T *strip_of_b,
                                         tile_steps &at, int count, bool is_added) {
    constexpr int columns = tile_width * size, whole = Columns / columns * columns;
    for (int j = 0; j < whole; j += columns)
      one_strip<Height, tile_width>(out + j, a, b + j * (TransposeRight ? Inner : 1), strip_of_b,
                                    at, columns - size, count, is_added);
    if constexpr (whole < Columns)
      one_strip<Height, (Columns - whole + size - 1) / size>(
          out + whole, a, b + whole * (TransposeRight ? Inner : 1), strip_of_b, at,
          Columns - whole - size, count, is_added);
  }

  template <int Height, int Width>
  CHAINRULE_INLINE static inline void one_strip(T *out, const T *a, const T *b, T *strip_of_b,
                                                tile_steps &at, int last, int count,
                                                bool is_added) {
    at.out_last = at.b_last = last;
    at.overlap = (Width - 1) * size - last;
    if constexpr (copies_right) {
      copy_strip<TransposeRight, Width, Bytes>(strip_of_b, b, TransposeRight ? Inner : Columns,
                                               last, count,
                                               std::make_index_sequence<std::size_t{Width}>{});
      at.b_step = Width * size;
      at.b_last = (Width - 1) * size;
      b = strip_of_b;
    }
    strip<Height, Width, Bytes>(out, a, b, at, count, is_added);
  }
};

} // namespace detail

} // namespace chainrule::math::CHAINRULE_FLAGS
