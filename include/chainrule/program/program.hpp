// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// program: what is left of networks and gradients after lowering, straight-line instructions over
// registers. Registers hold first the variables, then the constants, then one result for each
// instruction. Operations are expanded into machine steps that share their work (sigmoid, its
// derivative and its cross-entropy share one exponential), and what no output needs is gone.
// Read next: evaluate/compile.hpp.
#pragma once

#include <chainrule/program/lower.hpp>
#include <chainrule/program/schedule.hpp>
#include <chainrule/program/workspace.hpp>

namespace chainrule {

/// What one call costs.
struct call_cost {
  int operations = 0; // of the floating-point unit, without those inside transcendental functions
  int transcendentals = 0; // calls of exp, log, tanh, ...
  int exponentials = 0;    // those of them that are exp

  friend constexpr bool operator==(const call_cost &, const call_cost &) = default;
};

namespace detail {

/// One operation on registers; its result goes to the next free register.
struct instruction {
  std::uint64_t operation = 0; // operation_of it is the type
  int first_input = 0;         // its operands in program::inputs, as many as the operation takes
  int input_count = 0;
  int output = -1; // that this result is, if it is one
};

/// Where the result of an instruction is in a program with matrices.
struct placing {
  int group = 0;   // that it is computed in
  int offset = -1; // in the workspace, if it is a matrix that outlives its group
};

/// Straight-line code, frozen to its size.
template <std::size_t Variables, std::size_t Constants, std::size_t Instructions,
          std::size_t Inputs, std::size_t Groups, std::size_t Placings, std::size_t Outputs>
struct program {
  std::array<variable_name, Variables> variables;
  std::array<math::number, Constants> constants;
  std::array<instruction, Instructions> code;
  std::array<int, Inputs> inputs; // registers
  std::array<group, Groups> groups;
  std::array<placing, Placings> placings; // of the results; none where all are numbers
  std::array<int, Outputs> outputs;       // registers
  int workspace = 0;                      // elements

  static constexpr int first_result = static_cast<int>(Variables + Constants);

  /// What the code knows of a register.
  constexpr extent extent_of(int place) const {
    if (place < static_cast<int>(Variables))
      return {variables[static_cast<std::size_t>(place)].of};
    if (place < first_result) {
      const math::number &value = constants[static_cast<std::size_t>(place) - Variables];
      return {{}, value.denominator == 1 ? value.numerator : -1};
    }
    if constexpr (Placings == 0)
      return {};
    else
      return {groups[static_cast<std::size_t>(placing_of(place - first_result).group)].of};
  }

  constexpr const placing &placing_of(int instruction) const {
    return placings[static_cast<std::size_t>(instruction)];
  }
};

/// What a loop reads and does not compute itself: registers, in the order of their first use.
constexpr list<int> operands_of(const group &loop, const instruction *code, const int *inputs,
                                int first_result) {
  list<int> result;
  for (int i = loop.first; i < loop.first + loop.count; ++i)
    for (int k = 0; k < code[i].input_count; ++k)
      if (const int input = inputs[code[i].first_input + k];
          !loop.computes(input - first_result) && result.find(input) < 0)
        result.push(input);
  return result;
}

/// A program under construction, for networks of so many parts: room for all their variables and
/// for Factor instructions and constants a part. Room costs compile time, so it is not ample.
template <std::size_t Parts, std::size_t Factor, std::size_t Outputs>
struct draft {
  static constexpr std::size_t room = 64 + Factor * Parts;
  static constexpr std::size_t room_for_groups = room;

  variable_name variables[Parts];
  variable_name mentioned[Parts]; // with those that no output depends on
  math::number constants[room];
  instruction code[room];
  int inputs[2 * room]{};
  group groups[room_for_groups];
  placing placings[room];
  int outputs[Outputs]{};
  int variable_count = 0, mentioned_count = 0, constant_count = 0, instruction_count = 0,
      input_count = 0, group_count = 0, placing_count = 0, output_count = 0, workspace = 0;
  call_cost cost;
  bool fits = true;

  constexpr int first_result() const { return variable_count + constant_count; }
  constexpr int input(int i, int which) const { return inputs[code[i].first_input + which]; }
  constexpr shape shape_of(int place) const {
    return place < variable_count   ? variables[place].of
           : place < first_result() ? shape{}
                                    : groups[placings[place - first_result()].group].of;
  }
  /// Whether a result is stored: as an output, or because a later group reads it.
  constexpr bool is_kept(int i) const { return code[i].output >= 0 || placings[i].offset >= 0; }
  constexpr int &count_of(const operation_record &operation) {
    return operation == variable_record ? variable_count
           : operation == number_record ? constant_count
                                        : instruction_count;
  }
};

/// The outputs in machine steps; the steps are added to the graph.
constexpr void expand(graph &home, list<int> &outputs) {
  const rewriting_as expanding(home, rewriting::but_named_rules_rest);
  list<bool> needed;
  mark_needed(home, outputs, needed);
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i] && home.nodes.items[i].operation->has_announcement)
      home.nodes.items[i].operation->announce(home, home.inputs_of(i));
  rebuild(home, outputs, [&](int index, operand_list operands, bool changed) {
    const node here = home.nodes.items[index];
    if (here.operation->has_code)
      if (const symbol steps = here.operation->code(home, home.inputs_of(index), operands);
          steps.exists())
        return filled(steps, here.of()).index;
    return changed ? home.written(*here.operation, operands).index : index;
  });
}

