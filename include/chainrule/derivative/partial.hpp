// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// partial(f, x): the derivative of f with respect to a variable or to any part of f. It is an
// expression like any other, formal until the network is lowered: it can be differentiated again,
// printed, compared and compiled. Where x is a part of f, f is taken as a function of x with
// everything else held fixed. gradient(f, a, b, ...): these derivatives together, looked up by
// variable, gradient(f, a, b)[a].
// Read next: jacobian.hpp.
#pragma once

#include <chainrule/expression/by_variable.hpp>
#include <chainrule/operation/recurrence.hpp>

namespace chainrule {

/// The formal derivative of the first operand with respect to the second.
struct partial_operation : operation {
  static constexpr std::string_view name = "partial"sv;
  static constexpr int arity = 2;
  static constexpr bool is_derivative = true;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &x) {
    return x.shape;
  }
};

namespace detail {

/// Whether part stands anywhere in whole. What depends on the variables of a recurrence's body is
/// another value in each step, and no part of it.
constexpr bool occurs(const expression_record &part, const expression_record &whole) {
  bool result = false;
  visit_parts(
      std::array{&whole}, [&](const expression_record &here) { result = result || here == part; },
      [&](const expression_record &here, int operand) {
        if (!is_recurrence(here) || recurrence_layout{here}.is_value(operand))
          return true;
        const recurrence_layout layout{here};
        for (int i = 0; i < layout.places(); ++i)
          if (occurs(*here.operands[layout.variable(i)], part))
            return false;
        return true;
      });
  return result;
}

/// Whether f may be differentiated with respect to x: a variable, or a part of f, which a constant
/// is not.
constexpr bool is_part(const expression_record &part, const expression_record &function) {
  return *part.operation == variable_record || (part.operand_count > 0 && occurs(part, function));
}

/// Whether a variable is in a function only what the body of a recurrence calls a state or an
/// input, by which there is no derivative.
constexpr bool is_only_bound(const expression_record &part, const expression_record &function) {
  if (!function.holds_loops || !(*part.operation == variable_record) || occurs(part, function))
    return false;
  bool result = false;
  visit_parts(std::array{&function},
              [&](const expression_record &here) { result = result || here == part; });
  return result;
}

/// Whether the library has all derivatives that are needed for it. Defined in program/lower.hpp.
constexpr bool is_carried_out(const expression_record &derivative);

template <class Function, class Part>
inline constexpr bool
    has_partial = is_carried_out(record<apply<partial_operation, Function, Part>>);

/// Says that a derivative of f is one too many.
template <expression Function, class... Parts>
constexpr bool has_derivatives() {
  if constexpr (record<Function>.derivatives > 0) {
    return true;
  } else {
    constexpr bool all = all_of({has_partial<Function, Parts>...});
    static_assert(all, "partial(f, x), gradient(f, x): this derivative needs one more than the "
                       "library has of a function in f; it has three of lgamma, two of digamma and "
                       "one of trigamma");
    return all;
  }
}

/// Says that f cannot be differentiated with respect to something.
template <expression Function, class... Parts>
constexpr bool check_parts() {
  constexpr bool all = all_of({is_part(record<Parts>, record<Function>)...});
  static_assert(
      all, "partial(f, h): h is neither a variable nor a part of f, so that f has no "
           "derivative with respect to it; use the object h from which f was built; what changes "
           "from step to step of a recurrence is no part of that");
  static_assert(
      all_of({!is_only_bound(record<Parts>, record<Function>)...}) ||
          takes<partial_operation, Parts...>,
      "partial(f, h): h is a state or an input of a recurrence in f, another value in each step; "
      "differentiate by what it begins with, h0 of fold(..., h = h0), or by the matrix that it is "
      "a "
      "column of, X of u = X");
  return all;
}

/// Whether f is a scalar, of which a gradient can be taken.
template <expression Function>
constexpr bool is_scalar() {
  constexpr bool one = record<Function>.shape.is_scalar();
  static_assert(one || any_mistaken<Function> || shapes_fit<shape_named<Function>>,
                "partial(f, x), gradient(f, x): f is a matrix (its shape is named in this message) "
                "and has no gradient; take that of a scalar, as of sum(f) or f's squared_norm, or "
                "jacobian(f, x)");
  return one;
}

template <class... Given>
constexpr bool are_expressions() {
  constexpr bool all = all_of({expression<Given>...});
  static_assert(all, "partial(f, x), gradient(f, a, b): f and what it is differentiated by are "
                     "expressions; a second derivative is partial(partial(f, a), b) or "
                     "gradient(partial(f, a), a, b)");
  return all && !any_mistaken<Given...>;
}

/// A model has a gradient of its own, train/layers.hpp.
template <class T>
inline constexpr bool is_model = requires {
  typename T::model_tag;
};

/// Whether gradient(f, parts...) can be taken; where not, it is said.
template <class Function, class... Parts>
constexpr bool has_gradient() {
  if constexpr (are_expressions<Function, Parts...>() && sizeof...(Parts) > 0)
    return is_scalar<Function>() && has_derivatives<Function, Parts...>() &&
           check_parts<Function, Parts...>();
  else
    return false;
}

} // namespace detail

/// df/dx as an expression; x is a variable, or a part of f, written as it stands in f. Shape: that
/// of x; f is a number.
template <class Function, class Part>
[[nodiscard]] constexpr auto partial(Function, Part) {
  if constexpr (detail::has_gradient<Function, Part>())
    return detail::construct<partial_operation>(Function{}, Part{});
  else
    return detail::mistaken{};
}

/// Of another number of operands, which is a mistake.
template <class... Given>
  requires(sizeof...(Given) != 2)
constexpr auto partial(const Given &...) {
  static_assert(
      sizeof...(Given) == 2,
      "partial(f), partial(f, a, b): f is differentiated with respect to one variable or "
      "part, partial(f, x); with respect to several it is gradient(f, a, b), and a second "
      "derivative is partial(partial(f, a), b)");
  return detail::mistaken{};
}

/// The derivatives of a function with respect to several of its variables or parts.
template <expression Function, class Parts>
struct gradient_of : by_variable<gradient_of<Function, Parts>, Parts> {
  template <int Place>
  constexpr auto get() const {
    return partial(Function{}, typename Parts::template at<Place>{});
  }
};

/// All of df/da, df/db, ... as expressions, looked up by a, b, ...; compile() computes them in one
/// sweep. Shape: those of a, b, ...; f is a number.
template <class Function, class... Parts>
  requires(!detail::any_of({detail::is_model<Parts>...}))
[[nodiscard]] constexpr auto gradient(Function, Parts...) {
  static_assert(sizeof...(Parts) > 0, "gradient(f): name the variables with respect to which f is "
                                      "differentiated, as in gradient(f, w1, w2)");
  if constexpr (sizeof...(Parts) == 0)
    return gradient_of<detail::mistaken, detail::keys<variable<"x">>>{};
  else if constexpr (detail::has_gradient<Function, Parts...>())
    return gradient_of<Function, detail::keys<Parts...>>{};
  else if constexpr (detail::all_of({true, expression<Parts>...}) &&
                     !detail::any_mistaken<Parts...>)
    return gradient_of<detail::mistaken, detail::keys<Parts...>>{};
  else
    return gradient_of<detail::mistaken, detail::keys<variable<"x">>>{};
}

// Of nothing.

CHAINRULE_OF_PARTS(gradient, 2)

} // namespace chainrule
