// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Stages. Compilers limit what one constant evaluation may do: g++ 33.5 million operations, clang
// 1,048,576 steps. So the way from networks to their graph in machine steps is cut into stages,
// constants of their own, each of which takes up the graph where the one before has left it. A
// stage stores what it adds; small networks have only one.
// Read next: workspace.hpp.
#pragma once

#include <chainrule/program/expand.hpp>
#include <chainrule/program/lower.hpp>
#include <chainrule/program/schedule.hpp>

namespace chainrule::detail {

/// A stage ends when it has added so many nodes, or called rules twice as often.
#if defined(CHAINRULE_STAGE_NODES)
constexpr int stage_nodes = CHAINRULE_STAGE_NODES;
#elif defined(__clang__)
constexpr int stage_nodes = 1200;
#else
constexpr int stage_nodes = 2000;
#endif

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

/// The work on the graph of networks. It can stop after any step.
class construction {
public:
  graph home;
  lowering lower;
  expansion expand;
  schedule plan;
  list<int> outputs;   // nodes
  list<int> leaves;    // the needed variables and numbers
  list<int> variables; // the parts that the variables of the graph are made of
  enum phase { lowers, expands, schedules, is_done };
  int now = lowers;

  constexpr explicit construction(const parts_to_lower &parts) : lower(home, parts) {}

  /// Works on until it is done or has done enough.
  constexpr void run(const int *output_parts, int output_count) {
    const int end = home.nodes.size + stage_nodes;
    const auto is_spent = [&] { return home.nodes.size >= end || home.calls >= 2 * stage_nodes; };
    while (now == lowers && !is_spent()) {
      if (lower.is_done()) {
        for (int i = 0; i < output_count; ++i)
          outputs.push(lower.become.items[output_parts[i]]);
        now = expands;
        expand.begin(home, outputs);
        break;
      }
      lower.step();
      ++home.calls;
      if (variables.size < home.variables.size)
        variables.push(lower.next - 1);
    }
    while (now == expands && !is_spent()) {
      if (expand.is_done()) {
        expand.end(outputs);
        now = schedules;
        break;
      }
      expand.step(home);
      ++home.calls;
    }
    if (now == schedules && !is_spent())
      arrange();
  }

  /// What outlives a stage, but the graph.
  constexpr void pass(auto &archive) {
    archive(now), archive(outputs), archive(variables);
    if (now == lowers)
      lower.pass(archive);
    else if (now == expands)
      expand.pass(archive);
    else
      archive(leaves), plan.pass(archive);
  }

private:
  constexpr void arrange() {
    list<bool> needed;
    mark_needed(home, outputs, needed);
    list<int> computed;
    for (int i = 0; i < needed.size; ++i)
      if (needed.items[i])
        (home.nodes.items[i].content >= 0 ? leaves : computed).push(i);
    plan = schedule(home, computed);
    now = is_done;
  }
};

/// What is kept of a construction besides its graph, as integers one after another.
struct writer {
  static constexpr bool reads = false;
  int *to;

  constexpr void operator()(int value) { *to++ = value; }
  constexpr void operator()(const list<int> &all) {
    *to++ = all.size;
    for (int i = 0; i < all.size; ++i)
      to[i] = all.items[i];
    to += all.size;
  }
};
struct reader {
  static constexpr bool reads = true;
  const int *from;

  constexpr void operator()(int &value) { value = *from++; }
  constexpr void operator()(list<int> &all) {
    const int size = *from++;
    all.append(from, size);
    from += size;
  }
};

/// How much a program will consist of.
struct program_size {
  std::size_t variables, mentioned, constants, code, inputs, groups, placings, outputs;
};

constexpr program_size size_of_program(const construction &work) {
  program_size result{};
  for (const int index : work.leaves)
    ++(*work.home.nodes.items[index].operation == variable_record ? result.variables
                                                                  : result.constants);
  for (const variable_name &variable : work.home.variables)
    result.mentioned += variable.text.empty() ? 0u : 1u; // the place of a part in partial(f, part)
  for (const int index : work.plan.order)
    result.inputs += static_cast<std::size_t>(work.home.nodes.items[index].input_count);
  result.code = static_cast<std::size_t>(work.plan.order.size);
  result.groups = static_cast<std::size_t>(work.plan.counts.size);
  result.placings = work.plan.is_scalar ? 0 : result.code;
  result.outputs = static_cast<std::size_t>(work.outputs.size);
  return result;
}

/// What a stage leaves: what it adds to the graph, and all of the rest. Room that is not used costs
/// nothing, for none of this has defaults.
template <std::size_t Room, std::size_t Integers>
struct frozen {
  static constexpr int room = Room;
  static constexpr std::size_t most_rules = 64;

