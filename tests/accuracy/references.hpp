// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The functions in 50-digit arithmetic, written out from their definitions: nothing of the library,
// and of Boost only + - * / sqrt exp log sin cos tan asin acos atan and Bernoulli numbers.

#pragma once

#include "measure.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/bernoulli.hpp>

namespace accuracy::reference {

inline const wide pi = boost::math::constants::pi<wide>();
inline const wide root_two = sqrt(wide(2));

inline wide log1p(const wide &x) {
  if (abs(x) < wide("1e-8"))
    return x * (1 - x * (wide(1) / 2 - x * (wide(1) / 3 - x * (wide(1) / 4 - x / 5))));
  return log(1 + x);
}

inline wide expm1(const wide &x) {
  if (abs(x) < wide("1e-8"))
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5))));
  return exp(x) - 1;
}

inline wide bounded_exp(const wide &x) {
  return abs(x) > 20000 ? wide(x < 0 ? 0 : ldexp(wide(1), 20000)) : wide(exp(x));
}

inline wide tanh(const wide &x) {
  const wide less = expm1(-2 * (abs(x) > 60 ? wide(60) : wide(abs(x))));
  return x < 0 ? less / (2 + less) : wide(-less / (2 + less));
}

inline wide sinh(const wide &x) {
  const wide size = abs(x);
  const wide result =
      size > 60 ? bounded_exp(size) / 2 : wide(expm1(size) + expm1(size) / (1 + expm1(size))) / 2;
  return x < 0 ? wide(-result) : result;
}

inline wide cosh(const wide &x) { return (bounded_exp(abs(x)) + bounded_exp(-abs(x))) / 2; }

inline wide asinh(const wide &x) {
  const wide size = abs(x), result = log1p(size + size * size / (1 + sqrt(1 + size * size)));
  return x < 0 ? wide(-result) : result;
}

inline wide acosh(const wide &x) {
  const wide above = x - 1;
  return log1p(above + sqrt(above * (above + 2)));
}

inline wide atanh(const wide &x) {
  const wide size = abs(x), result = log1p(2 * size / (1 - size)) / 2;
  return x < 0 ? wide(-result) : result;
}

inline wide cbrt(const wide &x) {
  if (x == 0)
    return x;
  const wide result = exp(log(abs(x)) / 3);
  return x < 0 ? wide(-result) : result;
}

inline wide log1mexp(const wide &x) { return x > -1 ? log(-expm1(x)) : log1p(-bounded_exp(x)); }

inline wide logaddexp(const wide &a, const wide &b) {
  return (a < b ? b : a) + log1p(bounded_exp(-abs(a - b)));
}

/// e^(x^2) erf(x) = 2/sqrt(pi) sum of 2^n x^(2n+1) / (2n+1)!!, 0 <= x < 6.
inline wide scaled_erf(const wide &x) {
  wide term = x, sum = 0;
  for (int n = 0; term > sum * wide("1e-52"); ++n) {
    sum += term;
    term *= 2 * x * x / (2 * n + 3);
  }
  return 2 * sum / sqrt(pi);
}

/// e^(x^2) erfc(x) for x >= 0: from 6 on by Laplace's continued fraction.
inline wide erfcx(const wide &x) {
  if (x < 6)
    return exp(x * x) - scaled_erf(x);
  wide tail = x;
  for (int n = 120; n > 0; --n)
    tail = x + wide(n) / 2 / tail;
  return 1 / (tail * sqrt(pi));
}

inline wide erf(const wide &x) {
  const wide size = abs(x);
  const wide result = size > 8 ? wide(1)
                               : wide(size < 6 ? scaled_erf(size) * exp(-size * size)
                                               : 1 - erfcx(size) * exp(-size * size));
  return x < 0 ? wide(-result) : result;
}

inline wide erfc(const wide &x) {
  const wide tail = erfcx(abs(x)) * bounded_exp(-x * x);
  return x < 0 ? wide(2 - tail) : tail;
}

inline wide normal_cdf(const wide &x) { return erfc(-x / root_two) / 2; }
inline wide normal_density(const wide &x) { return bounded_exp(-x * x / 2) / sqrt(2 * pi); }
inline wide log_normal_cdf(const wide &x) {
  return x < 0 ? wide(log(erfcx(-x / root_two) / 2) - x * x / 2) : log1p(-normal_cdf(-x));
}
inline wide inverse_mills(const wide &x) {
  return x < 0 ? wide(sqrt(2 / pi) / erfcx(-x / root_two)) : normal_density(x) / normal_cdf(x);
}

