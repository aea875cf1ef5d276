// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Lowering: from what the user wrote (records of expression types) to nodes of a graph. The walk
// is iterative and meets every distinct subexpression once; rewrites take effect as nodes are
// made, and formal derivatives are carried out.
// Read next: schedule.hpp.
#pragma once

#include <chainrule/derivative/partial.hpp>
#include <chainrule/operation/gamma.hpp>
#include <chainrule/program/differentiate.hpp>

namespace chainrule::detail {

/// Adds networks to a graph, each distinct subexpression once.
class lowering {
public:
  /// Whether rewrites take effect. Derivatives are always simplified.
  enum class mode { simplified, as_written };

  constexpr explicit lowering(graph &into, mode how = mode::simplified) : home(into), way(how) {
    home.rewritten = rewritten;
  }

  /// The node that stands for the network.
  constexpr symbol of(const expression_record &network) {
    list<const expression_record *> pending;
    pending.push(&network);
    while (pending.size > 0) {
      const expression_record &next = *pending.items[pending.size - 1];
      const int before = pending.size;
      if (found(next) < 0) {
        for (int i = next.operand_count - 1; i >= first_to_lower(next); --i)
          if (found(*next.operands[i]) < 0)
            pending.push(next.operands[i]);
        if (pending.size == before)
          remember(next, filled(made(next), next.of));
      }
      if (pending.size == before)
        --pending.size;
    }
    return {&home, found(network)};
  }

  /// From now on the network is this node.
  constexpr void remember(const expression_record &network, symbol node) {
    known.insert(network.fingerprint, node.index);
  }

private:
  struct sweep {
    int result; // whose derivatives stand from
    int first;
  };

  graph &home;
  mode way;
  index_table known;                    // by fingerprint of the expression
  list<const expression_record *> held; // parts that are variables in this lowering
  list<sweep> sweeps;
  list<int> derivatives;

  constexpr int found(const expression_record &network) const {
    return known.find(network.fingerprint);
  }

  static constexpr bool is_derivative(const expression_record &network) {
    return network.operation->fingerprint ==
           operation_record_of<partial_operation>::value.fingerprint;
  }

  static constexpr bool is_fence(const expression_record &network) {
    return network.operation->fingerprint ==
           operation_record_of<no_rewrite_operation>::value.fingerprint;
  }

  /// A function is lowered in a lowering of its own where it is taken as a function of one of its
  /// parts, and where this one does not simplify.
  constexpr int first_to_lower(const expression_record &network) const {
    if (is_fence(network))
      return way == mode::as_written ? 0 : 1;
    if (!is_derivative(network))
      return 0;
    return way == mode::as_written ? 2 : is_by_part(network) ? 1 : 0;
  }

  /// Whether it is a derivative with respect to something that is no variable.
  constexpr bool is_by_part(const expression_record &network) const {
    if (!is_derivative(network) || *network.operands[1]->operation == variable_record)
      return false;
    for (const expression_record *part : held)
      if (part->fingerprint == network.operands[1]->fingerprint)
        return false;
    return true;
  }

  constexpr symbol made(const expression_record &network) {
    if (*network.operation == variable_record)
      return home.variable(network.name, network.fingerprint, network.of);
    if (*network.operation == number_record)
      return home.constant(network.value);
    if (is_derivative(network) && way == mode::as_written)
      return tidied(lowering(home).of(network));
    if (is_by_part(network))
      return derivative_by_part(*network.operands[0], *network.operands[1]);
    if (is_fence(network) && way == mode::simplified)
      return fenced(*network.operands[0]);
    list<int> operands;
    for (int i = 0; i < network.operand_count; ++i)
      operands.push(found(*network.operands[i]));
    if (is_derivative(network))
      return derivative({&home, operands.items[0]}, {&home, operands.items[1]});
    return way == mode::simplified ? home.make(*network.operation, operands)
                                   : home.written(*network.operation, operands);
  }

  constexpr symbol derivative(symbol result, symbol input) {
    int i = 0;
    while (i < sweeps.size && sweeps.items[i].result != result.index)
      ++i;
    if (i == sweeps.size) {
      sweeps.push({result.index, derivatives.size});
      reverse_sweep(home, result, derivatives);
    }
    const int index =
        input.index > result.index ? -1 : derivatives.items[sweeps.items[i].first + input.index];
    return index < 0 ? home.constant(0) : symbol{&home, index};
  }

  /// The network as it is written, and from now on.
  constexpr symbol fenced(const expression_record &network) {
    lowering inner(home, mode::as_written);
    for (const expression_record *part : held)
      inner.remember(*part, {&home, found(*part)});
    const symbol inside = inner.of(network);
    list<bool> needed;
    mark_needed(home, list<int>(1, inside.index), needed);
    for (int i = 0; i < needed.size; ++i)
      home.nodes.items[i].is_fenced = home.nodes.items[i].is_fenced || needed.items[i];
    return as_written<no_rewrite_operation>(inside);
  }

  /// The node on other operands: simplified, unless it is fenced off.
  constexpr symbol renewed(int index, operand_list operands) {
    const node here = home.nodes.items[index];
    if (!here.is_fenced)
      // P - h may become the number 0: what it stood for keeps its shape
      return filled(home.make(*here.operation, operands), here.of());
    const symbol result = home.written(*here.operation, operands);
    home.nodes.items[result.index].is_fenced = true;
    return result;
  }

  /// df/dh: f is lowered once more with a variable in the place of h, so that no rewrite can
  /// dissolve h into its surroundings; after differentiation h takes its place again.
  constexpr symbol derivative_by_part(const expression_record &function,
                                      const expression_record &part) {
    lowering inner(home);
    for (const expression_record *other : held) {
      inner.held.push(other);
      inner.remember(*other, {&home, found(*other)});
    }
    const symbol place = home.variable({}, mix(part.fingerprint, 1), part.of);
    inner.held.push(&part);
    inner.remember(part, place);
    return replaced(inner.derivative(inner.of(function), place), place, {&home, found(part)});
  }

  /// The node made anew, now that factors may move to the front.
  constexpr symbol tidied(symbol derivative) {
    list<int> result(1, derivative.index);
    rebuild(home, result, [&](int index, operand_list operands, bool) {
      return home.nodes.items[index].input_count == 0 ? index : renewed(index, operands).index;
    });
    return {&home, result.items[0]};
  }

  /// The node with one part of it replaced; everything that depends on it is made anew.
  constexpr symbol replaced(symbol whole, symbol part, symbol by) {
    list<int> result(1, whole.index);
    rebuild(home, result, [&](int index, operand_list operands, bool changed) {
      if (index == part.index)
        return by.index;
      return changed ? renewed(index, operands).index : index;
    });
    return {&home, result.items[0]};
  }
};

constexpr bool is_carried_out(const expression_record &derivative) {
  graph home;
  list<bool> needed;
  mark_needed(home, list<int>(1, lowering(home).of(derivative).index), needed);
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i] && is<missing_derivative_operation>(home.at(i)))
      return false;
  return true;
}

} // namespace chainrule::detail
