// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// program: what is left of networks and gradients after lowering, straight-line instructions over
// registers. Registers hold first the variables, then the constants, then one result for each
// instruction. Operations are expanded into machine steps that share their work (sigmoid, its
// derivative and its cross-entropy share one exponential), and what no output needs is gone.
// Read next: evaluate/compile.hpp.
#pragma once

#include <vector>

#include <chainrule/program/lower.hpp>

namespace chainrule {

/// One operation on registers; its result goes to the next free register.
struct instruction {
  const operation_record *operation = nullptr;
  operand_indices inputs = no_operands;
};

/// Straight-line code, frozen to its size.
template <std::size_t Variables, std::size_t Constants, std::size_t Instructions,
          std::size_t Outputs>
struct program {
  std::array<variable_name, Variables> variables;
  std::array<number, Constants> constants;
  std::array<instruction, Instructions> code;
  std::array<int, Outputs> outputs; // registers

  static constexpr std::size_t first_result = Variables + Constants;
  static constexpr std::size_t registers = first_result + Instructions;
};

namespace detail {

/// A program under construction: room for Capacity of everything.
template <std::size_t Capacity>
struct draft {
  std::array<variable_name, Capacity> variables{};
  std::array<variable_name, Capacity> mentioned{}; // with those that no output depends on
  std::array<number, Capacity> constants{};
  std::array<instruction, Capacity> code{};
  std::array<int, Capacity> outputs{};
  std::size_t variable_count = 0, mentioned_count = 0, constant_count = 0, instruction_count = 0,
              output_count = 0;
  bool fits = true;
};

/// Marks every node that the marked ones depend on.
constexpr void mark_inputs(const graph &home, std::vector<char> &needed) {
  for (std::size_t i = needed.size(); i-- > 0;)
    if (needed[i])
      for (const int input : home.nodes[i].inputs)
        if (input >= 0)
          needed[static_cast<std::size_t>(input)] = 1;
}

constexpr std::vector<char> needed_for(const graph &home, const std::vector<int> &outputs) {
  std::vector<char> needed(home.nodes.size(), 0);
  for (const int output : outputs)
    needed[static_cast<std::size_t>(output)] = 1;
  mark_inputs(home, needed);
  return needed;
}

/// The outputs in machine steps; the steps are added to the graph.
constexpr void expand(graph &home, std::vector<int> &outputs) {
  const std::vector<char> needed = needed_for(home, outputs);
  std::vector<int> coded(needed.size(), -1);
  for (std::size_t i = 0; i < coded.size(); ++i) {
    if (!needed[i])
      continue;
    const node here = home.nodes[i];
    operand_indices inputs = here.inputs;
    for (int &input : inputs)
      if (input >= 0)
        input = coded[static_cast<std::size_t>(input)];
    symbol step;
    if (here.operation->code)
      step = here.operation->code(home.symbols_of(here.inputs), home.symbols_of(inputs));
    if (!step.exists())
      step = inputs == here.inputs ? home.at(static_cast<int>(i))
                                   : home.written(*here.operation, inputs);
    coded[i] = step.index;
  }
  for (int &output : outputs)
    output = coded[static_cast<std::size_t>(output)];
}

/// The program of the outputs. Operands stand before their users in the graph, so the order of
/// its nodes is a schedule.
template <std::size_t Capacity, std::size_t Outputs>
constexpr draft<Capacity> drafted(const std::array<const expression_record *, Outputs> &networks) {
  graph home;
  lowering lower(home);
  std::vector<int> outputs;
  for (const expression_record *network : networks)
    outputs.push_back(lower.of(*network).index);
  draft<Capacity> result;
  for (const variable_name &variable : home.variables) {
    if (variable.text.empty()) // the place of a part in partial(f, part)
      continue;
    if (result.mentioned_count == Capacity) {
      result.fits = false;
      return result;
    }
    result.mentioned[result.mentioned_count++] = variable;
  }
  expand(home, outputs);
  const std::vector<char> needed = needed_for(home, outputs);
  std::size_t counts[3]{};
  const auto kind = [&](const node &here) {
    return here.operation == &variable_record ? 0 : here.operation == &number_record ? 1 : 2;
  };
  for (std::size_t i = 0; i < needed.size(); ++i)
    counts[kind(home.nodes[i])] += needed[i] ? 1u : 0u;
  if (counts[0] > Capacity || counts[1] > Capacity || counts[2] > Capacity || Outputs > Capacity) {
    result.fits = false;
    return result;
  }
  std::size_t next[3] = {0, counts[0], counts[0] + counts[1]};
  std::vector<int> place(needed.size(), -1);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (!needed[i])
      continue;
    const node &here = home.nodes[i];
    place[i] = static_cast<int>(next[kind(here)]++);
    if (here.operation == &variable_record) {
      result.variables[result.variable_count++] =
          home.variables[static_cast<std::size_t>(here.content)];
    } else if (here.operation == &number_record) {
      result.constants[result.constant_count++] =
          home.numbers[static_cast<std::size_t>(here.content)];
    } else {
      instruction &step = result.code[result.instruction_count++];
      step.operation = here.operation;
      for (std::size_t k = 0; k < here.inputs.size(); ++k)
        if (here.inputs[k] >= 0)
          step.inputs[k] = place[static_cast<std::size_t>(here.inputs[k])];
    }
  }
  for (const int output : outputs)
    result.outputs[result.output_count++] = place[static_cast<std::size_t>(output)];
  return result;
}

/// The first `Size` elements.
template <std::size_t Size, class T, std::size_t Capacity>
constexpr std::array<T, Size> shortened(const std::array<T, Capacity> &all) {
  std::array<T, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = all[i];
  return result;
}

} // namespace detail
} // namespace chainrule
