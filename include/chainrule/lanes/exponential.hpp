// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// exp expm1 log log1p hypot of packs.
//   exp: x = k ln2 + r, |r| <= ln2 / 2, and a polynomial for exp(r)
//   hypot: by a power of two that keeps squares from over- and underflow
//   log: x = 2^k (1 + f), s = f / (2 + f), and a polynomial for log(1 + f) = 2 artanh(s)
// Error: exp and log below 1 ulp, the others below 2 (tests/runtime/lanes/pack.cpp).
// Read next: power.hpp.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include <chainrule/lanes/pack.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

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

/// e^(x + low) = 2^k (1 + rest), and k as two biased exponents.
template <class Pack>
struct parts_of_exponential {
  Pack rest;
  typename Pack::bits half, other_half;
};

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline parts_of_exponential<pack<T, Bytes>>
parted(const pack<T, Bytes> &x, const std::same_as<pack<T, Bytes>> auto &...low_of_x) {
  using constant = detail::pack_constants<T>;
  using limits = std::numeric_limits<T>;
  using bits = typename pack<T, Bytes>::bits;
  // Beyond these it is 0 or infinity. NaN stays NaN.
  const pack<T, Bytes> at = smaller(pack<T, Bytes>(constant::highest_exp),
                                    larger(x, pack<T, Bytes>(constant::lowest_exp)));
  const pack<T, Bytes> shifter(constant::shifter);
  const pack<T, Bytes> shifted = opaque(at * pack<T, Bytes>(1.4426950408889634) + shifter);
  const pack<T, Bytes> multiple = opaque(shifted - shifter);
  const pack<T, Bytes> high = opaque(at - multiple * pack<T, Bytes>(constant::ln2_high));
  const pack<T, Bytes> low = ((multiple * pack<T, Bytes>(constant::ln2_low)) - ... - low_of_x);
  const pack<T, Bytes> r = opaque(high - low);
  const pack<T, Bytes> lost = (high - r) - low;
  // 2^k in two factors: alone it reaches neither infinity nor the smallest numbers. Both biased
  // exponents are positive; k + 2 bias halved is k / 2 + bias, without a shift of a negative
  // number.
  constexpr int bias = limits::max_exponent - 1;
  const bits twice = shifted.as_bits() - shifter.as_bits() + 2 * bias;
  const bits half = twice >> 1;
  return {r + (lost + r * r * polynomial_at<constant::exp>(r)), half, twice - half};
}

/// 2^(exponent - bias).
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> power_of_two(typename pack<T, Bytes>::bits exponent) {
  return typename pack<T, Bytes>::bits(exponent << (std::numeric_limits<T>::digits - 1));
}

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> joined(const parts_of_exponential<pack<T, Bytes>> &parts) {
  return opaque((pack<T, Bytes>(1) + parts.rest) * power_of_two<T, Bytes>(parts.half)) *
         power_of_two<T, Bytes>(parts.other_half);
}

/// x = 2^(exponent - bias) fraction, fraction in [sqrt(1/2), sqrt(2)), of a normal x > 0.
template <class Pack>
struct parts_of_number {
  Pack exponent, fraction;
};

template <has_packs T, int Bytes>
CHAINRULE_INLINE inline parts_of_number<pack<T, Bytes>> split(const pack<T, Bytes> &x) {
  using limits = std::numeric_limits<T>;
  using bits = typename pack<T, Bytes>::bits;
  constexpr int mantissa = limits::digits - 1, bias = limits::max_exponent - 1;
  const pack<T, Bytes> shifter(pack_constants<T>::shifter);
  // The bits of sqrt(1/2) subtracted first: the exponent then steps there and not at 1. A bias
  // keeps it positive.
  const bits steps = x.as_bits() + (pack<T, Bytes>(1).as_bits() -
                                    pack<T, Bytes>(0.70710678118654752440L).as_bits());
  const bits exponent = steps >> mantissa;
  // The integer as a number: in the lowest bits of the shifter.
  return {opaque(pack<T, Bytes>(bits(exponent + shifter.as_bits())) - shifter),
          bits(x.as_bits() - ((exponent - bias) << mantissa))};
}

} // namespace detail

/// e^x, any x.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> exp(const pack<T, Bytes> &x) {
  return detail::joined(detail::parted(x));
}
/// e^(x + low), low being what x has lost.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> exp(const pack<T, Bytes> &x, const pack<T, Bytes> &low) {
  return detail::joined(detail::parted(x, low));
}

