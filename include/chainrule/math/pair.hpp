// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the functions of this folder are computed with: x = 2^exponent * fraction, and pairs, the
// unevaluated sum high + low of two numbers (Dekker 1971, Knuth): exact_sum, exact_product.
// Of a = high + low only |low| <= ulp(high) is promised.
// Read next: elementary.hpp.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <chainrule/math/library.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// |x|, any x; exact.
template <class T>
CHAINRULE_INLINE constexpr auto abs(const T &x) noexcept(std::is_arithmetic_v<T>) {
  return detail::abs_of(x);
}

/// |magnitude| with the sign bit of `sign`, any arguments; exact.
template <class T>
CHAINRULE_INLINE constexpr auto copysign(const T &magnitude,
                                         const T &sign) noexcept(std::is_arithmetic_v<T>) {
  return detail::copysign_of(magnitude, sign);
}

namespace detail {

// Only these two types have algorithms of their own; float is computed in double.
template <class T>
concept wide = std::is_same_v<T, double> || std::is_same_v<T, long double>;

template <wide T>
struct constants {
  using limits = std::numeric_limits<T>;
  static_assert(limits::is_iec559 && (limits::digits == 53 || limits::digits == 64),
                "chainrule::math computes with 53 or 64 significant bits");
  static constexpr int digits = limits::digits;
  static constexpr int max_exponent = limits::max_exponent;
  static constexpr T infinity = limits::infinity();
  static constexpr T nan = limits::quiet_NaN();
  static constexpr T splitter = static_cast<T>((std::uint64_t{1} << ((digits + 1) / 2)) + 1);
  // ln2 = high + low; high has 40 bits, so that k * high is exact for every binary exponent k.
  static constexpr T ln2_high = T(0x1.62e42fefa2p-1);
  static constexpr T ln2_low = static_cast<T>(0x1.9ef35793c7673008p-41L);
};

/// 2^exponent for a normal result. Squaring for long double: no bit_cast to its 80 bits on clang.
template <wide T>
constexpr T power_of_two(int exponent) noexcept {
  if constexpr (constants<T>::digits == 53) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
  } else {
    auto power = static_cast<T>(power_of_two<double>(exponent / 32));
    for (int squarings = 0; squarings < 5; ++squarings)
      power *= power;
    return power * static_cast<T>(power_of_two<double>(exponent % 32));
  }
}

template <class T>
struct scaled {
  int exponent;
  T fraction;
};

/// x = 2^exponent * fraction with fraction in [sqrt(1/2), sqrt(2)), for finite x > 0.
template <wide T>
constexpr scaled<T> split_exponent(T x) noexcept {
  int exponent = 0;
  for (; x >= T(0x1p+960); exponent += 960)
    x *= T(0x1p-960);
  for (; x < T(0x1p-960); exponent -= 960)
    x *= T(0x1p+960);
  // The bits of sqrt(1/2) subtracted first: the exponent then steps there and not at 1.
  const auto bits = std::bit_cast<std::int64_t>(static_cast<double>(x)) - 0x3fe6a09e667f3bcd;
  const int shift = static_cast<int>(bits >> 52);
  return {exponent + shift, x * power_of_two<T>(-shift)};
}

/// The unevaluated sum high + low: about twice the precision of T.
template <wide T>
struct pair {
  T high;
  T low;
};

template <wide T>
constexpr T upper_half(T x) noexcept {
  return constants<T>::splitter * x - (constants<T>::splitter * x - x);
}

