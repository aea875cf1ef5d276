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
      nodes.size = own_sources.size = sources.size = 0;
      nodes.append(home.nodes.size, false);
      own_sources.append(home.nodes.size, -1);
      for (int i = 0; i < of_loops.size; ++i)
        of_loops.items[i] = {};
      find(home, outputs);
    } while (has_more);
  }

  /// Whether a state, or after them an element, of a loop is one of these.
  constexpr bool is_live(int loop, int place) const {
    return is_used.items[first_place.items[loop] + place];
  }

private:
  /// What is read from outside for the live places of a loop.
  struct loop_sources {
    int first = -1;        // in sources
    int used = 0;          // so many places were live then
    bool is_asked = false; // by what is seen of it
  };
  /// Nodes to look at, each once.
  struct worklist {
    list<int> pending;
    node_set known;

    constexpr explicit worklist(const graph &home) : known(home) {}
    constexpr void add(int index) {
      if (!known.has(index))
        pending.push(index);
      known.insert(index);
    }
  };

  list<int> first_place; // of each loop, in is_used and of_loops
  list<bool> is_used;
  list<loop_sources> of_loops;
  bool has_more = false; // of a loop than was known when something was seen of it before
  list<int> loops;
  list<int> own_sources; // of each part that is seen of a loop, in sources
  list<int> sources;     // lists that end with -1

  /// These nodes and what they are computed from.
  constexpr void find(graph &home, const list<int> &all) {
    worklist work(home);
    for (const int each : all)
      work.add(each);
    while (work.pending.size > 0)
      if (const int index = work.pending.items[--work.pending.size]; !nodes.items[index]) {
        nodes.items[index] = true;
        add_sources(home, index, work);
      }
  }

  constexpr void add_sources(graph &home, int index, worklist &to) {
    if (home.nodes.items[index].operation->role != loop_role::seen) {
      const operand_list in = home.inputs_of(index);
      for (int k = 0; k < in.count; ++k)
        to.add(in.at[k]);
      return;
    }
    const int loop = find_sources(home, index);
    for (const int first : {own_sources.items[index], of_loops.items[loop].first})
      for (int i = first; i >= 0 && sources.items[i] >= 0; ++i)
        to.add(sources.items[i]);
  }

  /// What is read from outside a loop for what is seen of it and for all that lives in it; which of
  /// of_loops that is.
  constexpr int find_sources(graph &home, int seen) {
    const loop_view view{home.at(home.input(seen, 0))};
    const int first = places_of(home, view);
    nodes.items[view.node.index] = true;
    const operand_list in = home.inputs_of(view.node.index);
    if (own_sources.items[seen] < 0) {
      worklist part(home);
      part.add(home.input(seen, 1));
      for (int k = 0; k < loop_operation::first_state; ++k)
        part.add(in[k]);
      const int found = walk(home, view, part, false);
      own_sources.items[seen] = found;
    }
    if (of_loops.items[first].first < 0 ||
        live_places(home, view).size > of_loops.items[first].used) {
      worklist places(home);
      for (const int each : live_places(home, view))
        places.add(each);
      const int found = walk(home, view, places, true);
      of_loops.items[first].first = found;
    }
    const int used = live_places(home, view).size;
    has_more = has_more || (of_loops.items[first].is_asked && used > of_loops.items[first].used);
    of_loops.items[first].used = used;
    of_loops.items[first].is_asked = true;
    return first;
  }

  constexpr list<int> live_places(const graph &home, const loop_view &view) const {
    const operand_list in = home.inputs_of(view.node.index);
    const int first = first_place.items[view.node.index], states = view.states();
    list<int> result;
    for (int k = 0, at = loop_operation::first_state; at < in.count; ++k) {
      if (is_used.items[first + k])
        result.push(in[at]);
      at += k < states ? 3 : 2;
    }
    return result;
  }

  /// Goes through a body from some nodes, and where it meets a place, if that is asked for, on with
  /// what the place is given. What it reads from outside, as a list in sources.
  constexpr int walk(graph &home, const loop_view &view, worklist &body, bool goes_on) {
    const std::uint32_t scope = std::uint32_t{1} << view.depth();
    const int first = places_of(home, view), states = view.states();
    const operand_list in = home.inputs_of(view.node.index);
    list<int> given; // where each place is among the operands
    node_set places(home);
    for (int at = loop_operation::first_state; at < in.count;) {
      places.insert(in[at]);
      given.push(at);
      at += given.size <= states ? 3 : 2;
    }
    worklist outside(home);
    while (body.pending.size > 0) {
      const int index = body.pending.items[--body.pending.size];
      if ((home.nodes.items[index].scope & scope) == 0) {
        outside.add(index);
        continue;
      }
      nodes.items[index] = true;
      if (!places.has(index)) {
        add_sources(home, index, body);
        continue;
      }
      int place = 0;
      while (in[given.items[place]] != index)
        ++place;
      is_used.items[first + place] = true;
      if (!goes_on)
        continue;
      outside.add(in[given.items[place] + 1]);
      if (place < states) {
        body.add(in[given.items[place] + 2]);
      } else { // an element may be the result of another loop
        worklist made(home);
        add_sources(home, index, made);
        find(home, made.pending);
      }
    }
    const int result = sources.size;
    for (const int each : outside.pending)
      sources.push(each);
    sources.push(-1);
    return result;
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
      of_loops.append(is_used.size - of_loops.size, {});
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
