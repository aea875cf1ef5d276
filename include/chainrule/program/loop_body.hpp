// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Which nodes are the body of a loop: what it computes in each round depends on its places, and
// what it reads from outside does not.
// Read next: schedule.hpp.
#pragma once

#include <chainrule/operation/recurrence.hpp>

namespace chainrule::detail {

/// The needed nodes that see each loop.
class views_of_loops {
public:
  constexpr views_of_loops() = default;
  constexpr views_of_loops(const graph &home, const list<bool> &needed) {
    for (int i = needed.size - 1; i >= 0; --i)
      if (needed.items[i] && home.nodes.items[i].operation->role == loop_role::seen) {
        if (first.size == 0) {
          first.append(needed.size, -1);
          next.append(needed.size, -1);
        }
        next.items[i] = first.items[home.input(i, 0)];
        first.items[home.input(i, 0)] = i;
      }
  }
  constexpr bool exist() const { return first.size > 0; }
  constexpr int first_of(int loop) const { return first.items[loop]; }
  constexpr int after(int view) const { return next.items[view]; }

private:
  list<int> first; // of each loop; -1: none
  list<int> next;
};

/// The body of a loop, but for those of the loops in it.
struct loop_body {
  list<int> nodes; // in the order of the graph
  list<int> uses;  // what it reads from outside, those of the loops in it too
};

constexpr loop_body body_of(graph &home, const views_of_loops &views, int loop);

/// What has to be computed before a node: its operands, and for a loop what its body reads.
constexpr list<int> dependencies_of(graph &home, const views_of_loops &views, int index) {
  list<int> result;
  const node &here = home.nodes.items[index];
  if (here.operation->role == loop_role::seen) {
    result.push(home.input(index, 0));
  } else if (here.operation->role == loop_role::none) {
    const operand_list in = home.inputs_of(index);
    result.append(in.at, in.count);
  } else {
    result = body_of(home, views, index).uses;
    const loop_view view{home.at(index)};
    result.push(view.rounds().index);
    for (int k = 0; k < view.states(); ++k)
      result.push(view.initial(k).index);
    for (int k = 0; k < view.elements(); ++k)
      result.push(view.sequence(k).index);
  }
  return result;
}

constexpr loop_body body_of(graph &home, const views_of_loops &views, int loop) {
  const loop_view view{home.at(loop)};
  const std::uint32_t scope = std::uint32_t{1} << view.depth();
  enum : int { not_met, is_given, is_inside, is_outside };
  list<int> is(home.nodes.size, not_met);
  list<int> pending;
  const auto meet = [&](int index) {
    if (is.items[index] != not_met)
      return;
    const node &here = home.nodes.items[index];
    is.items[index] = (here.scope & scope) != 0 ? is_inside : is_outside;
    if (is.items[index] == is_inside)
      pending.push(index);
  };
  for (int k = 0; k < view.states(); ++k)
    is.items[view.state(k).index] = is_given;
  for (int k = 0; k < view.elements(); ++k)
    is.items[view.element(k).index] = is_given;
  for (int k = 0; k < view.states(); ++k)
    meet(view.next(k).index);
  for (int seen = views.first_of(loop); seen >= 0; seen = views.after(seen))
    meet(home.input(seen, 1));
  while (pending.size > 0) {
    const int index = pending.items[--pending.size];
    const list<int> before = dependencies_of(home, views, index);
    for (const int each : before)
      meet(each);
  }
  loop_body result;
  for (int i = 0; i < is.size; ++i) {
    const node &here = home.nodes.items[i];
    if (is.items[i] == is_inside && here.operation->role != loop_role::seen)
      result.nodes.push(i);
    else if (is.items[i] == is_outside && here.content < 0)
      result.uses.push(i);
  }
  return result;
}

} // namespace chainrule::detail
