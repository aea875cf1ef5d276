// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What flows back through a recurrence: another one, the other way round, whose states are what
// flows into the states and whose body is what flows back through the body. It is made of the same
// nodes, so that it can be differentiated again. The places of the first one are its elements, with
// what they were in each round; so are nodes that are dear to compute.
// Read next: unrolled.hpp.
#pragma once

#include <chainrule/operation/gather.hpp>
#include <chainrule/operation/recurrence.hpp>
#include <chainrule/program/differentiate.hpp>

namespace chainrule::detail {

/// What is computed once and kept for the way back: functions of the C library, products of
/// matrices, and recurrences that are not to be recomputed.
constexpr bool is_dear(symbol x) {
  const operation_record &operation = *x.operation();
  if (operation.role == loop_role::seen)
    return !loop_view{x.operand(0)}.is_recomputed();
  return operation.transcendentals > 0 ||
         operation.fingerprint == operation_record_of<matrix_product_operation>::fingerprint;
}

constexpr void flow_through_loop(graph &home, int index, reverse_sweep &sweep);

class loop_adjoint {
public:
  constexpr loop_adjoint(graph &of, int index, reverse_sweep &around)
      : home(of), loop{of.at(index)}, outer(around), scope(std::uint32_t{1} << loop.depth()) {}

  constexpr void run() {
    find_what_is_of_use();
    gates.append(loop.states() + views_reached(), gating::open);
    for (int k = 0; k < loop.states(); ++k)
      is_live.push(view_of_last(k) >= 0);
    do
      sweep_body();
    while (has_other_states() || has_other_gates());
    make_loop();
    flow_out();
    home.calls += home.nodes.size; // several times it has gone through all of the graph
  }

private:
  graph &home;
  loop_view loop;
  reverse_sweep &outer;
  std::uint32_t scope;
  list<int> views;     // that something flows into
  list<bool> is_live;  // of the states: something flows into it
  list<gating> gates;  // of what flows into the states and the views
  list<symbol> places; // of that, in each round
  reverse_sweep inner{home, flow_through_loop};
  symbol back; // the loop
  loop_parts made;

  constexpr symbol flow_of(int index) const {
    return filled(home.at(outer.flow_into(index)), home.nodes.items[index].shape());
  }

  /// In the body also what depends on places that are given something of use.
  constexpr void find_what_is_of_use() {
    outer.find_what_is_of_use();
    list<bool> &is_of_use = inner.is_of_use;
    if (outer.is_of_use.size == 0)
      return;
    is_of_use.append(outer.is_of_use.items, outer.is_of_use.size);
    is_of_use.append(home.nodes.size - is_of_use.size, false);
    for (int k = 0; k < loop.elements(); ++k)
      is_of_use.items[loop.element(k).index] = is_of_use.items[loop.sequence(k).index];
    for (int k = 0; k < loop.states(); ++k)
      is_of_use.items[loop.state(k).index] = is_of_use.items[loop.initial(k).index];
    const auto has_more = [&] {
      bool result = false;
      for (int k = 0; k < loop.states(); ++k)
        if (is_of_use.items[loop.next(k).index] && !is_of_use.items[loop.state(k).index])
          is_of_use.items[loop.state(k).index] = result = true;
      return result;
    };
    do
      inner.spread_use(scope);
    while (has_more());
  }

  constexpr int views_reached() {
    for (const int index : outer.reached) {
      const symbol each = home.at(index);
      if (each.operation()->role == loop_role::seen && each.operand(0) == loop.node &&
          (inner.is_of_use.size == 0 || inner.is_of_use.items[each.operand(1).index]))
        views.push(index);
    }
    return views.size;
  }

  /// Places of the loop at its depth have numbers below this.
  constexpr int first_number() const {
    int result = 0;
    const auto count = [&](symbol given) {
      const node &here = home.nodes.items[given.index];
      if (here.operation->fingerprint == place_record.fingerprint && here.content >= result)
        result = here.content + 1;
    };
    for (int k = 0; k < loop.states(); ++k)
      count(loop.state(k));
    for (int k = 0; k < loop.elements(); ++k)
      count(loop.element(k));
    return result;
  }