/// r (x + r) of r = inverse_mills(x): far below 0 with r = y + q, q = 1 / (y + 2 / (y + 3 / ...)).
inline wide inverse_mills_slope(const wide &x) {
  const wide r = inverse_mills(x);
  if (x > -6)
    return r * (x + r);
  wide tail = 0;
  for (int n = 200; n > 1; --n)
    tail = n / (tail - x);
  const wide q = 1 / (tail - x);
  return q * q - x * q;
}

inline const std::vector<wide> &bernoulli_numbers() {
  static const std::vector<wide> numbers = [] {
    std::vector<wide> result;
    for (int k = 0; k <= 30; ++k)
      result.push_back(boost::math::bernoulli_b2n<wide>(k));
    return result;
  }();
  return numbers;
}

// Stirling's series and its derivatives from 40 on: 30 terms leave an error of 1e-50.

inline wide lgamma_of_positive(wide x) {
  wide factors = 1, sum = 0;
  for (; x < 40; x += 1)
    factors *= x;
  for (int k = 30; k > 0; --k)
    sum = sum / (x * x) + bernoulli_numbers()[static_cast<std::size_t>(k)] / (2 * k * (2 * k - 1));
  return (x - wide(1) / 2) * log(x) - x + log(2 * pi) / 2 + sum / x - log(factors);
}

/// pi x without whole half turns, exact near whole numbers: what is made of it has the period pi.
inline wide angle_of(const wide &x) { return pi * (x - floor(x + wide(1) / 2)); }

inline wide lgamma(const wide &x) {
  if (x == 1 || x == 2)
    return 0;
  if (x > 0)
    return lgamma_of_positive(x);
  return log(abs(pi / (x * sin(angle_of(x))))) - lgamma_of_positive(-x);
}

inline wide digamma_of_positive(wide x) {
  wide sum = 0, series = 0;
  for (; x < 40; x += 1)
    sum += 1 / x;
  for (int k = 30; k > 0; --k)
    series = series / (x * x) + bernoulli_numbers()[static_cast<std::size_t>(k)] / (2 * k);
  return log(x) - 1 / (2 * x) - series / (x * x) - sum;
}

inline wide digamma(const wide &x) {
  return x > 0 ? digamma_of_positive(x)
               : digamma_of_positive(1 - x) - pi * cos(angle_of(x)) / sin(angle_of(x));
}

inline wide trigamma_of_positive(wide x) {
  wide sum = 0, series = 0;
  for (; x < 40; x += 1)
    sum += 1 / (x * x);
  for (int k = 30; k > 0; --k)
    series = series / (x * x) + bernoulli_numbers()[static_cast<std::size_t>(k)];
  return sum + 1 / x + (series / x + wide(1) / 2) / (x * x);
}

inline wide trigamma(const wide &x) {
  const wide sine = x > 0 ? wide(1) : wide(sin(angle_of(x)));
  return x > 0 ? trigamma_of_positive(x) : pi * pi / (sine * sine) - trigamma_of_positive(1 - x);
}

inline wide tetragamma_of_positive(wide x) {
  wide sum = 0, series = 0;
  for (; x < 40; x += 1)
    sum += 2 / (x * x * x);
  for (int k = 30; k > 0; --k)
    series = series / (x * x) + bernoulli_numbers()[static_cast<std::size_t>(k)] * (2 * k + 1);
  return -(sum + (1 + 1 / x + series / (x * x)) / (x * x));
}

inline wide tetragamma(const wide &x) {
  const wide sine = x > 0 ? wide(1) : wide(sin(angle_of(x)));
  return x > 0 ? tetragamma_of_positive(x)
               : tetragamma_of_positive(1 - x) -
                     2 * pi * pi * pi * cos(angle_of(x)) / (sine * sine * sine);
}

/// Of sine, cosine and tangent of arguments for which 50 digits are too few.
using huge = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<400>>;
template <class Function>
wide with_reduction(const wide &x, Function function) {
  if (abs(x) < wide("1e12"))
    return wide(function(x));
  // By other types: of a direct conversion g++ 12 warns at -O3 (-Warray-bounds).
  return wide(function(huge(static_cast<long double>(x))).str(60, std::ios_base::scientific));
}

} // namespace accuracy::reference
