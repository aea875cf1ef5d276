// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// pack: several numbers of one vector register as one scalar, with arithmetic and masks, lane by
// lane without a branch. The value rules of operations, written for any scalar, run on packs as
// they stand. By the compiler's vector extension: no -O3 and no -ffast-math is needed. Not for
// constant evaluation.
// Read next: exponential.hpp.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <chainrule/math/library.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// Types whose arithmetic vector registers have.
template <class T>
concept has_packs = std::same_as<T, double> || std::same_as<T, float>;

/// Whether loops and kernels take a pack of them at a time.
template <class T>
inline constexpr bool runs_on_packs = has_packs<T> && !is_for_size;

/// As wide as the processor's registers are certain to be.
#if defined(__AVX512F__)
inline constexpr int register_bytes = 64;
#elif defined(__AVX__)
inline constexpr int register_bytes = 32;
#else
inline constexpr int register_bytes = 16;
#endif

/// The width of a pack that is a scalar of a call, and of loops too short for wider ones.
inline constexpr int pack_bytes = register_bytes < 32 ? register_bytes : 32;

} // namespace chainrule::math::CHAINRULE_FLAGS

namespace chainrule::math {

/// Lanes of T. A mask is a pack whose lanes are all ones or all zeros, bit by bit.
template <has_packs T, int Bytes = pack_bytes>
struct pack {
  using value_type = T;
  using numbers [[gnu::vector_size(Bytes)]] = T;
  using bits [[gnu::vector_size(Bytes)]] =
      std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
  static constexpr int size = Bytes / static_cast<int>(sizeof(T));

  numbers lanes;

  pack() = default;
  CHAINRULE_INLINE constexpr pack(numbers of) : lanes(of) {}
  CHAINRULE_INLINE constexpr pack(bits of) : lanes(__builtin_bit_cast(numbers, of)) {}
  /// The number in every lane.
  template <arithmetic Number>
  CHAINRULE_INLINE constexpr pack(Number number)
      : pack(static_cast<T>(number), std::make_index_sequence<static_cast<std::size_t>(size)>{}) {}

  CHAINRULE_INLINE constexpr bits as_bits() const { return __builtin_bit_cast(bits, lanes); }

  CHAINRULE_INLINE friend constexpr pack operator+(const pack &a, const pack &b) {
    return a.lanes + b.lanes;
  }
  CHAINRULE_INLINE friend constexpr pack operator-(const pack &a, const pack &b) {
    return a.lanes - b.lanes;
  }
  CHAINRULE_INLINE friend constexpr pack operator*(const pack &a, const pack &b) {
    return a.lanes * b.lanes;
  }
  CHAINRULE_INLINE friend constexpr pack operator/(const pack &a, const pack &b) {
    return a.lanes / b.lanes;
  }
  CHAINRULE_INLINE friend constexpr pack operator-(const pack &a) { return -a.lanes; }

private:
  template <std::size_t... I>
  CHAINRULE_INLINE constexpr pack(T number, std::index_sequence<I...>)
      : lanes{((void)I, number)...} {}
};

} // namespace chainrule::math

namespace chainrule::math::CHAINRULE_FLAGS {

template <class T>
inline constexpr bool is_pack = false;
template <has_packs T, int Bytes>
inline constexpr bool is_pack<pack<T, Bytes>> = true;

/// The mask of a < b, or of a <= b.
template <bool OrEqual, has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> mask_of(const pack<T, Bytes> &a, const pack<T, Bytes> &b) {
  using bits = typename pack<T, Bytes>::bits;
  if constexpr (OrEqual)
    return __builtin_bit_cast(bits, a.lanes <= b.lanes);
  else
    return __builtin_bit_cast(bits, a.lanes < b.lanes);
}

/// The mask of x != 0, which NaN is not.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> mask_of_nonzero(const pack<T, Bytes> &x) {
  return __builtin_bit_cast(typename pack<T, Bytes>::bits,
                            x.lanes != typename pack<T, Bytes>::numbers{});
}

/// mask ? a : b
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> choose(const pack<T, Bytes> &mask, const pack<T, Bytes> &a,
                                              const pack<T, Bytes> &b) {
  return (mask.as_bits() & a.as_bits()) | (~mask.as_bits() & b.as_bits());
}

#if defined(__clang__)
#define CHAINRULE_OF_512_BITS(name, lanes, a, b) __builtin_ia32_##name##512(a, b, 4)
#else
#define CHAINRULE_OF_512_BITS(name, lanes, a, b) __builtin_ia32_##name##512_mask(a, b, a, lanes, 4)
#endif

