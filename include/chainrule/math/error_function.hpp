// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// erf, erfc, and of the normal distribution the density phi, the integral Phi, its logarithm and
// the inverse Mills ratio phi / Phi. For u >= 0, t = (u - 3.75) / (u + 3.75) and a polynomial p:
//   erfc u = e^(-u^2) p(t) / (1 + 2u)       (Shepherd and Laframboise 1981)
// where u^2 is a pair. Phi(x) = erfc(-x / sqrt2) / 2; sqrt2 goes into the constants, not into u.
// Read next: gamma.hpp.
#pragma once

#include <limits>
#include <type_traits>

#include <chainrule/math/exponential.hpp>
#include <chainrule/math/function.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// (p(t) - 1) / (1 + t), by interpolation at Chebyshev points with mpmath.
inline constexpr double tail_coefficients[] = {
    0x1.e66d05aeaee14p-3,  -0x1.82d1be1953bddp-2,  0x1.867da34256717p-2,   -0x1.323d48ce30d21p-2,
    0x1.85a5f94f4d60dp-3,  -0x1.9137da1400b56p-4,  0x1.419eb9b9fffeep-5,   -0x1.651adfec95141p-7,
    0x1.2dd51dc8235aap-10, 0x1.3cc9e0cee1132p-11,  -0x1.45989d4aac0c8p-12, 0x1.558fe82937202p-16,
    0x1.067c55ced26cfp-15, -0x1.2adc7033b7fd7p-17, -0x1.54b08a0dd49fdp-19, 0x1.a42f5a9cb69bp-20,
    0x1.942f8747a03a4p-23, -0x1.084dc9ced6694p-22, -0x1.0385253fa20e3p-26, 0x1.4ed1d36bbcfd3p-25,
    0x1.200d4fbd304e1p-29, -0x1.a47aa8f38f8eap-28, -0x1.0c4f4e9665cf2p-31, 0x1.c592d9b9412f5p-31,
    0x1.b0f2dd841ae3ap-34, -0x1.23c167395e079p-34, -0x1.6b4390dc25a31p-37};

template <wide T>
CHAINRULE_INLINE constexpr T tail_polynomial(T t) noexcept {
  if constexpr (constants<T>::digits == 53) {
    return polynomial_at(t, tail_coefficients);
  } else {
    constexpr T c[] = {
        0x1.e66d05aeaee13cccp-3L,   -0x1.82d1be1953bdd5a2p-2L,  0x1.867da3425671759ap-2L,
        -0x1.323d48ce30d1676ep-2L,  0x1.85a5f94f4d612666p-3L,   -0x1.9137da140111b12ap-4L,
        0x1.419eb9b9ffca358ap-5L,   -0x1.651adfec6475b4cp-7L,   0x1.2dd51dc892a63666p-10L,
        0x1.3cc9e0b1f71d40cp-11L,   -0x1.45989d5b4e4fcf42p-12L, 0x1.558ffdac7570863cp-16L,
        0x1.067c58ec98e53d6p-15L,   -0x1.2add1a456add7fdep-17L, -0x1.54b15110d6a053f4p-19L,
        0x1.a43dcd5506c8cdf6p-20L,  0x1.9451c9f549749c18p-23L,  -0x1.08bbc988bcd6f674p-22L,
        -0x1.059845ea4d99bc82p-26L, 0x1.536aad0806aa74f8p-25L,  0x1.36d08d2f5bd18358p-29L,
        -0x1.c6a9adfd1ea0aa2cp-28L, -0x1.6417743712aaacbp-31L,  0x1.38a4a2958208316ap-30L,
        0x1.c190b0ce9364cfe6p-33L,  -0x1.a62d87f1f6a771ecp-33L, -0x1.f5095f142ae146aap-35L,
        0x1.055f61bcdef1c8f6p-35L,  0x1.c2d4aed8acd7fb3p-37L,   -0x1.0c1e04d2eac50b4cp-38L,
        -0x1.1e081284b567aa9cp-39L, 0x1.821bf5549123d35cp-42L,  0x1.7632d37087a1e2e8p-43L,
        -0x1.1230be3bbde89462p-46L};
    return polynomial_at(t, c);
  }
}

