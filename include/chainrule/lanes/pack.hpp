// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// pack: several numbers of one vector register as one scalar, with arithmetic, masks and the
// functions that networks need most, lane by lane without a branch. The value rules of operations,
// written for any scalar, run on packs as they stand. By the compiler's vector extension: no -O3
// and no -ffast-math is needed. Not for constant evaluation.
//   exp: x = k ln2 + r, |r| <= ln2 / 2, and a polynomial for exp(r)
//   log: x = 2^k (1 + f), s = f / (2 + f), and a polynomial for log(1 + f) = 2 artanh(s)
// Error: below 1 ulp (tests/runtime/lanes/pack.cpp).
// Read next: lane.hpp.
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

namespace detail {

// Polynomials through the values at Chebyshev nodes (60 digits), errors relative to the result.
template <has_packs T>
struct pack_constants;

template <>
struct pack_constants<double> {
  /// Added to a small number it leaves the rounded integer in the lowest bits.
  static constexpr double shifter = 0x1.8p52;
  // ln2 = high + low; k * high is exact for every binary exponent k.
  static constexpr double ln2_high = 0x1.62e42fefap-1, ln2_low = 0x1.cf79abc9e3b39p-40;
  static constexpr double lowest_exp = -746, highest_exp = 710;
  /// (e^r - 1 - r) / r^2 for |r| <= ln2 / 2, error 1.3e-17
  static constexpr double exp[] = {0.50000000000000010221,   0.16666666666666667453,
                                   0.041666666666624127873,  0.0083333333333300618325,
                                   0.0013888888917213716901, 0.00019841269863053616878,
                                   2.4801521295954375131e-5, 2.7557268459997064772e-6,
                                   2.7620088445409748161e-7, 2.5100385495510319078e-8};
  /// (artanh(s) / s - 1) / q for q = s^2, |s| <= (sqrt 2 - 1) / (sqrt 2 + 1), error 9e-18
  static constexpr double log[] = {0.33333333333333348442,  0.19999999999949721617,
                                   0.14285714313001634371,  0.11111105565129938515,
                                   0.090914447278374730193, 0.07665855309105385784,
                                   0.073082927124443109947};
};

template <>
struct pack_constants<float> {
  static constexpr float shifter = 0x1.8p23f;
  static constexpr float ln2_high = 0x1.62ep-1f, ln2_low = 0x1.0bfbe8p-15f;
  static constexpr float lowest_exp = -104, highest_exp = 89;
  /// error 8e-9
  static constexpr float exp[] = {0.5f, 0.16666576989698775683f, 0.041666554617204574203f,
                                  0.0083631790527225773704f, 0.0013926183587713494542f};
  /// error 6e-9
  static constexpr float log[] = {0.33333342522578014533f, 0.19994389141081403864f,
                                  0.14790026521594221072f};
};

/// c[At] + c[At + Step] x + c[At + 2 Step] x^2 + ...
template <auto &Coefficients, int At, int Step, has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> horner(const pack<T, Bytes> &x) {
  if constexpr (At + Step >= static_cast<int>(std::size(Coefficients)))
    return pack<T, Bytes>(Coefficients[At]);
  else
    return pack<T, Bytes>(Coefficients[At]) + x * horner<Coefficients, At + Step, Step>(x);
}

/// c[0] + c[1] x + c[2] x^2 + ..., even and odd powers apart: half the latency of one chain.
template <auto &Coefficients, has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> polynomial_at(const pack<T, Bytes> &x) {
  const pack<T, Bytes> square = x * x;
  return horner<Coefficients, 0, 2>(square) + x * horner<Coefficients, 1, 2>(square);
}

} // namespace detail

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

} // namespace detail

