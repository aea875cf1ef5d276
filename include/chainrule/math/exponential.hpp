// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// expm1 exp2 log2 log10 cbrt hypot log1mexp logaddexp.
// expm1: 2^k (1 + h) - 1 as a pair. exp2(k + r) = 2^k exp(r ln2). log2 x = log x / ln2 as pairs.
// cbrt, hypot: a root in working precision, then one step with the exact residual.
// log1mexp(x) = log(1 - e^x) = log(-expm1 x) for x > -ln2, else log1p(-e^x) (Maechler 2012).
// logaddexp(a, b) = max(a, b) + log1p(e^-|a - b|).
// Read next: trigonometric.hpp.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <chainrule/math/elementary.hpp>
#include <chainrule/math/function.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// e^x as a pair, for |x| <= digits.
template <wide T>
constexpr pair<T> exp_pair(T x) noexcept {
  const auto parts = split_exp(x, T(0));
  const T power = power_of_two<T>(parts.exponent);
  const auto leading = exact_sum(power, power * parts.fraction.high);
  return exact_sum(leading.high, leading.low + power * parts.fraction.low);
}

template <wide T>
constexpr T expm1_wide(T x) noexcept {
  if (!(abs(x) > std::numeric_limits<T>::epsilon() / 4))
    return x;
  if (abs(x) > constants<T>::digits)
    return x < 0 ? T(-1) : exp_constant(x);
  const auto exponential = exp_pair(x);
  const auto difference = exact_sum_in_any_order(exponential.high, T(-1));
  return difference.high + (difference.low + exponential.low);
}

template <wide T>
constexpr T exp2_wide(T x) noexcept {
  using constant = constants<T>;
  if (!(x < constant::max_exponent))
    return x != x ? x : constant::infinity;
  if (x < -(constant::max_exponent + constant::digits))
    return 0;
  const int whole = static_cast<int>(x + (x < 0 ? T(-0.5) : T(0.5)));
  const auto rest = product(pair<T>{x - static_cast<T>(whole), 0},
                            pair<T>{constant::ln2_high, constant::ln2_low});
  auto parts = split_exp(rest.high, rest.low);
  parts.exponent += whole;
  return join_exp(parts);
}

/// log(x) * factor.
template <wide T>
constexpr T scaled_log(T x, pair<T> factor) noexcept {
  if (!(x > 0 && x < constants<T>::infinity) || x == 1)
    return log_constant(x);
  const auto result = product(log_pair(x), factor);
  return result.high + result.low;
}
template <wide T>
constexpr T log2_wide(T x) noexcept {
  return scaled_log(x, split_constant<T>(0x1.71547652b82fe178p+0L, -0x1.05e004be5b8b05dcp-65L));
}
template <wide T>
constexpr T log10_wide(T x) noexcept {
  return scaled_log(x, split_constant<T>(0x1.bcb7b1526e50e32ap-2L, 0x1.aadd557d699ee192p-68L));
}

/// One step of Halley's for cbrt(y), from a root of half the digits, whose square is exact.
template <wide T>
CHAINRULE_INLINE constexpr T improved_cube_root(T root, T y) noexcept {
  const T ratio = y / (root * root);
  return root + root * ((ratio - root) / (root + root + ratio));
}

/// The same for any root; its square cannot overflow.
CHAINRULE_INLINE constexpr double roughly_improved_cube_root(double root, double y) noexcept {
  const double ratio = root * root * (root / y);
  return root - root * ((ratio - 1) / (2 * ratio + 1));
}

template <wide T>
constexpr T cbrt_wide(T x) noexcept {
  if (!(abs(x) < constants<T>::infinity) || x == 0)
    return x;
  auto [exponent, cube] = split_exponent(abs(x));
  const int lift = (exponent % 3 + 3) % 3;
  cube *= static_cast<T>(1 << lift);
  T root = T(0.78125) + T(0.1875) * cube; // cube in [0.7, 5.7)
  for (int step = 0; step < 3; ++step)
    root = improved_cube_root(upper_half(root), cube);
  return copysign(root, x) * power_of_two<T>((exponent - lift) / 3);
}

