// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Expansion: operations become machine steps that share their work. sigmoid, its derivative and its
// cross-entropy share one exponential. What is going to be computed is announced first, so that
// each operation knows which of its steps are there anyway.
// Read next: elements.hpp.
#pragma once

#include <chainrule/graph/rebuild.hpp>
#include <chainrule/operation/sum.hpp>
#include <chainrule/program/loop_body.hpp>

namespace chainrule::detail {

/// Brings the outputs of a graph into machine steps, which are added to it, a node a step.
class expansion {
public:
  rebuilding remade;

  constexpr void begin(graph &home, const list<int> &outputs) {
    remade.begin(home, outputs);
    if (has_loops(home)) {
      live = live_parts(home, outputs);
      remade.begin(live.nodes);
    }
    announce(home);
  }
  constexpr void go_on(graph &home, const list<int> &outputs) {
    if (has_loops(home))
      live = live_parts(home, outputs);
    announce(home);
  }

  constexpr bool is_done() const { return remade.is_done(); }

  /// What outlives a stage; announcements are made again.
  constexpr void pass(auto &archive) { remade.pass(archive); }

  constexpr void step(graph &home) {
    const rewriting_as expanding(home, rewriting::but_named_rules_rest);
    remade.step(home, [&](int index, operand_list operands, bool changed) {
      const node here = home.nodes.items[index];
      if (here.operation->role == loop_role::loop)
        return in_turn(home, operands, {home.at(index)});
      symbol steps;
      if (here.operation->has_code)
        steps = here.operation->code(home, home.inputs_of(index), operands);
      if (steps.exists())
        return filled(steps, here.shape()).index;
      return changed ? home.written(*here.operation, operands).index : index;
    });
  }

  constexpr void end(list<int> &outputs) const {
    for (int i = 0; i < outputs.size; ++i)
      outputs.items[i] = remade.become.items[outputs.items[i]];
  }

private:
  constexpr void announce(graph &home) {
    find_turns(home);
    for (const int index : remade.order)
      if (home.nodes.items[index].operation->has_announcement)
        home.nodes.items[index].operation->announce(home, home.inputs_of(index));
  }

  constexpr bool has_loops(const graph &home) const {
    for (const int index : remade.order)
      if (home.nodes.items[index].operation->role == loop_role::loop)
        return true;
    return false;
  }

  live_parts live;
  list<int> turns; // of each node, after how many loops one after another it is computed

  /// The loop with its live parts, where it was. All generations of it are one, but for those that
  /// come after one another.
  constexpr int in_turn(graph &home, operand_list operands, const loop_view &before) const {
    const int index = before.node.index;
    list<int> all;
    all.append(operands.at, loop_operation::first_state);
    int states = 0, elements = 0;
    for (int k = 0; k < before.states(); ++k)
      if (live.is_live(index, k)) {
        all.append(operands.at + loop_view::first_of_state(k), 3);
        ++states;
      }
    for (int k = 0; k < before.elements(); ++k)
      if (live.is_live(index, before.states() + k)) {
        all.append(operands.at + before.first_of_element(k), 2);
        ++elements;
      }
    all.items[loop_operation::states] = home.constant(states).index;
    all.items[loop_operation::elements] = home.constant(elements).index;
    all.items[loop_operation::generation] = home.constant(turns.items[index]).index;
    if (const std::uint32_t scope = home.nodes.items[index].scope;
        scope != 0 && all.size < operands.count)
      all.items[loop_operation::around] = home.place(scope, 0, {}, gating::open).index;
    return home.written(operation_record_of<loop_operation>::value, all).index;
  }

  /// What is seen of a loop may depend on what was seen of it before: the spread about a mean.
  constexpr void find_turns(const graph &home) {
    list<int> seen;
    for (const int index : remade.order)
      if (home.nodes.items[index].operation->role == loop_role::seen)
        seen.push(index);
    if (seen.size == 0)
      return;
    const views_of_loops views(home, seen);
    turns.size = 0;
    turns.append(remade.become.size, 0);
    for (const int index : remade.order) { // the parts of a loop are older than the loop
      int &turn = turns.items[index];
      const operand_list in = home.inputs_of(index);
      for (int k = 0; k < in.count; ++k)
        if (turns.items[in.at[k]] > turn)
          turn = turns.items[in.at[k]];
      for (int view = views.first_of(index); view >= 0; view = views.after(view))
        if (turns.items[home.input(view, 1)] > turn)
          turn = turns.items[home.input(view, 1)];
      if (home.nodes.items[index].operation->role == loop_role::seen)
        ++turn;
    }
  }
};

/// The outputs in machine steps, all at once.
constexpr void expand(graph &home, list<int> &outputs) {
  expansion work;
  work.begin(home, outputs);
  while (!work.is_done())
    work.step(home);
  work.end(outputs);
}

} // namespace chainrule::detail
