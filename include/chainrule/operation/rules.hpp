// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// From the struct of an operation to its record: each rule that it has as a function of operands by
// index, each property as a value.
// Read next: operation.hpp.
#pragma once

#include <chainrule/expression/abbreviation.hpp>

namespace chainrule::detail {

/// Whether an operation is applied element by element: it has no shape rule of its own.
template <class Operation>
inline constexpr bool is_elementwise = !requires {
  &Operation::result_shape;
};

template <class Operation>
inline constexpr bool has_derivative = requires {
  &Operation::derivative;
}
|| requires { &Operation::adjoint; };

// The rules of an operation on operands by index; of an operation of any number of operands a rule
// has them as one argument.

template <class Operation, std::size_t... I>
constexpr shape shape_rule(const extents &of) {
  if constexpr (Operation::arity == any_number)
    return Operation::result_shape(of);
  else
    return Operation::result_shape(of.items[I]...);
}

template <class Operation, std::size_t... I>
constexpr symbol simplified_rule(graph &home, operand_list in) {
  if constexpr (Operation::arity == any_number)
    return Operation::simplified(home.symbols_of(in));
  else
    return Operation::simplified(symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr symbol log_rule(graph &home, operand_list in) {
  if constexpr (Operation::arity == any_number)
    return Operation::log_of(home.symbols_of(in));
  else
    return Operation::log_of(symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr symbol square_rule(graph &home, operand_list in) {
  if constexpr (Operation::arity == any_number)
    return Operation::squared(home.symbols_of(in));
  else
    return Operation::squared(symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr symbol definition_rule(graph &home, operand_list in) {
  if constexpr (Operation::arity == any_number)
    return Operation::definition(home.symbols_of(in));
  else
    return Operation::definition(symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr void announcement_rule(graph &home, operand_list in) {
  if constexpr (Operation::arity == any_number)
    Operation::announce(home.symbols_of(in));
  else
    Operation::announce(symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr symbol code_rule(graph &home, operand_list original, operand_list in) {
  if constexpr (Operation::arity == any_number)
    return Operation::code(home.symbols_of(original), home.symbols_of(in));
  else
    return Operation::code(symbol{&home, original.at[I]}..., symbol{&home, in.at[I]}...);
}

template <class Operation, std::size_t... I>
constexpr void adjoint_rule(symbol d, operand_list in, symbol value, list<symbol> &parts) {
  symbols all;
  if constexpr (Operation::arity == any_number) {
    all = Operation::adjoint(d, d.home->symbols_of(in), value);
  } else {
    constexpr bool fits = requires { Operation::adjoint(d, ((void)I, d)..., d); };
    static_assert(fits,
                  "the derivative of an operation has other operands than the operation: it is "
                  "derivative(x, result) where arity is 1, else adjoint(d, a, b, ..., result)");
    if constexpr (fits)
      all = Operation::adjoint(d, symbol{d.home, in.at[I]}..., value);
  }
  for (const symbol part : all)
    parts.push(part);
}

/// The words of a rule.
template <class Rule>
inline constexpr rewrite_rule described{Rule::formula, Rule::domain, Rule::gain};

/// What a rule makes of its operands, if it applies.
template <class Rule, class... Operands>
constexpr symbol applied(symbol first, Operands... rest) {
  if constexpr (requires { Rule::formula; }) {
    if (first.home->rules == rewriting::but_named_rules_rest)
      return {};
    if constexpr (requires { Rule::is_of_reals; })
      if (!first.home->is_real)
        return {};
    const symbol better = Rule::apply(first, rest...);
    if (better.exists())
      first.home->note(described<Rule>);
    return better;
  } else {
    return Rule::apply(first, rest...);
  }
}

/// Of what an element is made where an operation does not say so: of all there is, or of a column
/// of each operand.
constexpr void sources_everywhere(const extents &operands, int, int, element_blocks &to) {
  for (int k = 0; k < operands.size; ++k)
    to.push({k, 0, 0, operands.items[k].shape.rows, operands.items[k].shape.columns});
}
constexpr void sources_by_columns(const extents &operands, int, int column, element_blocks &to) {
  for (int k = 0; k < operands.size; ++k)
    to.push(
        {k, 0, operands.items[k].shape.columns == 1 ? 0 : column, operands.items[k].shape.rows, 1});
}

template <class Operation, std::size_t... I>
constexpr operation_record record_made(std::uint64_t fingerprint, bool is_foreign,
                                       std::index_sequence<I...>) {
  operation_record result{.type = &mark_of<Operation>,
                          .fingerprint = fingerprint,
                          .name = Operation::name,
                          .arity = Operation::arity,
                          .written = Operation::written,
                          .precedence = Operation::precedence,
                          .is_commutative = Operation::is_commutative,
                          .may_be_infinite = Operation::may_be_infinite,
                          .may_overflow = Operation::may_overflow,
                          .is_rectifier = Operation::is_rectifier,
                          .zero_if = Operation::zero_if,
                          .gate = Operation::gate,
                          .is_growing = Operation::is_growing,
                          .families =
                              Operation::families | (Operation::is_growing ? family::growing : 0) |
                              (Operation::zero_if == zero_rule::choice ? family::choices : 0),
                          .is_odd = Operation::is_odd,
                          .is_positive = Operation::is_positive,
                          .is_foreign = is_foreign,
                          .is_linear = Operation::is_linear,
                          .is_rewritten = Operation::is_rewritten,
                          .is_condition = Operation::is_condition,
                          .conditions = Operation::conditions,
                          .operations = Operation::operations,
                          .exponentials = Operation::exponentials,
                          .transcendentals = Operation::transcendentals,
                          .is_elementwise = is_elementwise<Operation>,
                          .is_placement = Operation::is_placement,
                          .is_transpose = Operation::is_transpose,
                          .role = Operation::role,
                          .is_derivative = Operation::is_derivative,
                          .derivatives = Operation::derivatives,
                          .mirrored = Operation::mirrored,
                          .in_exponentials = Operation::in_exponentials,
                          .announce_difference = Operation::announce_difference,
                          .difference = Operation::difference};
  // Asked before: no rule in the place of one took 0.09 million steps for each of 140 operations.
  if constexpr (!std::is_same_v<typename Operation::logarithm, typename Operation::no_rule>)
    result.logarithm = applied<typename Operation::logarithm>;
  if constexpr (!std::is_same_v<typename Operation::complement, typename Operation::no_rule>)
    result.complement = applied<typename Operation::complement>;
  if constexpr (!is_elementwise<Operation>) {
    result.result_shape = shape_rule<Operation, I...>;
    result.sources = Operation::by_columns ? sources_by_columns : sources_everywhere;
    if constexpr (requires { &Operation::sources; })
      result.sources = Operation::sources;
    if constexpr (requires { &Operation::element; }) {
      result.has_element = true;
      result.element = Operation::element;
    }
    if constexpr (requires { &Operation::all_operations; }) {
      result.has_all_operations = true;
      result.all_operations = Operation::all_operations;
    }
  }
  if constexpr (requires { &Operation::simplified; }) {
    result.has_simplified = true;
    result.simplified = simplified_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::derivative; }) {
    result.has_derivative = true;
    result.derivative = Operation::derivative;
  }
  if constexpr (requires { &Operation::adjoint; }) {
    result.has_adjoint = true;
    result.adjoint = adjoint_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::definition; }) {
    result.has_definition = true;
    result.definition = definition_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::announce; }) {
    result.has_announcement = true;
    result.announce = announcement_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::squared; }) {
    result.is_root_of_squares = true;
    result.families |= family::roots;
    result.squared = square_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::log_of; }) {
    result.has_log = true;
    result.log_of = log_rule<Operation, I...>;
  }
  if constexpr (requires { &Operation::code; }) {
    result.has_code = true;
    result.code = code_rule<Operation, I...>;
  }
  return result;
}

/// What operations of the library go by: two of one fingerprint are a redefinition. Every other
/// operation goes by its type, and several may have one fingerprint.
template <std::uint64_t Fingerprint>
struct goes_by {};

/// Which of two; std::conditional would be one class more for each operation, 170 in all.
template <bool>
struct choose_type {
  template <class Chosen, class>
  using of = Chosen;
};
template <>
struct choose_type<false> {
  template <class, class Chosen>
  using of = Chosen;
};

/// An operation, by its type and by a hash of how it is printed.
template <class Operation>
struct operation_record_of {
  static constexpr bool is_foreign = !is_of_the_library(printed_type<Operation>());
  static constexpr std::uint64_t fingerprint =
      mix(mix(fingerprint_of(is_foreign ? kind::foreign : kind::operation), hash(Operation::name)),
          static_cast<std::uint64_t>(Operation::arity) + (is_elementwise<Operation> ? 0 : 8));
  friend constexpr void claimed(
      typename choose_type<is_foreign>::template of<operation_record_of, goes_by<fingerprint>>) {}

  static constexpr operation_record value =
      record_made<Operation>(fingerprint, is_foreign,
                             std::make_index_sequence<static_cast<std::size_t>(
                                 Operation::arity == any_number ? 0 : Operation::arity)>{});

  /// A program finds the type again from the record.
  friend constexpr auto registered(slot_of<mark_of<Operation>>) { return type_of<Operation>{}; }
};

} // namespace chainrule::detail
