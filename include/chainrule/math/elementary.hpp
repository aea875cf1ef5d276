// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// exp log log1p sqrt tanh pow, computed in constant evaluation and libm's at run time, but for
// tanh. exp: x = k ln2 + r, Taylor series of exp(r), |r| <= ln2 / 2. log: x = 2^k (1 + f), log(1 +
// f) = 2 (s + s^3/3 + s^5/5 + ...), s = f / (2 + f). tanh = (E - 1) / (E + 1), E = exp(2x). sqrt:
// Newton, then exact rounding. pow = exp(y log x) with log x as an unevaluated sum high + low.
// Error of the constant-evaluation code: below 1 ulp for float, double and 64-bit long double.
// Read next: function.hpp.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include <chainrule/math/pair.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// exp(x + tail) = 2^exponent * (1 + high + low), for |x| < max_exponent.
template <wide T>
constexpr scaled<pair<T>> split_exp(T x, T tail) noexcept {
  using constant = constants<T>;
  const int exponent = static_cast<int>(x * T(1.4426950408889634) + (x < 0 ? T(-0.5) : T(0.5)));
  const T high = x - static_cast<T>(exponent) * constant::ln2_high;
  const T low = tail - static_cast<T>(exponent) * constant::ln2_low;
  const T r = high + low;
  T series = 1;
  for (int n = constant::digits / 5 + 4; n > 2; --n)
    series = 1 + series * r / static_cast<T>(n);
  return {exponent, {high, low + r * r / 2 * series}};
}

/// 2^exponent * fraction, rounded once, for fraction in [1/2, 2).
template <wide T>
constexpr T scaled_by(T fraction, int exponent) noexcept {
  using constant = constants<T>;
  // Tested before multiplying: g++ rejects a constant expression that overflows.
  if (exponent >= constant::max_exponent + (fraction < 1))
    return constant::infinity;
  const int half = exponent / 2;
  return fraction * power_of_two<T>(half) * power_of_two<T>(exponent - half);
}

template <wide T>
constexpr T join_exp(const scaled<pair<T>> &parts) noexcept {
  const auto [sum, rest] = exact_sum(T(1), parts.fraction.high);
  return scaled_by(sum + (rest + parts.fraction.low), parts.exponent);
}

/// 1/first + q/(first + 2) + q^2/(first + 4) + ..., the last term below 2^-bits, for q < 0.03.
template <wide T>
constexpr T log_series(T q, int first, int bits) noexcept {
  T series = 0;
  for (int n = bits / 5 * 2 + 1; n >= first; n -= 2)
    series = 1 / static_cast<T>(n) + q * series;
  return series;
}

/// log(2^exponent * (1 + f)) + tail, for 1 + f in [sqrt(1/2), sqrt(2)).
template <wide T>
constexpr T log_sum(int exponent, T f, T tail) noexcept {
  using constant = constants<T>;
  const T s = f / (2 + f);
  const T series = 2 * s * s * log_series(s * s, 3, constant::digits);
  // 2s is computed as f - f^2/2 + s f^2/2: f is exact and s is not.
  const T low = s * (f * f / 2 + series) + (static_cast<T>(exponent) * constant::ln2_low + tail);
  return static_cast<T>(exponent) * constant::ln2_high + (f - (f * f / 2 - low));
}

/// log(x) as a pair, relative error about 2^-(digits + 17), for finite x > 0.
template <wide T>
constexpr pair<T> log_pair(T x) noexcept {
  using constant = constants<T>;
  const auto [exponent, fraction] = split_exponent(x);
  const T numerator = fraction - 1;
  const auto denominator = fraction < 1 ? exact_sum(T(1), fraction) : exact_sum(fraction, T(1));
  const auto s = quotient(pair<T>{numerator, 0}, denominator);
  const auto q = product(s, s);
  // The terms of s^3 and s^5 are pairs: in pow, y magnifies their error max_exponent times.
  const T third = T(1) / 3, fifth = T(1) / 5;
  auto series = exact_sum(fifth, q.high * log_series(q.high, 7, constant::digits + 14));
  series.low += (1 - 4 * fifth - fifth) / 5;
  const auto tail = product(q, series);
  series = exact_sum(third, tail.high);
  series.low += tail.low + (1 - 2 * third - third) / 3;
  const auto cubic = product(s, product(q, series));
  const auto half = exact_sum(s.high, cubic.high);
  const auto total = exact_sum(static_cast<T>(exponent) * constant::ln2_high, 2 * half.high);
  return exact_sum(total.high, total.low + (2 * (half.low + (s.low + cubic.low)) +
                                            static_cast<T>(exponent) * constant::ln2_low));
}

