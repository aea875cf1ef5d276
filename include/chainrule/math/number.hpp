// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// number: an exact rational constant, numerator / denominator * 10^exponent, in lowest terms.
// Constants of a network stay exact while it is rewritten and differentiated; they are rounded
// once, to the scalar type of the call. Arithmetic that does not fit 64 bits gives `no_number`, and
// the operation is then left in the network.
// Read next: graph/graph.hpp.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <utility>

#include <chainrule/math/decimal.hpp>

namespace chainrule::math {

struct number {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1; // positive; 0: no number
  int exponent = 0;             // not 0 only where the power of ten does not fit the fraction

  constexpr number() = default;
  template <std::integral Integer>
  constexpr number(Integer integer) : numerator(static_cast<std::int64_t>(integer)) {}
  template <std::floating_point Real>
  constexpr number(Real) {
    static_assert(sizeof(Real) == 0,
                  "0.5 * x: a constant in the rule of an operation is exact; write it as a "
                  "literal, 0.5_c, or as math::reduced(1, 2)");
  }
  constexpr number(std::int64_t over, std::int64_t under, int power_of_ten)
      : numerator(over), denominator(under), exponent(power_of_ten) {}

  friend constexpr bool operator==(const number &, const number &) = default;

  constexpr bool exists() const { return denominator != 0; }
  constexpr bool is_negative() const { return numerator < 0; }
};

/// What sums and products are that do not fit. Not std::optional, which costs every translation
/// unit a fortieth of the header.
inline constexpr number no_number{0, 0, 0};

/// The greatest common divisor, by Euclid; <numeric> would cost each translation unit 0.05 s.
constexpr std::int64_t greatest_common_divisor(std::int64_t a, std::int64_t b) {
  while (b != 0)
    a = std::exchange(b, a % b);
  return a < 0 ? -a : a;
}

/// numerator / denominator * 10^exponent in lowest terms; denominator is not 0. Equal values are
/// equal fields: powers of ten are in the fraction up to 2^53, beyond it in the exponent.
constexpr number reduced(std::int64_t numerator, std::int64_t denominator, int exponent = 0) {
  if (numerator == 0)
    return {};
  const std::int64_t divisor =
      greatest_common_divisor(numerator, denominator) * (denominator < 0 ? -1 : 1);
  numerator /= divisor;
  denominator /= divisor;
  // 2^53: beyond it a fraction of two doubles is no longer one correctly rounded division.
  constexpr std::int64_t largest = std::int64_t{1} << 53;
  for (; (numerator > largest || numerator < -largest) && numerator % 10 == 0; numerator /= 10)
    ++exponent;
  for (; denominator > largest && denominator % 10 == 0; denominator /= 10)
    --exponent;
  for (; exponent != 0; exponent += exponent > 0 ? -1 : 1) {
    std::int64_t &scaled = exponent > 0 ? numerator : denominator;
    const std::int64_t &other = exponent > 0 ? denominator : numerator;
    const std::int64_t shared = greatest_common_divisor(other, std::int64_t{10});
    if (scaled > largest / 10 || scaled < -largest / 10)
      break;
    scaled *= 10 / shared;
    (exponent > 0 ? denominator : numerator) /= shared;
  }
  return {numerator, denominator, exponent};
}

/// a + b of two numbers that exist, if it is exact in 64 bits.
constexpr number sum(const number &a, const number &b) {
  if (a.numerator == 0)
    return b;
  if (b.numerator == 0)
    return a;
  std::int64_t left = 0, right = 0, over = 0, under = 0;
  if (a.exponent != b.exponent || __builtin_mul_overflow(a.numerator, b.denominator, &left) ||
      __builtin_mul_overflow(b.numerator, a.denominator, &right) ||
      __builtin_add_overflow(left, right, &over) ||
      __builtin_mul_overflow(a.denominator, b.denominator, &under) || over == INT64_MIN)
    return no_number;
  return reduced(over, under, a.exponent);
}

/// a * b of two numbers that exist, if it is exact in 64 bits.
constexpr number product(const number &a, const number &b) {
  std::int64_t over = 0, under = 0;
  int exponent = 0;
  if (__builtin_mul_overflow(a.numerator, b.numerator, &over) ||
      __builtin_mul_overflow(a.denominator, b.denominator, &under) || over == INT64_MIN ||
      __builtin_add_overflow(a.exponent, b.exponent, &exponent) ||
      exponent == std::numeric_limits<int>::min())
    return no_number;
  return reduced(over, under, exponent);
}

/// -a.
constexpr number negated(const number &a) { return {-a.numerator, a.denominator, a.exponent}; }

/// 1 / a; a is not 0.
constexpr number reciprocal(const number &a) {
  const std::int64_t sign = a.numerator < 0 ? -1 : 1;
  return {sign * a.denominator, sign * a.numerator, -a.exponent};
}

} // namespace chainrule::math

namespace chainrule::math::CHAINRULE_FLAGS {

/// The constant as a Scalar: correctly rounded for float, double and long double, and for what is
/// made of them, as complex numbers.
template <class Scalar>
constexpr Scalar rounded(const number &value) {
  const bool negative = value.numerator < 0;
  const auto over = static_cast<std::uint64_t>(negative ? -value.numerator : value.numerator);
  const auto under = static_cast<std::uint64_t>(value.denominator);
  using real = detail::real_part<Scalar>;
  if constexpr (std::floating_point<real>) {
    // A quotient of two exact numbers is rounded once.
    constexpr int bits = std::numeric_limits<real>::digits - 1;
    constexpr std::uint64_t exact = std::uint64_t{1} << (bits < 63 ? bits : 63);
    const real size = value.exponent == 0 && over <= exact && under <= exact
                          ? static_cast<real>(over) / static_cast<real>(under)
                          : detail::correctly_rounded<real>(over, under, value.exponent);
    return static_cast<Scalar>(negative ? -size : size);
  } else {
    const auto whole = [](std::uint64_t integer) { // in halves that a double holds
      const Scalar low(static_cast<double>(integer & 0xffffffff));
      return integer >> 32 == 0
                 ? low
                 : Scalar(static_cast<double>(integer >> 32)) * Scalar(4294967296.0) + low;
    };
    Scalar result = negative ? -whole(over) : whole(over);
    if (under != 1)
      result = result / whole(under);
    for (int i = 0; i < value.exponent; ++i)
      result = result * Scalar(10.0);
    for (int i = 0; i > value.exponent; --i)
      result = result / Scalar(10.0);
    return result;
  }
}

} // namespace chainrule::math::CHAINRULE_FLAGS
