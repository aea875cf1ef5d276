// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gauss' elimination and substitution on arrays whose sizes are constants, without a branch that
// depends on a value.
// Read next: linear_algebra/solutions.hpp.
#pragma once

#include <limits>

#include <chainrule/chainrule.hpp>

namespace chainrule::detail {

/// A condition of numbers as a mask, and what it chooses: lane by lane where a scalar is a pack.
template <class T>
CHAINRULE_INLINE constexpr T chosen(const T &mask, const T &then, const T &otherwise) {
  return choose_operation::value(mask, then, otherwise);
}
template <class T>
CHAINRULE_INLINE constexpr T is_below(const T &a, const T &b) {
  return mask_operation<false>::value(a, b);
}
template <class T>
CHAINRULE_INLINE constexpr T is_zero(const T &a) {
  return mask_operation<true>::value(T(math::abs(a)), T(0.0));
}

/// A matrix of N x N in triangles, P A = L U: rows are exchanged so that the largest of a column is
/// the pivot. What is done to its rows is done to those of `beside`, N x Columns. Returns 1, or -1
/// for an odd number of exchanges. Where A is singular a pivot is 0 and is divided by as 1.
template <int N, int Columns, class T>
CHAINRULE_INLINE constexpr T eliminate(T *a, T *beside) {
  T sign(1.0);
  for (int k = 0; k < N; ++k) {
    for (int i = k + 1; i < N; ++i) {
      const T better = is_below(T(math::abs(a[k * N + k])), T(math::abs(a[i * N + k])));
      sign = chosen(better, T(-sign), sign);
      const auto exchange = [&](T &above, T &below) {
        const T before = above;
        above = chosen(better, below, before);
        below = chosen(better, before, below);
      };
      for (int j = k; j < N; ++j)
        exchange(a[k * N + j], a[i * N + j]);
      for (int j = 0; j < Columns; ++j)
        exchange(beside[k * Columns + j], beside[i * Columns + j]);
    }
    const T pivot = chosen(is_zero(a[k * N + k]), T(1.0), a[k * N + k]);
    for (int i = k + 1; i < N; ++i) {
      const T factor = a[i * N + k] / pivot;
      for (int j = k + 1; j < N; ++j)
        a[i * N + j] = a[i * N + j] - factor * a[k * N + j];
      for (int j = 0; j < Columns; ++j)
        beside[i * Columns + j] = beside[i * Columns + j] - factor * beside[k * Columns + j];
    }
  }
  return sign;
}

/// x of T x = b in the place of b, T being a triangle of a or the transpose of one. Where an
/// element of the diagonal is 0 all of it is NaN.
template <bool IsUpper, bool IsTransposed, int N, int Columns, class T>
CHAINRULE_INLINE constexpr void substitute(const T *a, T *x) {
  constexpr bool from_below = IsUpper != IsTransposed;
  const T nan(std::numeric_limits<double>::quiet_NaN());
  T defined(1.0);
  for (int i = 0; i < N; ++i)
    defined = chosen(is_zero(a[i * N + i]), nan, defined);
  for (int step = 0; step < N; ++step) {
    const int i = from_below ? N - 1 - step : step;
    const T pivot = chosen(is_zero(a[i * N + i]), nan, a[i * N + i]);
    for (int j = 0; j < Columns; ++j) {
      T rest = x[i * Columns + j] * defined;
      for (int before = 0; before < step; ++before) {
        const int k = from_below ? N - 1 - before : before;
        rest = rest - a[IsTransposed ? k * N + i : i * N + k] * x[k * Columns + j];
      }
      x[i * Columns + j] = rest / pivot;
    }
  }
}

} // namespace chainrule::detail
