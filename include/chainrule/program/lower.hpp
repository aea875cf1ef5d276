// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Lowering: from what the user wrote (records of expression types) to nodes of a graph. Part by
// part, operands first; rewrites take effect as nodes are made, and formal derivatives are carried
// out. It goes by small steps, so that it can stop after any of them and go on in another constant
// evaluation.
// Read next: expand.hpp.
#pragma once

#include <chainrule/graph/rebuild.hpp>
#include <chainrule/operation/gamma.hpp>
#include <chainrule/program/loop_adjoint.hpp>
#include <chainrule/program/parts.hpp>
#include <chainrule/program/unrolled.hpp>

namespace chainrule::detail {

/// The parts that are lowered, as arrays.
struct parts_to_lower {
  const part *all;
  const int *operands; // parts
  int count;
  bool are_real = true;
  recurrences are = recurrences::as_loops;
};

/// The variable that a part is.
constexpr variable_name variable_of(const part &of) {
  const expression_record &record = *of.record;
  if (of.what == task::place)
    return {{},
            mix(mix(fingerprint_of(kind::part), record.fingerprint),
                static_cast<std::uint64_t>(of.way)),
            record.shape};
  return {record.name, record.fingerprint, record.shape};
}

/// Adds parts to a graph.
class lowering {
public:
  /// The node of each part. Before its turn comes: unknown, or for a derivative what a sweep found,
  /// no_flow or ahead(node).
  list<int> become;
  static constexpr int unknown = -1, no_flow = -2;
  static constexpr int ahead(int node) { return -3 - node; } // its own inverse

  int next = 0;     // the part that is lowered now
  int is_begun = 0; // and is being made anew
  list<int> swept;  // functions whose sweep is done
  reverse_sweep sweep;
  rebuilding remade;

  constexpr lowering(graph &into, const parts_to_lower &parts)
      : sweep(into, flow_through_loop), home(into), from(parts) {
    home.rewritten = rewritten;
    home.is_real = parts.are_real;
  }

  constexpr bool is_done() const { return next == from.count; }

  /// One part, or one node of a sweep or of what is made anew.
  constexpr void step() {
    if (become.size == 0)
      become.append(from.count, unknown);
    const part &here = from.all[next];
    const symbol made = result_of(here);
    if (made.index < 0)
      return;
    become.items[next++] = filled(made, here.record->shape).index;
  }

  /// What outlives a stage.
  constexpr void pass(auto &archive) {
    archive(become), archive(next), archive(is_begun), archive(swept);
    sweep.pass(archive);
    remade.pass(archive);
  }

private:
  graph &home;
  parts_to_lower from;
  list<int> operands;
  list<bool> fenced;     // of the nodes that are made anew, those that stand in no_rewrite(...)
  index_table functions; // of `swept`, by their nodes
  int known_functions = 0;

  constexpr int operand(const part &of, int which) const {
    return become.items[from.operands[of.first_operand + which]];
  }

  /// The node; none yet, where it takes more steps.
  constexpr symbol result_of(const part &here) {
    const expression_record &record = *here.record;
    switch (here.what) {
    case task::variable:
    case task::place:
      return home.variable(variable_of(here));
    case task::number:
      return home.constant(record.value);
    case task::round: {
      const int key = -1 - here.way;
      const symbol place =
          home.place(std::uint32_t{1} << (key >> 16), key & 0xffff, record.shape, gating::open);
      home.named_places.push({place.index, record.name});
      return place;
    }
    case task::loop:
      return recurrence(here);
    case task::differentiate:
      return derivative(here);
    case task::tidy:
    case task::replace:
      return made_anew(here);
    case task::make:
    case task::write:
      break;
    }
    operands.size = 0;
    for (int i = 0; i < here.operand_count; ++i)
      operands.push(operand(here, i));
    return here.what == task::make ? home.make(*record.operation, operands)
                                   : home.written(*record.operation, operands);
  }

