// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Reverse accumulation on a graph: one sweep from a result down to its inputs yields the
// derivative with respect to every node, d result / d node, as nodes of the same graph. Each node
// is visited once, so the work is linear in the size of the network (Linnainmaa 1970).
// Read next: program/lower.hpp.
#pragma once

#include <chainrule/derivative/gates.hpp>
#include <chainrule/rewrite/rewrite.hpp>

namespace chainrule::detail {

/// What flows on from a node, where `flow` flows into it. A flow that passed a gate is 0 where the
/// gate is closed, and a factor may be infinite or NaN there: it must not meet the 0. The gate is
/// moved outward; where there are several, all of them are asked. (Element by element: a product
/// of matrices mixes elements behind open and closed gates.)
constexpr void flow_through(graph &home, int index, symbol flow, closed_gates &gates,
                            list<symbol> &parts) {
  const node here = home.nodes.items[index]; // a copy: rules add nodes
  if (!here.operation->is_elementwise)
    flow = filled(flow, here.of());
  parts.size = 0;
  const symbol result{&home, index};
  if (here.operation->has_derivative)
    parts.push(flow * here.operation->derivative(result.operand(0), result));
  else if (here.operation->has_adjoint)
    here.operation->adjoint(flow, home.inputs_of(index), result, parts);
  bool is_safe = true;
  for (const symbol part : parts)
    is_safe = is_safe && !(part.exists() && home.nodes.items[part.index].may_be_infinite);
  if (is_safe || !home.nodes.items[flow.index].is_gated || !here.operation->is_elementwise)
    return;
  const symbol gate = without_zeros(flow);
  symbol closed;
  if (is_gate(gate)) {
    const bool opens = gate.operand(2).is(0);
    closed = opens ? !gate.operand(0) : gate.operand(0);
    flow_through(home, index, among_zeros(gate.operand(opens ? 1 : 2), flow), gates, parts);
  } else {
    closed = gates.of(gate);
  }
  for (int k = 0; k < parts.size; ++k)
    if (parts.items[k].exists())
      parts.items[k] = kept_open(flow, parts.items[k], closed);
}

/// Appends the derivatives of result with respect to the nodes up to it, as indices; -1: it is 0.
constexpr void reverse_sweep(graph &home, symbol result, list<int> &derivatives) {
  const int first = derivatives.size;
  derivatives.append(result.index + 1, -1);
  int *const flow = derivatives.items + first;
  flow[result.index] = home.constant(1).index;
  list<symbol> parts;
  closed_gates gates(home);
  const rewriting_as differentiating(home, rewriting::but_factors_stay);
  for (int i = result.index; i >= 0; --i) {
    if (flow[i] < 0)
      continue;
    const node here = home.nodes.items[i];
    if (!here.varies)
      continue;
    flow_through(home, i, {&home, flow[i]}, gates, parts);
    for (int k = 0; k < parts.size; ++k) {
      symbol part = parts.items[k];
      const int operand = home.input(i, k);
      int &sum = flow[operand];
      if (!part.exists() || !home.nodes.items[operand].varies || part.is(0))
        continue;
      if (here.operation->is_elementwise)
        part = collected_from(part, here.of(), home.nodes.items[operand].of());
      sum = sum < 0 ? part.index : (symbol{&home, sum} + part).index;
    }
  }
}

} // namespace chainrule::detail
