// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices: products and transposes. With D what flows back to a result,
//   d(A B): dA = D B^T, dB = A^T D      d(A^T): dA = D^T
// Element by element, see arithmetic.hpp; of two symbols `a * b` is that, too.
// Read next: sum.hpp.
#pragma once

#include <chainrule/lanes/kernels.hpp>
#include <chainrule/lanes/scalar.hpp>
#include <chainrule/operation/element.hpp>
#include <chainrule/operation/gate.hpp>

namespace chainrule {

struct transpose_operation;
struct gated_product_operation;

namespace detail {

/// What an element of a product is made of: a row of the left, then a column of the right.
constexpr void sources_of_product(const extents &all, int row, int column, bool transpose_left,
                                  bool transpose_right, element_blocks &to) {
  const shape a = all.items[0].shape;
  to.push(transpose_left ? element_block{0, 0, row, a.rows, 1}
                         : element_block{0, row, 0, 1, a.columns});
  const int inner = transpose_left ? a.rows : a.columns;
  to.push(transpose_right ? element_block{1, column, 0, 1, inner}
                          : element_block{1, 0, column, inner, 1});
}
/// The row times the column.
constexpr symbol product_of_sources(const symbols &of) {
  symbols terms;
  for (int k = 0; k < of.size / 2; ++k)
    terms.push(product_of_elements(of.items[k], of.items[of.size / 2 + k]));
  return sum_of_elements(terms, 0, terms.size);
}

} // namespace detail

/// A B: rows of the left by columns of the right.
struct matrix_product_operation : operation {
  static constexpr std::string_view name = "*"sv;
  static constexpr bool is_linear = true;
  static constexpr bool may_overflow = true;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr bool is_rewritten = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 5;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.shape.columns == b.shape.rows ? detail::shape{a.shape.rows, b.shape.columns}
                                           : detail::no_shape;
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    detail::sources_of_product(all, row, column, false, false, to);
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return detail::product_of_sources(of);
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
struct transpose_operation : detail::moving_operation {
  static constexpr std::string_view name = "transpose"sv;
  static constexpr bool is_linear = true;
  static constexpr bool is_transpose = true;
  static constexpr bool is_placement = true;
  static constexpr bool is_rewritten = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return {x.shape.columns, x.shape.rows};
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {{apply_operation<transpose_operation>(d)}};
  }
  static constexpr void sources(const detail::extents &, int row, int column,
                                detail::element_blocks &to) {
    to.push({0, column, row});
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.shape.columns; ++i)
      for (int j = 0; j < X.shape.rows; ++j)
        out[i * X.shape.rows + j] = x[j * X.shape.columns + i];
  }
  static constexpr symbol simplified(symbol x);
};

namespace detail {

/// Of a product: a multiplication and an addition for each element of the left, times the columns
/// of the result.
constexpr long long operations_of_product(const extents &all, int columns) {
  return 2LL * all.items[0].shape.size() * columns;
}

/// A B as a machine step, either operand transposed where it stands.
template <bool TransposeLeft, bool TransposeRight>
  requires(!(TransposeLeft && TransposeRight))
struct product_step : operation {
  static constexpr std::string_view name = TransposeLeft    ? "A^T B"
                                           : TransposeRight ? "A B^T"
                                                            : "A B";
  static constexpr int arity = 2;
  static constexpr bool can_add = true;

  static constexpr shape result_shape(const extent &a, const extent &b) {
    return {TransposeLeft ? a.shape.columns : a.shape.rows,
            TransposeRight ? b.shape.rows : b.shape.columns};
  }
  static constexpr long long all_operations(const extents &all) {
    const shape b = all.items[1].shape;
    return operations_of_product(all, TransposeRight ? b.rows : b.columns);
  }
  static constexpr void sources(const extents &all, int row, int column, element_blocks &to) {
    sources_of_product(all, row, column, TransposeLeft, TransposeRight, to);
  }
  static constexpr symbol element(symbol, const symbols &of) { return product_of_sources(of); }
  template <extent A, extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    compute<A, B>(out, a, b, false);
  }
  /// out += A B, which sums over the rounds of a recurrence are made of.
  template <extent A, extent B, class T>
  CHAINRULE_INLINE static constexpr void add(T *out, const T *a, const T *b) {
    compute<A, B>(out, a, b, true);
  }

private:
  template <extent A, extent B, class T>
  CHAINRULE_INLINE static constexpr void compute(T *out, const T *a, const T *b, bool is_added) {
    constexpr shape to = result_shape(A, B);
    constexpr int inner = TransposeLeft ? A.shape.rows : A.shape.columns;
    constexpr int row_step = TransposeLeft ? 1 : A.shape.columns;
    constexpr int inner_step = TransposeLeft ? A.shape.columns : 1;
    constexpr bool is_right_contiguous = TransposeRight || B.shape.columns == 1;
    if constexpr (is_right_contiguous &&
                  (!TransposeLeft || A.shape.columns == 1 || A.shape.rows == 1) && inner > 1)
      math::product_of_rows<to.rows, to.columns, inner>(out, a, b, is_added);
    else if constexpr (to.columns == 1) // (A x)^T = x^T A^T, whose rows are contiguous
      math::matrix_product<1, to.rows, inner, 1, 1>(out, b, a, is_added);
    else if constexpr (TransposeRight && inner == 1)
      math::matrix_product<to.rows, to.columns, 1, row_step, inner_step>(out, a, b, is_added);
    else
      math::matrix_product<to.rows, to.columns, inner, row_step, inner_step>(out, a, b, is_added);
  }
};

} // namespace detail

