// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The order of instructions: in groups that run together, in time linear in their number.
// Read next: workspace.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>

namespace chainrule::detail {

/// Instructions that run together: scalar ones one after another, those on matrices of one shape in
/// one loop over the elements, and every other by itself.
struct group {
  int first = 0;
  int count = 0;
  shape of{};
  bool is_elementwise = true;
  int same_loop = 0; // the first group whose loop differs only in where its operands are

  constexpr bool is_scalar() const { return is_elementwise && of.is_scalar(); }
  constexpr bool is_loop() const { return is_elementwise && !of.is_scalar(); }
  constexpr bool computes(int instruction) const {
    return instruction >= first && instruction < first + count;
  }
};

/// Orders the needed instructions in groups. Operands stand before their users in the graph, so the
/// order of its nodes is a schedule; what works on elements of one shape and is ready moves
/// forward. Each node and each operand is met a fixed number of times.
constexpr void schedule(const graph &home, const list<bool> &needed, list<int> &order,
                        list<group> &groups) {
  bool is_scalar = true;
  list<int> instructions;
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i] && home.nodes.items[i].input_count > 0) {
      instructions.push(i);
      is_scalar = is_scalar && home.nodes.items[i].is_scalar() &&
                  home.nodes.items[i].operation->is_elementwise;
    }
  if (is_scalar) {
    order = instructions;
    if (order.size > 0)
      groups.push({0, order.size});
    return;
  }
  index_table shapes;                    // of what is elementwise, numbered as they are met
  list<int> ready;                       // of each shape a node that may run, or -1
  list<int> next_ready(needed.size, -1); // beside it
  list<int> missing(needed.size, 0);     // operands that are not computed yet
  list<int> first_use(needed.size, -1);  // of a node, among
  list<int> users, next_use;             // all uses
  list<int> group_of(needed.size, -1);
  const auto set_ready = [&](int i) {
    const node &here = home.nodes.items[i];
    if (!here.operation->is_elementwise)
      return; // it is a group by itself when its turn comes
    int &first = ready.items[shapes.find(key_of(here.of()))];
    next_ready.items[i] = first;
    first = i;
  };
  for (const int i : instructions) {
    const node &here = home.nodes.items[i];
    if (here.operation->is_elementwise && shapes.find(key_of(here.of())) < 0) {
      shapes.insert(key_of(here.of()), ready.size);
      ready.push(-1);
    }
    for (int k = 0; k < here.input_count; ++k) {
      const int operand = home.input(i, k);
      if (home.nodes.items[operand].input_count == 0)
        continue;
      ++missing.items[i];
      users.push(i);
      next_use.push(first_use.items[operand]);
      first_use.items[operand] = users.size - 1;
    }
    if (missing.items[i] == 0)
      set_ready(i);
  }
  const auto add_to_group = [&](int i) {
    group_of.items[i] = groups.size - 1;
    ++groups.items[groups.size - 1].count;
    for (int use = first_use.items[i]; use >= 0; use = next_use.items[use])
      if (--missing.items[users.items[use]] == 0)
        set_ready(users.items[use]);
  };
  for (const int i : instructions) {
    if (group_of.items[i] >= 0)
      continue;
    const node &here = home.nodes.items[i];
    groups.push({0, 0, here.of(), here.operation->is_elementwise});
    if (!here.operation->is_elementwise) {
      add_to_group(i);
      continue;
    }
    const int shape = shapes.find(key_of(here.of()));
    while (ready.items[shape] >= 0) {
      const int next = ready.items[shape];
      ready.items[shape] = next_ready.items[next];
      add_to_group(next);
    }
  }
  // Within a group the order is that of the graph.
  list<int> next_place;
  int first = 0;
  for (int g = 0; g < groups.size; ++g) {
    groups.items[g].first = first;
    next_place.push(first);
    first += groups.items[g].count;
  }
  order.append(instructions.size, 0);
  for (const int i : instructions)
    order.items[next_place.items[group_of.items[i]]++] = i;
}

} // namespace chainrule::detail
