// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// lgamma = log |Gamma|, its derivatives digamma psi, trigamma psi', tetragamma psi''.
// x >= 12: Stirling's series, sums of B(2k) / x^(2k-1). Below, Gamma(x + 1) = x Gamma(x) leads
// there, or for lgamma and digamma to polynomials on [1, 5/2] and [1, 2] that are factored by
// their zeros 1, 2 and 1.4616...; x < 0: reflection. Abramowitz and Stegun 6.1, 6.3, 6.4. Read
// next: slopes.hpp.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include <chainrule/math/error_function.hpp>
#include <chainrule/math/function.hpp>
#include <chainrule/math/trigonometric.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// The functions of by_constants or by_library, and sine and cosine.
template <class Functions>
struct with_circular : Functions {
  template <wide T>
  CHAINRULE_INLINE static constexpr T sin(T x) noexcept {
    if constexpr (Functions::is_constant)
      return sin_wide(x);
    else
      return sin_of(x);
  }
  template <wide T>
  CHAINRULE_INLINE static constexpr T cos(T x) noexcept {
    if constexpr (Functions::is_constant)
      return cos_wide(x);
    else
      return cos_of(x);
  }
};

/// B(2), B(4), ... B(26).
inline constexpr long double bernoulli_numbers[] = {
    1.0L / 6,       -1.0L / 30,       1.0L / 42,       -1.0L / 30,
    5.0L / 66,      -691.0L / 2730,   7.0L / 6,        -3617.0L / 510,
    43867.0L / 798, -174611.0L / 330, 854513.0L / 138, -236364091.0L / 2730,
    8553103.0L / 6};

/// weight(1) B(2) + weight(2) B(4) q + weight(3) B(6) q^2 + ...
template <wide T, class Weight>
CHAINRULE_INLINE constexpr T bernoulli_series(T q, Weight weight) noexcept {
  T sum = 0;
  for (int k = 13; k > 0; --k)
    sum = sum * q + weight(static_cast<T>(k)) * static_cast<T>(bernoulli_numbers[k - 1]);
  return sum;
}

/// x, finite, has no fraction.
template <wide T>
constexpr bool is_whole(T x) noexcept {
  return abs(x) >= T(0x1p62) || static_cast<T>(static_cast<std::int64_t>(x)) == x;
}

template <wide T>
struct sine_and_cosine {
  T sine;
  T cosine;
  T sine_low, cosine_low; // what rounding them has lost
};

/// Of pi x, from the distance to the nearest zero of each, so that both have all digits.
template <class Functions, wide T>
constexpr sine_and_cosine<T> circular_of_pi(T x) noexcept {
  using functions = with_circular<Functions>;
  const auto nearest = static_cast<std::int64_t>(x + (x < 0 ? T(-0.5) : T(0.5)));
  const T rest = x - static_cast<T>(nearest), size = abs(rest);
  const bool is_near = size <= T(0.25);
  const T distance = is_near ? size : T(0.5) - size;
  const auto angle = exact_product(half_pi<T>.high, 2 * distance);
  const T low = angle.low + half_pi<T>.low * (2 * distance);
  const T sine = functions::sin(angle.high), cosine = functions::cos(angle.high);
  const T one = sine + cosine * low, other = cosine - sine * low;
  const T sign = nearest % 2 == 0 ? T(1) : T(-1);
  const T one_low = (sine - one) + cosine * low, other_low = (cosine - other) - sine * low;
  const T side = sign * copysign(T(1), rest);
  return {side * (is_near ? one : other), sign * (is_near ? other : one),
          side * (is_near ? one_low : other_low), sign * (is_near ? other_low : one_low)};
}