  /// What a recurrence shows of its loop.
  constexpr symbol recurrence(const part &here) {
    const recurrence_layout layout{*here.record};
    using at = recurrence_layout;
    const auto given = [&](int which) { return home.at(operand(here, which)); };
    loop_parts made;
    const int states = layout.number(at::states), which = layout.number(at::which);
    made.depth = std::countr_zero(home.nodes.items[given(layout.variable(0)).index].scope);
    made.is_backward = layout.is_backward();
    made.is_recomputed = layout.is_recomputed();
    made.capacity = layout.number(at::capacity);
    made.rounds = given(at::rounds);
    if (made.rounds.is_number())
      made.rounds =
          home.constant(rounds_within(made.capacity, math::rounded<double>(made.rounds.value())));
    for (int k = 0; k < states; ++k) {
      const symbol place = given(at::state(k));
      made.states.push(place);
      made.states.push(filled(given(layout.initial(k)), place.shape()));
      made.states.push(filled(given(layout.next(k)), place.shape()));
    }
    for (int k = 0; k < layout.number(at::elements); ++k) {
      const symbol place = given(layout.element(k)), all = given(layout.sequence(k));
      const shape of = place.shape();
      made.elements.push(place);
      made.elements.push(filled(all, {of.rows, of.columns * made.capacity})); // it may be 0
    }
    const bool is_path =
        here.record->operation->fingerprint == operation_record_of<scan_operation>::fingerprint;
    const symbol shown =
        is_path ? filled(given(at::shown), here.record->operands[at::shown]->shape) : symbol{};
    if (unrolling rounds(home, made); from.are == recurrences::unrolled && rounds.is_possible())
      return is_path ? rounds.path(shown) : rounds.last(which);
    for (int k = 0; k < made.elements.size; k += 2) {
      symbol &all = made.elements.items[k + 1];
      const shape of = made.elements.items[k].shape();
      all = filled(sequence_from_columns(all, of, made.capacity), {made.capacity, of.size()});
    }
    while (are_less_finite(made.states, 3) || are_less_finite(made.elements, 2))
      renew_body(made);
    const symbol loop = made.made(home);
    return is_path ? columns_from_sequence(sequence_of(loop, shown), shown.shape())
                   : final_of(loop, given(at::state(which)));
  }

  /// Whether places, which are not more finite than what they are given, have become less so.
  constexpr bool are_less_finite(const list<symbol> &parts, int step) const {
    bool result = false;
    for (int i = 0; i < parts.size; ++i)
      if (finiteness &place = home.nodes.items[parts.items[i - i % step].index].is_finite;
          home.nodes.items[parts.items[i].index].is_finite > place) {
        place = home.nodes.items[parts.items[i].index].is_finite;
        result = true;
      }
    return result;
  }
  constexpr void renew_body(const loop_parts &made) const {
    for (int i = 0; i < home.nodes.size; ++i)
      if ((home.nodes.items[i].scope >> made.depth & 1) != 0)
        home.renew_finiteness(i);
  }

  /// All derivatives of a function come from one sweep; what is found for those whose turn comes
  /// later is kept in their place.
  constexpr symbol derivative(const part &here) {
    const part &function = from.all[from.operands[here.first_operand]];
    if (become.items[next] == unknown) {
      const int result = operand(here, 0);
      if (!sweep.is_begun() && !is_swept(function, result))
        sweep.begin(result);
      if (!sweep.is_done()) {
        want(function);
        sweep.step();
        return {};
      }
      for (int i = function.first_derivative; i > 0; i = from.all[i].next_derivative) {
        const int input = operand(from.all[i], 1);
        const int found = input < 0 ? -1 : sweep.flow_into(input);
        become.items[i] = found < 0 ? no_flow : ahead(found);
      }
      sweep.end();
      swept.push(from.operands[here.first_operand]);
    }
    const int found = become.items[next];
    return found == no_flow ? home.constant(0) : home.at(ahead(found));
  }

  constexpr void want(const part &function) {
    if (sweep.wanted.size > 0)
      return;
    for (int i = function.first_derivative; i > 0; i = from.all[i].next_derivative)
      if (const int input = operand(from.all[i], 1); input >= 0)
        sweep.wanted.push(input);
  }

