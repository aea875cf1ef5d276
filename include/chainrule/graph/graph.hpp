// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// graph: a network as a plain constexpr value, a directed acyclic graph in which every distinct
// subexpression stands once (hash-consing). Operands stand before their users: an index is larger
// than those of its operands.
// Read next: rebuild.hpp.
#pragma once

#include <chainrule/graph/node.hpp>

namespace chainrule {

namespace detail {

/// A rule of an operation has combined what does not fit: no constant expression, and no program.
/// (The compiler's own function: <cstdlib> for std::abort was a hundredth of the header.)
inline void shapes_do_not_fit() { __builtin_abort(); }

class graph {
public:
  /// Millions of random formulas need 11 (tests/fuzz); each is some 8 calls of the 512 that
  /// compilers evaluate within each other.
  static constexpr int most_rules_within_rules = 40;
  /// Of questions, for the same reason.
  static constexpr int most_questions = 16;

  list<node> nodes;
  list<int> inputs; // the operands of all nodes
  list<math::number> numbers;
  list<variable_name> variables;
  list<named_place> named_places;
  list<const rewrite_rule *> applied; // each once, in the order in which they were met

  rewriting rules = rewriting::all;
  int families = 0;    // of which it holds something
  bool is_real = true; // what it stands for; of complex numbers not every rule holds
  int calls = 0;       // of make(), and questions: how much work there was
  int rules_within_rules = 0;
  bool is_in_circle = false; // some rules asked for each other, and were stopped; a fault of theirs
  index_table answers;       // to questions about nodes, answer.hpp
  int questions = 0;         // within each other
  open_question given_up;    // for lying too deep
  node_chains chains{};

  /// The rules in which several operations meet, rewrite/rewrite.hpp; lowering sets them.
  symbol (*rewritten)(const operation_record &, graph &, operand_list) =
      [](const operation_record &, graph &, operand_list) { return symbol{}; };

  constexpr bool holds(int some_family) const { return (families & some_family) != 0; }
  constexpr symbol at(int index) { return {this, index}; }

  /// What shape rules are told of the operands of a node.
  constexpr extents extents_of(const node &of) const {
    extents all;
    for (int i = 0; i < of.input_count; ++i) {
      const node &operand = nodes.items[inputs.items[of.first_input + i]];
      const bool is_whole =
          *operand.operation == number_record && numbers.items[operand.content].denominator == 1;
      all.push({operand.shape(), is_whole ? numbers.items[operand.content].numerator : -1});
    }
    return all;
  }

  /// An operand of a node, and all of them. The latter move when a node is added. One that is not
  /// there is read at -1, which no compiler evaluates: after the last one come a neighbour's.
  constexpr int input(int index, int which) const {
    return inputs
        .items[which < nodes.items[index].input_count ? nodes.items[index].first_input + which
                                                      : -1];
  }
  constexpr operand_list inputs_of(int index) const {
    const node &of = nodes.items[index];
    return {inputs.items + of.first_input, of.input_count};
  }

  constexpr symbol constant(const math::number &value) {
    std::uint32_t key = mixed(1, static_cast<std::uint32_t>(value.numerator));
    key = mixed(key, static_cast<std::uint32_t>(value.denominator));
    key = mixed(key, static_cast<std::uint32_t>(value.exponent));
    int &last = last_of(key);
    for (int i = last; i > 0; i = nodes.items[i - 1].next) {
      const node &other = nodes.items[i - 1];
      if (other.operation->fingerprint == number_record.fingerprint &&
          numbers.items[other.content] == value)
        return {this, i - 1};
    }
    numbers.push(value);
    return add(last, leaf(number_record, numbers.size - 1, last, {}, false));
  }

  constexpr symbol variable(std::string_view name, std::uint64_t fingerprint, const shape &of) {
    return variable({name, fingerprint, of});
  }
  constexpr symbol variable(const variable_name &named) {
    int &last = last_of(static_cast<std::uint32_t>(named.fingerprint));
    for (int i = last; i > 0; i = nodes.items[i - 1].next) {
      const node &other = nodes.items[i - 1];
      if (other.operation->fingerprint == variable_record.fingerprint &&
          variables.items[other.content] == named)
        return {this, i - 1};
    }
    variables.push(named);
    return add(last, leaf(variable_record, variables.size - 1, last, named.shape, true));
  }

  /// What is given a value in each round of a loop, which the bit of its depth tells.
  constexpr symbol place(std::uint32_t scope, int number, const shape &of, gating gate) {
    const std::uint32_t key = mixed(mixed(2, scope), static_cast<std::uint32_t>(number));
    int &last = last_of(key);
    for (int i = last; i > 0; i = nodes.items[i - 1].next) {
      const node &other = nodes.items[i - 1];
      if (other.operation->fingerprint == place_record.fingerprint && other.content == number &&
          other.scope == scope && other.shape() == of && other.gate == gate)
        return {this, i - 1};
    }
    node fresh = leaf(place_record, number, last, of, true);
    fresh.gate = gate;
    fresh.scope = scope;
    return add(last, fresh);
  }

