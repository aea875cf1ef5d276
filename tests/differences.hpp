// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Slopes by differences of values in 50 digits: (f(x + h) - f(x - h)) / 2h with h = 1e-16 is right
// to 1e-32, and knows of no derivative rule.
#pragma once

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <array>
#include <cmath>
#include <cstddef>

namespace differences {

using wide = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                           boost::multiprecision::et_off>;

/// How far slopes at x are from those of f, a function of an array of `wide`, beside 1 or their
/// size.
template <std::size_t Size>
double worst_error(const double *slopes, const std::array<double, Size> &x, auto f) {
  std::array<wide, Size> at{};
  for (std::size_t i = 0; i < Size; ++i)
    at[i] = x[i];
  const wide h("1e-16");
  double worst = 0;
  for (std::size_t i = 0; i < Size; ++i) {
    const wide before = at[i];
    at[i] = before + h;
    const wide above = f(at);
    at[i] = before - h;
    const wide slope = (above - f(at)) / (2 * h);
    at[i] = before;
    const wide error = abs(slope - wide(slopes[i])) / (1 + abs(slope));
    worst = std::fmax(worst, static_cast<double>(error));
  }
  return worst;
}

} // namespace differences
