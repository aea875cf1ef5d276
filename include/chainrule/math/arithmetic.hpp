// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sum_of, difference_of, product_of, quotient_of two numbers. Compilers take no operation for
// constant that makes an infinite or undefined result of others; in constant evaluation these find
// it by comparisons, so that 1 / 0 on the side of a choice that is not taken is no error. At run
// time they are + - * /. Read next: elementary.hpp.
#pragma once

#include <limits>
#include <type_traits>

#include <chainrule/math/inline.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// Between bounds in which sums, products and quotients of any type are finite.
template <class T>
constexpr bool is_moderate(T x) {
  return T(-0x1p62) <= x && x <= T(0x1p62);
}
template <class T>
constexpr T infinity_with(bool is_negative) {
  return is_negative ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
}
template <class T>
constexpr T size_of(T x) {
  return x < 0 ? -x : x;
}

template <class T>
constexpr T constant_sum(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  if (is_moderate(a) && is_moderate(b))
    return a + b;
  if (a != a || b != b || (size_of(a) > largest && a == -b))
    return std::numeric_limits<T>::quiet_NaN();
  if (size_of(a) <= largest && size_of(b) <= largest && (a < 0) == (b < 0) &&
      size_of(a) > largest - size_of(b))
    return infinity_with<T>(a < 0);
  return a + b;
}

template <class T>
constexpr T constant_product(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  if (is_moderate(a) && is_moderate(b))
    return a * b;
  const T x = size_of(a), y = size_of(b);
  if (a != a || b != b || (x == 0 && y > largest) || (y == 0 && x > largest))
    return std::numeric_limits<T>::quiet_NaN();
  if (x > largest || y > largest || (x > 1 && y > largest / x))
    return infinity_with<T>((a < 0) != (b < 0));
  return a * b;
}

template <class T>
constexpr T constant_quotient(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  const T x = size_of(a), y = size_of(b);
  if (is_moderate(a) && y >= T(0x1p-62) && y <= T(0x1p62))
    return a / b;
  if (a != a || b != b || (x == 0 && y == 0) || (x > largest && y > largest))
    return std::numeric_limits<T>::quiet_NaN();
  if (x > largest || y == 0 || (y < 1 && x > largest * y))
    return infinity_with<T>((a < 0) != (__builtin_copysign(1.0, static_cast<double>(b)) < 0));
  return a / b;
}

} // namespace detail

template <class T>
CHAINRULE_INLINE constexpr T sum_of(const T &a, const T &b) {
  if constexpr (std::is_floating_point_v<T>)
    if (std::is_constant_evaluated())
      return detail::constant_sum(a, b);
  return a + b;
}
template <class T>
CHAINRULE_INLINE constexpr T difference_of(const T &a, const T &b) {
  if constexpr (std::is_floating_point_v<T>)
    if (std::is_constant_evaluated())
      return detail::constant_sum(a, -b);
  return a - b;
}
template <class T>
CHAINRULE_INLINE constexpr T product_of(const T &a, const T &b) {
  if constexpr (std::is_floating_point_v<T>)
    if (std::is_constant_evaluated())
      return detail::constant_product(a, b);
  return a * b;
}
template <class T>
CHAINRULE_INLINE constexpr T quotient_of(const T &a, const T &b) {
  if constexpr (std::is_floating_point_v<T>)
    if (std::is_constant_evaluated())
      return detail::constant_quotient(a, b);
  return a / b;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
