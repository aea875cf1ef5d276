// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices of derivatives, and their products with a direction, which cost no more than a few
// times the function: jacobian_times, times_jacobian, hessian_times, gauss_newton_times. A large
// jacobian or hessian is a loop of such products.
// Read next: program/parts.hpp.
#pragma once

#include <chainrule/derivative/partial.hpp>
#include <chainrule/operation/fold.hpp>
#include <chainrule/operation/one_hot.hpp>

namespace chainrule {
namespace detail {

/// The elements of several parts, one after the other.
template <class... Parts>
inline constexpr int size_of_parts = [] {
  int result = 0;
  for (const int each : {record<Parts>.shape.size()...})
    result += each;
  return result;
}();

/// Whether derivatives of a function by these parts can be taken; where not, it is said.
template <class Function, class... Parts>
constexpr bool can_be_differentiated() {
  if constexpr (!are_expressions<Function, Parts...>()) {
    return false;
  } else {
    return check_parts<Function, Parts...>() && has_derivatives<Function, Parts...>();
  }
}

/// Says that a direction is a number, which a formula cannot have.
template <class Direction>
constexpr bool is_direction_expression() {
  constexpr bool is_one = expression<Direction>;
  static_assert(is_one || takes<partial_operation, Direction>,
                "jacobian_times(f, v, x), times_jacobian(u, f, x), hessian_times(f, v, x), "
                "gauss_newton_times(f, v, x): v, or u, is no expression, but of the type in this "
                "message; a direction that only the run knows is a variable in the shape of x, or "
                "of f, and a constant is 1_c");
  return is_one;
}

/// Says that a direction has another shape than what it is a direction of.
template <class Direction, class Of>
constexpr bool check_direction() {
  constexpr bool fits = record<Direction>.shape == record<Of>.shape;
  static_assert(
      fits || any_mistaken<Direction, Of> || shapes_fit<shape_named<Direction>, shape_named<Of>>,
      "jacobian_times(f, v, x), times_jacobian(u, f, x), hessian_times(f, v, x): v has the "
      "shape of x and u that of f; of several parts v is a column with the elements of "
      "all, as stack(x, y); both shapes are named in this message");
  return fits;
}

/// A direction that is given as a column with the elements of all parts, or as one part.
template <class Column>
struct given_direction {
  template <int First, class Part>
  static constexpr auto of() {
    constexpr shape to = record<Part>.shape;
    if constexpr (record<Column>.shape == to)
      return Column{};
    else
      return reshape<to.rows, to.columns>(rows_of<First, to.size()>(Column{}));
  }
};
/// That of the element with a number.
template <class Number>
struct unit_direction {
  template <int First, class Part>
  static constexpr auto of() {
    constexpr shape to = record<Part>.shape;
    return reshape<to.rows, to.columns>(one_hot<to.size()>(Number{} - literal<First>{}));
  }
};

/// In a loop over directions, the number of one, and that direction.
using direction_number = variable<"(direction)">;
using direction_here = unit_direction<direction_number>;

/// What a formula of that number is for each of `Count`, beside each other.
template <int Count, class Body>
constexpr auto for_each_direction(Body body) {
  return map_columns(body, direction_number{} = step_indices<Count>);
}

/// How a number changes in a direction, where the first of these parts has the elements from
/// `First` on.
template <int First, class Direction, class Value, class Part, class... Rest>
constexpr auto change_along(Value value, Part part, Rest... rest) {
  const auto by_part =
      dot(construct<partial_operation>(value, part), Direction::template of<First, Part>());
  if constexpr (sizeof...(Rest) == 0)
    return by_part;
  else
    return by_part + change_along<First + record<Part>.shape.size(), Direction>(value, rest...);
}

/// What a function is multiplied by from the left. A product that is linear in it has a derivative
/// by it in which it does not stand.
template <class Function>
using left_factor = variable<"(left)", record<Function>.shape.rows, record<Function>.shape.columns>;

/// Of f(value), in which the value is held fixed while it is differentiated by the parts.
template <class Value, class... Parts, class F>
constexpr auto with_held(Value value, F f) {
  if constexpr (any_of({occurs(record<Parts>, record<Value>)...})) {
    constexpr variable<"(held)", record<Value>.shape.rows, record<Value>.shape.columns> held;
    return map_columns(f(held), held = value); // of one column, or block of columns
  } else {
    return f(value);
  }
}

/// Parts in one row, or in one column, element by element.
template <class... Parts>
constexpr auto in_a_row(Parts... parts) {
  if constexpr (sizeof...(Parts) == 1)
    return (..., reshape<1, record<Parts>.shape.size()>(parts));
  else
    return joined<along::columns>(reshape<1, record<Parts>.shape.size()>(parts)...);
}
template <class... Parts>
constexpr auto in_a_column(Parts... parts) {
  if constexpr (sizeof...(Parts) == 1)
    return (..., parts); // as it is
  else
    return joined<along::rows>(reshape<record<Parts>.shape.size(), 1>(parts)...);
}

template <class Direction, class Function, class... Parts>
constexpr auto derivative_along(Function function, Parts... parts) {
  constexpr left_factor<Function> left;
  return construct<partial_operation>(change_along<0, Direction>(dot(left, function), parts...),
                                      left);
}

/// Whether v is a direction of these parts.
template <class Direction, class... Parts>
constexpr bool is_direction() {
  if constexpr (sizeof...(Parts) == 1)
    return check_direction<Direction, Parts...>();
  else
    return check_direction<Direction, variable<"all", size_of_parts<Parts...>>>();
}

} // namespace detail

/// J v, the derivative of f in the direction v: one sweep forward. Shape: v that of x, or of
/// several parts a column of all their elements; the result that of f.
template <class Function, class Direction, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto jacobian_times(Function function, Direction, Parts... parts) {
  if constexpr (!detail::can_be_differentiated<Function, Parts...>() ||
                !detail::is_direction_expression<Direction>()) {
    return detail::mistaken{};
  } else {
    if constexpr (detail::is_direction<Direction, Parts...>())
      return detail::derivative_along<detail::given_direction<Direction>>(function, parts...);
    else
      return detail::mistaken{};
  }
}

/// u^T J, what flows back to x where u flows into f: one sweep back. Shape: u that of f; the result
/// that of x, or of several parts a column of all their elements.
template <class Left, class Function, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto times_jacobian(Left left, Function function, Parts... parts) {
  if constexpr (!detail::can_be_differentiated<Function, Parts...>() ||
                !detail::is_direction_expression<Left>()) {
    return detail::mistaken{};
  } else {
    if constexpr (detail::check_direction<Left, Function>())
      return detail::with_held<Left, Parts...>(left, [&](auto held) {
        return detail::in_a_column(
            detail::construct<partial_operation>(dot(held, function), parts)...);
      });
    else
      return detail::mistaken{};
  }
}

/// H v of a scalar f, at a few times the cost of f, however many elements there are. Shape: v and
/// the result that of x, or of several parts a column of all their elements.
template <class Function, class Direction, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto hessian_times(Function function, Direction v, Parts... parts) {
  if constexpr (!detail::can_be_differentiated<Function, Parts...>() ||
                !detail::is_direction_expression<Direction>()) {
    return detail::mistaken{};
  } else {
    if constexpr (!detail::is_scalar<Function>())
      return detail::mistaken{}; // NOLINT(bugprone-branch-clone)
    else if constexpr (detail::is_direction<Direction, Parts...>())
      return detail::with_held<Direction, Parts...>(v, [&](auto held) {
        const auto change =
            detail::change_along<0, detail::given_direction<decltype(held)>>(function, parts...);
        return detail::in_a_column(partial(change, parts)...);
      });
    else
      return detail::mistaken{};
  }
}

/// J^T J v, the Hessian of squared_norm(f) / 2 without second derivatives of f, times v. Shape: v
/// and the result that of x, or of several parts a column of all their elements.
template <class Function, class Direction, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto gauss_newton_times(Function function, Direction v, Parts... parts) {
  return times_jacobian(jacobian_times(function, v, parts...), function, parts...);
}

/// A matrix of derivatives as it is written out, which is its value, and of what it is: functions,
/// and as many parts or more by which they are differentiated.
template <bool IsHessian>
struct derivatives_operation : operation {
  static constexpr std::string_view name = IsHessian ? "hessian"sv : "jacobian"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return all.items[0].shape;
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    symbols result{d};
    while (result.size < all.size)
      result.push({});
    return result;
  }
  static constexpr symbol simplified(const symbols &all) { return all.items[0]; }
  static constexpr symbol definition(const symbols &all) { return all.items[0]; }
  template <detail::extent Matrix, detail::extent... Others, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *matrix, const auto *...) {
    detail::copied(out, Matrix.shape.columns, matrix, Matrix.shape);
  }
};

