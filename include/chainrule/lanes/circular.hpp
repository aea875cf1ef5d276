// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sin and cos of packs: x = n pi/2 + r, |r| <= pi/4, with pi/2 in four parts of which n times each
// of the first three is exact (Cody and Waite 1980), and polynomials for sin r and cos r. Lanes
// that are larger than n allows, infinite or NaN are the scalar functions'. Error: below 1 ulp
// (tests/runtime/lanes/pack.cpp). Read next:
// error_function.hpp.
#pragma once

#include <cstdint>

#include <chainrule/lanes/exponential.hpp>
#include <chainrule/math/trigonometric.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

// Polynomials through the values at Chebyshev nodes (60 digits), errors relative to the result.
template <has_packs T>
struct circular_constants;

template <>
struct circular_constants<double> {
  /// pi/2 by 33 bits, so that n has 20.
  static constexpr double half_pi[] = {0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69,
                                       0x1.b839a252049c1p-104};
  static constexpr double largest = 0x1p20;
  static constexpr double tiny = 0x1p-27; // its own sine
  /// (sin r - r) / r^3 in r^2, error 1.3e-17
  static constexpr double sin[] = {-0.16666666666666664621,    0.0083333333333309461029,
                                   -0.00019841269836754970014, 2.755731610068302914e-6,
                                   -2.5051131455427947391e-8,  1.5918101230274120348e-10};
  /// (cos r - 1 + r^2 / 2) / r^4 in r^2, error 6e-19
  static constexpr double cos[] = {0.041666666666666665387,    -0.0013888888888887395746,
                                   0.000024801587298763433164, -2.7557317270560324065e-7,
                                   2.0876146024689746601e-9,   -1.1382614868556324576e-11};
};

template <>
struct circular_constants<float> {
  /// pi/2 by 12 bits, so that n has 12.
  static constexpr float half_pi[] = {0x1.92p+0f, 0x1.fb4p-12f, 0x1.444p-24f, 0x1.68c234p-39f};
  static constexpr float largest = 0x1p12f;
  static constexpr float tiny = 0x1p-12f;
  /// error 1.8e-11
  static constexpr float sin[] = {-0.16666666663853044094f, 0.0083333318738370880387f,
                                  -0.00019840086263755441968f, 2.7249864655139583697e-6f};
  /// error 1e-9
  static constexpr float cos[] = {0.04166666465830042098f, -0.0013888302802309160442f,
                                  0.000024547891619813860947f};
};

/// sin(x + Quarters pi/2).
template <unsigned Quarters, has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> circular(const pack<T, Bytes> &x) {
  using constant = circular_constants<T>;
  using number = pack<T, Bytes>;
  using bits = typename number::bits;
  const number size = abs(x), shifter(pack_constants<T>::shifter);
  const number shifted = opaque(x * number(0.63661977236758134308) + shifter);
  const number n = opaque(shifted - shifter);
  // What each difference loses is exact, too, and smaller than the next part.
  const number first = x - n * number(constant::half_pi[0]);
  const number by_second = n * number(constant::half_pi[1]);
  const number second = opaque(first - by_second);
  const number by_third = n * number(constant::half_pi[2]);
  const number r = opaque(second - by_third);
  const number low = (((first - second) - by_second) + ((second - r) - by_third)) -
                     n * number(constant::half_pi[3]);

  const number q = r * r, half = number(0.5) * q, rounded = opaque(number(1) - half);
  const number sine = r + (r * q * polynomial_at<constant::sin>(q) + low * rounded);
  const number cosine = rounded + (((number(1) - rounded) - half) +
                                   (q * q * polynomial_at<constant::cos>(q) - r * low));
  // The lowest bit of n says which of them it is, the next one the sign.
  constexpr int top = 8 * static_cast<int>(sizeof(T)) - 1;
  const bits quadrant = shifted.as_bits() + Quarters;
  const number is_cosine = bits(bits{} - (quadrant & 1));
  number result = bits(choose(is_cosine, cosine, sine).as_bits() ^ (quadrant >> 1 << top));
  if constexpr (Quarters == 0) // whose sign counts at 0
    result = choose(mask_of<false>(size, number(constant::tiny)), x, result);

  const number is_usual = mask_of<true>(size, number(constant::largest));
  bool all_are = true;
  for (int i = 0; i < number::size; ++i)
    all_are = all_are && is_usual.as_bits()[i] != 0;
  if (!all_are) [[unlikely]]
    for (int i = 0; i < number::size; ++i)
      if (is_usual.as_bits()[i] == 0)
        result.lanes[i] = Quarters == 0 ? math::sin(T(x.lanes[i])) : math::cos(T(x.lanes[i]));
  return result;
}

} // namespace detail

/// Of any x, in radians.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> sin(const pack<T, Bytes> &x) {
  return detail::circular<0>(x);
}
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> cos(const pack<T, Bytes> &x) {
  return detail::circular<1>(x);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
