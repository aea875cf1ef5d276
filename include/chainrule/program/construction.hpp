// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The whole way from the parts of networks to a graph of machine steps in their order: lowering,
// with the reverse sweeps in it, expansion, schedule.
// Read next: stage.hpp.
#pragma once

#include <chainrule/program/elements.hpp>
#include <chainrule/program/expand.hpp>
#include <chainrule/program/lower.hpp>
#include <chainrule/program/schedule.hpp>

namespace chainrule::detail {

/// A stage ends when it has added so many nodes, or called rules twice as often.
#if defined(CHAINRULE_STAGE_NODES)
constexpr int stage_nodes = CHAINRULE_STAGE_NODES;
#elif defined(__clang__)
constexpr int stage_nodes = 1200;
#else
constexpr int stage_nodes = 2000;
#endif

/// The work on the graph of networks. It can stop after any step.
class construction {
public:
  graph home;
  lowering lower;
  expansion expand;
  schedule plan;
  list<int> outputs;   // nodes
  list<int> leaves;    // the needed variables and numbers
  list<int> variables; // the parts that the variables of the graph are made of
  enum phase { lowers, begins_to_expand, expands, schedules, is_done };
  int now = lowers;

  constexpr explicit construction(const parts_to_lower &parts) : lower(home, parts) {}

  /// Works on until it is done or has done enough. What goes through a whole graph that is large,
  /// as a new phase does to begin with, is enough alone.
  constexpr void run(const int *output_parts, int output_count) {
    const int end = home.nodes.size + stage_nodes, first = now;
    int steps = 0;
    const auto is_spent = [&] {
      return home.nodes.size >= end || home.calls + steps / 8 >= 2 * stage_nodes ||
             (now != first && home.nodes.size > stage_nodes);
    };
    while (now == lowers && !is_spent()) {
      if (lower.is_done()) {
        for (int i = 0; i < output_count; ++i)
          outputs.push(lower.become.items[output_parts[i]]);
        now = begins_to_expand;
        break;
      }
      lower.step();
      ++home.calls;
      if (variables.size < home.variables.size)
        variables.push(lower.next - 1);
    }
    if (now == begins_to_expand && !is_spent()) {
      expand.begin(home, outputs);
      now = expands;
    }
    while (now == expands && !is_spent()) {
      if (expand.is_done()) {
        expand.end(outputs);
        now = schedules;
        break;
      }
      expand.step(home);
      ++steps;
    }
    if (now == schedules && !is_spent())
      arrange();
  }

  /// What outlives a stage, but the graph.
  constexpr void pass(auto &archive) {
    archive(now), archive(home.families);
    archive(outputs), archive(leaves), archive(variables);
    lower.pass(archive);
    expand.pass(archive);
    plan.pass(archive);
  }

private:
  constexpr void arrange() {
    list<bool> needed;
    mark_needed(home, outputs, needed);
    if (taking_apart(home, needed).replace(outputs)) {
      list<bool> elements;
      mark_needed(home, outputs, elements);
      for (int i = 0; i < needed.size; ++i) // all variables remain arguments
        elements.items[i] = elements.items[i] ||
                            (needed.items[i] && *home.nodes.items[i].operation == variable_record);
      needed.swap(elements);
    }
    for (int i = 0; i < needed.size; ++i)
      if (needed.items[i] && home.nodes.items[i].content >= 0 && home.nodes.items[i].scope == 0)
        leaves.push(i);
    plan = schedule(home, needed);
    now = is_done;
  }
};

} // namespace chainrule::detail
