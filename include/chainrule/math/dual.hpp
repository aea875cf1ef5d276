// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// dual: a value and its slopes in up to three directions, (a + a' e)(b + b' e) = ab + (a'b + ab')
// e. The independent route of the gradient check: the value rule of an operation, run on duals,
// gives its partial derivatives without any derivative rule of the library (Wengert 1964). Read
// next: check/gradient_check.hpp.
#pragma once

#include <array>
#include <cstddef>

#include <chainrule/math/elementary.hpp>

namespace chainrule::math {

// Compilers take no operation that overflows or yields NaN for a constant. These say infinity
// instead, for whatever is out of range, and hand it on.
constexpr bool in_range(double x) { return abs(x) <= std::numeric_limits<double>::max(); }
inline constexpr double out_of_range = std::numeric_limits<double>::infinity();

constexpr double bounded_sum(double a, double b) {
  constexpr double half = std::numeric_limits<double>::max() / 2;
  return abs(a) <= half && abs(b) <= half ? a + b : out_of_range;
}
constexpr double bounded_product(double a, double b) {
  constexpr double largest = std::numeric_limits<double>::max();
  if (!in_range(a) || !in_range(b) || (abs(a) > 1 && abs(b) > largest / abs(a)))
    return out_of_range;
  return a * b;
}
constexpr double bounded_quotient(double a, double b) {
  constexpr double largest = std::numeric_limits<double>::max();
  if (!in_range(a) || !in_range(b) || b == 0 || (abs(b) < 1 && abs(a) > largest * abs(b)))
    return out_of_range;
  return a / b;
}

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

constexpr dual abs(const dual &x) {
  return x.through(math::abs(x.value), x.value > 0 ? 1 : x.value < 0 ? -1 : 0);
}
constexpr dual copysign(const dual &size, const dual &sign) {
  return (sign.value < 0) == (size.value < 0) ? size : -size;
}
constexpr dual exp(const dual &x) {
  const double result = math::exp(x.value);
  return x.through(result, result);
}
constexpr dual log(const dual &x) {
  return x.through(math::log(x.value), bounded_quotient(1, x.value));
}
constexpr dual log1p(const dual &x) {
  return x.through(math::log1p(x.value), bounded_quotient(1, bounded_sum(1, x.value)));
}
constexpr dual sqrt(const dual &x) {
  const double result = math::sqrt(x.value);
  return x.through(result, bounded_quotient(0.5, result));
}
constexpr dual tanh(const dual &x) {
  // sech^2 x = 4 t / (1 + t)^2 with t = exp(-2 |x|), which does not cancel where tanh is near 1.
  const double t = math::exp(bounded_product(-2, math::abs(x.value)));
  return x.through(math::tanh(x.value), 4 * t / ((1 + t) * (1 + t)));
}
constexpr dual pow(const dual &x, const dual &y) {
  const double result = math::pow(x.value, y.value);
  // Below 0 there is no derivative by y; clang takes an operation that yields NaN for no constant.
  const double by_exponent = x.value > 0 ? bounded_product(result, math::log(x.value)) : 0;
  return x.through(result, bounded_product(y.value, math::pow(x.value, y.value - 1))) +
         y.through(0, by_exponent);
}

} // namespace chainrule::math
