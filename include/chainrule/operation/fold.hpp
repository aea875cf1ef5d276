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
/// right-hand side sees the states as they were before the step. A state is then looked up in the
/// result, `[h]`. Shape: each state keeps its own.
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

/// Among the bindings of a recurrence, the number of steps at run time. The number of columns of
/// the inputs, or the Steps of iterate<Steps>, is the most that can be made; what belongs to other
/// columns is 0. A count between whole numbers is rounded up; one below 0 or NaN is 0. Shape: a
/// number. Slope: 0 by the count.
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

/// Among the bindings of a recurrence in the body of another one: nothing of it is kept for the way
/// back, and it is run once more, from the state that the outer one kept. With T steps in blocks of
/// K, T / K + K states are kept instead of T. Shape: none.
inline constexpr binding<detail::recomputation, literal<1>> recomputed{};

/// The state after the last column of the inputs: h_T with h_(t + 1) = body(h_t, u_t). Shape: that
/// of h; an input X has a column, or a block of columns in the shape of u, for each step.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto fold(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::last, false, 0>(body, bindings...);
}

/// The states after each column: (h_1, ..., h_T). scan(output, update(h = ...), h = h0, u = X) is
/// the output of each step instead, which sees the states as they were before it. Shape: T states,
/// or outputs, one beside another.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto scan(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, false, 0>(body, bindings...);
}

/// fold from the last column to the first. Shape: that of h.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto fold_backward(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::last, true, 0>(body, bindings...);
}
/// scan from the last column to the first; what belongs to a column stays in its place. Shape: T
/// states one beside another.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto scan_backward(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, true, 0>(body, bindings...);
}

/// The state after `Steps` steps: y_Steps with y_(n + 1) = body(y_n). Shape: that of y.
template <int Steps, class Body, class... Bindings>
[[nodiscard]] constexpr auto iterate(Body body, const Bindings &...bindings) {
  static_assert(Steps > 0, "iterate<0>(f, y = y0): steps count from 1");
  return detail::recurrence_with<detail::shows::last, false, (Steps > 0 ? Steps : 1)>(body,
                                                                                      bindings...);
}

/// The states after each of `Steps` steps. Shape: `Steps` states one beside another.
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

/// The function of each column of the inputs. Shape: one result for each column, or block of
/// columns, one beside another.
template <class Body, class... Bindings>
[[nodiscard]] constexpr auto map_columns(Body body, const Bindings &...bindings) {
  return detail::recurrence_with<detail::shows::path, false, 0>(body, next_values<>{}, bindings...);
}

namespace detail {

template <class T>
constexpr mistaken body_missing() {
  static_assert(sizeof(T) == 0,
                "fold(), scan(), iterate<3>(), map_columns(): what a step does stands "
                "in front, and what it begins with behind it, fold(tanh(w * h + u), "
                "h = 0_c, u = X)");
  return {};
}

} // namespace detail

// Of nothing.

#define CHAINRULE_WITHOUT_BODY(name)                                                               \
  template <auto..., class Number = double>                                                        \
  constexpr auto name() {                                                                          \
    return detail::body_missing<Number>();                                                         \
  }
CHAINRULE_WITHOUT_BODY(fold)
CHAINRULE_WITHOUT_BODY(scan)
CHAINRULE_WITHOUT_BODY(fold_backward)
CHAINRULE_WITHOUT_BODY(scan_backward)
CHAINRULE_WITHOUT_BODY(iterate)
CHAINRULE_WITHOUT_BODY(orbit)
CHAINRULE_WITHOUT_BODY(map_columns)
#undef CHAINRULE_WITHOUT_BODY

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(steps, 1, 1)

} // namespace chainrule
