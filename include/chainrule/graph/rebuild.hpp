// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Which nodes outputs need, and every pass over a graph: it makes these nodes anew.
// Read next: answer.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>

namespace chainrule::detail {

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

/// Makes every node that some outputs need anew, operands first, a node a step.
class rebuilding {
public:
  list<int> order;  // the needed nodes
  list<int> become; // of each node of the graph as it was; -1: not yet made, or not needed
  int next = 0;     // in order

  constexpr void begin(const graph &home, const list<int> &outputs) {
    list<bool> needed;
    mark_needed(home, outputs, needed);
    begin(needed);
  }
  constexpr void begin(const list<bool> &needed) {
    next = order.size = become.size = 0;
    for (int i = 0; i < needed.size; ++i)
      if (needed.items[i])
        order.push(i);
    become.append(needed.size, -1);
  }

  constexpr bool is_done() const { return next == order.size; }
  constexpr void pass(auto &archive) { archive(order), archive(become), archive(next); }

  /// fresh(index, operands, changed) is the index of the new node on these operands.
  constexpr void step(const graph &home, auto fresh) {
    const int index = order.items[next++];
    const node &here = home.nodes.items[index];
    const int *const before = home.inputs.items + here.first_input;
    bool changed = false;
    operands.size = 0;
    for (int k = 0; k < here.input_count; ++k) {
      operands.push(become.items[before[k]]);
      changed = changed || operands.items[k] != before[k];
    }
    become.items[index] = fresh(index, operand_list(operands), changed);
  }

private:
  list<int> operands;
};

/// Replaces the outputs by what they become when every node that they need is made anew.
constexpr void rebuild(graph &home, list<int> &outputs, auto fresh) {
  rebuilding work;
  work.begin(home, outputs);
  while (!work.is_done())
    work.step(home, fresh);
  for (int i = 0; i < outputs.size; ++i)
    outputs.items[i] = work.become.items[outputs.items[i]];
}

} // namespace chainrule::detail
