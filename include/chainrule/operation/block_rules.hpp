// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The rewrites of parts: a part of a stack is the part that holds it, a part of what is placed
// among zeros is the part of it, or 0. What is placed among zeros stays placed in products and
// quotients: place(x) * m = place(x * part(m)). A 0 of such a structure is no number that is
// multiplied: it says that nothing flows, and is exact beside infinite factors.
// Read next: no_rewrite.hpp.
#pragma once

#include <chainrule/operation/block.hpp>
#include <chainrule/operation/no_rewrite.hpp>

namespace chainrule {

namespace detail {

constexpr along across(along axis) { return axis == along::rows ? along::columns : along::rows; }
constexpr int length(const shape &of, along axis) {
  return axis == along::rows ? of.rows : of.columns;
}
constexpr shape with_length(shape of, along axis, int length) {
  (axis == along::rows ? of.rows : of.columns) = length;
  return of;
}

constexpr int whole_operand(symbol x, int which) { return whole(x.operand(which)); }

constexpr bool is_slice(symbol x, along axis) {
  return axis == along::rows ? is<rows_operation>(x) : is<columns_operation>(x);
}
constexpr bool is_place(symbol x, along axis) {
  return axis == along::rows ? is<place_rows_operation>(x) : is<place_columns_operation>(x);
}
constexpr bool is_join(symbol x, along axis) {
  return axis == along::rows ? is<stack_operation>(x) : is<beside_operation>(x);
}

/// x in this shape, but for a 0, which stands for all of it.
constexpr symbol in_shape(symbol x, const shape &to) { return x.is(0) ? x : filled(x, to); }

constexpr symbol slice(symbol x, along axis, int first, int count) {
  if (x.is(0))
    return x;
  return axis == along::rows ? with_numbers<rows_operation>(x, first, count)
                             : with_numbers<columns_operation>(x, first, count);
}
constexpr symbol place(symbol x, along axis, int first, int total) {
  if (x.is(0))
    return x;
  return axis == along::rows ? with_numbers<place_rows_operation>(x, first, total)
                             : with_numbers<place_columns_operation>(x, first, total);
}
constexpr symbol join(symbol a, symbol b, along axis) {
  return axis == along::rows ? apply_operation<stack_operation>(a, b)
                             : apply_operation<beside_operation>(a, b);
}
constexpr symbol reshaped(symbol x, const shape &to) {
  return x.is(0) ? x : with_numbers<reshape_operation>(x, to.rows, to.columns);
}

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

/// The number of which a matrix is full, or nothing.
constexpr symbol number_everywhere(symbol x) {
  if (is<fill_operation>(x))
    x = x.operand(0);
  return x.is_number() ? x : symbol{};
}

/// What stands among zeros, and where. A minus in front of it is drawn in.
struct placement {
  symbol inner;
  along axis = along::rows;
  int first = 0;
  int total = 0;

