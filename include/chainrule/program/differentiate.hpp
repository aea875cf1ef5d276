// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Reverse accumulation on a graph: one sweep from a result down to its inputs yields the
// derivative with respect to every node, d result / d node, as nodes of the same graph. Each node
// is visited once, so the work is linear in the size of the network (Linnainmaa 1970).
// Read next: program/lower.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>
#include <chainrule/rewrite/rewrite.hpp>

namespace chainrule::detail {

/// Where a flow is 0 because of gates, as a condition. A comparison with 0 would also hold where it
/// happens to be 0, and cut off the slopes that it has there. That remains where more than so many
/// steps would be needed.
constexpr symbol closed_where(symbol flow, int &steps) {
  graph &home = *flow.home;
  const node here = home.nodes.items[flow.index];
  if (!here.is_gated)
    return {};
  if (--steps < 0)
    return abs(flow) <= home.constant(0);
  const auto both = [](symbol a, symbol b) { return a.exists() && b.exists() ? a && b : symbol{}; };
  const auto either = [](symbol a, symbol b) { return !a.exists() ? b : b.exists() ? a || b : a; };
  const auto side = [&steps](symbol x, symbol where) {
    const symbol inner = x.is(0) ? symbol{} : closed_where(x, steps);
    return x.is(0) ? where : inner.exists() ? where && inner : inner;
  };
  const symbol a = flow.operand(0);
  if (is<select_operation>(flow))
    return either(side(flow.operand(1), a), side(flow.operand(2), !a));
  if (is<multiply_operation>(flow))
    return either(closed_where(a, steps), closed_where(flow.operand(1), steps));
  if (is<add_operation>(flow) || is<subtract_operation>(flow))
    return both(closed_where(a, steps), closed_where(flow.operand(1), steps));
  if (is<negate_operation>(flow) || is<divide_operation>(flow) || is<no_rewrite_operation>(flow))
    return closed_where(a, steps);
  for (const along axis : {along::rows, along::columns})
    if (is_along<slice_operation>(flow, axis))
      return slice_of_repeated(closed_where(a, steps), axis, whole_operand(flow, 1),
                               whole_operand(flow, 2));
  return abs(flow) <= home.constant(0);
}

/// A flow without the zeros among which it is placed.
constexpr symbol without_zeros(symbol flow) {
  const placement p = placement_of(flow);
  return p.exists() ? without_zeros(p.inner) : flow;
}

/// The same among the zeros of a flow.
constexpr symbol among_zeros(symbol inner, symbol flow) {
  const placement p = placement_of(flow);
  return p.exists() ? p.place(among_zeros(inner, p.inner)) : inner;
}

/// A part that flows on, but where the flow is closed.
constexpr symbol kept_open(symbol flow, symbol part, symbol closed) {
  if (const placement p = placement_of(flow); p.exists()) {
    const symbol placed = slice_of_repeated(part, p.axis, p.first, p.size());
    return p.place(kept_open(p.inner, placed, closed));
  }
  return select(closed, flow.home->constant(0), part);
}

/// What flows on from a node, where `flow` flows into it. A flow that passed a gate is 0 where the
/// gate is closed, and a factor may be infinite or NaN there: it must not meet the 0. The gate is
/// moved outward; where there are several, all of them are asked. (Element by element: a product
/// of matrices mixes elements behind open and closed gates.)
constexpr void flow_through(graph &home, int index, symbol flow, list<symbol> &parts) {
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
  int steps = 32;
  symbol closed;
  if (is_gate(gate)) {
    const bool opens = gate.operand(2).is(0);
    closed = opens ? !gate.operand(0) : gate.operand(0);
    flow_through(home, index, among_zeros(gate.operand(opens ? 1 : 2), flow), parts);
  } else {
    closed = closed_where(gate, steps);
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
  const rewriting_as differentiating(home, rewriting::but_factors_stay);
  for (int i = result.index; i >= 0; --i) {
    if (flow[i] < 0)
      continue;
    const node here = home.nodes.items[i];
    if (!here.varies)
      continue;
    flow_through(home, i, {&home, flow[i]}, parts);
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