/// log(Gamma(1 + z)) for z in [0, 3/2]; the polynomial, log(Gamma(1 + z)) / (z (z - 1)) in z - 3/4,
/// by interpolation at Chebyshev points with mpmath.
template <wide T>
CHAINRULE_INLINE constexpr T lgamma_near_zeros(T z) noexcept {
  if constexpr (constants<T>::digits == 53) {
    constexpr T c[] = {0x1.ccf151e09cde8p-2,   -0x1.e96586307946ep-4,  0x1.6cb6251711902p-5,
                       -0x1.382e176f60a22p-6,  0x1.1f9587fa1d99dp-7,   -0x1.14f7c58ebc36ap-8,
                       0x1.12aa72f7b0764p-9,   -0x1.16056269c6403p-10, 0x1.1daed5a9d9909p-11,
                       -0x1.28f268c3a3698p-12, 0x1.377669ad69c91p-13,  -0x1.491775bdc103fp-14,
                       0x1.5dd6de634073p-15,   -0x1.75d6dcb9ea2e8p-16, 0x1.91376b6228af2p-17,
                       -0x1.afaa62cab1b47p-18, 0x1.d29b15c821a33p-19,  -0x1.00caa371a2f9bp-19,
                       0x1.173c1ec062edep-20,  -0x1.0d2594c4dfa2dp-21, 0x1.257213af5a776p-22,
                       -0x1.0e06341228f94p-22, 0x1.291400c14958dp-23,  0x1.d3189dbcfc448p-26,
                       -0x1.06240aa178238p-26, -0x1.c4c80c5f4d5c4p-25, 0x1.f4cbf8edc33b6p-26};
    return z * (z - 1) * polynomial_at(z - T(0.75), c) + 0; // not -0
  } else {
    constexpr T c[] = {
        0x1.ccf151e09cde841p-2L,    -0x1.e96586307946dc38p-4L,  0x1.6cb625171190218ap-5L,
        -0x1.382e176f60b05f3p-6L,   0x1.1f9587fa1da9930ep-7L,   -0x1.14f7c58eae09b13ep-8L,
        0x1.12aa72f7a0c05922p-9L,   -0x1.1605627056df6492p-10L, 0x1.1daed5b1202b35fap-11L,
        -0x1.28f2670e20bea4dp-12L,  0x1.377667c888ca6a1cp-13L,  -0x1.4917bc94c9192c2p-14L,
        0x1.5dd72ce560a0093ep-15L,  -0x1.75cf4cf914324abep-16L, 0x1.912f0a22f5817554p-17L,
        -0x1.b03717f04432c83ep-18L, 0x1.d3370414ae31d3bep-19L,  -0x1.fa85cf3921d6b7e6p-20L,
        0x1.1352a5eab30c3198p-20L,  -0x1.2c553e7d2e2349dp-21L,  0x1.4800c39f7c227818p-22L,
        -0x1.632adfd151457de2p-23L, 0x1.854cdef6f16768p-24L,    -0x1.cdbbac614aad4cfcp-25L,
        0x1.fc3cc15e60cdc8bcp-26L,  -0x1.4c874a982735256cp-27L, 0x1.6c9fe8dd6d083828p-28L,
        -0x1.6fa11c3fb5cbc06ap-27L, 0x1.9820142604a615dep-28L,  0x1.85f75006c9565a94p-29L,
        -0x1.b366cf98afe0a024p-30L, -0x1.164185fc11f205eep-29L, 0x1.3591b7899f77c586p-30L};
    return z * (z - 1) * polynomial_at(z - T(0.75), c) + 0; // not -0
  }
}

template <class Functions, wide T>
constexpr T lgamma_of_positive(T x) noexcept {
  using constant = constants<T>;
  if (x >= 12) {
    const T less = Functions::log(x) - 1;
    if (less >= std::numeric_limits<T>::max() / x)
      return constant::infinity;
    const T inverse = 1 / x;
    const T series = inverse * bernoulli_series(inverse * inverse,
                                                [](T k) { return 1 / (2 * k * (2 * k - 1)); });
    // (x - 1/2) log x - x + log(2 pi) / 2
    return (x - T(0.5)) * less + (series + T(0.41893853320467274178L));
  }
  T factors = 1;
  while (x > T(2.5)) {
    x -= 1;
    factors *= x;
  }
  if (factors > 1)
    return Functions::log(factors) + lgamma_near_zeros(x - 1);
  return x < 1 ? lgamma_near_zeros(x) - Functions::log(x) : lgamma_near_zeros(x - 1);
}

template <class Functions, wide T>
constexpr T lgamma_by(T x) noexcept {
  using constant = constants<T>;
  const T size = abs(x);
  if (!(size < constant::infinity) || (x <= 0 && is_whole(x)))
    return x != x ? x : constant::infinity;
  if (size < std::numeric_limits<T>::epsilon() / 16)
    return -Functions::log(size);
  if (x > 0)
    return lgamma_of_positive<Functions>(x);
  const T sine = abs(circular_of_pi<Functions>(x).sine);
  return Functions::log(2 * half_pi<T>.high / (size * sine)) - lgamma_of_positive<Functions>(size);
}