  constexpr bool exists() const { return inner.exists(); }
  constexpr int size() const { return length(inner.shape(), axis); }
  /// x there, or what x stands for if it is repeated along the axis.
  constexpr symbol place(symbol x) const {
    return detail::place(in_shape(x, with_length(x.shape(), axis, size())), axis, first, total);
  }
};

constexpr placement placement_of(symbol x) {
  const bool is_negative = is<negate_operation>(x);
  const symbol placed = is_negative ? x.operand(0) : x;
  for (const along axis : {along::rows, along::columns})
    if (is_place(placed, axis))
      return {is_negative ? -placed.operand(0) : placed.operand(0), axis, whole_operand(placed, 1),
              whole_operand(placed, 2)};
  return {};
}

/// Parts of the operands in place of a part of the result.
constexpr symbol operation_on_slices(symbol x, along axis, int first, int count) {
  list<int> operands;
  for (int k = 0; k < x.operands(); ++k)
    operands.push(slice_of_repeated(x.operand(k), axis, first, count).index);
  return x.home->make(*x.operation(), operands);
}

/// The elements from `begin`, row by row, in another shape, or nothing.
constexpr symbol run_of_elements(symbol x, int begin, const shape &to) {
  const int width = x.shape().columns, count = to.size();
  if (begin % width == 0 && count % width == 0)
    return reshaped(slice(x, along::rows, begin / width, count / width), to);
  if (begin / width != (begin + count - 1) / width)
    return {};
  const symbol row = slice(x, along::rows, begin / width, 1);
  return reshaped(slice(row, along::columns, begin % width, count), to);
}

/// A part of what is not a part itself, or nothing.
constexpr symbol simpler_slice(symbol x, along axis, int first, int count) {
  const int size = length(x.shape(), axis);
  const shape to = with_length(x.shape(), axis, count);
  if (count == size)
    return x;
  if (const placement p = placement_of(x); p.exists()) {
    if (p.axis != axis)
      return p.place(slice(p.inner, axis, first, count));
    const int low = first > p.first ? first : p.first;
    const int end = first + count < p.first + p.size() ? first + count : p.first + p.size();
    return low >= end
               ? x.home->constant(0)
               : place(slice(p.inner, axis, low - p.first, end - low), axis, low - first, count);
  }
  if (is_join(x, axis)) {
    const symbol a = x.operand(0), b = x.operand(1);
    const int cut = length(a.shape(), axis);
    if (first + count <= cut)
      return slice(a, axis, first, count);
    if (first >= cut)
      return slice(b, axis, first - cut, count);
    return join(exact_slice(a, axis, first, cut - first),
                exact_slice(b, axis, 0, first + count - cut), axis);
  }
  if (is_join(x, across(axis)))
    return join(exact_slice(x.operand(0), axis, first, count),
                exact_slice(x.operand(1), axis, first, count), across(axis));
  if (is<fill_operation>(x))
    return filled(slice_of_repeated(x.operand(0), axis, first, count), to);
  if (is<transpose_operation>(x))
    return apply_operation<transpose_operation>(slice(x.operand(0), across(axis), first, count));
  if (is<reshape_operation>(x) && (axis == along::rows || x.shape().rows == 1))
    return run_of_elements(x.operand(0), axis == along::rows ? first * x.shape().columns : first,
                           to);
  // A gate stays one.
  if (x.operation()->is_condition ||
      (is<select_operation>(x) && (x.operand(1).is(0) || x.operand(2).is(0))))
    return operation_on_slices(x, axis, first, count);
  return {};
}

/// Parts of parts are merged; rows are taken before columns, unless the columns are simpler.
constexpr symbol simplified_slice(symbol x, along axis, int first, int count) {
  if (is_slice(x, axis))
    return slice(x.operand(0), axis, whole_operand(x, 1) + first, count);
  if (is_slice(x, across(axis)) && count < length(x.shape(), axis)) {
    const symbol source = x.operand(0);
    if (axis == along::rows)
      return slice(slice(source, axis, first, count), along::columns, whole_operand(x, 1),
                   x.shape().columns);
    const symbol part = simpler_slice(source, axis, first, count);
    return part.exists() ? slice(in_shape(part, with_length(source.shape(), axis, count)),
                                 along::rows, whole_operand(x, 1), x.shape().rows)
                         : part;
  }
  return simpler_slice(x, axis, first, count);
}

constexpr symbol defined_slice(symbol x, along axis, int first, int count) {
  if (is<matrix_product_operation>(x)) {
    const bool left = axis == along::rows;
    return matrix_product(left ? slice(x.operand(0), axis, first, count) : x.operand(0),
                          left ? x.operand(1) : slice(x.operand(1), axis, first, count));
  }
  return x.operation()->is_elementwise && x.operands() > 0 && !is<no_rewrite_operation>(x)
             ? operation_on_slices(x, axis, first, count)
             : symbol{};
}

/// Among more zeros; rows last, so that elements keep the order of rows.
constexpr symbol simplified_place(symbol x, along axis, int first, int total) {
  if (const symbol number = number_everywhere(x); number.exists() && number.is(0))
    return number;
  if (length(x.shape(), axis) == total)
    return x;
  if (is_place(x, axis))
    return place(x.operand(0), axis, first + whole_operand(x, 1), total);
  if (axis == along::columns && is_place(x, along::rows))
    return place(place(x.operand(0), axis, first, total), along::rows, whole_operand(x, 1),
                 whole_operand(x, 2));
  return {};
}

/// Zeros before x and after it.
constexpr symbol defined_place(symbol x, along axis, int first, int total) {
  const int rest = total - first - length(x.shape(), axis);
  const symbol zero = x.home->constant(0);
  symbol result = x;
  if (first > 0)
    result = join(filled(zero, with_length(x.shape(), axis, first)), result, axis);
  return rest == 0 ? result : join(result, filled(zero, with_length(x.shape(), axis, rest)), axis);
}

/// Two parts as one, or nothing.
constexpr symbol adjoining(symbol a, symbol b, along axis) {
  const int first = length(a.shape(), axis), second = length(b.shape(), axis);
  if (is_slice(a, axis) && is_slice(b, axis) && a.operand(0) == b.operand(0) &&
      whole_operand(a, 1) + first == whole_operand(b, 1))
    return slice(a.operand(0), axis, whole_operand(a, 1), first + second);
  const symbol number = number_everywhere(a);
  if (number.exists() && number == number_everywhere(b))
    return filled(number, with_length(a.shape(), axis, first + second));
  const auto transposed = [](symbol x) {
    return is<transpose_operation>(x) ? x.operand(0) : x.shape().is_scalar() ? x : symbol{};
  };
  const symbol p = transposed(a), q = transposed(b);
  if (!p.exists() || !q.exists() || !is_slice(p, across(axis)) || !is_slice(q, across(axis)))
    return {};
  const symbol one = adjoining(p, q, across(axis));
  return one.exists() ? apply_operation<transpose_operation>(one) : one;
}

/// Parts one after the other, ((a, b), c), stacks of rows outside.
constexpr symbol simplified_join(symbol a, symbol b, along axis) {
  if (is_join(b, axis))
    return join(join(a, b.operand(0), axis), b.operand(1), axis);
  const bool follows = is_join(a, axis);
  if (const symbol one = adjoining(follows ? a.operand(1) : a, b, axis); one.exists())
    return follows ? join(a.operand(0), one, axis) : one;
  if (axis == along::rows)
    return {};
  int cut = 0;
  for (const symbol side : {a, b})
    if (is_join(side, along::rows))
      cut = side.operand(0).shape().rows;
  if (cut == 0)
    return {};
  for (const symbol side : {a, b})
    if (!number_everywhere(side).exists() &&
        !(is_join(side, along::rows) && side.operand(0).shape().rows == cut))
      return {};
  const int rest = a.shape().rows - cut;
  return join(
      join(exact_slice(a, along::rows, 0, cut), exact_slice(b, along::rows, 0, cut), axis),
      join(exact_slice(a, along::rows, cut, rest), exact_slice(b, along::rows, cut, rest), axis),
      along::rows);
}

/// The same elements row by row.
constexpr symbol simplified_reshape(symbol x, const shape &to) {
  if (x.shape() == to)
    return x;
  if (is<reshape_operation>(x) ||
      (is<transpose_operation>(x) && (x.shape().rows == 1 || x.shape().columns == 1)))
    return reshaped(x.operand(0), to);
  if (is<fill_operation>(x) && x.operand(0).shape().is_scalar())
    return filled(x.operand(0), to);
  const bool is_row = x.shape().rows == 1;
  if ((is_join(x, along::rows) || (is_join(x, along::columns) && is_row)) &&
      (to.rows == 1 || to.columns == 1)) {
    const along axis = to.rows == 1 ? along::columns : along::rows;
    const symbol a = x.operand(0), b = x.operand(1);
    return join(reshaped(a, with_length(to, axis, a.shape().size())),
                reshaped(b, with_length(to, axis, b.shape().size())), axis);
  }
  placement p = placement_of(x);
  if (!p.exists() || (p.axis == along::columns && !is_row))
    return x.shape() == shape{to.columns, to.rows} && (is_row || to.rows == 1)
               ? apply_operation<transpose_operation>(x)
               : symbol{};
  int begin = p.axis == along::rows ? p.first * x.shape().columns : p.first;
  symbol inner = p.inner;
  if (inner.shape().rows == 1)
    if (p = placement_of(inner); p.exists()) {
      begin += p.first;
      inner = p.inner;
    }
  const int count = inner.shape().size();
  if (begin % to.columns == 0 && count % to.columns == 0)
    return place(reshaped(inner, {count / to.columns, to.columns}), along::rows, begin / to.columns,
                 to.rows);
  if (begin / to.columns != (begin + count - 1) / to.columns)
    return {};
  return place(place(reshaped(inner, {1, count}), along::columns, begin % to.columns, to.columns),
               along::rows, begin / to.columns, to.rows);
}

/// What is placed stays placed: place(x) m = place(x part(m)), or nothing.
template <class Operation>
constexpr symbol placed_result(const placement &p, symbol m) {
  if (!p.exists())
    return {};
  const symbol part = slice_of_repeated(m, p.axis, p.first, p.size());
  const shape of_part = with_length(m.shape(), p.axis, p.size());
  return p.place(
      in_shape(apply_operation<Operation>(p.inner, part), repeated(p.inner.shape(), of_part)));
}

/// The sum of two that are placed on the same rows or columns, or on adjoining ones, or of a stack
/// and what is placed on one of its parts; or nothing.
constexpr symbol placed_sum(symbol a, symbol b) {
  const placement p = placement_of(a), q = placement_of(b);
  if (!(a.shape() == b.shape()))
    return {};
  if (p.exists() && q.exists()) {
    if (p.axis != q.axis)
      return {};
    if (p.first == q.first && p.size() == q.size())
      return p.place(in_shape(p.inner + q.inner, p.inner.shape()));
    if (p.first + p.size() == q.first)
      return place(join(p.inner, q.inner, p.axis), p.axis, p.first, p.total);
    return q.first + q.size() == p.first
               ? place(join(q.inner, p.inner, p.axis), q.axis, q.first, q.total)
               : symbol{};
  }
  if (!q.exists())
    return p.exists() && is_join(b, p.axis) ? placed_sum(b, a) : symbol{};
  if (!is_join(a, q.axis))
    return {};
  const symbol first = a.operand(0), second = a.operand(1);
  const int cut = length(first.shape(), q.axis);
  if (q.first + q.size() <= cut)
    return join(filled(first + place(q.inner, q.axis, q.first, cut), first.shape()), second,
                q.axis);
  if (q.first < cut)
    return {};
  const symbol rest = place(q.inner, q.axis, q.first - cut, q.total - cut);
  return join(first, filled(second + rest, second.shape()), q.axis);
}

/// A product of matrices one of which is placed: the zeros take no part in it.
constexpr symbol placed_matrix_product(symbol a, symbol b) {
  if (const placement p = placement_of(a); p.exists())
    return p.axis == along::rows
               ? p.place(matrix_product(p.inner, b))
               : matrix_product(p.inner, exact_slice(b, along::rows, p.first, p.size()));
  if (const placement p = placement_of(b); p.exists())
    return p.axis == along::columns
               ? p.place(matrix_product(a, p.inner))
               : matrix_product(exact_slice(a, along::columns, p.first, p.size()), p.inner);
  return {};
}

constexpr symbol sum_of_placed(symbol x, const operation_record &sum) {
  const placement p = placement_of(x);
  if (!p.exists())
    return {};
  const symbol inner = x.home->make(sum, {&p.inner.index, 1});
  extents of;
  of.push({x.shape()});
  return length(sum.result_shape(of), p.axis) == 1 ? inner : p.place(inner);
}

constexpr symbol transpose_of_parts(symbol x) {
  const auto transposed = [](symbol part) { return apply_operation<transpose_operation>(part); };
  for (const along axis : {along::rows, along::columns})
    if (is_join(x, axis) && length(x.shape(), across(axis)) == 1)
      return join(transposed(x.operand(0)), transposed(x.operand(1)), across(axis));
  const placement p = placement_of(x);
  return p.exists() ? place(transposed(p.inner), across(p.axis), p.first, p.total) : symbol{};
}

constexpr symbol fill_of_placed(symbol x, const shape &to) {
  const placement p = placement_of(x);
  return p.exists() ? p.place(filled(p.inner, with_length(to, p.axis, p.size()))) : symbol{};
}

constexpr symbol choice_of_placed(symbol condition, symbol a, symbol b) {
  const placement p = placement_of(a.is(0) ? b : a);
  if (!p.exists() || !(a.is(0) || b.is(0)))
    return {};
  const symbol where = slice_of_repeated(condition, p.axis, p.first, p.size());
  return p.place(a.is(0) ? select(where, a, p.inner) : select(where, p.inner, b));
}

} // namespace detail

constexpr symbol matrix_product_operation::simplified(symbol a, symbol b) {
  return detail::placed_matrix_product(a, b);
}

} // namespace chainrule