/// a * b without error. No fma: it is not a constant expression on clang.
template <wide T>
constexpr pair<T> exact_product(T a, T b) noexcept {
  const T a_high = upper_half(a), b_high = upper_half(b), a_low = a - a_high, b_low = b - b_high;
  return {a * b, ((a_high * b_high - a * b) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

template <wide T>
constexpr pair<T> product(pair<T> a, pair<T> b) noexcept {
  const auto high = exact_product(a.high, b.high);
  return {high.high, high.low + (a.high * b.low + a.low * b.high)};
}

/// a + b without error, for |a| >= |b| or a == 0.
template <wide T>
constexpr pair<T> exact_sum(T a, T b) noexcept {
  return {a + b, b - ((a + b) - a)};
}

/// a + b without error (Knuth).
template <wide T>
constexpr pair<T> exact_sum_in_any_order(T a, T b) noexcept {
  const T sum = a + b, from_b = sum - a;
  return {sum, (a - (sum - from_b)) + (b - from_b)};
}

template <wide T>
constexpr pair<T> quotient(pair<T> a, pair<T> b) noexcept {
  const T leading = a.high / b.high;
  const auto back = exact_product(leading, b.high);
  const T remainder = ((a.high - back.high) - back.low) + (a.low - leading * b.low);
  return {leading, remainder / b.high};
}

/// The two parts of a constant given to 128 bits.
template <wide T>
constexpr pair<T> split_constant(long double high, long double low) noexcept {
  const T leading = static_cast<T>(high);
  return {leading, static_cast<T>((high - static_cast<long double>(leading)) + low)};
}

/// condition ? a : b. At run time by masks: of two choices by one condition g++ 12 and clang 14
/// make a jump.
template <class T>
CHAINRULE_INLINE constexpr T choose(bool condition, T a, T b) noexcept {
  if constexpr (std::is_same_v<T, double>)
    if (!__builtin_is_constant_evaluated()) {
      std::uint64_t mask = -static_cast<std::uint64_t>(condition);
      asm("" : "+r"(mask)); // clang 14 would see the choice in it
      return std::bit_cast<double>((std::bit_cast<std::uint64_t>(a) & mask) |
                                   (std::bit_cast<std::uint64_t>(b) & ~mask));
    }
  return condition ? a : b;
}

/// The square root at run time. One instruction: the C library's function is called for x < 0, by a
/// jump, to set errno.
template <wide T>
CHAINRULE_INLINE constexpr T square_root(T x) noexcept {
#if defined(__SSE2__)
  if constexpr (std::is_same_v<T, double>) {
    using numbers [[gnu::vector_size(16)]] = double;
    return __builtin_ia32_sqrtsd(numbers{x, x})[0];
  }
#endif
  return sqrt_of(x);
}

/// c[0] + c[1] t + c[2] t^2 + ...; spelled out, since g++ 12 leaves the loop at -O2.
template <wide T, std::size_t N, std::size_t... I>
CHAINRULE_INLINE constexpr T polynomial_at(T t, const T (&c)[N],
                                           std::index_sequence<I...>) noexcept {
  T sum = c[N - 1];
  ((sum = sum * t + c[N - 2 - I]), ...);
  return sum;
}
template <wide T, std::size_t N>
CHAINRULE_INLINE constexpr T polynomial_at(T t, const T (&c)[N]) noexcept {
  return polynomial_at(t, c, std::make_index_sequence<N - 1>{});
}

/// What a result of T is computed in during constant evaluation, and then rounded once: with eleven
/// bits to spare for double where long double has them, so that plain series suffice.
template <class T>
using working = std::conditional_t<
    std::is_same_v<T, float>, double,
    std::conditional_t<std::numeric_limits<long double>::digits == 64, long double, double>>;

/// float, double and long double stay what they are, and integers are doubles.
template <class T>
CHAINRULE_INLINE constexpr auto real_of(const T &x) noexcept {
  return static_cast<std::conditional_t<std::is_floating_point_v<T>, T, double>>(x);
}

/// Rounds to T; g++ and the standard reject a conversion that overflows.
template <class T, wide Wide>
constexpr T narrow(Wide x) noexcept {
  if constexpr (std::is_same_v<T, Wide>) {
    return x;
  } else {
    using limits = std::numeric_limits<T>;
    constexpr Wide bound = static_cast<Wide>(limits::max()) +
                           power_of_two<Wide>(limits::max_exponent - limits::digits - 1);
    if (!(abs(x) < bound))
      return x != x ? limits::quiet_NaN() : copysign(limits::infinity(), x < 0 ? T(-1) : T(1));
    return static_cast<T>(x);
  }
}

} // namespace detail

} // namespace chainrule::math::CHAINRULE_FLAGS
