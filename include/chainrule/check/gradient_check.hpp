// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// gradient_is_right(f, at(...)): the compiled gradient against the slopes of traced numbers that
// run through the formula as it was written, without graph, rewrite or derivative rule. In a
// static_assert or at run time, in double.
// Read next: estimate.hpp.
#pragma once

#include <chainrule/call/compile.hpp>
#include <chainrule/check/traced_formula.hpp>

namespace chainrule {
namespace detail {

/// Inlined always, as the call is: see math/flags.hpp.
CHAINRULE_INLINE constexpr void append_inputs(list<math::traced> &inputs, const double *values,
                                              int count, math::trace &home) {
  for (int i = 0; i < count; ++i)
    inputs.push({values[i], home});
}

/// The values of a variable as inputs.
template <class Variable, class Value>
CHAINRULE_INLINE constexpr int append_variable(list<math::traced> &inputs,
                                               const binding<Variable, Value> &given,
                                               math::trace &home) {
  constexpr int count = record<Variable>.shape.size();
  if constexpr (std::same_as<Value, double>)
    append_inputs(inputs, &given.value, count, home);
  else if constexpr (!std::same_as<element_type<binding<Variable, Value>>, double>)
    return count; // the call says what is wrong
  else if constexpr (is_in_rows<Variable, Value>)
    append_inputs(inputs, row_by_row(given).value.data(), count, home);
  else
    append_inputs(inputs, elements_of<Value>::first(given.value), count, home);
  return count;
}

/// Whether a matrix of other numbers than double has the shape of the variable, as far as its type
/// tells.
template <class Variable, class Value>
constexpr bool can_be_converted() {
  using given = elements_of<Value>;
  return std::is_arithmetic_v<typename given::type> &&
         !std::same_as<typename given::type, double> && given::in_a_row > 0 &&
         (given::count == size_of<Variable> || given::count == as_many ||
          (given::count == 0 && !is_in_rows<Variable, Value>)) &&
         have_equal_rows(record<Variable>.shape, shape_told<Value>);
}

/// The value in double. What does not fit the variable stays, and the call says what is wrong.
template <class Variable, class Value>
CHAINRULE_INLINE constexpr auto in_double(const binding<Variable, Value> &given) {
  using type = element_type<binding<Variable, Value>>;
  type unused{};
  if constexpr (record<Variable>.shape.is_scalar() && std::is_constructible_v<double, type>) {
    const type *const number = place_of<type, void>(given.value, unused);
    return binding<Variable, double>{static_cast<double>(*number)};
  } else if constexpr (record<Variable>.shape.is_scalar() || !can_be_converted<Variable, Value>()) {
    return given;
  } else {
    const auto rows = row_by_row(given);
    const type *const from = place_of<type, Variable>(rows.value, unused);
    matrix<double, record<Variable>.shape.rows, record<Variable>.shape.columns> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result.values[i] = static_cast<double>(from[i]);
    return binding<Variable, decltype(result)>{result};
  }
}

/// Whether the slopes that a compiled gradient yields are those of the formula.
template <class Step, class Formula>
struct slope_check {
  double tolerance;

  template <class... Bindings>
  CHAINRULE_INLINE constexpr bool operator()(const Bindings &...given) const {
    return of_doubles(in_double(given)...);
  }

private:
  template <class... Bindings>
  CHAINRULE_INLINE constexpr bool of_doubles(const Bindings &...given) const {
    const auto slope = Step{}(given...);
    math::trace home;
    list<math::traced> inputs;
    const int counts[]{append_variable(inputs, given, home)...};
    (void)counts;
    return math::agrees(slope.values, traced_value<Formula>(inputs.items), home, tolerance);
  }
};

} // namespace detail

/// Whether the gradient with respect to every variable agrees with the slopes of the formula at the
/// point: |difference| <= tolerance * (sum of the magnitudes that are added up to the slope). A
/// point where the formula as written overflows or cancels is no point to check at: the formula is
/// wrong there, and the gradient, taken of the stable form, is not.
template <expression Function, class... Variables, class... Values>
[[nodiscard]] CHAINRULE_INLINE constexpr bool
gradient_is_right(Function function, const detail::point<binding<Variables, Values>...> &where,
                  double tolerance = 1e-12) {
  using keys = detail::keys<Variables...>;
  using slope_of = decltype(gradient(function, Variables{}...));
  using step = decltype(compile(slope_of{}));
  if constexpr (std::same_as<slope_of, gradient_of<Function, keys>> &&
                !detail::any_mistaken<Function>)
    if constexpr (detail::are_arguments<typename step::program, binding<Variables, Values>...>()) {
      using formula = detail::traced_formula<Function, keys>;
      static_assert(formula::is_complete,
                    "gradient_is_right(f, at(...)): f contains partial(partial(g, x), h), where h "
                    "is a part of g and held fixed in both derivatives, which cannot be run; check "
                    "partial(g, x), or write h as a variable");
      if constexpr (formula::is_complete && formula::has_rules)
        return where.open(detail::slope_check<step, formula>{tolerance});
    }
  return true; // the one error is said; false would add that of a static_assert
}

/// The same at values given directly, gradient_is_right(f, w = 0.25, x = 0.63), or by a pack of
/// parameters.
template <expression Function, class... Given>
  requires(... && (detail::is_binding<Given>::value || detail::is_point<Given>))
[[nodiscard]] CHAINRULE_INLINE constexpr bool gradient_is_right(Function function,
                                                                const Given &...where) {
  return gradient_is_right(function, at(where...));
}

/// Of anything else.
template <class... Given>
constexpr bool gradient_is_right(const Given &...) {
  static_assert(sizeof...(Given) == std::size_t(-1),
                "gradient_is_right(f, g, at(x = 0.5)): give the function, of which the gradient by "
                "all variables is checked, and then values, gradient_is_right(f, at(x = 0.5)); a "
                "formula of your own is compared by partial(f, x) == g");
  return true;
}

} // namespace chainrule
