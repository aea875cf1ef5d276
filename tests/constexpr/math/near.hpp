// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Comparisons in constant evaluation.

#pragma once

#include <chainrule/math/elementary.hpp>

#include <limits>

namespace {

namespace math = chainrule::math;

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();

template <class T>
constexpr T nan = std::numeric_limits<T>::quiet_NaN();

/// Within so many units in the last place of the nearest value: one allows both its neighbours.
template <class T>
constexpr bool near(T value, T expected, int units = 1) {
  const T size = math::abs(expected);
  T unit = std::numeric_limits<T>::denorm_min();
  // The spacing at `size`, by doubling: also right for subnormals.
  T binade = std::numeric_limits<T>::min();
  for (; binade <= size / 2; binade *= 2)
    unit *= 2;
  return math::abs(value - expected) <= unit * static_cast<T>(units);
}

/// Equal, also in the sign of zero.
template <class T>
constexpr bool same(T value, T expected) {
  return value == expected && math::copysign(T(1), value) == math::copysign(T(1), expected);
}

constexpr bool is_nan(auto value) { return value != value; }

} // namespace
