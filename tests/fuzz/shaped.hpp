// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations with a shape rule, by their definition, on numbers row by row.

#pragma once

#include "machine.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

namespace fuzz {

/// Numbers row by row.
struct numbers {
  detail::shape of;
  std::vector<double> elements;

  explicit numbers(const detail::shape &like)
      : of(like), elements(static_cast<std::size_t>(like.size()), 0) {}
  double &at(int i, int j) { return elements[static_cast<std::size_t>(i * of.columns + j)]; }
  /// Repeated where it is smaller.
  double near(int i, int j) const {
    return elements[static_cast<std::size_t>((of.rows == 1 ? 0 : i) * of.columns +
                                             (of.columns == 1 ? 0 : j))];
  }
};

/// The result of an operation with a shape rule, by its definition.
inline void run_shaped(const detail::operation_record &operation, numbers &to,
                       const std::vector<const numbers *> &in) {
  const auto is = [&operation](const detail::operation_record *other) {
    return operation == *other;
  };
  const numbers &a = *in[0], &b = *in[in.size() > 1 ? 1 : 0];
  const auto whole = [&in](std::size_t k) { return static_cast<int>(in[k]->elements[0]); };
  using gated = gated_product_operation;
  const bool is_gated = is(record_of<gated>());
  const int how = is_gated ? whole(2) : 0;
  const bool left = is_gated ? (how & gated::transposed_left) != 0
                             : is(record_of<detail::product_step<true, false>>());
  const bool right = is_gated ? (how & gated::transposed_right) != 0
                              : is(record_of<detail::product_step<false, true>>());
  const bool is_product =
      is_gated || left || right || is(record_of<detail::product_step<false, false>>());
  double size = 0; // of a as a vector
  if (is(record_of<norm_operation>()))
    for (const double element : a.elements)
      size = std::hypot(size, element);
  const bool in_rows = is(record_of<rows_operation>()),
             in_columns = is(record_of<columns_operation>());
  constexpr detail::along rows = detail::along::rows, columns = detail::along::columns;
  for (int i = 0; i < to.of.rows; ++i)
    for (int j = 0; j < to.of.columns; ++j) {
      double &here = to.at(i, j);
      if (is_product) {
        const int inner = left ? a.of.rows : a.of.columns;
        for (int k = 0; k < inner; ++k) {
          const double p = left ? a.near(k, i) : a.near(i, k);
          const double q = right ? b.near(j, k) : b.near(k, j);
          const bool is_absorbed = ((how & gated::left) != 0 && !(p < 0 || p > 0 || p != p)) ||
                                   ((how & gated::right) != 0 && !(q < 0 || q > 0 || q != q));
          here += is_absorbed ? 0 : p * q;
        }
      } else if (is(record_of<norm_operation>())) {
        here = size;
      } else if (is(record_of<unit_operation>())) {
        here = b.elements[0] > 0 ? a.near(i, j) / b.elements[0] : 0;
      } else if (is(record_of<transpose_operation>())) {
        here = a.near(j, i);
      } else if (is(record_of<fill_operation>())) {
        here = a.near(i, j);
      } else if (in_rows || in_columns) {
        here = a.near(i + (in_rows ? whole(1) : 0), j + (in_columns ? whole(1) : 0));
      } else if (is(record_of<place_operation<detail::along::rows>>())) {
        const int from = i - whole(1);
        here = from >= 0 && from < a.of.rows ? a.near(from, j) : 0;
      } else if (is(record_of<place_operation<detail::along::columns>>())) {
        const int from = j - whole(1);
        here = from >= 0 && from < a.of.columns ? a.near(i, from) : 0;
      } else if (is(record_of<rearrange_operation<detail::flip_pattern<rows>>>())) {
        here = a.near(a.of.rows - 1 - i, j);
      } else if (is(record_of<rearrange_operation<detail::flip_pattern<columns>>>())) {
        here = a.near(i, a.of.columns - 1 - j);
      } else if (is(record_of<rearrange_operation<detail::every_pattern<rows>>>())) {
        here = a.near(whole(1) + i * whole(3), j);
      } else if (is(record_of<rearrange_operation<detail::every_pattern<columns>>>())) {
        here = a.near(i, whole(1) + j * whole(3));
      } else if (is(record_of<rearrange_back_operation<detail::every_pattern<rows>>>())) {
        for (int k = 0; k < a.of.rows; ++k)
          here += whole(3) + k * whole(5) == i ? a.near(k, j) : 0;
      } else if (is(record_of<rearrange_back_operation<detail::every_pattern<columns>>>())) {
        for (int k = 0; k < a.of.columns; ++k)
          here += whole(3) + k * whole(5) == j ? a.near(i, k) : 0;
      } else if (is(record_of<gather_operation>())) {
        here = a.near(i, static_cast<int>(b.near(0, j)));
      } else if (is(record_of<label_sums_operation>())) {
        for (int k = 0; k < a.of.columns; ++k)
          here += static_cast<int>(b.near(0, k)) == j ? a.near(i, k) : 0;
      } else if (is(record_of<stack_operation>())) {
        std::size_t part = 0;
        int row = i;
        while (row >= in[part]->of.rows)
          row -= in[part++]->of.rows;
        here = in[part]->near(row, j);
      } else if (is(record_of<beside_operation>())) {
        std::size_t part = 0;
        int column = j;
        while (column >= in[part]->of.columns)
          column -= in[part++]->of.columns;
        here = in[part]->near(i, column);
      } else if (is(record_of<blocks_operation<detail::arranged::as_rows>>())) {
        const int width = a.of.columns / whole(1); // of a block
        here = a.near(j / width, i * width + j % width);
      } else if (is(record_of<blocks_operation<detail::arranged::beside>>())) {
        const int width = to.of.columns / a.of.rows;
        here = a.near(j / width, i * width + j % width);
      } else if (is(record_of<reshape_operation>())) {
        here = a.elements[static_cast<std::size_t>(i * to.of.columns + j)];
      } else if (is(record_of<detail::flow_of_largest_step>())) {
        here = a.near(0, j);
        for (int k = 0; k < b.of.rows; ++k)
          here = b.near(k, j) >= 1 ? a.near(k, j) : here;
      } else { // over rows, columns or both
        const bool is_shift = is(record_of<detail::column_shift_step>());
        const bool is_max = is_shift || is(record_of<largest_operation>());
        const bool is_sum = is(record_of<sum_operation>()) || is(record_of<row_sums_operation>()) ||
                            is(record_of<column_sums_operation>());
        if (!is_max && !is_sum)
          std::abort(); // an operation that is missing here
        here = is_max ? -std::numeric_limits<double>::infinity() : 0;
        for (int k = to.of.rows == 1 ? 0 : i; k < (to.of.rows == 1 ? a.of.rows : i + 1); ++k)
          for (int l = to.of.columns == 1 ? 0 : j; l < (to.of.columns == 1 ? a.of.columns : j + 1);
               ++l)
            here = is_max ? std::fmax(here, a.near(k, l)) : here + a.near(k, l);
        if (is_shift && !std::isfinite(here))
          here = 0;
      }
    }
}

} // namespace fuzz
