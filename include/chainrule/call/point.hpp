// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A point, `at(w1 = 0.25, x = 0.63)`: values for variables, kept to be handed to calls as one
// argument, `step(p, y = 1.0)`, read and changed by name.
// Read next: arguments.hpp.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <chainrule/call/values.hpp>
#include <chainrule/expression/by_variable.hpp>

namespace chainrule {

namespace detail {

/// A binding at its place in a point.
template <std::size_t Place, class Binding>
struct placed_binding {
  Binding bound;
};

template <std::size_t Place, class Binding>
CHAINRULE_INLINE constexpr Binding &bound_at(placed_binding<Place, Binding> &point) {
  return point.bound;
}
template <std::size_t Place, class Binding>
CHAINRULE_INLINE constexpr const Binding &bound_at(const placed_binding<Place, Binding> &point) {
  return point.bound;
}

/// All of them. Not a std::tuple, whose checks of constructors grow with the square of their
/// number: of at(...) with 200 values they took g++ 3.5 of 4 s.
template <class Places, class... Bindings>
struct placed_bindings;

template <std::size_t... Place, class... Bindings>
struct placed_bindings<std::index_sequence<Place...>, Bindings...>
    : placed_binding<Place, Bindings>... {};

/// Values for variables, `at(w1 = 0.25, x = 0.63)`. They can be changed: `p[w1] -= 0.1`.
template <class... Bindings>
struct point {
  placed_bindings<std::index_sequence_for<Bindings...>, Bindings...> values;

  template <class Variable>
  constexpr auto &operator[](const Variable &) & {
    if constexpr (is_key<Variable>())
      return bound_at<place<Variable>()>(values).value;
    else
      return misread<Variable>;
  }
  template <class Variable>
  constexpr decltype(auto) operator[](const Variable &) const & {
    if constexpr (is_key<Variable>())
      return (bound_at<place<Variable>()>(values).value);
    else
      return mistaken{};
  }
  /// Of a temporary, which a reference would outlive, `at(W = weights)[W]`.
  template <class Variable>
  constexpr auto operator[](const Variable &which) const && {
    return (*this)[which];
  }

  /// call(others..., x = p[x], ...), which step(p, ...) is.
  template <class... Others>
  CHAINRULE_INLINE constexpr auto open(const auto &call, const Others &...others) const {
    return open(call, std::index_sequence_for<Bindings...>{}, others...);
  }

private:
  template <std::size_t... I, class... Others>
  CHAINRULE_INLINE constexpr auto open(const auto &call, std::index_sequence<I...>,
                                       const Others &...others) const {
    return call(others..., bound_at<I>(values)...);
  }

  template <expression Variable>
  static constexpr std::size_t place() {
    constexpr int found = keys<typename Bindings::variable_type...>::place_of(record<Variable>);
    static_assert(found >= 0, "p[h]: the point has no value for h; name it in at(..., h = 0.5)");
    return found < 0 ? 0 : static_cast<std::size_t>(found);
  }
};

/// What a point keeps of a value for a variable: an array, which cannot be copied as it is, as a
/// matrix of the variable's shape if it has as many elements, and so the elements that a view sees
/// or a pointer points to.
template <class Variable, class T, int Rows, int Columns>
CHAINRULE_INLINE constexpr auto kept(const matrix_view<T, Rows, Columns> &view) {
  matrix<std::remove_const_t<T>, Rows, Columns> result{};
  for (std::size_t i = 0; i < view.size(); ++i)
    result.values[i] = view.data()[i];
  return result;
}
template <class Variable, class Value>
CHAINRULE_INLINE constexpr auto kept(const Value &value) {
  if constexpr (std::is_pointer_v<Value>) {
    constexpr shape of = record<Variable>.shape;
    matrix<typename elements_of<Value>::type, of.rows, of.columns> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result.values[i] = value[i];
    return result;
  } else if constexpr (std::rank_v<Value> == 0) {
    return value;
  } else {
    constexpr shape of = record<Variable>.shape;
    constexpr bool is_flat = std::rank_v<Value> == 1;
    constexpr bool is_whole = is_flat && std::extent_v<Value> == size_of<Variable>;
    constexpr int rows = is_whole ? of.rows : std::extent_v<Value>,
                  columns = is_whole  ? of.columns
                            : is_flat ? 1
                                      : std::extent_v<Value, 1>;
    matrix<std::remove_const_t<typename elements_of<Value>::type>, rows, columns> result{};
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j)
        if constexpr (is_flat)
          result(i, j) = value[i * columns + j];
        else
          result(i, j) = value[i][j];
    return result;
  }
}

template <class T>
inline constexpr bool is_point = false;
template <class... Bindings>
inline constexpr bool is_point<point<Bindings...>> = true;

template <class... T>
inline constexpr bool are_numbers = all_of({std::is_arithmetic_v<math::lane<T>>...});
template <class Argument>
inline constexpr bool is_of_numbers = false;
template <class Argument>
  requires requires { typename element_type<Argument>; }
inline constexpr bool is_of_numbers<Argument> = are_numbers<element_type<Argument>>;
template <class... Bindings>
inline constexpr bool is_of_numbers<point<Bindings...>> = are_numbers<element_type<Bindings>...>;

/// Whether arguments are numbers of the language, or lanes of them: these throw nothing.
template <class... Arguments>
constexpr bool are_of_numbers() {
  if constexpr (requires { are_numbers<element_type<Arguments>...>; })
    return are_numbers<element_type<Arguments>...>;
  else
    return all_of({is_of_numbers<Arguments>...});
}

/// The call with the bindings that points hold in the place of the points; there is one at least.
template <class Call, class First, class... Rest>
CHAINRULE_INLINE constexpr auto with_points_opened(const Call &call, const First &first,
                                                   const Rest &...rest) {
  if constexpr (is_point<First>)
    return first.open(call, rest...);
  else
    return with_points_opened(call, rest..., first);
}

/// Makes a point of bindings.
struct point_of {
  template <class... Bindings>
  CHAINRULE_INLINE constexpr auto operator()(const Bindings &...bindings) const {
    return at(bindings...);
  }
};

} // namespace detail

/// Values by variable, at(w1 = 0.25, x = 0.63), which a call takes as they are, step(p) or step(p,
/// y = 1.0), and which can be changed, p[w1] -= 0.1.
template <class... Variables, class... Values>
[[nodiscard]] CHAINRULE_INLINE constexpr auto at(binding<Variables, Values>... bindings) {
  return detail::point<binding<Variables, decltype(detail::kept<Variables>(bindings.value))>...>{
      {{{detail::kept<Variables>(bindings.value)}}...}};
}

/// The same with the values of a pack of parameters or of another point, at(pack, x = 0.63).
template <class... Arguments>
  requires(detail::any_of({detail::is_point<Arguments>...}))
[[nodiscard]] CHAINRULE_INLINE constexpr auto at(const Arguments &...arguments) {
  return detail::with_points_opened(detail::point_of{}, arguments...);
}

} // namespace chainrule
