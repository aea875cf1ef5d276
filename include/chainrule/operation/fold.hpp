// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences, as they are written: fold(cell, h = h0, u = X) is the state after the last column of
// X, where cell = tanh(W * h + U * u + b) says what is next; scan, the states after each column;
// iterate<200>(f, y = y0) and orbit<200>, without input; map_columns(f, u = X), without state.
// Several states are update(h = ..., c = ...) in the place of the body.
// Read next: softmax_steps.hpp.
#pragma once

#include <chainrule/operation/bound_recurrence.hpp>

namespace chainrule {

/// Several states that change together, in the place of a body: update(h = ..., c = ...). Each
/// right side sees the states as they were. What is made of it is looked up, [h].
template <class... Bindings>
[[nodiscard]] constexpr auto update(const Bindings &...bindings) {
  if constexpr (detail::are_bindings<Bindings...>())
    return [](const auto &...each) {
      return next_values<
          binding<typename std::remove_cvref_t<decltype(each)>::variable_type,
                  typename detail::value_bound<std::remove_cvref_t<decltype(each)>>::type>...>{};
    }(bindings...);
  else
    return detail::mistaken{};
}

/// Among the bindings of a recurrence: it makes as many steps, known only at run time, and the
/// inputs have columns for, or iterate<Steps> has steps for, the most that it can make. What
/// belongs to the other columns is 0. Of a number that is not whole it makes the next whole number
/// of steps, of less than 0 and of NaN none.
template <class Count>
[[nodiscard]] constexpr auto steps(Count) {
  constexpr bool is_expression = expression<Count>;
  static_assert(is_expression, "steps(n): n is no expression; a number that is known only at run "
                               "time is a variable, n = 3 in the call, and a constant is 3_c");
  if constexpr (is_expression) {
    constexpr bool is_number = detail::record<Count>.shape.is_scalar();
    static_assert(is_number || detail::shapes_fit<detail::shape_named<Count>>,
                  "steps(n): n is a matrix, whose shape is named in this message, and no number");
    return binding<detail::step_count,
                   typename detail::choose_type<is_number>::template of<Count, literal<1>>>{};
  } else {
    return binding<detail::step_count, literal<1>>{};
  }
}

/// Among the bindings of a recurrence in the body of another one: on the way back it is run once
/// more, from the state that the outer one has kept, and nothing of it is kept. With T steps in
/// blocks of K, T / K + K states are kept instead of T.
inline constexpr binding<detail::recomputation, literal<1>> recomputed{};

/// The state after the last column of the inputs: h_T with h_(t + 1) = body(h_t, u_t). X has a
/// column, or a block of columns, in the shape of u, for each step.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto fold(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::last, false, 0>(body, bindings...);
}

/// The states after each column, beside each other: (h_1, ..., h_T). scan(output, update(h = ...),
/// h = h0, u = X) are the outputs of each step instead, which see the states as they were before
/// it.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto scan(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, false, 0>(body, bindings...);
}

/// The same from the last column to the first; what belongs to a column stands in its place.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto fold_backward(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::last, true, 0>(body, bindings...);
}
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto scan_backward(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, true, 0>(body, bindings...);
}

/// The state after so many steps: y_Steps with y_(n + 1) = body(y_n).
template <int Steps, class Body, class... Bindings>
[[nodiscard]] constexpr auto iterate(Body body, const Bindings &...bindings) {
  static_assert(Steps > 0, "iterate<0>(f, y = y0): steps count from 1");
  return detail::recurrence_with<detail::shows::last, false, (Steps > 0 ? Steps : 1)>(body,
                                                                                      bindings...);
}

/// The states after each of so many steps, beside each other.
template <int Steps, class Body, class... Bindings>
[[nodiscard]] constexpr auto orbit(Body body, const Bindings &...bindings) {
  static_assert(Steps > 0, "orbit<0>(f, y = y0): steps count from 1");
  return detail::recurrence_with<detail::shows::path, false, (Steps > 0 ? Steps : 1)>(body,
                                                                                      bindings...);
}

// Without a number of steps in < >.
template <class Body, class... Bindings>
constexpr auto iterate(Body body, const Bindings &...bindings) {
  return detail::steps_missing(body, bindings...);
}
template <class Body, class... Bindings>
constexpr auto orbit(Body body, const Bindings &...bindings) {
  return detail::steps_missing(body, bindings...);
}

/// The function of each column of the inputs, beside each other.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto map_columns(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, false, 0>(body, next_values<>{}, bindings...);
}

} // namespace chainrule
