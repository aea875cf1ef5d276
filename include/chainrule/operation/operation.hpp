// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What an operation is: a struct derived from `operation` with its name and arity, its value on
// any scalar, its derivative as a formula, and, where there are any, its rewrites. One definition
// serves networks being written (types), graphs being rewritten (symbols) and programs being run.
//   derivative(x, result)             of one operand; or
//   adjoint(d, a, b, ..., result)     what flows back to each operand when d flows into the result
//   simplified(a, b, ...)             a better node, or {} to leave it
//   definition(a, b, ...)             the same in simpler operations, for proofs and printing
//   code(a, b, ...; a', b', ...)      the same in machine steps of the operands a', b', ...
//   announce(a, b, ...)               before any code(): says what will be computed, for others
//   result_shape(A, B, ...)           where it is not applied element by element: the shape rule
//   element(whole, of)                and how an element of `whole` is made of single ones
// Others ask it further, where it has an answer:
//   squared(a, b, ...)                the square of it, of a root of squares
//   log_of(a, b, ...)                 log of it, from logarithms; where it is positive, or NaN
//   logarithm, complement             rules for log of it and 1 - it, with formula, domain, gain
//   mirrored(x), in_exponentials(x)   for proofs: the operation of -x, and written in exp
//   difference(result, other)         machine steps of result - other, announce_difference(x)
// An operation of any number of operands has arity = any_number; its rules have them as one
// argument, `const symbols &`.
// Read next: arithmetic.hpp.
#pragma once

#include <tuple>
#include <utility>

#include <chainrule/expression/literal.hpp>
#include <chainrule/expression/variable.hpp>
#include <chainrule/lanes/exponential.hpp>
#include <chainrule/math/elementary.hpp>
#include <chainrule/operation/numbers_only.hpp>
#include <chainrule/operation/rules.hpp>

namespace chainrule {

/// The defaults of an operation; a slice overrides what differs.
struct operation {
  static constexpr int arity = 1;
  static constexpr notation written = notation::function;
  static constexpr int precedence = 10;
  static constexpr bool is_commutative = false;
  static constexpr bool may_be_infinite = false;
  static constexpr bool may_overflow = false;
  static constexpr bool is_rectifier = false;
  static constexpr zero_rule zero_if = zero_rule::none;
  static constexpr gating gate = gating::open;
  static constexpr bool is_growing = false;
  static constexpr int families = 0;    // that it is of, beside those that other properties tell
  static constexpr bool is_odd = false; // f(-x) = -f(x)
  static constexpr bool is_transpose = false;
  static constexpr bool is_placement = false; // of all elements, each once; the rest is 0
  static constexpr positivity is_positive = positivity::uncertain;
  static constexpr bool is_linear = false;
  /// Whether rules of rewrite/ speak of it; which, rewrite/rewrite.hpp tells.
  static constexpr bool is_rewritten = false;
  static constexpr bool is_condition = false;
  static constexpr bool by_columns = false; // a column of the result is made of those of operands
  static constexpr int conditions = 0; // how many of the operands are conditions, the first ones
  static constexpr int operations = 1; // for each element; all_operations(extents) are all of them
  static constexpr int exponentials = 0;
  static constexpr int transcendentals = 0;
  static constexpr loop_role role = loop_role::none;
  static constexpr bool is_derivative = false;          // of the first operand
  static constexpr int derivatives = detail::unlimited; // that there are of it
  /// Whether value runs on math::pack as it stands: without ?: and without functions that packs do
  /// not have. Elsewhere a loop over elements calls it for one lane after another.
  static constexpr bool takes_packs = false;
  /// Packs of fewer bytes are computed lane by lane all the same: that is faster there.
  static constexpr int narrowest_pack = 0;

