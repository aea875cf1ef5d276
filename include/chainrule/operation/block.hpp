// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Parts of matrices and matrices of parts: rows_of, columns_of, block_of, element_of, stack (one
// below the other), beside (one right of the other), reshape. What flows back to a part is placed
// among zeros of the shape of the whole; what flows back to a stack is cut in two.
// Read next: softmax.hpp.
#pragma once

#include <chainrule/operation/matrix.hpp>

namespace chainrule {

namespace detail {

constexpr int whole(const extent &number) { return static_cast<int>(number.number); }

template <class Operation>
constexpr symbol with_numbers(symbol x, int first, int second) {
  return apply_operation<Operation>(x, math::number(first), math::number(second));
}

enum class along : bool { rows, columns };

// The rules of parts, defined in block_rules.hpp.
constexpr symbol simplified_slice(symbol x, along axis, int first, int count);
constexpr symbol defined_slice(symbol x, along axis, int first, int count);
constexpr symbol simplified_place(symbol x, along axis, int first, int total);
constexpr symbol defined_place(symbol x, along axis, int first, int total);
constexpr symbol simplified_join(symbol a, symbol b, along axis);
constexpr symbol simplified_reshape(symbol x, const shape &to);

/// x among zeros: the rows from `first` of `total` rows.
struct place_rows_operation : operation {
  static constexpr std::string_view name = "place_rows";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &x, const extent &, const extent &total) {
    return {whole(total), x.of.columns};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol);
  static constexpr symbol simplified(symbol x, symbol first, symbol total) {
    return simplified_place(x, along::rows, whole(first), whole(total));
  }
  static constexpr symbol definition(symbol x, symbol first, symbol total) {
    return defined_place(x, along::rows, whole(first), whole(total));
  }

  template <extent X, extent First, extent Total, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    constexpr int begin = whole(First) * X.of.columns, end = begin + X.of.size();
    for (int i = 0; i < whole(Total) * X.of.columns; ++i)
      out[i] = i < begin || i >= end ? T(0.0) : x[i - begin];
  }
};

/// x among zeros: the columns from `first` of `total` columns.
struct place_columns_operation : operation {
  static constexpr std::string_view name = "place_columns";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr shape result_shape(const extent &x, const extent &, const extent &total) {
    return {x.of.rows, whole(total)};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol);
  static constexpr symbol simplified(symbol x, symbol first, symbol total) {
    return simplified_place(x, along::columns, whole(first), whole(total));
  }
  static constexpr symbol definition(symbol x, symbol first, symbol total) {
    return defined_place(x, along::columns, whole(first), whole(total));
  }

  template <extent X, extent First, extent Total, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < X.of.rows; ++i)
      for (int j = 0; j < whole(Total); ++j) {
        const int from = j - whole(First);
        out[i * whole(Total) + j] =
            from < 0 || from >= X.of.columns ? T(0.0) : x[i * X.of.columns + from];
      }
  }
};

} // namespace detail

/// The rows from `first`, `count` of them.
struct rows_operation : operation {
  static constexpr std::string_view name = "rows";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &,
                                              const detail::extent &count) {
    return {detail::whole(count), x.of.columns};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol) {
    return {apply_operation<detail::place_rows_operation>(d, first, math::number(x.shape().rows))};
  }
  static constexpr symbol simplified(symbol x, symbol first, symbol count) {
    return detail::simplified_slice(x, detail::along::rows, detail::whole(first),
                                    detail::whole(count));
  }
  static constexpr symbol definition(symbol x, symbol first, symbol count) {
    return detail::defined_slice(x, detail::along::rows, detail::whole(first),
                                 detail::whole(count));
  }
  template <detail::extent X, detail::extent First, detail::extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < detail::whole(Count) * X.of.columns; ++i)
      out[i] = x[detail::whole(First) * X.of.columns + i];
  }
};

/// The columns from `first`, `count` of them.
struct columns_operation : operation {
  static constexpr std::string_view name = "columns";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &,
                                              const detail::extent &count) {
    return {x.of.rows, detail::whole(count)};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol) {
    return {apply_operation<detail::place_columns_operation>(d, first,
                                                             math::number(x.shape().columns))};
  }
  static constexpr symbol simplified(symbol x, symbol first, symbol count) {
    return detail::simplified_slice(x, detail::along::columns, detail::whole(first),
                                    detail::whole(count));
  }
  static constexpr symbol definition(symbol x, symbol first, symbol count) {
    return detail::defined_slice(x, detail::along::columns, detail::whole(first),
                                 detail::whole(count));
  }
  template <detail::extent X, detail::extent First, detail::extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < X.of.rows; ++i)
      for (int j = 0; j < detail::whole(Count); ++j)
        out[i * detail::whole(Count) + j] = x[i * X.of.columns + detail::whole(First) + j];
  }
};

constexpr symbols detail::place_rows_operation::adjoint(symbol d, symbol x, symbol first, symbol,
                                                        symbol) {
  return {apply_operation<rows_operation>(d, first, math::number(x.shape().rows))};
}
constexpr symbols detail::place_columns_operation::adjoint(symbol d, symbol x, symbol first, symbol,
                                                           symbol) {
  return {apply_operation<columns_operation>(d, first, math::number(x.shape().columns))};
}

