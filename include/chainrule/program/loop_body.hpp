// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Which nodes are the body of a loop: what it computes in each round depends on its places, and
// what it reads from outside does not.
// Read next: schedule.hpp.
#pragma once

#include <chainrule/operation/recurrence.hpp>

namespace chainrule::detail {

/// The nodes of a level that see each of its loops. A loop in the bodies of two others is seen in
/// each of them by what is needed there.
class views_of_loops {
public:
  constexpr views_of_loops() = default;
  constexpr views_of_loops(const graph &home, const list<int> &seen) {
    if (seen.size == 0)
      return;
    first.append(home.nodes.size, -1);
    next.append(home.nodes.size, -1);
    for (int i = seen.size - 1; i >= 0; --i) {
      int &before = first.items[home.input(seen.items[i], 0)];
      next.items[seen.items[i]] = before;
      before = seen.items[i];
    }
  }
  constexpr bool exist() const { return first.size > 0; }
  constexpr int first_of(int loop) const { return first.items[loop]; }
  constexpr int after(int view) const { return next.items[view]; }

private:
  list<int> first; // of each loop; -1: none
  list<int> next;
};

/// Nodes, in the order of the graph. A bit for each: what sees loops asks for hundreds of such
/// sets.
class node_set {
public:
  constexpr explicit node_set(const graph &home) : words((home.nodes.size + 63) / 64, 0) {}

  constexpr bool has(int index) const { return (words.items[index / 64] >> (index % 64) & 1) != 0; }
  constexpr void insert(int index) const {
    words.items[index / 64] |= std::uint64_t{1} << (index % 64);
  }
  constexpr void each(auto use) const {
    for (int word = 0; word < words.size; ++word)
      for (std::uint64_t rest = words.items[word]; rest != 0; rest &= rest - 1)
        use(64 * word + std::countr_zero(rest));
  }

private:
  list<std::uint64_t> words;
};

/// What is computed in each round of a loop, but for the bodies of the loops in it.
struct loop_body {
  list<int> nodes; // in the order of the graph
  list<int> seen;  // of the loops in it
  list<int> uses;  // what it reads from outside, those of the loops in it too
};

constexpr loop_body body_of(graph &home, int loop, const list<int> &parts);

constexpr list<int> next_values_of(graph &home, int loop) {
  const loop_view view{home.at(loop)};
  list<int> result;
  for (int k = 0; k < view.states(); ++k)
    result.push(view.next(k).index);
  return result;
}

/// What has to be computed before a loop that has this body.
constexpr list<int> dependencies_of(graph &home, int loop, const loop_body &body) {
  list<int> result = body.uses;
  const loop_view view{home.at(loop)};
  result.push(view.rounds().index);
  for (int k = 0; k < view.states(); ++k)
    result.push(view.initial(k).index);
  for (int k = 0; k < view.elements(); ++k)
    result.push(view.sequence(k).index);
  return result;
}

/// What has to be computed before a node: its operands, and for a loop what its body reads; of
/// what is seen of one, what that part of the body reads.
constexpr list<int> dependencies_of(graph &home, int index) {
  const node &here = home.nodes.items[index];
  list<int> result;
  if (here.operation->role == loop_role::none) {
    const operand_list in = home.inputs_of(index);
    result.append(in.at, in.count);
  } else if (here.operation->role == loop_role::seen) {
    result = body_of(home, home.input(index, 0), list<int>(1, home.input(index, 1))).uses;
    result.push(home.input(index, 0));
  } else {
    return dependencies_of(home, index, body_of(home, index, next_values_of(home, index)));
  }
  return result;
}

/// The body as far as some parts of it need it.
constexpr loop_body body_of(graph &home, int loop, const list<int> &parts) {
  const loop_view view{home.at(loop)};
  const std::uint32_t scope = std::uint32_t{1} << view.depth();
  const node_set given(home), found(home);
  list<int> pending;
  const auto meet = [&](int index) {
    if (given.has(index) || found.has(index))
      return;
    found.insert(index);
    if ((home.nodes.items[index].scope & scope) != 0)
      pending.push(index);
  };
  for (int k = 0; k < view.states(); ++k)
    given.insert(view.state(k).index);
  for (int k = 0; k < view.elements(); ++k)
    given.insert(view.element(k).index);
  for (const int part : parts)
    meet(part);
  while (pending.size > 0) {
    const list<int> before = dependencies_of(home, pending.items[--pending.size]);
    for (const int each : before)
      meet(each);
  }
  loop_body result;
  found.each([&](int index) {
    const node &here = home.nodes.items[index];
    if ((here.scope & scope) != 0)
      (here.operation->role == loop_role::seen ? result.seen : result.nodes).push(index);
    else if (here.content < 0) // neither a place nor a variable or number
      result.uses.push(index);
  });
  return result;
}

/// The whole of it in a level where these nodes see it.
constexpr loop_body body_of(graph &home, int loop, const views_of_loops &views) {
  list<int> parts = next_values_of(home, loop);
  for (int seen = views.first_of(loop); seen >= 0; seen = views.after(seen))
    parts.push(home.input(seen, 1));
  return body_of(home, loop, parts);
}

/// What has to be computed in a level before a node, and for a loop before all that is seen of it.
constexpr list<int> dependencies_of(graph &home, const views_of_loops &views, int index) {
  if (home.nodes.items[index].operation->role == loop_role::loop)
    return dependencies_of(home, index, body_of(home, index, views));
  return dependencies_of(home, index);
}

} // namespace chainrule::detail
