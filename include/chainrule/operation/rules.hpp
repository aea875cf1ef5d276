// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// From the struct of an operation to its record: each rule that it has as a function of operands by
// index, each property as a value.
// Read next: operation.hpp.
#pragma once

#include <chainrule/expression/expression.hpp>

namespace chainrule {

namespace detail {

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

/// The rules of an operation on operands by index. Members of a class, not lambdas, which took a
/// quarter of the time of the header.
template <class Operation, int Arity,
          class Indices = std::make_index_sequence<static_cast<std::size_t>(Arity < 0 ? 0 : Arity)>>
struct rules_of;

/// Of a number of operands that is known, each of which is an argument of a rule.
template <class Operation, int Arity, std::size_t... I>
struct rules_of<Operation, Arity, std::index_sequence<I...>> {
  static constexpr shape result_shape(const extents &of) {
    return Operation::result_shape(of.items[I]...);
  }
  static constexpr symbol simplified(graph &home, operand_list in) {
    return Operation::simplified(symbol{&home, in.at[I]}...);
  }
  static constexpr symbol definition(graph &home, operand_list in) {
    return Operation::definition(symbol{&home, in.at[I]}...);
  }
  static constexpr void announce(graph &home, operand_list in) {
    Operation::announce(symbol{&home, in.at[I]}...);
  }
  static constexpr symbol code(graph &home, operand_list original, operand_list in) {
    return Operation::code(symbol{&home, original.at[I]}..., symbol{&home, in.at[I]}...);
  }
  static constexpr void adjoint(symbol d, operand_list in, symbol value, list<symbol> &parts) {
    static_assert(
        requires { Operation::adjoint(d, ((void)I, d)..., d); },
        "the derivative of an operation has other operands than the operation: it is "
        "derivative(x, result) where arity is 1, else adjoint(d, a, b, ..., result)");
    if constexpr (requires { Operation::adjoint(d, ((void)I, d)..., d); })
      for (const symbol part : Operation::adjoint(d, symbol{d.home, in.at[I]}..., value))
        parts.push(part);
  }
};

/// Of any number of operands: a rule has them as one argument.
template <class Operation>
struct rules_of<Operation, any_number, std::index_sequence<>> {
  static constexpr shape result_shape(const extents &of) { return Operation::result_shape(of); }
  static constexpr symbol simplified(graph &home, operand_list in) {
    return Operation::simplified(home.symbols_of(in));
  }
  static constexpr symbol definition(graph &home, operand_list in) {
    return Operation::definition(home.symbols_of(in));
  }
  static constexpr void announce(graph &home, operand_list in) {
    Operation::announce(home.symbols_of(in));
  }
  static constexpr symbol code(graph &home, operand_list original, operand_list in) {
    return Operation::code(home.symbols_of(original), home.symbols_of(in));
  }
  static constexpr void adjoint(symbol d, operand_list in, symbol value, list<symbol> &parts) {
    for (const symbol part : Operation::adjoint(d, d.home->symbols_of(in), value))
      parts.push(part);
  }
};

/// The words of a rule.
template <class Rule>
inline constexpr rewrite_rule described{Rule::formula, Rule::domain, Rule::gain};

/// What a rule makes of its operands, if it applies.
template <class Rule, class... Operands>
constexpr symbol applied(symbol first, Operands... rest) {
  if constexpr (requires { Rule::formula; }) {
    if (first.home->rules == rewriting::but_named_rules_rest)
      return {};
    const symbol better = Rule::apply(first, rest...);
    if (better.exists())
      first.home->note(described<Rule>);
    return better;
  } else {
    return Rule::apply(first, rest...);
  }
}

template <class Operation, std::size_t... I>
constexpr value_rule value_on_duals(std::index_sequence<I...>) {
  if constexpr (requires(math::dual x) { Operation::value(((void)I, x)...); })
    return [](const math::dual *in) { return math::dual{Operation::value(in[I]...)}; };
  else
    return [](const math::dual *) { return math::dual{}; };
}

template <class Operation>
struct operation_record_of {
  static constexpr std::uint64_t fingerprint =
      mix(hash(Operation::name), Operation::arity + (is_elementwise<Operation> ? 0 : 8));
  /// A program finds the type again from the record.
  using registered_as = defined<identity<fingerprint>, Operation>;

  static constexpr operation_record value =
                                        [] {
                                          using rules = rules_of<Operation, Operation::arity>;
                                          operation_record result{
                                              .name = Operation::name,
                                              .fingerprint = fingerprint,
                                              .arity = Operation::arity,
                                              .written = Operation::written,
                                              .precedence = Operation::precedence,
                                              .is_commutative = Operation::is_commutative,
                                              .may_be_infinite = Operation::may_be_infinite,
                                              .zero_if = Operation::zero_if,
                                              .is_positive = Operation::is_positive,
                                              .is_linear = Operation::is_linear,
                                              .is_rewritten = Operation::is_rewritten,
                                              .is_condition = Operation::is_condition,
                                              .conditions = Operation::conditions,
                                              .operations = Operation::operations,
                                              .exponentials = Operation::exponentials,
                                              .transcendentals = Operation::transcendentals,
                                              .is_elementwise = is_elementwise<Operation>,
                                              .derivatives = Operation::derivatives,
                                              .has_simplified = requires {&Operation::simplified;
                                        },
                                    .has_derivative = requires {
    &Operation::derivative;
  }
  , .has_adjoint = requires { &Operation::adjoint; }
  , .has_definition = requires { &Operation::definition; }
  , .has_announcement = requires { &Operation::announce; }
  , .has_code = requires { &Operation::code; }
  , .logarithm = applied<typename Operation::logarithm>,
    .complement = applied<typename Operation::complement>, .mirrored = Operation::mirrored,
    .in_exponentials = Operation::in_exponentials,
    .announce_difference = Operation::announce_difference, .difference = Operation::difference
};
if constexpr (!is_elementwise<Operation>)
  result.result_shape = rules::result_shape;
if constexpr (requires { &Operation::simplified; })
  result.simplified = rules::simplified;
if constexpr (requires { &Operation::definition; })
  result.definition = rules::definition;
if constexpr (requires { &Operation::announce; })
  result.announce = rules::announce;
if constexpr (requires { &Operation::code; })
  result.code = rules::code;
if constexpr (requires { &Operation::derivative; })
  result.derivative = Operation::derivative;
if constexpr (requires { &Operation::adjoint; })
  result.adjoint = rules::adjoint;
return result;
}
();

/// Apart from the record, which the library itself asks of every operation: this rule costs the
/// compiler only for the operations of the networks that are written, and a fifteenth of the
/// header less.
template <std::size_t Operands>
static constexpr value_rule
    on_duals = value_on_duals<Operation>(std::make_index_sequence<Operands>{});
};

} // namespace detail
} // namespace chainrule
