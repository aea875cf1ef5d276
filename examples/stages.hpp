// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What stands between a formula and its code, printed: record, graph, program and registers. The
// compiler does all this in constant evaluation; here the same functions run at run time.
#pragma once

#include <chainrule/chainrule.hpp>

#include <cstdio>
#include <utility>

namespace stages {

using namespace chainrule::detail;

inline void print(std::string_view text) {
  std::printf("%.*s", static_cast<int>(text.size()), text.data());
}

/// The record of a formula and those of its parts, one a line.
inline void print(const expression_record &formula, int depth = 0) {
  std::printf("%*s", 2 * depth, "");
  if (formula.operand_count > 0)
    print(formula.operation->name);
  else if (*formula.operation == number_record)
    std::printf("%.17g", chainrule::math::rounded<double>(formula.value));
  else
    print(formula.name);
  std::printf(", %d x %d\n", formula.shape.rows, formula.shape.columns);
  for (int i = 0; i < formula.operand_count; ++i)
    print(*formula.operands[i], depth + 1);
}

/// A node: an operation and its operands by index, a variable or a number.
inline void print(chainrule::symbol node) {
  const graph &home = *node.home;
  if (*node.operation() == variable_record)
    print(home.variables.items[home.nodes.items[node.index].content].text);
  else if (node.is_number())
    std::printf("%.17g", chainrule::math::rounded<double>(node.value()));
  else
    print(node.operation()->name);
  for (int k = 0; k < node.operands(); ++k)
    std::printf("%s%d", k == 0 ? " of " : ", ", node.operand(k).index);
}

/// The nodes from the given one on.
inline void print(graph &home, int first = 0) {
  for (int i = first; i < home.nodes.size; ++i) {
    std::printf("%2d = ", i);
    print(home.at(i));
    std::printf("\n");
  }
  std::fflush(stdout); // what follows may end the program
}

/// A program beside the registers of a run with these values of its variables.
template <class List, class... Others, std::size_t... Instruction>
void print(chainrule::compiled<List, Others...>, const double *values,
           std::index_sequence<Instruction...>) {
  constexpr const auto &program = program_of<List>::value;
  double registers[program.first_result + sizeof...(Instruction)];
  int next = 0;
  const auto print_register = [&](double value) {
    registers[next] = value;
    std::printf("r%d = %.17g    ", next++, value);
  };
  for (const variable_name &variable : program.variables) {
    print_register(*values++);
    print(variable.text);
    std::printf("\n");
  }
  for (const chainrule::math::number &constant : program.constants) {
    print_register(chainrule::math::rounded<double>(constant));
    std::printf("constant\n");
  }
  const auto run = [&]<class Operation, std::size_t... Operand>(const instruction &here,
                                                                std::index_sequence<Operand...>) {
    const int *const inputs = program.inputs.data() + here.first_input;
    print_register(Operation::value(registers[inputs[Operand]]...));
    print(Operation::name);
    (std::printf("%sr%d", Operand == 0 ? " of " : ", ", inputs[Operand]), ...);
    std::printf(here.output < 0 ? "\n" : ", output %d\n", here.output);
  };
  (run.template operator()<operation_of<*program.code[Instruction].operation>>(
       program.code[Instruction],
       std::make_index_sequence<std::size_t(program.code[Instruction].input_count)>{}),
   ...);
}
template <class Compiled>
void print_run(Compiled step, const double *values) {
  print(step, values, std::make_index_sequence<Compiled::program::value.code.size()>{});
}

} // namespace stages
