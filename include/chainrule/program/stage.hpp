// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Stages. Compilers limit what one constant evaluation may do: g++ 33.5 million operations, clang
// 1,048,576 steps. So the way from networks to their graph in machine steps is cut into stages,
// constants of their own, each of which takes up the graph where the one before has left it, from a
// copy of it as a whole; small networks have only one.
// Read next: workspace.hpp.
#pragma once

#include <chainrule/program/construction.hpp>

namespace chainrule::detail {

/// So many nodes a graph may have. What works on all of them at once, in one evaluation, is their
/// parts, the schedule and the program: 18,225 nodes took less than 700,000 of the 1,048,576 steps
/// that clang allows.
#if defined(CHAINRULE_MOST_NODES)
constexpr int most_nodes = CHAINRULE_MOST_NODES;
#elif defined(__clang__)
constexpr int most_nodes = 25000;
#else
constexpr int most_nodes = 100000;
#endif

/// A node has a bit for each depth of loops, counted from 1.
constexpr int most_loops = 31;

/// What a loop and what sees it are computed from is in links.
constexpr std::size_t inputs_of_instruction(const graph &home, int index) {
  const node &here = home.nodes.items[index];
  return here.operation->role == loop_role::none ? static_cast<std::size_t>(here.input_count) : 0u;
}

/// How much a program will consist of.
struct program_size {
  std::size_t variables, mentioned, constants, code, inputs, groups, placings, outputs, loops,
      links, matrix_places, number_places, elements;
};

constexpr program_size size_of_program(construction &work) {
  program_size result{};
  for (const int index : work.leaves) {
    const operation_record &leaf = *work.home.nodes.items[index].operation;
    ++(leaf == variable_record ? result.variables
       : leaf == place_record  ? result.elements
                               : result.constants);
  }
  for (const variable_name &variable : work.home.variables)
    result.mentioned += variable.text.empty() ? 0u : 1u; // the place of a part in partial(f, part)
  for (const int index : work.plan.order)
    result.inputs += inputs_of_instruction(work.home, index);
  result.code = static_cast<std::size_t>(work.plan.order.size);
  result.groups = static_cast<std::size_t>(work.plan.counts.size);
  result.placings = work.plan.is_scalar ? 0 : result.code;
  result.outputs = static_cast<std::size_t>(work.outputs.size);
  result.loops = static_cast<std::size_t>(work.plan.loops.size / 3);
  int first = 0;
  for (int g = 0; g < work.plan.counts.size; first += work.plan.counts.items[g++]) {
    const symbol here = work.home.at(work.plan.order.items[first]);
    result.links += here.operation()->role == loop_role::seen ? 1u : 0u;
    if (here.operation()->role != loop_role::loop)
      continue;
    const loop_view loop{here};
    result.links += static_cast<std::size_t>(loop.states() + loop.elements());
    for (int k = 0; k < loop.states() + loop.elements(); ++k)
      ++((k < loop.states() ? loop.state(k) : loop.element(k - loop.states())).shape().is_scalar()
             ? result.number_places
             : result.matrix_places);
  }
  return result;
}

/// What a stage leaves: the work so far. The lists of a construction lie in here while it runs, and
/// the next stage begins with a copy: g++ pays 11 us for each item that a loop copies, and next to
/// nothing for an object as a whole. Room that is not used costs nothing, for none of this has
/// defaults.
template <std::size_t Room, std::size_t Items>
struct frozen {
  static constexpr int room = Room, items = Items;
  static constexpr std::size_t most_rules = 64, lists = 14, single = 7;

  bool fits, is_done;
  program_size size; // at the end
  int node_count, input_count, number_count, rule_count;
  node nodes[Room];
  int inputs[3 * Room];
  std::int64_t numerators[Room], denominators[Room];
  int exponents[Room];
  const rewrite_rule *rules[most_rules];
  node_chains chains;
  int integers[single];
  int sizes[lists];
  int all[lists][Items];
};

/// Brings what is kept of a construction besides its graph to its place in what is left, where it
/// is already, but for lists that have been made anew.
template <class Frozen>
struct writer {
  static constexpr bool reads = false;
  Frozen &to;
  int integer = 0, list_number = 0;

