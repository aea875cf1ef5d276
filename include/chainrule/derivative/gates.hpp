// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gates: what flows back through relu or a choice is 0 where the condition does not hold, and a
// factor may be infinite or NaN there: it must not meet the 0. Where a flow is 0 follows from what
// the records of the operations that it is made of say of zeros, zero_if.
// Read next: program/parts.hpp.
#pragma once

#include <chainrule/operation/piecewise.hpp>
#include <chainrule/rewrite/placements.hpp>

namespace chainrule::detail {

/// Where flows are 0 because of gates, as conditions. (A comparison of a flow with 0 also holds
/// where it happens to be 0, and would cut off the slopes that it has there.) Flows share their
/// parts, so that it remembers them.
class closed_gates {
public:
  constexpr explicit closed_gates(graph &of) : home(of) {}

  /// Where a flow is 0; no symbol, if nowhere. A loop: flows are as deep as the network.
  constexpr symbol of(symbol flow) {
    where.append(home.nodes.size - where.size, unknown);
    list<int> pending(1, flow.index);
    while (pending.size > 0) {
      const int next = pending.items[pending.size - 1], before = pending.size;
      const operand_list in = home.inputs_of(next);
      for (int k = 0; where.items[next] == unknown && k < in.count; ++k)
        if (is_open(in[k]))
          where.items[in[k]] = nowhere;
        else if (where.items[in[k]] == unknown)
          pending.push(in[k]);
      if (pending.size > before)
        continue;
      if (where.items[next] == unknown)
        where.items[next] = is_open(next) ? nowhere : closed_by_operands(home.at(next)).index;
      --pending.size;
    }
    return known(flow);
  }

private:
  static constexpr int unknown = -2, nowhere = -1;

  graph &home;
  list<int> where; // of each node the condition

  constexpr bool is_open(int index) const { return !home.nodes.items[index].is_gated; }
  constexpr symbol known(symbol flow) const { return {&home, where.items[flow.index]}; }

  static constexpr symbol both(symbol a, symbol b) {
    return a.exists() && b.exists() ? a && b : symbol{};
  }
  static constexpr symbol either(symbol a, symbol b) {
    return !a.exists() ? b : b.exists() ? a || b : a;
  }

  constexpr symbol closed_by_operands(symbol flow) const {
    const operation_record &operation = *flow.operation();
    if (operation.zero_if == zero_rule::choice) {
      const symbol condition = flow.operand(0), side = closed_side(flow.operand(1), condition);
      return either(side, closed_side(flow.operand(2), !condition));
    }
    const int asked = operation.zero_if == zero_rule::first ? 1 : flow.operands();
    if (!operation.is_elementwise)
      return closed_where_moved(flow, asked);
    symbol result = known(flow.operand(0));
    for (int k = 1; k < asked; ++k) {
      const symbol next = known(flow.operand(k));
      result = operation.zero_if == zero_rule::all ? both(result, next) : either(result, next);
    }
    return result;
  }

  constexpr symbol closed_side(symbol x, symbol taken) const {
    return x.is(0) ? taken : both(taken, known(x));
  }

  /// What moves elements moves zeros and ones like them: 1 where an operand is open.
  constexpr symbol closed_where_moved(symbol flow, int asked) const {
    const symbol zero = home.constant(0), one = home.constant(1);
    list<int> operands;
    for (int k = 0; k < flow.operands(); ++k) {
      const symbol x = flow.operand(k), closed = k < asked ? known(x) : symbol{};
      const bool is_place = k >= asked && x.is_number();
      const symbol open = closed.exists() ? select(closed, zero, one) : one;
      operands.push((is_place ? x : filled(open, x.shape())).index);
    }
    const symbol open = home.make(*flow.operation(), operands);
    return is_gate(open) && open.operand(2).is(1) ? open.operand(0) : abs(open) <= zero;
  }
};

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
  if (const placement p = placement_of(flow); p.exists())
    return p.place(kept_open(p.inner, p.part_of(part), closed));
  return select(closed, flow.home->constant(0), part);
}

} // namespace chainrule::detail