/// The C library's is 2.96 ulp off at 0x1.706ec9dd000cep+1 (glibc 2.36).
CHAINRULE_INLINE constexpr double cbrt_at_run_time(double x) noexcept {
  const double size = abs(x);
  const bool is_tiny = size < 0x1p-1000;
  const double cube = choose(is_tiny, size * 0x1p+60, size);
  // A third of the bits is the root within 4 % (Kahan).
  auto root = std::bit_cast<double>(std::bit_cast<std::uint64_t>(cube) / 3 + 0x2a9f7893782da1ce);
  root = roughly_improved_cube_root(roughly_improved_cube_root(root, cube), cube);
  root = std::bit_cast<double>(std::bit_cast<std::uint64_t>(root) & ~std::uint64_t{0x7ffffff});
  root = improved_cube_root(root, cube);
  root = copysign(choose(is_tiny, root * 0x1p-20, root), x);
  return choose((size > 0) & (size < constants<double>::infinity), root, x + x);
}

/// The square root of the sum of the squares, rounded once more with the exact residual. Without
/// `unroll` g++ keeps the numbers in memory: a third slower.
template <bool IsConstant, wide T, std::size_t Size>
CHAINRULE_INLINE constexpr T hypot_by(const T (&numbers)[Size]) noexcept {
  using constant = constants<T>;
  constexpr int count = static_cast<int>(Size);
  constexpr int half = constant::max_exponent / 2 - 12;
  T all[Size]{}, largest = abs(numbers[0]);
  bool is_infinite = false;
#pragma GCC unroll 8
  for (int i = 0; i < count; ++i) {
    all[i] = abs(numbers[i]);
    is_infinite |= all[i] == constant::infinity;
    largest = choose(largest < all[i], all[i], largest);
  }
  if constexpr (IsConstant) {
    if (is_infinite)
      return constant::infinity;
    for (const T x : all)
      if (x != x)
        return x;
    if (largest == 0)
      return largest;
  }
  const bool is_big = largest > power_of_two<T>(half), is_small = largest < power_of_two<T>(-half);
  const T scale = choose(is_big, power_of_two<T>(-half - 100),
                         choose(is_small, power_of_two<T>(half + 100), T(1)));
  pair<T> squares[Size]{};
#pragma GCC unroll 8
  for (int i = 0; i < count; ++i)
    squares[i] = exact_product(all[i] * scale, all[i] * scale);
  T rest = squares[count - 1].low;
#pragma GCC unroll 8
  for (int i = count - 2; i >= 0; --i)
    rest = squares[i].low + rest;
  T sum = squares[0].high;
#pragma GCC unroll 8
  for (int i = 1; i < count; ++i) {
    const auto next = exact_sum_in_any_order(sum, squares[i].high);
    sum = next.high;
    rest = next.low + rest;
  }
  T root;
  if constexpr (IsConstant)
    root = sqrt_constant(sum);
  else
    root = square_root(sum);
  const auto square = exact_product(root, root);
  const T twice = choose(root == 0, T(1), root + root);
  root += ((sum - square.high) - square.low + rest) / twice;
  if constexpr (IsConstant)
    if (is_big && root > std::numeric_limits<T>::max() * scale)
      return constant::infinity;
  return choose(is_infinite, constant::infinity, root / scale);
}

template <wide T>
constexpr T log1mexp_wide(T x) noexcept {
  using constant = constants<T>;
  if (!(x < 0))
    return x == 0 ? -constant::infinity : constant::nan;
  return x > T(-0.69314718055994530942L) ? log_constant(-expm1_wide(x))
                                         : log1p_constant(-exp_constant(x));
}

/// Both sides of -ln2 as log(u) + c / u, where c is what 1 - e^x lost when it was rounded to u.
template <wide T>
CHAINRULE_INLINE constexpr T log1mexp_at_run_time(T x) noexcept {
  const bool is_near = x > T(-0.69314718055994530942L);
  const T exponential = exp_of(x), rounded = 1 - exponential;
  const T sum = choose(is_near, -expm1_of(x), rounded);
  const T lost = choose(is_near, T(0), -exponential - (rounded - 1));
  return log_of(sum) + lost / choose(sum == 0, T(1), sum);
}

