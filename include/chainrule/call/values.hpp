// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The value of a variable: whether it has the elements, the rows and columns and the type that the
// variable and the call ask for, and where the first of its elements is. Arrays of arrays, which
// constant evaluation does not read from one pointer, are copied row by row there, and only there.
// Read next: point.hpp.
#pragma once

#include <cstdio>
#include <string_view>
#include <tuple>
#include <utility>

#include <chainrule/call/matrix.hpp>
#include <chainrule/lanes/scalar.hpp>
#include <chainrule/operation/operation.hpp>

namespace chainrule::detail {

/// A name that every compiler prints as text.
template <char... Characters>
struct named {};

template <class Text, std::size_t... I>
named<Text::value[I]...> named_after(std::index_sequence<I...>);

/// Text::value as such a name.
template <class Text>
using printed = decltype(named_after<Text>(std::make_index_sequence<Text::value.size()>{}));

template <class Variable>
struct name_of {
  static constexpr std::string_view value = record<Variable>.name;
};

// What follows depends on which variable it is for matrices only: 200 scalars share one
// instantiation.

template <bool IsScalar>
struct seen_as {
  template <class Variable>
  using type = Variable;
};
template <>
struct seen_as<true> {
  template <class>
  using type = void;
};

/// The variable of an argument, void for every scalar.
template <class Argument>
using matrix_variable = typename seen_as<size_of<typename Argument::variable_type> ==
                                         1>::template type<typename Argument::variable_type>;

/// Whether a value is not the number itself but an array, span or matrix of one.
template <class Value>
inline constexpr bool holds_one = (elements_of<Value>::count == 1 ||
                                   elements_of<Value>::count == as_many) &&
                                  !std::same_as<typename elements_of<Value>::type, Value>;

/// The type of the numbers that a value for so many elements brings.
template <std::size_t Elements, class Value>
struct element_type_of {
  using type = typename elements_of<Value>::type;
};
template <class Value>
  requires(!holds_one<Value>)
struct element_type_of<1, Value> {
  using type = Value;
};
template <class Argument>
using element_type = typename element_type_of<size_of<typename Argument::variable_type>,
                                              std::remove_cvref_t<decltype(Argument::value)>>::type;

template <class Needed, class Found>
inline constexpr bool have_equal_size = false;
template <std::size_t Count>
struct elements {};

// False, but only once they are known: the compiler prints them with the message.
template <class Name, class... Properties>
inline constexpr bool agrees_with_its_value = false;

/// Whether a variable takes the rows of a value, as far as its type tells them. A column serves as
/// a row.
constexpr bool have_equal_rows(const shape &needed, const shape &found) {
  const auto is_line = [](const shape &of) { return of.rows == 1 || of.columns == 1; };
  return found.columns == 0 || (found.columns == needed.columns && found.rows == 0) ||
         found == needed || (is_line(needed) && is_line(found));
}

/// Whether a value brings what the variable needs.
template <class Variable, class Value>
constexpr bool check_value() {
  if constexpr (std::same_as<Variable, void>) {
    return true;
  } else {
    using given = elements_of<Value>;
    using name = name_of<Variable>;
    constexpr shape needed = record<Variable>.shape;
    constexpr shape found = shape_told<Value>;
    if constexpr (given::in_a_row == 0) {
      static_assert(agrees_with_its_value<printed<name>, Value>,
                    "W = values: the rows of a value, for the variable that is named in this "
                    "message, are allocated apart, as those of a vector of vectors; give its "
                    "elements row by row in one vector");
      return false;
    } else if constexpr (given::count != size_of<Variable> && given::count != 0 &&
                         given::count != as_many) {
      static_assert(
          agrees_with_its_value<printed<name>, elements<size_of<Variable>>, elements<given::count>>,
          "W = values: the variable, named in this message, has another number of "
          "elements (named first) than values are given (named second)");
      return false;
    } else if constexpr (!have_equal_rows(needed, found)) {
      static_assert(
          agrees_with_its_value<printed<name>, rows_and_columns<needed.rows, needed.columns>,
                                rows_and_columns<found.rows, found.columns>>,
          "W = values: the variable, named in this message, has other rows and columns (named "
          "first) than its value (named second); give a value of that shape, or its elements row "
          "by row in a flat array");
      return false;
    } else {
      return true;
    }
  }
}

template <class Scalar, class Variable, class Value>
inline constexpr bool is_of_another_type = !std::same_as<typename elements_of<Value>::type, Scalar>;
template <class Scalar, class Value>
inline constexpr bool is_of_another_type<Scalar, void, Value> = false;

/// Whether the matrices among the arguments are of the type that the call computes with. One of
/// another type is one mistake, however many matrices are then in the wrong.
template <class Scalar, class... Arguments>
constexpr bool check_types() {
  constexpr std::size_t first = [] {
    std::size_t result = 0;
    for (const bool is_wrong : std::initializer_list<bool>{
             is_of_another_type<Scalar, matrix_variable<Arguments>,
                                std::remove_cvref_t<decltype(Arguments::value)>>...}) {
      if (is_wrong)
        break;
      ++result;
    }
    return result;
  }();
  if constexpr (first < sizeof...(Arguments)) {
    using wrong = std::tuple_element_t<first, std::tuple<Arguments...>>;
    static_assert(
        agrees_with_its_value<printed<name_of<typename wrong::variable_type>>, Scalar,
                              element_type<wrong>>,
        "W = values: the values of a matrix, named in this message, are of another type (named "
        "last) than the call computes with (named before it), which is what all arguments have "
        "in common; give all of one type, as matrices are read in place and not converted");
  }
  return first == sizeof...(Arguments);
}

/// Where the compiler does not know how many values a variable is given: stops the program.
inline void wrong_number_of_values(std::string_view name, std::size_t needed, std::size_t found) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr, "chainrule: %.*s = values: %zu values are needed, %zu were given\n",
               static_cast<int>(name.size()), name.data(), needed, found);
  __builtin_abort();
}

