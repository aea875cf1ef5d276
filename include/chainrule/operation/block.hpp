// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Parts of matrices and matrices of parts, as they are written: rows_of, columns_of, block_of,
// element_of, stack (one below the other), beside (one right of the other), reshape, flip_rows,
// flip_columns, roll_rows, roll_columns.
// Read next: one_hot.hpp.
#pragma once

#include <chainrule/operation/rearrange.hpp>

namespace chainrule {

namespace detail {

/// Says that there is no such part, or that parts do not fit.
template <bool Fits, class... Operands>
constexpr void check_blocks() {
  static_assert(
      Fits || any_mistaken<Operands...> || shapes_fit<shape_named<Operands>...>,
      "rows_of<0, 2>(x), columns_of, block_of, element_of, reshape, stack(a, b), beside(a, b): "
      "there is no such part of x, or the parts do not fit; shapes are named in this "
      "message, and places count from 0");
}

/// The part of x, if there is one.
template <along Axis, int First, int Count, int Step, expression Operand>
constexpr auto part_of(Operand x) {
  constexpr int last = First + (Count - 1) * Step, size = length(record<Operand>.shape, Axis);
  constexpr bool fits =
      0 < Count && Step != 0 && 0 <= First && First < size && 0 <= last && last < size;
  check_blocks<fits, Operand>();
  if constexpr (!fits)
    return mistaken{};
  else if constexpr (Step == 1)
    return apply_operation<slice_operation<Axis>>(x, literal<First>{}, literal<Count>{});
  else
    return apply_operation<rearrange_operation<every_pattern<Axis>::what>>(
        x, literal<First>{}, literal<Count>{}, literal<Step>{});
}

/// The parts together, if they are equal in what does not run along the axis.
template <along Axis, class First, class... Rest>
constexpr auto joined(First first, Rest... rest) {
  constexpr bool fits = [] {
    extents parts;
    for (const shape &of : {record<First>.shape, record<Rest>.shape...})
      parts.push({of});
    return !(join_operation<Axis>::result_shape(parts) == no_shape);
  }();
  check_blocks<fits, First, Rest...>();
  if constexpr (fits)
    return apply_operation<join_operation<Axis>>(first, rest...);
  else
    return mistaken{};
}

/// The last ones before all others.
template <along Axis, int Places, expression Operand>
constexpr auto rolled(Operand x) {
  constexpr int size = length(record<Operand>.shape, Axis), last = (Places % size + size) % size;
  if constexpr (last == 0)
    return x;
  else
    return joined<Axis>(part_of<Axis, size - last, last, 1>(x),
                        part_of<Axis, 0, size - last, 1>(x));
}

/// x among zeros.
template <along Axis, int First, int Total, class Operand>
constexpr auto placed(Operand x) {
  constexpr bool fits = First >= 0 && First + length(record<Operand>.shape, Axis) <= Total;
  static_assert(fits || any_mistaken<Operand> || shapes_fit<shape_named<Operand>>,
                "place_rows<First, Total>(x), place_columns: x, whose shape is named in this "
                "message, does not fit between First, counted from 0, and Total");
  if constexpr (fits)
    return apply_operation<place_operation<Axis>>(x, literal<First>{}, literal<Total>{});
  else
    return mistaken{};
}

} // namespace detail

/// `Count` rows from the row `First` on: every row, or every `Step`-th one; upward where `Step` is
/// negative. Shape: m x n becomes Count x n.
template <int First, int Count, int Step = 1, expression Operand>
constexpr auto rows_of(Operand x) {
  return detail::part_of<detail::along::rows, First, Count, Step>(x);
}

/// `Count` columns from the column `First` on: every column, or every `Step`-th one. Shape: m x n
/// becomes m x Count.
template <int First, int Count, int Step = 1, expression Operand>
constexpr auto columns_of(Operand x) {
  return detail::part_of<detail::along::columns, First, Count, Step>(x);
}

/// x as the rows from `First` on of `Total` ones, the others 0: what flows back through rows_of.
/// Shape: m x n becomes Total x n.
template <int First, int Total, expression Operand>
constexpr auto place_rows(Operand x) {
  return detail::placed<detail::along::rows, First, Total>(x);
}

/// x as the columns from `First` on of `Total` ones, the others 0. Shape: m x n becomes m x Total.
template <int First, int Total, expression Operand>
constexpr auto place_columns(Operand x) {
  return detail::placed<detail::along::columns, First, Total>(x);
}

/// The block that begins in row `Row` and column `Column`. Shape: Rows x Columns.
template <int Row, int Column, int Rows, int Columns, expression Operand>
constexpr auto block_of(Operand x) {
  return columns_of<Column, Columns>(rows_of<Row, Rows>(x));
}

/// The element in row `Row` and column `Column`, both from 0. Shape: a number.
template <int Row, int Column = 0, expression Operand>
constexpr auto element_of(Operand x) {
  return block_of<Row, Column, 1, 1>(x);
}

namespace detail {

/// What the type of a place says: which it is, -1 if it is no literal.
template <class Place>
inline constexpr int place_told = -1;
template <std::int64_t Value>
inline constexpr int place_told<literal<Value>> = static_cast<int>(Value);
template <std::int64_t Value, int Tens>
  requires(Tens > 0 && Tens < 9)
inline constexpr int place_told<literal<Value, 1, Tens>> =
    10 * place_told<literal<Value, 1, Tens - 1>>;

template <class Variable, class... Places>
constexpr auto element_at() {
  constexpr shape whole = record<Variable>.shape;
  constexpr bool is_line = whole.rows == 1 || whole.columns == 1;
  if constexpr (sizeof...(Places) > 2 || !all_of({true, place_told<Places> >= 0 ...}) ||
                sizeof...(Places) == 0) {
    return refuse_call<Places...>();
  } else if constexpr (sizeof...(Places) == 2) {
    return element_of<place_told<Places>...>(Variable{});
  } else {
    static_assert(is_line || shapes_fit<shape_named<Variable>>,
                  "M[0_c]: a matrix, whose shape is named in this message, has its elements in "
                  "rows and columns, M(0_c, 1_c); a row of it is rows_of<0, 1>(M)");
    if constexpr (!is_line)
      return mistaken{};
    else
      return element_of<(whole.columns == 1 ? place_told<Places> : 0)...,
                        (whole.columns == 1 ? 0 : place_told<Places>)...>(Variable{});
  }
}

} // namespace detail

/// The same elements, row by row. Shape: Rows x Columns, as many elements as before.
template <int Rows, int Columns, expression Operand>
constexpr auto reshape(Operand x) {
  constexpr bool fits = Rows > 0 && Rows * Columns == detail::record<Operand>.shape.size();
  detail::check_blocks<fits, Operand>();
  if constexpr (fits)
    return apply_operation<reshape_operation>(x, literal<Rows>{}, literal<Columns>{});
  else
    return detail::mistaken{};
}

/// Its operands one above another. Shape: equally many columns; the rows add up.
CHAINRULE_FORMULA_OF_MANY(stack, First, Second, Rest)
(const First &first, const Second &second, const Rest &...rest) {
  return detail::joined<detail::along::rows>(detail::as_expression<stack_operation>(first),
                                             detail::as_expression<stack_operation>(second),
                                             detail::as_expression<stack_operation>(rest)...);
}

/// Its operands one beside another. Shape: equally many rows; the columns add up.
CHAINRULE_FORMULA_OF_MANY(beside, First, Second, Rest)
(const First &first, const Second &second, const Rest &...rest) {
  return detail::joined<detail::along::columns>(detail::as_expression<beside_operation>(first),
                                                detail::as_expression<beside_operation>(second),
                                                detail::as_expression<beside_operation>(rest)...);
}

/// The rows in reverse order. Shape: unchanged.
template <expression Operand>
[[nodiscard]] constexpr auto flip_rows(Operand x) {
  return apply_operation<rearrange_operation<detail::taken::flipped_rows>>(x);
}

/// The columns in reverse order. Shape: unchanged.
template <expression Operand>
[[nodiscard]] constexpr auto flip_columns(Operand x) {
  return apply_operation<rearrange_operation<detail::taken::flipped_columns>>(x);
}

/// The rows `Places` further down; those that fall off the end come in at the beginning. Shape:
/// unchanged.
template <int Places, expression Operand>
[[nodiscard]] constexpr auto roll_rows(Operand x) {
  return detail::rolled<detail::along::rows, Places>(x);
}

/// The columns `Places` further right; those that fall off the end come in at the beginning. Shape:
/// unchanged.
template <int Places, expression Operand>
[[nodiscard]] constexpr auto roll_columns(Operand x) {
  return detail::rolled<detail::along::columns, Places>(x);
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(rows_of, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(columns_of, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(place_rows, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(place_columns, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(block_of, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(element_of, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(reshape, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(flip_rows, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(flip_columns, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(roll_rows, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(roll_columns, 1, 1)

} // namespace chainrule
