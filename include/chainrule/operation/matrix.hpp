// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices: products and transposes. With D what flows back to a result,
//   d(A B): dA = D B^T, dB = A^T D      d(A^T): dA = D^T
// Element by element, see arithmetic.hpp; of two symbols `a * b` is that, too.
// Read next: sum.hpp.
#pragma once

#include <chainrule/lanes/kernels.hpp>
#include <chainrule/operation/condition.hpp>

namespace chainrule {

struct transpose_operation;

/// A B: rows of the left by columns of the right.
struct matrix_product_operation : operation {
  static constexpr std::string_view name = "*"sv;
  static constexpr bool is_linear = true;
  static constexpr bool is_rewritten = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 5;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.shape.columns == b.shape.rows ? detail::shape{a.shape.rows, b.shape.columns}
                                           : detail::no_shape;
  }
  template <detail::extent A, detail::extent B, class T>
  static constexpr void run(T *out, const T *a, const T *b) {
    for (int i = 0; i < A.shape.rows; ++i)
      for (int j = 0; j < B.shape.columns; ++j) {
        T &sum = out[i * B.shape.columns + j];
        sum = a[i * A.shape.columns] * b[j];
        for (int k = 1; k < A.shape.columns; ++k)
          sum = sum + a[i * A.shape.columns + k] * b[k * B.shape.columns + j];
      }
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol);
  static constexpr symbol code(symbol, symbol, symbol a, symbol b);
};

namespace detail {

/// A B of symbols; of a scalar and a matrix every element times the scalar.
constexpr symbol matrix_product(symbol a, symbol b) {
  if (a.shape().is_scalar() || b.shape().is_scalar())
    return a * b;
  return apply_operation<matrix_product_operation>(a, b);
}

} // namespace detail

/// The transpose: rows become columns.
struct transpose_operation : operation {
  static constexpr std::string_view name = "transpose"sv;
  static constexpr bool is_linear = true;
  static constexpr bool is_rewritten = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return {x.shape.columns, x.shape.rows};
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {{apply_operation<transpose_operation>(d)}};
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.columns; ++i)
      for (int j = 0; j < X.shape.rows; ++j)
        out[i * X.shape.rows + j] = x[j * X.shape.columns + i];
  }
  static constexpr symbol simplified(symbol x) {
    if (x.shape().is_scalar())
      return x;
    if (is<transpose_operation>(x))
      return x.operand(0);
    if (is<matrix_product_operation>(x))
      return detail::matrix_product(apply_operation<transpose_operation>(x.operand(1)),
                                    apply_operation<transpose_operation>(x.operand(0)));
    if (is<negate_operation>(x))
      return -apply_operation<transpose_operation>(x.operand(0));
    if (is<multiply_operation>(x))
      for (int i = 0; i < 2; ++i)
        if (x.operand(i).shape().is_scalar())
          return x.operand(i) * apply_operation<transpose_operation>(x.operand(1 - i));
    return {};
  }
};

namespace detail {

/// A B as a machine step, either operand transposed where it stands.
template <bool TransposeLeft, bool TransposeRight>
  requires(!(TransposeLeft && TransposeRight))
struct product_step : operation {
  static constexpr std::string_view name = TransposeLeft    ? "A^T B"
                                           : TransposeRight ? "A B^T"
                                                            : "A B";
  static constexpr int arity = 2;

  static constexpr shape result_shape(const extent &a, const extent &b) {
    return {TransposeLeft ? a.shape.columns : a.shape.rows,
            TransposeRight ? b.shape.rows : b.shape.columns};
  }
  template <extent A, extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    constexpr shape to = result_shape(A, B);
    constexpr int inner = TransposeLeft ? A.shape.rows : A.shape.columns;
    constexpr int row_step = TransposeLeft ? 1 : A.shape.columns;
    constexpr int inner_step = TransposeLeft ? A.shape.columns : 1;
    constexpr bool is_right_contiguous = TransposeRight || B.shape.columns == 1;
    if constexpr (is_right_contiguous &&
                  (!TransposeLeft || A.shape.columns == 1 || A.shape.rows == 1) && inner > 1)
      math::product_of_rows<to.rows, to.columns, inner>(out, a, b);
    else if constexpr (to.columns == 1) // (A x)^T = x^T A^T, whose rows are contiguous
      math::matrix_product<1, to.rows, inner, 1, 1>(out, b, a);
    else if constexpr (TransposeRight && inner == 1)
      math::matrix_product<to.rows, to.columns, 1, row_step, inner_step>(out, a, b);
    else
      math::matrix_product<to.rows, to.columns, inner, row_step, inner_step>(out, a, b);
  }
};

} // namespace detail

constexpr symbols matrix_product_operation::adjoint(symbol d, symbol a, symbol b, symbol) {
  return {detail::matrix_product(d, apply_operation<transpose_operation>(b)),
          detail::matrix_product(apply_operation<transpose_operation>(a), d)};
}

constexpr symbol matrix_product_operation::code(symbol, symbol, symbol a, symbol b) {
  const bool left = is<transpose_operation>(a);
  // A^T B^T = (B A)^T is left to the transposition of one of them.
  const bool right = is<transpose_operation>(b) && !left;
  const symbol p = left ? a.operand(0) : a, q = right ? b.operand(0) : b;
  if (left)
    return apply_operation<detail::product_step<true, false>>(p, q);
  return right ? apply_operation<detail::product_step<false, true>>(p, q)
               : apply_operation<detail::product_step<false, false>>(p, q);
}

/// The transpose of a matrix.
CHAINRULE_FORMULA(transpose, Operand)
(const Operand &x) { return apply_operation<transpose_operation>(x); }

} // namespace chainrule
