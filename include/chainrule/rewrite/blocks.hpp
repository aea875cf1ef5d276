// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Parts of what is put together, and what is put together of parts: a part of a stack is the part
// that it holds, adjoining parts of one matrix are one part.
// Read next: exponentials.hpp.
#pragma once

#include <chainrule/rewrite/placements.hpp>

namespace chainrule::detail {

// A part of x along an axis, `count` rows or columns from `first`.

struct slice_of_placed {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    const placement p = placement_of(x);
    if (!p.exists())
      return {};
    if (p.axis != axis)
      return p.place(slice(p.inner, axis, first, count));
    const int low = first > p.first ? first : p.first;
    const int end = first + count < p.first + p.size() ? first + count : p.first + p.size();
    return low >= end
               ? x.home->constant(0)
               : place(slice(p.inner, axis, low - p.first, end - low), axis, low - first, count);
  }
};

struct slice_of_join {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    symbols parts;
    if (is_along<join_operation>(x, across(axis))) {
      for (int k = 0; k < x.operands(); ++k)
        parts.push(exact_slice(x.operand(k), axis, first, count));
      return join(parts, across(axis));
    }
    if (!is_along<join_operation>(x, axis))
      return {};
    int begin = 0; // of a part
    for (int k = 0; k < x.operands(); ++k) {
      const symbol part = x.operand(k);
      const int size = length(part.shape(), axis);
      const int low = first > begin ? first - begin : 0;
      const int end = first + count < begin + size ? first + count - begin : size;
      if (end - low == count)
        return slice(part, axis, low, count);
      if (low < end)
        parts.push(exact_slice(part, axis, low, end - low));
      begin += size;
    }
    return join(parts, axis);
  }
};

struct slice_of_fill {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    return is<fill_operation>(x) ? filled(slice_of_repeated(x.operand(0), axis, first, count),
                                          with_length(x.shape(), axis, count))
                                 : symbol{};
  }
};

struct slice_of_transpose {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    return is<transpose_operation>(x) ? apply_operation<transpose_operation>(
                                            slice(x.operand(0), across(axis), first, count))
                                      : symbol{};
  }
};

struct slice_of_reshape {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    if (!is<reshape_operation>(x) || (axis == along::columns && x.shape().rows > 1))
      return {};
    return elements_from(x.operand(0), place_in_line(x.shape(), axis, first),
                         with_length(x.shape(), axis, count));
  }

private:
  /// The elements from `begin`, row by row, in another shape, or nothing.
  static constexpr symbol elements_from(symbol x, int begin, const shape &to) {
    const int width = x.shape().columns, count = to.size();
    if (begin % width == 0 && count % width == 0)
      return reshaped(slice(x, along::rows, begin / width, count / width), to);
    if (begin / width != (begin + count - 1) / width)
      return {};
    const symbol row = slice(x, along::rows, begin / width, 1);
    return reshaped(slice(row, along::columns, begin % width, count), to);
  }
};

/// A gate stays one.
struct slice_of_choice {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    return x.operation()->is_condition || is_gate(x) ? operation_on_slices(x, axis, first, count)
                                                     : symbol{};
  }
};

/// What a part of what is no part itself becomes, or nothing.
constexpr symbol rewritten_slice_of_whole(symbol x, along axis, int first, int count) {
  return first_of<slice_of_placed, slice_of_join, slice_of_fill, slice_of_transpose,
                  slice_of_reshape, slice_of_choice>(x, axis, first, count);
}

/// Rows are taken before columns, unless the columns are simpler.
struct slice_of_slice {
  static constexpr symbol apply(symbol x, along axis, int first, int count) {
    if (!is_along<slice_operation>(x, across(axis)))
      return {};
    const symbol source = x.operand(0);
    const int begin = whole_operand(x, 1), size = length(x.shape(), across(axis));
    if (axis == along::rows)
      return slice(slice(source, axis, first, count), along::columns, begin, size);
    const symbol part = rewritten_slice_of_whole(source, axis, first, count);
    return part.exists() ? slice(in_shape(part, with_length(source.shape(), axis, count)),
                                 along::rows, begin, size)
                         : part;
  }
};

