// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What stands among zeros, as what flows back to a part, stays there: place(x) * m =
// place(x * part(m)). A 0 of such a structure is no number that is multiplied: it says that nothing
// flows, and is exact beside infinite factors.
// Read next: blocks.hpp.
#pragma once

#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

/// What stands among zeros, and where. A minus in front of it is drawn in.
struct placement {
  symbol inner;
  along axis = along::rows;
  int first = 0;
  int total = 0;

  constexpr bool exists() const { return inner.exists(); }
  constexpr int size() const { return length(inner.shape(), axis); }
  constexpr int end() const { return first + size(); }
  /// x there, or what x stands for if it is repeated along the axis.
  constexpr symbol place(symbol x) const {
    return detail::place(in_shape(x, with_length(x.shape(), axis, size())), axis, first, total);
  }
  /// What belongs there of a matrix of the shape of the whole, or of one repeated to it.
  constexpr symbol part_of(symbol x) const { return slice_of_repeated(x, axis, first, size()); }
};

constexpr placement placement_of(symbol x) {
  const bool is_negative = is<negate_operation>(x);
  const symbol placed = is_negative ? x.operand(0) : x;
  for (const along axis : {along::rows, along::columns})
    if (is_along<place_operation>(placed, axis))
      return {is_negative ? -placed.operand(0) : placed.operand(0), axis, whole_operand(placed, 1),
              whole_operand(placed, 2)};
  return {};
}

/// What is placed stays placed: place(x) m = place(x part(m)), or nothing.
template <class Operation>
constexpr symbol placed_result(const placement &p, symbol m) {
  if (!p.exists())
    return {};
  const shape of_part = with_length(m.shape(), p.axis, p.size());
  return p.place(in_shape(apply_operation<Operation>(p.inner, p.part_of(m)),
                          repeated(p.inner.shape(), of_part)));
}

/// The sum of two that are placed on the same rows or columns, or on adjoining ones, or nothing.
constexpr symbol sum_of_placed(const placement &p, const placement &q) {
  if (p.axis != q.axis)
    return {};
  if (p.first == q.first && p.size() == q.size())
    return p.place(in_shape(p.inner + q.inner, p.inner.shape()));
  if (p.end() == q.first)
    return place(join({p.inner, q.inner}, p.axis), p.axis, p.first, p.total);
  return q.end() == p.first ? place(join({q.inner, p.inner}, p.axis), q.axis, q.first, q.total)
                            : symbol{};
}

/// The sum of parts and what is placed on some of them, which become one, or nothing.
constexpr symbol sum_of_join_and_placed(symbol x, const placement &q) {
  const auto size_of = [&](int part) { return length(x.operand(part).shape(), q.axis); };
  int first = 0, begin = 0; // the part that q begins on, and where that begins
  while (begin + size_of(first) <= q.first)
    begin += size_of(first++);
  int last = first, end = begin; // after all that q is placed on
  while (end < q.end())
    end += size_of(last++);
  if (last - first == x.operands())
    return {};
  symbols parts, within;
  for (int k = 0; k < x.operands(); ++k) {
    (first <= k && k < last ? within : parts).push(x.operand(k));
    if (k + 1 == last) {
      const symbol one = join(within, q.axis);
      parts.push(filled(one + place(q.inner, q.axis, q.first - begin, end - begin), one.shape()));
    }
  }
  return join(parts, q.axis);
}

constexpr symbol placed_sum(symbol a, symbol b) {
  if (!(a.shape() == b.shape()))
    return {};
  const placement p = placement_of(a), q = placement_of(b);
  if (p.exists() && q.exists())
    return sum_of_placed(p, q);
  if (q.exists() && is_along<join_operation>(a, q.axis))
    return sum_of_join_and_placed(a, q);
  return p.exists() && is_along<join_operation>(b, p.axis) ? sum_of_join_and_placed(b, p)
                                                           : symbol{};
}

struct sum_of_parts {
  static constexpr symbol apply(symbol a, symbol b) { return placed_sum(a, b); }
};

struct difference_of_parts {
  static constexpr symbol apply(symbol a, symbol b) {
    return placement_of(b).exists() ? placed_sum(a, -b) : symbol{};
  }
};

struct product_of_parts {
  static constexpr symbol apply(symbol a, symbol b) {
    for (const symbol side : {a, b})
      if (const symbol placed =
              placed_result<multiply_operation>(placement_of(side), side == a ? b : a);
          placed.exists())
        return placed;
    return {};
  }
};

struct quotient_of_parts {
  static constexpr symbol apply(symbol a, symbol b) {
    return placed_result<divide_operation>(placement_of(a), b);
  }
};

/// A choice between 0 and what is placed.
constexpr symbol choice_of_placed(const operation_record &operation, symbol condition, symbol a,
                                  symbol b) {
  const placement p = placement_of(a.is(0) ? b : a);
  if (!p.exists())
    return {};
  const int inputs[]{p.part_of(condition).index, (a.is(0) ? a : p.inner).index,
                     (a.is(0) ? p.inner : b).index};
  return p.place(condition.home->make(operation, inputs));
}

/// A product of matrices one of which is placed: the zeros take no part in it.
struct product_of_placed {
  static constexpr symbol apply(symbol a, symbol b) {
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
};

template <class Sum>
struct sums_of_placed {
  static constexpr symbol apply(symbol x) {
    const placement p = placement_of(x);
    if (!p.exists())
      return {};
    const symbol inner = apply_operation<Sum>(p.inner);
    return length(Sum::result_shape({x.shape()}), p.axis) == 1 ? inner : p.place(inner);
  }
};

struct transpose_of_placed {
  static constexpr symbol apply(symbol x) {
    const placement p = placement_of(x);
    return p.exists() ? place(apply_operation<transpose_operation>(p.inner), across(p.axis),
                              p.first, p.total)
                      : symbol{};
  }
};

struct fill_of_placed {
  static constexpr symbol apply(symbol x, const shape &to) {
    const placement p = placement_of(x);
    return p.exists() ? p.place(filled(p.inner, with_length(to, p.axis, p.size()))) : symbol{};
  }
};

} // namespace chainrule::detail
