// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Code on the elements of matrices: instructions of one shape share one loop, and what only that
// loop needs is never stored. Of float and double a round takes a whole pack of elements.
// Read next: run.hpp.
#pragma once

#include <chainrule/evaluate/steps.hpp>

namespace chainrule::detail {

/// The first element of the matrix that an instruction yields; null if only its loop needs it.
template <std::uint64_t List, std::size_t Instruction, class Scalar>
CHAINRULE_INLINE constexpr Scalar *result_place(const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr int output = program.code[Instruction].output;
  constexpr int offset = program.offset_of(static_cast<int>(Instruction));
  if constexpr (output >= 0) {
    constexpr location at = structure_of<List>::locations[static_cast<std::size_t>(output)];
    return where.outputs[at.output] + at.place;
  } else if constexpr (offset >= 0) {
    return where.workspace + offset;
  } else {
    return nullptr;
  }
}

/// The first element of a matrix.
template <std::uint64_t List, int Register, class Scalar>
CHAINRULE_INLINE constexpr const Scalar *
matrix_place([[maybe_unused]] const auto &r, [[maybe_unused]] const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  if constexpr (Register < static_cast<int>(program.variables.size()))
    return r.arguments[Register];
  else
    return result_place<List, static_cast<std::size_t>(Register - program.first_result)>(where);
}

/// What a loop over the elements of a group runs over: where every matrix that it reads has one
/// shape, a single row of all elements.
template <std::uint64_t List, std::size_t Group>
inline constexpr shape loop_of = [] {
  constexpr const auto &program = program_of<List>::value;
  const group here = program.groups[Group];
  for (int i = here.first; i < here.first + here.count; ++i)
    for (const int input : program.code[static_cast<std::size_t>(i)].inputs.at)
      if (input >= 0 && !program.extent_of(input).of.is_scalar() &&
          !(program.extent_of(input).of == here.of))
        return here.of;
  return shape{1, here.of.size()};
}();

/// An operand of an instruction in a loop: an earlier result of this round, a number, or elements
/// from (i, j), one or a pack of them.
template <std::uint64_t List, std::size_t Group, int Register, int Count, class Wide, class Scalar>
CHAINRULE_INLINE constexpr decltype(auto) element(const Wide *round, const auto &r,
                                                  const memory<Scalar> &where, int i, int j) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr int from = Register - program.first_result - here.first;
  constexpr shape of = program.extent_of(Register).of;
  constexpr bool is_whole = of == here.of; // else a column or a row, repeated
  if constexpr (from >= 0 && from < here.count) {
    return (round[from]);
  } else if constexpr (of.is_scalar()) {
    if constexpr (std::same_as<Wide, Scalar>)
      return (r[Register]);
    else
      return Wide(r[Register]);
  } else {
    const Scalar *const at = matrix_place<List, Register>(r, where) +
                             (is_whole || of.rows > 1 ? i * of.columns : 0) +
                             (is_whole || of.columns > 1 ? j : 0);
    if constexpr (std::same_as<Wide, Scalar>)
      return (*at);
    else if constexpr (is_whole || of.columns > 1)
      return math::load<Count>(at);
    else
      return Wide(*at);
  }
}

/// The value of an operation, of packs lane by lane where it does not take them.
template <class Operation, int Count, class Wide>
CHAINRULE_INLINE constexpr Wide elementwise_value(const auto &...operands) {
  if constexpr (!math::is_pack<Wide> || Operation::takes_packs) {
    return Operation::value(operands...);
  } else {
    using scalar = typename Wide::value_type;
    Wide result(0);
    for (int lane = 0; lane < Count; ++lane)
      result.lanes[lane] = Operation::value(static_cast<scalar>(operands.lanes[lane])...);
    return result;
  }
}

template <std::uint64_t List, std::size_t Instruction, int Operand>
inline constexpr int operand_register =
    program_of<List>::value.code[Instruction].inputs.at[Operand];

template <std::uint64_t List, std::size_t Group, std::size_t I, int Count, class Wide, class Scalar,
          std::size_t... Operand>
CHAINRULE_INLINE constexpr void element_step(Wide *round, const auto &r,
                                             const memory<Scalar> &where, int i, int j,
                                             std::index_sequence<Operand...>) {
  constexpr group here = program_of<List>::value.groups[Group];
  constexpr std::size_t place = static_cast<std::size_t>(here.first) + I;
  constexpr instruction what = program_of<List>::value.code[place];
  round[I] = elementwise_value<structure_of<what.operation>, Count, Wide>(
      element<List, Group, operand_register<List, place, Operand>, Count>(round, r, where, i,
                                                                          j)...);
  constexpr bool is_kept =
      what.output >= 0 || program_of<List>::value.offset_of(static_cast<int>(place)) >= 0;
  if constexpr (is_kept) {
    Scalar *const to = result_place<List, place>(where) + i * here.of.columns + j;
    if constexpr (std::same_as<Wide, Scalar>)
      *to = round[I];
    else
      math::store<Count>(to, round[I]);
  }
}

template <std::uint64_t List, std::size_t Group, std::size_t I>
using operands = std::make_index_sequence<structure_of<
    program_of<List>::value
        .code[static_cast<std::size_t>(program_of<List>::value.groups[Group].first) + I]
        .operation>::arity>;

/// One round of a loop: all instructions of the group for Count elements.
template <std::uint64_t List, std::size_t Group, int Count, class Wide, class Scalar,
          std::size_t... I>
CHAINRULE_INLINE constexpr void run_round(const auto &r, const memory<Scalar> &where, int i, int j,
                                          std::index_sequence<I...>) {
  Wide round[sizeof...(I)];
  (element_step<List, Group, I, Count>(round, r, where, i, j, operands<List, Group, I>{}), ...);
}

/// One loop over the elements of matrices of one shape, Size at a time.
template <std::uint64_t List, std::size_t Group, int Size, class Wide, class Scalar, class Indices>
CHAINRULE_INLINE constexpr void run_loop(const auto &r, const memory<Scalar> &where,
                                         Indices instructions) {
  constexpr shape over = loop_of<List, Group>;
  constexpr int whole = over.columns / Size * Size;
  for (int i = 0; i < over.rows; ++i) {
    for (int j = 0; j < whole; j += Size)
      run_round<List, Group, Size, Wide>(r, where, i, j, instructions);
    if constexpr (whole < over.columns)
      run_round<List, Group, over.columns - whole, Wide>(r, where, i, whole, instructions);
  }
}

template <std::uint64_t List, std::size_t Group, class Scalar, class Indices>
CHAINRULE_INLINE constexpr void run_elements(const auto &r, const memory<Scalar> &where,
                                             Indices instructions) {
  if constexpr (math::has_packs<Scalar>)
    if (!std::is_constant_evaluated()) {
      using pack = math::pack<Scalar>;
      run_loop<List, Group, pack::size, pack>(r, where, instructions);
      return;
    }
  run_loop<List, Group, 1, Scalar>(r, where, instructions);
}

} // namespace chainrule::detail
