// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// program: what is left of networks and gradients, straight-line instructions over registers. Each
// list of outputs has one, a constant; what no output needs is gone.
// Read next: code/machine.hpp.
#pragma once

#include <chainrule/program/stage.hpp>
#include <chainrule/program/workspace.hpp>

namespace chainrule {

/// What one call costs.
struct call_cost {
  long long operations = 0;      // of the floating-point unit, but for transcendental functions
  long long transcendentals = 0; // calls of exp, log, tanh, ...
  long long exponentials = 0;    // those of them that are exp

  friend constexpr bool operator==(const call_cost &, const call_cost &) = default;
};

namespace detail {

/// Straight-line code. Its size is no program_size, for g++ 12 takes two of those for the same
/// template argument where they differ only in which of their numbers are 0.
template <std::size_t Variables, std::size_t Mentioned, std::size_t Constants, std::size_t Code,
          std::size_t Inputs, std::size_t Groups, std::size_t Placings, std::size_t Outputs,
          std::size_t Loops, std::size_t Links, std::size_t MatrixPlaces, std::size_t NumberPlaces,
          std::size_t Elements>
struct program {
  fixed_list<variable_name, Variables> variables;
  fixed_list<element_of_variable, Elements> elements;
  fixed_list<variable_name, Mentioned> mentioned; // with those that no output depends on
  fixed_list<math::number, Constants> constants;
  fixed_list<instruction, Code> code;
  fixed_list<int, Inputs> inputs; // registers
  fixed_list<group, Groups> groups;
  fixed_list<placing, Placings> placings; // of the results; none where all are numbers
  fixed_list<int, Outputs> outputs;       // registers
  fixed_list<recurrence, Loops> loops;
  fixed_list<link, Links> links;
  fixed_list<shape, MatrixPlaces> place_shapes;
  int workspace; // elements
  call_cost cost;

  static constexpr int first_element = static_cast<int>(Variables);
  static constexpr int first_place = static_cast<int>(Variables + Elements);
  static constexpr int first_constant = static_cast<int>(Variables + Elements + MatrixPlaces);
  static constexpr int first_number_place = first_constant + static_cast<int>(Constants);
  static constexpr int first_result = first_number_place + static_cast<int>(NumberPlaces);
  static constexpr bool has_placings = Placings > 0;
  static constexpr bool has_loops = Loops > 0;
  static constexpr std::size_t results_before = Constants + NumberPlaces; // that of the code
  /// The groups that are in no body come first.
  constexpr std::size_t outer_groups() const {
    return Loops > 0 ? static_cast<std::size_t>(loops.items[0].first_group) : Groups;
  }

  /// Which operands of an instruction are variables: a bit for each of the first 64, from the
  /// lowest on.
  constexpr std::uint64_t arguments_of(const instruction &what) const {
    std::uint64_t result = 0;
    for (int k = 0; k < what.input_count && k < 64; ++k)
      if (inputs.items[what.first_input + k] < first_constant)
        result |= std::uint64_t{1} << k;
    return result;
  }

  /// What the code knows of a register.
  constexpr extent extent_of(int place) const {
    if (place < first_element)
      return {variables.items[place].shape};
    if (place < first_place)
      return {};
    if (place < first_constant)
      return {place_shapes.items[place - first_place]};
    if (place >= first_number_place && place < first_result)
      return {};
    if (place < first_result) {
      const math::number &value = constants.items[place - first_constant];
      return {{}, value.denominator == 1 ? value.numerator : -1};
    }
    if constexpr (!has_placings)
      return {};
    else
      return {groups.items[placings.items[place - first_result].group].shape};
  }
};

/// Fills in the recurrences of a program, group by group: what is known of them outside and, where
/// their bodies begin and end, the registers of what is given and of what comes out.
template <class Program>
class recurrence_filling {
public:
  constexpr recurrence_filling(Program &filled, construction &from, list<int> &registers)
      : result(filled), work(from), places(registers) {
    for (int i = 0; i < work.plan.loops.size; i += 3) {
      const int *const its = work.plan.loops.items + i;
      result.loops.items[i / 3] = {its[0], its[1], its[2], 0, 0, false, 0, 0};
    }
  }

  /// The recurrence in whose body a group is, or -1.
  constexpr int around(int g) const {
    for (int i = 0; i < static_cast<int>(result.loops.size()); ++i) {
      const recurrence &loop = result.loops.items[i];
      if (loop.first_group <= g && g < loop.first_group + loop.group_count)
        return i;
    }
    return -1;
  }
  /// In how many rounds a group runs; more than 10^12, which nobody waits for, count as so many.
  constexpr long long rounds_of(int g) const {
    constexpr long long most = 1000000000000;
    long long rounds = 1;
    for (int i = around(g); i >= 0; i = around(result.loops.items[i].group)) {
      const long long here = result.loops.items[i].capacity;
      rounds = here > most / rounds ? most : rounds * here;
    }
    return rounds;
  }

