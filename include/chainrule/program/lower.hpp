// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Lowering: from what the user wrote (records of expression types) to nodes of a graph. The walk
// is iterative and meets every distinct subexpression once; rewrites take effect as nodes are
// made, and formal derivatives are carried out.
// Read next: program/program.hpp.
#pragma once

#include <vector>

#include <chainrule/operation/derivative.hpp>
#include <chainrule/program/differentiate.hpp>

namespace chainrule {

/// Adds networks to a graph, each distinct subexpression once.
class lowering {
public:
  constexpr explicit lowering(graph &into) : home(into) {}

  /// The node that stands for the network.
  constexpr symbol of(const expression_record &network) {
    std::vector<const expression_record *> pending{&network};
    while (!pending.empty()) {
      const expression_record &next = *pending.back();
      if (!found(next).exists()) {
        const std::size_t before = pending.size();
        for (int i = next.operation->arity - 1; i >= 0; --i) {
          const expression_record &operand = *next.operands[static_cast<std::size_t>(i)];
          // A function of one of its parts is lowered below, with the part as a variable.
          if (!(i == 0 && is_by_part(next)) && !found(operand).exists())
            pending.push_back(&operand);
        }
        if (pending.size() > before)
          continue;
        remember(next, made(next));
      }
      pending.pop_back();
    }
    return found(network);
  }

  /// From now on the network is this node.
  constexpr void remember(const expression_record &network, symbol node) {
    known.insert(network.fingerprint, node.index);
  }

private:
  struct sweep {
    int result;
    std::vector<int> derivatives;
  };

  graph &home;
  index_table known;                                 // by fingerprint of the expression
  std::vector<const expression_record *> parts_held; // that are variables in this lowering
  std::vector<sweep> sweeps;

  constexpr symbol found(const expression_record &network) {
    return home.at(known.find(network.fingerprint, [](int) { return true; }));
  }

  static constexpr bool is_derivative(const expression_record &network) {
    return network.operation == &detail::operation_record_of<partial_operation>::value;
  }

  /// Whether it is a derivative with respect to something that is no variable.
  constexpr bool is_by_part(const expression_record &network) const {
    if (!is_derivative(network) || network.operands[1]->operation == &variable_record)
      return false;
    for (const expression_record *held : parts_held)
      if (held->fingerprint == network.operands[1]->fingerprint)
        return false;
    return true;
  }

  constexpr symbol made(const expression_record &network) {
    if (network.operation == &variable_record)
      return home.variable(network.name, network.fingerprint);
    if (network.operation == &number_record)
      return home.constant(network.value);
    if (is_by_part(network))
      return derivative_by_part(*network.operands[0], *network.operands[1]);
    operand_indices inputs = no_operands;
    for (std::size_t i = 0; i < static_cast<std::size_t>(network.operation->arity); ++i)
      inputs[i] = found(*network.operands[i]).index;
    if (is_derivative(network))
      return derivative(home.at(inputs[0]), home.at(inputs[1]));
    return home.make(*network.operation, inputs);
  }

  constexpr symbol derivative(symbol result, symbol input) {
    std::size_t i = 0;
    while (i < sweeps.size() && sweeps[i].result != result.index)
      ++i;
    if (i == sweeps.size())
      sweeps.push_back({result.index, reverse_sweep(home, result)});
    const std::vector<int> &all = sweeps[i].derivatives;
    const auto at = static_cast<std::size_t>(input.index);
    return at < all.size() && all[at] >= 0 ? home.at(all[at]) : home.constant(0);
  }

  /// df/dh: f is lowered once more with a variable in the place of h, so that no rewrite can
  /// dissolve h into its surroundings; after differentiation h takes its place again.
  constexpr symbol derivative_by_part(const expression_record &function,
                                      const expression_record &part) {
    lowering inner(home);
    inner.parts_held = parts_held;
    for (const expression_record *held : parts_held)
      inner.remember(*held, found(*held));
    const symbol placeholder = home.variable({}, mix(part.fingerprint, 1));
    inner.parts_held.push_back(&part);
    inner.remember(part, placeholder);
    return replaced(inner.derivative(inner.of(function), placeholder), placeholder, found(part));
  }

  /// The node with one part of it replaced; everything that depends on it is made anew.
  constexpr symbol replaced(symbol whole, symbol part, symbol by) {
    std::vector<int> fresh(static_cast<std::size_t>(whole.index) + 1, -1);
    std::vector<char> needed(fresh.size(), 0);
    needed.back() = 1;
    for (std::size_t i = fresh.size(); i-- > 0;)
      if (needed[i])
        for (const int input : home.nodes[i].inputs)
          if (input >= 0)
            needed[static_cast<std::size_t>(input)] = 1;
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      if (!needed[i])
        continue;
      const node here = home.nodes[i];
      operand_indices inputs = here.inputs;
      for (int &input : inputs)
        if (input >= 0)
          input = fresh[static_cast<std::size_t>(input)];
      if (static_cast<int>(i) == part.index)
        fresh[i] = by.index;
      else
        fresh[i] =
            inputs == here.inputs ? static_cast<int>(i) : home.make(*here.operation, inputs).index;
    }
    return home.at(fresh.back());
  }
};

} // namespace chainrule
