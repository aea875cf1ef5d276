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
  int operations = 0; // of the floating-point unit, without those inside transcendental functions
  int transcendentals = 0; // calls of exp, log, tanh, ...
  int exponentials = 0;    // those of them that are exp

  friend constexpr bool operator==(const call_cost &, const call_cost &) = default;
};

namespace detail {

/// Straight-line code. Its size is no program_size, for g++ 12 takes two of those for the same
/// template argument where they differ only in which of their numbers are 0.
template <std::size_t Variables, std::size_t Mentioned, std::size_t Constants, std::size_t Code,
          std::size_t Inputs, std::size_t Groups, std::size_t Placings, std::size_t Outputs>
struct program {
  fixed_list<variable_name, Variables> variables;
  fixed_list<variable_name, Mentioned> mentioned; // with those that no output depends on
  fixed_list<math::number, Constants> constants;
  fixed_list<instruction, Code> code;
  fixed_list<int, Inputs> inputs; // registers
  fixed_list<group, Groups> groups;
  fixed_list<placing, Placings> placings; // of the results; none where all are numbers
  fixed_list<int, Outputs> outputs;       // registers
  int workspace;                          // elements
  call_cost cost;

  static constexpr int first_constant = static_cast<int>(Variables);
  static constexpr int first_result = static_cast<int>(Variables + Constants);
  static constexpr bool has_placings = Placings > 0;

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
    if (place < first_constant)
      return {variables.items[place].shape};
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

/// Fills a program but for the workspace and the loops that are shared.
template <class Program>
constexpr Program program_from(const construction &work) {
  Program result{};
  const graph &home = work.home;
  int next = 0;
  for (const variable_name &variable : home.variables)
    if (!variable.text.empty())
      result.mentioned.items[next++] = variable;
  list<int> places(home.nodes.size, -1); // registers of the nodes
  int variable = 0, constant = 0;
  for (const int index : work.leaves) {
    const node &here = home.nodes.items[index];
    if (here.operation->fingerprint == variable_record.fingerprint) {
      places.items[index] = variable;
      result.variables.items[variable++] = home.variables.items[here.content];
    } else {
      places.items[index] = Program::first_constant + constant;
      result.constants.items[constant++] = home.numbers.items[here.content];
    }
  }
  int input = 0;
  for (int i = 0; i < work.plan.order.size; ++i) {
    const int index = work.plan.order.items[i];
    const node here = home.nodes.items[index];
    const operation_record &operation = *here.operation;
    result.code.items[i] = {operation.type, operation.fingerprint, input, here.input_count, -1};
    places.items[index] = result.first_result + i;
    for (int k = 0; k < here.input_count; ++k)
      result.inputs.items[input++] = places.items[home.inputs.items[here.first_input + k]];
    const int times = here.rows * here.columns;
    result.cost.operations += times * operation.operations;
    result.cost.transcendentals += times * operation.transcendentals;
    result.cost.exponentials += times * operation.exponentials;
  }
  int first = 0;
  for (int g = 0; g < work.plan.counts.size; ++g) {
    const int count = work.plan.counts.items[g];
    const node &here = home.nodes.items[work.plan.order.items[first]];
    result.groups.items[g] = {first, count, here.shape(), here.operation->is_elementwise, g};
    for (int i = first; i < first + count && Program::has_placings; ++i)
      result.placings.items[i] = {g, -1};
    first += count;
  }
  for (int i = 0; i < work.outputs.size; ++i) {
    const int place = places.items[work.outputs.items[i]];
    result.outputs.items[i] = place;
    if (place >= result.first_result && result.code.items[place - result.first_result].output < 0)
      result.code.items[place - result.first_result].output = i;
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

/// The program of a list of outputs, which goes by its identity: that keeps names short.
template <class List>
struct program_of {
  using last = decltype(last_stage<List>());
  static constexpr bool is_done = last::value.is_done && last::nodes <= most_nodes;
  static constexpr program_size size = is_done ? last::value.size : program_size{};
  using type = program<size.variables, size.mentioned, size.constants, size.code, size.inputs,
                       size.groups, size.placings, size.outputs>;

  static constexpr type value = [] {
    if (!is_done)
      return type{};
    auto left = last::value;
    construction work(parts_of<List>::to_lower());
    thaw<List>(work, left);
    type result = program_from<type>(work);
    plan_workspace(result);
    share_loops(result);
    return result;
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