  int node_count, input_count, number_count, rule_count; // of which it fits if there is room
  bool fits, is_done;
  program_size size; // at the end
  node nodes[Room];
  int inputs[3 * Room];
  std::int64_t numerators[Room], denominators[Room];
  int exponents[Room];
  const rewrite_rule *rules[most_rules];
  node_chains chains;
  int integers[Integers];
};

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
    int count, operand_count;
    part all[Room];
    int operands[4 * Room];
    int outputs[structure_of<List>::networks.size()];
  };
  static constexpr arrays roomy = [] {
    const part_list parts = parts_in(structure_of<List>::networks, form::simplified);
    arrays result{};
    result.count = parts.all.size;
    result.operand_count = parts.operands.size;
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

template <class List, int Number, std::size_t Room>
constexpr auto stage_with_room();

template <class List, int Number>
struct stage {
  static constexpr int number = Number;

  template <std::size_t Room>
  struct attempt {
    static constexpr auto value = stage_with_room<List, Number, Room>();
  };
  template <std::size_t Room = 2 * stage_nodes>
  static constexpr const auto &fitting() {
    // Where a limit of the compiler ends the attempt it has no value, and more room would not help.
    if constexpr (requires { typename std::enable_if_t<!attempt<Room>::value.fits>; })
      return fitting<std::size_t{attempt<Room>::value.node_count}>();
    else
      return attempt<Room>::value;
  }
  static constexpr const auto &value = fitting();

  /// The nodes of the graph so far, which can be too many.
  static constexpr int nodes = stage<List, Number - 1>::nodes + value.node_count;

  /// The graph as it was left.
  static constexpr void thaw(graph &home) {
    stage<List, Number - 1>::thaw(home);
    home.nodes.append(value.nodes, value.node_count);
    home.inputs.append(value.inputs, value.input_count);
    for (int i = 0; i < value.number_count; ++i)
      home.numbers.push(
          math::number(value.numerators[i], value.denominators[i], value.exponents[i]));
  }

  /// All of the work.
  static constexpr void thaw(construction &work) {
    thaw(work.home);
    work.home.applied.append(value.rules, value.rule_count);
    work.home.chains = value.chains;
    reader archive{value.integers};
    work.pass(archive);
    for (const int number : work.variables)
      work.home.variables.push(variable_of(parts_of<List>::value.all[number]));
    if (work.now == construction::expands)
      work.expand.announce(work.home);
  }
};
template <class List>
struct stage<List, 0> {
  static constexpr struct {
    bool is_done;
    program_size size;
  } value{};
  static constexpr int nodes = 0;
  static constexpr void thaw(graph &) {}
  static constexpr void thaw(construction &) {}
};

template <class List, int Number, std::size_t Room>
constexpr auto stage_with_room() {
  using before = stage<List, Number - 1>;
  using parts = parts_of<List>;
  constexpr int room = Room;
  constexpr int integers = 32 + 3 * (parts::value.count + before::nodes + room) + parts::outputs;
  frozen<Room, std::size_t{integers}> result{};
  construction work(parts::to_lower());
  graph &home = work.home;
  home.nodes.reserve(before::nodes + room);
  before::thaw(work);
  const int inputs = home.inputs.size, numbers = home.numbers.size;
  work.run(parts::value.outputs, parts::outputs);
  result.node_count = home.nodes.size - before::nodes;
  result.input_count = home.inputs.size - inputs;
  result.number_count = home.numbers.size - numbers;
  result.rule_count = home.applied.size;
  result.fits = result.node_count <= room && result.input_count <= 3 * room &&
                result.number_count <= room && result.rule_count <= int{result.most_rules};
  result.is_done = work.now == construction::is_done;
  if (!result.fits) {
    // as many nodes as would have been room enough
    result.node_count += result.input_count / 3 + 1;
    return result;
  }
  copy(result.nodes, home.nodes.items + before::nodes, result.node_count);
  copy(result.inputs, home.inputs.items + inputs, result.input_count);
  for (int i = 0; i < result.number_count; ++i) {
    const math::number &number = home.numbers.items[numbers + i];
    result.numerators[i] = number.numerator;
    result.denominators[i] = number.denominator;
    result.exponents[i] = number.exponent;
  }
  copy(result.rules, home.applied.items, result.rule_count);
  result.chains = home.chains;
  writer archive{result.integers};
  work.pass(archive);
  if (result.is_done)
    result.size = size_of_program(work);
  return result;
}

/// The stage with which the work is done or is given up: there are too many nodes, or a limit of
/// the compiler ended the evaluation, which has said so.
template <class List, int Number = 1>
constexpr auto last_stage() {
  using here = stage<List, Number>;
  if constexpr (!requires { typename std::bool_constant<here::value.is_done>; })
    return stage<List, 0>{};
  else if constexpr (here::value.is_done || here::nodes > most_nodes)
    return here{};
  else
    return last_stage<List, Number + 1>();
}

} // namespace chainrule::detail
