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
//   announce(a, b, ...)               before any code(): adds a node that tells others how
// and what else others ask of it: logarithm (log of it), complement (1 - it), each a rule with its
// formula, domain and gain; mirrored(x) and in_exponentials(x), for proofs, is_linear, is_positive;
// difference(result, other) and announce_difference(x), steps for result - other.
//   result_shape(A, B, ...)           where it is not applied element by element: the shape rule
// An operation of any number of operands has arity = any_number, and its rules have them as one
// argument, `const symbols &`.
// Read next: arithmetic.hpp.
#pragma once

#include <utility>

#include <chainrule/expression/literal.hpp>
#include <chainrule/expression/variable.hpp>
#include <chainrule/lanes/pack.hpp>
#include <chainrule/operation/numbers_only.hpp>

namespace chainrule {

struct negate_operation;

/// The defaults of an operation; a slice overrides what differs.
struct operation {
  static constexpr int arity = 1;
  static constexpr notation written = notation::function;
  static constexpr int precedence = 10;
  static constexpr bool is_commutative = false;
  static constexpr bool may_be_infinite = false;
  static constexpr zero_rule zero_if = zero_rule::none;
  static constexpr positivity is_positive = positivity::uncertain;
  static constexpr bool is_linear = false;
  /// Whether rules of rewrite/ speak of it; which, rewrite/rewrite.hpp tells.
  static constexpr bool is_rewritten = false;
  static constexpr bool is_condition = false;
  static constexpr int conditions = 0; // how many of the operands are conditions, the first ones
  static constexpr int operations = 1;
  static constexpr int exponentials = 0;
  static constexpr int transcendentals = 0;
  static constexpr int derivatives = detail::without_end; // that there are of it
  /// Whether value runs on math::pack as it stands: without ?: and without functions that packs do
  /// not have. Elsewhere a loop over elements calls it for one lane after another.
  static constexpr bool takes_packs = false;
};

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

template <class T>
concept is_symbol = std::same_as<std::remove_cvref_t<T>, symbol>;

// False, but only once they are known: the compiler prints them with the message.
template <class Operation, class... Operands>
inline constexpr bool takes = false;

/// A bare number inside a network; what it is turned into lets the one message stand alone.
template <class Operation, class T>
constexpr auto rejected_number() {
  if constexpr (std::same_as<T, bool>)
    static_assert(
        takes<Operation, T>,
        "select(x == 0_c, a, b): the condition is a bool; a == b is a proof, not a condition, and "
        "a condition compares expressions with <, <=, >, >=, as in x > 0_c");
  else
    static_assert(takes<Operation, T>,
                  "a bare number, whose type is named in this message after the operation that it "
                  "is an operand of, cannot be part of a network, whose formula is a type; write a "
                  "constant as a literal, 1_c - x or max(x, 0.5_c), and make what is known only at "
                  "run time a variable");
  return literal<1>{};
}

/// An operand of a network being written, as an expression.
template <class Operation, class T>
constexpr auto as_expression(const T &operand) {
  if constexpr (expression<T>)
    return operand;
  else if constexpr (integral_constant<T>)
    return literal<static_cast<std::int64_t>(T::value)>{};
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
template <std::int64_t Numerator, std::int64_t Denominator, int Exponent>
constexpr symbol as_symbol(graph &home,
                           apply<negate_operation, literal<Numerator, Denominator, Exponent>>) {
  return home.constant(math::number(-Numerator, Denominator, Exponent));
}

constexpr graph *home_of(symbol operand) { return operand.home; }
constexpr graph *home_of(const math::number &) { return nullptr; }
constexpr graph *home_of(const expression_base &) { return nullptr; }

/// How a message names a shape.
template <int Rows, int Columns>
struct rows_and_columns {};

// False, but only once the shapes are known: the compiler prints them with the message.
template <class... Shapes>
inline constexpr bool shapes_fit = false;

template <expression Operand>
using shape_named = rows_and_columns<record<Operand>.of.rows, record<Operand>.of.columns>;

// False, but only once it is known: the compiler prints it with the message.
template <expression Condition>
inline constexpr bool has_a_value = false;

/// Says that a condition is in the place of a value: once, however many operations a function makes
/// of it.
template <expression Condition>
constexpr void refuse_condition() {
  static_assert(has_a_value<Condition>,
                "relu(x > y): an operand (named in this message) is a condition, which has no "
                "value in a formula; a choice is written select(x > y, a, b), and 1 where the "
                "condition holds is select(x > y, 1_c, 0_c)");
}

template <expression Operand, bool IsCondition>
constexpr void check_value_operand() {
  if constexpr (!IsCondition && record<Operand>.operation->is_condition)
    refuse_condition<Operand>();
}

/// Says why there is no Operation(operands...).
template <class Operation, expression... Operands>
constexpr void check_operands() {
  constexpr const expression_record *operands[]{&record<Operands>...};
  constexpr bool are_values = has_values(operation_record_of<Operation>::value, operands);
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (check_value_operand<Operands, (I < Operation::conditions)>(), ...);
  }
  (std::make_integer_sequence<int, sizeof...(Operands)>{});
  static_assert(!are_values || shapes_fit<shape_named<Operands>...>,
                "a + b, f(a, b): the rows and columns of the operands, named in this message, do "
                "not fit; operands have equal shapes, or one is a scalar, a column as high or a "
                "row as wide as the other");
}

/// The expression. Where the operands do not fit it says so, and is the first operand, of a
/// comparison another one, so that the message stands alone.
template <class Operation, expression First, expression... Rest>
constexpr auto checked(First first, Rest... rest) {
  if constexpr (record<apply<Operation, First, Rest...>>.of == no_shape) {
    check_operands<Operation, First, Rest...>();
    if constexpr (Operation::is_condition && Operation::conditions == 0)
      return construct<Operation>(literal<1>{}, literal<1>{});
    else
      return first;
  } else {
    return construct<Operation>(first, rest...);
  }
}

} // namespace detail

