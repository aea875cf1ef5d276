// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a recurrence is made of as it is written: the variables of its body are bound, a state to
// its initial value, an input to the matrix whose columns it is. And what is said where this is not
// so. Read next: fold.hpp.
#pragma once

#include <tuple>

#include <chainrule/expression/by_variable.hpp>
#include <chainrule/operation/recurrence.hpp>

namespace chainrule {

/// The next values of several states.
template <class... Bindings>
struct next_values {};

namespace detail {

template <class T>
struct value_bound {
  using type = literal<0>;
};
template <class Variable, class Value>
struct value_bound<binding<Variable, Value>> {
  using type = std::remove_cvref_t<Value>;
};

/// What a binding binds, by the variable.
template <class Variable, class... Bindings>
struct bound_to {
  static constexpr bool exists = false;
  using type = Variable;
};
template <class Variable, class Value, class... Rest>
struct bound_to<Variable, binding<Variable, Value>, Rest...> {
  static constexpr bool exists = true;
  using type = std::remove_cvref_t<Value>;
};
template <class Variable, class First, class... Rest>
struct bound_to<Variable, First, Rest...> : bound_to<Variable, Rest...> {};

/// In the place of a variable where it is bound how many steps there are, or that nothing is kept.
struct step_count {};
struct recomputation {};

/// The bindings that are no states: what a column of a matrix is called.
template <class... Bindings>
struct inputs {};
template <class... States, class... Found>
constexpr auto inputs_among(next_values<States...>, inputs<Found...> found) {
  return found;
}
template <class... States, class... Found, class First, class... Rest>
constexpr auto inputs_among(next_values<States...> states, inputs<Found...>, First, Rest... rest) {
  if constexpr (any_of({std::same_as<typename First::variable_type, step_count>,
                        std::same_as<typename First::variable_type, recomputation>,
                        std::same_as<typename First::variable_type,
                                     typename States::variable_type>...}))
    return inputs_among(states, inputs<Found...>{}, rest...);
  else
    return inputs_among(states, inputs<Found..., First>{}, rest...);
}

/// How many columns, or blocks of columns, a matrix has; 0 where it is none of these.
template <class Input>
inline constexpr int blocks_of = [] {
  const shape one = record<typename Input::variable_type>.shape;
  const shape all = record<typename value_bound<Input>::type>.shape;
  return one.rows == all.rows && all.columns % one.columns == 0 ? all.columns / one.columns : 0;
}();

/// How many steps the inputs make; 0 where they differ, or where one does not fit.
template <class... Inputs>
constexpr int steps_of() {
  int result = -1;
  const std::initializer_list<int> all{blocks_of<Inputs>...};
  for (const int each : all)
    result = result < 0 || result == each ? each : 0;
  return result;
}

// False, but only once the names are known: the compiler prints them with the message.
template <class... Parts>
inline constexpr bool is_bound = false;

template <class Variable, class... Bindings>
inline constexpr int times_bound = [] {
  int result = 0;
  for (const bool is_it : {std::same_as<Variable, typename Bindings::variable_type>...})
    result += is_it ? 1 : 0;
  return result;
}();

/// Whether a mistake has been named in a body, a binding or an update.
template <class T>
inline constexpr bool holds_mistake = std::same_as<T, mistaken>;
template <class Variable, class Value>
inline constexpr bool holds_mistake<binding<Variable, Value>> = std::same_as<Value, mistaken>;
template <class... Bindings>
inline constexpr bool
    holds_mistake<next_values<Bindings...>> = any_of({false, holds_mistake<Bindings>...});

template <class... Bindings>
constexpr bool are_bindings() {
  constexpr bool all =
      sizeof...(Bindings) > 0 && all_of({true, is_bound_to_expression<Bindings>...});
  static_assert(
      all || is_bound<Bindings...>,
      "fold(body, h = h0, u = X): after the body comes what the variables of the body stand for, "
      "expressions: of a state its initial value, as h = 0_c, of an input the matrix that it is a "
      "column of; numbers that only the run knows are a variable, h0 = 1.5 in the call");
  if constexpr (all) {
    constexpr bool once =
        all_of({times_bound<typename Bindings::variable_type, Bindings...> == 1 ...});
    static_assert(once || is_bound<Bindings...>,
                  "fold(body, h = h0, u = X): a variable, among those named in this message, is "
                  "bound twice; it stands for one thing, a state or an input");
    return once;
  }
  return all;
}

/// A scalar stands for every element.
template <class Variable>
constexpr bool fits_state(const shape &of) {
  return of == record<Variable>.shape || of.is_scalar();
}

/// Says that a state has no such initial or next value.
template <class Variable, class Initial, class Next>
constexpr bool check_state() {
  constexpr bool begins = fits_state<Variable>(record<Initial>.shape);
  constexpr bool goes_on = fits_state<Variable>(record<Next>.shape);
  static_assert(goes_on || shapes_fit<shape_named<Variable>, shape_named<Next>>,
                "fold(body, h = h0): the next value of a state has another shape than the state, "
                "both named in this message");
  static_assert(
      begins || !goes_on || shapes_fit<shape_named<Variable>, shape_named<Initial>>,
      "fold(body, h = h0): the initial value of a state has another shape than the state, "
      "both named; what is updated, or bound first, is a state, all others are inputs");
  return begins && goes_on;
}

/// How often a recurrence runs.
template <int Steps, class... Bindings>
using rounds = typename choose_type<bound_to<step_count, Bindings...>::exists>::template of<
    typename bound_to<step_count, Bindings...>::type, literal<Steps>>;

/// A recurrence as it is written: its states, its inputs, and all that is bound.
template <class Next, class Inputs, class... Bindings>
struct bound_recurrence;
template <class... States, class... Next, class... Inputs, class... Bindings>
struct bound_recurrence<next_values<binding<States, Next>...>, inputs<Inputs...>, Bindings...> {
  /// The number of its steps, where Steps are asked for if it is not 0; 0 if something is wrong
  /// with it, which it says.
  template <int Steps>
  static constexpr int checked_steps() {
    constexpr int from_inputs = steps_of<Inputs...>();
    constexpr int steps = from_inputs < 0 ? Steps : from_inputs;
    constexpr bool have_start = all_of({true, bound_to<States, Bindings...>::exists...});
    // What goes on in its shape, but begins in another one, was not meant to be a state.
    constexpr bool is_input_updated = any_of(
        {false,
         fits_state<States>(record<Next>.shape) &&
             !fits_state<States>(record<typename bound_to<States, Bindings...>::type>.shape)...});
    static_assert(have_start || is_bound<States...>,
                  "fold(update(h = f), ...): a state, among those named in this message, has no "
                  "initial value; give it one, as in fold(update(h = f), h = h0, u = X)");
    static_assert(from_inputs != 0 ||
                      shapes_fit<shape_named<typename value_bound<Inputs>::type>...>,
                  "fold(body, h = h0, u = X): an input has no whole number of columns of the shape "
                  "of its variable, or not as many as another; the shapes of the inputs are named "
                  "in this message. A further state needs update(h = ..., c = ...)");
    constexpr bool lacks_steps = steps == 0 && from_inputs < 0 && !is_input_updated;
    static_assert(!lacks_steps,
                  "fold(body, h = h0): without an input there is no number of steps; write "
                  "iterate<200>(body, h = h0), or orbit<200> for all states. The first binding is "
                  "the state, those after it are inputs");
    static_assert(Steps == 0 || from_inputs <= 0 || steps == Steps,
                  "iterate<200>(body, h = h0, u = X): the input has not as many columns as there "
                  "are steps; fold(body, h = h0, u = X) makes a step for each");
    if constexpr (have_start && (is_input_updated || steps > 0) && (Steps == 0 || steps == Steps)) {
      constexpr bool fit = all_of(
          {true, check_state<States, typename bound_to<States, Bindings...>::type, Next>()...});
      return fit ? steps : 0;
    }
    return 0;
  }