namespace detail {

template <bool IsHessian>
constexpr bool are_derivatives(const expression_record &matrix) {
  return matrix.operation->fingerprint ==
         operation_record_of<derivatives_operation<IsHessian>>::fingerprint;
}

/// The derivatives of one element by all elements of several parts, as a row.
template <int Row, expression Function, class... Parts>
constexpr auto jacobian_row(Function function, Parts... parts) {
  constexpr shape of = record<Function>.shape;
  const auto element = element_of<Row / of.columns, Row % of.columns>(function);
  return in_a_row(construct<partial_operation>(element, parts)...);
}

/// How a jacobian is computed. A sweep back for each row or one forward for each column, one after
/// another, is the shortest code, since each of them knows what of it is 0, and the dearest to
/// compile: 51 rows of a network take five times as long as 100 layers. In a loop over rows or
/// columns the compiler sees one.
enum class jacobian_way { rows, columns, loop_over_rows, loop_over_columns };

constexpr jacobian_way way_of_jacobian(int rows, int columns) {
  constexpr int most_sweeps = 32;
  const bool is_forward = 2 * columns < rows; // a sweep forward is made of two back
  if ((is_forward ? columns : rows) > most_sweeps)
    return is_forward ? jacobian_way::loop_over_columns : jacobian_way::loop_over_rows;
  return is_forward && rows > most_sweeps ? jacobian_way::columns : jacobian_way::rows;
}

/// Rows one below the other.
constexpr auto stacked(auto... rows) {
  if constexpr (sizeof...(rows) == 1)
    return (..., rows);
  else
    return stack(rows...);
}

template <class Function, class... Parts>
constexpr auto jacobian_of(Function function, Parts... parts) {
  constexpr int rows = record<Function>.shape.size(), columns = size_of_parts<Parts...>;
  constexpr jacobian_way way = way_of_jacobian(rows, columns);
  if constexpr (way == jacobian_way::rows) {
    return [&]<int... Row>(std::integer_sequence<int, Row...>) {
      return stacked(jacobian_row<Row>(function, parts...)...);
    }
    (std::make_integer_sequence<int, rows>{});
  } else if constexpr (way == jacobian_way::columns) {
    return [&]<int... Column>(std::integer_sequence<int, Column...>) {
      const auto column = [&](auto number) {
        return reshape<rows, 1>(
            derivative_along<unit_direction<decltype(number)>>(function, parts...));
      };
      if constexpr (sizeof...(Column) == 1)
        return column(literal<0>{});
      else
        return beside(column(literal<Column>{})...);
    }
    (std::make_integer_sequence<int, columns>{});
  } else if constexpr (way == jacobian_way::loop_over_rows) {
    const auto left = direction_here::of<0, Function>();
    const auto row = in_a_row(construct<partial_operation>(dot(left, function), parts)...);
    return reshape<rows, columns>(for_each_direction<rows>(row));
  } else {
    return for_each_direction<columns>(
        reshape<rows, 1>(derivative_along<direction_here>(function, parts...)));
  }
}

template <int Place, class Part>
struct part_at {};
template <class Places, class... Parts>
struct parts_by_place;
template <int... Place, class... Parts>
struct parts_by_place<std::integer_sequence<int, Place...>, Parts...> : part_at<Place, Parts>... {};
template <int Place, class Part>
constexpr Part part_in(part_at<Place, Part>) {
  return {};
}

/// The element of a Hessian by variables that are numbers: on both sides of the diagonal it is one.
/// By a part of f and a variable in it the order counts.
template <int I, int J, class Function, class... Parts>
constexpr auto second_derivative(Function function, Parts...) {
  constexpr parts_by_place<std::make_integer_sequence<int, sizeof...(Parts)>, Parts...> by;
  return partial(partial(function, part_in<(I < J ? I : J)>(by)), part_in<(I < J ? J : I)>(by));
}
template <int Row, class Function, class... Parts>
constexpr auto hessian_row(Function function, Parts... parts) {
  return [&]<int... Column>(std::integer_sequence<int, Column...>) {
    return in_a_row(second_derivative<Row, Column>(function, parts...)...);
  }
  (std::make_integer_sequence<int, sizeof...(Parts)>{});
}

template <class Function, class... Parts>
constexpr auto hessian_of(Function function, Parts... parts) {
  constexpr int all = size_of_parts<Parts...>;
  if constexpr (way_of_jacobian(all, all) == jacobian_way::loop_over_rows) {
    const auto change = change_along<0, direction_here>(function, parts...);
    const auto row = in_a_row(partial(change, parts)...);
    return reshape<all, all>(for_each_direction<all>(row));
  } else if constexpr (sizeof...(Parts) < all ||
                       !all_of({*record<Parts>.operation == variable_record...})) {
    return stacked(jacobian_of(partial(function, parts), parts...)...);
  } else {
    return [&]<int... Row>(std::integer_sequence<int, Row...>) {
      return stacked(hessian_row<Row>(function, parts...)...);
    }
    (std::make_integer_sequence<int, all>{});
  }
}

} // namespace detail

