// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Parts of matrices (slice), parts among zeros (place), matrices of parts (join), other rows of the
// same elements (reshape). What flows back to a slice is placed among zeros of the shape of the
// whole; what flows back to a join is cut into its parts. What is done with rows is done with
// columns: an operation has the axis as an argument.
// Read next: rearrange.hpp.
#pragma once

#include <chainrule/operation/matrix.hpp>
#include <chainrule/operation/no_rewrite.hpp>
#include <chainrule/operation/sum.hpp>

namespace chainrule {

namespace detail {

/// The node for `count` rows or columns from `first`.
constexpr symbol slice(symbol x, along axis, int first, int count);
/// x among zeros: as the rows or columns from `first` of `total` ones.
constexpr symbol place(symbol x, along axis, int first, int total);
/// One part after the other.
constexpr symbol join(const symbols &parts, along axis);
/// The elements row by row.
constexpr symbol reshaped(symbol x, const shape &to);

constexpr int whole_operand(symbol x, int which) { return whole_number(x.operand(which)); }

/// x in this shape, but for a 0, which stands for all of it.
constexpr symbol in_shape(symbol x, const shape &to) { return x.is(0) ? x : filled(x, to); }

/// A part in its shape, also where it is 0.
constexpr symbol exact_slice(symbol x, along axis, int first, int count) {
  return filled(slice(x, axis, first, count), with_length(x.shape(), axis, count));
}

/// What belongs to the places from `first` of a matrix beside x, where x may be repeated.
constexpr symbol slice_of_repeated(symbol x, along axis, int first, int count) {
  return length(x.shape(), axis) == 1
             ? x
             : in_shape(slice(x, axis, first, count), with_length(x.shape(), axis, count));
}

/// Parts of the operands in place of a part of the result.
constexpr symbol operation_on_slices(symbol x, along axis, int first, int count) {
  list<int> operands;
  for (int k = 0; k < x.operands(); ++k)
    operands.push(slice_of_repeated(x.operand(k), axis, first, count).index);
  return x.home->make(*x.operation(), operands);
}

/// The number of which a matrix is full, or nothing.
constexpr symbol number_everywhere(symbol x) {
  if (is<fill_operation>(x))
    x = x.operand(0);
  return x.is_number() ? x : symbol{};
}

/// A matrix as it lies in memory, in lines along which parts follow each other: for parts of rows a
/// single one, of all elements.
constexpr shape lines(const shape &of, along axis) {
  return axis == along::rows ? shape{1, of.size()} : of;
}
/// How many elements of a line stand before this row or column.
constexpr int place_in_line(const shape &of, along axis, int place) {
  return axis == along::rows ? place * of.columns : place;
}

constexpr int width_of(std::initializer_list<shape> parts) {
  int result = 0;
  for (const shape &part : parts)
    result += part.columns;
  return result;
}

/// Copies lines into longer ones; what follows them.
template <class T>
CHAINRULE_INLINE constexpr T *copied(T *to, int width, const T *from, const shape &of) {
  for (int i = 0; i < of.rows; ++i)
    for (int j = 0; j < of.columns; ++j)
      to[i * width + j] = from[i * of.columns + j];
  return to + of.columns;
}

} // namespace detail

/// The rows or columns from `first`, `count` of them.
template <detail::along Axis>
struct slice_operation : detail::moving_operation {
  static constexpr std::string_view name =
      Axis == detail::along::rows ? "rows_of"sv : "columns_of"sv;
  static constexpr notation written = notation::part;
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &,
                                              const detail::extent &count) {
    return with_length(x.shape, Axis, detail::whole_number(count));
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol) {
    return {detail::place(d, Axis, detail::whole_number(first), length(x.shape(), Axis))};
  }
  static constexpr symbol simplified(symbol x, symbol first, symbol count) {
    if (is<slice_operation>(x))
      return detail::slice(x.operand(0), Axis,
                           detail::whole_operand(x, 1) + detail::whole_number(first),
                           detail::whole_number(count));
    return detail::whole_number(count) == length(x.shape(), Axis) ? x : symbol{};
  }
  static constexpr symbol definition(symbol x, symbol first, symbol count) {
    const int begin = detail::whole_number(first), size = detail::whole_number(count);
    if (is<matrix_product_operation>(x)) {
      const bool left = Axis == detail::along::rows;
      return detail::matrix_product(
          left ? detail::slice(x.operand(0), Axis, begin, size) : x.operand(0),
          left ? x.operand(1) : detail::slice(x.operand(1), Axis, begin, size));
    }
    return x.operation()->is_elementwise && x.operands() > 0 && !is<no_rewrite_operation>(x)
               ? detail::operation_on_slices(x, Axis, begin, size)
               : symbol{};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const int first = detail::whole_number(all.items[1]);
    to.push({0, row + (Axis == detail::along::rows ? first : 0),
             column + (Axis == detail::along::columns ? first : 0)});
  }

