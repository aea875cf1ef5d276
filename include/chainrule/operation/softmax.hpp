// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The largest and the smallest element, and softmax and log_softmax of each column z: a = e^z /
// sum(e^z) and log a, from steps that they share, in which no exponential overflows. With D what
// flows back:
//   softmax: a (D - sum(a D))      log_softmax: D - a sum(D)
// Read next: logsumexp.hpp.
#pragma once

#include <chainrule/graph/answer.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/operation/softmax_steps.hpp>

namespace chainrule {

namespace detail {

/// The largest of elements `by` apart; NaN where there is one. Where several are the largest it has
/// the mean of their slopes.
template <class T>
CHAINRULE_INLINE constexpr T largest_of(const T *x, int count, int by) {
  T result = x[0];
  for (int i = 1; i < count; ++i)
    result = math::value_of<larger_or_undefined, T>(result, x[i * by]);
  if constexpr (math::carries_slopes<T>) {
    const T largest = result;
    double equal = 0;
    for (int i = 0; i < count; ++i)
      equal += x[i * by] == largest ? 1 : 0;
    for (int i = 0; i < count; ++i)
      if (x[i * by] == largest)
        result = result + (x[i * by] - largest) / T(equal);
  }
  return result;
}

/// What flows back: equal largest elements share it. Sums counts them.
template <class Sums>
constexpr symbol shared_by_largest(symbol d, symbol x, symbol largest) {
  const symbol is_largest = select(x >= largest, d.home->constant(1), d.home->constant(0));
  return d / apply_operation<Sums>(is_largest) * is_largest;
}

} // namespace detail

struct largest_operation : operation {
  static constexpr std::string_view name = "max"sv;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    return {detail::shared_by_largest<sum_operation>(d, x, result)};
  }
  static constexpr symbol simplified(symbol x) { return x.shape().is_scalar() ? x : symbol{}; }

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    *out = detail::largest_of(x, X.shape.size(), 1);
  }
};

/// The largest element. Shape: a number. Slope: shared by several that are the largest.
CHAINRULE_OVERLOAD(max, Operand)
(const Operand &x) { return apply_operation<largest_operation>(x); }

/// The smallest element. Shape: a number. Slope: shared by several that are the smallest.
CHAINRULE_OVERLOAD(min, Operand)
(const Operand &x) { return -max(-x); }

/// The largest element of each row, a column; or of each column, a row.
template <detail::along Axis>
struct largest_along_operation : operation {
  static constexpr std::string_view name =
      Axis == detail::along::rows ? "row_max"sv : "column_max"sv;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return with_length(x.shape, across(Axis), 1);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    return {detail::shared_by_largest<sums_operation<Axis>>(d, x, result)};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    sums_operation<Axis>::sources(all, row, column, to);
  }
  static constexpr symbol simplified(symbol x) {
    if (length(x.shape(), Axis) == 1)
      return apply_operation<largest_operation>(x);
    return length(x.shape(), across(Axis)) == 1 ? x : symbol{};
  }

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr int rows = X.shape.rows, columns = X.shape.columns;
    if constexpr (Axis == detail::along::rows) {
      for (int i = 0; i < rows; ++i)
        out[i] = detail::largest_of(x + i * columns, columns, 1);
    } else if constexpr (math::carries_slopes<T>) {
      for (int j = 0; j < columns; ++j)
        out[j] = detail::largest_of(x + j, rows, columns);
    } else { // row by row: a loop over neighbours
      for (int j = 0; j < columns; ++j)
        out[j] = x[j];
      for (int i = 1; i < rows; ++i)
        for (int j = 0; j < columns; ++j)
          out[j] = math::value_of<detail::larger_or_undefined, T>(out[j], x[i * columns + j]);
    }
  }
};

/// The largest element of each row or column, max(X, by_row). Shape: m x n becomes a column of m by
/// row, a row of n by column. Slope: shared by several that are the largest.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto max(const Operand &x, detail::by<Axis>) {
  return apply_operation<largest_along_operation<Axis>>(x);
}

/// The smallest element of each row or column, min(X, by_row). Shape: m x n becomes a column of m
/// by row, a row of n by column. Slope: shared by several that are the smallest.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto min(const Operand &x, detail::by<Axis> each) { return -max(-x, each); }

/// max(X, by_row). Shape: m x n becomes a column of m. Slope: shared by several that are the
/// largest.
CHAINRULE_FORMULA(row_max, Operand)
(const Operand &x) { return max(x, by_row); }

