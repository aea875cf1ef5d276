// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices: products, transposes, sums. With D what flows back to a result,
//   d(A B): dA = D B^T, dB = A^T D      d(A^T): dA = D^T      d(sum X): dX = D everywhere
// Element by element, see arithmetic.hpp; of two symbols `a * b` is that, too.
// Read next: dot.hpp.
#pragma once

#include <chainrule/lanes/kernels.hpp>
#include <chainrule/operation/power.hpp>

namespace chainrule {

struct transpose_operation;

namespace detail {

/// Of what stands among zeros, or a vector of parts, or nothing. Defined in block_rules.hpp.
constexpr symbol transpose_of_parts(symbol x);
constexpr symbol fill_of_placed(symbol x, const shape &to);
constexpr symbol sum_of_placed(symbol x, const operation_record &sum);

constexpr int whole(symbol number) { return static_cast<int>(number.value().numerator); }

} // namespace detail

/// A B: rows of the left by columns of the right.
struct matrix_product_operation : operation {
  static constexpr std::string_view name = "*";
  static constexpr bool is_linear = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 5;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.of.columns == b.of.rows ? detail::shape{a.of.rows, b.of.columns} : detail::no_shape;
  }
  template <detail::extent A, detail::extent B, class T>
  static constexpr void run(T *out, const T *a, const T *b) {
    for (int i = 0; i < A.of.rows; ++i)
      for (int j = 0; j < B.of.columns; ++j) {
        T &sum = out[i * B.of.columns + j];
        sum = a[i * A.of.columns] * b[j];
        for (int k = 1; k < A.of.columns; ++k)
          sum = sum + a[i * A.of.columns + k] * b[k * B.of.columns + j];
      }
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol);
  static constexpr symbol simplified(symbol a, symbol b);
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
  static constexpr std::string_view name = "transpose";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return {x.of.columns, x.of.rows};
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {{apply_operation<transpose_operation>(d)}};
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int i = 0; i < X.of.columns; ++i)
      for (int j = 0; j < X.of.rows; ++j)
        out[i * X.of.rows + j] = x[j * X.of.columns + i];
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
    return detail::transpose_of_parts(x);
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
    return {TransposeLeft ? a.of.columns : a.of.rows, TransposeRight ? b.of.rows : b.of.columns};
  }
  template <extent A, extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    constexpr shape to = result_shape(A, B);
    constexpr int inner = TransposeLeft ? A.of.rows : A.of.columns;
    constexpr int row_step = TransposeLeft ? 1 : A.of.columns;
    constexpr int inner_step = TransposeLeft ? A.of.columns : 1;
    constexpr bool is_right_contiguous = TransposeRight || B.of.columns == 1;
    if constexpr (is_right_contiguous && (!TransposeLeft || A.of.columns == 1 || A.of.rows == 1) &&
                  inner > 1)
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

/// The sum of all elements.
struct sum_operation : operation {
  static constexpr std::string_view name = "sum";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol x);

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    math::row_sums<1, X.of.size()>(out, x);
  }
};

/// The sum of each row, a column.
struct row_sums_operation : operation {
  static constexpr std::string_view name = "row_sums";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &x) { return {x.of.rows, 1}; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol x);

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    math::row_sums<X.of.rows, X.of.columns>(out, x);
  }
};

/// The sum of each column, a row.
struct column_sums_operation : operation {
  static constexpr std::string_view name = "column_sums";
  static constexpr bool is_linear = true;

  static constexpr detail::shape result_shape(const detail::extent &x) { return {1, x.of.columns}; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol simplified(symbol x);

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int j = 0; j < X.of.columns; ++j)
      out[j] = x[j];
    for (int i = 1; i < X.of.rows; ++i)
      for (int j = 0; j < X.of.columns; ++j)
        out[j] = out[j] + x[i * X.of.columns + j];
  }
};

