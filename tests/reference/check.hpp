// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Comparison of a compiled function's outputs with reference values, to 1e-13 relative.
#pragma once

#include <chainrule/chainrule.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <vector>

using namespace chainrule; // in every reference test

inline int failures = 0;
inline int comparisons = 0;

/// What main() runs under a name: each file registers its tests.
struct topic {
  const char *name;
  void (*run)();
};
inline std::vector<topic> topics;

struct registered {
  registered(const char *name, void (*run)()) { topics.push_back({name, run}); }
};

/// The worst relative error that passes. Beside it stands the smallest normal double: a reference
/// value below that has no more digits in a double.
inline constexpr double tolerance = 1e-13;

/// An argument that the compiler cannot see. Without it g++ 12 at -O2 computes whole tests itself,
/// and no call of the C library is left to be tested.
inline double at_run_time(double value) {
  const volatile double unseen = value;
  return unseen;
}

template <int Rows, int Columns>
chainrule::matrix<double, Rows, Columns> at_run_time(chainrule::matrix<double, Rows, Columns> m) {
  for (double &each : m)
    each = at_run_time(each);
  return m;
}

inline void check(const char *name, const char *what, double computed, double expected,
                  double scale = 0) {
  ++comparisons;
  if (computed == expected || std::fabs(computed - expected) <=
                                  tolerance * std::fmax(std::fabs(expected), scale) + 2.3e-308)
    return;
  ++failures;
  std::printf("%s, %s: %.17g, expected %.17g\n", name, what, computed, expected);
}

inline void append(std::vector<double> &all, double value) { all.push_back(value); }
inline void append(std::vector<double> &all, const auto &slopes) {
  for (const double slope : slopes)
    all.push_back(slope);
}

enum class error { of_each, of_largest };

/// Values, gradients and, where there is one, Hessian, in this order, of which the first end at
/// so many numbers. An element of a gradient of matrices is a sum in which digits may cancel: its
/// error is measured by the largest element.
inline void check(const char *name, error measure, int values, int gradients, const auto &outputs,
                  std::initializer_list<double> expected) {
  std::vector<double> all;
  std::apply([&](const auto &...each) { (append(all, each), ...); }, outputs);
  if (all.size() != expected.size()) {
    ++failures;
    std::printf("%s: %zu outputs, expected %zu\n", name, all.size(), expected.size());
    return;
  }
  const std::size_t ends[] = {static_cast<std::size_t>(values), static_cast<std::size_t>(gradients),
                              all.size()};
  const char *const names[] = {"value", "gradient", "Hessian"};
  std::size_t first = 0;
  for (int part = 0; part < 3; ++part) {
    double largest = 0;
    if (measure == error::of_largest)
      for (std::size_t i = first; i < ends[part]; ++i)
        largest = std::fmax(largest, std::fabs(expected.begin()[i]));
    for (std::size_t i = first; i < ends[part]; ++i)
      check(name, names[part], all[i], expected.begin()[i], largest);
    first = ends[part];
  }
}

/// Gradient descent from `start`: the loss before each step and after the last one, and the
/// parameters then. Errors of one step are carried through the following ones.
template <class Pack>
void check_training(const char *name, Pack &theta, std::initializer_list<double> start, double rate,
                    auto step, std::initializer_list<double> losses,
                    std::initializer_list<double> final) {
  std::copy(start.begin(), start.end(), theta.begin());
  double largest = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const auto [value, slope] = step();
    check(name, "loss", value, losses.begin()[i], 10 * losses.begin()[i]);
    if (i + 1 < losses.size())
      theta.descend(slope, rate);
  }
  for (const double each : final)
    largest = std::fmax(largest, std::fabs(each));
  for (std::size_t i = 0; i < theta.size(); ++i)
    check(name, "parameter", theta.data()[i], final.begin()[i], 10 * largest);
}
