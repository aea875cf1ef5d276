// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// gather(W, labels): columns of a table by numbers that are known at run time, W one_hot(labels)
// without the product. With D what flows back, each column of D is added to the one that its label
// names: D one_hot(labels)^T.
// Read next: recurrence.hpp.
#pragma once

#include <chainrule/operation/one_hot.hpp>

namespace chainrule {

namespace detail {

/// 1 where a label names this row, as a mask: lane by lane where a scalar is a pack.
template <class T>
CHAINRULE_INLINE constexpr T names_row(const T &label, int row) {
  return mask_operation<false>::value(math::abs(T(label - T(double(row)))), T(0.5));
}

constexpr symbol one_hot_of(symbol labels, int classes) {
  return apply_operation<one_hot_operation>(labels, math::number(classes));
}

} // namespace detail

/// For each label, an element of a row, the column of the table that it names.
struct gather_operation : operation {
  static constexpr std::string_view name = "gather"sv;
  static constexpr int arity = 2;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &table,
                                              const detail::extent &labels) {
    return labels.shape.rows == 1 ? detail::shape{table.shape.rows, labels.shape.columns}
                                  : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol d, symbol table, symbol labels, symbol);
  static constexpr symbol definition(symbol table, symbol labels) {
    return detail::matrix_product(table, detail::one_hot_of(labels, table.shape().columns));
  }
  static constexpr void sources(const detail::extents &all, int row, int,
                                detail::element_blocks &to) {
    to.push({0, row, 0, 1, all.items[0].shape.columns});
  }
  template <detail::extent Table, detail::extent Labels, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *table, const T *labels) {
    constexpr int rows = Table.shape.rows, classes = Table.shape.columns;
    constexpr int columns = Labels.shape.columns;
    for (int j = 0; j < columns; ++j)
      if constexpr (std::floating_point<T>) {
        const auto [row, is_there] = detail::row_of_label(labels[j], classes);
        for (int i = 0; i < rows; ++i)
          out[i * columns + j] = is_there ? table[i * classes + row] : T(0.0);
      } else {
        for (int i = 0; i < rows; ++i)
          out[i * columns + j] = T(0.0);
        for (int k = 0; k < classes; ++k) {
          const T is_named = detail::names_row(labels[j], k);
          for (int i = 0; i < rows; ++i)
            out[i * columns + j] =
                choose_operation::value(is_named, table[i * classes + k], out[i * columns + j]);
        }
      }
  }
};

/// The columns of d, added up by their labels: a table of so many columns.
struct label_sums_operation : operation {
  static constexpr std::string_view name = "label_sums"sv;
  static constexpr int arity = 3;
  static constexpr gating gate = gating::chosen; // what no label names is 0, beside anything
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &d, const detail::extent &labels,
                                              const detail::extent &classes) {
    return labels.shape == detail::shape{1, d.shape.columns}
               ? detail::shape{d.shape.rows, detail::whole_number(classes)}
               : detail::no_shape;
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return all.items[0].shape.size();
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol labels, symbol, symbol) {
    return {apply_operation<gather_operation>(d, labels)};
  }
  static constexpr symbol definition(symbol d, symbol labels, symbol classes) {
    return detail::matrix_product(d, apply_operation<transpose_operation>(detail::one_hot_of(
                                         labels, detail::whole_number(classes))));
  }
  static constexpr void sources(const detail::extents &all, int row, int,
                                detail::element_blocks &to) {
    gather_operation::sources(all, row, 0, to);
  }
  template <detail::extent D, detail::extent Labels, detail::extent Classes, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *d, const T *labels, const T *) {
    constexpr int rows = D.shape.rows, columns = D.shape.columns, classes = int(Classes.number);
    for (int i = 0; i < rows * classes; ++i)
      out[i] = T(0.0);
    for (int j = 0; j < columns; ++j)
      if constexpr (std::floating_point<T>) {
        const auto [row, is_there] = detail::row_of_label(labels[j], classes);
        for (int i = 0; i < rows; ++i)
          out[i * classes + row] += is_there ? d[i * columns + j] : T(0.0);
      } else {
        for (int k = 0; k < classes; ++k) {
          const T is_named = detail::names_row(labels[j], k);
          for (int i = 0; i < rows; ++i)
            out[i * classes + k] =
                out[i * classes + k] + keep_operation::value(is_named, d[i * columns + j]);
        }
      }
  }
};

constexpr symbols gather_operation::adjoint(symbol d, symbol table, symbol labels, symbol) {
  return {apply_operation<label_sums_operation>(d, labels, math::number(table.shape().columns)),
          {}};
}

/// For each label the column of W that it names, from 0: what W * one_hot<N>(labels) is, without
/// the product. A label is rounded to the nearest whole number; where there is no such column, and
/// halfway between two, the result is 0. Shape: W m x N and a row of n become m x n. Slope: 0 by
/// the labels.
template <expression Table, expression Labels>
[[nodiscard]] constexpr auto gather(Table W, Labels labels) {
  constexpr bool fits = detail::record<Labels>.shape.rows == 1;
  static_assert(fits || detail::any_mistaken<Labels> ||
                    detail::shapes_fit<detail::shape_named<Labels>>,
                "gather(W, labels): labels are a number or a row, of which each becomes a column "
                "of W; their shape is named in this message");
  if constexpr (fits)
    return apply_operation<gather_operation>(W, labels);
  else
    return detail::mistaken{};
}

/// The columns of x, added up by their labels, what flows back to W of gather(W, labels): column k
/// of the result is the sum of those whose label is k, of `classes` ones, label_sums(x, labels,
/// 10_c). Shape: x m x n, labels a row of n; m x classes. Slope: 0 by the labels.
CHAINRULE_FORMULA_OF_THREE(label_sums, Operand, Labels, Classes)
(const Operand &x, const Labels &labels, const Classes &classes) {
  return apply_operation<label_sums_operation>(x, labels, classes);
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(gather, 2, 2)

} // namespace chainrule
