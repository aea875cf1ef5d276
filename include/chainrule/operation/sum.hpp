// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Sums over elements, all or by_row or by_column, and repetition, which is what flows back: sum
// mean row_sums column_sums row_means column_means. With D what flows back to the result, d(sum X):
// dX = D everywhere.
// Read next: norm.hpp.
#pragma once

#include <chainrule/lanes/kernels.hpp>
#include <chainrule/lanes/scalar.hpp>
#include <chainrule/operation/element.hpp>
#include <chainrule/operation/power.hpp>

namespace chainrule {

namespace detail {

/// Which elements are taken together.
template <along Axis>
struct by {
  using of_each = by; // it is known by
};

/// Rows, columns and places are operands: whole numbers.
constexpr int whole_number(const extent &operand) { return static_cast<int>(operand.number); }
constexpr int whole_number(symbol operand) { return static_cast<int>(operand.value().numerator); }
constexpr shape shape_of_numbers(const auto &rows, const auto &columns) {
  return {whole_number(rows), whole_number(columns)};
}

} // namespace detail

/// sum(X, by_row): the elements of each row together.
inline constexpr detail::by<detail::along::rows> by_row{};
/// softmax(X, by_column): the elements of each column together.
inline constexpr detail::by<detail::along::columns> by_column{};

/// x repeated to rows x columns: what a scalar stands for beside a matrix, written out.
struct fill_operation : detail::moving_operation {
  static constexpr std::string_view name = "fill"sv;
  static constexpr notation written = notation::part;
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &rows,
                                              const detail::extent &columns) {
    return detail::shape_of_numbers(rows, columns);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol result);

  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const detail::shape x = all.items[0].shape;
    to.push({0, x.rows == 1 ? 0 : row, x.columns == 1 ? 0 : column});
  }
  template <detail::extent X, detail::extent Rows, detail::extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < Rows.number; ++i)
      for (int j = 0; j < Columns.number; ++j)
        out[i * Columns.number + j] =
            x[(X.shape.rows == 1 ? 0 : i * X.shape.columns) + (X.shape.columns == 1 ? 0 : j)];
  }
};

/// x repeated to Rows x Columns, fill<3, 1>(1_c): where a function wants a matrix that is made of
/// a number, or of a row or a column. Shape: a number, Rows x 1 or 1 x Columns; Rows x Columns.
template <int Rows, int Columns, expression Operand>
[[nodiscard]] constexpr auto fill(Operand x) {
  constexpr detail::shape from = detail::record<Operand>.shape;
  constexpr bool fits = (from.rows == 1 || from.rows == Rows) &&
                        (from.columns == 1 || from.columns == Columns) && Rows > 0 && Columns > 0;
  static_assert(fits || detail::any_mistaken<Operand> ||
                    detail::shapes_fit<detail::shape_named<Operand>>,
                "fill<Rows, Columns>(x): x, whose shape is named in this message, is a number, a "
                "column of Rows or a row of Columns");
  if constexpr (fits)
    return apply_operation<fill_operation>(x, literal<Rows>{}, literal<Columns>{});
  else
    return detail::mistaken{};
}

/// The sum of all elements. Shape: a number.
struct sum_operation : detail::adding_operation {
  static constexpr std::string_view name = "sum"sv;
  static constexpr positivity is_positive = positivity::with_operands;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;
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
      if (const symbol factor = x.operand(i);
          factor.shape().is_scalar() && (!factor.is_number() || is_movable(factor)))
        return factor * apply_operation<Sum>(x.operand(1 - i));
  return {};
}

} // namespace detail

/// The sum of each row, a column; or of each column, a row.
template <detail::along Axis>
struct sums_operation : detail::adding_operation {
  static constexpr std::string_view name =
      Axis == detail::along::rows ? "row_sums"sv : "column_sums"sv;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;
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
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const detail::shape x = all.items[0].shape;
    if (Axis == detail::along::rows)
      to.push({0, row, 0, 1, x.columns});
    else
      to.push({0, 0, column, x.rows, 1});
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    if constexpr (Axis == detail::along::rows) {
      math::row_sums<X.shape.rows, X.shape.columns>(out, x);
    } else {
      math::column_sums<X.shape.rows, X.shape.columns>(out, x);
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

/// The sum of all elements. Shape: a number.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(sum, Operand)
(const Operand &x) { return apply_operation<sum_operation>(x); }

/// Of several numbers, which it does not add up.
template <class First, class... Rest>
  requires(sizeof...(Rest) > 0 && operands_of_network<First, Rest...>)
constexpr auto sum(const First &, const Rest &...) {
  static_assert(sizeof(First) == 0,
                "sum(x, w): sum adds up the elements of one matrix; the sum of several expressions "
                "is x + w, and that of each row or column sum(A, by_row), sum(A, by_column)");
  return detail::mistaken{};
}

/// The sum of each row or column, sum(X, by_row). Shape: m x n becomes a column of m by row, a row
/// of n by column.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto sum(const Operand &x, detail::by<Axis>) {
  return apply_operation<sums_operation<Axis>>(x);
}

/// sum(X, by_row). Shape: m x n becomes a column of m.
CHAINRULE_FORMULA(row_sums, Operand)
(const Operand &x) { return sum(x, by_row); }

/// sum(X, by_column). Shape: m x n becomes a row of n.
CHAINRULE_FORMULA(column_sums, Operand)
(const Operand &x) { return sum(x, by_column); }

/// The mean of all elements. Shape: a number.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(mean, Operand)
(const Operand &x) {
  if constexpr (detail::is_symbol<Operand>)
    return sum(x) / x.shape().size();
  else
    return sum(x) / literal<detail::record<Operand>.shape.size()>{};
}

/// The mean of each row or column, mean(X, by_row). Shape: m x n becomes a column of m by row, a
/// row of n by column.
template <expression Operand, detail::along Axis>
[[nodiscard]] constexpr auto mean(Operand x, detail::by<Axis> each) {
  return sum(x, each) / literal<length(detail::record<Operand>.shape, across(Axis))>{};
}

/// mean(X, by_row). Shape: m x n becomes a column of m.
template <expression Operand>
[[nodiscard]] constexpr auto row_means(Operand x) {
  return mean(x, by_row);
}

/// mean(X, by_column). Shape: m x n becomes a row of n.
template <expression Operand>
[[nodiscard]] constexpr auto column_means(Operand x) {
  return mean(x, by_column);
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(fill, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(row_means, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(column_means, 1, 1)

} // namespace chainrule
