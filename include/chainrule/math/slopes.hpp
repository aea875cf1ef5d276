// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the functions of math/ do to a number that carries slopes: f(x) has the value f(x.value),
// and f' is handed to x.through(value, f'). The independent route of the gradient check: the value
// rule of an operation, run on such numbers, is differentiated without any derivative rule of the
// library (Wengert 1964).
// Read next: check/traced.hpp.
#pragma once

#include <chainrule/math/gamma.hpp>
#include <chainrule/math/hyperbolic.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

// Compilers take no operation that overflows or yields NaN for a constant. These say infinity
// instead, for whatever is out of range, and hand it on. Most of what the check of a gradient costs
// the compiler is spent in them: without math::abs, which is three calls, where they need it not.
inline constexpr double out_of_range = std::numeric_limits<double>::infinity();

constexpr bool is_within(double x, double bound) { return -bound <= x && x <= bound; }
constexpr bool in_range(double x) { return is_within(x, std::numeric_limits<double>::max()); }

constexpr double bounded_sum(double a, double b) {
  constexpr double half = std::numeric_limits<double>::max() / 2;
  return is_within(a, half) && is_within(b, half) ? a + b : out_of_range;
}
constexpr double bounded_product(double a, double b) {
  constexpr double root = 0x1p511, largest = std::numeric_limits<double>::max();
  if (is_within(a, root) && is_within(b, root))
    return a * b;
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

// Templates, so that what is not used costs no compile time: 0.06 s (g++ 12).

/// The value that such a number carries, which may itself carry slopes: those of slopes. Functions
/// of it are found by its type, as those further down are.
template <carries_slopes T>
using carried = std::remove_cvref_t<decltype(std::declval<const T &>().value)>;

template <class A, class B>
  requires(carries_slopes<A> || carries_slopes<B>)
constexpr auto bounded_sum(const A &a, const B &b) { return a + b; }
template <class A, class B>
  requires(carries_slopes<A> || carries_slopes<B>)
constexpr auto bounded_product(const A &a, const B &b) { return a * b; }
template <class A, class B>
  requires(carries_slopes<A> || carries_slopes<B>)
constexpr auto bounded_quotient(const A &a, const B &b) { return a / b; }

/// At 0 the slope from the right: a rule that chooses by z < 0, as that of the sigmoid, has taken
/// its other side there.
template <carries_slopes T>
constexpr T abs(const T &x) {
  return x.through(abs(x.value), x.value < 0 ? -1 : 1);
}
template <carries_slopes T>
constexpr T copysign(const T &size, const T &sign) {
  return (sign.value < 0) == (size.value < 0) ? size : -size;
}
template <carries_slopes T>
constexpr T exp(const T &x) {
  const auto result = exp(x.value);
  return x.through(result, result);
}
template <carries_slopes T>
constexpr T log(const T &x) {
  return x.through(log(x.value), bounded_quotient(1, x.value));
}
template <carries_slopes T>
constexpr T log1p(const T &x) {
  return x.through(log1p(x.value), bounded_quotient(1, bounded_sum(1, x.value)));
}
template <carries_slopes T>
constexpr T sqrt(const T &x) {
  const auto result = sqrt(x.value);
  return x.through(result, bounded_quotient(0.5, result));
}
template <carries_slopes T>
constexpr T tanh(const T &x) {
  // sech^2 x = 4 t / (1 + t)^2 with t = exp(-2 |x|), which does not cancel where tanh is near 1.
  const auto t = exp(-bounded_product(2, abs(x.value)));
  return x.through(tanh(x.value), 4 * t / ((1 + t) * (1 + t)));
}
template <carries_slopes T>
constexpr T pow(const T &x, const T &y) {
  const auto result = pow(x.value, y.value);
  // Below 0 there is no derivative by y; clang takes an operation that yields NaN for no constant.
  const auto by_exponent = x.value > 0 ? bounded_product(result, log(x.value)) : 0;
  return x.through(result, bounded_product(y.value, pow(x.value, y.value - 1))) +
         y.through(0, by_exponent);
}

template <carries_slopes T>
constexpr T floor(const T &x) {
  return x.through(math::floor(x.value), 0);
}
template <carries_slopes T>
constexpr T fmod(const T &x, const T &y) {
  const auto result = math::fmod(x.value, y.value);
  return x.through(result, 1) + y.through(0, bounded_quotient(result - x.value, y.value));
}

template <carries_slopes T>
constexpr T expm1(const T &x) {
  return x.through(expm1(x.value), exp(x.value));
}
template <carries_slopes T>
constexpr T exp2(const T &x) {
  const auto result = exp2(x.value);
  return x.through(result, bounded_product(0.69314718055994530942, result));
}
template <carries_slopes T>
constexpr T log2(const T &x) {
  return x.through(log2(x.value), bounded_quotient(1.44269504088896340736, x.value));
}
template <carries_slopes T>
constexpr T log10(const T &x) {
  return x.through(log10(x.value), bounded_quotient(0.43429448190325182765, x.value));
}
template <carries_slopes T>
constexpr T cbrt(const T &x) {
  const auto result = cbrt(x.value);
  return x.through(result, bounded_quotient(bounded_quotient(1. / 3, result), result));
}
template <carries_slopes T>
constexpr T hypot(const T &x, const T &y) {
  const auto result = hypot(x.value, y.value);
  return x.through(result, bounded_quotient(x.value, result)) +
         y.through(0, bounded_quotient(y.value, result));
}
template <carries_slopes T>
constexpr T hypot(const T &x, const T &y, const T &z) {
  const auto result = hypot(x.value, y.value, z.value);
  return x.through(result, bounded_quotient(x.value, result)) +
         y.through(0, bounded_quotient(y.value, result)) +
         z.through(0, bounded_quotient(z.value, result));
}
template <carries_slopes T>
constexpr T log1mexp(const T &x) {
  return x.through(log1mexp(x.value), bounded_quotient(exp(x.value), expm1(x.value)));
}
template <carries_slopes T>
constexpr T logaddexp(const T &a, const T &b) {
  const bool is_first = b.value < a.value;
  const auto ratio = exp(-abs(bounded_sum(a.value, -b.value)));
  const auto larger = 1 / (1 + ratio), smaller = ratio / (1 + ratio);
  return a.through(logaddexp(a.value, b.value), is_first ? larger : smaller) +
         b.through(0, is_first ? smaller : larger);
}

template <carries_slopes T>
constexpr T sin(const T &x) {
  return x.through(sin(x.value), cos(x.value));
}
template <carries_slopes T>
constexpr T cos(const T &x) {
  return x.through(cos(x.value), -sin(x.value));
}
template <carries_slopes T>
constexpr T tan(const T &x) {
  const auto cosine = cos(x.value);
  return x.through(tan(x.value), bounded_quotient(1, bounded_product(cosine, cosine)));
}
template <carries_slopes T>
constexpr T asin(const T &x) {
  const auto root = sqrt(bounded_product(1 - x.value, 1 + x.value));
  return x.through(asin(x.value), bounded_quotient(1, root));
}
template <carries_slopes T>
constexpr T acos(const T &x) {
  const auto root = sqrt(bounded_product(1 - x.value, 1 + x.value));
  return x.through(acos(x.value), bounded_quotient(-1, root));
}
template <carries_slopes T>
constexpr T atan(const T &x) {
  const auto size = hypot(carried<T>(1), x.value);
  return x.through(atan(x.value), bounded_quotient(bounded_quotient(1, size), size));
}
template <carries_slopes T>
constexpr T atan2(const T &y, const T &x) {
  const auto size = hypot(x.value, y.value);
  return y.through(atan2(y.value, x.value),
                   bounded_quotient(bounded_quotient(x.value, size), size)) +
         x.through(0, bounded_quotient(bounded_quotient(-y.value, size), size));
}

template <carries_slopes T>
constexpr T sinh(const T &x) {
  return x.through(sinh(x.value), cosh(x.value));
}
template <carries_slopes T>
constexpr T cosh(const T &x) {
  return x.through(cosh(x.value), sinh(x.value));
}
template <carries_slopes T>
constexpr T asinh(const T &x) {
  return x.through(asinh(x.value), bounded_quotient(1, hypot(carried<T>(1), x.value)));
}
template <carries_slopes T>
constexpr T acosh(const T &x) {
  const auto above = sqrt(x.value - 1), below = sqrt(bounded_sum(x.value, 1));
  return x.through(acosh(x.value), bounded_quotient(bounded_quotient(1, above), below));
}
template <carries_slopes T>
constexpr T atanh(const T &x) {
  return x.through(atanh(x.value), bounded_quotient(1, bounded_product(1 - x.value, 1 + x.value)));
}

/// 2 / sqrt(pi) e^(-x^2)
template <class T>
constexpr T slope_of_erf(T x) {
  constexpr double root_of_two = 1.41421356237309504880;
  return 2 * root_of_two * normal_density(bounded_product(root_of_two, x));
}
template <carries_slopes T>
constexpr T erf(const T &x) {
  return x.through(erf(x.value), slope_of_erf(x.value));
}
template <carries_slopes T>
constexpr T erfc(const T &x) {
  return x.through(erfc(x.value), -slope_of_erf(x.value));
}
template <carries_slopes T>
constexpr T erf_slope(const T &x) {
  const auto result = slope_of_erf(x.value);
  return x.through(result, bounded_product(-2 * x.value, result));
}
template <carries_slopes T>
constexpr T normal_density(const T &x) {
  const auto result = normal_density(x.value);
  return x.through(result, bounded_product(-x.value, result));
}
template <carries_slopes T>
constexpr T normal_cdf(const T &x) {
  return x.through(normal_cdf(x.value), normal_density(x.value));
}
template <carries_slopes T>
constexpr T log_normal_cdf(const T &x) {
  return x.through(log_normal_cdf(x.value), inverse_mills(x.value));
}
template <carries_slopes T>
constexpr T inverse_mills(const T &x) {
  const auto result = inverse_mills(x.value);
  // m' = -m (x + m) cancels on the left; there by the asymptotic series of m.
  const auto q = bounded_quotient(bounded_quotient(1, x.value), x.value);
  return x.through(result, x.value < -100 ? -(1 - q * (1 - q * (6 - q * (50 - q * 518))))
                                          : bounded_product(-result, bounded_sum(x.value, result)));
}
template <carries_slopes T>
constexpr T inverse_mills_slope(const T &x) {
  const auto ratio = inverse_mills(x.value), result = inverse_mills_slope(x.value);
  // (m (x + m))' = m (1 - m (x + m)) - m (x + m)^2 cancels on the left, as above.
  const auto q = bounded_quotient(bounded_quotient(1, x.value), x.value);
  return x.through(result, x.value < -100 ? 2 * bounded_quotient(q, x.value) *
                                                (1 - q * (12 - q * (150 - q * 2072)))
                                          : ratio * (1 - result) - result * (x.value + ratio));
}

template <carries_slopes T>
constexpr T lgamma(const T &x) {
  return x.through(lgamma(x.value), digamma(x.value));
}
template <carries_slopes T>
constexpr T digamma(const T &x) {
  return x.through(digamma(x.value), trigamma(x.value));
}
template <carries_slopes T>
constexpr T trigamma(const T &x) {
  return x.through(trigamma(x.value), tetragamma(x.value));
}

/// Its derivative is not known.
template <carries_slopes T>
constexpr T tetragamma(const T &x) {
  return x.through(tetragamma(x.value), out_of_range);
}

} // namespace chainrule::math::CHAINRULE_FLAGS
