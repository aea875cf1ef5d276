// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The order of instructions: numbers one after another, and in a program with matrices what works
// on elements of one shape and is ready together, in one loop.
// Read next: stage.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>
#include <chainrule/program/instruction.hpp>

namespace chainrule::detail {

/// Nodes in the order of their instructions, and the groups in which they run. Operands stand
/// before their users in the graph, so the order of its nodes is a schedule; what works on elements
/// of one shape and is ready moves forward. Each node and each operand is met a fixed number of
/// times.
class schedule {
public:
  list<int> order;
  list<int> counts; // of the groups
  bool is_scalar = true;

  constexpr schedule() = default;

  /// Of the nodes that are computed, in the order of the graph.
  constexpr schedule(const graph &home, const list<int> &nodes) {
    for (const int index : nodes)
      is_scalar = is_scalar && home.nodes.items[index].is_scalar() &&
                  home.nodes.items[index].operation->is_elementwise;
    if (!is_scalar) {
      arrange(home, nodes);
    } else if (nodes.size > 0) {
      counts.push(nodes.size);
      order = nodes;
    }
  }

  constexpr void pass(auto &archive) { archive(order), archive(counts); }

private:
  // Of the instructions, which are numbered as they stand in the graph:
  list<int> kind;       // its shape, numbered, if it is computed element by element; else -1
  list<int> missing;    // how many operands are not computed yet
  list<int> first_use;  // in `uses`; -1: none
  list<int> next_ready; // of one kind
  list<int> group_of;
  // Of the kinds:
  list<int> ready; // an instruction that may run, or -1

  struct use {
    int user;
    int next; // of the same operand; -1: none
  };
  list<use> uses;

  constexpr void arrange(const graph &home, const list<int> &nodes) {
    find_kinds(home, nodes);
    find_uses(home, nodes);
    for (int i = 0; i < nodes.size; ++i)
      if (missing.items[i] == 0)
        set_ready(i);
    group_of.append(nodes.size, -1);
    for (int i = 0; i < nodes.size; ++i) {
      if (group_of.items[i] >= 0)
        continue;
      counts.push(0);
      if (kind.items[i] < 0) {
        run(i);
        continue;
      }
      for (int &next = ready.items[kind.items[i]]; next >= 0;) {
        const int taken = next;
        next = next_ready.items[taken];
        run(taken);
      }
    }
    // Within a group the order is that of the graph.
    list<int> next_place;
    int first = 0;
    for (const int count : counts) {
      next_place.push(first);
      first += count;
    }
    order.append(nodes.size, 0);
    for (int i = 0; i < nodes.size; ++i)
      order.items[next_place.items[group_of.items[i]]++] = nodes.items[i];
  }

  constexpr void find_kinds(const graph &home, const list<int> &nodes) {
    index_table shapes;
    for (const int index : nodes) {
      const node &here = home.nodes.items[index];
      int found = -1;
      if (here.operation->is_elementwise) {
        found = shapes.find(key_of(here.shape()));
        if (found < 0) {
          found = ready.size;
          shapes.insert(key_of(here.shape()), found);
          ready.push(-1);
        }
      }
      kind.push(found);
    }
  }

  constexpr void find_uses(const graph &home, const list<int> &nodes) {
    list<int> number(home.nodes.size, -1);
    missing.append(nodes.size, 0);
    first_use.append(nodes.size, -1);
    next_ready.append(nodes.size, -1);
    for (int i = 0; i < nodes.size; ++i) {
      number.items[nodes.items[i]] = i;
      const operand_list in = home.inputs_of(nodes.items[i]);
      for (int k = 0; k < in.count; ++k) {
        const int operand = number.items[in.at[k]];
        if (operand < 0)
          continue;
        ++missing.items[i];
        uses.push({i, first_use.items[operand]});
        first_use.items[operand] = uses.size - 1;
      }
    }
  }

  /// What is not computed element by element is a group by itself when its turn comes.
  constexpr void set_ready(int i) const {
    if (kind.items[i] < 0)
      return;
    int &first = ready.items[kind.items[i]];
    next_ready.items[i] = first;
    first = i;
  }

  /// Runs an instruction in the last group.
  constexpr void run(int i) {
    group_of.items[i] = counts.size - 1;
    ++counts.items[counts.size - 1];
    for (int u = first_use.items[i]; u >= 0; u = uses.items[u].next)
      if (--missing.items[uses.items[u].user] == 0)
        set_ready(uses.items[u].user);
  }
};

} // namespace chainrule::detail