  constexpr void operator()(int value) { to.integers[integer++] = value; }
  constexpr void operator()(const list<int> &from) {
    int *const place = to.all[list_number];
    to.sizes[list_number++] = from.size;
    if (from.size > to.items)
      to.fits = false;
    else if (from.items != place)
      copy(place, from.items, from.size);
  }
};
/// Lends a construction what is left.
template <class Frozen>
struct reader {
  static constexpr bool reads = true;
  Frozen &from;
  int integer = 0, list_number = 0;

  constexpr void operator()(int &value) { value = from.integers[integer++]; }
  constexpr void operator()(list<int> &to) {
    to.lend(from.all[list_number], from.items, from.sizes[list_number]);
    ++list_number;
  }
};

/// Takes over what a stage has left, into as much room or into more.
template <class Frozen>
constexpr void take_over(Frozen &to, const Frozen &from) {
  to = from;
}
template <class Larger, class Frozen>
constexpr void take_over(Larger &to, const Frozen &from) {
  to.node_count = from.node_count, to.input_count = from.input_count;
  to.number_count = from.number_count, to.rule_count = from.rule_count;
  copy(to.nodes, from.nodes, from.node_count);
  copy(to.inputs, from.inputs, from.input_count);
  copy(to.numerators, from.numerators, from.number_count);
  copy(to.denominators, from.denominators, from.number_count);
  copy(to.exponents, from.exponents, from.number_count);
  copy(to.rules, from.rules, from.rule_count);
  to.chains = from.chains;
  copy(to.integers, from.integers, int{Frozen::single});
  copy(to.sizes, from.sizes, int{Frozen::lists});
  for (std::size_t i = 0; i < from.lists; ++i)
    copy(to.all[i], from.all[i], from.sizes[i]);
}

/// Leaves the work to the next stage; its lists are in there already, what else there is is copied.
template <class Frozen>
constexpr void freeze(Frozen &left, construction &work) {
  const graph &home = work.home;
  left.node_count = home.nodes.size;
  left.input_count = home.inputs.size;
  left.number_count = home.numbers.size;
  left.rule_count = home.applied.size;
  left.is_done = work.now == construction::is_done;
  left.fits = left.node_count <= left.room && left.input_count <= 3 * left.room &&
              left.number_count <= left.room && left.rule_count <= int{Frozen::most_rules};
  if (!left.fits)
    return;
  for (int i = 0; i < left.number_count; ++i) {
    const math::number &number = home.numbers.items[i];
    left.numerators[i] = number.numerator;
    left.denominators[i] = number.denominator;
    left.exponents[i] = number.exponent;
  }
  copy(left.rules, home.applied.items, left.rule_count);
  left.chains = home.chains;
  writer<Frozen> archive{left};
  work.pass(archive);
  if (left.is_done)
    left.size = size_of_program(work);
}

/// The same outputs, computed with complex numbers: what has no order is taken for one.
template <class List>
struct of_complex {};
template <class List>
struct structure<of_complex<List>> : structure<List> {};

template <class List>
inline constexpr bool is_real = true;
template <class List>
inline constexpr bool is_real<of_complex<List>> = false;

/// The parts of the networks of a list of outputs.
template <class List, std::size_t Room = 8 * stage_nodes>
struct parts_of {
  static constexpr int room = Room;
  struct arrays {
    int count, operand_count, deepest;
    part all[Room];
    int operands[4 * Room];
    int outputs[structure_of<List>::networks.size()];
  };
  static constexpr arrays roomy = [] {
    const part_list parts = parts_in(structure_of<List>::networks, form::simplified);
    arrays result{};
    result.count = parts.all.size;
    result.operand_count = parts.operands.size;
    result.deepest = parts.deepest;
    if (result.count > room || result.operand_count > 4 * room)
      return result;
    copy(result.all, parts.all.items, result.count);
    copy(result.operands, parts.operands.items, result.operand_count);
    copy(result.outputs, parts.outputs.items, parts.outputs.size);
    return result;
  }();
  static constexpr const auto &fitting() {
    if constexpr (roomy.count <= room && roomy.operand_count <= 4 * room)
      return roomy;
    else
      return parts_of<List, std::size_t{roomy.count + roomy.operand_count}>::value;
  }
  static constexpr const auto &value = fitting();
  static constexpr int outputs = static_cast<int>(structure_of<List>::networks.size());