/// For y = -x >= 0 of r (x + r), r = inverse_mills(x): (it - 2/pi) / (1 + t), t = (y - 3.75) / (y +
/// 3.75), by interpolation at Chebyshev points with mpmath. (x + r cancels there.)
template <wide T>
CHAINRULE_INLINE constexpr T mills_slope_below_0(T t) noexcept {
  if constexpr (constants<T>::digits == 53) {
    constexpr T c[] = {0x1.3f6a5a15c2381p-2,   -0x1.44d9fd5f49164p-3,  -0x1.fad72f710b846p-9,
                       0x1.d7a52592219acp-5,   -0x1.67ed7883204fap-6,  -0x1.e36f7f83994f6p-7,
                       0x1.b3915409b6e9bp-7,   0x1.1f8512ec3489bp-9,   -0x1.77493a50e4987p-8,
                       0x1.7966378137777p-12,  0x1.13bf8bdd3c015p-9,   -0x1.f46f56c9d420ep-12,
                       -0x1.6c225c0142141p-11, 0x1.0eedd9e56583cp-12,  0x1.b6dece380b9c2p-13,
                       -0x1.c8375b31de2b1p-14, -0x1.dee147b00e42ap-15, 0x1.4df2a5624f85ep-15,
                       0x1.c66dc2f8b2fe7p-17,  -0x1.bae15a312ef33p-17, -0x1.4e3dd7cd812f8p-19,
                       0x1.0e4a8e7c99afap-18,  0x1.d3c9511f24bffp-23,  -0x1.2beeffdd036e5p-20,
                       0x1.ce9a7aa7358bbp-25,  0x1.1bc508e6584dp-22,   -0x1.a0d07f4d9836bp-26,
                       -0x1.8a80c375024bep-25, 0x1.b879666da0c77p-29,  0x1.20b041a2400d5p-28};
    return polynomial_at(t, c);
  } else {
    constexpr T c[] = {
        0x1.3f6a5a15c2380b2cp-2L,   -0x1.44d9fd5f49164636p-3L,  -0x1.fad72f710c65089cp-9L,
        0x1.d7a525922191475p-5L,    -0x1.67ed788318158366p-6L,  -0x1.e36f7f838e34c404p-7L,
        0x1.b3915407ce20af68p-7L,   0x1.1f8512e70ff3b626p-9L,   -0x1.77493a154126c788p-8L,
        0x1.79663a01b640312ap-12L,  0x1.13bf87765b843386p-9L,   -0x1.f46f6e51ec9672ecp-12L,
        -0x1.6c21eed6d64fc724p-11L, 0x1.0eee6aeb8116a228p-12L,  0x1.b6d780e91bab77f6p-13L,
        -0x1.c840faf64993a622p-14L, -0x1.de881be570f8caf2p-15L, 0x1.4e2ccce9cdb89b94p-15L,
        0x1.c355aea375c79b02p-17L,  -0x1.bcdecc90dbaa5f96p-17L, -0x1.3a0bb4f2c5dfd9cp-19L,
        0x1.14aa441ac3cec8a2p-18L,  0x1.3dc94ef9195529ecp-25L,  -0x1.49c9545092d79072p-20L,
        0x1.c9b624179c605a2ep-23L,  0x1.811dcfc0bdec1a22p-22L,  -0x1.0e8d838ee6a949ep-23L,
        -0x1.ba66db4203689a88p-24L, 0x1.aa6e36133b741f6cp-25L,  0x1.e4d003dbe4d3d254p-26L,
        -0x1.01611d19f17b8c92p-26L, -0x1.d97825f7a85b3906p-28L, 0x1.d3265ccdf0c75fbep-29L,
        0x1.74d37bdad57cfae2p-30L,  -0x1.1dadcd2f117875dp-31L,  -0x1.97ee2df5832f47cap-33L,
        0x1.5eca7644ac21d398p-35L,  0x1.c66826106f3c6908p-37L};
    return polynomial_at(t, c);
  }
}

