// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// dual<Count>: a value and its slopes in so many directions, (a + a' e)(b + b' e) = ab + (a' b + a
// b') e. An operation that is run on one has its local slopes, whatever its value is made of; that
// is how a tape comes to one node for each operation. For run time: nothing is done for what
// overflows in constant evaluation. Read next: numbers.hpp.
#pragma once

#include <chainrule/math/slopes.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

template <int Count>
struct dual {
  double value = 0;
  double slopes[std::size_t{Count}]{};

  constexpr dual() = default;
  CHAINRULE_INLINE constexpr dual(double constant) : value(constant) {}
  /// The input of this direction.
  CHAINRULE_INLINE constexpr dual(double at, int direction) : value(at) { slopes[direction] = 1; }

  /// f(x) where f has the value and the derivative given at x.
  CHAINRULE_INLINE constexpr dual through(double result, double derivative) const {
    dual out(result);
    for (int i = 0; i < Count; ++i)
      out.slopes[i] = derivative * slopes[i];
    return out;
  }

  CHAINRULE_INLINE friend constexpr dual operator+(const dual &a, const dual &b) {
    return a.joined(b, a.value + b.value, 1, 1);
  }
  CHAINRULE_INLINE friend constexpr dual operator-(const dual &a) {
    return a.through(-a.value, -1);
  }
  CHAINRULE_INLINE friend constexpr dual operator-(const dual &a, const dual &b) {
    return a.joined(b, a.value - b.value, 1, -1);
  }
  CHAINRULE_INLINE friend constexpr dual operator*(const dual &a, const dual &b) {
    return a.joined(b, a.value * b.value, b.value, a.value);
  }
  CHAINRULE_INLINE friend constexpr dual operator/(const dual &a, const dual &b) {
    const double quotient = a.value / b.value, inverse = 1 / b.value;
    return a.joined(b, quotient, inverse, -quotient * inverse);
  }

  CHAINRULE_INLINE friend constexpr bool operator<(const dual &a, const dual &b) {
    return a.value < b.value;
  }
  CHAINRULE_INLINE friend constexpr bool operator<=(const dual &a, const dual &b) {
    return a.value <= b.value;
  }
  CHAINRULE_INLINE friend constexpr bool operator>(const dual &a, const dual &b) { return b < a; }
  CHAINRULE_INLINE friend constexpr bool operator>=(const dual &a, const dual &b) { return b <= a; }
  CHAINRULE_INLINE friend constexpr bool operator==(const dual &a, const dual &b) {
    return a.value == b.value;
  }

private:
  CHAINRULE_INLINE constexpr dual joined(const dual &b, double result, double by_this,
                                         double by_b) const {
    dual out(result);
    for (int i = 0; i < Count; ++i)
      out.slopes[i] = by_this * slopes[i] + by_b * b.slopes[i];
    return out;
  }
};

// The slopes of slopes.hpp look for what overflows, as constant evaluation needs it; those that
// networks are made of do without.
template <int Count>
CHAINRULE_INLINE inline dual<Count> log(const dual<Count> &x) {
  return x.through(math::log(x.value), 1 / x.value);
}
template <int Count>
CHAINRULE_INLINE inline dual<Count> log1p(const dual<Count> &x) {
  return x.through(math::log1p(x.value), 1 / (1 + x.value));
}
template <int Count>
CHAINRULE_INLINE inline dual<Count> sqrt(const dual<Count> &x) {
  const double root = math::sqrt(x.value);
  return x.through(root, 0.5 / root);
}
/// The C library's, as users of tapes have it: ours is more accurate and 10 ns slower.
template <int Count>
CHAINRULE_INLINE inline dual<Count> tanh(const dual<Count> &x) {
  const double result = __builtin_tanh(x.value);
  return x.through(result, (1 - result) * (1 + result));
}
template <int Count>
CHAINRULE_INLINE inline dual<Count> pow(const dual<Count> &x, const dual<Count> &y) {
  const double result = math::pow(x.value, y.value);
  dual<Count> out = x.through(result, y.value * math::pow(x.value, y.value - 1));
  for (int i = 0; i < Count; ++i)
    if (y.slopes[i] != 0) // a constant exponent needs no logarithm
      out.slopes[i] += result * math::log(x.value) * y.slopes[i];
  return out;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