  /// What flows through the body in one round.
  constexpr void sweep_body() {
    inner.forget();
    inner.scope = scope;
    inner.given.size = places.size = 0;
    for (int k = 0; k < loop.states(); ++k)
      inner.given.push(loop.state(k).index);
    for (int k = 0; k < loop.elements(); ++k)
      inner.given.push(loop.element(k).index);
    inner.at = home.nodes.size;
    int number = first_number();
    for (int k = 0; k < loop.states(); ++k) {
      places.push(is_live.items[k]
                      ? home.place(scope, number++, loop.state(k).shape(), gates.items[k])
                      : symbol{});
      if (is_live.items[k])
        inner.flow(loop.next(k).index, places.items[k]);
    }
    for (int i = 0; i < views.size; ++i) {
      const symbol view = home.at(views.items[i]), part = view.operand(1);
      symbol into;
      if (is<loop_sequence_operation>(view))
        into = home.place(scope, number++, part.shape(), gates.items[loop.states() + i]);
      else if (is<loop_total_operation>(view))
        into = flow_of(view.index);
      places.push(into);
      if (into.exists())
        inner.flow(part.index, into);
    }
    while (!inner.is_done())
      inner.step();
  }

  constexpr symbol flow_into(symbol part) const {
    const int found = inner.flow_into(part.index);
    return filled(found < 0 ? home.constant(0) : home.at(found), part.shape());
  }

  /// What is seen of the last value of a state, if something flows into that.
  constexpr int view_of_last(int state) const {
    for (const int index : views)
      if (const symbol view = home.at(index);
          is<loop_final_operation>(view) && view.operand(1) == loop.state(state))
        return index;
    return -1;
  }
  constexpr symbol flow_into_last(int state) const {
    const int view = view_of_last(state);
    return view < 0 ? filled(home.constant(0), loop.state(state).shape()) : flow_of(view);
  }

  /// Something flows into a state that nothing was known to flow into. What nothing flows into may
  /// be infinite, and its slope times 0 not a number.
  constexpr bool has_other_states() {
    bool result = false;
    for (int k = 0; k < loop.states(); ++k)
      if (!is_live.items[k] && inner.is_reached(loop.state(k).index))
        is_live.items[k] = result = true;
    return result;
  }

  /// What flows into a state may be 0 because a gate is closed, in the body or after the loop.
  constexpr bool has_other_gates() {
    bool result = false;
    const auto meet = [&](gating &known, symbol flow) {
      const gating found = home.nodes.items[flow.index].gate;
      result = result || found > known;
      known = found > known ? found : known;
    };
    for (int i = 0; i < gates.size; ++i) {
      if (i >= loop.states()) {
        meet(gates.items[i], flow_of(views.items[i - loop.states()]));
        continue;
      }
      if (!is_live.items[i])
        continue;
      meet(gates.items[i], flow_into(loop.state(i)));
      meet(gates.items[i], flow_into_last(i));
    }
    return result;
  }

  constexpr void make_loop() {
    made.depth = loop.depth();
    made.is_backward = !loop.is_backward();
    made.is_recomputed = loop.is_recomputed();
    made.capacity = loop.capacity();
    made.rounds = loop.rounds();
    for (int k = 0; k < loop.states(); ++k) {
      if (!is_live.items[k])
        continue;
      made.states.push(places.items[k]);
      made.states.push(flow_into_last(k));
      made.states.push(flow_into(loop.state(k)));
    }
    for (int i = 0; i < views.size; ++i)
      if (const symbol view = home.at(views.items[i]); is<loop_sequence_operation>(view))
        give(places.items[loop.states() + i], flow_of(view.index));
    give_what_is_used();
    back = made.made(home);
  }
  constexpr void give(symbol place, symbol all) {
    made.elements.push(place);
    made.elements.push(all);
  }

  /// The places of the loop that the way back reads, and what it would compute of these at a cost.
  constexpr void give_what_is_used() {
    enum : int { unknown, from_outside, from_loop, from_elsewhere, from_flow };
    list<int> all(home.nodes.size, unknown);
    for (const int index : inner.given)
      all.items[index] = from_loop;
    for (const symbol place : places)
      if (place.exists() && home.nodes.items[place.index].content >= 0)
        all.items[place.index] = from_flow;
    // Operands stand before their users.
    for (int i = 0; i < all.size; ++i) {
      if (all.items[i] != unknown)
        continue;
      all.items[i] = from_outside;
      if ((home.nodes.items[i].scope & scope) == 0)
        continue;
      const operand_list in = home.inputs_of(i);
      if (in.count == 0 && rows_of(home.at(i)).exists())
        all.items[i] = from_elsewhere;
      for (int k = 0; k < in.count; ++k)
        if (all.items[in.at[k]] > all.items[i])
          all.items[i] = all.items[in.at[k]];
    }
    list<bool> is_met(home.nodes.size, false);
    list<int> pending, kept;
    for (const int index : inner.reached)
      if (inner.given.find(index) >= 0 || (home.nodes.items[index].scope & scope) == 0)
        pending.push(inner.flow_into(index));
    while (pending.size > 0) {
      const int index = pending.items[--pending.size];
      if (is_met.items[index] || (home.nodes.items[index].scope & scope) == 0)
        continue;
      is_met.items[index] = true;
      if (inner.given.find(index) >= 0 ||
          (all.items[index] == from_loop && is_dear(home.at(index)) &&
           home.nodes.items[index].scope <
               2 * scope)) { // what a loop in the body computes is its own
        kept.push(index);
        continue;
      }
      const operand_list in = home.inputs_of(index);
      for (int k = 0; k < in.count; ++k)
        pending.push(in.at[k]);
      if (in.count == 0 && all.items[index] == from_elsewhere)
        kept.push(index);
    }
    for (const int index : kept)
      give(home.at(index), rows_of(home.at(index)));
  }