/// psi(3/2 + z) / (3/2 + z - root) for |z| <= 1/2, by interpolation at Chebyshev points with
/// mpmath.
template <wide T>
CHAINRULE_INLINE constexpr T digamma_polynomial(T z) noexcept {
  if constexpr (constants<T>::digits == 53) {
    constexpr T c[] = {0x1.e6f0cbb873616p-1,   -0x1.b1cb63005ee96p-2,  0x1.eca189b8e6f7bp-3,
                       -0x1.2feeeb98a7e14p-3,  0x1.8512e59037f3fp-4,   -0x1.fb4420299c39ep-5,
                       0x1.4de9aa17fed5cp-5,   -0x1.b9f8b14eb372ep-6,  0x1.256471573c163p-6,
                       -0x1.8635595c2848p-7,   0x1.03c0b29031197p-7,   -0x1.5a07ffdcf1525p-8,
                       0x1.cd1f2dbc0dbedp-9,   -0x1.335166d938f39p-9,  0x1.99e14548a2d9bp-10,
                       -0x1.1138fd323dc0cp-10, 0x1.69be71d89ad4p-11,   -0x1.e24e3f4fdc1dcp-12,
                       0x1.56ae8897d5d3dp-12,  -0x1.c8e71b670fd14p-13, 0x1.80c273fb322c5p-14,
                       -0x1.0081238b97022p-14, 0x1.0080971c5617fp-13,  -0x1.5600aebc07538p-14};
    return polynomial_at(z, c);
  } else {
    constexpr T c[] = {
        0x1.e6f0cbb87361663ep-1L,   -0x1.b1cb63005ee9678cp-2L,  0x1.eca189b8e6f6ad18p-3L,
        -0x1.2feeeb98a7e097c6p-3L,  0x1.8512e590397127a6p-4L,   -0x1.fb4420299e335e2ap-5L,
        0x1.4de9aa1721454b26p-5L,   -0x1.b9f8b14d8dba2fcep-6L,  0x1.25647199a1e8eed8p-6L,
        -0x1.863559b41aac25bep-7L,  0x1.03c0a6da2d26395cp-7L,   -0x1.5a07f05fd6e0bee6p-8L,
        0x1.cd21c9fc7fd372eep-9L,   -0x1.33531fb2bdf3bd88p-9L,  0x1.99b0777d9422fe16p-10L,
        -0x1.1118eb13c5cad354p-10L, 0x1.6c1af332658d3c08p-11L,  -0x1.e56366624783cd06p-12L,
        0x1.439598ca1849e516p-12L,  -0x1.b04a26e4a0b29d62p-13L, 0x1.2030cb5bc75dff1cp-13L,
        -0x1.787ad70f5e1d4d48p-14L, 0x1.f5f8b5ee922ded1ep-15L,  -0x1.7fccc5624098c642p-15L,
        0x1.ffbb902f1d07703p-16L,   -0x1.115bb0b84e25fc86p-17L, 0x1.6c7a2c81915e6cdep-18L,
        -0x1.3868a2758103599ep-16L, 0x1.a08b80f96778b0eep-17L};
    return polynomial_at(z, c);
  }
}

/// psi(x + low).
template <class Functions, wide T>
constexpr T digamma_of_positive(T x, T low) noexcept {
  if (x >= 12) {
    const T inverse = 1 / x;
    const T series = bernoulli_series(inverse * inverse, [](T k) { return 1 / (2 * k); });
    return Functions::log(x) - inverse * (T(0.5) + inverse * series);
  }
  T sum = 0;
  if (x < 1) {
    sum = -1 / x;
    x += 1;
  }
  for (; x > 2; sum += 1 / x)
    x -= 1;
  const auto root = split_constant<T>(0x1.762d86356be3f6e2p+0L, -0x1.58dde687d6c3e53ap-66L);
  return sum + ((x - root.high) + (low - root.low)) * digamma_polynomial(x - T(1.5));
}

/// Whether the derivative of lgamma of that order has a pole, no value or no finite one at x. There
/// it is about |x|^-order; tested before dividing: g++ rejects a constant expression that
/// overflows.
template <int Order, wide T>
constexpr bool is_special(T x) noexcept {
  constexpr T largest = std::numeric_limits<T>::max() * (1 - 8 * std::numeric_limits<T>::epsilon());
  const T size = abs(x);
  if (!(size < constants<T>::infinity) || (x <= 0 && is_whole(x)))
    return true;
  if (size >= 1 || size * largest <= 1)
    return size < 1;
  const T inverse = 1 / size;
  return Order == 2   ? inverse >= largest / inverse
         : Order == 3 ? inverse >= largest / inverse / inverse / 2
                      : false;
}

