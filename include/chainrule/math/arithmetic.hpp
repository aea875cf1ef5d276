// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// constant_sum, constant_product, constant_quotient of numbers: + * / in constant evaluation.
// Compilers take no operation for constant that makes an infinite or undefined result of others;
// these find it by comparisons, so that 1 / 0 on the side of a choice that is not taken is no
// error. Read next: elementary.hpp.
#pragma once

#include <limits>

#include <chainrule/math/flags.hpp>

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

} // namespace detail

template <class T>
constexpr T constant_sum(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  if (detail::is_moderate(a) && detail::is_moderate(b))
    return a + b;
  if (a != a || b != b || (detail::size_of(a) > largest && a == -b))
    return std::numeric_limits<T>::quiet_NaN();
  if (detail::size_of(a) <= largest && detail::size_of(b) <= largest && (a < 0) == (b < 0) &&
      detail::size_of(a) > largest - detail::size_of(b))
    return detail::infinity_with<T>(a < 0);
  return a + b;
}

template <class T>
constexpr T constant_product(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  if (detail::is_moderate(a) && detail::is_moderate(b))
    return a * b;
  const T x = detail::size_of(a), y = detail::size_of(b);
  if (a != a || b != b || (x == 0 && y > largest) || (y == 0 && x > largest))
    return std::numeric_limits<T>::quiet_NaN();
  if (x > largest || y > largest || (x > 1 && y > largest / x))
    return detail::infinity_with<T>((a < 0) != (b < 0));
  return a * b;
}

template <class T>
constexpr T constant_quotient(T a, T b) {
  constexpr T largest = std::numeric_limits<T>::max();
  const T x = detail::size_of(a), y = detail::size_of(b);
  if (detail::is_moderate(a) && y >= T(0x1p-62) && y <= T(0x1p62))
    return a / b;
  if (a != a || b != b || (x == 0 && y == 0) || (x > largest && y > largest))
    return std::numeric_limits<T>::quiet_NaN();
  if (y < 1 && x > largest * y)
    return detail::infinity_with<T>((a < 0) !=
                                    (__builtin_copysign(1.0, static_cast<double>(b)) < 0));
  return a / b;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
