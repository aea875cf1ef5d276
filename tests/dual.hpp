// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// dual: a value and its slopes in up to three directions, (a + a' e)(b + b' e) = ab + (a'b + ab')
// e. What math/slopes.hpp does to a number that carries slopes, seen without a trace.
#pragma once

#include <array>
#include <cstddef>

#include <chainrule/math/slopes.hpp>

namespace chainrule::math {

struct dual {
  double value = 0;
  std::array<double, 3> slope{};

  constexpr dual() = default;
  constexpr dual(double constant) : value(constant) {}
  constexpr dual(double at, const std::array<double, 3> &slopes) : value(at), slope(slopes) {}

  /// f(x) where f has the value and the derivative given at x.
  constexpr dual through(double result, double derivative) const {
    dual out(result);
    for (std::size_t i = 0; i < slope.size(); ++i)
      out.slope[i] = slope[i] == 0 ? 0 : bounded_product(derivative, slope[i]);
    return out;
  }

  friend constexpr dual operator+(const dual &a, const dual &b) {
    dual out(bounded_sum(a.value, b.value));
    for (std::size_t i = 0; i < out.slope.size(); ++i)
      out.slope[i] = bounded_sum(a.slope[i], b.slope[i]);
    return out;
  }
  friend constexpr dual operator-(const dual &a) { return a.through(-a.value, -1); }
  friend constexpr dual operator-(const dual &a, const dual &b) { return a + -b; }
  friend constexpr dual operator*(const dual &a, const dual &b) {
    return a.through(bounded_product(a.value, b.value), b.value) + b.through(0, a.value);
  }
  friend constexpr dual operator/(const dual &a, const dual &b) {
    const double quotient = bounded_quotient(a.value, b.value);
    return a.through(quotient, bounded_quotient(1, b.value)) +
           b.through(0, bounded_quotient(-quotient, b.value));
  }

  friend constexpr bool operator<(const dual &a, const dual &b) { return a.value < b.value; }
  friend constexpr bool operator<=(const dual &a, const dual &b) { return a.value <= b.value; }
  friend constexpr bool operator>(const dual &a, const dual &b) { return b < a; }
  friend constexpr bool operator>=(const dual &a, const dual &b) { return b <= a; }
  friend constexpr bool operator==(const dual &a, const dual &b) { return a.value == b.value; }
};

} // namespace chainrule::math