  template <detail::extent X, detail::extent First, detail::extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    constexpr detail::shape from = lines(X.shape, Axis);
    constexpr detail::shape to = lines(result_shape(X, First, Count), Axis);
    constexpr int begin = place_in_line(X.shape, Axis, detail::whole_number(First));
    for (int i = 0; i < to.rows; ++i)
      for (int j = 0; j < to.columns; ++j)
        out[i * to.columns + j] = x[i * from.columns + begin + j];
  }
};
using rows_operation = slice_operation<detail::along::rows>;
using columns_operation = slice_operation<detail::along::columns>;

/// x among zeros: as the rows or columns from `first` of `total` ones.
template <detail::along Axis>
struct place_operation : detail::moving_operation {
  static constexpr std::string_view name =
      Axis == detail::along::rows ? "place_rows"sv : "place_columns"sv;
  static constexpr notation written = notation::part;
  static constexpr int arity = 3;
  static constexpr bool is_placement = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x, const detail::extent &,
                                              const detail::extent &total) {
    return with_length(x.shape, Axis, detail::whole_number(total));
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol first, symbol, symbol) {
    return {detail::slice(d, Axis, detail::whole_number(first), length(x.shape(), Axis))};
  }
  /// Among more zeros; rows last, so that elements keep the order of rows.
  static constexpr symbol simplified(symbol x, symbol first, symbol total) {
    const int begin = detail::whole_number(first), all = detail::whole_number(total);
    if (const symbol number = detail::number_everywhere(x); number.exists() && number.is(0))
      return number;
    if (length(x.shape(), Axis) == all)
      return x;
    if (is<place_operation>(x))
      return detail::place(x.operand(0), Axis, begin + detail::whole_operand(x, 1), all);
    if (Axis == detail::along::columns && is<place_operation<detail::along::rows>>(x))
      return detail::place(detail::place(x.operand(0), Axis, begin, all), detail::along::rows,
                           detail::whole_operand(x, 1), detail::whole_operand(x, 2));
    return {};
  }
  /// Zeros before x and after it.
  static constexpr symbol definition(symbol x, symbol first, symbol total) {
    const int before = detail::whole_number(first);
    const int after = detail::whole_number(total) - before - length(x.shape(), Axis);
    const symbol zero = x.home->constant(0);
    symbols parts;
    if (before > 0)
      parts.push(filled(zero, with_length(x.shape(), Axis, before)));
    parts.push(x);
    if (after > 0)
      parts.push(filled(zero, with_length(x.shape(), Axis, after)));
    return detail::join(parts, Axis);
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    int &along_axis = Axis == detail::along::rows ? row : column;
    along_axis -= detail::whole_number(all.items[1]);
    if (along_axis >= 0 && along_axis < length(all.items[0].shape, Axis))
      to.push({0, row, column});
  }

  template <detail::extent X, detail::extent First, detail::extent Total, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    constexpr detail::shape from = lines(X.shape, Axis);
    constexpr detail::shape to = lines(result_shape(X, First, Total), Axis);
    constexpr int begin = place_in_line(X.shape, Axis, detail::whole_number(First));
    for (int i = 0; i < to.rows; ++i)
      for (int j = 0; j < to.columns; ++j)
        out[i * to.columns + j] =
            j < begin || j >= begin + from.columns ? T(0.0) : x[i * from.columns + j - begin];
  }
};

/// Parts one after the other, those of rows from the top, of columns from the left.
template <detail::along Axis>
struct join_operation : detail::moving_operation {
  static constexpr std::string_view name = Axis == detail::along::rows ? "stack"sv : "beside"sv;
  static constexpr int arity = any_number;
  static constexpr bool is_rewritten = true;
  static constexpr zero_rule zero_if = zero_rule::any;