constexpr symbol rewritten_slice(symbol x, along axis, int first, int count) {
  return is_along<slice_operation>(x, across(axis))
             ? slice_of_slice::apply(x, axis, first, count)
             : rewritten_slice_of_whole(x, axis, first, count);
}

/// Two parts as one, or nothing.
constexpr symbol adjoining(symbol a, symbol b, along axis) {
  for (const symbol part : {a, b})
    if (part.operation()->is_elementwise && !part.is_number())
      return {};
  const int first = length(a.shape(), axis), second = length(b.shape(), axis);
  if (is_along<slice_operation>(a, axis) && is_along<slice_operation>(b, axis) &&
      a.operand(0) == b.operand(0) && whole_operand(a, 1) + first == whole_operand(b, 1))
    return slice(a.operand(0), axis, whole_operand(a, 1), first + second);
  const symbol number = number_everywhere(a);
  if (number.exists() && number == number_everywhere(b))
    return filled(number, with_length(a.shape(), axis, first + second));
  const auto transposed = [](symbol x) {
    return is<transpose_operation>(x) ? x.operand(0) : x.shape().is_scalar() ? x : symbol{};
  };
  const symbol p = transposed(a), q = transposed(b);
  if (!p.exists() || !q.exists() || !is_along<slice_operation>(p, across(axis)) ||
      !is_along<slice_operation>(q, across(axis)))
    return {};
  const symbol one = adjoining(p, q, across(axis));
  return one.exists() ? apply_operation<transpose_operation>(one) : one;
}

/// Adds a part to others, or to the last of them, if they are one part together.
constexpr void add_part(symbols &parts, symbol next, along axis) {
  while (parts.size > 0) {
    const symbol one = adjoining(parts.items[parts.size - 1], next, axis);
    if (!one.exists())
      break;
    next = one;
    --parts.size;
  }
  parts.push(next);
}

/// The parts of parts are parts, and adjoining ones are one. Where a join grows by one part after
/// another, as a gradient by many elements, only the seams are looked at.
constexpr symbols flattened(const symbols &parts, along axis) {
  symbols result;
  for (const symbol part : parts) {
    const bool is_join = is_along<join_operation>(part, axis);
    add_part(result, is_join ? part.operand(0) : part, axis);
    for (int k = 1; is_join && k < part.operands(); ++k)
      result.push(part.operand(k));
  }
  return result;
}

/// The rows where each of the parts can be cut, as all stacks among them are; none where one is
/// neither a stack nor full of one number.
constexpr list<int> common_cuts(const symbols &parts) {
  list<int> result;
  bool is_first = true;
  for (const symbol part : parts) {
    if (!is_along<join_operation>(part, along::rows)) {
      if (!number_everywhere(part).exists())
        return {};
      continue;
    }
    list<int> cuts;
    int row = 0;
    for (int k = 0; k + 1 < part.operands(); ++k) {
      row += part.operand(k).shape().rows;
      if (is_first || result.find(row) >= 0)
        cuts.push(row);
    }
    result = cuts;
    is_first = false;
  }
  return result;
}

/// Stacks beside each other are a stack.
constexpr symbol join_of_stacks(const symbols &parts, along axis) {
  if (axis == along::rows)
    return {};
  list<int> cuts = common_cuts(parts);
  if (cuts.size == 0)
    return {};
  cuts.push(parts.items[0].shape().rows);
  symbols rows;
  int begin = 0;
  for (const int cut : cuts) {
    symbols row;
    for (const symbol part : parts)
      row.push(exact_slice(part, along::rows, begin, cut - begin));
    rows.push(join(row, along::columns));
    begin = cut;
  }
  return join(rows, along::rows);
}

