// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// graph: a network as a plain constexpr value, a directed acyclic graph in which every distinct
// subexpression stands once (hash-consing). Operands stand before their users: an index is larger
// than those of its operands.
// Read next: expression/expression.hpp.
#pragma once

#include <cstdlib>

#include <chainrule/graph/record.hpp>

namespace chainrule {

namespace detail {

struct node {
  const operation_record *operation = nullptr;
  int first_input = 0; // in graph::inputs
  int input_count = 0;
  int content = -1; // index of the variable or the number
  bool varies = false;
  bool may_be_infinite = false; // at finite arguments
  bool is_gated = false;        // 0 where some condition does not hold: what flows through relu
  bool is_fenced = false;       // stands in no_rewrite(...)
  shape of{};
};

/// Which rewrites take effect as nodes are made.
enum class rewriting : std::uint8_t {
  all,
  /// While a network is differentiated, constant factors and signs stay where they are: moved
  /// outward from a flow they would be paid again in each derivative that it reaches.
  but_factors_stay,
  /// While code or a proof is made, what has a name rests: softmax is made of just what it would
  /// make a softmax of.
  but_named_rules_rest
};

/// A rule of an operation has combined what does not fit: no constant expression, and no program.
inline void shapes_do_not_fit() { std::abort(); }

class graph {
public:
  list<node> nodes;
  list<int> inputs; // the operands of all nodes
  list<math::number> numbers;
  list<variable_name> variables;
  list<const rewrite_rule *> applied; // each once, in the order in which they were met

  rewriting rules = rewriting::all;

  /// The rules in which several operations meet, rewrite/rewrite.hpp; lowering sets them.
  symbol (*rewritten)(const operation_record &, graph &, operand_list) =
      [](const operation_record &, graph &, operand_list) { return symbol{}; };

  constexpr symbol at(int index) { return {this, index}; }

  /// An operand of a node, and all of them. The latter move when a node is added.
  constexpr int input(int index, int which) const {
    return inputs.items[nodes.items[index].first_input + which];
  }
  constexpr operand_list inputs_of(int index) const {
    const node &of = nodes.items[index];
    return {inputs.items + of.first_input, of.input_count};
  }

  constexpr symbol constant(const math::number &value) {
    const std::uint64_t key = mix(mix(static_cast<std::uint64_t>(value.numerator),
                                      static_cast<std::uint64_t>(value.denominator)),
                                  static_cast<std::uint64_t>(value.exponent) + 1);
    const int seen = table.find(key, [&](int index) {
      const node &other = nodes.items[index];
      return *other.operation == number_record && numbers.items[other.content] == value;
    });
    if (seen >= 0)
      return {this, seen};
    numbers.push(value);
    return add(key, {&number_record, 0, 0, numbers.size - 1});
  }

  constexpr symbol variable(std::string_view name, std::uint64_t fingerprint, const shape &of) {
    const int seen = table.find(fingerprint, [&](int index) {
      const node &other = nodes.items[index];
      return *other.operation == variable_record &&
             variables.items[other.content].fingerprint == fingerprint;
    });
    if (seen >= 0)
      return {this, seen};
    variables.push({name, fingerprint, of});
    node fresh{&variable_record, 0, 0, variables.size - 1, true};
    fresh.of = of;
    return add(fingerprint, fresh);
  }

  /// The node as it is written, without any simplification.
  constexpr symbol written(const operation_record &operation, operand_list operands) {
    const std::uint64_t key = key_of(operation, operands);
    if (const int seen = find(key, operation, operands); seen >= 0)
      return {this, seen};
    node fresh{&operation, inputs.size, operands.count, -1, false, operation.may_be_infinite,
               false};
    for (int i = 0; i < operands.count; ++i) {
      const node &operand = nodes.items[operands.at[i]];
      fresh.varies = fresh.varies || operand.varies;
      fresh.may_be_infinite = fresh.may_be_infinite || operand.may_be_infinite;
      if (!operand.of.is_scalar())
        fresh.of = repeated(fresh.of, operand.of);
    }
    if (!operation.is_elementwise)
      fresh.of = shape_after(operation, operands);
    if (fresh.of == no_shape)
      shapes_do_not_fit();
    if (operation.zero_if != zero_rule::none)
      fresh.is_gated = gates(operation, operands);
    for (int i = 0; i < operands.count; ++i)
      inputs.push(operands.at[i]);
    return add(key, fresh);
  }

  /// The node if it is there.
  constexpr symbol find(const operation_record &operation, operand_list operands) {
    return {this, find(key_of(operation, operands), operation, operands)};
  }

