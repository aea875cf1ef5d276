// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The order of instructions: numbers one after another, and in a program with matrices what works
// on elements of one shape and is ready together, in one loop. The body of a recurrence is a level
// of its own.
// Read next: construction.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>
#include <chainrule/program/instruction.hpp>
#include <chainrule/program/loop_body.hpp>

namespace chainrule::detail {

/// The nodes of a level in the order of their instructions, and the groups in which they run.
/// Operands stand before their users, so the order of the nodes is a schedule; what works on
/// elements of one shape and is ready moves forward. Each node and each operand is met a fixed
/// number of times.
class grouping {
public:
  list<int> order;
  list<int> counts; // of the groups

  constexpr grouping(graph &home, const list<int> &nodes, const views_of_loops &views) {
    find_kinds(home, nodes);
    find_uses(home, nodes, views);
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

  /// Seen of a loop is what the loop computes.
  constexpr void find_uses(graph &home, const list<int> &nodes, const views_of_loops &views) {
    list<int> number(home.nodes.size, -1);
    missing.append(nodes.size, 0);
    first_use.append(nodes.size, -1);
    next_ready.append(nodes.size, -1);
    for (int i = 0; i < nodes.size; ++i) {
      number.items[nodes.items[i]] = i;
      const auto add_use = [&](int index) {
        const bool is_seen = home.nodes.items[index].operation->role == loop_role::seen;
        const int operand = number.items[is_seen ? home.input(index, 0) : index];
        if (operand < 0)
          return;
        ++missing.items[i];
        uses.push({i, first_use.items[operand]});
        first_use.items[operand] = uses.size - 1;
      };
      if (home.nodes.items[nodes.items[i]].operation->role == loop_role::loop) {
        const list<int> before = dependencies_of(home, views, nodes.items[i]);
        for (const int each : before)
          add_use(each);
        continue;
      }
      const operand_list in = home.inputs_of(nodes.items[i]);
      for (int k = 0; k < in.count; ++k)
        add_use(in.at[k]);
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

/// All instructions, level by level. A loop is a group by itself, before which stands one for each
/// node that sees it; the groups of its body stand behind those of the level that it is in.
class schedule {
public:
  list<int> order;
  list<int> counts; // of the groups
  list<int> loops;  // of each: its group, the first group of its body, and how many those are
  bool is_scalar = true;

  constexpr schedule() = default;

  /// Of the nodes that are needed.
  constexpr schedule(graph &home, const list<bool> &needed) {
    list<int> computed, seen;
    for (int i = 0; i < needed.size; ++i) {
      const node &here = home.nodes.items[i];
      if (!needed.items[i] || here.content >= 0 || here.scope != 0)
        continue;
      if (here.operation->role == loop_role::seen) {
        seen.push(i);
        continue;
      }
      is_scalar = is_scalar && here.is_scalar() && here.operation->is_elementwise;
      computed.push(i);
    }
    is_scalar = is_scalar && seen.size == 0;
    if (!is_scalar) {
      arrange_level(home, computed, views_of_loops(home, seen));
    } else if (computed.size > 0) {
      counts.push(computed.size);
      order = computed;
    }
  }

  constexpr void pass(auto &archive) { archive(order), archive(counts), archive(loops); }

private:
  /// The number of its groups.
  constexpr int arrange_level(graph &home, list<int> nodes, const views_of_loops &views) {
    if (views.exist())
      nodes = in_order_of_use(home, nodes, views);
    const grouping level(home, nodes, views);
    const int first_group = counts.size;
    list<int> loops_here;
    int next = 0;
    for (const int count : level.counts) {
      const int index = level.order.items[next];
      if (views.exist() && home.nodes.items[index].operation->role == loop_role::loop) {
        for (int seen = views.first_of(index); seen >= 0; seen = views.after(seen)) {
          order.push(seen);
          counts.push(1);
        }
        loops_here.push(index);
        loops_here.push(counts.size);
      }
      order.append(level.order.items + next, count);
      counts.push(count);
      next += count;
    }
    const int result = counts.size - first_group;
    for (int i = 0; i < loops_here.size; i += 2) {
      const int entry = loops.size;
      loops.push(loops_here.items[i + 1]);
      loops.push(counts.size);
      loops.push(0);
      const loop_body body = body_of(home, loops_here.items[i], views);
      const int groups = arrange_level(home, body.nodes, views_of_loops(home, body.seen));
      loops.items[entry + 2] = groups;
    }
    return result;
  }

  /// A body may read what is younger in the graph than its loop.
  static constexpr list<int> in_order_of_use(graph &home, const list<int> &nodes,
                                             const views_of_loops &views) {
    enum : int { elsewhere, waiting, done };
    list<int> is(home.nodes.size, elsewhere);
    for (const int index : nodes)
      is.items[index] = waiting;
    list<int> result, pending;
    for (const int index : nodes) {
      pending.push(index);
      while (pending.size > 0) {
        const int next = pending.items[pending.size - 1];
        const int before = pending.size;
        if (is.items[next] == waiting) {
          const list<int> needed_before = dependencies_of(home, views, next);
          for (const int each : needed_before) {
            const bool is_seen = home.nodes.items[each].operation->role == loop_role::seen;
            const int computed = is_seen ? home.input(each, 0) : each; // with the loop it is
            if (is.items[computed] == waiting)
              pending.push(computed);
          }
        }
        if (pending.size > before)
          continue;
        --pending.size;
        if (is.items[next] == waiting) {
          is.items[next] = done;
          result.push(next);
        }
      }
    }
    return result;
  }
};

} // namespace chainrule::detail
