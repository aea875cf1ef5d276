// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences of few steps written out, step by step, which is what proofs can look into.
// Read next: lower.hpp.
#pragma once

#include <chainrule/operation/recurrence.hpp>

namespace chainrule::detail {

/// What becomes of recurrences.
enum class recurrences : bool { as_loops, unrolled };

/// A recurrence in the order of its rounds. `elements` of its parts are places and the matrices
/// whose blocks of columns they are.
class unrolling {
public:
  static constexpr int most_rounds = 8;

  constexpr unrolling(graph &into, const loop_parts &of)
      : home(into), loop(of), scope(std::uint32_t{1} << of.depth), size(into.nodes.size) {
    for (int k = 0; k < loop.states.size; k += 3)
      states.push(loop.states.items[k + 1].index);
  }

  /// Whether there are few rounds, a number that is known, and no loop in the body.
  constexpr bool is_possible() const {
    for (const node &each : home.nodes)
      if (each.operation->role == loop_role::loop && (each.scope & scope) != 0)
        return false;
    return loop.capacity <= most_rounds && loop.rounds.is(loop.capacity);
  }

  /// The last value of a state.
  constexpr symbol last(int which) {
    for (int round = 0; round < loop.capacity; ++round)
      run(round, {});
    return home.at(states.items[which]);
  }
  /// The values of a part in all rounds, in the order of the elements beside each other.
  constexpr symbol path(symbol part) {
    list<int> blocks(loop.capacity, 0);
    for (int round = 0; round < loop.capacity; ++round)
      blocks.items[step(round)] = filled(run(round, part), part.shape()).index;
    symbols all;
    for (const int block : blocks)
      all.push(home.at(block));
    return join(all, along::columns);
  }

private:
  graph &home;
  const loop_parts &loop;
  std::uint32_t scope;
  int size;         // of the graph, with the body
  list<int> states; // what they are before the round

  constexpr int step(int round) const {
    return loop.is_backward ? loop.capacity - 1 - round : round;
  }

  /// A round; what the part is in it.
  constexpr symbol run(int round, symbol part) {
    list<int> become(size, -1);
    for (int k = 0; k < states.size; ++k)
      become.items[loop.states.items[3 * k].index] = states.items[k];
    for (int k = 0; k < loop.elements.size; k += 2) {
      const symbol place = loop.elements.items[k];
      const int columns = place.shape().columns;
      become.items[place.index] = filled(exact_slice(loop.elements.items[k + 1], along::columns,
                                                     step(round) * columns, columns),
                                         place.shape())
                                      .index;
    }
    list<int> operands;
    for (int i = 0; i < size; ++i) { // operands stand before their users
      if (become.items[i] >= 0)
        continue;
      become.items[i] = i;
      const node here = home.nodes.items[i];
      if ((here.scope & scope) == 0 || here.content >= 0)
        continue;
      operands.size = 0;
      for (int k = 0; k < here.input_count; ++k)
        operands.push(become.items[home.input(i, k)]);
      become.items[i] = filled(home.make(*here.operation, operands), here.shape()).index;
    }
    for (int k = 0; k < states.size; ++k)
      states.items[k] = become.items[loop.states.items[3 * k + 2].index];
    return part.exists() ? home.at(become.items[part.index]) : part;
  }
};

} // namespace chainrule::detail