  static constexpr parts_to_lower to_lower() {
    return {value.all, value.operands, value.count, is_real<List>};
  }
};

/// Takes up a construction where it was left; it goes on in that memory.
template <class List, class Frozen>
constexpr void thaw(construction &work, Frozen &left) {
  graph &home = work.home;
  home.nodes.lend(left.nodes, left.room, left.node_count);
  home.inputs.lend(left.inputs, 3 * left.room, left.input_count);
  for (int i = 0; i < left.number_count; ++i)
    home.numbers.push(math::number(left.numerators[i], left.denominators[i], left.exponents[i]));
  home.applied.append(left.rules, left.rule_count);
  home.chains = left.chains;
  reader<Frozen> archive{left};
  work.pass(archive);
  for (const int number : work.variables)
    home.variables.push(variable_of(parts_of<List>::value.all[number]));
  if (work.now == construction::expands)
    work.expand.go_on(home, work.outputs);
}

template <class List, int Number, std::size_t Room>
constexpr auto stage_with_room();

template <class List, int Number>
struct stage {
  static constexpr int number = Number;
  using before = stage<List, Number - 1>;

  template <std::size_t Room>
  struct attempt {
    static constexpr auto value = stage_with_room<List, Number, Room>();
  };
  /// Room doubles, so that most stages have as much as the one before.
  static constexpr std::size_t first_room() {
    const std::size_t needed = before::nodes + 2 * stage_nodes;
    return before::room >= needed ? before::room : before::room == 0 ? needed : 2 * needed;
  }
  template <std::size_t Room = first_room()>
  static constexpr const auto &fitting() {
    // Where a limit of the compiler ends the attempt it has no value, and more room would not help.
    if constexpr (requires { typename std::enable_if_t<!attempt<Room>::value.fits>; })
      return fitting<std::size_t{attempt<Room>::value.node_count +
                                 attempt<Room>::value.input_count / 3 + 1}>();
    else
      return attempt<Room>::value;
  }
  static constexpr const auto &value = fitting();
  static constexpr std::size_t room = value.room;

  /// The nodes of the graph so far, which can be too many.
  static constexpr int nodes = value.node_count;
};
template <class List>
struct stage<List, 0> {
  static constexpr struct {
    bool is_done;
    program_size size;
  } value{};
  static constexpr int nodes = 0;
  static constexpr std::size_t room = 0;
};

template <class List, int Number, std::size_t Room>
constexpr auto stage_with_room() {
  using parts = parts_of<List>;
  frozen<Room, std::size_t{parts::value.count + parts::outputs} + Room> result{};
  if constexpr (Number > 1)
    take_over(result, stage<List, Number - 1>::value);
  construction work(parts::to_lower());
  thaw<List>(work, result);
  work.run(parts::value.outputs, parts::outputs);
  freeze(result, work);
  return result;
}

/// The stage with which the work is done or is given up: there are too many nodes, or a limit of
/// the compiler ended the evaluation, which has said so.
template <class List, int Number = 1>
constexpr auto last_stage() {
  using here = stage<List, Number>;
  if constexpr (parts_of<List>::value.deepest > most_loops)
    return stage<List, 0>{};
  else if constexpr (!requires { typename std::bool_constant<here::value.is_done>; })
    return stage<List, 0>{};
  else if constexpr (here::value.is_done || here::nodes > most_nodes)
    return here{};
  else
    return last_stage<List, Number + 1>();
}

} // namespace chainrule::detail