/// a above b.
struct stack_operation : operation {
  static constexpr std::string_view name = "stack";
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.of.columns == b.of.columns ? detail::shape{a.of.rows + b.of.rows, a.of.columns}
                                        : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const int above = a.shape().rows;
    return {detail::with_numbers<rows_operation>(d, 0, above),
            detail::with_numbers<rows_operation>(d, above, b.shape().rows)};
  }
  static constexpr symbol simplified(symbol a, symbol b) {
    return detail::simplified_join(a, b, detail::along::rows);
  }
  template <detail::extent A, detail::extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    for (int i = 0; i < A.of.size(); ++i)
      out[i] = a[i];
    for (int i = 0; i < B.of.size(); ++i)
      out[A.of.size() + i] = b[i];
  }
};

/// a left of b.
struct beside_operation : operation {
  static constexpr std::string_view name = "beside";
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return a.of.rows == b.of.rows ? detail::shape{a.of.rows, a.of.columns + b.of.columns}
                                  : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const int left = a.shape().columns;
    return {detail::with_numbers<columns_operation>(d, 0, left),
            detail::with_numbers<columns_operation>(d, left, b.shape().columns)};
  }
  static constexpr symbol simplified(symbol a, symbol b) {
    return detail::simplified_join(a, b, detail::along::columns);
  }
  template <detail::extent A, detail::extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    constexpr int width = A.of.columns + B.of.columns;
    for (int i = 0; i < A.of.rows; ++i) {
      for (int j = 0; j < A.of.columns; ++j)
        out[i * width + j] = a[i * A.of.columns + j];
      for (int j = 0; j < B.of.columns; ++j)
        out[i * width + A.of.columns + j] = b[i * B.of.columns + j];
    }
  }
};

/// The elements, row by row, as rows of another length.
struct reshape_operation : operation {
  static constexpr std::string_view name = "reshape";
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &rows,
                                              const detail::extent &columns) {
    return {detail::whole(rows), detail::whole(columns)};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol) {
    return {detail::with_numbers<reshape_operation>(d, x.shape().rows, x.shape().columns)};
  }
  static constexpr symbol simplified(symbol x, symbol rows, symbol columns) {
    return detail::simplified_reshape(x, {detail::whole(rows), detail::whole(columns)});
  }
  template <detail::extent X, detail::extent Rows, detail::extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    for (int i = 0; i < X.of.size(); ++i)
      out[i] = x[i];
  }
};

namespace detail {

template <bool Fits, expression... Operands>
constexpr void check_parts() {
  static_assert(
      Fits || shapes_fit<shape_named<Operands>...>,
      "rows_of<0, 2>(x), columns_of, block_of, element_of, reshape, stack(a, b), beside(a, b): "
      "there is no such part of x, or the parts do not fit; shapes are named in this "
      "message, and places count from 0");
}

} // namespace detail

/// `Count` rows from the row `First`.
template <int First, int Count, expression Operand>
constexpr auto rows_of(Operand x) {
  constexpr bool fits = 0 <= First && 0 < Count && First + Count <= detail::record<Operand>.of.rows;
  detail::check_parts<fits, Operand>();
  if constexpr (fits)
    return apply_operation<rows_operation>(x, literal<First>{}, literal<Count>{});
  else
    return x;
}

/// `Count` columns from the column `First`.
template <int First, int Count, expression Operand>
constexpr auto columns_of(Operand x) {
  constexpr bool fits =
      0 <= First && 0 < Count && First + Count <= detail::record<Operand>.of.columns;
  detail::check_parts<fits, Operand>();
  if constexpr (fits)
    return apply_operation<columns_operation>(x, literal<First>{}, literal<Count>{});
  else
    return x;
}

/// `Rows` x `Columns` elements from row `Row` and column `Column`.
template <int Row, int Column, int Rows, int Columns, expression Operand>
constexpr auto block_of(Operand x) {
  return columns_of<Column, Columns>(rows_of<Row, Rows>(x));
}

/// The element in row `Row` and column `Column`, a scalar.
template <int Row, int Column = 0, expression Operand>
constexpr auto element_of(Operand x) {
  return block_of<Row, Column, 1, 1>(x);
}

/// The elements row by row in `Rows` rows.
template <int Rows, int Columns, expression Operand>
constexpr auto reshape(Operand x) {
  constexpr bool fits = Rows > 0 && Rows * Columns == detail::record<Operand>.of.size();
  detail::check_parts<fits, Operand>();
  if constexpr (fits)
    return apply_operation<reshape_operation>(x, literal<Rows>{}, literal<Columns>{});
  else
    return x;
}

namespace detail {

/// The first joined with the second, and so on; equal in what does not run along the axis.
template <class Operation, along Axis, class First, class Second, class... Rest>
constexpr auto joined(First first, Second second, Rest... rest) {
  constexpr shape a = record<First>.of, b = record<Second>.of;
  constexpr bool fits = Axis == along::rows ? a.columns == b.columns : a.rows == b.rows;
  check_parts<fits, First, Second>();
  if constexpr (!fits)
    return first;
  else if constexpr (sizeof...(Rest) == 0)
    return apply_operation<Operation>(first, second);
  else
    return joined<Operation, Axis>(apply_operation<Operation>(first, second), rest...);
}

} // namespace detail

/// The first above the second, and so on.
template <class... Parts>
  requires(sizeof...(Parts) > 1 && operands_of_network<Parts...>)
constexpr auto stack(const Parts &...parts) {
  return detail::joined<stack_operation, detail::along::rows>(
      detail::as_expression<stack_operation>(parts)...);
}

/// The first left of the second, and so on.
template <class... Parts>
  requires(sizeof...(Parts) > 1 && operands_of_network<Parts...>)
constexpr auto beside(const Parts &...parts) {
  return detail::joined<beside_operation, detail::along::columns>(
      detail::as_expression<beside_operation>(parts)...);
}

} // namespace chainrule