  /// The node after the rules of its operation.
  constexpr symbol make(const operation_record &operation, operand_list operands) {
    if (operation.has_simplified)
      if (const symbol better = operation.simplified(*this, operands); better.exists())
        return better;
    if (operation.is_rewritten)
      if (const symbol better = rewritten(operation, *this, operands); better.exists())
        return better;
    return written(operation, operands);
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
    if (!is_announced(operation, operand))
      announced.insert(mix(operation.fingerprint, static_cast<std::uint64_t>(operand)), operand);
  }
  constexpr bool is_announced(const operation_record &operation, int operand) const {
    return announced.find(mix(operation.fingerprint, static_cast<std::uint64_t>(operand))) >= 0;
  }

private:
  index_table table, announced;

  constexpr int find(std::uint64_t key, const operation_record &operation,
                     operand_list operands) const {
    return table.find(key, [&](int index) {
      const operand_list in = inputs_of(index);
      if (nodes.items[index].operation->fingerprint != operation.fingerprint ||
          in.count != operands.count)
        return false;
      if (operation.is_commutative && in.count == 2 && in.at[0] == operands.at[1] &&
          in.at[1] == operands.at[0])
        return true;
      for (int i = 0; i < operands.count; ++i)
        if (in.at[i] != operands.at[i])
          return false;
      return true;
    });
  }

  constexpr shape shape_after(const operation_record &operation, operand_list operands) {
    extents all;
    for (int i = 0; i < operands.count; ++i) {
      const symbol operand = at(operands[i]);
      const bool is_whole = operand.is_number() && operand.value().denominator == 1;
      all.push({operand.shape(), is_whole ? operand.value().numerator : -1});
    }
    return operation.result_shape(all);
  }

  constexpr bool closes(int side) { return nodes.items[side].is_gated || at(side).is(0); }

  constexpr bool gates(const operation_record &operation, operand_list operands) {
    if (operation.zero_if == zero_rule::choice)
      return closes(operands[1]) || closes(operands[2]);
    const bool first = nodes.items[operands[0]].is_gated;
    if (operation.zero_if == zero_rule::first || operands.count == 1)
      return first;
    const bool second = nodes.items[operands[1]].is_gated;
    return operation.zero_if == zero_rule::any ? first || second : first && second;
  }

  static constexpr std::uint64_t key_of(const operation_record &operation, operand_list operands) {
    const bool swapped = // one key for both orders
        operation.is_commutative && operands.count == 2 && operands.at[1] < operands.at[0];
    std::uint64_t result = operation.fingerprint;
    for (int i = 0; i < operands.count; ++i)
      result = mix(result, static_cast<std::uint64_t>(operands.at[swapped ? 1 - i : i]));
    return result;
  }

  constexpr symbol add(std::uint64_t key, const node &fresh) {
    nodes.push(fresh);
    table.insert(key, nodes.size - 1);
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
constexpr const detail::shape &symbol::shape() const { return home->nodes.items[index].of; }
constexpr bool symbol::is(const math::number &expected) const {
  return is_number() && value() == expected;
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

/// Marks the nodes from which the outputs are computed, themselves included.
constexpr void mark_needed(const graph &home, const list<int> &outputs, list<bool> &needed) {
  needed.append(home.nodes.size, false);
  for (const int output : outputs)
    needed.items[output] = true;
  for (int i = home.nodes.size - 1; i >= 0; --i)
    if (needed.items[i]) {
      const operand_list in = home.inputs_of(i);
      for (int k = 0; k < in.count; ++k)
        needed.items[in.at[k]] = true;
    }
}

/// Replaces the outputs by what they become when every node that they need is made anew, operands
/// first: fresh(index, operands, changed) is the index of the new node on these operands.
constexpr void rebuild(graph &home, list<int> &outputs, auto fresh) {
  list<bool> needed;
  mark_needed(home, outputs, needed);
  list<int> become(needed.size, -1), operands;
  for (int i = 0; i < become.size; ++i) {
    if (!needed.items[i])
      continue;
    operands.size = 0;
    bool changed = false;
    const operand_list before = home.inputs_of(i);
    for (int k = 0; k < before.count; ++k) {
      operands.push(become.items[before.at[k]]);
      changed = changed || operands.items[k] != before.at[k];
    }
    become.items[i] = fresh(i, operand_list(operands), changed);
  }
  for (int i = 0; i < outputs.size; ++i)
    outputs.items[i] = become.items[outputs.items[i]];
}

} // namespace detail
} // namespace chainrule