  /// The node as it is written, without any simplification. Constant evaluation pays for calls, so
  /// that there are few of them here.
  constexpr symbol written(const operation_record &operation, operand_list operands) {
    int &last = last_of(key_of(operation, operands));
    if (const int seen = find(last, operation, operands); seen >= 0)
      return {this, seen};
    node fresh{&operation,
               inputs.size,
               operands.count,
               -1,
               last,
               1,
               1,
               false,
               finiteness::as_arguments,
               operation.gate,
               0};
    families |= operation.families;
    bool are_numbers = true, is_one_gated = operation.gate != gating::open;
    int varying = 0;
    for (int i = 0; i < operands.count; ++i) {
      const node &operand = nodes.items[operands.at[i]];
      varying += operand.varies ? 1 : 0;
      fresh.scope |= operand.scope;
      if (operand.is_finite > fresh.is_finite)
        fresh.is_finite = operand.is_finite;
      is_one_gated = is_one_gated || operand.gate != gating::open;
      are_numbers = are_numbers && operand.rows == 1 && operand.columns == 1;
      inputs.push(operands.at[i]);
    }
    if (!are_numbers || !operation.is_elementwise)
      set_shape(fresh);
    if (operation.role != loop_role::none)
      fresh.scope &= ~scope_of_loop(operation.role == loop_role::loop ? operands.at[0]
                                                                      : input(operands.at[0], 0));
    fresh.varies = varying > 0;
    fresh.is_finite =
        finite_as(operation, fresh.is_finite, varying > 0 && varying == operands.count);
    if (is_one_gated)
      fresh.gate = gate_of(operation, inputs.items + fresh.first_input, fresh.input_count);
    return add(last, fresh);
  }

  /// Asks again whether a node is finite, as its operands have become less so.
  constexpr void renew_finiteness(int index) const {
    node &here = nodes.items[index];
    bool all_vary = true;
    finiteness worst = here.is_finite;
    for (int k = 0; k < here.input_count; ++k) {
      const node &operand = nodes.items[input(index, k)];
      all_vary = all_vary && operand.varies;
      worst = operand.is_finite > worst ? operand.is_finite : worst;
    }
    if (here.input_count > 0)
      here.is_finite = finite_as(*here.operation, worst, all_vary);
  }

  /// The node if it is there.
  constexpr symbol find(const operation_record &operation, operand_list operands) {
    return {this, find(last_of(key_of(operation, operands)), operation, operands)};
  }

  /// The node after the rules of its operation. Rules ask for further nodes, and so for further
  /// rules: should two ask for each other in a circle, the node is written as it stands.
  constexpr symbol make(const operation_record &operation, operand_list operands) {
    ++calls;
    if (rules_within_rules == most_rules_within_rules) {
      is_in_circle = true;
      return written(operation, operands);
    }
    ++rules_within_rules;
    symbol better;
    if (operation.has_simplified)
      better = operation.simplified(*this, operands);
    if (!better.exists() && operation.is_rewritten)
      better = rewritten(operation, *this, operands);
    --rules_within_rules;
    return better.exists() ? better : written(operation, operands);
  }

  constexpr symbols symbols_of(operand_list of) {
    symbols result;
    for (int i = 0; i < of.count; ++i)
      result.push(at(of[i]));
    return result;
  }

  constexpr void note(const rewrite_rule &rule) {
    for (const rewrite_rule *known : applied)
      if (known->formula == rule.formula)
        return;
    applied.push(&rule);
  }

  /// Says, before code is made, that the operation will be computed of an operand: what shares
  /// its work is then computed from it.
  constexpr void announce(const operation_record &operation, int operand) {
    if (is_announced(operation, operand))
      return;
    announcements.push({&operation, operand});
    announced.insert(mix(operation.fingerprint, static_cast<std::uint64_t>(operand)),
                     announcements.size - 1);
  }
  constexpr bool is_announced(const operation_record &operation, int operand) const {
    const std::uint64_t key = mix(operation.fingerprint, static_cast<std::uint64_t>(operand));
    return announced.find(key, [&](int index) {
      const announcement &other = announcements.items[index];
      return *other.operation == operation && other.operand == operand;
    }) >= 0;
  }

private:
  struct announcement {
    const operation_record *operation;
    int operand;
  };
  index_table announced;
  list<announcement> announcements;

  static constexpr std::uint32_t mixed(std::uint32_t key, std::uint32_t part) {
    return (key ^ part) * 0x9e3779b1u;
  }
  constexpr int &last_of(std::uint32_t key) { return chains.last[key >> 20]; }

