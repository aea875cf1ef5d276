// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// pow of packs: exp(y log x), log x and y log x being sums high + low.
//   log x = k ln2 + 2/3 s (3 + s^2 + rest), s = f / (2 + f), x = 2^k (1 + f)
// The leading parts have 24 bits, so that their products are exact, fused or not. float is computed
// in double. Lanes that are not usual, x <= 0, subnormal, infinite or NaN, or a huge y log x, are
// the scalar function's. Error: below 1.25 ulp, of float 0.51 (tests/runtime/lanes/pack.cpp); with
// -ffast-math below 1.5.
// Read next: circular.hpp.
#pragma once

#include <limits>

#include <chainrule/lanes/exponential.hpp>
#include <chainrule/math/elementary.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// (3 artanh(s) / s - 3 - q) / q^2 for q = s^2, |s| <= (sqrt 2 - 1) / (sqrt 2 + 1), through the
/// values at Chebyshev nodes (60 digits), error 4.6e-18, of log x 8e-22.
inline constexpr double log_rest_coefficients[] = {
    0.59999999999999999726, 0.42857142857144049352, 0.33333333332483828556, 0.27272727503089202442,
    0.23076892443777647273, 0.20002207040770965456, 0.17559354509236809837, 0.17584767935814775942};

/// high + low, |low| <= 2^-22 |high|; high has 24 bits.
template <int Bytes>
struct sum_of_doubles {
  doubles<Bytes> high, low;
};

/// The first 24 bits. What is left of x is exact.
template <int Bytes>
CHAINRULE_INLINE inline doubles<Bytes> leading(const doubles<Bytes> &x) {
  using bits = typename doubles<Bytes>::bits;
  return opaque(doubles<Bytes>(bits(x.as_bits() & ~((std::uint64_t{1} << 29) - 1))));
}

/// log x of a normal x > 0, relative error 2^-65.
template <int Bytes>
CHAINRULE_INLINE inline sum_of_doubles<Bytes> log_sum(const doubles<Bytes> &x) {
  using number = doubles<Bytes>;
  using constant = pack_constants<double>;
  const auto [exponent, fraction] = split(x);
  const number k = opaque(exponent - number(1023)), f = opaque(fraction - number(1)), two(2),
               three(3);

  // s = s_high + s_low = f / divisor
  const number divisor = opaque(two + f), divisor_high = leading(divisor);
  const number divisor_low = f - opaque(divisor_high - two);
  const number inverse = number(1) / divisor, s = opaque(f * inverse), s_high = leading(s);
  const number s_low =
      (opaque(f - opaque(s_high * divisor_high)) - opaque(s_high * divisor_low)) * inverse;

  // 3 + s^2 + rest = factor_high + factor_low
  const number q_high = opaque(s_high * s_high), q_low = s_low * (s_high + s), q = q_high + q_low;
  const number rest = opaque(q * q * polynomial_at<log_rest_coefficients>(q) + q_low);
  const number factor_high = leading(three + (q_high + rest));
  const number factor_low = rest - opaque(opaque(factor_high - three) - q_high);

  const number product = opaque(s_high * factor_high), left = s_low * factor_high + factor_low * s;
  const number product_high = leading(product + left);
  const number product_low = left - opaque(product_high - product);

  // 2/3 = high + low
  const number near = opaque(product_high * number(0x1.555554p-1));
  const number near_low =
      product_high * number(0x1.5555555555555p-25) + product_low * number(0.66666666666666666667);

  const number far = opaque(k * number(constant::ln2_high)), sum = opaque(far + near);
  const number lost = opaque(near - opaque(sum - far)) + (near_low + k * number(constant::ln2_low));
  const number high = leading(sum + lost);
  return {high, lost - opaque(high - sum)};
}

/// log2(x) / s in s^2, error 4.3e-12.
inline constexpr double log2_coefficients[] = {2.8853900817899931572, 0.96179667344322825542,
                                               0.577083567703489245, 0.41167365840081596267,
                                               0.34071413665191199365};
/// 2^r for |r| <= 1/2, error 5.6e-11.
inline constexpr double exp2_coefficients[] = {
    0.99999999995955527585,    0.69314718055683191516,    0.24022651213560260727,
    0.055504109063306515224,   0.0096180256050282954976,  0.0013333478467305139905,
    0.00015469731866958544244, 0.000015303702753124401096};

/// x^y of floats, a normal x > 0 and a finite y: 2^(y log2 x), that nothing is lost of in double.
template <int Bytes>
CHAINRULE_INLINE inline doubles<Bytes> power_of_floats(const doubles<Bytes> &x,
                                                       const doubles<Bytes> &y) {
  using number = doubles<Bytes>;
  const auto [exponent, fraction] = split(x);
  const number s = (fraction - number(1)) / (fraction + number(1));
  const number logarithm =
      opaque(exponent - number(1023)) + s * polynomial_at<log2_coefficients>(s * s);
  // Beyond these it is 0 or infinity to a float.
  const number at = smaller(number(200), larger(y * logarithm, number(-200)));
  const number shifter(pack_constants<double>::shifter), shifted = opaque(at + shifter);
  return polynomial_at<exp2_coefficients>(at - opaque(shifted - shifter)) *
         power_of_two<double, Bytes>(shifted.as_bits() - shifter.as_bits() + 1023);
}

} // namespace detail

/// x^y, as C's pow.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> pow(const pack<T, Bytes> &x, const pack<T, Bytes> &y) {
  using number = pack<T, Bytes>;
  using limits = std::numeric_limits<T>;
  number result, is_usual;
  const number is_regular = choose(mask_of<true>(number(limits::min()), x),
                                   mask_of<true>(x, number(limits::max())), number(0));
  if constexpr (std::same_as<T, double>) {
    const auto [log_high, log_low] = detail::log_sum(x);
    const number y_high = detail::leading(y), y_low = detail::opaque(y - y_high);
    const number product = detail::opaque(y_high * log_high);
    const number left = y_low * log_high + y * log_low;
    const number exponent = detail::opaque(product + left);
    result = exp(exponent, left - detail::opaque(exponent - product));
    is_usual = choose(mask_of<true>(abs(exponent), number(1024)), is_regular, number(0));
  } else {
    result = detail::in_double(
        [](const auto &base, const auto &power) { return detail::power_of_floats(base, power); }, x,
        y);
    is_usual = choose(mask_of<true>(abs(y), number(limits::max())), is_regular, number(0));
  }
  detail::mend(result, is_usual, [&](int i) { return math::pow(T(x.lanes[i]), T(y.lanes[i])); });
  return result;
}

/// x^y from x^(y + 1): by a quotient, where no limit of the numbers is near.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes>
power_below(const pack<T, Bytes> &above, const pack<T, Bytes> &x, const pack<T, Bytes> &y) {
  using number = pack<T, Bytes>;
  using limits = std::numeric_limits<T>;
  number result = above / x;
  const number size = abs(above), largest(limits::max());
  const number is_usual = mask_of<true>(number(limits::min()), size).as_bits() &
                          mask_of<true>(larger(size, abs(result)), largest).as_bits();
  detail::mend(result, is_usual, [&](int i) { return math::pow(T(x.lanes[i]), T(y.lanes[i])); });
  return result;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