/// The derivatives of all elements of f by all elements of x, y, ..., both counted row by row: one
/// sweep for each row or each column, whichever are fewer, in a loop if more than 32. Shape: a row
/// for each element of f, a column for each of x, y, ...
template <class Function, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto jacobian(Function function, Parts... parts) {
  if constexpr (detail::can_be_differentiated<Function, Parts...>())
    return detail::construct<derivatives_operation<false>>(detail::jacobian_of(function, parts...),
                                                           function, parts...);
  else
    return detail::mistaken{};
}

/// The second derivatives of a scalar f by all elements of x, y, ...: hessian(f, x, y) has the rows
/// (f_xx, f_xy) and (f_yx, f_yy). Shape: a row and a column for each element of x, y, ...
template <class Function, class... Parts>
  requires(sizeof...(Parts) > 0)
[[nodiscard]] constexpr auto hessian(Function function, Parts... parts) {
  if constexpr (!detail::can_be_differentiated<Function, Parts...>()) {
    return detail::mistaken{}; // NOLINT(bugprone-branch-clone)
  } else {
    if constexpr (detail::is_scalar<Function>())
      return detail::construct<derivatives_operation<true>>(detail::hessian_of(function, parts...),
                                                            partial(function, parts)..., parts...);
    else
      return detail::mistaken{};
  }
}

// Of fewer operands.

CHAINRULE_OF_PARTS(jacobian_times, 3)
CHAINRULE_OF_PARTS(times_jacobian, 3)
CHAINRULE_OF_PARTS(hessian_times, 3)
CHAINRULE_OF_PARTS(gauss_newton_times, 3)
CHAINRULE_OF_PARTS(jacobian, 2)
CHAINRULE_OF_PARTS(hessian, 2)

} // namespace chainrule
