// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The steps of softmax, log_softmax and logsumexp. With m = max z of each column (0 where that is
// -infinity), e = exp(z - m), r = sum e less the 1 of the largest, s = 1 + r:
//   softmax z = a = e / s   log_softmax z = (z - m) - log(1 + r)   logsumexp z = m + log(1 + r)
// Where one logit is far above the others, r is what is left of 1 - a and of log a.
// Read next: softmax.hpp.
#pragma once

#include <chainrule/lanes/scalar.hpp>
#include <chainrule/operation/dot.hpp>

namespace chainrule::detail {

// Through math::value_of they hold for each lane of a scalar with several.

struct larger_or_undefined : operation {
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a == a && !(b <= a) ? b : a; // NaN stays
  }
};
struct above_or_zero : operation {
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::complex_number<T>)
      return T(value(x.real())); // logsumexp is analytic, and its imaginary part within pi
    else
      return T(0.5) * x == x && x < T(1.0) ? T(0.0) : x; // -infinity, and 0 itself
  }
};

/// What is subtracted from each column, a row: its largest element where that is above -infinity,
/// of which it would leave NaN. A machine step.
struct column_shift_step : operation {
  static constexpr std::string_view name = "column_shift"sv;

  static constexpr shape result_shape(const extent &x) { return {1, x.shape.columns}; }
  template <extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int j = 0; j < X.shape.columns; ++j)
      out[j] = x[j];
    for (int i = 1; i < X.shape.rows; ++i)
      for (int j = 0; j < X.shape.columns; ++j) {
        const T &next = x[i * X.shape.columns + j];
        out[j] = math::value_of<max_operation, T>(out[j], next);
      }
    for (int j = 0; j < X.shape.columns; ++j)
      out[j] = math::value_of<above_or_zero, T>(out[j]);
  }
};

/// m of a column of z from its first element, where a run follows the definition.
template <extent X, class T>
constexpr T largest_of_column(const T *z) {
  T result = z[0];
  for (int i = 1; i < X.shape.rows; ++i)
    if (result < z[i * X.shape.columns])
      result = z[i * X.shape.columns];
  return result;
}

/// 1 where e = exp(z - m) is that of the largest, else 0. A machine step.
struct is_largest_step : operation {
  static constexpr std::string_view name = "is_largest"sv;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &e) {
    return keep_operation::value(T(mask_operation<true>::value(T(1.0), e)), T(1.0));
  }
};

/// log(1 + r): log u, corrected where r < 1 by what rounding u = 1 + r lost. A machine step.
struct log_of_rest_step : operation {
  static constexpr std::string_view name = "log(1 + rest)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 8;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &rest) {
    const T is_small = mask_operation<false>::value(T(math::abs(rest)), T(1.0));
    const T small = keep_operation::value(is_small, rest), u = T(1.0) + small;
    return math::log(T(T(1.0) + rest)) + (small - (u - T(1.0))) / u;
  }
};

/// What flows back to the largest element of each column, by e = exp(z - m): a row. A machine step.
struct flow_of_largest_step : operation {
  static constexpr std::string_view name = "flow_of_largest"sv;
  static constexpr int arity = 2;

  static constexpr shape result_shape(const extent &d, const extent &) {
    return {1, d.shape.columns};
  }
  template <extent D, extent E, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *d, const T *e) {
    for (int j = 0; j < D.shape.columns; ++j)
      out[j] = d[j];
    for (int i = 1; i < D.shape.rows; ++i)
      for (int j = 0; j < D.shape.columns; ++j) {
        const int at = i * D.shape.columns + j;
        const T is_largest = mask_operation<true>::value(T(1.0), e[at]);
        out[j] = choose_operation::value(is_largest, d[at], out[j]);
      }
  }
};

/// z - m, and 0 where they are equal, infinite ones too. A machine step.
struct below_largest_step : operation {
  static constexpr std::string_view name = "below_largest"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 3;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z, const T &largest) {
    if constexpr (std::is_floating_point_v<T>)
      if (__builtin_is_constant_evaluated() && largest == z)
        return T(0.0); // infinity - infinity is no constant expression
    return drop_operation::value(T(mask_operation<true>::value(largest, z)), T(z - largest));
  }
};

/// z - m, exp(z - m) and their sums. Of complex numbers, which have no largest, as they are.
struct shifted_exponentials {
  symbol shifted, exponentials;

  constexpr explicit shifted_exponentials(symbol z)
      : shifted(below(z, apply_operation<column_shift_step>(z))),
        exponentials(apply_operation<exp_operation>(shifted)) {}

  /// r: of a column of -infinity -1, so that 1 + r is 0.
  constexpr symbol rest() const {
    const symbol largest = apply_operation<is_largest_step>(exponentials);
    return apply_operation<column_sums_operation>(exponentials - largest) +
           (apply_operation<column_sums_operation>(largest) - 1);
  }
  /// s, from r where that is computed, too.
  constexpr symbol sums(bool from_rest) const {
    return from_rest && shifted.home->is_real
               ? 1 + rest()
               : apply_operation<column_sums_operation>(exponentials);
  }
  /// e / s, but 0 in a column of -infinity, where s is 0; of real numbers it is at least 1
  /// elsewhere.
  constexpr symbol shares(bool from_rest) const {
    const symbol s = sums(from_rest);
    return exponentials /
           (s.home->is_real ? apply_operation<max_operation>(s, s.home->constant(1)) : s);
  }
  constexpr symbol logarithm() const {
    return shifted.home->is_real ? apply_operation<log_of_rest_step>(rest())
                                 : apply_operation<log_operation>(sums(false));
  }

private:
  static constexpr symbol below(symbol z, symbol largest) {
    return z.home->is_real ? apply_operation<below_largest_step>(z, largest)
                           : apply_operation<subtract_operation>(z, largest);
  }
};

/// Whether r of z is computed: by log_softmax, logsumexp or a derivative of theirs.
constexpr void announce_rest(symbol z) { announce<log_of_rest_step>(z); }
constexpr bool has_rest(symbol z) { return is_announced<log_of_rest_step>(z); }

} // namespace chainrule::detail
