// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sinh cosh asinh acosh atanh. With E = e^|x| as a pair: (E - 1/E) / 2 and (E + 1/E) / 2; sinh
// below 1/2 with t = expm1(|x|): (t + t / (1 + t)) / 2. asinh = log1p(x + x^2 / (1 + sqrt(1 +
// x^2))), acosh = log1p(t + sqrt(2t + t^2)) with t = x - 1, atanh = log1p(2x / (1 - x)) / 2. At run
// time the C library, but for acosh, which is 1.994 ulp off on 60,000 points (acoshf, glibc 2.36),
// too near to the bound of 2. Read next: error_function.hpp.
#pragma once

#include <limits>
#include <type_traits>

#include <chainrule/math/exponential.hpp>
#include <chainrule/math/function.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// (e^x + sign e^-x) / 2 for x >= 1/2.
template <wide T>
constexpr T half_of_exponentials(T x, T sign) noexcept {
  using constant = constants<T>;
  if (x > constant::digits) {
    if (!(x < constant::max_exponent))
      return constant::infinity;
    auto parts = split_exp(x, T(0));
    --parts.exponent;
    return join_exp(parts);
  }
  const auto exponential = exp_pair(x);
  return (exponential.high + (exponential.low + sign / exponential.high)) / 2;
}

template <wide T>
constexpr T sinh_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > T(0x1p-33))) // x^3/6 is below half an ulp
    return x;
  if (size >= T(0.5))
    return copysign(half_of_exponentials(size, T(-1)), x);
  const T less = expm1_wide(size);
  return copysign((less + less / (1 + less)) / 2, x);
}

template <wide T>
constexpr T cosh_wide(T x) noexcept {
  const T size = abs(x);
  if (size >= T(0.5) || x != x)
    return x != x ? x : half_of_exponentials(size, T(1));
  const T less = expm1_wide(size);
  return 1 + less * less / (2 * (1 + less));
}

/// log(2x) where x^2 + 1 and x^2 - 1 are x^2 to working precision.
template <wide T>
constexpr T log_of_double(T x) noexcept {
  using constant = constants<T>;
  if (!(x < constant::infinity))
    return x;
  const auto [exponent, fraction] = split_exponent(x);
  return log_sum(exponent + 1, fraction - 1, T(0));
}

template <wide T>
constexpr T asinh_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > T(0x1p-33)))
    return x;
  if (size > T(0x1p+34))
    return copysign(log_of_double(size), x);
  const T square = size * size;
  return copysign(log1p_constant(size + square / (1 + sqrt_constant(1 + square))), x);
}

template <wide T>
constexpr T acosh_wide(T x) noexcept {
  if (!(x >= 1))
    return x != x ? x : constants<T>::nan;
  if (x > T(0x1p+34))
    return log_of_double(x);
  const T above = x - 1;
  return log1p_constant(above + sqrt_constant(above * (above + 2)));
}

/// The argument of log1p as a pair; beyond 2^28, acosh x = log x + ln2.
template <wide T>
CHAINRULE_INLINE constexpr T acosh_at_run_time(T x) noexcept {
  const T above = x - 1;
  const bool is_big = x > T(0x1p+33);
  const T bounded = choose(is_big, T(1), above);
  const auto square = exact_product(bounded, bounded);
  const auto under = exact_sum_in_any_order(bounded + bounded, square.high);
  const T root = square_root(under.high);
  const auto back = exact_product(root, root);
  const T lost = ((under.high - back.high) - back.low + (under.low + square.low)) /
                 choose(root == 0, T(1), root + root);
  const auto sum = exact_sum_in_any_order(bounded, root);
  const T argument = choose(is_big, above, sum.high);
  const T rest = choose(is_big, T(0.69314718055994530942L), (sum.low + lost) / (1 + sum.high));
  return choose(x < 1, constants<T>::nan, log1p_of(argument) + rest);
}

template <wide T>
constexpr T atanh_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > T(0x1p-33) && size < 1))
    return size == 1 ? copysign(constants<T>::infinity, x) : size > 1 ? constants<T>::nan : x;
  return copysign(log1p_constant(2 * size / (1 - size)) / 2, x);
}

} // namespace detail

/// Hyperbolic sine, any x; error below 2 ulp.
CHAINRULE_FUNCTION(sinh)
/// Hyperbolic cosine, any x; error below 2 ulp.
CHAINRULE_FUNCTION(cosh)
/// Inverse hyperbolic sine, any x; error below 2 ulp.
CHAINRULE_FUNCTION(asinh)
/// Inverse hyperbolic cosine, x >= 1 (NaN below); error below 2 ulp.
CHAINRULE_OWN_FUNCTION(acosh)
/// Inverse hyperbolic tangent, |x| <= 1 (infinite at 1, NaN beyond); error below 2 ulp.
CHAINRULE_FUNCTION(atanh)

} // namespace chainrule::math::CHAINRULE_FLAGS