/// For 0 <= x < 1 (that - 2/pi) / x.
template <wide T>
CHAINRULE_INLINE constexpr T mills_slope_above_0(T x) noexcept {
  if constexpr (constants<T>::digits == 53) {
    constexpr T c[] = {-0x1.be7debf6af186p-3,  -0x1.d619c85f665d7p-5,  0x1.83c569176e05dp-11,
                       0x1.a0dc0cc0a0176p-8,   0x1.1f245e871ace5p-9,   0x1.7bc1ded26e92ap-14,
                       -0x1.ae87f84a4a1cbp-13, -0x1.5f54c126a0764p-14, -0x1.1b22d05606a19p-17,
                       0x1.75b9c00785c58p-18,  0x1.9837ac8b956f2p-19,  0x1.39b0eff092a09p-22,
                       -0x1.91ca8086ba9cp-26,  -0x1.f135bbf2c49bdp-24, -0x1.3959445da75b8p-25,
                       0x1.2452e9c2375fp-26};
    return polynomial_at(x, c);
  } else {
    constexpr T c[] = {
        -0x1.be7debf6af18644cp-3L,  -0x1.d619c85f6655b7dap-5L,  0x1.83c56916cb47ae76p-11L,
        0x1.a0dc0cc341cdb4cap-8L,   0x1.1f245e2c3fb83264p-9L,   0x1.7bc25454ff19beb2p-14L,
        -0x1.ae898313d40f5932p-13L, -0x1.5f46a16f87eaa99cp-14L, -0x1.1c8d7125f607b2fap-17L,
        0x1.7c2d05086049408ep-18L,  0x1.83714638ecfb1cdap-19L,  0x1.f2fd46f090a5df8cp-22L,
        -0x1.43347c22495ed41cp-23L, -0x1.ee1627384c185c1ap-25L, -0x1.f2c54513b110ea44p-25L,
        0x1.3c127ad22c44692p-25L,   -0x1.57e2179862d1ca78p-26L, 0x1.76ae2d0b14370066p-27L,
        -0x1.83b717138533b8dep-29L, 0x1.1481dc242be0babap-32L};
    return polynomial_at(x, c);
  }
}

/// What the argument is divided by to be that of erfc: 1, or sqrt2 for the normal distribution.
template <wide T>
struct tail_scale {
  T center; // 3.75 times it
  T slope;  // 2 divided by it
  T square; // of 1 / it
  T last;   // where the tail is 0
};
template <wide T>
inline constexpr tail_scale<T> erfc_scale{T(3.75), T(2), T(1),
                                          T(constants<T>::digits == 53 ? 28 : 110)};
template <wide T>
inline constexpr tail_scale<T> normal_scale{static_cast<T>(0x1.536948017480fc78p+2L),
                                            static_cast<T>(0x1.6a09e667f3bcc908p+0L), T(0.5),
                                            T(constants<T>::digits == 53 ? 40 : 156)};

/// factor * e^-(high + low), rounded once where it is subnormal.
template <class Functions, wide T>
CHAINRULE_INLINE constexpr T decayed(pair<T> exponent, T factor) noexcept {
  // e^-128 split off where the exponential would be subnormal.
  const bool is_far = exponent.high > static_cast<T>(constants<T>::max_exponent) * T(0.66);
  const T power = Functions::exp(choose(is_far, T(128), T(0)) - exponent.high);
  return factor * (power - power * exponent.low) *
         choose(is_far, static_cast<T>(0x1.42eb9f39afb0b088p-185L), T(1));
}

