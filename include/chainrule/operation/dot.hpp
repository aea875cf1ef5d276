// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of vectors and matrices made of products and sums: dot outer squared_norm norm affine.
// Read next: slice.hpp.
#pragma once

#include <chainrule/operation/matrix.hpp>
#include <chainrule/operation/norm.hpp>

namespace chainrule {

namespace detail {

/// Whether operands whose elements belong together have equal shapes. Of a bare number the
/// operation speaks.
template <class Left, class Right>
constexpr bool have_equal_shapes() {
  if constexpr (expression<Left> && expression<Right>) {
    constexpr bool are_equal = record<Left>.shape == record<Right>.shape;
    static_assert(are_equal || any_mistaken<Left, Right> ||
                      shapes_fit<shape_named<Left>, shape_named<Right>>,
                  "dot(a, b), cross_entropy(a, y), kullback_leibler(p, q): to each element of one "
                  "operand belongs an element of the other; give both the same rows and columns "
                  "(both shapes are named in this message)");
    return are_equal;
  } else {
    return true;
  }
}

} // namespace detail

/// The sum of a(i, j) b(i, j) over all elements. Shape: two of one shape; a number.
CHAINRULE_FORMULA_OF_TWO(dot, Left, Right)
(const Left &left, const Right &right) {
  if constexpr (detail::have_equal_shapes<Left, Right>())
    return sum(elementwise_product(left, right));
  else
    return detail::mistaken{};
}

/// The same of each row or column, dot(A, B, by_column). Shape: two of m x n; a column of m by row,
/// a row of n by column.
template <class Left, class Right, detail::along Axis>
  requires operands_of_network<Left, Right>
constexpr auto dot(const Left &left, const Right &right, detail::by<Axis> each) {
  if constexpr (detail::have_equal_shapes<Left, Right>())
    return sum(elementwise_product(left, right), each);
  else
    return detail::mistaken{};
}

/// a b^T, every element of one column times every element of another. Shape: columns of m and n
/// become m x n.
CHAINRULE_FORMULA_OF_TWO(outer, Left, Right)
(const Left &left, const Right &right) {
  return left * transpose(detail::as_expression<multiply_operation>(right));
}

/// The sum of the squares of all elements. Shape: a number.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(squared_norm, Operand)
(const Operand &x) { return apply_operation<sum_operation>(apply_operation<square_operation>(x)); }

/// The same of each row or column, squared_norm(X, by_column). Shape: m x n becomes a column of m
/// by row, a row of n by column.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto squared_norm(const Operand &x, detail::by<Axis> each) {
  return sum(square(x), each);
}

/// The square root of squared_norm, without overflow. Shape: a number. Slope: 0 at 0.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(norm, Operand)
(const Operand &x) { return apply_operation<norm_operation>(x); }

/// The same of each row or column, norm(X, by_row). Shape: m x n becomes a column of m by row, a
/// row of n by column. Slope: 0 at a row or column of zeros.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto norm(const Operand &x, detail::by<Axis>) {
  return apply_operation<norms_operation<sums_operation<Axis>>>(x);
}

/// norm(X, by_row). Shape: m x n becomes a column of m. Slope: 0 at a row of zeros.
CHAINRULE_FORMULA(row_norms, Operand)
(const Operand &x) { return norm(x, by_row); }

/// norm(X, by_column). Shape: m x n becomes a row of n. Slope: 0 at a column of zeros.
CHAINRULE_FORMULA(column_norms, Operand)
(const Operand &x) { return norm(x, by_column); }

/// W x + b. Shape: W m x k, x k x n, b a column of m or m x n; m x n.
CHAINRULE_FORMULA_OF_THREE(affine, Weights, Input, Bias)
(const Weights &weights, const Input &input, const Bias &bias) { return weights * input + bias; }

} // namespace chainrule
