// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// one_hot<Classes>(label): labels as columns in which one element is 1, and the columns of the
// identity in a loop over directions.
// Read next: gather.hpp.
#pragma once

#include <chainrule/operation/condition.hpp>
#include <chainrule/operation/slice.hpp>

namespace chainrule {

namespace detail {

/// The row that a label names, the whole number next to it; where there is none, row 0.
struct labelled_row {
  int row;
  bool is_there;
};
template <std::floating_point T>
CHAINRULE_INLINE constexpr labelled_row row_of_label(const T &label, int rows) {
  const bool is_within = T(-0.5) < label && label < T(rows - 0.5); // not of NaN
  const int below = is_within && label > T(0.0) ? int(label) : 0;
  const int row = below + (label - T(below) > T(0.5) ? 1 : 0);
  return {is_within ? row : 0, is_within && math::abs(T(label - T(row))) < T(0.5)};
}

} // namespace detail

/// A column for each element of a row: 1 in the row that it names, counted from 0, and 0 elsewhere.
struct one_hot_operation : operation {
  static constexpr std::string_view name = "one_hot"sv;
  static constexpr int arity = 2;
  static constexpr int operations = 0;

  static constexpr detail::shape result_shape(const detail::extent &labels,
                                              const detail::extent &classes) {
    return labels.shape.rows == 1
               ? detail::shape{detail::whole_number(classes), labels.shape.columns}
               : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol, symbol, symbol, symbol) { return {{}, {}}; }
  /// Of directions that are known most are 0, and one by a number is 1.
  static constexpr symbol simplified(symbol labels, symbol classes) {
    if (!labels.is_number())
      return {};
    const auto label = math::rounded<double>(labels.value());
    if (label <= -0.5 || label >= detail::whole_number(classes) - 0.5)
      return labels.home->constant(0);
    return classes.is(1) ? labels.home->constant(1) : symbol{};
  }
  template <detail::extent Labels, detail::extent Classes, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *labels, const T *) {
    constexpr int classes = int(Classes.number), columns = Labels.shape.columns;
    if constexpr (std::floating_point<T>) { // a loop of comparisons costs four times the stores
      for (int i = 0; i < classes * columns; ++i)
        out[i] = T(0.0);
      for (int j = 0; j < columns; ++j) {
        const auto [row, is_there] = detail::row_of_label(labels[j], classes);
        out[row * columns + j] = T(is_there);
      }
    } else {
      for (int i = 0; i < classes; ++i)
        for (int j = 0; j < columns; ++j)
          out[i * columns + j] = keep_operation::value(
              mask_operation<false>::value(math::abs(T(labels[j] - T(double(i)))), T(0.5)), T(1.0));
    }
  }
};

/// For each label a column of 0 with a 1 in the row that it names, from 0: one_hot<3>(1_c) is (0,
/// 1, 0). `W * one_hot<Words>(word)` is the column of W for this word. A label is rounded to the
/// nearest whole number; where there is no such row, and halfway between two, the column is 0.
/// Shape: a row of n becomes Classes x n. Slope: 0 by the labels.
template <int Classes, expression Labels>
[[nodiscard]] constexpr auto one_hot(Labels labels) {
  constexpr bool fits = Classes > 0 && detail::record<Labels>.shape.rows == 1;
  static_assert(fits || detail::any_mistaken<Labels> ||
                    detail::shapes_fit<detail::shape_named<Labels>>,
                "one_hot<Classes>(labels): labels are a number or a row, of which each becomes a "
                "column of Classes elements, at least 1; their shape is named in this message");
  if constexpr (fits)
    return apply_operation<one_hot_operation>(labels, literal<Classes>{});
  else
    return detail::mistaken{};
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(one_hot, 1, 1)

} // namespace chainrule