template <wide T>
constexpr T logaddexp_wide(T a, T b) noexcept {
  if (a != a || b != b)
    return a != a ? a : b;
  const T larger = a < b ? b : a, smaller = a < b ? a : b;
  if (larger == smaller)
    return larger + T(0.69314718055994530942L);
  if (!(larger / 2 - smaller / 2 < constants<T>::max_exponent))
    return larger;
  const auto difference = exact_sum_in_any_order(smaller, -larger);
  const T exponential = exp_constant(difference.high);
  return larger + log1p_constant(exponential + exponential * difference.low);
}

/// e^(x + tail) for x <= 0 as a pair, to 2^-60 of it: the Taylor series of half its degree in r^2.
CHAINRULE_INLINE constexpr pair<double> decay_pair(double x, double tail) noexcept {
  using constant = constants<double>;
  constexpr double even[] = {0x1p-1,
                             0x1.5555555555555p-5,
                             0x1.6c16c16c16c17p-10,
                             0x1.a01a01a01a01ap-16,
                             0x1.27e4fb7789f5cp-22,
                             0x1.1eed8eff8d898p-29,
                             0x1.93974a8c07c9dp-37}; // 1/2!, 1/4!, ... 1/14!
  constexpr double odd[] = {0x1.5555555555555p-3,  0x1.1111111111111p-7,  0x1.a01a01a01a01ap-13,
                            0x1.71de3a556c734p-19, 0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33};
  const double bounded = choose(x < -1400, -1400.0, x);
  const double exponent = (bounded * 1.4426950408889634 + 0x1.8p52) - 0x1.8p52; // a whole number
  const double first = bounded - exponent * constant::ln2_high;
  const double rest = choose(x < -1400, 0.0, tail) - exponent * constant::ln2_low;
  const double r = first + rest, square = r * r;
  const double series = polynomial_at(square, even) + polynomial_at(square, odd) * r;
  const auto leading = exact_sum(1.0, first);
  const auto sum = exact_sum(leading.high, leading.low + (rest + square * series));
  // by two powers of two: together they may be below the normal numbers
  const auto whole = static_cast<int>(choose(x != x, 0.0, exponent));
  const int half = whole / 2;
  const auto scale = power_of_two<double>(half), again = power_of_two<double>(whole - half);
  return {sum.high * scale * again, sum.low * scale * again};
}

/// For double: with exp and log1p of the C library it would be 4.4 ulp where a < 0 < result.
CHAINRULE_INLINE constexpr double logaddexp_at_run_time(double a, double b) noexcept {
  const double larger = choose(a < b, b, a), smaller = choose(a < b, a, b);
  const auto difference = exact_sum_in_any_order(smaller, -larger);
  // Of a and b alike and infinite the difference is no number.
  const auto power =
      decay_pair(choose(a == b, 0.0, difference.high), choose(a == b, 0.0, difference.low));
  const auto sum = exact_sum(1.0, power.high);
  const auto result = exact_sum_in_any_order(larger, log_of(sum.high));
  const bool is_finite = abs(larger) < constants<double>::infinity;
  return result.high + choose(is_finite, result.low + (sum.low + power.low) / sum.high, 0.0);
}

/// For float, which is rounded from double, and for long double.
template <wide T>
CHAINRULE_INLINE constexpr T logaddexp_by_library(T a, T b) noexcept {
  const T larger = choose(a < b, b, a), smaller = choose(a < b, a, b);
  // Of a and b alike and infinite the difference is no number.
  const auto exact = exact_sum_in_any_order(smaller, -larger);
  const bool is_small = exact.high > -constants<T>::digits;
  const T exponential = exp_of(choose(a == b, T(0), exact.high));
  return larger + log1p_of(exponential + choose(is_small, exponential * exact.low, T(0)));
}

template <class T>
CHAINRULE_INLINE constexpr auto cbrt_of(const T &x) noexcept(arithmetic<T>) {
  if constexpr (std::is_same_v<T, float>)
    return __builtin_cbrtf(x);
  else if constexpr (std::is_same_v<T, long double>)
    return __builtin_cbrtl(x);
  else if constexpr (arithmetic<T>)
    return cbrt_at_run_time(static_cast<double>(x));
  else if constexpr (requires { analytic<T>::cbrt(x); })
    return analytic<T>::cbrt(x);
  else
    return cbrt(x);
}