/// For size >= 0: e^-(size^2 ...) as exponent, and p / (1 + 2u), the tail without it.
template <wide T>
struct tail_parts {
  pair<T> exponent;
  T above_1; // p - 1
  T twice_u;
  CHAINRULE_INLINE constexpr T ratio() const noexcept { return (1 + above_1) / (1 + twice_u); }
};
template <wide T>
CHAINRULE_INLINE constexpr tail_parts<T> split_tail(T size, const tail_scale<T> &scale) noexcept {
  const auto square = exact_product(size, size);
  const T ratio = 2 * size / (size + scale.center); // 1 + t: small where size is small
  return {{square.high * scale.square, square.low * scale.square},
          ratio * tail_polynomial(ratio - 1),
          scale.slope * size};
}

/// factor * erfc(x / scale).
template <class Functions, wide T>
CHAINRULE_INLINE constexpr T upper_tail(T x, const tail_scale<T> &scale, T factor) noexcept {
  const T size = abs(x), bounded = choose(size > scale.last, scale.last, size);
  const auto parts = split_tail(bounded, scale);
  const T tail = decayed<Functions>(parts.exponent, factor * parts.ratio());
  return choose(x < 0, 2 * factor - tail, tail);
}

template <class Functions, wide T>
CHAINRULE_INLINE constexpr T erfc_by(T x) noexcept {
  return upper_tail<Functions>(x, erfc_scale<T>, T(1));
}

template <class Functions, wide T>
CHAINRULE_INLINE constexpr T normal_cdf_by(T x) noexcept {
  return upper_tail<Functions>(-x, normal_scale<T>, T(0.5));
}

/// factor * e^-(x / scale)^2 with the square unrounded.
template <class Functions, wide T>
CHAINRULE_INLINE constexpr T bell(T x, const tail_scale<T> &scale, T factor) noexcept {
  const T size = abs(x), bounded = choose(size > scale.last, scale.last, size);
  const auto square = exact_product(bounded, bounded);
  return decayed<Functions>({square.high * scale.square, square.low * scale.square}, factor);
}

template <class Functions, wide T>
CHAINRULE_INLINE constexpr T normal_density_by(T x) noexcept {
  return bell<Functions>(x, normal_scale<T>, static_cast<T>(0x1.9884533d436508dp-2L));
}

template <class Functions, wide T>
CHAINRULE_INLINE constexpr T erf_slope_by(T x) noexcept {
  return bell<Functions>(x, erfc_scale<T>, static_cast<T>(0x1.20dd750429b6d11ap+0L));
}

/// x < 0: -x^2/2 + log(p / (1 + 2u) / 2); x >= 0: log1p(-Phi(-x)).
template <class Functions, wide T>
CHAINRULE_INLINE constexpr T log_normal_cdf_by(T x) noexcept {
  using constant = constants<T>;
  const T size = abs(x), far = power_of_two<T>(constant::digits); // beyond only x^2/2 counts
  if constexpr (Functions::is_constant)
    if (size > power_of_two<T>(constant::max_exponent / 2))
      return x < 0 ? -constant::infinity : T(0);
  const T bounded = choose(size > far, far, size);
  const auto parts = split_tail(bounded, normal_scale<T>);
  const T ratio = parts.ratio() / 2;
  if constexpr (Functions::is_constant)
    if (x >= 0)
      return Functions::log1p(-decayed<Functions>(parts.exponent, ratio));
  const T rest = Functions::log(ratio) - parts.exponent.low;
  const T left = choose(size > far, -size * (size / 2), rest - parts.exponent.high);
  if constexpr (Functions::is_constant)
    return left;
  const T tail = decayed<Functions>(parts.exponent, ratio);
  return choose(x < 0, left, Functions::log1p(-tail));
}