  /// What it shows: the last value of the state with this number, or the values of a part.
  template <shows What, bool IsBackward, int Steps, int Which, class Shown>
  static constexpr auto shown(Shown part) {
    return construct<recurrence_operation<What>>(
        literal<int(sizeof...(States))>{}, literal<int(sizeof...(Inputs))>{}, literal<Which>{},
        literal<Steps>{},
        literal<way_of_loop(IsBackward, bound_to<recomputation, Bindings...>::exists)>{},
        rounds<Steps, Bindings...>{}, part, States{}...,
        typename bound_to<States, Bindings...>::type{}..., Next{}...,
        typename Inputs::variable_type{}..., typename value_bound<Inputs>::type{}...);
  }
};

template <class Next, class... Bindings>
using recurrence_bound =
    bound_recurrence<Next, decltype(inputs_among(Next{}, inputs<>{}, Bindings{}...)), Bindings...>;

/// What a recurrence of several states shows, by state; as an expression it is an error.
template <shows What, bool IsBackward, int Steps, class Recurrence, class Updates>
struct states_of;
template <shows What, bool IsBackward, int Steps, class Recurrence, class... States, class... Next>
struct states_of<What, IsBackward, Steps, Recurrence, next_values<binding<States, Next>...>>
    : by_variable<
          states_of<What, IsBackward, Steps, Recurrence, next_values<binding<States, Next>...>>,
          keys<States...>> {
  using hana_tag = expression_tag;
  template <int Place>
  constexpr auto get() const {
    using first_shown = std::tuple_element_t<std::size_t{Place}, std::tuple<Next...>>;
    return Recurrence::template shown<What, IsBackward, Steps, Place>(first_shown{});
  }
};

template <class First, class... States>
constexpr const expression_record &one_of_states() {
  static_assert(
      is_bound<First, States...>,
      "fold(update(h = f), ...), scan(update(h = f), ...): there is a value for each state, "
      "named in this message; write which is meant, fold(update(h = f), h = h0, u = X)[h]");
  return record<literal<0>>; // which fits wherever it stands
}
template <shows What, bool IsBackward, int Steps, class Recurrence, class... States, class... Next>
struct record_of<
    states_of<What, IsBackward, Steps, Recurrence, next_values<binding<States, Next>...>>> {
  static constexpr const expression_record &value = one_of_states<States...>();
};

/// Whether it is update(...).
template <class T>
inline constexpr bool is_update = false;
template <class... Bindings>
inline constexpr bool is_update<next_values<Bindings...>> = true;
template <class...>
inline constexpr bool is_update_first = false;
template <class First, class... Rest>
inline constexpr bool is_update_first<First, Rest...> = is_update<First>;

/// One part of a recurrence, or of its first state.
template <shows What, bool IsBackward, int Steps, class Shown, class Next, class... Bindings>
constexpr auto with_output(Shown shown, Next, const Bindings &...) {
  if constexpr (are_bindings<Bindings...>()) {
    using written = recurrence_bound<Next, Bindings...>;
    constexpr int steps = written::template checked_steps<Steps>();
    if constexpr (steps > 0)
      return written::template shown<What, IsBackward, steps, 0>(shown);
    else
      return mistaken{};
  } else {
    return mistaken{};
  }
}

/// A body, which is what is next of the state that is bound first; several states; or a part to
/// show beside these.
template <shows What, bool IsBackward, int Steps, class Body, class... Bindings>
constexpr auto recurrence_with(Body body, const Bindings &...bindings) {
  constexpr bool is_mistaken = holds_mistake<Body> || any_of({false, holds_mistake<Bindings>...});
  constexpr bool is_body = expression<Body> || (is_update<Body> && !is_update_first<Bindings...>);
  static_assert(is_body || is_mistaken || is_bound<Body>,
                "fold(body, h = h0, u = X): the body, whose type is named in this message, is "
                "neither an expression nor update(h = ..., c = ...); numbers are written as 0.5_c, "
                "and a function is called, f(h)");
  // NOLINTNEXTLINE(bugprone-branch-clone): each asks only what is right so far
  if constexpr (is_mistaken || !is_body) {
    return mistaken{};
  } else if constexpr (is_update_first<Bindings...>) {
    return with_output<What, IsBackward, Steps>(body, bindings...);
  } else if constexpr (!are_bindings<Bindings...>()) {
    return mistaken{};
  } else if constexpr (is_update<Body>) {
    using written = recurrence_bound<Body, Bindings...>;
    constexpr int steps = written::template checked_steps<Steps>();
    if constexpr (steps > 0)
      return states_of<What, IsBackward, steps, written, Body>{};
    else
      return mistaken{};
  } else {
    using first = std::tuple_element_t<0, std::tuple<Bindings...>>;
    return with_output<What, IsBackward, Steps>(
        body, next_values<binding<typename first::variable_type, Body>>{}, bindings...);
  }
}

template <class Body, class... Bindings>
constexpr auto steps_missing(const Body &, const Bindings &...) {
  static_assert(is_bound<Body, Bindings...>,
                "iterate<200>(body, y = y0), orbit<200>(body, y = y0): the number of steps is a "
                "constant and stands in < >; one that only the run knows, up to that, is bound, "
                "iterate<200>(body, y = y0, steps(n))");
  return mistaken{};
}

} // namespace detail

} // namespace chainrule