constexpr symbol rewritten_join(const symbols &given, along axis) {
  const symbols parts = flattened(given, axis);
  bool is_same = parts.size == given.size, is_flat = true;
  for (int k = 0; k < parts.size; ++k) {
    is_same = is_same && parts.items[k] == given.items[k];
    is_flat = is_flat && !is_along<join_operation>(parts.items[k], axis);
  }
  if (!is_flat || parts.size == 1)
    return join(parts, axis);
  const symbol stack = join_of_stacks(parts, axis);
  if (stack.exists() || is_same)
    return stack;
  list<int> inputs;
  for (const symbol part : parts)
    inputs.push(part.index);
  return parts.items[0].home->written(record_along<join_operation>(axis), inputs);
}

/// The transpose of a vector of parts.
struct transpose_of_join {
  static constexpr symbol apply(symbol x) {
    for (const along axis : {along::rows, along::columns})
      if (is_along<join_operation>(x, axis) && length(x.shape(), across(axis)) == 1) {
        symbols parts;
        for (int k = 0; k < x.operands(); ++k)
          parts.push(apply_operation<transpose_operation>(x.operand(k)));
        return join(parts, across(axis));
      }
    return {};
  }
};

// The elements of x row by row in another shape.

struct reshape_of_transpose {
  static constexpr symbol apply(symbol x, const shape &to) {
    return is<transpose_operation>(x) && (x.shape().rows == 1 || x.shape().columns == 1)
               ? reshaped(x.operand(0), to)
               : symbol{};
  }
};

struct reshape_of_fill {
  static constexpr symbol apply(symbol x, const shape &to) {
    return is<fill_operation>(x) && x.operand(0).shape().is_scalar() ? filled(x.operand(0), to)
                                                                     : symbol{};
  }
};

struct reshape_of_join {
  static constexpr symbol apply(symbol x, const shape &to) {
    const bool is_line = is_along<join_operation>(x, along::rows) ||
                         (is_along<join_operation>(x, along::columns) && x.shape().rows == 1);
    if (!is_line || (to.rows > 1 && to.columns > 1))
      return {};
    const along axis = to.rows == 1 ? along::columns : along::rows;
    symbols parts;
    for (int k = 0; k < x.operands(); ++k) {
      const symbol part = x.operand(k);
      parts.push(reshaped(part, with_length(to, axis, part.shape().size())));
    }
    return join(parts, axis);
  }
};

struct reshape_of_placed {
  static constexpr symbol apply(symbol x, const shape &to) {
    placement p = placement_of(x);
    if (!p.exists() || (p.axis == along::columns && x.shape().rows > 1))
      return {};
    int begin = place_in_line(x.shape(), p.axis, p.first);
    symbol inner = p.inner;
    if (inner.shape().rows == 1)
      if (p = placement_of(inner); p.exists()) {
        begin += p.first;
        inner = p.inner;
      }
    const int count = inner.shape().size();
    if (begin % to.columns == 0 && count % to.columns == 0)
      return place(reshaped(inner, {count / to.columns, to.columns}), along::rows,
                   begin / to.columns, to.rows);
    if (begin / to.columns != (begin + count - 1) / to.columns)
      return {};
    return place(place(reshaped(inner, {1, count}), along::columns, begin % to.columns, to.columns),
                 along::rows, begin / to.columns, to.rows);
  }
};

/// A row as a column, a column as a row.
struct reshape_of_vector {
  static constexpr symbol apply(symbol x, const shape &to) {
    return x.shape() == shape{to.columns, to.rows} && (x.shape().rows == 1 || to.rows == 1)
               ? apply_operation<transpose_operation>(x)
               : symbol{};
  }
};

constexpr symbol rewritten_reshape(symbol x, const shape &to) {
  return first_of<reshape_of_transpose, reshape_of_fill, reshape_of_join, reshape_of_placed,
                  reshape_of_vector>(x, to);
}

} // namespace chainrule::detail