  /// No answer to what others ask.
  struct no_rule {};
  using logarithm = no_rule;
  using complement = no_rule;
  static constexpr symbol mirrored(symbol) { return {}; }
  static constexpr symbol in_exponentials(symbol) { return {}; }
  static constexpr void announce_difference(symbol) {}
  static constexpr symbol difference(symbol, symbol) { return {}; }
};

namespace detail {

template <class T>
concept is_symbol = std::same_as<unqualified<T>, symbol>;

// False, but only once they are known: the compiler prints them with the message.
template <class Operation, class... Operands>
inline constexpr bool takes = false;

/// A bare number inside a network.
template <class Operation, class T>
constexpr auto rejected_number() {
  if constexpr (std::same_as<T, bool>)
    static_assert(
        takes<Operation, T>,
        "select(x == 0_c, a, b): the condition is a bool; a == b is a proof, not a condition, and "
        "a condition compares expressions with <, <=, >, >=, as in x > 0_c");
  else if constexpr (requires { typename T::of_each; })
    static_assert(takes<Operation, T>,
                  "max(X, Y, by_row), dot(X, by_row), X + by_row: by_row and by_column are no "
                  "operands of a formula; they stand behind the one matrix of sum, mean, max, min, "
                  "norm, softmax and their like, max(X, by_row), and behind the two of dot and "
                  "weighted_logsumexp, dot(X, Y, by_row)");
  else if constexpr (requires { typename T::keys; })
    static_assert(takes<Operation, T>,
                  "gradient(f, w) * x: a gradient is values by variable and no expression; take "
                  "one of them, gradient(f, w)[w], which is partial(f, w)");
  else
    static_assert(takes<Operation, T>,
                  "a bare number, whose type is named in this message after the operation that it "
                  "is an operand of, cannot be part of a network, whose formula is a type; write a "
                  "constant as a literal, 1_c - x or max(x, 0.5_c), and make what is known only at "
                  "run time a variable");
  return mistaken{};
}

/// An operand of a network being written, as an expression.
template <class Operation, class T>
constexpr auto as_expression(const T &operand) {
  if constexpr (expression<T>)
    return operand;
  else if constexpr (integral_constant<T>)
    return literal_of<T::value>();
  else
    return rejected_number<Operation, T>();
}

constexpr symbol as_symbol(graph &, symbol operand) { return operand; }
constexpr symbol as_symbol(graph &home, const math::number &operand) {
  return home.constant(operand);
}

template <std::int64_t Numerator, std::int64_t Denominator, int Exponent>
constexpr symbol as_symbol(graph &home, literal<Numerator, Denominator, Exponent>) {
  return home.constant(math::number(Numerator, Denominator, Exponent));
}
/// pi_c, -0.5_c: what is made of constants alone.
template <class Operation, class... Operands>
constexpr symbol as_symbol(graph &home, apply<Operation, Operands...>) {
  constexpr int count = static_cast<int>(sizeof...(Operands));
  const int inputs[sizeof...(Operands) + 1]{as_symbol(home, Operands{}).index...};
  return home.make(operation_record_of<Operation>::value, {inputs, count});
}

constexpr graph *home_of(symbol operand) { return operand.home; }
constexpr graph *home_of(const math::number &) { return nullptr; }
constexpr graph *home_of(const expression_base &) { return nullptr; }
constexpr graph *first_home(std::initializer_list<graph *> all) {
  for (graph *each : all)
    if (each != nullptr)
      return each;
  return nullptr;
}

/// How a message names a shape.
template <int Rows, int Columns>
struct rows_and_columns {};

// False, but only once the shapes are known: the compiler prints them with the message.
template <class... Shapes>
inline constexpr bool shapes_fit = false;

template <expression Operand>
using shape_named = rows_and_columns<record<Operand>.shape.rows, record<Operand>.shape.columns>;

// False, but only once it is known: the compiler prints it with the message.
template <expression Condition>
inline constexpr bool has_a_value = false;

/// Says that a condition is in the place of a value: once, however many operations a function makes
/// of it.
template <expression Condition>
constexpr void refuse_condition() {
  static_assert(has_a_value<Condition>,
                "relu(x > y), 0_c < x < 1_c: an operand (named in this message) is a condition, "
                "which has no value in a formula; two conditions are joined, 0_c < x && x < 1_c, a "
                "choice is written select(x > y, a, b), and 1 where the condition holds is "
                "select(x > y, 1_c, 0_c)");
}

/// Says why there is no Operation(operands...).
template <class Operation, class... Operands>
constexpr void check_operands() {
  constexpr std::size_t wrong = [] { // the first condition in the place of a value
    std::size_t place = 0;
    for (const bool is_condition : {record<Operands>.operation->is_condition...})
      if (!is_condition || place < std::size_t{Operation::conditions})
        ++place;
      else
        break;
    return place;
  }();
  if constexpr (wrong == sizeof...(Operands))
    static_assert(shapes_fit<shape_named<Operands>...>,
                  "a + b, f(a, b): the rows and columns of the operands, named in this message, do "
                  "not fit; operands have equal shapes, or one is a scalar, a column as high or a "
                  "row as wide as the other");
  else
    refuse_condition<std::tuple_element_t<wrong, std::tuple<Operands...>>>();
}

/// The expression, or what is left of it where the operands do not fit, which is said.
template <class Operation, class... Operands>
constexpr auto checked(Operands... operands) {
  if constexpr (any_mistaken<Operands...>) {
    return mistaken{};
  } else if constexpr (record<apply<Operation, Operands...>>.shape == no_shape) {
    check_operands<Operation, Operands...>();
    return mistaken{};
  } else {
    return construct<Operation>(operands...);
  }
}

/// The same where an operand is no expression.
template <class Operation, class... Operands>
constexpr auto with_literals(const Operands &...operands) {
  if constexpr (any_mistaken<Operands...>)
    return mistaken{};
  else
    return checked<Operation>(as_expression<Operation>(operands)...);
}

} // namespace detail

/// What operators and functions of the expression language accept, if one of them is ours.
template <class... Operands>
concept operands_of_network = detail::any_of({(expression<Operands> ||
                                               detail::is_symbol<Operands>)...});

/// Operation(operands...) as a type, where networks are written.
template <class Operation, class... Operands>
constexpr auto apply_operation(const Operands &...operands) {
  static_assert(Operation::is_condition || detail::has_derivative<Operation>,
                "an operation says how it is differentiated: derivative(x, result) if it has one "
                "operand, or adjoint(d, a, b, ..., result)");
  if constexpr (!detail::all_of({expression<Operands>...}))
    return detail::with_literals<Operation>(operands...);
  else if constexpr (detail::record_of<apply<Operation, Operands...>>::value.shape ==
                     detail::no_shape)
    return detail::checked<Operation>(operands...);
  else // as it is nearly always: with one function less
    return detail::construct<Operation>(operands...);
}

/// Operation(operands...) as a node, where graphs are rewritten.
template <class Operation>
constexpr symbol apply_operation(symbol x) {
  return x.home->make(detail::operation_record_of<Operation>::value, {&x.index, 1});
}
template <class Operation>
constexpr symbol apply_operation(symbol a, symbol b) {
  const int operands[]{a.index, b.index};
  return a.home->make(detail::operation_record_of<Operation>::value, operands);
}

/// The same with exact numbers among the operands, or of more of them.
template <class Operation, class... Operands>
  requires(detail::any_of({detail::is_symbol<Operands>...}))
constexpr symbol apply_operation(const Operands &...operands) {
  detail::graph *const home = detail::first_home({detail::home_of(operands)...});
  const int inputs[]{detail::as_symbol(*home, operands).index...};
  return home->make(detail::operation_record_of<Operation>::value, inputs);
}

/// The node Operation(operands) of any number of operands.
template <class Operation>
constexpr symbol apply_operation(const symbols &operands) {
  detail::list<int> inputs;
  for (const symbol operand : operands)
    inputs.push(operand.index);
  return operands.items[0].home->make(detail::operation_record_of<Operation>::value, inputs);
}

namespace detail {

/// The node Operation(operands...) without any rule.
template <class Operation, class... Operands>
constexpr symbol as_written(symbol first, Operands... rest) {
  const int inputs[]{first.index, rest.index...};
  return first.home->written(operation_record_of<Operation>::value, inputs);
}

/// Says, before code is made, that Operation(operand) will be computed.
template <class Operation>
constexpr void announce(symbol operand) {
  operand.home->announce(operation_record_of<Operation>::value, operand.index);
}
template <class Operation>
constexpr bool is_announced(symbol operand) {
  return operand.home->is_announced(operation_record_of<Operation>::value, operand.index);
}

/// The node Operation(operands...), if it is in the graph.
template <class Operation, class... Operands>
constexpr symbol found(symbol first, Operands... rest) {
  const int inputs[]{first.index, rest.index...};
  return first.home->find(operation_record_of<Operation>::value, inputs);
}

} // namespace detail

/// Whether a node is Operation(...). Where it is not, which is as a rule, no other function is
/// called: rewrites ask this sixty times a layer.
template <class Operation>
constexpr bool is(symbol node) {
  const detail::operation_record &other = *node.home->nodes.items[node.index].operation;
  return other.fingerprint == detail::operation_record_of<Operation>::fingerprint &&
         detail::is_same_object(*other.type, detail::mark_of<Operation>);
}

} // namespace chainrule