/// max(X, by_column). Shape: m x n becomes a row of n. Slope: shared by several that are the
/// largest.
CHAINRULE_FORMULA(column_max, Operand)
(const Operand &x) { return max(x, by_column); }

namespace detail {

/// A function of columns, of each column or of each row.
template <along Axis, class Operand>
constexpr auto of_each(const Operand &z, auto function) {
  if constexpr (Axis == along::columns)
    return function(z);
  else
    return transpose(function(transpose(z)));
}

} // namespace detail

namespace detail {

/// What an element of softmax is made of: the logit, then its column.
constexpr void sources_of_class(const extents &all, int row, int column, element_blocks &to) {
  to.push({0, row, column});
  to.push({0, 0, column, all.items[0].shape.rows, 1});
}
/// The sum of e^z of the elements from `first` on: for proofs, in which nothing overflows.
constexpr symbol sum_of_exponentials(const symbols &of, int first) {
  symbols terms;
  for (int k = first; k < of.size; ++k)
    terms.push(apply_operation<exp_operation>(of.items[k]));
  return sum_of_elements(terms, 0, terms.size);
}

} // namespace detail

struct softmax_operation : operation {
  static constexpr std::string_view name = "softmax"sv;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum = T(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns) {
        out[i] = math::exp(z[i] - largest);
        sum = sum + out[i];
      }
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        out[i] = out[i] / sum;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol result);
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    detail::sources_of_class(all, row, column, to);
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return apply_operation<exp_operation>(of.items[0]) / detail::sum_of_exponentials(of, 1);
  }
  static constexpr symbol code(symbol original, symbol z) {
    const detail::shifted_exponentials from(z);
    return from.exponentials / from.sums(detail::has_rest(original));
  }

  struct logarithm {
    static constexpr std::string_view formula = "log(softmax(z)) = log_softmax(z)"sv;
    static constexpr std::string_view domain = "all z"sv;
    static constexpr std::string_view gain = "-inf where a probability is below 1e-324"sv;
    static constexpr bool is_of_reals = true;

    static constexpr symbol apply(symbol z);
  };
};

/// e^z over the sum of e^z in its column: each column sums to 1. Shape: unchanged.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(softmax, Operand)
(const Operand &z) { return apply_operation<softmax_operation>(z); }

/// The same by row, softmax(Z, by_row): each row sums to 1; or by column. Shape: unchanged.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto softmax(const Operand &z, detail::by<Axis>) {
  return detail::of_each<Axis>(z, [](const auto &columns) { return softmax(columns); });
}

/// softmax(Z, by_row). Shape: unchanged.
CHAINRULE_FORMULA(row_softmax, Operand)
(const Operand &z) { return softmax(z, by_row); }

struct log_softmax_operation : operation {
  static constexpr std::string_view name = "log_softmax"sv;
  static constexpr bool may_be_infinite = true; // of a masked class

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum = T(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns) {
        out[i] = z[i] - largest;
        sum = sum + math::exp(out[i]);
      }
      sum = math::log(sum);
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        out[i] = out[i] - sum;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol);
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    detail::sources_of_class(all, row, column, to);
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return of.items[0] - detail::as_written<log_operation>(detail::sum_of_exponentials(of, 1));
  }
  static constexpr void announce(symbol z) { detail::announce_rest(z); }
  static constexpr symbol code(symbol, symbol z) {
    const detail::shifted_exponentials from(z);
    return from.shifted - from.logarithm();
  }
};

/// log(softmax(z)), accurate even where softmax underflows. Shape: unchanged.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(log_softmax, Operand)
(const Operand &z) { return apply_operation<log_softmax_operation>(z); }

/// log(softmax(Z, by_row)), or by column. Shape: unchanged.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto log_softmax(const Operand &z, detail::by<Axis>) {
  return detail::of_each<Axis>(z, [](const auto &columns) { return log_softmax(columns); });
}

/// log_softmax(Z, by_row). Shape: unchanged.
CHAINRULE_FORMULA(row_log_softmax, Operand)
(const Operand &z) { return log_softmax(z, by_row); }

constexpr symbol softmax_operation::logarithm::apply(symbol z) { return log_softmax(z); }

/// D - sum(a D) of each column, a = softmax(z): a times this flows back through softmax, and it is
/// the transpose of what flows back through log_softmax. With E = D less that of the largest it is
/// E - sum(a E), in which no a near 1 is left.
struct softmax_deviation_operation : detail::flow_operation {
  static constexpr std::string_view name = "softmax_deviation"sv;
  static constexpr bool by_columns = true;