/// e^x, any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> exp(const pack<T, Bytes> &x) {
  using constant = detail::pack_constants<T>;
  using limits = std::numeric_limits<T>;
  using bits = typename pack<T, Bytes>::bits;
  // Beyond these it is 0 or infinity. NaN stays NaN.
  const pack<T, Bytes> at = smaller(pack<T, Bytes>(constant::highest_exp),
                                    larger(x, pack<T, Bytes>(constant::lowest_exp)));
  const pack<T, Bytes> shifter(constant::shifter);
  const pack<T, Bytes> shifted = detail::opaque(at * pack<T, Bytes>(1.4426950408889634) + shifter);
  const pack<T, Bytes> multiple = detail::opaque(shifted - shifter);
  const pack<T, Bytes> high = at - multiple * pack<T, Bytes>(constant::ln2_high);
  const pack<T, Bytes> low = multiple * pack<T, Bytes>(constant::ln2_low);
  const pack<T, Bytes> r = high - low;
  const pack<T, Bytes> lost = (high - r) - low;
  const pack<T, Bytes> fraction =
      pack<T, Bytes>(1) + (r + (lost + r * r * detail::polynomial_at<constant::exp>(r)));
  // 2^k in two factors: alone it reaches neither infinity nor the smallest numbers. Both biased
  // exponents are positive; k + 2 bias halved is k / 2 + bias, without a shift of a negative
  // number.
  constexpr int bias = limits::max_exponent - 1;
  const bits twice = shifted.as_bits() - shifter.as_bits() + 2 * bias;
  const bits half = twice >> 1;
  return fraction * pack<T, Bytes>(bits(half << (limits::digits - 1))) *
         pack<T, Bytes>(bits((twice - half) << (limits::digits - 1)));
}

/// Natural logarithm, x >= 0 (-inf at 0, NaN below).
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> log(const pack<T, Bytes> &x) {
  using constant = detail::pack_constants<T>;
  using limits = std::numeric_limits<T>;
  using bits = typename pack<T, Bytes>::bits;
  constexpr int mantissa = limits::digits - 1, bias = limits::max_exponent - 1;
  const pack<T, Bytes> zero(0), shifter(constant::shifter), infinity(limits::infinity());
  const pack<T, Bytes> is_subnormal = mask_of<false>(x, pack<T, Bytes>(limits::min()));
  const pack<T, Bytes> normal =
      choose(is_subnormal, x * pack<T, Bytes>(std::uint64_t{1} << limits::digits), x);
  // The bits of sqrt(1/2) subtracted first: the exponent then steps there and not at 1. A bias
  // keeps it positive.
  const bits steps = (normal.as_bits() + (pack<T, Bytes>(1).as_bits() -
                                          pack<T, Bytes>(0.70710678118654752440L).as_bits()));
  const bits exponent = steps >> mantissa;
  const pack<T, Bytes> fraction = bits(normal.as_bits() - ((exponent - bias) << mantissa));
  const pack<T, Bytes> lifted =
      choose(is_subnormal, pack<T, Bytes>(bias + limits::digits), pack<T, Bytes>(bias));
  // The integer as a number: in the lowest bits of the shifter.
  const pack<T, Bytes> k =
      detail::opaque(pack<T, Bytes>(bits(exponent + shifter.as_bits())) - shifter) - lifted;
  const pack<T, Bytes> f = fraction - pack<T, Bytes>(1), s = f / (pack<T, Bytes>(2) + f), q = s * s;
  const pack<T, Bytes> half_square = pack<T, Bytes>(0.5) * f * f;
  // 2 s is computed as f - f^2/2 + s f^2/2: f is exact and s is not.
  const pack<T, Bytes> rest =
      s * (half_square + pack<T, Bytes>(2) * q * detail::polynomial_at<constant::log>(q)) +
      k * pack<T, Bytes>(constant::ln2_low);
  const pack<T, Bytes> result = k * pack<T, Bytes>(constant::ln2_high) - ((half_square - rest) - f);
  // infinity and NaN are themselves; 0 and what is below are not regular
  const pack<T, Bytes> not_positive =
      choose(mask_of<true>(zero, x), -infinity, pack<T, Bytes>(limits::quiet_NaN()));
  const pack<T, Bytes> is_finite = mask_of<false>(x, infinity),
                       is_positive = mask_of<false>(zero, x);
  return choose(is_finite, choose(is_positive, result, not_positive), x);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
