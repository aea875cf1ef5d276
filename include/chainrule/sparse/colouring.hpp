// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Colours of columns: columns of one colour are computed as one product with a direction, the sum
// of their units, from which every element can be told apart (Gebremedhin, Manne and Pothen, What
// color is your Jacobian?, 2005). Of a Jacobian columns that meet in a row differ; of a Hessian,
// whose elements can be read in their row or in their column, a path of three edges has three
// colours.
// Read next: sparse.hpp.
#pragma once

#include <chainrule/sparse/pattern.hpp>

namespace chainrule::detail {

/// The elements of a pattern, row by row, and where each row begins.
template <int Rows, std::size_t Count>
struct element_list {
  static constexpr int count = static_cast<int>(Count);
  int row_starts[Rows + 1]{};
  int rows[Count > 0 ? Count : 1]{};
  int columns[Count > 0 ? Count : 1]{};
};

/// The elements of a pattern, or of its transpose.
template <const auto &Pattern, bool IsTransposed = false>
constexpr auto listed_elements() {
  constexpr int rows = IsTransposed ? Pattern.columns : Pattern.rows;
  element_list<rows, std::size_t{Pattern.nonzeros()}> result;
  Pattern.for_each([&](int i, int j) { ++result.row_starts[(IsTransposed ? j : i) + 1]; });
  for (int i = 0; i < rows; ++i)
    result.row_starts[i + 1] += result.row_starts[i];
  list<int> next;
  next.append(result.row_starts, rows);
  Pattern.for_each([&](int i, int j) {
    const int place = next.items[IsTransposed ? j : i]++;
    result.rows[place] = IsTransposed ? j : i;
    result.columns[place] = IsTransposed ? i : j;
  });
  return result;
}

/// A colour for each of so many columns, counted from 0.
template <int Columns>
struct colours {
  int count = 0;
  int of[Columns > 0 ? Columns : 1]{};

  /// Gives a column the first colour that for_neighbours(column, forbid) leaves.
  constexpr void choose(auto for_neighbours) {
    list<int> forbidden_for(Columns + 1, -1);
    for (int j = 0; j < Columns; ++j)
      of[j] = -1;
    for (int j = 0; j < Columns; ++j) {
      for_neighbours(j, [&](int colour) {
        if (colour >= 0)
          forbidden_for.items[colour] = j;
      });
      while (forbidden_for.items[++of[j]] == j)
        ;
      count = count > of[j] ? count : of[j] + 1;
    }
  }
};

/// Columns that meet in a row differ. `rows` are the elements, `columns` those of the transpose.
template <int Columns>
constexpr colours<Columns> colours_of_columns(const auto &rows, const auto &columns) {
  colours<Columns> result;
  result.choose([&](int j, auto forbid) {
    for (int k = columns.row_starts[j]; k < columns.row_starts[j + 1]; ++k)
      for (int l = rows.row_starts[columns.columns[k]]; l < rows.row_starts[columns.columns[k] + 1];
           ++l)
        forbid(result.of[rows.columns[l]]);
  });
  return result;
}

/// Of a symmetric matrix: neighbours differ, and so does what is two steps away, behind a neighbour
/// that has no colour yet or one above its.
template <int Columns>
constexpr colours<Columns> star_colours(const auto &all) {
  colours<Columns> result;
  result.choose([&](int j, auto forbid) {
    for (int k = all.row_starts[j]; k < all.row_starts[j + 1]; ++k) {
      const int neighbour = all.columns[k], its = result.of[neighbour];
      if (neighbour == j)
        continue;
      forbid(its);
      for (int l = all.row_starts[neighbour]; l < all.row_starts[neighbour + 1]; ++l)
        if (const int other = result.of[all.columns[l]]; its < 0 || other < its)
          forbid(other);
    }
  });
  return result;
}

/// Steps that colours take: for each element the length of its row.
constexpr long long work_of_colouring(const auto &all, int rows) {
  long long result = 0;
  for (int i = 0; i < rows; ++i) {
    const long long length = all.row_starts[i + 1] - all.row_starts[i];
    result += length * length;
  }
  return result;
}

/// Whether in row i no other column than j has its colour.
template <int Columns>
constexpr bool is_alone(const auto &all, const colours<Columns> &by, int i, int j) {
  for (int k = all.row_starts[i]; k < all.row_starts[i + 1]; ++k)
    if (all.columns[k] != j && by.of[all.columns[k]] == by.of[j])
      return false;
  return true;
}

} // namespace chainrule::detail