/// x < 0: sqrt(2/pi) (1 + sqrt2 |x|) / p, x >= 0: phi(x) / (1 - Phi(-x)).
template <class Functions, wide T>
CHAINRULE_INLINE constexpr T inverse_mills_by(T x) noexcept {
  const T root = static_cast<T>(0x1.9884533d436508dp-1L);   // sqrt(2/pi)
  const T slope = static_cast<T>(0x1.20dd750429b6d11ap+0L); // 2 / sqrt(pi)
  const T size = abs(x), far = power_of_two<T>(constants<T>::digits);
  const T bounded = choose(size > far, far, size);
  const auto parts = split_tail(bounded, normal_scale<T>);
  const T power = decayed<Functions>(parts.exponent, T(1));
  // 2 Phi(x) = 2 - power p / (1 + 2u), without the roundings of p and 1 + 2u near 0
  const T less = power * ((parts.twice_u - parts.above_1) / (1 + parts.twice_u));
  const T right = root * power / (1 + ((1 - power) + less));
  const T left = (root + slope * bounded) / (1 + parts.above_1);
  return choose(x < 0, choose(size > far, size, left), right);
}

/// r (x + r) of r = inverse_mills(x), from 1 at -infinity to 2/pi at 0 and 0 at infinity.
template <class Functions, wide T>
constexpr T inverse_mills_slope_by(T x) noexcept {
  const T size = abs(x), far = power_of_two<T>(constants<T>::digits);
  const T bounded = choose(size > far, far, size), at_0 = static_cast<T>(0x1.45f306dc9c882a54p-1L);
  const T ratio = 2 * bounded / (bounded + T(3.75)); // 1 + t
  if (!(x > 0))
    return at_0 + ratio * mills_slope_below_0(ratio - 1);
  const T mills = inverse_mills_by<Functions>(bounded);
  return x < 1 ? at_0 + x * mills_slope_above_0(x) : mills * (bounded + mills);
}

/// Below 1 by 2x/sqrt(pi) (1 - x^2/3 + x^4/10 - x^6/42 + ...).
template <wide T>
constexpr T erf_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > 0))
    return x;
  if (size >= 1)
    return copysign(1 - erfc_by<by_constants>(size), x);
  const T square = size * size;
  T term = x, sum = 0;
  for (int n = 1; n < constants<T>::digits / 3 + 2; ++n) {
    term *= -square / static_cast<T>(n);
    sum += term / static_cast<T>(2 * n + 1);
  }
  const auto factor = split_constant<T>(0x1.20dd750429b6d11ap+0L, 0x1.c75229fdaffb0d1p-65L);
  return x * factor.high + (x * factor.low + sum * factor.high);
}

} // namespace detail

/// The error function, any x; error below 2 ulp.
CHAINRULE_FUNCTION(erf)
/// 1 - erf x without cancellation, any x; error below 4 ulp.
CHAINRULE_FUNCTION_BY(erfc)
/// 2 / sqrt(pi) e^(-x^2), the derivative of erf, any x; error below 4 ulp.
CHAINRULE_FUNCTION_BY(erf_slope)
/// phi(x) = e^(-x^2/2) / sqrt(2 pi), any x; error below 4 ulp.
CHAINRULE_FUNCTION_BY(normal_density)
/// Phi(x), the integral of phi up to x; any x; error below 5 ulp.
CHAINRULE_FUNCTION_BY(normal_cdf)
/// log Phi(x), also where Phi(x) is 0 or 1; any x; error below 5 ulp.
CHAINRULE_FUNCTION_BY(log_normal_cdf)
/// phi(x) / Phi(x), the derivative of log Phi; any x; error below 4 ulp.
CHAINRULE_FUNCTION_BY(inverse_mills)
/// r (x + r) of r = phi(x) / Phi(x), minus the derivative of r; any x; error below 4 ulp.
CHAINRULE_FUNCTION_BY(inverse_mills_slope)

} // namespace chainrule::math::CHAINRULE_FLAGS