/// What a loop is apart from where its operands are: equal for loops that can share one function.
template <class Draft>
constexpr list<std::uint64_t> signature_of(const Draft &plan, const group &loop) {
  const int first_result = plan.first_result();
  const list<int> operands = operands_of(loop, plan.code, plan.inputs, first_result);
  list<std::uint64_t> result;
  const auto add = [&](int part) { result.push(static_cast<std::uint64_t>(part)); };
  add(loop.of.rows), add(loop.of.columns);
  for (const int operand : operands)
    add(plan.shape_of(operand).rows), add(plan.shape_of(operand).columns);
  for (int i = loop.first; i < loop.first + loop.count; ++i) {
    result.push(plan.code[i].operation);
    add(plan.is_kept(i) ? 1 : 0);
    for (int k = 0; k < plan.code[i].input_count; ++k) {
      const int input = plan.input(i, k), from = input - first_result;
      add(loop.computes(from) ? from - loop.first : loop.count + operands.find(input));
    }
  }
  return result;
}

/// Finds the loops that can share one function, as those of equal layers.
template <class Draft>
constexpr void share_loops(Draft &plan) {
  index_table loops;
  for (int g = 0; g < plan.group_count; ++g) {
    group &here = plan.groups[g];
    here.same_loop = g;
    if (!here.is_loop())
      continue;
    const list<std::uint64_t> signature = signature_of(plan, here);
    std::uint64_t key = 0;
    for (const std::uint64_t part : signature)
      key = mix(key, part);
    const int same = loops.find(key, [&](int other) {
      const list<std::uint64_t> its = signature_of(plan, plan.groups[other]);
      bool is_equal = its.size == signature.size;
      for (int i = 0; i < its.size && is_equal; ++i)
        is_equal = its.items[i] == signature.items[i];
      return is_equal;
    });
    if (same < 0)
      loops.insert(key, g);
    else
      here.same_loop = same;
  }
}

/// The program of the outputs.
template <std::size_t Parts, std::size_t Factor, std::size_t Outputs>
constexpr auto drafted(const std::array<const expression_record *, Outputs> &networks) {
  graph home;
  lowering lower(home);
  list<int> outputs;
  for (const expression_record *network : networks)
    outputs.push(lower.of(*network).index);
  draft<Parts, Factor, Outputs> result;
  for (const variable_name &variable : home.variables) {
    if (variable.text.empty()) // the place of a part in partial(f, part)
      continue;
    result.mentioned[result.mentioned_count++] = variable;
  }
  expand(home, outputs);
  list<bool> needed;
  mark_needed(home, outputs, needed);
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i]) {
      ++result.count_of(*home.nodes.items[i].operation);
      result.input_count += home.nodes.items[i].input_count;
    }
  result.fits = std::cmp_less_equal(result.constant_count, result.room) &&
                std::cmp_less_equal(result.instruction_count, result.room) &&
                std::cmp_less_equal(result.input_count, 2 * result.room);
  if (!result.fits)
    return result;
  int variable = 0, constant = 0;
  list<int> place(needed.size, -1);
  for (int i = 0; i < needed.size; ++i) {
    if (!needed.items[i])
      continue;
    const node &here = home.nodes.items[i];
    if (*here.operation == variable_record) {
      place.items[i] = variable;
      result.variables[variable++] = home.variables.items[here.content];
    } else if (*here.operation == number_record) {
      place.items[i] = result.variable_count + constant;
      result.constants[constant++] = home.numbers.items[here.content];
    }
  }
  const int first_result = result.variable_count + result.constant_count;
  list<int> order;
  list<group> groups;
  schedule(home, needed, order, groups);
  int input = 0;
  for (int i = 0; i < order.size; ++i) {
    const node &here = home.nodes.items[order.items[i]];
    place.items[order.items[i]] = first_result + i;
    instruction &next = result.code[i];
    next.operation = here.operation->fingerprint;
    const int times = here.of().size();
    result.cost.operations += times * here.operation->operations;
    result.cost.transcendentals += times * here.operation->transcendentals;
    result.cost.exponentials += times * here.operation->exponentials;
    next.first_input = input;
    next.input_count = here.input_count;
    for (int k = 0; k < here.input_count; ++k)
      result.inputs[input++] = place.items[home.input(order.items[i], k)];
  }
  result.fits = std::cmp_less_equal(groups.size, result.room_for_groups);
  if (!result.fits)
    return result;
  const bool is_scalar = groups.size == 0 || (groups.size == 1 && groups.items[0].is_scalar());
  for (const group &each : groups) {
    for (int i = 0; i < each.count && !is_scalar; ++i)
      result.placings[result.placing_count++].group = result.group_count;
    result.groups[result.group_count++] = each;
  }
  for (const int output : outputs) {
    const int from = place.items[output];
    if (from >= first_result && result.code[from - first_result].output < 0)
      result.code[from - first_result].output = result.output_count;
    result.outputs[result.output_count++] = from;
  }
  plan_workspace(result);
  share_loops(result);
  return result;
}

/// The first `Size` elements.
template <int Size, class T>
constexpr auto shortened(const T *all) {
  std::array<T, std::size_t{Size}> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = all[i];
  return result;
}

} // namespace detail
} // namespace chainrule
