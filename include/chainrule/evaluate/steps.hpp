// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Scalar code: the program of a list of outputs, the registers that it works on, and its
// instructions as inlined steps with fixed indices, which the optimiser turns into machine
// registers.
// Read next: elements.hpp.
#pragma once

#include <chainrule/evaluate/storage.hpp>
#include <chainrule/lanes/scalar.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// The type of an operation that a program names.
template <const mark &Operation>
using operation_of = typename type_at<Operation>::type;

/// The registers of a running program: arguments where they are, then constants and scalar results.
/// The compiler may not move a load across a call of exp, so a copy of each argument made
/// beforehand would cost a load and a spill.
template <class Scalar, std::size_t Arguments, std::size_t Results, class Kernels>
struct register_file {
  using kernels = Kernels;

  const Scalar *arguments[Arguments + 1];
  Scalar results[Results + 1];

  CHAINRULE_INLINE constexpr const Scalar &operator[](int i) const {
    constexpr int first = static_cast<int>(Arguments);
    return i < first ? *arguments[i] : results[i - first];
  }
  /// An operand of an instruction with these bits, of which there are 64. The choice above, left to
  /// the optimiser for each operand, was a tenth of what clang 19 needs for 100 layers.
  template <std::uint64_t Bits, std::size_t Operand>
  CHAINRULE_INLINE constexpr const Scalar &operand(int i) const {
    if constexpr (Operand >= 64)
      return (*this)[i];
    else if constexpr ((Bits >> Operand & 1) != 0)
      return *arguments[i];
    else
      return results[i - static_cast<int>(Arguments)];
  }
};

/// Where matrices are.
template <class Scalar>
struct memory {
  Scalar *const *outputs;
  Scalar *workspace;
};

/// Stores a scalar output.
template <class Scalar>
CHAINRULE_INLINE constexpr void store(Scalar *const *outputs, const location &at,
                                      const Scalar &value) {
  outputs[at.output][at.place] = value;
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
  if constexpr (math::has_lanes<Scalar>)
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