/// a where a < b, else b; one instruction.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> smaller(const pack<T, Bytes> &a, const pack<T, Bytes> &b) {
#if defined(__AVX512F__)
  if constexpr (Bytes == 64 && sizeof(T) == 8)
    return CHAINRULE_OF_512_BITS(minpd, 0xff, a.lanes, b.lanes);
  else if constexpr (Bytes == 64)
    return CHAINRULE_OF_512_BITS(minps, -1, a.lanes, b.lanes);
  else
#endif
#if defined(__AVX__)
      if constexpr (sizeof(T) == 8)
    return __builtin_ia32_minpd256(a.lanes, b.lanes);
  else
    return __builtin_ia32_minps256(a.lanes, b.lanes);
#elif defined(__SSE2__)
  if constexpr (sizeof(T) == 8)
    return __builtin_ia32_minpd(a.lanes, b.lanes);
  else
    return __builtin_ia32_minps(a.lanes, b.lanes);
#else
  return choose(mask_of<false>(a, b), a, b);
#endif
}

/// b where a < b, else a; one instruction.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> larger(const pack<T, Bytes> &a, const pack<T, Bytes> &b) {
#if defined(__AVX512F__)
  if constexpr (Bytes == 64 && sizeof(T) == 8)
    return CHAINRULE_OF_512_BITS(maxpd, 0xff, b.lanes, a.lanes);
  else if constexpr (Bytes == 64)
    return CHAINRULE_OF_512_BITS(maxps, -1, b.lanes, a.lanes);
  else
#endif
#if defined(__AVX__)
      if constexpr (sizeof(T) == 8)
    return __builtin_ia32_maxpd256(b.lanes, a.lanes);
  else
    return __builtin_ia32_maxps256(b.lanes, a.lanes);
#elif defined(__SSE2__)
  if constexpr (sizeof(T) == 8)
    return __builtin_ia32_maxpd(b.lanes, a.lanes);
  else
    return __builtin_ia32_maxps(b.lanes, a.lanes);
#else
  return choose(mask_of<false>(a, b), b, a);
#endif
}

#undef CHAINRULE_OF_512_BITS

#if defined(__clang__)
#define CHAINRULE_ROOT_OF_512_BITS(name, lanes, x) __builtin_ia32_##name##512(x, 4)
#else
#define CHAINRULE_ROOT_OF_512_BITS(name, lanes, x) __builtin_ia32_##name##512_mask(x, x, lanes, 4)
#endif

/// The square root; one instruction.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> sqrt(const pack<T, Bytes> &x) {
#if defined(__AVX512F__)
  if constexpr (Bytes == 64 && sizeof(T) == 8)
    return CHAINRULE_ROOT_OF_512_BITS(sqrtpd, 0xff, x.lanes);
  else if constexpr (Bytes == 64)
    return CHAINRULE_ROOT_OF_512_BITS(sqrtps, -1, x.lanes);
  else
#endif
#if defined(__AVX__)
      if constexpr (sizeof(T) == 8)
    return __builtin_ia32_sqrtpd256(x.lanes);
  else
    return __builtin_ia32_sqrtps256(x.lanes);
#elif defined(__SSE2__)
  if constexpr (sizeof(T) == 8)
    return __builtin_ia32_sqrtpd(x.lanes);
  else
    return __builtin_ia32_sqrtps(x.lanes);
#else
  pack<T, Bytes> result = x;
  for (int i = 0; i < pack<T, Bytes>::size; ++i)
    result.lanes[i] = static_cast<T>(__builtin_sqrt(x.lanes[i])); // of a float rounded once, too
  return result;
#endif
}

#undef CHAINRULE_ROOT_OF_512_BITS

/// Count numbers from memory; the other lanes are 0. Fewer than a pack go one by one: the processor
/// waits for what was stored in other pieces than it is read back in.
template <int Count, int Bytes = pack_bytes, has_packs T>
CHAINRULE_INLINE inline pack<T, Bytes> load(const T *from) {
  pack<T, Bytes> result;
  if constexpr (Count < pack<T, Bytes>::size) {
    result = pack<T, Bytes>(0);
    for (int i = 0; i < Count; ++i)
      result.lanes[i] = from[i];
  } else {
    __builtin_memcpy(&result.lanes, from, Count * sizeof(T));
  }
  return result;
}

