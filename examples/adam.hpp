// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the examples train with where plain descent is slow.
#pragma once

#include <cmath>
#include <cstddef>

/// Steps against the gradient by its mean, in units of its root mean square (Kingma 2015).
template <class Pack>
struct adam {
  double rate = 0.02;
  Pack mean{}, square{};
  double seen_by_mean = 0, seen_by_square = 0;

  void step(Pack &theta, const auto &slope) {
    seen_by_mean = 0.9 * seen_by_mean + 0.1;
    seen_by_square = 0.999 * seen_by_square + 0.001;
    for (std::size_t i = 0; i < Pack::count; ++i) {
      const double s = slope.values[i];
      mean.values[i] = 0.9 * mean.values[i] + 0.1 * s;
      square.values[i] = 0.999 * square.values[i] + 0.001 * s * s;
      theta.values[i] -= rate * (mean.values[i] / seen_by_mean) /
                         (std::sqrt(square.values[i] / seen_by_square) + 1e-8);
    }
  }
};
