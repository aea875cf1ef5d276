// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// erf, erfc, and phi and Phi of the normal distribution, of packs, by the formulas of
// math/error_function.hpp; float in double. Error: below 5 ulp, of erf 3
// (tests/runtime/lanes/pack.cpp).
// Read next: lane.hpp.
#pragma once

#include <chainrule/lanes/exponential.hpp>
#include <chainrule/math/error_function.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// factor e^-((x / scale)^2), of size = |x| where that is not beyond the last; as `decayed`.
template <int Bytes>
CHAINRULE_INLINE inline doubles<Bytes>
bell(const doubles<Bytes> &size, const tail_scale<double> &scale, const doubles<Bytes> &factor) {
  using number = doubles<Bytes>;
  using bits = typename number::bits;
  // The square of 26 bits, the product and the square of the other 27 are exact.
  constexpr std::uint64_t low_bits = (std::uint64_t{1} << 27) - 1;
  const number high = bits(size.as_bits() & ~low_bits), low = size - high;
  const number square = opaque(size * size);
  const number lost = ((high * high - square) + number(2) * high * low) + low * low;
  const number exponent = square * number(scale.square), rest = lost * number(scale.square);
  // e^-128 split off where the exponential would be subnormal
  const number is_far = mask_of<false>(number(675), exponent);
  const number start = bits(is_far.as_bits() & number(128).as_bits());
  return factor * exp(start - exponent, -rest) *
         choose(is_far, number(0x1.42eb9f39afb0bp-185), number(1));
}

/// |x|, and not beyond the last; NaN stays NaN.
template <int Bytes>
CHAINRULE_INLINE inline doubles<Bytes> bounded(const doubles<Bytes> &x,
                                               const tail_scale<double> &scale) {
  return smaller(doubles<Bytes>(scale.last), abs(x));
}

/// factor erfc(x / scale).
template <int Bytes>
CHAINRULE_INLINE inline doubles<Bytes> upper_tail(const doubles<Bytes> &x,
                                                  const tail_scale<double> &scale, double factor) {
  using number = doubles<Bytes>;
  const number size = bounded(x, scale), one(1);
  const number ratio = number(2) * size / (size + number(scale.center));
  const number above_1 = ratio * polynomial_at<tail_coefficients>(ratio - one);
  const number tail =
      bell(size, scale, number(factor) * ((one + above_1) / (one + number(scale.slope) * size)));
  return choose(mask_of<false>(x, number(0)), number(2 * factor) - tail, tail);
}

/// erf x / x - 1 in x^2 for |x| <= 1/2, through the values at Chebyshev nodes (60 digits),
/// error 2.4e-20.
inline constexpr double erf_coefficients[] = {
    0.12837916709551257387,    -0.37612638903183750513,     0.11283791670954868286,
    -0.026866170644999356424,  0.005223977622008844656,     -0.00085483265097185468317,
    0.00012055286128871107561, -0.000014923000283850107694, 1.637116455289283644e-6,
    -1.4620256114391554003e-7};

} // namespace detail

/// 1 - erf x without cancellation, any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> erfc(const pack<T, Bytes> &x) {
  return detail::in_double(
      [](const pack<double, Bytes> &of) {
        return detail::upper_tail(of, detail::erfc_scale<double>, 1.0);
      },
      x);
}

/// erf x, any x: 1 - erfc x where that cancels nothing.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> erf(const pack<T, Bytes> &x) {
  return detail::in_double(
      [](const pack<double, Bytes> &of) {
        using number = pack<double, Bytes>;
        const number size = abs(of);
        const number near = of + of * detail::polynomial_at<detail::erf_coefficients>(of * of);
        const number far = number(1) - detail::upper_tail(size, detail::erfc_scale<double>, 1.0);
        return choose(mask_of<false>(size, number(0.5)), near, copysign(far, of));
      },
      x);
}

/// Phi(x), any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> normal_cdf(const pack<T, Bytes> &x) {
  return detail::in_double(
      [](const pack<double, Bytes> &of) {
        return detail::upper_tail(-of, detail::normal_scale<double>, 0.5);
      },
      x);
}

/// phi(x), any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> normal_density(const pack<T, Bytes> &x) {
  return detail::in_double(
      [](const pack<double, Bytes> &of) {
        const auto &scale = detail::normal_scale<double>;
        return detail::bell(detail::bounded(of, scale), scale,
                            pack<double, Bytes>(0x1.9884533d43651p-2));
      },
      x);
}

/// 2 / sqrt(pi) e^(-x^2), any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> erf_slope(const pack<T, Bytes> &x) {
  return detail::in_double(
      [](const pack<double, Bytes> &of) {
        const auto &scale = detail::erfc_scale<double>;
        return detail::bell(detail::bounded(of, scale), scale,
                            pack<double, Bytes>(0x1.20dd750429b6dp+0));
      },
      x);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