/// Of what has a hypot of two, as Boost.Multiprecision.
template <class T, class U, class... More>
constexpr auto hypot_in_pairs(const T &x, const U &y, const More &...more) {
  if constexpr (complex_number<T>)
    return analytic<T>::hypot(x, y, more...);
  else if constexpr (sizeof...(More) == 0)
    return hypot(x, y);
  else
    return hypot_in_pairs(hypot(x, y), more...);
}

template <class T, class U, class... More>
  requires(sizeof...(More) > 0)
CHAINRULE_INLINE constexpr auto hypot_of(const T &x, const U &y,
                                         const More &...more) noexcept(arithmetic<T, U, More...>) {
  if constexpr (arithmetic<T, U, More...>) {
    using real =
        std::common_type_t<decltype(real_of(x)), decltype(real_of(y)), decltype(real_of(more))...>;
    using wider = std::conditional_t<std::is_same_v<real, float>, double, real>;
    const wider all[]{static_cast<wider>(x), static_cast<wider>(y), static_cast<wider>(more)...};
    return static_cast<real>(hypot_by<false>(all));
  } else if constexpr (requires { hypot(x, y, more...); }) {
    return hypot(x, y, more...);
  } else {
    return hypot_in_pairs(x, y, more...);
  }
}

template <class T, class... More>
constexpr T hypot_constant(T x, T y, More... more) noexcept {
  using wider = working<T>;
  const wider all[]{static_cast<wider>(x), static_cast<wider>(y), static_cast<wider>(more)...};
  return narrow<T>(hypot_by<true>(all));
}

template <class T, class U>
CHAINRULE_INLINE constexpr auto logaddexp_of(const T &a, const U &b) noexcept(arithmetic<T, U>) {
  if constexpr (requires { analytic<T>::logaddexp(a, b); }) {
    return analytic<T>::logaddexp(a, b);
  } else if constexpr (!arithmetic<T, U>) {
    return logaddexp(a, b);
  } else {
    using real = decltype(real_of(a) + real_of(b));
    using wider = std::conditional_t<std::is_same_v<real, float>, double, real>;
    if constexpr (std::is_same_v<real, double>)
      return logaddexp_at_run_time(real_of(a), real_of(b));
    else
      return static_cast<real>(logaddexp_by_library(static_cast<wider>(a), static_cast<wider>(b)));
  }
}

} // namespace detail

/// e^x - 1 without cancellation; error below 1 ulp.
CHAINRULE_FUNCTION(expm1)
/// 2^x; error below 1 ulp.
CHAINRULE_FUNCTION(exp2)
/// Logarithm to base 2, x >= 0 (-inf at 0, NaN below); error below 1 ulp.
CHAINRULE_FUNCTION(log2)
/// Logarithm to base 10, x >= 0 (-inf at 0, NaN below); error below 2 ulp.
CHAINRULE_FUNCTION(log10)
/// Cube root, any x; error below 1 ulp.
CHAINRULE_FUNCTION(cbrt)
/// log(1 - e^x), x <= 0 (-inf at 0, NaN above); error below 2 ulp.
CHAINRULE_OWN_FUNCTION(log1mexp)
/// log(e^a + e^b) without overflow; error below 2 ulp (long double 6) of the larger of |result| and
/// |max(a, b)|.
CHAINRULE_FUNCTION_OF_TWO(logaddexp)

/// The square root of the sum of the squares of two numbers or more (up to a million) without
/// overflow; infinite if one of them is; error below 1 ulp.
template <class T, class U, class... More>
CHAINRULE_INLINE constexpr auto hypot(const T &x, const U &y,
                                      const More &...more) noexcept(arithmetic<T, U, More...>) {
  if constexpr (arithmetic<T, U, More...>)
    if (__builtin_is_constant_evaluated()) {
      using real = decltype(detail::hypot_of(x, y, more...));
      return detail::hypot_constant(static_cast<real>(x), static_cast<real>(y),
                                    static_cast<real>(more)...);
    }
  return detail::hypot_of(x, y, more...);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
