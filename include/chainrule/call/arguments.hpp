// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Arguments by name: which bindings a call was given, in which order, and whether they are those
// that the network needs. Every check here speaks in one sentence and once.
// Read next: results.hpp.
#pragma once

#include <concepts>
#include <type_traits>

#include <chainrule/call/values.hpp>
#include <chainrule/lanes/scalar.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail {

template <class T>
struct is_binding : std::false_type {};
template <class Variable, class Value>
struct is_binding<binding<Variable, Value>> : std::true_type {};

/// The type that values have in common. One type is not asked of it twice: that would be a level of
/// templates for each argument.
template <class First, class... Rest>
struct common_type : std::conditional_t<all_of({std::same_as<First, Rest>...}),
                                        std::common_type<First>, std::common_type<First, Rest...>> {
};

template <class... Values>
concept have_common_type = !any_of({math::array_of_lanes<Values>...}) && requires {
  typename common_type<Values...>::type;
};

/// The scalar that a call computes with: what the values have in common, integers as double. void
/// if there is none.
template <class... Values>
struct common_scalar {
  using type = void;
};
template <>
struct common_scalar<> {
  using type = double;
};
template <class First, class... Rest>
  requires have_common_type<First, Rest...>
struct common_scalar<First, Rest...> {
  using common = typename common_type<First, Rest...>::type;
  using type = std::conditional_t<std::is_integral_v<common>, double, common>;
};

/// Whether a value is such an array or goes into each of its lanes.
template <class Value, class Array>
concept fits_lanes_of = std::same_as<Value, Array> || std::convertible_to<Value, math::lane<Array>>;

// what has lanes has no common type with a number
template <class First, class... Rest>
  requires(any_of({math::array_of_lanes<First>, math::array_of_lanes<Rest>...}))
struct common_scalar<First, Rest...> {
  using type = typename std::conditional_t<
      !math::array_of_lanes<First>, common_scalar<Rest..., First>,
      std::conditional_t<all_of({fits_lanes_of<Rest, First>...}), std::type_identity<First>,
                         common_scalar<void>>>::type;
};

template <class T>
constexpr bool check_scalar() {
  constexpr bool is_common = !std::same_as<T, void>;
  static_assert(is_common, "step(x = a, y = b): the values have no type in common; give them in "
                           "one type, an expression of Eigen's as (a + b).eval()");
  static_assert(scalar<T> || !is_common,
                "step(x = value): the value is of a type that cannot be computed with; a scalar "
                "has + - * /, unary -, a default constructor and one from double, and its lanes, "
                "if it has any, are no integers");
  return scalar<T>;
}

// False, but only once the name is known: the compiler prints it with the message.
template <class Name>
inline constexpr bool is_given = false;
template <class Name>
inline constexpr bool is_given_once = false;
template <class Name>
inline constexpr bool is_in_the_network = false;
template <class Name>
inline constexpr bool has_one_meaning = false;

/// Speaks about the first variable for which something is wrong.
enum class complaint { none, missing, repeated, unknown, ambiguous };
struct verdict {
  complaint about = complaint::none;
  std::string_view name;
};

constexpr variable_name name_of_variable(const expression_record &variable) {
  return {variable.name, variable.fingerprint, variable.shape};
}

/// Variables found again, numbered in the order in which they were added.
class variable_table {
public:
  constexpr int find(const variable_name &variable) const {
    return places.find(variable.fingerprint,
                       [&](int place) { return variables.items[place] == variable; });
  }
  constexpr void add(const variable_name &variable) {
    places.insert(variable.fingerprint, variables.size);
    variables.push(variable);
  }

private:
  index_table places;
  list<variable_name> variables;
};

template <class Program, class... Arguments>
constexpr verdict judged() {
  if (!Program::ambiguous.empty())
    return {complaint::ambiguous, Program::ambiguous};
  const std::array<const expression_record *, sizeof...(Arguments)> given{
      &record<typename Arguments::variable_type>...};
  variable_table mentioned, bound;
  for (const variable_name &variable : Program::value.mentioned)
    mentioned.add(variable);
  for (const expression_record *next : given) {
    const variable_name variable = name_of_variable(*next);
    if (bound.find(variable) >= 0)
      return {complaint::repeated, variable.text};
    if (mentioned.find(variable) < 0)
      return {complaint::unknown, variable.text};
    bound.add(variable);
  }
  for (const variable_name &variable : Program::value.variables)
    if (bound.find(variable) < 0)
      return {complaint::missing, variable.text};
  return {};
}

template <class Program, class... Arguments>
struct judgement {
  static constexpr verdict value = judged<Program, Arguments...>();

  struct text {
    static constexpr std::string_view value = judgement::value.name;
  };
  using name = printed<text>;
};

template <class Name, complaint About>
constexpr void complain() {
  static_assert(About != complaint::missing || is_given<Name>,
                "step(x = 0.5, ...): a variable of the network, named in this message, has no "
                "value; every variable is given one, as in step(x = 0.5, w = 0.25)");
  static_assert(About != complaint::repeated || is_given_once<Name>,
                "step(x = 0.5, x = 0.7): a variable, named in this message, is given two values; "
                "leave one of them out");
  static_assert(About != complaint::unknown || is_in_the_network<Name>,
                "step(q = 0.5): the network has no variable of the name in this message; leave it "
                "out, or compile an expression that contains it");
  static_assert(About != complaint::ambiguous || has_one_meaning<Name>,
                "variable<name> and variable<name, 3>: one name, shown in this message, stands "
                "for two variables of different shape; give one of them another name");
}

/// Whether the call can be made; where it cannot, the one error.
template <class Program, class... Arguments>
constexpr bool are_arguments() {
  constexpr bool by_name = all_of({is_binding<Arguments>::value...});
  constexpr bool has_values = !any_of({expression<Arguments>...});
  static_assert(has_values, "step(x): the variable comes without a value; write step(x = 0.5)");
  static_assert(by_name || !has_values,
                "step(0.5): arguments are given by name, as in step(x = 0.5, w = 0.25); where they "
                "are, a number of that name hides the variable");
  constexpr bool are_numbers = !any_of({is_bound_to_expression<Arguments>...});
  static_assert(are_numbers, "x = expression: a variable is given a number; to put an expression "
                             "in its place, write the network as a function of it");
  if constexpr (by_name && are_numbers && check_size<Program::last::nodes, most_nodes>() &&
                check_loops<Program::deepest, most_loops>() && Program::is_done &&
                check_workspace<(Program::value.workspace >= 0)>()) {
    using found = judgement<Program, Arguments...>;
    if constexpr (found::value.about != complaint::none)
      complain<typename found::name, found::value.about>();
    return found::value.about == complaint::none;
  } else {
    return false;
  }
}

/// For each variable of the program the place of its argument.
template <class Program, class... Arguments>
constexpr auto argument_order() {
  variable_table given;
  for (const expression_record *variable :
       std::array<const expression_record *, sizeof...(Arguments)>{
           &record<typename Arguments::variable_type>...})
    given.add(name_of_variable(*variable));
  std::array<int, Program::value.variables.size()> where{};
  for (std::size_t i = 0; i < where.size(); ++i)
    where[i] = given.find(Program::value.variables[i]);
  return where;
}

} // namespace chainrule::detail
