// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Comparison of a compiled function's outputs with reference values, to 1e-13 relative.
#pragma once

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <vector>

using namespace chainrule; // in every reference test

inline int failures = 0;
inline int comparisons = 0;

/// The worst relative error that passes. Beside it stands the smallest normal double: a reference
/// value below that has no more digits in a double.
inline constexpr double tolerance = 1e-13;

/// An argument that the compiler cannot see. Without it g++ 12 at -O2 computes whole tests itself,
/// and no call of the C library is left to be tested.
inline double at_run_time(double value) {
  const volatile double unseen = value;
  return unseen;
}

inline void check(const char *name, const char *what, double computed, double expected) {
  ++comparisons;
  if (computed == expected ||
      std::fabs(computed - expected) <= tolerance * std::fabs(expected) + 2.3e-308)
    return;
  ++failures;
  std::printf("%s, %s: %.17g, expected %.17g\n", name, what, computed, expected);
}

inline void append(std::vector<double> &all, double value) { all.push_back(value); }
inline void append(std::vector<double> &all, const auto &slopes) {
  for (const double slope : slopes)
    all.push_back(slope);
}

/// Value, gradient and, where there is one, Hessian, in this order.
inline void check(const char *name, int size, const auto &outputs,
                  std::initializer_list<double> expected) {
  std::vector<double> all;
  std::apply([&](const auto &...each) { (append(all, each), ...); }, outputs);
  if (all.size() != expected.size()) {
    ++failures;
    std::printf("%s: %zu outputs, expected %zu\n", name, all.size(), expected.size());
    return;
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    check(name,
          i == 0                                ? "value"
          : i <= static_cast<std::size_t>(size) ? "gradient"
                                                : "Hessian",
          all[i], expected.begin()[i]);
}
