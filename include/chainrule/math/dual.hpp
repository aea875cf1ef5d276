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

#include <chainrule/math/gamma.hpp>
#include <chainrule/math/hyperbolic.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

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

// Templates, so that what is not used of the rest costs no compile time: 0.06 s (g++ 12).
template <class T>
concept a_dual = std::is_same_v<T, dual>;

template <a_dual Dual>
constexpr dual expm1(const Dual &x) {
  return x.through(math::expm1(x.value), math::exp(x.value));
}
template <a_dual Dual>
constexpr dual exp2(const Dual &x) {
  const double result = math::exp2(x.value);
  return x.through(result, bounded_product(0.69314718055994530942, result));
}
template <a_dual Dual>
constexpr dual log2(const Dual &x) {
  return x.through(math::log2(x.value), bounded_quotient(1.44269504088896340736, x.value));
}
template <a_dual Dual>
constexpr dual log10(const Dual &x) {
  return x.through(math::log10(x.value), bounded_quotient(0.43429448190325182765, x.value));
}
template <a_dual Dual>
constexpr dual cbrt(const Dual &x) {
  const double result = math::cbrt(x.value);
  return x.through(result, bounded_quotient(bounded_quotient(1. / 3, result), result));
}
template <a_dual Dual>
constexpr dual hypot(const Dual &x, const Dual &y) {
  const double result = math::hypot(x.value, y.value);
  return x.through(result, bounded_quotient(x.value, result)) +
         y.through(0, bounded_quotient(y.value, result));
}
template <a_dual Dual>
constexpr dual hypot(const Dual &x, const Dual &y, const Dual &z) {
  const double result = math::hypot(x.value, y.value, z.value);
  return x.through(result, bounded_quotient(x.value, result)) +
         y.through(0, bounded_quotient(y.value, result)) +
         z.through(0, bounded_quotient(z.value, result));
}
template <a_dual Dual>
constexpr dual log1mexp(const Dual &x) {
  return x.through(math::log1mexp(x.value),
                   bounded_quotient(math::exp(x.value), math::expm1(x.value)));
}
template <a_dual Dual>
constexpr dual logaddexp(const Dual &a, const Dual &b) {
  const bool is_first = b.value < a.value;
  const double ratio = math::exp(-math::abs(bounded_sum(a.value, -b.value)));
  const double larger = 1 / (1 + ratio), smaller = ratio / (1 + ratio);
  return a.through(math::logaddexp(a.value, b.value), is_first ? larger : smaller) +
         b.through(0, is_first ? smaller : larger);
}

template <a_dual Dual>
constexpr dual sin(const Dual &x) {
  return x.through(math::sin(x.value), math::cos(x.value));
}
template <a_dual Dual>
constexpr dual cos(const Dual &x) {
  return x.through(math::cos(x.value), -math::sin(x.value));
}
template <a_dual Dual>
constexpr dual tan(const Dual &x) {
  const double cosine = math::cos(x.value);
  return x.through(math::tan(x.value), bounded_quotient(1, bounded_product(cosine, cosine)));
}
template <a_dual Dual>
constexpr dual asin(const Dual &x) {
  const double root = math::sqrt(bounded_product(1 - x.value, 1 + x.value));
  return x.through(math::asin(x.value), bounded_quotient(1, root));
}
template <a_dual Dual>
constexpr dual acos(const Dual &x) {
  const double root = math::sqrt(bounded_product(1 - x.value, 1 + x.value));
  return x.through(math::acos(x.value), bounded_quotient(-1, root));
}
template <a_dual Dual>
constexpr dual atan(const Dual &x) {
  const double size = math::hypot(1.0, x.value);
  return x.through(math::atan(x.value), bounded_quotient(bounded_quotient(1, size), size));
}
template <a_dual Dual>
constexpr dual atan2(const Dual &y, const Dual &x) {
  const double size = math::hypot(x.value, y.value);
  return y.through(math::atan2(y.value, x.value),
                   bounded_quotient(bounded_quotient(x.value, size), size)) +
         x.through(0, bounded_quotient(bounded_quotient(-y.value, size), size));
}