template <class Functions, wide T>
constexpr T digamma_by(T x) noexcept {
  using constant = constants<T>;
  if (is_special<1>(x))
    return x > 0 && x >= 1 ? x : abs(x) < 1 ? copysign(constant::infinity, -x) : constant::nan;
  if (x > 0)
    return digamma_of_positive<Functions>(x, T(0));
  const auto circle = circular_of_pi<Functions>(x);
  const auto reflected = exact_sum_in_any_order(T(1), -x);
  return digamma_of_positive<Functions>(reflected.high, reflected.low) -
         2 * half_pi<T>.high * circle.cosine / circle.sine;
}

/// The derivative of psi of that order, 1 or 2, for x > 0 whose power of -(order + 1) is finite.
template <int Order, wide T>
constexpr T polygamma_of_positive(T x) noexcept {
  const T base = x;
  int steps = 0;
  for (; x < 12; ++steps)
    x = base + static_cast<T>(steps + 1);
  const T inverse = 1 / x, q = inverse * inverse;
  T sum = 0;
  if constexpr (Order == 1)
    sum = inverse + q * (T(0.5) + inverse * bernoulli_series(q, [](T) { return T(1); }));
  else
    sum = q + q * inverse * (1 + inverse * bernoulli_series(q, [](T k) { return 2 * k + 1; }));
  for (int i = steps - 1; i >= 0; --i) { // the largest last
    const T step = base + static_cast<T>(i);
    sum += Order == 1 ? 1 / (step * step) : 2 / (step * step * step);
  }
  return Order == 1 ? sum : -sum;
}

/// psi'(x) = pi^2 / sin^2(pi x) - psi'(1 - x). A power multiplies the error of the sine; what its
/// rounding lost is put back.
template <class Functions, wide T>
constexpr T trigamma_by(T x) noexcept {
  using constant = constants<T>;
  if (is_special<2>(x))
    return x >= 1 ? T(0) : x != x || x == -constant::infinity ? constant::nan : constant::infinity;
  if (x > 0)
    return polygamma_of_positive<1>(x);
  constexpr auto factor = split_constant<T>(0x1.3bd3cc9be45de5a4p+3L, 0x1.5b89b36602306b1cp-62L);
  const auto circle = circular_of_pi<Functions>(x);
  const auto square = exact_product(circle.sine, circle.sine);
  const T first = factor.high / square.high;
  const T lost =
      factor.low / factor.high - (square.low + 2 * circle.sine * circle.sine_low) / square.high;
  return first + (first * lost - polygamma_of_positive<1>(1 - x));
}

/// psi''(x) = psi''(1 - x) - 2 pi^3 cos(pi x) / sin^3(pi x), likewise.
template <class Functions, wide T>
constexpr T tetragamma_by(T x) noexcept {
  using constant = constants<T>;
  if (is_special<3>(x))
    return x >= 1 ? -T(0) : abs(x) < 1 ? copysign(constant::infinity, -x) : constant::nan;
  if (x > 0)
    return polygamma_of_positive<2>(x);
  constexpr auto factor = split_constant<T>(0x1.f019b59389d7c1ep+5L, 0x1.9558e5380d6d8732p-63L);
  const auto circle = circular_of_pi<Functions>(x);
  const auto square = exact_product(circle.sine, circle.sine);
  const auto cube = exact_product(square.high, circle.sine);
  const auto over = exact_product(factor.high, circle.cosine);
  const T first = over.high / cube.high;
  const T size = circle.cosine == 0 ? T(1) : over.high; // 0 midway between poles
  const T lost =
      (over.low + factor.low * circle.cosine + factor.high * circle.cosine_low) / size -
      (cube.low + square.low * circle.sine + 3 * square.high * circle.sine_low) / cube.high;
  return (polygamma_of_positive<2>(1 - x) - first * lost) - first;
}

} // namespace detail

/// log |Gamma(x)|, any x (infinite at 0, -1, -2, ...); error below 4 ulp, for x < 0 of max(1,
/// |result|).
CHAINRULE_FUNCTION_BY(lgamma)
/// The derivative of lgamma, any x (infinite at 0, NaN at -1, -2, ...); error below 4 ulp, for x <
/// 0 of what the reflection subtracts.
CHAINRULE_FUNCTION_BY(digamma)
/// The derivative of digamma, any x (infinite at 0, -1, -2, ...); error below 4 ulp.
CHAINRULE_FUNCTION_BY(trigamma)
/// The derivative of trigamma, any x (infinite at 0, NaN at -1, -2, ...).
CHAINRULE_FUNCTION_BY(tetragamma)

} // namespace chainrule::math::CHAINRULE_FLAGS
