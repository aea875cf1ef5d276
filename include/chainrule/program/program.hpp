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
  std::uint64_t operation = 0; // structure_of it is the type
  operand_indices inputs;
  int output = -1; // that this result is, if it is one
};

/// Straight-line code, frozen to its size.
template <std::size_t Variables, std::size_t Constants, std::size_t Instructions,
          std::size_t Outputs>
struct program {
  std::array<variable_name, Variables> variables;
  std::array<math::number, Constants> constants;
  std::array<instruction, Instructions> code;
  std::array<int, Outputs> outputs; // registers

  static constexpr std::size_t first_result = Variables + Constants;
};

/// A program under construction, for networks of so many parts: room for all their variables and
/// for Factor instructions and constants a part. Room costs compile time, so it is not ample.
template <int Parts, int Factor, int Outputs>
struct draft {
  static constexpr int room = 64 + Factor * Parts;

  variable_name variables[Parts];
  variable_name mentioned[Parts]; // with those that no output depends on
  math::number constants[room];
  instruction code[room];
  int outputs[Outputs]{};
  int variable_count = 0, mentioned_count = 0, constant_count = 0, instruction_count = 0,
      output_count = 0;
  call_cost cost;
  bool fits = true;

  constexpr int &count_of(const operation_record &operation) {
    return operation == variable_record ? variable_count
           : operation == number_record ? constant_count
                                        : instruction_count;
  }
};

/// The outputs in machine steps; the steps are added to the graph.
constexpr void expand(graph &home, list<int> &outputs) {
  list<bool> needed;
  mark_needed(home, outputs, needed);
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i])
      home.nodes.items[i].operation->announce(home.symbols_of(home.nodes.items[i].inputs));
  rebuild(home, outputs, [&](int index, const operand_indices &inputs, bool changed) {
    const node here = home.nodes.items[index];
    const symbol steps =
        here.operation->code(home.symbols_of(here.inputs), home.symbols_of(inputs));
    if (steps.exists())
      return steps.index;
    return changed ? home.written(*here.operation, inputs).index : index;
  });
}

/// The program of the outputs. Operands stand before their users in the graph, so the order of
/// its nodes is a schedule.
template <int Parts, int Factor, std::size_t Outputs>
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
    if (needed.items[i])
      ++result.count_of(*home.nodes.items[i].operation);
  result.fits = result.constant_count <= result.room && result.instruction_count <= result.room;
  if (!result.fits)
    return result;
  int variable = 0, constant = 0, instructions = 0;
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
    } else {
      place.items[i] = result.variable_count + result.constant_count + instructions;
      instruction &next = result.code[instructions++];
      next.operation = here.operation->fingerprint;
      result.cost.operations += here.operation->operations;
      result.cost.transcendentals += here.operation->transcendentals;
      result.cost.exponentials += here.operation->exponentials;
      for (int k = 0; k < here.operation->arity; ++k)
        next.inputs.at[k] = place.items[here.inputs.at[k]];
    }
  }
  const int first_result = result.variable_count + result.constant_count;
  for (const int output : outputs) {
    const int from = place.items[output];
    if (from >= first_result && result.code[from - first_result].output < 0)
      result.code[from - first_result].output = result.output_count;
    result.outputs[result.output_count++] = from;
  }
  return result;
}

/// The first `Size` elements.
template <int Size, class T>
constexpr std::array<T, Size> shortened(const T *all) {
  std::array<T, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = all[i];
  return result;
}

} // namespace detail
} // namespace chainrule
