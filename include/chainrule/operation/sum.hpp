// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Sums over elements, and repetition, which is what flows back: sum row_sums column_sums mean. With
// D what flows back to the result, d(sum X): dX = D everywhere, and d|X| = X / |X|.
// Read next: dot.hpp.
#pragma once

#include <chainrule/lanes/kernels.hpp>
#include <chainrule/operation/power.hpp>

namespace chainrule {

namespace detail {

/// Rows, columns and places are operands: whole numbers.
constexpr int whole_number(const extent &operand) { return static_cast<int>(operand.number); }
constexpr int whole_number(symbol operand) { return static_cast<int>(operand.value().numerator); }
constexpr shape shape_of_numbers(const auto &rows, const auto &columns) {
  return {whole_number(rows), whole_number(columns)};
}

} // namespace detail

/// x repeated to rows x columns: what a scalar stands for beside a matrix, written out.
struct fill_operation : operation {
  static constexpr std::string_view name = "fill"sv;
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &rows,
                                              const detail::extent &columns) {
    return detail::shape_of_numbers(rows, columns);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol result);

  template <detail::extent X, detail::extent Rows, detail::extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < Rows.number; ++i)
      for (int j = 0; j < Columns.number; ++j)
        out[i * Columns.number + j] =
            x[(X.shape.rows == 1 ? 0 : i * X.shape.columns) + (X.shape.columns == 1 ? 0 : j)];
  }
};

/// The sum of all elements.
struct sum_operation : operation {
  static constexpr std::string_view name = "sum"sv;
  static constexpr bool is_linear = true;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol x);

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    math::row_sums<1, X.shape.size()>(out, x);
  }
};

namespace detail {

/// A sum of c x or -x with the scalar c or the minus in front of it, or nothing.
template <class Sum>
constexpr symbol with_factor_in_front(symbol x) {
  if (is<negate_operation>(x))
    return -apply_operation<Sum>(x.operand(0));
  if (is<multiply_operation>(x))
    for (int i = 0; i < 2; ++i)
      if (x.operand(i).shape().is_scalar())
        return x.operand(i) * apply_operation<Sum>(x.operand(1 - i));
  return {};
}

} // namespace detail

/// The sum of each row, a column; or of each column, a row.
template <detail::along Axis>
struct sums_operation : operation {
  static constexpr std::string_view name =
      Axis == detail::along::rows ? "row_sums"sv : "column_sums"sv;
  static constexpr bool is_linear = true;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return with_length(x.shape, across(Axis), 1);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol x) {
    if (length(x.shape(), Axis) == 1)
      return apply_operation<sum_operation>(x);
    return length(x.shape(), across(Axis)) == 1 ? x
                                                : detail::with_factor_in_front<sums_operation>(x);
  }

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    if constexpr (Axis == detail::along::rows) {
      math::row_sums<X.shape.rows, X.shape.columns>(out, x);
    } else {
      for (int j = 0; j < X.shape.columns; ++j)
        out[j] = x[j];
      for (int i = 1; i < X.shape.rows; ++i)
        for (int j = 0; j < X.shape.columns; ++j)
          out[j] = out[j] + x[i * X.shape.columns + j];
    }
  }
};
using row_sums_operation = sums_operation<detail::along::rows>;
using column_sums_operation = sums_operation<detail::along::columns>;

namespace detail {

/// x, written out to the shape.
constexpr symbol filled(symbol x, const shape &to) {
  if (x.shape() == to)
    return x;
  return apply_operation<fill_operation>(x, math::number(to.rows), math::number(to.columns));
}

/// What flows back to an operand of shape `to` that was repeated to shape `from`: the sum over the
/// repetitions. d itself may be smaller than `from` and stands for its repetition.
constexpr symbol collected_from(symbol d, const shape &from, const shape &to) {
  if (to == from)
    return d;
  const bool over_rows = to.rows < from.rows, over_columns = to.columns < from.columns;
  std::int64_t times = 1;
  if (over_rows && d.shape().rows == 1)
    times *= from.rows;
  if (over_columns && d.shape().columns == 1)
    times *= from.columns;
  const bool sum_rows = over_rows && d.shape().rows > 1;
  const bool sum_columns = over_columns && d.shape().columns > 1;
  if (sum_rows && sum_columns)
    d = apply_operation<sum_operation>(d);
  else if (sum_rows)
    d = apply_operation<column_sums_operation>(d);
  else if (sum_columns)
    d = apply_operation<row_sums_operation>(d);
  return times == 1 ? d : math::number(times) * d;
}

/// What x stands for beside an operand that has its rows and columns: a repeated number need not be
/// written out.
constexpr symbol beside_matrix(symbol x, symbol other) {
  return is<fill_operation>(x) &&
                 repeated(x.operand(0).shape(), other.shape()) == repeated(x.shape(), other.shape())
             ? x.operand(0)
             : x;
}

} // namespace detail

constexpr symbols fill_operation::adjoint(symbol d, symbol x, symbol, symbol, symbol result) {
  return {detail::collected_from(d, result.shape(), x.shape())};
}

constexpr symbol sum_operation::simplified(symbol x) {
  if (x.shape().is_scalar())
    return x;
  if (is<fill_operation>(x) && x.operand(0).shape().is_scalar())
    return math::number(x.shape().size()) * x.operand(0);
  return detail::with_factor_in_front<sum_operation>(x);
}

/// The square root of the sum of the squares of all elements; its derivative at 0 is 0.
struct norm_operation : operation {
  static constexpr std::string_view name = "norm"sv;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    T squares = x[0] * x[0];
    for (int i = 1; i < X.shape.size(); ++i)
      squares = squares + x[i] * x[i];
    *out = squares == T(0.0) ? T(0.0) : math::sqrt(squares);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    const symbol zero = d.home->constant(0);
    return {{select(result <= zero, zero, d / result) * x}};
  }
  static constexpr symbol simplified(symbol x) {
    if (x.shape().is_scalar())
      return abs(x);
    return is<negate_operation>(x) ? apply_operation<norm_operation>(x.operand(0)) : symbol{};
  }
  static constexpr symbol code(symbol, symbol x) {
    return apply_operation<sqrt_operation>(
        apply_operation<sum_operation>(apply_operation<square_operation>(x)));
  }
};

/// The sum of all elements.
CHAINRULE_FORMULA(sum, Operand)
(const Operand &x) { return apply_operation<sum_operation>(x); }

/// The sum of each row, a column.
CHAINRULE_FORMULA(row_sums, Operand)
(const Operand &x) { return apply_operation<row_sums_operation>(x); }

/// The sum of each column, a row.
CHAINRULE_FORMULA(column_sums, Operand)
(const Operand &x) { return apply_operation<column_sums_operation>(x); }

/// The sum of all elements over their number.
CHAINRULE_FORMULA(mean, Operand)
(const Operand &x) {
  if constexpr (detail::is_symbol<Operand>)
    return sum(x) / x.shape().size();
  else
    return sum(x) / literal<detail::record<Operand>.shape.size()>{};
}

} // namespace chainrule