/// What operators and functions of the expression language accept, if one of them is ours.
template <class... Operands>
concept operands_of_network = (... || (expression<Operands> || detail::is_symbol<Operands>));

/// Operation(operands...): a type where networks are written, a node where graphs are rewritten.
template <class Operation, class... Operands>
constexpr auto apply_operation(const Operands &...operands) {
  if constexpr ((... || detail::is_symbol<Operands>)) {
    detail::graph *home = nullptr;
    ((home = home ? home : detail::home_of(operands)), ...);
    const int inputs[]{detail::as_symbol(*home, operands).index...};
    return home->make(detail::operation_record_of<Operation>::value, inputs);
  } else {
    static_assert(Operation::is_condition || detail::has_derivative<Operation>,
                  "an operation says how it is differentiated: derivative(x, result) if it has one "
                  "operand, or adjoint(d, a, b, ..., result)");
    if constexpr ((... && expression<Operands>))
      return detail::checked<Operation>(operands...);
    else
      return detail::checked<Operation>(detail::as_expression<Operation>(operands)...);
  }
}

namespace detail {

/// The node Operation(operands...) without any rule.
template <class Operation, class... Operands>
constexpr symbol as_written(symbol first, Operands... rest) {
  const int inputs[]{first.index, rest.index...};
  return first.home->written(operation_record_of<Operation>::value, inputs);
}

/// The node Operation(operands...), if it is in the graph.
template <class Operation, class... Operands>
constexpr symbol found(symbol first, Operands... rest) {
  const int inputs[]{first.index, rest.index...};
  return first.home->find(operation_record_of<Operation>::value, inputs);
}

} // namespace detail

/// Whether a node is Operation(...). Calls no other function: rewrites ask this sixty times a
/// layer.
template <class Operation>
constexpr bool is(symbol node) {
  return node.home->nodes.items[node.index].operation->fingerprint ==
         detail::operation_record_of<Operation>::value.fingerprint;
}

} // namespace chainrule