template <a_dual Dual>
constexpr dual sinh(const Dual &x) {
  return x.through(math::sinh(x.value), math::cosh(x.value));
}
template <a_dual Dual>
constexpr dual cosh(const Dual &x) {
  return x.through(math::cosh(x.value), math::sinh(x.value));
}
template <a_dual Dual>
constexpr dual asinh(const Dual &x) {
  return x.through(math::asinh(x.value), bounded_quotient(1, math::hypot(1.0, x.value)));
}
template <a_dual Dual>
constexpr dual acosh(const Dual &x) {
  const double above = math::sqrt(x.value - 1), below = math::sqrt(bounded_sum(x.value, 1));
  return x.through(math::acosh(x.value), bounded_quotient(bounded_quotient(1, above), below));
}
template <a_dual Dual>
constexpr dual atanh(const Dual &x) {
  return x.through(math::atanh(x.value),
                   bounded_quotient(1, bounded_product(1 - x.value, 1 + x.value)));
}

/// 2 / sqrt(pi) e^(-x^2)
template <class T>
constexpr T slope_of_erf(T x) {
  constexpr double root_of_two = 1.41421356237309504880;
  return 2 * root_of_two * math::normal_density(bounded_product(root_of_two, x));
}
template <a_dual Dual>
constexpr dual erf(const Dual &x) {
  return x.through(math::erf(x.value), slope_of_erf(x.value));
}
template <a_dual Dual>
constexpr dual erfc(const Dual &x) {
  return x.through(math::erfc(x.value), -slope_of_erf(x.value));
}
template <a_dual Dual>
constexpr dual erf_slope(const Dual &x) {
  const double result = slope_of_erf(x.value);
  return x.through(result, bounded_product(-2 * x.value, result));
}
template <a_dual Dual>
constexpr dual normal_density(const Dual &x) {
  const double result = math::normal_density(x.value);
  return x.through(result, bounded_product(-x.value, result));
}
template <a_dual Dual>
constexpr dual normal_cdf(const Dual &x) {
  return x.through(math::normal_cdf(x.value), math::normal_density(x.value));
}
template <a_dual Dual>
constexpr dual log_normal_cdf(const Dual &x) {
  return x.through(math::log_normal_cdf(x.value), math::inverse_mills(x.value));
}
template <a_dual Dual>
constexpr dual inverse_mills(const Dual &x) {
  const double result = math::inverse_mills(x.value);
  // m' = -m (x + m) cancels on the left; there by the asymptotic series of m.
  const double q = bounded_quotient(bounded_quotient(1, x.value), x.value);
  return x.through(result, x.value < -100 ? -(1 - q * (1 - q * (6 - q * (50 - q * 518))))
                                          : bounded_product(-result, bounded_sum(x.value, result)));
}
template <a_dual Dual>
constexpr dual inverse_mills_slope(const Dual &x) {
  const double ratio = math::inverse_mills(x.value), result = math::inverse_mills_slope(x.value);
  // (m (x + m))' = m (1 - m (x + m)) - m (x + m)^2 cancels on the left, as above.
  const double q = bounded_quotient(bounded_quotient(1, x.value), x.value);
  return x.through(result, x.value < -100 ? 2 * bounded_quotient(q, x.value) *
                                                (1 - q * (12 - q * (150 - q * 2072)))
                                          : ratio * (1 - result) - result * (x.value + ratio));
}

template <a_dual Dual>
constexpr dual lgamma(const Dual &x) {
  return x.through(math::lgamma(x.value), math::digamma(x.value));
}
template <a_dual Dual>
constexpr dual digamma(const Dual &x) {
  return x.through(math::digamma(x.value), math::trigamma(x.value));
}
template <a_dual Dual>
constexpr dual trigamma(const Dual &x) {
  return x.through(math::trigamma(x.value), math::tetragamma(x.value));
}

/// Its derivative is not known.
template <a_dual Dual>
constexpr dual tetragamma(const Dual &x) {
  return x.through(math::tetragamma(x.value), out_of_range);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