  /// Whether another function that is the same node has been differentiated by the same.
  constexpr bool is_swept(const part &function, int result) {
    for (; known_functions < swept.size; ++known_functions) {
      const int known = swept.items[known_functions];
      functions.insert(static_cast<std::uint64_t>(become.items[known]), known);
    }
    const int other = functions.find(static_cast<std::uint64_t>(result));
    if (other < 0)
      return false;
    for (int i = from.all[other].first_derivative; i > 0; i = from.all[i].next_derivative) {
      const int found = become.items[i];
      if (const int input = operand(from.all[i], 1); input >= 0)
        sweep.reach(input, found >= 0 ? found : found == no_flow ? found : ahead(found));
    }
    for (int i = function.first_derivative; i > 0; i = from.all[i].next_derivative)
      if (const int input = operand(from.all[i], 1); input >= 0 && !sweep.is_reached(input)) {
        sweep.end();
        return false;
      }
    return true;
  }

  /// The last operand in a new form: tidied, or with another part in the place of one. Everything
  /// that depends on it is made anew.
  constexpr symbol made_anew(const part &here) {
    const int whole = operand(here, here.operand_count - 1);
    if (!is_begun)
      remade.begin(home, list<int>(1, whole));
    is_begun = 1;
    if (fenced.size == 0)
      mark_fenced();
    if (!remade.is_done()) {
      remade.step(home, [&](int index, operand_list inputs, bool changed) {
        if (here.what == task::replace && index == operand(here, 1))
          return operand(here, 0);
        const bool stays = here.what == task::replace ? !changed : inputs.count == 0;
        return stays ? index : renewed(index, inputs).index;
      });
      return {};
    }
    is_begun = 0;
    fenced.size = 0;
    return home.at(remade.become.items[whole]);
  }

  /// The node on other operands: simplified, unless it is fenced off.
  constexpr symbol renewed(int index, operand_list inputs) {
    const node here = home.nodes.items[index];
    if (fenced.items[index])
      return home.written(*here.operation, inputs);
    if (here.operation->role == loop_role::seen) { // what is seen is older than its loop
      list<int> seen;
      seen.append(inputs.at, inputs.count);
      seen.items[0] = loop_around(home.at(inputs[0]), home.at(inputs[1])).index;
      return home.make(*here.operation, seen);
    }
    // P - h may become the number 0: what it stood for keeps its shape
    return filled(home.make(*here.operation, inputs), here.shape());
  }

  constexpr void mark_fenced() {
    fenced.append(remade.become.size, false);
    for (int k = remade.order.size - 1; k >= 0; --k) {
      const int index = remade.order.items[k];
      if (!fenced.items[index] && !is<no_rewrite_operation>(home.at(index)))
        continue;
      const operand_list inside = home.inputs_of(index);
      for (int i = 0; i < inside.count; ++i)
        fenced.items[inside.at[i]] = true;
    }
  }
};

/// Lowers networks with the work that is left, in units of about 40 of clang's steps; the nodes
/// that they become, none where it does not suffice.
template <class Networks>
constexpr list<int> lowered_within(int &work_left, graph &home, const Networks &networks, form how,
                                   recurrences are) {
  constexpr int of_part = 3, of_node = 5;
  const part_list all = parts_in(networks, how);
  work_left -= of_part * all.all.size;
  lowering work(home, {all.all.items, all.operands.items, all.all.size, true, are});
  list<int> result;
  while (!work.is_done() && of_node * (home.nodes.size + home.calls) < work_left)
    work.step();
  work_left -= of_node * (home.nodes.size + home.calls);
  for (int i = 0; i < all.outputs.size && work.is_done(); ++i)
    result.push(work.become.items[all.outputs.items[i]]);
  return result;
}

/// Lowers networks, all at once.
template <class Networks>
constexpr list<int> lowered(graph &home, const Networks &networks, form how = form::simplified) {
  int work_left = unlimited;
  return lowered_within(work_left, home, networks, how, recurrences::as_loops);
}
constexpr symbol lowered(graph &home, const expression_record &network,
                         form how = form::simplified) {
  return home.at(lowered(home, std::array{&network}, how).items[0]);
}

constexpr bool is_carried_out(const expression_record &derivative) {
  graph home;
  list<bool> needed;
  mark_needed(home, list<int>(1, lowered(home, derivative).index), needed);
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i] && is<missing_derivative_operation>(home.at(i)))
      return false;
  return true;
}

} // namespace chainrule::detail