/// The first Count lanes to memory.
template <int Count, has_packs T, int Bytes>
CHAINRULE_INLINE inline void store(T *to, const pack<T, Bytes> &from) {
#if !defined(__clang__)
  if constexpr (Count < pack<T, Bytes>::size) {
    for (int i = 0; i < Count; ++i)
      to[i] = from.lanes[i];
    return;
  }
#endif
  __builtin_memcpy(to, &from.lanes, Count * sizeof(T));
}

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> abs(const pack<T, Bytes> &x) {
  return x.as_bits() & ~pack<T, Bytes>(-T(0)).as_bits();
}

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> copysign(const pack<T, Bytes> &magnitude,
                                                const pack<T, Bytes> &sign) {
  const auto sign_bit = pack<T, Bytes>(-T(0)).as_bits();
  return (magnitude.as_bits() & ~sign_bit) | (sign.as_bits() & sign_bit);
}

namespace detail {

/// The same numbers, of which the compiler does not know where they come from: with -ffast-math it
/// takes (x + c) - c for x, and ((x + c) - c) d for (x + c) d - c d.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> opaque(pack<T, Bytes> x) {
#if defined(__AVX512F__)
  asm("" : "+v"(x.lanes)); // any of 32 registers
#elif defined(__SSE2__)
  asm("" : "+x"(x.lanes));
#else
  asm("" : "+m"(x.lanes));
#endif
  return x;
}

template <int Size>
using lanes_in_order = std::make_index_sequence<static_cast<std::size_t>(Size)>;

/// Half of the lanes, from the first one on. Packs and not vectors: to return those changes the ABI
/// where there are no such registers, which g++ warns of.
template <int First, has_packs T, int Bytes, std::size_t... I>
CHAINRULE_INLINE inline pack<T, Bytes / 2> half_of(const pack<T, Bytes> &of,
                                                   std::index_sequence<I...>) {
  return __builtin_shufflevector(of.lanes, of.lanes, (First + static_cast<int>(I))...);
}
/// The lanes of two packs.
template <has_packs T, int Bytes, std::size_t... I>
CHAINRULE_INLINE inline pack<T, 2 * Bytes>
together(const pack<T, Bytes> &first, const pack<T, Bytes> &second, std::index_sequence<I...>) {
  return __builtin_shufflevector(first.lanes, second.lanes, static_cast<int>(I)...);
}

/// Whether a mask is set in every lane. Not lane by lane: that is a loop (g++ 12, -O2).
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline bool is_everywhere(const pack<T, Bytes> &mask) {
  constexpr int half = pack<T, Bytes>::size / 2;
  if constexpr (Bytes > 16) {
    const pack<T, Bytes / 2> low = half_of<0>(mask, lanes_in_order<half>{}),
                             high = half_of<half>(mask, lanes_in_order<half>{});
    return is_everywhere(pack<T, Bytes / 2>(low.as_bits() & high.as_bits()));
  } else {
    using words [[gnu::vector_size(16)]] = std::uint64_t;
    const auto both = __builtin_bit_cast(words, mask.lanes);
    return (both[0] & both[1]) == ~std::uint64_t{0};
  }
}

/// Computes the lanes that are not usual one by one.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline void mend(pack<T, Bytes> &result, const pack<T, Bytes> &is_usual,
                                  auto value) {
  if (!is_everywhere(is_usual)) [[unlikely]]
    for (int i = 0; i < pack<T, Bytes>::size; ++i)
      if (is_usual.as_bits()[i] == 0)
        result.lanes[i] = value(i);
}

template <int Bytes>
using doubles = pack<double, Bytes>;

/// A function of packs of double, of float in two halves.
template <has_packs T, int Bytes, std::same_as<pack<T, Bytes>>... More>
CHAINRULE_INLINE inline pack<T, Bytes> in_double(const auto &function, const pack<T, Bytes> &x,
                                                 const More &...more) {
  if constexpr (std::same_as<T, double>) {
    return function(x, more...);
  } else {
    constexpr int half = pack<T, Bytes>::size / 2;
    using narrow = pack<T, Bytes / 2>;
    const auto part = [&]<int First>() CHAINRULE_INLINE_CALL {
      const auto widened = [](const pack<T, Bytes> &from) CHAINRULE_INLINE_CALL {
        return doubles<Bytes>(__builtin_convertvector(
            half_of<First>(from, lanes_in_order<half>{}).lanes, typename doubles<Bytes>::numbers));
      };
      return narrow(__builtin_convertvector(function(widened(x), widened(more)...).lanes,
                                            typename narrow::numbers));
    };
    return together(part.template operator()<0>(), part.template operator()<half>(),
                    lanes_in_order<2 * half>{});
  }
}

} // namespace detail

} // namespace chainrule::math::CHAINRULE_FLAGS