  template <detail::extent D, detail::extent Z, class T>
  static constexpr void run(T *out, const T *d, const T *z) {
    softmax_operation::run<Z>(out, z);
    for (int j = 0; j < Z.shape.columns; ++j) {
      T mean = T(0.0);
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        mean = mean + out[i] * d[i];
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        out[i] = d[i] - mean;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol z, symbol result);
  static constexpr symbol definition(symbol d, symbol z) {
    return d - apply_operation<column_sums_operation>(softmax(z) * d);
  }
  static constexpr symbol code(symbol original, symbol of, symbol d, symbol z) {
    const detail::shifted_exponentials from(z);
    const symbol a = from.shares(detail::has_rest(of));
    if (z.home->is_real)
      d = d - apply_operation<detail::flow_of_largest_step>(d, from.exponentials);
    return d - apply_operation<column_sums_operation>(
                   detail::product_with(d, a, detail::absorbs(original, of)));
  }
};

/// D - a sum(D) of each column, as D (1 - a) - a (sum(D) - D), where 1 - a = (r + (1 - e)) / s
/// does not cancel: exact where a label is met.
struct log_softmax_flow_operation : detail::flow_operation {
  static constexpr std::string_view name = "log_softmax_flow"sv;
  static constexpr bool by_columns = true;

  template <detail::extent D, detail::extent Z, class T>
  static constexpr void run(T *out, const T *d, const T *z) {
    softmax_operation::run<Z>(out, z);
    for (int j = 0; j < Z.shape.columns; ++j) {
      T sum = T(0.0);
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        sum = sum + d[i];
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        out[i] = d[i] - out[i] * sum;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol flow, symbol z, symbol) {
    return {apply_operation<softmax_deviation_operation>(d, z),
            -(apply_operation<column_sums_operation>(flow) * softmax(z) *
              apply_operation<softmax_deviation_operation>(d, z))};
  }
  static constexpr symbol definition(symbol d, symbol z) {
    return d - softmax(z) * apply_operation<column_sums_operation>(d);
  }
  /// Of multiples of softmax(z), as in an entropy, nothing, where the difference loses digits.
  static constexpr symbol simplified(symbol d, symbol z) {
    const bool is_minus = is<subtract_operation>(d);
    for (int i = 0; i < 2 && (is_minus || is<add_operation>(d)); ++i)
      if (const symbol rest = d.operand(1 - i); is_multiple(d.operand(i), z))
        return apply_operation<log_softmax_flow_operation>(
            detail::filled(is_minus && i == 0 ? -rest : rest, z.shape()), z);
    return is_multiple(d, z) ? d.home->constant(0) : symbol{};
  }
  static constexpr void announce(symbol, symbol z) { detail::announce_rest(z); }
  static constexpr symbol code(symbol original, symbol of, symbol d, symbol z) {
    const detail::shifted_exponentials from(z);
    const symbol e = from.exponentials, sum = apply_operation<column_sums_operation>(d);
    if (!z.home->is_real)
      return d - e / from.sums(false) * sum;
    const bool absorbs = detail::absorbs(original, of);
    const symbol rest = from.rest(), parts = detail::product_with(d, rest + (1 - e), absorbs) -
                                             detail::product_with(sum - d, e, absorbs);
    return absorbs ? apply_operation<absorbing_quotient_operation>(parts, 1 + rest)
                   : parts / (1 + rest);
  }

private:
  static constexpr bool is_multiple(symbol d, symbol z) { // in each column
    for (int i = 0; i < 2 && is<multiply_operation>(d) && z.shape().rows > 1; ++i)
      if (d.operand(i).shape().rows == 1)
        return is_multiple(d.operand(1 - i), z);
    return is<negate_operation>(d) ? is_multiple(d.operand(0), z)
                                   : is<softmax_operation>(d) && d.operand(0) == z;
  }
};

constexpr symbols softmax_operation::adjoint(symbol d, symbol z, symbol result) {
  return {result * apply_operation<softmax_deviation_operation>(detail::filled(d, z.shape()), z)};
}
constexpr symbols log_softmax_operation::adjoint(symbol d, symbol z, symbol) {
  return {apply_operation<log_softmax_flow_operation>(detail::filled(d, z.shape()), z)};
}
constexpr symbols softmax_deviation_operation::adjoint(symbol d, symbol, symbol z, symbol result) {
  return {apply_operation<log_softmax_flow_operation>(detail::filled(d, z.shape()), z),
          -(apply_operation<column_sums_operation>(d) * softmax(z) * result)};
}

} // namespace chainrule
