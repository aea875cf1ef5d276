// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations with a shape rule, by their definition, on numbers row by row.

#pragma once

#include "machine.hpp"

#include <array>
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

/// Windows along one axis or two, by their definition: visit(row, column, channel, i, j) for each
/// element of the windows and the pixel that it is, which may be outside.
struct windows {
  bool are_of_images, are_together, are_added_up;
  std::array<int, 11> numbers{1, 1, 1, 1, 0, 1};

  /// What an operation does with windows, if that is what it does.
  template <int Axes, detail::windows_of What>
  static bool find(const detail::operation_record &operation, windows &found) {
    constexpr detail::taken of = detail::windows_pattern<Axes, What>::what;
    const bool is_back = operation == *record_of<rearrange_back_operation<of>>();
    if (is_back || operation == *record_of<rearrange_operation<of>>()) {
      found = {Axes == 2, What == detail::windows_of::all_channels, is_back};
      return true;
    }
    return false;
  }
  static bool find(const detail::operation_record &operation, windows &found) {
    using enum detail::windows_of;
    return find<1, all_channels>(operation, found) || find<1, each_channel>(operation, found) ||
           find<2, all_channels>(operation, found) || find<2, each_channel>(operation, found);
  }
  void set(auto number) { // of the operands
    for (std::size_t k = 0; k < (are_of_images ? 11 : 5); ++k)
      numbers[k + (are_of_images ? 0 : 6)] = number(k);
  }
  void each(int channels, auto visit) const {
    const int *const down = numbers.data() + 1, *const across = numbers.data() + 6;
    for (int c = 0; c < channels; ++c)
      for (int k = 0; k < down[0] * across[0]; ++k)
        for (int p = 0; p < down[4] * across[4]; ++p) {
          const int i = p / across[4] * down[1] + k / across[0] * down[2] - down[3];
          const int j = p % across[4] * across[1] + k % across[0] * across[2] - across[3];
          visit(are_together ? c * down[0] * across[0] + k : k,
                are_together ? p : c * down[4] * across[4] + p, c, i, j);
        }
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
  if (windows found{}; windows::find(operation, found)) {
    found.set([&](std::size_t k) { return whole(k + (found.are_added_up ? 3 : 1)); });
    const detail::shape source = found.are_added_up ? to.of : a.of;
    const int height = found.numbers[0], width = source.columns / height;
    found.each(source.rows, [&](int row, int column, int channel, int i, int j) {
      if (0 > i || i >= height || 0 > j || j >= width)
        return;
      if (found.are_added_up)
        to.at(channel, i * width + j) += a.near(row, column);
      else
        to.at(row, column) = a.near(channel, i * width + j);
    });
    return;
  }
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
      } else if (is(record_of<unit_operation<sum_operation>>())) {
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
      } else if (is(record_of<rearrange_operation<detail::taken::flipped_rows>>())) {
        here = a.near(a.of.rows - 1 - i, j);
      } else if (is(record_of<rearrange_operation<detail::taken::flipped_columns>>())) {
        here = a.near(i, a.of.columns - 1 - j);
      } else if (is(record_of<rearrange_operation<detail::taken::every_row>>())) {
        here = a.near(whole(1) + i * whole(3), j);
      } else if (is(record_of<rearrange_operation<detail::taken::every_column>>())) {
        here = a.near(i, whole(1) + j * whole(3));
      } else if (is(record_of<rearrange_back_operation<detail::taken::every_row>>())) {
        for (int k = 0; k < a.of.rows; ++k)
          here += whole(3) + k * whole(5) == i ? a.near(k, j) : 0;
      } else if (is(record_of<rearrange_back_operation<detail::taken::every_column>>())) {
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
        const bool is_max = is_shift || is(record_of<largest_operation>()) ||
                            is(record_of<largest_along_operation<rows>>()) ||
                            is(record_of<largest_along_operation<columns>>());
        const bool is_sum = is(record_of<sum_operation>()) || is(record_of<row_sums_operation>()) ||
                            is(record_of<column_sums_operation>());
        if (!is_max && !is_sum)
          std::abort(); // an operation that is missing here
        here = is_max ? -std::numeric_limits<double>::infinity() : 0;
        for (int k = to.of.rows == 1 ? 0 : i; k < (to.of.rows == 1 ? a.of.rows : i + 1); ++k)
          for (int l = to.of.columns == 1 ? 0 : j; l < (to.of.columns == 1 ? a.of.columns : j + 1);
               ++l)
            here = is_max ? std::fmax(here, a.near(k, l)) : here + a.near(k, l);
        if (is_shift && std::isinf(here) && here < 0)
          here = 0;
      }
    }
}

} // namespace fuzz
