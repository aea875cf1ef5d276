// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Errors in units in the last place against 50-digit arithmetic, and grids of arguments.

#pragma once

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace accuracy {

using wide = boost::multiprecision::cpp_bin_float_50;

/// |value - reference| in units in the last place of T at `scale`.
template <class T>
double error_in_ulps(T value, const wide &reference, const wide &scale) {
  using limits = std::numeric_limits<T>;
  if (std::isnan(value))
    return limits::infinity();
  // Infinity stands for the first value that does not fit; so does every larger reference.
  const wide ceiling = ldexp(wide(1), limits::max_exponent);
  const wide computed = std::isinf(value) ? wide(value < 0 ? -ceiling : ceiling) : wide(value);
  const wide bounded = abs(reference) > ceiling ? ceiling : wide(abs(reference));
  const wide size = abs(scale) > ceiling ? ceiling : wide(abs(scale));
  int exponent = limits::min_exponent;
  if (size != 0)
    exponent = std::max(static_cast<int>(ilogb(size)) + 1, limits::min_exponent);
  exponent = std::min(exponent, int{limits::max_exponent});
  const wide error = abs(computed - (reference < 0 ? wide(-bounded) : bounded));
  return static_cast<double>(ldexp(error, limits::digits - exponent));
}

template <class T>
double error_in_ulps(T value, const wide &reference) {
  return error_in_ulps(value, reference, reference);
}

struct worst {
  double ulps = 0;
  std::string at = "nowhere";

  template <class T>
  void add(double error, T x, T y = T(0), T z = T(0)) {
    if (!(error > ulps))
      return;
    ulps = error;
    at = wide(x).str(20) + ", " + wide(y).str(20) + ", " + wide(z).str(20);
  }
};

template <class T>
class grid {
public:
  explicit grid(int points) : count(points) {}

  /// Equal steps and as many random points in [low, high].
  grid &between(T low, T high) { return between(low, high, count / 4); }
  grid &between(T low, T high, int number) {
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int i = 0; i < number; ++i) {
      values.push_back(low + (high - low) * static_cast<T>(i) / static_cast<T>(number));
      values.push_back(low + (high - low) * static_cast<T>(uniform(generator)));
    }
    return *this;
  }

  /// Random significand, random exponent over the whole range: subnormal to the largest.
  grid &all_magnitudes(bool with_negative) { return all_magnitudes(with_negative, count / 4); }
  grid &all_magnitudes(bool with_negative, int number) {
    using limits = std::numeric_limits<T>;
    return magnitudes(limits::min_exponent - limits::digits, limits::max_exponent, with_negative,
                      number);
  }
  grid &magnitudes(int lowest, int highest, bool with_negative, int number) {
    std::uniform_int_distribution<int> exponents(lowest, highest);
    std::uniform_real_distribution<double> uniform(0.5, 1);
    for (int i = 0; i < number; ++i) {
      const T fraction = static_cast<T>(uniform(generator) * (1 - 0x1p-30));
      const T value = std::ldexp(fraction, exponents(generator));
      values.push_back(with_negative && i % 2 == 1 ? -value : value);
    }
    return *this;
  }

  /// x and its eight neighbours on each side.
  grid &around(T x) {
    T above = x;
    T below = x;
    values.push_back(x);
    for (int i = 0; i < 8; ++i) {
      above = std::nextafter(above, std::numeric_limits<T>::infinity());
      below = std::nextafter(below, -std::numeric_limits<T>::infinity());
      values.push_back(above);
      values.push_back(below);
    }
    return *this;
  }

  template <class Function, class Reference>
  worst compare(Function function, Reference reference) const {
    worst result;
    for (const T x : values)
      if (std::isfinite(x))
        result.add(error_in_ulps(function(x), reference(wide(x))), x);
    return result;
  }

  const std::vector<T> &points() const { return values; }

private:
  int count;
  std::mt19937_64 generator{20260101};
  std::vector<T> values;
};

} // namespace accuracy
