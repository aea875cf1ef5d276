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

/// What outputs are computed from: of loops only those states and elements on which something
/// depends that is seen of them.
class live_parts {
public:
  list<bool> nodes; // that are needed

  constexpr live_parts() = default;
  constexpr live_parts(graph &home, const list<int> &outputs) : first_place(home.nodes.size, -1) {
    do {
      has_more = false;
      nodes.size = first_source.size = sources.size = was_seen.size = 0;
      was_seen.append(is_used.size, false);
      nodes.append(home.nodes.size, false);
      first_source.append(home.nodes.size, -1);
      find(home, outputs);
    } while (has_more);
  }

  /// Whether a state, or after them an element, of a loop is one of these.
  constexpr bool is_live(int loop, int place) const {
    return is_used.items[first_place.items[loop] + place];
  }

private:
  list<int> first_place; // of each loop, in is_used
  list<bool> is_used;
  list<bool> was_seen;   // of the first places of loops
  bool has_more = false; // of a loop than was known when something was seen of it before
  list<int> loops;
  list<int> first_source; // of what is seen of loops, in sources, which end with -1
  list<int> sources;

  /// These nodes and what they are computed from.
  constexpr void find(graph &home, const list<int> &all) {
    list<int> pending;
    const auto meet = [&](int index) {
      if (!nodes.items[index])
        pending.push(index);
      nodes.items[index] = true;
    };
    for (const int each : all)
      meet(each);
    while (pending.size > 0)
      for (const int each : sources_of(home, pending.items[--pending.size]))
        meet(each);
  }

  constexpr list<int> sources_of(graph &home, int index) {
    list<int> result;
    if (home.nodes.items[index].operation->role != loop_role::seen) {
      const operand_list in = home.inputs_of(index);
      result.append(in.at, in.count);
    } else {
      if (first_source.items[index] < 0)
        find_sources(home, index);
      for (int i = first_source.items[index]; sources.items[i] >= 0; ++i)
        result.push(sources.items[i]);
    }
    return result;
  }

  /// What is read from outside a loop for what is seen of it, and for all that is known to live in
  /// it.
  constexpr void find_sources(graph &home, int seen) {
    const loop_view view{home.at(home.input(seen, 0))};
    const std::uint32_t scope = std::uint32_t{1} << view.depth();
    const int first = places_of(home, view);
    const bool is_first = !was_seen.items[first];
    was_seen.items[first] = true;
    nodes.items[view.node.index] = true;
    list<int> pending, found;
    const node_set in_body(home), outside(home);
    const auto meet = [&](int index) {
      if (!in_body.has(index))
        pending.push(index);
      in_body.insert(index);
    };
    const auto read = [&](int index) {
      if (!outside.has(index))
        found.push(index);
      outside.insert(index);
    };
    for (int k = 0; k < loop_operation::first_state; ++k)
      read(view.node.operand(k).index);
    meet(home.input(seen, 1));
    for (int k = 0; k < view.states() + view.elements(); ++k)
      if (is_used.items[first + k])
        meet(place_of(view, k).index);
    while (pending.size > 0) {
      const int index = pending.items[--pending.size];
      if ((home.nodes.items[index].scope & scope) == 0) {
        read(index);
        continue;
      }
      nodes.items[index] = true;
      const int place = place_in(view, index);
      if (place < 0) {
        for (const int each : sources_of(home, index))
          meet(each);
        continue;
      }
      has_more = has_more || (!is_first && !is_used.items[first + place]);
      is_used.items[first + place] = true;
      if (place < view.states()) {
        read(view.initial(place).index);
        meet(view.next(place).index);
      } else {
        read(view.sequence(place - view.states()).index);
        find(home, sources_of(home, index)); // an element may be the result of another loop
      }
    }
    first_source.items[seen] = sources.size;
    for (const int each : found)
      sources.push(each);
    sources.push(-1);
  }

  static constexpr symbol place_of(const loop_view &view, int place) {
    return place < view.states() ? view.state(place) : view.element(place - view.states());
  }
  static constexpr int place_in(const loop_view &view, int index) {
    for (int k = 0; k < view.states() + view.elements(); ++k)
      if (place_of(view, k).index == index)
        return k;
    return -1;
  }

  /// Those of what is seen of one loop at different times, which is a loop each, are the same.
  constexpr int places_of(const graph &home, const loop_view &view) {
    int &first = first_place.items[view.node.index];
    for (int i = 0; first < 0 && i < loops.size; ++i)
      if (are_alike(home.inputs_of(loops.items[i]), home.inputs_of(view.node.index)))
        first = first_place.items[loops.items[i]];
    if (first < 0) {
      first = is_used.size;
      loops.push(view.node.index);
      is_used.append(view.states() + view.elements() + 1, false); // a loop may have none
      was_seen.append(is_used.size - was_seen.size, false);
    }
    return first;
  }
  static constexpr bool are_alike(operand_list left, operand_list right) {
    bool result = left.count == right.count;
    for (int k = 0; result && k < left.count; ++k)
      result =
          left[k] == right[k] || k == loop_operation::generation || k == loop_operation::around;
    return result;
  }
};

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
