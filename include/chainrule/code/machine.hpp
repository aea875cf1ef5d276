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
constexpr location location_of(std::size_t output) {
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

/// Where what is in a register of a program is: a number is in the register; nothing is anywhere of
/// what only its loop needs.
enum class holder : std::uint8_t { number, argument, output, workspace, nothing };
struct place {
  holder in;
  std::size_t which;  // argument or output
  std::size_t offset; // of the first element
};

template <class List>
consteval place place_of_result(std::size_t instruction) {
  constexpr const auto &program = program_of<List>::value;
  const int output = program.code.items[instruction].output;
  const int offset = program.placings.items[instruction].offset;
  if (output < 0)
    return {offset < 0 ? holder::nothing : holder::workspace, 0, static_cast<std::size_t>(offset)};
  const location at = location_of<List>(static_cast<std::size_t>(output));
  return {holder::output, at.output, at.place};
}
template <class List>
consteval place place_of_register(int in) {
  constexpr const auto &program = program_of<List>::value;
  if (program.extent_of(in).shape.is_scalar())
    return {holder::number, 0, 0};
  for (int from = 0; in >= program.first_constant; in = from) {
    from = program.placings.items[in - program.first_result].turned;
    if (from < 0)
      return place_of_result<List>(static_cast<std::size_t>(in - program.first_result));
  }
  return {holder::argument, static_cast<std::size_t>(in), 0};
}

// What belongs to a program are numbers, known once this is inlined: as template arguments they
// would cost a function, and the optimiser a pass over it, for each register.

/// The first element of a matrix; null where there is none.
template <holder In, class Scalar>
CHAINRULE_INLINE constexpr Scalar *result_at(const memory<Scalar> &where, const place &at) {
  if constexpr (In == holder::output)
    return where.outputs[at.which] + at.offset;
  else if constexpr (In == holder::workspace)
    return where.workspace + at.offset;
  else
    return nullptr;
}
template <holder In, class Scalar>
CHAINRULE_INLINE constexpr const Scalar *matrix_at(const Scalar *const *arguments,
                                                   const memory<Scalar> &where, const place &at) {
  if constexpr (In == holder::argument)
    return arguments[at.which];
  else
    return result_at<In>(where, at);
}

/// The same of an instruction, and of a register.
template <class List, std::size_t Instruction, class Scalar>
CHAINRULE_INLINE constexpr Scalar *result_place(const memory<Scalar> &where) {
  constexpr place at = place_of_result<List>(Instruction);
  return result_at<at.in>(where, at);
}
template <class List, int Register, class Scalar>
CHAINRULE_INLINE constexpr const Scalar *matrix_place(const auto &r, const memory<Scalar> &where) {
  constexpr place at = place_of_register<List>(Register);
  return matrix_at<at.in>(r.arguments, where, at);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
