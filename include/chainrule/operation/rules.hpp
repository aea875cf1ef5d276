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
template <class Operation, class Indices>
struct rules_of;

/// Of a number of operands that is known, each of which is an argument of a rule.
template <class Operation, std::size_t... I>
struct rules_of<Operation, std::index_sequence<I...>> {
  static constexpr bool has_simplified = requires(symbol s) {
    Operation::simplified(((void)I, s)...);
  };
  static constexpr bool has_definition = requires(symbol s) {
    Operation::definition(((void)I, s)...);
  };
  static constexpr bool has_announcement = requires(symbol s) {
    Operation::announce(((void)I, s)...);
  };
  static constexpr bool has_code = requires(symbol s) {
    Operation::code(((void)I, s)..., ((void)I, s)...);
  };
  static constexpr bool has_adjoint = requires(symbol s) {
    Operation::adjoint(s, ((void)I, s)..., s);
  };

  static constexpr shape result_shape(const extents &of) {
    return Operation::result_shape(of.items[I]...);
  }
  static constexpr symbol simplified(graph &home, operand_list in) {
    return Operation::simplified(symbol{&home, in[I]}...);
  }
  static constexpr symbol definition(graph &home, operand_list in) {
    return Operation::definition(symbol{&home, in[I]}...);
  }
  static constexpr void announce(graph &home, operand_list in) {
    Operation::announce(symbol{&home, in[I]}...);
  }
  static constexpr symbol code(graph &home, operand_list original, operand_list in) {
    return Operation::code(symbol{&home, original[I]}..., symbol{&home, in[I]}...);
  }
  static constexpr symbols parts(symbol d, operand_list in, symbol value) {
    return Operation::adjoint(d, symbol{d.home, in[I]}..., value);
  }
};

/// Of any number of operands: a rule has them as one argument.
template <class Operation>
struct rules_of<Operation, void> {
  static constexpr bool has_simplified = requires(const symbols &all) {
    Operation::simplified(all);
  };
  static constexpr bool has_definition = requires(const symbols &all) {
    Operation::definition(all);
  };
  static constexpr bool has_announcement = requires(const symbols &all) {
    Operation::announce(all);
  };
  static constexpr bool has_code = requires(const symbols &all) { Operation::code(all, all); };
  static constexpr bool has_adjoint = requires(symbol s, const symbols &all) {
    Operation::adjoint(s, all, s);
  };

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
  static constexpr symbols parts(symbol d, operand_list in, symbol value) {
    return Operation::adjoint(d, d.home->symbols_of(in), value);
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

template <class Operation, class Rules>
constexpr void adjoint_rule(symbol d, operand_list in, symbol value, list<symbol> &parts) {
  for (const symbol part : Rules::parts(d, in, value))
    parts.push(part);
}

/// A rule that an operation of one operand has.
template <class Rule>
constexpr symbol rule_of_one(graph &home, operand_list in) {
  return applied<Rule>(symbol{&home, in[0]});
}

template <class Operation>
struct indices_of {
  using type = std::make_index_sequence<Operation::arity>;
};
template <class Operation>
  requires(Operation::arity == any_number)
struct indices_of<Operation> {
  using type = void;
};

/// Registers an operation, so that a program finds the type again from the record.
template <class Operation>
struct known_operation {
  static constexpr std::uint64_t fingerprint =
      mix(hash(Operation::name), Operation::arity + (is_elementwise<Operation> ? 0 : 8));
  using registered_as = defined<identity<fingerprint>, Operation>;
};

template <class Operation>
constexpr operation_record record_made() {
  using rules = rules_of<Operation, typename indices_of<Operation>::type>;
  operation_record result{.name = Operation::name,
                          .fingerprint = known_operation<Operation>::fingerprint,
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
                          .derivatives = Operation::derivatives};
  if constexpr (!is_elementwise<Operation>)
    result.result_shape = rules::result_shape;
  if constexpr (rules::has_simplified)
    result.simplified = rules::simplified;
  if constexpr (rules::has_definition)
    result.definition = rules::definition;
  if constexpr (rules::has_announcement)
    result.announce = rules::announce;
  if constexpr (rules::has_code)
    result.code = rules::code;
  if constexpr (Operation::arity == 1 && requires(symbol s) { Operation::derivative(s, s); })
    result.derivative = Operation::derivative;
  else if constexpr (rules::has_adjoint)
    result.adjoint = adjoint_rule<Operation, rules>;
  else
    static_assert(!has_derivative<Operation>,
                  "the derivative of an operation has other operands than the operation: it is "
                  "derivative(x, result) where arity is 1, else adjoint(d, a, b, ..., result)");
  if constexpr (requires { &Operation::logarithm::apply; })
    result.logarithm = rule_of_one<typename Operation::logarithm>;
  if constexpr (requires { &Operation::complement::apply; })
    result.complement = rule_of_one<typename Operation::complement>;
  if constexpr (requires { &Operation::announce_difference; })
    result.announce_difference = [](graph &home, operand_list in) {
      Operation::announce_difference(symbol{&home, in[0]});
    };
  if constexpr (requires { &Operation::difference; })
    result.difference = Operation::difference;
  if constexpr (requires { &Operation::mirrored; })
    result.mirrored = [](graph &home, operand_list in) {
      return Operation::mirrored(symbol{&home, in[0]});
    };
  if constexpr (requires { &Operation::in_exponentials; })
    result.in_exponentials = [](graph &home, operand_list in) {
      return Operation::in_exponentials(symbol{&home, in[0]});
    };
  return result;
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
  static constexpr operation_record value = record_made<Operation>();
  /// Apart from the record, which the library itself asks of every operation: this rule costs the
  /// compiler only for the operations of the networks that are written, and a fifteenth of the
  /// header less.
  template <std::size_t Operands>
  static constexpr value_rule
      on_duals = value_on_duals<Operation>(std::make_index_sequence<Operands>{});
};

} // namespace detail
} // namespace chainrule