  /// Where a body begins, its places get their registers; one of no groups ends there, too.
  constexpr void begin(int g) {
    for (int i = 0; i < static_cast<int>(result.loops.size()); ++i)
      if (recurrence &loop = result.loops.items[i];
          loop.first_group == g && loop.group_count == 0) {
        begin(loop);
        end(loop);
      }
    const int which = g < static_cast<int>(result.groups.size()) ? around(g) : -1;
    if (which < 0)
      return;
    recurrence &loop = result.loops.items[which];
    result.groups.items[g].parent = loop.group;
    if (g == loop.first_group)
      begin(loop);
  }
  /// Where it ends, the next values have theirs, and what is seen of the recurrence.
  constexpr void end(int g) {
    const int which = around(g);
    if (which >= 0)
      if (recurrence &loop = result.loops.items[which];
          g + 1 == loop.first_group + loop.group_count)
        end(loop);
  }

private:
  constexpr void begin(recurrence &loop) {
    const loop_view view = view_of(loop);
    loop.capacity = view.capacity();
    loop.is_backward = view.is_backward();
    loop.rounds = places.items[view.rounds().index];
    loop.first_link = next_link;
    for (int k = 0; k < view.states(); ++k)
      add(link::state, view.state(k), places.items[view.initial(k).index]);
    for (int k = 0; k < view.elements(); ++k)
      add(link::element, view.element(k), places.items[view.sequence(k).index]);
  }

  constexpr void end(recurrence &loop) {
    const loop_view view = view_of(loop);
    for (int k = 0; k < view.states(); ++k)
      result.links.items[loop.first_link + k].next = places.items[view.next(k).index];
    for (int seen = loop.group - 1; seen >= 0; --seen) {
      const int first = result.groups.items[seen].first;
      const symbol here = work.home.at(work.plan.order.items[first]);
      if (here.operation()->role != loop_role::seen || !(here.operand(0) == view.node))
        break;
      const link::kind what = is<loop_final_operation>(here)      ? link::last
                              : is<loop_sequence_operation>(here) ? link::sequence
                                                                  : link::total;
      result.links.items[next_link++] = {what, result.first_result + first,
                                         places.items[here.operand(1).index], -1, -1};
    }
    loop.link_count = next_link - loop.first_link;
  }

  Program &result;
  construction &work;
  list<int> &places;
  int next_link = 0, numbers = 0, matrices = 0;

