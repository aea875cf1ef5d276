// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sparsity(hessian(f, x)): which elements of a matrix of derivatives can be other than 0, as a
// constant.
// Read next: sparse/colouring.hpp.
#pragma once

#include <ostream>
#include <string>

#include <chainrule/sparse/dependence.hpp>

namespace chainrule {
namespace detail {

/// The ranges of all rows, one row after the other.
template <std::size_t Rows, std::size_t Room>
struct rows_of_ranges {
  bool fits = true;
  int starts[Rows + 1]{};
  index_range all[Room > 0 ? Room : 1]{};
};

/// What is known of a matrix of derivatives: its operands, see derivatives_operation.
template <class Matrix>
struct derivatives_matrix {
  static constexpr const expression_record &record = detail::record<Matrix>;
  static constexpr bool is_hessian = are_derivatives<true>(record);
  static constexpr bool exists = is_hessian || are_derivatives<false>(record);
  static constexpr int functions = !exists ? 0 : is_hessian ? (record.operand_count - 1) / 2 : 1;
  static constexpr int variables = exists ? record.operand_count - 1 - functions : 0;
  static constexpr int rows = record.shape.rows, columns = record.shape.columns;

  static constexpr bool is_by_variables() {
    bool result = true;
    for (int k = 0; k < variables; ++k)
      result = result && *record.operands[1 + functions + k]->operation == variable_record;
    return result;
  }

  /// The ranges of rows from `First` on, `Count` of them: all the work on a matrix is more than
  /// clang does in one constant evaluation.
  template <int First, int Count, std::size_t Room>
  static constexpr auto ranges_of_rows() {
    list<const expression_record *> all;
    for (int k = 1; k < record.operand_count; ++k)
      all.push(record.operands[k]);
    graph home;
    const list<int> nodes = lowered(home, all);
    list<int> outputs, by;
    outputs.append(nodes.items, functions);
    by.append(nodes.items + functions, variables);
    rows_of_ranges<std::size_t{Count}, Room> result;
    dependence search(home, by);
    int row = 0, count = 0;
    search.find(outputs, First, First + Count, [&](const index_range *ranges, int size) {
      result.fits = result.fits && count + size <= static_cast<int>(Room);
      for (int k = 0; result.fits && k < size; ++k)
        result.all[count++] = ranges[k];
      result.starts[++row] = count;
    });
    return result;
  }
  static constexpr int rows_at_once = 256;
  template <int First, std::size_t Room = 512>
  static constexpr auto part() {
    constexpr int count = rows - First < rows_at_once ? rows - First : rows_at_once;
    constexpr auto found = ranges_of_rows<First, count, Room>();
    if constexpr (found.fits)
      return found;
    else
      return part<First, 8 * Room>();
  }
  template <int First>
  static constexpr auto ranges = part<First>();
};

} // namespace detail

/// Which elements of a matrix of derivatives can be other than 0. What is 0 only for some numbers,
/// or because terms cancel, is none of the zeros; of a recurrence every element depends on all that
/// it is made of. The ranges of a row stand in ascending order.
template <int Rows, int Columns, bool IsSymmetric, std::size_t Ranges>
struct sparsity_pattern {
  static constexpr int rows = Rows, columns = Columns;
  int starts[Rows + 1]{};
  detail::index_range ranges[Ranges > 0 ? Ranges : 1]{};

  /// Whether this element can be other than 0.
  constexpr bool operator()(int row, int column) const {
    return depends(row, column) && (!IsSymmetric || depends(column, row));
  }
  /// visit(row, column) for each element that can be other than 0, row by row.
  constexpr void for_each(auto visit) const {
    for (int i = 0; i < Rows; ++i)
      for (int k = starts[i]; k < starts[i + 1]; ++k)
        for (int j = ranges[k].first; j < ranges[k].end; ++j)
          if (!IsSymmetric || depends(j, i))
            visit(i, j);
  }
  constexpr int nonzeros() const {
    int result = 0;
    for_each([&result](int, int) { ++result; });
    return result;
  }

private:
  constexpr bool depends(int i, int j) const {
    for (int k = starts[i]; k < starts[i + 1]; ++k)
      if (ranges[k].first <= j && j < ranges[k].end)
        return true;
    return false;
  }
};

/// A picture: a line for each row, x for what can be other than 0 and a dot for the others.
template <int Rows, int Columns, bool IsSymmetric, std::size_t Ranges>
std::string to_string(const sparsity_pattern<Rows, Columns, IsSymmetric, Ranges> &pattern) {
  std::string result;
  for (int i = 0; i < Rows; ++i) {
    for (int j = 0; j < Columns; ++j)
      result += pattern(i, j) ? 'x' : '.';
    result += '\n';
  }
  return result;
}
template <int Rows, int Columns, bool IsSymmetric, std::size_t Ranges>
std::ostream &operator<<(std::ostream &out,
                         const sparsity_pattern<Rows, Columns, IsSymmetric, Ranges> &pattern) {
  return out << to_string(pattern);
}

namespace detail {

template <class Matrix>
constexpr auto pattern_found() {
  using matrix = derivatives_matrix<Matrix>;
  constexpr int parts = (matrix::rows + matrix::rows_at_once - 1) / matrix::rows_at_once;
  return []<int... Part>(std::integer_sequence<int, Part...>) {
    constexpr std::size_t count =
        (std::size_t{} + ... +
         static_cast<std::size_t>(
             matrix::template ranges<Part * matrix::rows_at_once>.starts
                 [sizeof(matrix::template ranges<Part * matrix::rows_at_once>.starts) /
                      sizeof(int) -
                  1]));
    sparsity_pattern<matrix::rows, matrix::columns, matrix::is_hessian, count> result;
    int row = 0, next = 0;
    const auto add = [&](const auto &from) {
      const int before = next;
      for (int i = 1; i < static_cast<int>(sizeof from.starts / sizeof(int)); ++i)
        result.starts[++row] = before + from.starts[i];
      next = result.starts[row];
      copy(result.ranges + before, from.all, next - before);
    };
    (add(matrix::template ranges<Part * matrix::rows_at_once>), ...);
    return result;
  }
  (std::make_integer_sequence<int, parts>{});
}

template <class Matrix>
inline constexpr auto pattern_of = pattern_found<Matrix>();

template <class Matrix>
constexpr bool has_pattern() {
  if constexpr (!are_expressions<Matrix>()) {
    return false;
  } else {
    using matrix = derivatives_matrix<Matrix>;
    static_assert(matrix::exists,
                  "sparsity(m), m = jacobian(f, x) or hessian(f, x): it is asked of one of these");
    static_assert(!matrix::exists || matrix::is_by_variables(),
                  "sparsity(jacobian(f, x)), sparse_jacobian(f, x), sparse_hessian(f, x): x is a "
                  "variable, or several of them");
    return matrix::exists && matrix::is_by_variables();
  }
}

} // namespace detail

/// Which elements of jacobian(f, x, ...) or hessian(f, x, ...) can be other than 0, a constant:
/// pattern(row, column), pattern.nonzeros(). Shape: that of the matrix.
template <class Matrix>
[[nodiscard]] constexpr auto sparsity(Matrix) {
  if constexpr (detail::has_pattern<Matrix>())
    return detail::pattern_of<Matrix>;
  else
    return sparsity_pattern<1, 1, false, 0>{};
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(sparsity, 1, 1)

} // namespace chainrule
