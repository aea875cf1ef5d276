// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The machine that a program runs on: registers, which the optimiser turns into those of the
// processor, and the places of matrices in memory.
// Read next: scalars.hpp.
#pragma once

#include <chainrule/lanes/scalar.hpp>
#include <chainrule/program/outputs.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// The type of an operation that a program names.
template <const mark &Operation>
using operation_of = typename type_at<Operation>::type;

template <class List, std::size_t Instruction, int Operand>
inline constexpr int operand_register = program_of<List>::value.inputs[static_cast<std::size_t>(
    program_of<List>::value.code[Instruction].first_input + Operand)];

/// The registers of a running program: arguments where they are, then constants and scalar results.
/// The compiler may not move a load across a call of exp, so a copy of each argument made
/// beforehand would cost a load and a spill.
template <class Scalar, std::size_t Arguments, std::size_t Results, class Kernels>
struct register_file {
  using kernels = Kernels;

  Scalar *const *outputs;
  const Scalar *arguments[Arguments + 1];
  Scalar results[Results + 1];

  CHAINRULE_INLINE constexpr const Scalar &operator[](int i) const {
    constexpr int first = static_cast<int>(Arguments);
    return i < first ? *arguments[i] : results[i - first];
  }
  /// An operand of an instruction with these bits, of which there are 64: one of the first three
  /// at a, b and c, another in the register that inputs names. The choice above, left to the
  /// optimiser for each operand, was a tenth of what clang 19 needs for 100 layers.
  template <std::uint64_t Bits, std::size_t Operand>
  CHAINRULE_INLINE constexpr const Scalar &operand(int a, int b, int c, const int *inputs) const {
    if constexpr (Operand >= 3) {
      return (*this)[inputs[Operand]];
    } else {
      const int at = Operand == 0 ? a : Operand == 1 ? b : c;
      if constexpr ((Bits >> Operand & 1) != 0)
        return *arguments[at];
      else
        return results[at];
    }
  }
};

/// Where matrices are.
template <class Scalar>
struct memory {
  Scalar *const *outputs;
  Scalar *workspace;
};

template <class List>
inline constexpr auto locations_of_elements = structure_of<List>::locations_of_elements();

/// Where an output of the program is stored: a part of the outputs, or an element of one.
template <class List>
consteval location location_of(std::size_t output) {
  if constexpr (program_of<List>::value.outputs.size() == structure_of<List>::size)
    return structure_of<List>::locations[output];
  else
    return locations_of_elements<List>[output];
}

/// Stores a scalar output.
template <class Scalar>
CHAINRULE_INLINE constexpr void store(Scalar *const *outputs, const location &at,
                                      const Scalar &value) {
  outputs[at.output][at.place] = value;
}

/// The first element of the matrix that an instruction yields; null if only its loop needs it.
template <class List, std::size_t Instruction, class Scalar>
CHAINRULE_INLINE constexpr Scalar *result_place(const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr int output = program.code[Instruction].output;
  constexpr int offset = program.placings[Instruction].offset;
  if constexpr (output >= 0) {
    constexpr location at = location_of<List>(static_cast<std::size_t>(output));
    return where.outputs[at.output] + at.place;
  } else if constexpr (offset >= 0) {
    return where.workspace + offset;
  } else {
    return nullptr;
  }
}

/// The first element of a matrix.
template <class List, int Register, class Scalar>
CHAINRULE_INLINE constexpr const Scalar *
matrix_place([[maybe_unused]] const auto &r, [[maybe_unused]] const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  if constexpr (Register < program.first_constant)
    return r.arguments[Register];
  else if constexpr (constexpr int turned =
                         program.placings[static_cast<std::size_t>(Register - program.first_result)]
                             .turned;
                     turned >= 0)
    return matrix_place<List, turned>(r, where);
  else
    return result_place<List, static_cast<std::size_t>(Register - program.first_result)>(where);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