  /// What a part is in all rounds, of which the way back makes as many. A place that the loop does
  /// not have belongs to the one that has shown it an element: what is transposed twice is what it
  /// was made of, (A^T B^T)^T = B A. What stands for the place of a loop around has none.
  constexpr symbol rows_of(symbol part) const {
    for (int k = 0; k < loop.elements(); ++k)
      if (loop.element(k) == part)
        return loop.sequence(k);
    if (part.operands() > 0 || inner.given.find(part.index) >= 0)
      return sequence_of(loop.node, part);
    symbol result;
    for (int k = 0; k < loop.elements() && !result.exists(); ++k)
      if (const symbol seen = loop.sequence(k); is<loop_sequence_operation>(seen))
        result = shown_by(seen.operand(0), part);
    return result;
  }
  static constexpr symbol shown_by(symbol other, symbol place) {
    list<symbol> pending(1, other);
    while (pending.size > 0) {
      const loop_view view{pending.items[--pending.size]};
      for (int k = 0; k < view.states(); ++k)
        if (view.state(k) == place)
          return sequence_of(view.node, place);
      for (int k = 0; k < view.elements(); ++k) {
        if (view.element(k) == place)
          return view.sequence(k);
        if (const symbol seen = view.sequence(k); is<loop_sequence_operation>(seen))
          pending.push(seen.operand(0));
      }
    }
    return {};
  }

  /// The values of a part of the way back in all rounds.
  constexpr symbol rows_of_flow(symbol part) const {
    if (is<transpose_operation>(part))
      part = part.operand(0);
    return sequence_of(back, part);
  }

  constexpr void flow_out() {
    // Nothing, and not 0, flows into what the first round has forgotten: it may be infinite.
    const bool has_rounds = loop.rounds().is_number() && !loop.rounds().is(0);
    for (int k = 0; k < loop.states(); ++k)
      if (is_live.items[k] && !(has_rounds && inner.flow_into(loop.state(k).index) < 0))
        outer.flow(loop.initial(k).index, final_of(back, places.items[k]));
    for (int k = 0; k < loop.elements(); ++k)
      if (const int into = inner.flow_into(loop.element(k).index); into >= 0)
        outer.flow(loop.sequence(k).index,
                   sequence_of(back, filled(home.at(into), loop.element(k).shape())));
    for (const int index : inner.reached)
      if ((home.nodes.items[index].scope & scope) == 0)
        outer.flow(index,
                   total(filled(home.at(inner.flow_into(index)), home.nodes.items[index].shape())));
  }

  /// The sum over all rounds. Where a column times a row is added up, it is one product of
  /// matrices, and what a column is added to by a label one sum by all labels.
  constexpr symbol total(symbol flow) const {
    if ((home.nodes.items[flow.index].scope & scope) == 0 && loop.rounds().is_number())
      return flow * loop.rounds();
    if (is<matrix_product_operation>(flow) && flow.operand(0).shape().columns == 1)
      return matrix_product(apply_operation<transpose_operation>(rows_of_flow(flow.operand(0))),
                            rows_of_flow(flow.operand(1)));
    if (is<label_sums_operation>(flow) && flow.operand(0).shape().columns == 1) {
      list<int> operands;
      for (int k = 0; k < 2; ++k)
        operands.push(apply_operation<transpose_operation>(rows_of_flow(flow.operand(k))).index);
      operands.push(flow.operand(2).index);
      return home.make(*flow.operation(), operands);
    }
    return total_of(back, flow);
  }
};

constexpr void flow_through_loop(graph &home, int index, reverse_sweep &sweep) {
  loop_adjoint(home, index, sweep).run();
}

} // namespace chainrule::detail
