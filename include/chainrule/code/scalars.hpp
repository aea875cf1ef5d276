// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Scalar code: instructions as inlined steps on registers with fixed indices, which the optimiser
// turns into machine registers.
// Read next: loops.hpp.
#pragma once

#include <chainrule/code/machine.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// The value of an operation without operands, by the compiler where it can be.
template <class Operation, class Scalar>
CHAINRULE_INLINE constexpr Scalar constant_of() {
  if constexpr (std::floating_point<Scalar>) {
    constexpr Scalar result = Operation::template value<Scalar>();
    return result;
  } else if constexpr (math::has_lanes<Scalar>) {
    return math::in_every_lane<Scalar>(Operation::template value<math::lane<Scalar>>());
  } else {
    return Operation::template value<Scalar>();
  }
}

/// Where an operand of an instruction is: the number of the argument or of the result; 0 if there
/// is no such operand. Known to the compiler's front end, for g++ looks elements of constants up
/// from the first on (2 % of the time for 200 layers, and growing with the square).
template <class List>
consteval int index_of_operand(std::size_t instruction, int which) {
  constexpr const auto &program = program_of<List>::value;
  const detail::instruction &what = program.code.items[instruction];
  if (which >= what.input_count)
    return 0;
  const int place = program.inputs.items[what.first_input + which];
  return place < program.first_constant ? place : place - program.first_constant;
}

/// Where the result of an instruction is stored, if it is an output.
template <class List>
consteval location output_location(std::size_t instruction) {
  const int output = program_of<List>::value.code.items[instruction].output;
  return output < 0 ? location{} : location_of<List>(static_cast<std::size_t>(output));
}

/// One scalar instruction on up to three operands at a, b and c; more are looked up. Of the bits of
/// Arguments, each is set where the operand is an argument. The places are numbers known to the
/// compiler once this is inlined; as template arguments they would cost an instantiation for each
/// instruction. An output is stored at once: at the end all of them would have been spilled.
template <class Operation, bool IsOutput, std::uint64_t Arguments, std::size_t... Operand>
CHAINRULE_STEP constexpr void
run_instruction(auto &r, std::size_t result, int a, int b, int c,
                [[maybe_unused]] const int *inputs, [[maybe_unused]] std::size_t output,
                [[maybe_unused]] std::size_t place, std::index_sequence<Operand...>) {
  using scalar = std::remove_cvref_t<decltype(r.results[0])>;
  if constexpr (sizeof...(Operand) == 0)
    r.results[result] = constant_of<Operation, scalar>();
  else if constexpr (math::has_lanes<scalar>)
    r.results[result] = math::value_of<Operation, scalar>(
        r.template operand<Arguments, Operand>(a, b, c, inputs)...);
  else // without value_of, which would be a level of inlining more
    r.results[result] =
        Operation::value(r.template operand<Arguments, Operand>(a, b, c, inputs)...);
  if constexpr (IsOutput)
    r.outputs[output][place] = r.results[result];
}

// What follows is named by the identity of the outputs: spelled out, 200 layers had 7 MB of
// names in their debug information.

/// Up to 64 scalar instructions: a fold of more than 256 operands is too deep for clang.
template <class List, std::size_t First, std::size_t... I>
CHAINRULE_INLINE constexpr void run_block([[maybe_unused]] auto &r, std::index_sequence<I...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr std::size_t first = program.results_before + First;
  (run_instruction<operation_of<*program.code.items[First + I].operation>,
                   (program.code.items[First + I].output >= 0),
                   program.arguments_of(program.code.items[First + I])>(
       r, first + I, index_of_operand<List>(First + I, 0), index_of_operand<List>(First + I, 1),
       index_of_operand<List>(First + I, 2),
       program.inputs.items + program.code.items[First + I].first_input,
       output_location<List>(First + I).output, output_location<List>(First + I).place,
       std::make_index_sequence<std::size_t(program.code.items[First + I].input_count)>{}),
   ...);
}

template <class List, std::size_t First, std::size_t Count, std::size_t... Block>
CHAINRULE_INLINE constexpr void run_scalars([[maybe_unused]] auto &r,
                                            std::index_sequence<Block...>) {
  (run_block<List, First + 64 * Block>(
       r, std::make_index_sequence<(Count - 64 * Block < 64 ? Count - 64 * Block : 64)>{}),
   ...);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