/// Where the number or the first element is. A number of another type is converted.
template <class Scalar, class Variable, class Value>
CHAINRULE_INLINE constexpr const Scalar *place_of(const Value &value, Scalar &converted) {
  if constexpr (!std::same_as<Variable, void>) {
    using given = elements_of<Value>;
    if constexpr (given::count == 0)
      if (const auto size = static_cast<std::size_t>(std::size(value)) * given::in_a_row;
          size != size_of<Variable>)
        wrong_number_of_values(record<Variable>.name, size_of<Variable>, size);
    return given::first(value);
  } else if constexpr (holds_one<Value>) {
    return place_of<Scalar, void>(*elements_of<Value>::first(value), converted);
  } else if constexpr (std::same_as<Scalar, Value>) {
    return &value;
  } else if constexpr (math::has_lanes<Scalar>) {
    converted = math::in_every_lane<Scalar>(static_cast<math::lane<Scalar>>(value));
    return &converted;
  } else {
    converted = static_cast<Scalar>(value);
    return &converted;
  }
}

/// Whether an argument is a matrix in an array of rows, or one of Eigen's to be copied.
template <class Variable, class Value>
inline constexpr bool is_in_rows = shape_told<Value>.columns != 0 && !is_matrix<Value> &&
                                   (!has_storage_order<Value> || is_copied<Value>);
template <class Value>
inline constexpr bool is_in_rows<void, Value> = false;

/// The argument with its rows copied into a matrix, if it is in rows; else as it is.
template <class Variable, class Value>
CHAINRULE_INLINE constexpr auto row_by_row(const binding<Variable, Value> &given) {
  using plain = std::remove_cvref_t<Value>;
  if constexpr (is_in_rows<matrix_variable<binding<Variable, Value>>, plain>) {
    constexpr shape of = record<Variable>.shape;
    matrix<typename elements_of<plain>::type, of.rows, of.columns> result{};
    if constexpr (is_copied<plain>) {
      for (int i = 0; i < of.rows; ++i)
        for (int j = 0; j < of.columns; ++j)
          result(i, j) = given.value(i, j);
    } else {
      constexpr std::size_t wide = elements_of<plain>::in_a_row;
      for (std::size_t i = 0; i < result.size(); ++i)
        result.values[i] = std::data(std::data(given.value)[i / wide])[i % wide];
    }
    return binding<Variable, decltype(result)>{result};
  } else {
    return given;
  }
}

/// The elements as a matrix, whole numbers as double.
template <class Variable, class T, std::size_t Size>
constexpr auto bound_to_list(const T (&elements)[Size]) {
  constexpr shape of = record<Variable>.shape;
  constexpr bool fits = Size == size_of<Variable>;
  using value = matrix<typename choose_type<std::is_integral_v<T>>::template of<double, T>,
                       fits ? of.rows : static_cast<int>(Size), fits ? of.columns : 1>;
  value result{};
  for (std::size_t i = 0; i < Size; ++i)
    result.values[i] = static_cast<typename value::value_type>(elements[i]);
  return binding<Variable, value>{result};
}
template <class Variable, class T, std::size_t Rows, std::size_t Columns>
constexpr auto bound_to_list(const T (&elements)[Rows][Columns]) {
  using value = matrix<typename choose_type<std::is_integral_v<T>>::template of<double, T>,
                       static_cast<int>(Rows), static_cast<int>(Columns)>;
  value result{};
  for (std::size_t i = 0; i < value::size(); ++i)
    result.values[i] = static_cast<typename value::value_type>(elements[i / Columns][i % Columns]);
  return binding<Variable, value>{result};
}

} // namespace chainrule::detail
