// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// shape: rows and columns of a value. A scalar is 1 x 1, a vector is a column. What is applied
// element by element takes operands of one shape, or smaller ones that are repeated: a scalar
// everywhere, a column beside each column, a row below each row.
// Read next: graph.hpp.
#pragma once

#include <cstdint>

namespace chainrule::detail {

struct shape {
  int rows = 1;
  int columns = 1;

  friend constexpr bool operator==(const shape &, const shape &) = default;
  constexpr bool is_scalar() const { return rows == 1 && columns == 1; }
  constexpr int size() const { return rows * columns; }
  /// What is kept of all rounds of loops in loops may be more than an int counts.
  constexpr long long count() const { return static_cast<long long>(rows) * columns; }
};

/// An axis of matrices.
enum class along : bool { rows, columns };

constexpr along across(along axis) { return axis == along::rows ? along::columns : along::rows; }
constexpr int length(const shape &of, along axis) {
  return axis == along::rows ? of.rows : of.columns;
}
constexpr shape with_length(shape of, along axis, int length) {
  (axis == along::rows ? of.rows : of.columns) = length;
  return of;
}

/// A number for each shape.
constexpr std::uint64_t key_of(const shape &of) {
  return static_cast<std::uint64_t>(of.rows) << 32 | static_cast<std::uint32_t>(of.columns);
}

/// No shape: the operands do not fit.
inline constexpr shape no_shape{0, 0};

/// What a shape rule is told of an operand: its shape, and its value if it is a whole number.
struct extent {
  detail::shape shape;
  std::int64_t number = -1;

  friend constexpr bool operator==(const extent &, const extent &) = default;
};

/// The shape of what is computed element by element from operands of these shapes.
constexpr shape repeated(const shape &a, const shape &b) {
  const bool rows_fit = a.rows == b.rows || a.rows == 1 || b.rows == 1;
  const bool columns_fit = a.columns == b.columns || a.columns == 1 || b.columns == 1;
  if (!rows_fit || !columns_fit)
    return no_shape;
  return {a.rows > b.rows ? a.rows : b.rows, a.columns > b.columns ? a.columns : b.columns};
}

} // namespace chainrule::detail