template <wide T>
constexpr T exp_constant(T x) noexcept {
  using constant = constants<T>;
  if (!(abs(x) < constant::max_exponent))
    return x < 0 ? T(0) : x > 0 ? constant::infinity : x;
  return join_exp(split_exp(x, T(0)));
}

template <wide T>
constexpr T log_constant(T x) noexcept {
  using constant = constants<T>;
  if (!(x > 0 && x < constant::infinity))
    return x == 0 ? -constant::infinity : x < 0 ? constant::nan : x;
  const auto [exponent, fraction] = split_exponent(x);
  return log_sum(exponent, fraction - 1, T(0));
}

template <wide T>
constexpr T log1p_constant(T x) noexcept {
  using constant = constants<T>;
  if (!(x > -1 && x < constant::infinity) || x == 0)
    return x == -1 ? -constant::infinity : x < -1 ? constant::nan : x;
  const T sum = 1 + x;
  const auto [exponent, fraction] = split_exponent(sum);
  if (exponent == 0)
    return log_sum(0, x, T(0));
  const T lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
  return log_sum(exponent, fraction - 1, lost / sum);
}

template <wide T>
constexpr T sqrt_constant(T x) noexcept {
  using constant = constants<T>;
  if (!(x > 0 && x < constant::infinity))
    return x < 0 ? constant::nan : x;
  auto [exponent, square] = split_exponent(x);
  // square in [1, 4), so that the root has unit in the last place epsilon.
  const int lift = exponent % 2 != 0 ? 1 : square < 1 ? 2 : 0;
  square *= static_cast<T>(1 << lift);
  exponent -= lift;
  T root = T(0.6875) + T(0.34375) * square;
  for (int step = 0; step < 4; ++step)
    root = (root + square / root) / 2;
  // The residual is an exact multiple of epsilon^2: the comparisons decide the rounding.
  const T epsilon = std::numeric_limits<T>::epsilon();
  const auto power = exact_product(root, root);
  const T residual = (square - power.high) - power.low;
  if (residual > root * epsilon)
    root += epsilon;
  else if (residual <= -root * epsilon)
    root -= epsilon;
  return root * power_of_two<T>(exponent / 2);
}

template <wide T>
constexpr T tanh_constant(T x) noexcept {
  using constant = constants<T>;
  const T size = abs(x);
  if (!(size > T(0x1p-33))) // x^3/3 is below half an ulp
    return x;
  if (size > T(constant::digits) * T(0.4))
    return copysign(T(1), x);
  const auto parts = split_exp(2 * size, T(0));
  const T power = power_of_two<T>(parts.exponent);
  const auto leading = exact_sum(power, power * parts.fraction.high);
  const auto exponential = exact_sum(leading.high, leading.low + power * parts.fraction.low);
  const auto numerator = exact_sum(exponential.high, T(-1));
  const auto denominator = exact_sum(exponential.high, T(1));
  const auto [high, low] = quotient(pair<T>{numerator.high, numerator.low + exponential.low},
                                    pair<T>{denominator.high, denominator.low + exponential.low});
  return copysign(high + low, x);
}

template <wide T>
constexpr T pow_constant(T x, T y) noexcept {
  using constant = constants<T>;
  if (x == 1 || y == 0)
    return 1;
  if (x != x || y != y)
    return x != x ? x : y;
  const T base = abs(x), size = abs(y);
  const bool huge = size >= 2 / std::numeric_limits<T>::epsilon(); // then an even integer
  const std::uint64_t whole = huge ? 0 : static_cast<std::uint64_t>(size);
  const bool integer = huge || static_cast<T>(whole) == size;
  const T sign = integer && whole % 2 == 1 ? copysign(T(1), x) : T(1);
  if (base == 0 || base == constant::infinity)
    return copysign((base == 0) == (y < 0) ? constant::infinity : T(0), sign);
  if (x < 0 && !integer)
    return constant::nan;
  if (base == 1)
    return sign;
  const auto logarithm = log_pair(base);
  if (size >= constant::max_exponent / abs(logarithm.high))
    return copysign((base > 1) == (y > 0) ? constant::infinity : T(0), sign);
  const auto power = product(pair<T>{y, 0}, logarithm);
  return sign * join_exp(split_exp(power.high, power.low));
}

/// m / (m + 2) with m = expm1(2 |x|), the sum and the quotient as pairs. The C library's is 1.998
/// ulp off on 60,000 points (tanhf, glibc 2.36), too near to the bound of 2.
template <wide T>
CHAINRULE_INLINE constexpr T tanh_at_run_time(T x) noexcept {
  constexpr T last = constants<T>::digits == 53 ? 20 : 24;
  const T size = abs(x), less = expm1_of(2 * choose(size > last, last, size));
  const auto [high, low] = quotient(pair<T>{less, 0}, exact_sum_in_any_order(less, T(2)));
  return copysign(high + low, x);
}

