// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// variable: a named input of a network, `constexpr variable<"w1"> w1;`. Its value is given at the
// call, by name: `step(w1 = 0.25)`. The name is the identity: two variables of one name are one.
// Read next: literal.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include <chainrule/expression/expression.hpp>
#include <chainrule/math/inline.hpp>

namespace chainrule {

/// Text as a template argument.
template <std::size_t Size>
struct fixed_string {
  char text[Size]{};

  constexpr fixed_string(const char (&characters)[Size]) {
    for (std::size_t i = 0; i < Size; ++i)
      text[i] = characters[i];
  }
  constexpr std::string_view view() const { return {text, Size - 1}; }
  friend constexpr bool operator==(const fixed_string &, const fixed_string &) = default;
};

/// A variable together with its value: what `w1 = 0.25` means in a call. A named value is referred
/// to, so that the call reads it where it needs it.
template <class Variable, class Value>
struct binding {
  using variable_type = Variable;
  Value value; // or a reference to it
};

namespace detail {

/// Whether it is what w1 = f means, as in a recurrence.
template <class T>
inline constexpr bool is_bound_to_expression = false;
template <class Variable, class Value>
inline constexpr bool is_bound_to_expression<binding<Variable, Value>> = expression<Value>;

template <bool AreCounts, bool HasName>
constexpr void check_variable() {
  static_assert(HasName, "variable<name>: the name is empty; a call gives the value by name");

  static_assert(AreCounts, "variable<name, rows, columns>: rows and columns count from 1; a scalar "
                           "is variable<name>");
}

} // namespace detail

namespace detail {

/// What v = {1.0, 2.0} means in a call. Defined in call/values.hpp.
template <class Variable, class T, std::size_t Size>
constexpr auto bound_to_list(const T (&elements)[Size]);
template <class Variable, class T, std::size_t Rows, std::size_t Columns>
constexpr auto bound_to_list(const T (&elements)[Rows][Columns]);

/// The element of a variable at these places, literals. Defined in operation/block.hpp.
template <class Variable, class... Places>
constexpr auto element_at();

} // namespace detail

/// A named input, variable<"w"> w, or of Rows x Columns numbers, variable<"W", 4, 3> W. Two of one
/// name and one shape are one variable.
template <fixed_string Name, int Rows = 1, int Columns = 1>
struct variable : expression_base {
  /// The variable with a value, for a call or for at(...).
  template <class Value>
    requires(!std::same_as<detail::unqualified<Value>, variable>)
  [[nodiscard(
      "x = value gives x the value in a call, and changes no x; a new formula has a name of "
      "its own, auto next = x * w")]] CHAINRULE_INLINE constexpr auto
  operator=(Value &&value) const {
    // a third of the classes that std::is_convertible_v makes of each type of value
    constexpr bool is_text = requires(void take(std::string_view)) { take(value); };
    static_assert(!is_text, "x = \"0.5\": a variable is given a number, as in x = 0.5");
    if constexpr (is_text)
      return binding<variable, double>{0};
    else if constexpr (expression<Value>) // as it is given to a recurrence
      return binding<variable, detail::unqualified<Value>>{};
    else if constexpr (std::is_lvalue_reference_v<Value>)
      return binding<variable, const detail::unqualified<Value> &>{value};
    else
      return binding<variable, Value>{value};
  }

  /// All elements in braces: v = {1.0, 2.0}, W = {{1.0, 2.0}, {3.0, 4.0}}.
  template <class T, std::size_t Size>
  [[nodiscard]] constexpr auto operator=(T (&&elements)[Size]) const {
    return detail::bound_to_list<variable>(elements);
  }
  template <class T, std::size_t Height, std::size_t Width>
  [[nodiscard]] constexpr auto operator=(T (&&elements)[Height][Width]) const {
    return detail::bound_to_list<variable>(elements);
  }

  constexpr variable() {
    detail::check_variable<(Rows > 0 && Columns > 0), !Name.view().empty()>();
  }
  /// In a recurrence, a variable of the body as the one outside it, or a state that stays.
  [[nodiscard]] constexpr auto operator=(const variable &) const {
    return binding<variable, variable>{};
  }

  constexpr variable(const variable &) = default;
  variable &operator=(const variable &) = delete;

  /// The element of a column or a row, counted from 0: v[0_c].
  template <class Place>
  constexpr auto operator[](const Place &) const {
    return detail::element_at<variable, Place>();
  }
  /// The element of a matrix in this row and column, both from 0: M(0_c, 1_c).
  template <class... Places>
  constexpr auto operator()(const Places &...) const {
    return detail::element_at<variable, Places...>();
  }
};

namespace detail {

template <fixed_string Name, int Rows, int Columns>
struct record_of<variable<Name, Rows, Columns>> {
  static constexpr expression_record value{
      .operation = &variable_record,
      .fingerprint =
          mix(mix(mix(fingerprint_of(kind::variable), hash(Name.view())), Rows), Columns),
      .shape = {Rows, Columns},
      .name = Name.view()};
};

} // namespace detail

} // namespace chainrule
