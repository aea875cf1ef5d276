// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Reverse accumulation on a graph: one sweep from a result down to its inputs yields the
// derivative with respect to every node, d result / d node, as nodes of the same graph. Each node
// is visited once, so the work is linear in the size of the network (Linnainmaa 1970).
// Read next: loop_adjoint.hpp.
#pragma once

#include <bit>

#include <chainrule/rewrite/rewrite.hpp>

namespace chainrule::detail {

/// What flows on from a node, where `flow` flows into it. Where that is 0 because a gate is closed
/// it meets no infinite factor: rules multiply by what rewrite/gates.hpp makes of products.
constexpr void flow_through(graph &home, int index, symbol flow, list<symbol> &parts) {
  const node here = home.nodes.items[index]; // a copy: rules add nodes
  if (!here.operation->is_elementwise)
    flow = filled(flow, here.shape());
  parts.size = 0;
  const symbol result{&home, index};
  if (here.operation->has_derivative)
    parts.push(flow * here.operation->derivative(result.operand(0), result));
  else if (here.operation->has_adjoint)
    here.operation->adjoint(flow, home.inputs_of(index), result, parts);
}

class reverse_sweep;
/// What flows on from a loop: flow_through_loop, program/loop_adjoint.hpp.
using loop_rule = void(graph &home, int index, reverse_sweep &sweep);

/// The derivatives of a node with respect to the nodes up to it, a node a step.
class reverse_sweep {
public:
  list<int> reached; // nodes that something flows into
  int at = 0;        // those of them that are smaller wait for their turn

  // Where it goes through the body of a loop: only what depends on its places, down to what is
  // given there.
  std::uint32_t scope = 0;
  list<int> given;

  // Into what depends on none of the nodes whose derivatives are wanted nothing has to flow. A
  // sweep through loops says so: there each flow is another element of a loop.
  list<int> wanted;     // none: all
  list<bool> is_of_use; // empty: all are

  constexpr reverse_sweep(graph &of, loop_rule &rule) : home(of), through_loop(rule) {}

  constexpr bool is_begun() const { return reached.size > 0; }
  constexpr bool is_done() const { return waiting_nodes == 0; }

  constexpr void begin(int result) {
    at = result + 1;
    reach(result, home.constant(1).index);
  }

  /// What outlives a stage.
  template <class Archive>
  constexpr void pass(Archive &archive) {
    archive(reached), archive(flows), archive(at);
    if constexpr (Archive::reads)
      for (const int index : reached)
        wait(index);
  }

  /// The next node downward.
  constexpr void step() {
    int word = (at - 1) / 64 < waiting.size ? (at - 1) / 64 : waiting.size - 1;
    while (waiting.items[word] == 0)
      --word;
    at = 64 * word + static_cast<int>(std::bit_width(waiting.items[word])) - 1;
    waiting.items[word] ^= std::uint64_t{1} << (at % 64);
    --waiting_nodes;
    const node here = home.nodes.items[at];
    if (!here.varies || (scope != 0 && ((here.scope & scope) == 0 || given.find(at) >= 0)))
      return;
    const rewriting_as differentiating(home, rewriting::but_factors_stay);
    if (here.operation->role != loop_role::none) {
      if (here.operation->role == loop_role::loop)
        through_loop(home, at, *this);
      else if (const int loop = home.input(at, 0); flow_into(loop) < 0)
        reach(loop, home.constant(1).index);
      return;
    }
    flow_through(home, at, {&home, flow_into(at)}, parts);
    for (int k = 0; k < parts.size; ++k) {
      symbol part = parts.items[k];
      const int operand = home.input(at, k);
      const node to = home.nodes.items[operand];
      if (!part.exists() || !to.varies || part.is(0))
        continue;
      if (here.operation->is_elementwise)
        part = collected_from(part, here.shape(), to.shape());
      flow(operand, part);
    }
  }

  /// Finds what is of use, once; the places of loops depend on nothing yet.
  constexpr void find_what_is_of_use() {
    if (wanted.size == 0 || is_of_use.size > 0)
      return;
    is_of_use.append(home.nodes.size, false);
    for (const int index : wanted)
      is_of_use.items[index] = true;
    spread_use(0);
  }
  /// What is computed, in the body of a loop, from what is of use is so itself.
  constexpr void spread_use(std::uint32_t in_scope) const {
    for (int i = 0; i < is_of_use.size; ++i) {
      const node &here = home.nodes.items[i];
      if ((here.scope & in_scope) != in_scope)
        continue;
      const int *const in = home.inputs.items + here.first_input;
      for (int k = 0; k < here.input_count && !is_of_use.items[i]; ++k)
        is_of_use.items[i] = is_of_use.items[in[k]];
    }
  }

  /// More flows into a node.
  constexpr void flow(int index, symbol more) {
    if (is_of_use.size > 0 && !is_of_use.items[index])
      return;
    const int before = flow_into(index);
    if (before < 0)
      reach(index, more.index);
    else
      flows.items[index] = 1 + (symbol{&home, before} + more).index;
  }

  /// What flows into a node, or a negative number.
  constexpr int flow_into(int index) const {
    return index < flows.size ? flows.items[index] - 1 : -1;
  }
  constexpr bool is_reached(int index) const { return flow_into(index) != -1; }

  constexpr void reach(int index, int flow) {
    if (index >= flows.size)
      flows.append(index + 1 - flows.size, 0);
    flows.items[index] = 1 + flow;
    reached.push(index);
    wait(index);
  }

  /// Forgets what flows.
  constexpr void forget() {
    for (const int index : reached)
      flows.items[index] = 0;
    reached.size = at = 0;
  }
  constexpr void end() {
    forget();
    wanted.size = is_of_use.size = 0;
  }

private:
  graph &home;
  loop_rule &through_loop;
  list<int> flows;             // 1 + the node that flows into each node; 0: none
  list<std::uint64_t> waiting; // a bit for each node
  int waiting_nodes = 0;
  list<symbol> parts;

  constexpr void wait(int index) {
    if (index >= at)
      return;
    if (index / 64 >= waiting.size)
      waiting.append(index / 64 + 1 - waiting.size, 0);
    waiting.items[index / 64] |= std::uint64_t{1} << (index % 64);
    ++waiting_nodes;
  }
};

} // namespace chainrule::detail
