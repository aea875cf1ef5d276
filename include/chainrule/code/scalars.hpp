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

/// One scalar instruction; of the bits of Arguments, each is set where the operand is an argument.
/// The registers are numbers known to the compiler once this is inlined; as
/// template arguments they would cost an instantiation for each instruction. An output is stored at
/// once: at the end all of them would have been spilled.
template <class Operation, bool IsOutput, std::uint64_t Arguments, class Scalar,
          std::size_t... Operand>
CHAINRULE_INLINE constexpr void
run_instruction(const auto &r, Scalar &result, const int *inputs, [[maybe_unused]] int output,
                [[maybe_unused]] Scalar *const *outputs, [[maybe_unused]] const location *locations,
                std::index_sequence<Operand...>) {
  if constexpr (sizeof...(Operand) == 0)
    result = constant_of<Operation, Scalar>();
  else if constexpr (math::has_lanes<Scalar>)
    result = math::value_of<Operation, Scalar>(
        r.template operand<Arguments, Operand>(inputs[Operand])...);
  else // without value_of, which would be a level of inlining more
    result = Operation::value(r.template operand<Arguments, Operand>(inputs[Operand])...);
  if constexpr (IsOutput)
    store(outputs, locations[output], result);
}

// What follows is named by the identity of the outputs: spelled out, 200 layers had 7 MB of
// names in their debug information.

/// Up to 64 scalar instructions: a fold of more than 256 operands is too deep for clang.
template <class List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_block([[maybe_unused]] auto &r,
                                          [[maybe_unused]] Scalar *const *outputs,
                                          std::index_sequence<I...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr std::size_t first = program.constants.size() + First;
  (run_instruction<operation_of<*program.code[First + I].operation>,
                   (program.code[First + I].output >= 0),
                   program.arguments_of(program.code[First + I])>(
       r, r.results[first + I], program.inputs.data() + program.code[First + I].first_input,
       program.code[First + I].output, outputs, structure_of<List>::locations.data(),
       std::make_index_sequence<std::size_t(program.code[First + I].input_count)>{}),
   ...);
}

template <class List, std::size_t First, std::size_t Count, class Scalar, std::size_t... Block>
CHAINRULE_INLINE constexpr void run_scalars([[maybe_unused]] auto &r,
                                            [[maybe_unused]] Scalar *const *outputs,
                                            std::index_sequence<Block...>) {
  (run_block<List, First + 64 * Block>(
       r, outputs, std::make_index_sequence<(Count - 64 * Block < 64 ? Count - 64 * Block : 64)>{}),
   ...);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