template <class T>
CHAINRULE_INLINE constexpr auto tanh_of(const T &x) noexcept(arithmetic<T>) {
  if constexpr (std::is_same_v<T, float>)
    return static_cast<float>(tanh_at_run_time(static_cast<double>(x)));
  else if constexpr (arithmetic<T>)
    return tanh_at_run_time(real_of(x));
  else
    return tanh(x);
}

constexpr float exp_constant(float x) noexcept {
  return narrow<float>(exp_constant(static_cast<double>(x)));
}
constexpr float log_constant(float x) noexcept {
  return narrow<float>(log_constant(static_cast<double>(x)));
}
constexpr float log1p_constant(float x) noexcept {
  return narrow<float>(log1p_constant(static_cast<double>(x)));
}
constexpr float sqrt_constant(float x) noexcept {
  return narrow<float>(sqrt_constant(static_cast<double>(x)));
}
constexpr float tanh_constant(float x) noexcept {
  return narrow<float>(tanh_constant(static_cast<double>(x)));
}
constexpr float pow_constant(float x, float y) noexcept {
  return narrow<float>(pow_constant(static_cast<double>(x), static_cast<double>(y)));
}

} // namespace detail

/// e^x, any x; error below 1 ulp.
template <class T>
CHAINRULE_INLINE constexpr auto exp(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::exp_constant(x);
  return detail::exp_of(x);
}

/// Natural logarithm, x >= 0 (-inf at 0, NaN below); error below 1 ulp.
template <class T>
CHAINRULE_INLINE constexpr auto log(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::log_constant(x);
  return detail::log_of(x);
}

/// log(1 + x) without cancellation, x >= -1 (-inf at -1, NaN below); error below 1 ulp.
template <class T>
CHAINRULE_INLINE constexpr auto log1p(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::log1p_constant(x);
  return detail::log1p_of(x);
}

/// Square root, x >= 0 (NaN below, -0 at -0); correctly rounded.
template <class T>
CHAINRULE_INLINE constexpr auto sqrt(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::sqrt_constant(x);
  return detail::sqrt_of(x);
}

/// Hyperbolic tangent, any x; error below 1 ulp.
template <class T>
CHAINRULE_INLINE constexpr auto tanh(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::tanh_constant(x);
  return detail::tanh_of(x);
}

namespace detail {

template <class T>
constexpr T floor_constant(T x) noexcept {
  constexpr T last = power_of_two<working<T>>(52); // beyond it all are whole, but long doubles
  if (!(-last < x && x < last) && sizeof(T) <= sizeof(double))
    return x;
  const T whole = static_cast<T>(static_cast<long long>(x));
  return x < whole ? whole - 1 : whole;
}

/// By long division in base 2, which is exact.
template <class T>
constexpr T fmod_constant(T x, T y) noexcept {
  const T by = abs(y);
  T rest = abs(x), part = by;
  if (!(rest <= std::numeric_limits<T>::max()) || !(by > 0))
    return std::numeric_limits<T>::quiet_NaN();
  while (part <= rest / 2)
    part *= 2;
  for (; part >= by; part /= 2)
    rest = rest >= part ? rest - part : rest;
  return x < 0 ? -rest : rest;
}

} // namespace detail

/// The largest whole number that is not above x.
template <class T>
CHAINRULE_INLINE constexpr auto floor(const T &x) noexcept(std::is_arithmetic_v<T>) {
  if constexpr (std::is_floating_point_v<T>)
    if (__builtin_is_constant_evaluated())
      return detail::floor_constant(x);
  return detail::floor_of(x);
}

/// x less the multiple of y that is next to it towards 0, exactly.
template <class T, class U>
CHAINRULE_INLINE constexpr auto fmod(const T &x, const U &y) noexcept(arithmetic<T, U>) {
  if constexpr (arithmetic<T, U>)
    if (__builtin_is_constant_evaluated()) {
      using promoted = decltype(detail::fmod_of(x, y));
      return detail::fmod_constant(static_cast<promoted>(x), static_cast<promoted>(y));
    }
  return detail::fmod_of(x, y);
}

/// x^y with the special cases of C (NaN for x < 0 and y not an integer); error below 1 ulp.
template <class T, class U>
CHAINRULE_INLINE constexpr auto pow(const T &x, const U &y) noexcept(arithmetic<T, U>) {
  if constexpr (arithmetic<T, U>)
    if (__builtin_is_constant_evaluated()) {
      using promoted = decltype(detail::pow_of(x, y));
      return detail::pow_constant(static_cast<promoted>(x), static_cast<promoted>(y));
    }
  return detail::pow_of(x, y);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