  constexpr int find(int last, const operation_record &operation, operand_list operands) const {
    for (int i = last; i > 0; i = nodes.items[i - 1].next) {
      const node &other = nodes.items[i - 1];
      if (other.operation->fingerprint != operation.fingerprint ||
          other.input_count != operands.count)
        continue;
      const int *const in = inputs.items + other.first_input;
      int same = 0;
      while (same < operands.count && in[same] == operands.at[same])
        ++same;
      if ((same == operands.count || (operation.is_commutative && operands.count == 2 &&
                                      in[0] == operands.at[1] && in[1] == operands.at[0])) &&
          is_same_object(*other.operation->type, *operation.type))
        return i - 1;
    }
    return -1;
  }

  /// The bit of a loop, of which a node is the depth.
  constexpr std::uint32_t scope_of_loop(int depth) const {
    return std::uint32_t{1} << numbers.items[nodes.items[depth].content].numerator;
  }

  constexpr void set_shape(node &fresh) {
    shape of;
    if (fresh.operation->is_elementwise)
      for (int i = 0; i < fresh.input_count; ++i)
        of = repeated(of, at(inputs.items[fresh.first_input + i]).shape());
    else
      of = fresh.operation->result_shape(extents_of(fresh));
    if (of == no_shape)
      shapes_do_not_fit();
    fresh.rows = of.rows;
    fresh.columns = of.columns;
  }

  /// Whether a result is finite, of operands the worst of which is so.
  static constexpr finiteness finite_as(const operation_record &operation, finiteness operands,
                                        bool all_vary) {
    return operation.may_be_infinite || operands == finiteness::may_be_infinite
               ? finiteness::may_be_infinite
           : operation.may_overflow && all_vary ? finiteness::may_overflow
           : operation.is_rectifier             ? finiteness::as_arguments
                                                : operands;
  }

  /// What may make the result 0. That a user's operation on matrices moves elements is taken for
  /// granted: where a flow is 0 is seen from its value.
  constexpr gating gate_of(const operation_record &operation, const int *in, int count) {
    const zero_rule rule =
        operation.is_foreign && !operation.is_elementwise ? zero_rule::any : operation.zero_if;
    gating result = rule == zero_rule::choice ? gating::open : operation.gate;
    bool are_all = true;
    for (int i = rule == zero_rule::choice ? 1 : 0; i < (rule == zero_rule::first ? 1 : count);
         ++i) {
      const gating next =
          rule == zero_rule::choice && at(in[i]).is(0) ? operation.gate : nodes.items[in[i]].gate;
      are_all = are_all && next != gating::open;
      if (next > result)
        result = next;
    }
    return rule == zero_rule::none || (rule == zero_rule::all && !are_all) ? operation.gate
                                                                           : result;
  }

  static constexpr std::uint32_t key_of(const operation_record &operation, operand_list operands) {
    auto result = static_cast<std::uint32_t>(operation.fingerprint);
    if (operation.is_commutative && operands.count == 2) { // one key for both orders
      const auto a = static_cast<std::uint32_t>(operands.at[0]);
      const auto b = static_cast<std::uint32_t>(operands.at[1]);
      return mixed(mixed(result, a + b), a ^ b);
    }
    for (int i = 0; i < operands.count; ++i)
      result = mixed(result, static_cast<std::uint32_t>(operands.at[i]));
    return result;
  }

  static constexpr node leaf(const operation_record &operation, int content, int next,
                             const shape &of, bool varies) {
    return {
        &operation,   0, 0, content, next, of.rows, of.columns, varies, finiteness::as_arguments,
        gating::open, 0};
  }

  constexpr symbol add(int &last, const node &fresh) {
    if (fresh.rows != 1 || fresh.columns != 1)
      families |= family::matrices;
    nodes.push(fresh);
    last = nodes.size;
    return {this, nodes.size - 1};
  }
};

} // namespace detail

constexpr const detail::operation_record *symbol::operation() const {
  return home->nodes.items[index].operation;
}
constexpr int symbol::operands() const { return home->nodes.items[index].input_count; }
constexpr symbol symbol::operand(int which) const { return {home, home->input(index, which)}; }
constexpr bool symbol::is_number() const {
  return home->nodes.items[index].operation->fingerprint == detail::number_record.fingerprint;
}
constexpr const math::number &symbol::value() const {
  return home->numbers.items[home->nodes.items[index].content];
}
constexpr detail::shape symbol::shape() const { return home->nodes.items[index].shape(); }
constexpr bool symbol::is(const math::number &expected) const {
  return is_number() && value() == expected;
}
constexpr bool symbol::is(std::int64_t expected) const {
  if (!is_number())
    return false;
  const math::number &here = value();
  return here.numerator == expected && here.denominator == 1 && here.exponent == 0;
}

namespace detail {

/// Other rewrites as long as it lives.
class rewriting_as {
public:
  constexpr rewriting_as(graph &home, rewriting rules) : of(home), before(home.rules) {
    of.rules = rules;
  }
  rewriting_as(const rewriting_as &) = delete;
  rewriting_as &operator=(const rewriting_as &) = delete;
  constexpr ~rewriting_as() { of.rules = before; }

private:
  graph &of;
  rewriting before;
};

} // namespace detail
} // namespace chainrule
