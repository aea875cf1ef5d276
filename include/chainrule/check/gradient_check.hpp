// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// gradient_is_right(f, at(...)): the compiled gradient against the slopes of traced numbers that
// run through the formula as it was written, without graph, rewrite or derivative rule. In a
// static_assert or at run time, in double.
// Read next: cost.hpp.
#pragma once

#include <chainrule/check/traced_formula.hpp>
#include <chainrule/evaluate/compile.hpp>

namespace chainrule {
namespace detail {

/// Appends the values of a variable.
template <class Variable, class Value>
constexpr void append_values(list<double> &values, const binding<Variable, Value> &given) {
  const auto append = [&values](const double *first) {
    for (int i = 0; i < record<Variable>.of.size(); ++i)
      values.push(first[i]);
  };
  if constexpr (std::same_as<Value, double>)
    append(&given.value);
  else if constexpr (!std::same_as<element_type<binding<Variable, Value>>, double>)
    return; // the call says what is wrong
  else if constexpr (is_in_rows<Variable, Value>)
    append(row_by_row(given).value.data());
  else
    append(elements_of<Value>::first(given.value));
}

/// Whether a matrix of other numbers than double has the shape of the variable, as far as its type
/// tells.
template <class Variable, class Value>
constexpr bool can_be_converted() {
  using given = elements_of<Value>;
  return std::is_arithmetic_v<typename given::type> &&
         !std::same_as<typename given::type, double> && given::in_a_row > 0 &&
         (given::count == size_of<Variable> ||
          (given::count == 0 && !is_in_rows<Variable, Value>)) &&
         have_equal_rows(record<Variable>.of, shape_told<Value>);
}

/// The value in double. What does not fit the variable stays, and the call says what is wrong.
template <class Variable, class Value>
constexpr auto in_double(const binding<Variable, Value> &given) {
  using type = element_type<binding<Variable, Value>>;
  type unused{};
  if constexpr (record<Variable>.of.is_scalar() && std::is_constructible_v<double, type>) {
    const type *const number = place_of<type, void>(given.value, unused);
    return binding<Variable, double>{static_cast<double>(*number)};
  } else if constexpr (record<Variable>.of.is_scalar() || !can_be_converted<Variable, Value>()) {
    return given;
  } else {
    const auto rows = row_by_row(given);
    const type *const from = place_of<type, Variable>(rows.value, unused);
    matrix<double, record<Variable>.of.rows, record<Variable>.of.columns> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result.values[i] = static_cast<double>(from[i]);
    return binding<Variable, decltype(result)>{result};
  }
}

/// Whether the slopes that a compiled gradient yields are those of the formula.
template <class Step, class Formula, class... Bindings>
constexpr bool slopes_agree(double tolerance, const Bindings &...given) {
  const auto slope = Step{}(given...);
  list<double> inputs;
  (void)std::initializer_list<int>{(append_values(inputs, given), 0)...};
  math::trace home{inputs.size, {}};
  const math::traced value = traced_value<Formula>(inputs.items, home);
  const list<math::traced_slope> expected = math::slopes_of(value, home);
  for (int i = 0; i < inputs.size; ++i) {
    const double found = slope.values[i];
    const math::traced_slope &wanted = expected.items[i];
    if (!math::in_range(found) || !math::in_range(wanted.magnitude) ||
        math::abs(math::bounded_sum(found, -wanted.value)) > tolerance * wanted.magnitude)
      return false;
  }
  return true;
}

template <class Function>
constexpr bool contains_partial() {
  bool result = false;
  visit_parts(std::array{&record<Function>}, [&](const expression_record &part) {
    result = result || *part.operation == operation_record_of<partial_operation>::value;
  });
  return result;
}

} // namespace detail

/// Whether the gradient with respect to every variable agrees with forward mode at the point:
/// |difference| <= tolerance * (sum of the magnitudes that forward mode adds up). A point where
/// the formula as written overflows or cancels is no point to check at: the formula is wrong
/// there, and the gradient, taken of the stable form, is not.
template <expression Function, class... Variables, class... Values>
[[nodiscard]] constexpr bool
gradient_is_right(Function function, const detail::point<binding<Variables, Values>...> &where,
                  double tolerance = 1e-12) {
  constexpr bool can_be_checked = !detail::contains_partial<Function>();
  static_assert(can_be_checked, "gradient_is_right(f, at(...)): f contains partial(...), which "
                                "cannot be run as it is written; check the function that is "
                                "differentiated there");
  using keys = detail::keys<Variables...>;
  using slope_of = decltype(gradient(function, Variables{}...));
  using step = decltype(compile(slope_of{}));
  if constexpr (can_be_checked && std::same_as<slope_of, gradient_of<Function, keys>>)
    if constexpr (detail::are_arguments<typename step::program, binding<Variables, Values>...>() &&
                  detail::traced_formula<Function, keys>::has_rules)
      return where.open([tolerance](const auto &...given) {
        return detail::slopes_agree<step, detail::traced_formula<Function, keys>>(
            tolerance, detail::in_double(given)...);
      });
  return true; // the one error is said; false would add that of a static_assert
}

/// The same at values given directly, gradient_is_right(f, w = 0.25, x = 0.63), or by a pack of
/// parameters.
template <expression Function, class... Given>
  requires(... && (detail::is_binding<Given>::value || detail::is_point<Given>))
[[nodiscard]] constexpr bool gradient_is_right(Function function, const Given &...where) {
  return gradient_is_right(function, at(where...));
}

} // namespace chainrule