/// e^x - 1, any x: 2^k (e^r - 1 + (1 - 2^-k)).
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> expm1(const pack<T, Bytes> &x) {
  using limits = std::numeric_limits<T>;
  using bits = typename pack<T, Bytes>::bits;
  constexpr int bias = limits::max_exponent - 1;
  // From here down it is -1, and 2^-k a number.
  const auto [rest, half, other_half] =
      detail::parted(larger(x, pack<T, Bytes>(-2 * limits::digits)));
  const pack<T, Bytes> inverse = detail::power_of_two<T, Bytes>(bits(2 * bias - half)) *
                                 detail::power_of_two<T, Bytes>(bits(2 * bias - other_half));
  const pack<T, Bytes> result = (rest + (pack<T, Bytes>(1) - inverse)) *
                                detail::power_of_two<T, Bytes>(half) *
                                detail::power_of_two<T, Bytes>(other_half);
  return choose(mask_of<false>(abs(x), pack<T, Bytes>(limits::epsilon() / 4)), x, result);
}

/// Natural logarithm, x >= 0 (-inf at 0, NaN below).
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> log(const pack<T, Bytes> &x) {
  using constant = detail::pack_constants<T>;
  using limits = std::numeric_limits<T>;
  constexpr int bias = limits::max_exponent - 1;
  const pack<T, Bytes> zero(0), infinity(limits::infinity());
  const pack<T, Bytes> is_subnormal = mask_of<false>(x, pack<T, Bytes>(limits::min()));
  const pack<T, Bytes> normal =
      choose(is_subnormal, x * pack<T, Bytes>(std::uint64_t{1} << limits::digits), x);
  const pack<T, Bytes> lifted =
      choose(is_subnormal, pack<T, Bytes>(bias + limits::digits), pack<T, Bytes>(bias));
  const auto [exponent, fraction] = detail::split(normal);
  const pack<T, Bytes> k = exponent - lifted;
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

/// log(1 + x), x >= -1: log(u) of the rounded u = 1 + x, and what it has lost over u.
template <has_packs T, int Bytes>
CHAINRULE_INLINE inline pack<T, Bytes> log1p(const pack<T, Bytes> &x) {
  using limits = std::numeric_limits<T>;
  const pack<T, Bytes> one(1), u = detail::opaque(one + x), lost = x - (u - one);
  const pack<T, Bytes> correction = lost / u;
  // Of 0 and infinity there is none.
  const pack<T, Bytes> is_regular =
      mask_of<false>(abs(correction), pack<T, Bytes>(limits::infinity()));
  const pack<T, Bytes> result =
      log(u) + pack<T, Bytes>(is_regular.as_bits() & correction.as_bits());
  return choose(mask_of<false>(abs(x), pack<T, Bytes>(limits::epsilon() / 4)), x, result);
}

/// sqrt(a^2 + b^2 + ...), any numbers; infinite where one of them is.
template <has_packs T, int Bytes, std::same_as<pack<T, Bytes>>... More>
CHAINRULE_INLINE inline pack<T, Bytes> hypot(const pack<T, Bytes> &a, const pack<T, Bytes> &b,
                                             const More &...more) {
  using number = pack<T, Bytes>;
  using limits = std::numeric_limits<T>;
  // |exponent| up to which squares are regular, and what brings the others there
  constexpr int regular = limits::max_exponent / 2 - limits::digits;
  constexpr int far = limits::max_exponent / 2 + limits::digits + 4;
  const auto power = [](int exponent) {
    using integer = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    const auto biased = static_cast<integer>(limits::max_exponent - 1 + exponent);
    return number(__builtin_bit_cast(T, biased << (limits::digits - 1)));
  };
  const number sizes[]{abs(a), abs(b), abs(more)...};
  number longest = sizes[0];
  for (const number &size : sizes)
    longest = larger(longest, size);
  const number is_large = mask_of<false>(power(regular), longest);
  const number is_small = mask_of<false>(longest, power(-regular));
  const number scale = choose(is_large, power(-far), choose(is_small, power(far), number(1)));
  const number back = choose(is_large, power(far), choose(is_small, power(-far), number(1)));
  number sum(0), infinite(0);
  for (const number &size : sizes) {
    const number scaled = size * scale;
    sum = sum + scaled * scaled;
    infinite = choose(mask_of<true>(number(limits::infinity()), size), size, infinite);
  }
  return choose(mask_of<false>(number(0), infinite), infinite, sqrt(sum) * back);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