/// A B of what flows back through gates, where zeros of A, of B or of both absorb the factors that
/// they meet, whatever those are. It is computed as any product; an element that is NaN then is
/// computed once more.
struct gated_product_operation : operation {
  static constexpr std::string_view name = "gated_product"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 3;
  static constexpr bool may_overflow = true;
  static constexpr zero_rule zero_if = zero_rule::any;

  // What the third operand adds up: whose zeros absorb, and in code, which is transposed.
  static constexpr int left = 1, right = 2, transposed_left = 4, transposed_right = 8;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b,
                                              const detail::extent &how) {
    return {how.number & transposed_left ? a.shape.columns : a.shape.rows,
            how.number & transposed_right ? b.shape.rows : b.shape.columns};
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return detail::operations_of_product(
        all, result_shape(all.items[0], all.items[1], all.items[2]).columns);
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    matrix_product_operation::sources(all, row, column, to); // none is transposed but in code
  }
  template <detail::extent A, detail::extent B, detail::extent How, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b, const T *) {
    if constexpr (std::is_floating_point_v<T>)
      if (!__builtin_is_constant_evaluated()) {
        detail::product_step<(How.number & transposed_left) != 0,
                             (How.number & transposed_right) != 0>::template run<A, B>(out, a, b);
        for (int i = 0; i < result_shape(A, B, How).size(); ++i)
          if (out[i] != out[i])
            out[i] = element<A, B, How>(a, b, i);
        return;
      }
    for (int i = 0; i < result_shape(A, B, How).size(); ++i)
      out[i] = element<A, B, How>(a, b, i);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol, symbol result) {
    return matrix_product_operation::adjoint(d, a, b, result);
  }
  static constexpr symbol definition(symbol a, symbol b, symbol) {
    return detail::matrix_product(a, b);
  }
  static constexpr symbol code(symbol, symbol, symbol, symbol a, symbol b, symbol how) {
    auto all = how.value().numerator;
    if (is<transpose_operation>(a)) {
      a = a.operand(0);
      all += transposed_left;
    } else if (is<transpose_operation>(b)) {
      b = b.operand(0);
      all += transposed_right;
    }
    return apply_operation<gated_product_operation>(a, b, math::number(all));
  }

private:
  template <detail::extent A, detail::extent B, detail::extent How, class T>
  static constexpr T element(const T *a, const T *b, int index) {
    constexpr bool left_is_transposed = How.number & transposed_left;
    constexpr bool right_is_transposed = How.number & transposed_right;
    constexpr int inner = left_is_transposed ? A.shape.rows : A.shape.columns;
    constexpr int columns = result_shape(A, B, How).columns;
    const int i = index / columns, j = index % columns;
    T sum = T(0.0);
    for (int k = 0; k < inner; ++k) {
      const T &p = a[left_is_transposed ? k * A.shape.columns + i : i * A.shape.columns + k];
      const T &q = b[right_is_transposed ? j * B.shape.columns + k : k * B.shape.columns + j];
      if constexpr (How.number & left) {
        if constexpr (How.number & right && std::is_floating_point_v<T>)
          if (q == T(0.0)) // 0 * infinity is no constant expression
            continue;
        sum = sum + math::value_of<absorbing_product_operation, T>(p, q);
      } else {
        sum = sum + math::value_of<absorbing_product_operation, T>(q, p);
      }
    }
    return sum;
  }
};

namespace detail {

/// (A B)^T = B^T A^T
constexpr symbol transpose_of_gated_product(symbol x) {
  const auto absorbing = x.operand(2).value().numerator;
  constexpr int sides = gated_product_operation::left + gated_product_operation::right;
  return apply_operation<gated_product_operation>(
      apply_operation<transpose_operation>(x.operand(1)),
      apply_operation<transpose_operation>(x.operand(0)),
      math::number(absorbing == sides ? absorbing : sides - absorbing));
}

} // namespace detail

constexpr symbol transpose_operation::simplified(symbol x) {
  if (x.shape().is_scalar())
    return x;
  if (is<transpose_operation>(x))
    return x.operand(0);
  if (is<matrix_product_operation>(x))
    return detail::matrix_product(apply_operation<transpose_operation>(x.operand(1)),
                                  apply_operation<transpose_operation>(x.operand(0)));
  if (is<gated_product_operation>(x))
    return detail::transpose_of_gated_product(x);
  if (is<negate_operation>(x))
    return -apply_operation<transpose_operation>(x.operand(0));
  if (is<multiply_operation>(x))
    for (int i = 0; i < 2; ++i)
      if (x.operand(i).shape().is_scalar())
        return x.operand(i) * apply_operation<transpose_operation>(x.operand(1 - i));
  return {};
}

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

/// The transpose. Shape: m x n becomes n x m.
CHAINRULE_FORMULA(transpose, Operand)
(const Operand &x) { return apply_operation<transpose_operation>(x); }

} // namespace chainrule