  constexpr loop_view view_of(const recurrence &loop) const {
    return {work.home.at(work.plan.order.items[result.groups.items[loop.group].first])};
  }
  constexpr void add(link::kind what, symbol place, int from) {
    int &its = places.items[place.index];
    if (place.shape().is_scalar()) {
      its = result.first_number_place + numbers++;
    } else {
      result.place_shapes.items[matrices] = place.shape();
      its = result.first_place + matrices++;
    }
    result.links.items[next_link++] = {what, its, from, -1, -1};
  }
};

/// Fills a program but for the workspace and the loops that are shared.
template <class Program>
constexpr Program program_from(construction &work) {
  Program result{};
  graph &home = work.home;
  int next = 0;
  for (const variable_name &variable : home.variables)
    if (!variable.text.empty())
      result.mentioned.items[next++] = variable;
  list<int> places(home.nodes.size, -1);        // registers of the nodes
  list<int> registers(home.variables.size, -1); // of the variables
  int variable = 0, element = 0, constant = 0;
  for (const int index : work.leaves) {
    const node &here = home.nodes.items[index];
    if (here.operation->fingerprint == variable_record.fingerprint) {
      places.items[index] = registers.items[here.content] = variable;
      result.variables.items[variable++] = home.variables.items[here.content];
    } else if (here.operation->fingerprint == place_record.fingerprint) {
      places.items[index] = Program::first_element + element;
      result.elements.items[element++] = {registers.items[here.content % home.variables.size],
                                          here.content / home.variables.size};
    } else {
      places.items[index] = Program::first_constant + constant;
      result.constants.items[constant++] = home.numbers.items[here.content];
    }
  }
  recurrence_filling<Program> loops(result, work, places);
  int input = 0, first = 0;
  for (int g = 0; g < work.plan.counts.size; ++g) {
    const int count = work.plan.counts.items[g];
    const node &here = home.nodes.items[work.plan.order.items[first]];
    result.groups.items[g] = {first, count, here.shape(),        here.operation->is_elementwise,
                              g,     -1,    here.operation->role};
    if (Program::has_loops)
      loops.begin(g);
    const long long rounds = Program::has_loops ? loops.rounds_of(g) : 1,
                    times = rounds * here.rows * here.columns;
    for (int i = first; i < first + count; ++i) {
      const int index = work.plan.order.items[i];
      const node &computed = home.nodes.items[index];
      const operation_record &operation = *computed.operation;
      places.items[index] = result.first_result + i;
      result.code.items[i] = {operation.type, operation.fingerprint, input, 0, -1};
      result.cost.operations += rounds * operations_of(home, computed);
      result.cost.transcendentals += times * operation.transcendentals;
      result.cost.exponentials += times * operation.exponentials;
      if (Program::has_placings)
        result.placings.items[i] = {g, -1, -1};
      if (operation.role != loop_role::none)
        continue;
      result.code.items[i].input_count = computed.input_count;
      for (int k = 0; k < computed.input_count; ++k)
        result.inputs.items[input++] = places.items[home.inputs.items[computed.first_input + k]];
      if (operation.is_transpose && (here.rows == 1 || here.columns == 1) &&
          result.groups.items[g].parent < 0)
        result.placings.items[i].turned = result.inputs.items[input - 1];
    }
    first += count;
    if (Program::has_loops)
      loops.end(g);
  }
  if (Program::has_loops)
    loops.begin(work.plan.counts.size);
  for (int i = 0; i < work.outputs.size; ++i) {
    const int place = places.items[work.outputs.items[i]];
    result.outputs.items[i] = place;
    if (place >= result.first_result && result.code.items[place - result.first_result].output < 0) {
      result.code.items[place - result.first_result].output = i;
      if (Program::has_placings)
        result.placings.items[place - result.first_result].turned = -1;
    }
  }
  return result;
}

// A number of nodes and the most that there may be, for the message.
template <int Nodes, int Most>
inline constexpr bool are_few_enough = Nodes <= Most;

/// Whether a program could be made.
template <int Nodes, int Most>
constexpr bool check_size() {
  static_assert(
      are_few_enough<Nodes, Most>,
      "step(x = 0.5, ...): the network is too large for the compiler, for it has more nodes "
      "than are allowed, both numbers in this message; write what repeats as a loop around a "
      "smaller step, or raise -fconstexpr-steps (clang) or -fconstexpr-ops-limit (g++) and "
      "with it -DCHAINRULE_MOST_NODES");
  return Nodes <= Most;
}

/// Whether its loops are not too deep in each other.
template <int Deepest, int Most>
constexpr bool check_loops() {
  static_assert(
      are_few_enough<Deepest, Most>,
      "step(x = 0.5, ...): recurrences stand in the bodies of others, deeper than is "
      "allowed, both numbers in this message; write the outer ones as loops around a step");
  return Deepest <= Most;
}

/// Whether its matrices have room.
template <bool HaveRoom>
constexpr bool check_workspace() {
  static_assert(
      HaveRoom,
      "step(x = 0.5, ...): what is kept between its loops, for the way back the states of "
      "all steps, is more than 2^31 numbers; make fewer steps, or a loop around a step");
  return HaveRoom;
}

/// The program of a list of outputs, which goes by its identity: that keeps names short.
template <class List>
struct program_of {
  using last = decltype(last_stage<List>());
  static constexpr int deepest = parts_of<List>::value.deepest;
  static constexpr bool is_done = last::value.is_done && last::nodes <= most_nodes;
  static constexpr program_size size = is_done ? last::value.size : program_size{};
  using type = program<size.variables, size.mentioned, size.constants, size.code, size.inputs,
                       size.groups, size.placings, size.outputs, size.loops, size.links,
                       size.matrix_places, size.number_places, size.elements>;

  static constexpr type value = [] {
    if constexpr (is_done) {
      auto left = last::value;
      construction work(parts_of<List>::to_lower());
      thaw<List>(work, left);
      type result = program_from<type>(work);
      plan_workspace(result);
      share_loops(result);
      return result;
    } else {
      return type{};
    }
  }();

  /// A name that stands for two different variables, or none.
  static constexpr std::string_view ambiguous = [] {
    index_table names;
    for (int i = 0; i < static_cast<int>(value.mentioned.size()); ++i) {
      const std::string_view text = value.mentioned.items[i].text;
      const auto is_named_so = [&](int other) { return value.mentioned.items[other].text == text; };
      if (names.find(hash(text), is_named_so) >= 0)
        return text;
      names.insert(hash(text), i);
    }
    return std::string_view{};
  }();
};

} // namespace detail
} // namespace chainrule