/// The square root of the sum of the squares of all elements; its derivative at 0 is 0.
struct norm_operation : operation {
  static constexpr std::string_view name = "norm";

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *x) {
    T squares = x[0] * x[0];
    for (int i = 1; i < X.of.size(); ++i)
      squares = squares + x[i] * x[i];
    *out = squares == T(0.0) ? T(0.0) : math::sqrt(squares);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    const symbol zero = d.home->constant(0);
    return {{select(result <= zero, zero, d / result) * x}};
  }
  static constexpr symbol simplified(symbol x);
  static constexpr symbol code(symbol, symbol x) {
    return apply_operation<sqrt_operation>(
        apply_operation<sum_operation>(apply_operation<square_operation>(x)));
  }
};

/// x repeated to rows x columns: what a scalar stands for beside a matrix, written out.
struct fill_operation : operation {
  static constexpr std::string_view name = "fill";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &rows,
                                              const detail::extent &columns) {
    return {static_cast<int>(rows.number), static_cast<int>(columns.number)};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol result);
  static constexpr symbol simplified(symbol x, symbol rows, symbol columns) {
    return detail::fill_of_placed(x, {detail::whole(rows), detail::whole(columns)});
  }

  template <detail::extent X, detail::extent Rows, detail::extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < Rows.number; ++i)
      for (int j = 0; j < Columns.number; ++j)
        out[i * Columns.number + j] =
            x[(X.of.rows == 1 ? 0 : i * X.of.columns) + (X.of.columns == 1 ? 0 : j)];
  }
};

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

} // namespace detail

constexpr symbols fill_operation::adjoint(symbol d, symbol x, symbol, symbol, symbol result) {
  return {detail::collected_from(d, result.shape(), x.shape())};
}

namespace detail {

/// A sum of c x or -x with the scalar c or the minus in front of it, or of what stands among zeros,
/// or nothing.
template <class Sum>
constexpr symbol with_factor_in_front(symbol x) {
  if (is<negate_operation>(x))
    return -apply_operation<Sum>(x.operand(0));
  if (is<multiply_operation>(x))
    for (int i = 0; i < 2; ++i)
      if (x.operand(i).shape().is_scalar())
        return x.operand(i) * apply_operation<Sum>(x.operand(1 - i));
  return sum_of_placed(x, operation_record_of<Sum>::value);
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

constexpr symbol sum_operation::simplified(symbol x) {
  if (x.shape().is_scalar())
    return x;
  if (is<fill_operation>(x) && x.operand(0).shape().is_scalar())
    return math::number(x.shape().size()) * x.operand(0);
  return detail::with_factor_in_front<sum_operation>(x);
}

constexpr symbol norm_operation::simplified(symbol x) {
  if (x.shape().is_scalar())
    return abs(x);
  return is<negate_operation>(x) ? apply_operation<norm_operation>(x.operand(0)) : symbol{};
}

constexpr symbol row_sums_operation::simplified(symbol x) {
  if (x.shape().rows == 1)
    return apply_operation<sum_operation>(x);
  return x.shape().columns == 1 ? x : detail::with_factor_in_front<row_sums_operation>(x);
}

constexpr symbol column_sums_operation::simplified(symbol x) {
  if (x.shape().columns == 1)
    return apply_operation<sum_operation>(x);
  return x.shape().rows == 1 ? x : detail::with_factor_in_front<column_sums_operation>(x);
}

/// The transpose of a matrix.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto transpose(const Operand &x) { return apply_operation<transpose_operation>(x); }

/// The sum of all elements.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto sum(const Operand &x) { return apply_operation<sum_operation>(x); }

/// The sum of each row, a column.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto row_sums(const Operand &x) { return apply_operation<row_sums_operation>(x); }

/// The sum of each column, a row.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto column_sums(const Operand &x) { return apply_operation<column_sums_operation>(x); }

/// The sum of all elements over their number.
template <expression Operand>
constexpr auto mean(const Operand &x) {
  return sum(x) / literal<detail::record<Operand>.of.size()>{};
}

} // namespace chainrule