  static constexpr detail::shape result_shape(const detail::extents &parts) {
    detail::shape result = parts.items[0].shape;
    for (int k = 1; k < parts.size; ++k) {
      const detail::shape &part = parts.items[k].shape;
      if (length(part, across(Axis)) != length(result, across(Axis)))
        return detail::no_shape;
      result = with_length(result, Axis, length(result, Axis) + length(part, Axis));
    }
    return result;
  }
  static constexpr symbols adjoint(symbol d, const symbols &parts, symbol) {
    symbols result;
    int first = 0;
    for (const symbol part : parts) {
      const int count = length(part.shape(), Axis);
      result.push(detail::slice(d, Axis, first, count));
      first += count;
    }
    return result;
  }
  static constexpr void sources(const detail::extents &parts, int row, int column,
                                detail::element_blocks &to) {
    int &along_axis = Axis == detail::along::rows ? row : column;
    int part = 0;
    while (along_axis >= length(parts.items[part].shape, Axis))
      along_axis -= length(parts.items[part++].shape, Axis);
    to.push({part, row, column});
  }

  template <detail::extent... Parts, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const auto *...parts) {
    constexpr int width = detail::width_of({lines(Parts.shape, Axis)...});
    // a list and no fold, of which clang takes 256 operands
    [[maybe_unused]] const T *const places[]{
        (out = detail::copied(out, width, parts, lines(Parts.shape, Axis)))...};
  }
};
using stack_operation = join_operation<detail::along::rows>;
using beside_operation = join_operation<detail::along::columns>;

/// The elements, row by row, as rows of another length.
struct reshape_operation : detail::moving_operation {
  static constexpr std::string_view name = "reshape"sv;
  static constexpr int arity = 3;
  static constexpr bool is_placement = true;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &rows,
                                              const detail::extent &columns) {
    return detail::shape_of_numbers(rows, columns);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol, symbol) {
    return {detail::reshaped(d, x.shape())};
  }
  static constexpr symbol simplified(symbol x, symbol rows, symbol columns) {
    const detail::shape to = detail::shape_of_numbers(rows, columns);
    if (x.shape() == to)
      return x;
    return is<reshape_operation>(x) ? detail::reshaped(x.operand(0), to) : symbol{};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const int place = row * detail::whole_number(all.items[2]) + column,
              columns = all.items[0].shape.columns;
    to.push({0, place / columns, place % columns});
  }

  template <detail::extent X, detail::extent Rows, detail::extent Columns, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *, const T *) {
    detail::copied(out, X.shape.size(), x, {1, X.shape.size()});
  }
};

namespace detail {

/// The record of an operation along an axis.
template <template <along> class Operation>
constexpr const operation_record &record_along(along axis) {
  return axis == along::rows ? operation_record_of<Operation<along::rows>>::value
                             : operation_record_of<Operation<along::columns>>::value;
}

/// Whether a node is such an operation.
template <template <along> class Operation>
constexpr bool is_along(symbol x, along axis) {
  return x.operation()->fingerprint == record_along<Operation>(axis).fingerprint;
}

template <template <along> class Operation>
constexpr symbol made_along(along axis, symbol x, int first, int second) {
  const int inputs[]{x.index, x.home->constant(first).index, x.home->constant(second).index};
  return x.home->make(record_along<Operation>(axis), inputs);
}

constexpr symbol slice(symbol x, along axis, int first, int count) {
  return x.is(0) ? x : made_along<slice_operation>(axis, x, first, count);
}
constexpr symbol place(symbol x, along axis, int first, int total) {
  return x.is(0) ? x : made_along<place_operation>(axis, x, first, total);
}
constexpr symbol join(const symbols &parts, along axis) {
  list<int> inputs;
  for (const symbol part : parts)
    inputs.push(part.index);
  return parts.size == 1 ? parts.items[0]
                         : parts.items[0].home->make(record_along<join_operation>(axis), inputs);
}
constexpr symbol reshaped(symbol x, const shape &to) {
  return x.is(0) ? x
                 : apply_operation<reshape_operation>(x, x.home->constant(to.rows),
                                                      x.home->constant(to.columns));
}

} // namespace detail
} // namespace chainrule
