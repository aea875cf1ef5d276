// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sin cos tan atan atan2 of packs.
//   sin, cos: x = n pi/2 + r, |r| <= pi/4, with pi/2 in four parts of which n times each of the
//     first three is exact (Cody and Waite 1980), and polynomials for sin r and cos r
//   atan2: y / x or its inverse below 1, pi/4 + atan((a - b) / (a + b)) above 1/2, and a
//     polynomial for atan
// Lanes that are larger than n allows, infinite or NaN are the scalar functions'. Error: sin and
// cos below 1 ulp, tan 3, the others 2 (tests/runtime/lanes/pack.cpp). Read next:
// error_function.hpp.
#pragma once

#include <limits>

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
  /// pi/4 = high + low; 3 high is exact.
  static constexpr double quarter_pi_high = 0x1.921fb54442d18p-1,
                          quarter_pi_low = 0x1.1a62633145c07p-55;
  /// (atan z - z) / z^3 in z^2, |z| <= 1/2, error 8.3e-19
  static constexpr double atan[] = {
      -0.33333333333333332955,  0.19999999999999487725,   -0.14285714285599143248,
      0.11111111100913818568,   -0.090909086201769817026, 0.076922947090380435085,
      -0.0666643562397062883,   0.058795778977469587716,  -0.052400959742757092813,
      0.046280093947397323428,  -0.038066107887640613625, 0.025005822107796952966,
      -0.0092153190709245582768};
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
  static constexpr float quarter_pi_high = 0x1.921fb00000000p-1f,
                         quarter_pi_low = 0x1.5110b40000000p-23f;
  /// error 9.6e-10
  static constexpr float atan[] = {-0.33333332901390774922f,  0.19999875227630149901f,
                                   -0.14279800278703165669f,  0.11006870315345271714f,
                                   -0.082354528186013121265f, 0.04225592352583889385f};
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

  mend(result, mask_of<true>(size, number(constant::largest)),
       [&](int i) { return Quarters == 0 ? math::sin(T(x.lanes[i])) : math::cos(T(x.lanes[i])); });
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

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> tan(const pack<T, Bytes> &x) {
  return sin(x) / cos(x);
}

/// The angle of the point (x, y), in [-pi, pi].
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> atan2(const pack<T, Bytes> &y, const pack<T, Bytes> &x) {
  using constant = detail::circular_constants<T>;
  using number = pack<T, Bytes>;
  const number zero(0), one(1), width = abs(x), height = abs(y);
  const number is_steep = mask_of<false>(width, height);
  const number longer = choose(is_steep, height, width), shorter = choose(is_steep, width, height);
  const number is_diagonal = mask_of<false>(number(0.5) * longer, shorter);
  const number z = choose(is_diagonal, shorter - longer, shorter) /
                   choose(is_diagonal, shorter + longer, longer);
  const number q = z * z, from_axis = z + z * q * detail::polynomial_at<constant::atan>(q);
  // So many times pi/4 and +- that angle, mirrored at the diagonal and at the y axis.
  const number is_left = mask_of<false>(x, zero);
  const number above = choose(is_diagonal, one, zero);
  const number below_left = choose(is_steep, number(2) - above, above);
  const number eighths = choose(is_left, number(4) - below_left, below_left);
  const number rest = choose(number(is_steep.as_bits() ^ is_left.as_bits()), -from_axis, from_axis);
  number result = copysign(eighths * number(constant::quarter_pi_high) +
                               (rest + eighths * number(constant::quarter_pi_low)),
                           y);
  const number is_usual =
      choose(mask_of<false>(zero, longer),
             mask_of<false>(longer, number(std::numeric_limits<T>::max() / 4)), zero);
  detail::mend(result, is_usual, [&](int i) { return math::atan2(T(y.lanes[i]), T(x.lanes[i])); });
  return result;
}
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> atan(const pack<T, Bytes> &x) {
  return atan2(x, pack<T, Bytes>(1));
}

} // namespace chainrule::math::CHAINRULE_FLAGS
