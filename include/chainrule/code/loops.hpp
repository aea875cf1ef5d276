// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Code on the elements of matrices: instructions of one shape share one loop, and what only that
// loop needs is never stored. Of float and double a round takes a whole pack of elements. A loop
// knows its operands by number, so that equal layers share it.
// Read next: rounds.hpp.
#pragma once

#include <chainrule/code/machine.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// The registers that a loop reads, in the order that it knows them by.
template <class List, std::size_t Group>
inline constexpr auto loop_operands = [] {
  constexpr auto all = [] {
    constexpr const auto &program = program_of<List>::value;
    return operands_of(program.groups[Group], program.code.data(), program.inputs.data(),
                       program.first_result);
  };
  constexpr int size = [all] { return all().size; }();
  return shortened<size>(all());
}();

/// Where the operands and results of a loop are. Initialised, for clang copies nothing else in
/// constant evaluation.
template <class Scalar, std::size_t Operands, std::size_t Results>
struct loop_data {
  using scalar = Scalar;

  const Scalar *matrices[Operands]{}; // those of its operands that are matrices
  Scalar numbers[Operands]{};         // those that are numbers
  Scalar *results[Results]{};
};

template <class List, int Register, class Scalar>
CHAINRULE_INLINE constexpr const Scalar *matrix_of(const auto &r, const memory<Scalar> &where) {
  if constexpr (program_of<List>::value.extent_of(Register).shape.is_scalar())
    return nullptr;
  else
    return matrix_place<List, Register>(r, where);
}
template <class List, int Register, class Scalar>
CHAINRULE_INLINE constexpr Scalar number_of(const auto &r) {
  if constexpr (program_of<List>::value.extent_of(Register).shape.is_scalar())
    return r[Register];
  else
    return Scalar();
}

template <class List, std::size_t Group, class Scalar, std::size_t... Operand,
          std::size_t... Result>
CHAINRULE_INLINE constexpr auto loop_data_of(const auto &r, const memory<Scalar> &where,
                                             std::index_sequence<Operand...>,
                                             std::index_sequence<Result...>) {
  constexpr auto first = static_cast<std::size_t>(program_of<List>::value.groups[Group].first);
  return loop_data<Scalar, sizeof...(Operand), sizeof...(Result)>{
      {matrix_of<List, loop_operands<List, Group>[Operand]>(r, where)...},
      {number_of<List, loop_operands<List, Group>[Operand], Scalar>(r)...},
      {result_place<List, first + Result>(where)...}};
}

/// What a loop runs over: where every matrix that it reads has one shape, a single row of all
/// elements.
template <class List, std::size_t Group>
inline constexpr shape loop_of = [] {
  constexpr const auto &program = program_of<List>::value;
  constexpr shape whole = program.groups[Group].shape;
  for (const int operand : loop_operands<List, Group>)
    if (const shape of = program.extent_of(operand).shape; !of.is_scalar() && !(of == whole))
      return whole;
  return shape{1, whole.size()};
}();

/// An operand of an instruction in a loop: an earlier result of this round, a number, or elements
/// from (i, j), one or a pack of them.
template <class List, std::size_t Group, int Register, int Count, class Wide, class Data>
CHAINRULE_INLINE constexpr decltype(auto) element(const Wide *round, const Data &data, int i,
                                                  int j) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr int from = Register - program.first_result;
  if constexpr (here.computes(from)) {
    return (round[from - here.first]);
  } else {
    constexpr int operand = [] {
      int result = 0;
      while (loop_operands<List, Group>[static_cast<std::size_t>(result)] != Register)
        ++result;
      return result;
    }();
    constexpr shape of = program.extent_of(Register).shape;
    constexpr bool is_whole = of == here.shape; // else a column or a row, repeated
    constexpr bool is_wide = !std::same_as<Wide, typename Data::scalar>;
    if constexpr (of.is_scalar()) {
      if constexpr (is_wide)
        return Wide(data.numbers[operand]);
      else
        return (data.numbers[operand]);
    } else {
      const auto *const at = data.matrices[operand] +
                             (is_whole || of.rows > 1 ? i * of.columns : 0) +
                             (is_whole || of.columns > 1 ? j : 0);
      if constexpr (!is_wide)
        return (*at);
      else if constexpr (is_whole || of.columns > 1)
        return math::load<Count, static_cast<int>(sizeof(Wide))>(at);
      else
        return Wide(*at);
    }
  }
}

template <class List, std::size_t Group, std::size_t I, int Count, class Wide, class Data,
          std::size_t... Operand>
CHAINRULE_INLINE constexpr void element_step(Wide *round, const Data &data, int i, int j,
                                             std::index_sequence<Operand...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr std::size_t place = static_cast<std::size_t>(here.first) + I;
  constexpr bool is_wide = !std::same_as<Wide, typename Data::scalar>;
  constexpr int lanes = is_wide ? Count : 0;
  round[I] = math::value_of<operation_of<*program.code[place].operation>, Wide, lanes>(
      element<List, Group, operand_register<List, place, Operand>, Count>(round, data, i, j)...);
  if constexpr (program.code[place].output >= 0 || program.placings[place].offset >= 0) {
    auto *const to = data.results[I] + i * here.shape.columns + j;
    if constexpr (is_wide)
      math::store<Count>(to, round[I]);
    else
      *to = round[I];
  }
}

template <class List, std::size_t Group, std::size_t I>
using operands = std::make_index_sequence<static_cast<std::size_t>(
    program_of<List>::value
        .code[static_cast<std::size_t>(program_of<List>::value.groups[Group].first) + I]
        .input_count)>;

/// One round of a loop: all instructions of the group for Count elements.
template <class List, std::size_t Group, int Count, class Wide, std::size_t... I>
CHAINRULE_INLINE constexpr void run_round(const auto &data, int i, int j,
                                          std::index_sequence<I...>) {
  Wide round[sizeof...(I)];
  // Not a fold, which clang ends at 256.
  [[maybe_unused]] const bool done[]{(
      element_step<List, Group, I, Count>(round, data, i, j, operands<List, Group, I>{}), true)...};
}

/// A row of a loop from an element on: rounds of Size elements, then those that are left.
template <class List, std::size_t Group, int First, int Size, class Wide, class Narrow, class Data>
CHAINRULE_INLINE constexpr void run_row(const Data &data, int i) {
  constexpr int columns = loop_of<List, Group>.columns;
  constexpr int end = columns - (columns - First) % Size;
  constexpr std::make_index_sequence<std::extent_v<decltype(Data::results)>> instructions;
  for (int j = First; j < end; j += Size)
    run_round<List, Group, Size, Wide>(data, i, j, instructions);
  if constexpr (end < columns && !std::same_as<Wide, Narrow>)
    run_row<List, Group, end, Narrow::size, Narrow, Narrow>(data, i);
  else if constexpr (end < columns)
    run_round<List, Group, columns - end, Wide>(data, i, end, instructions);
}

/// One loop over the elements of matrices of one shape.
template <class List, std::size_t Group, int Size, class Wide, class Narrow, class Data>
CHAINRULE_INLINE constexpr void run_loop(const Data &data) {
  for (int i = 0; i < loop_of<List, Group>.rows; ++i)
    run_row<List, Group, 0, Size, Wide, Narrow>(data, i);
}

/// The packs of a loop: as wide as registers where a row fills two of them. A shorter row is often
/// what stores of less than a register have just left, and the processor waits for those.
template <class List, std::size_t Group, class Scalar>
using pack_of_loop = math::pack<Scalar, loop_of<List, Group>.columns >=
                                                2 * math::pack<Scalar, math::register_bytes>::size
                                            ? math::register_bytes
                                            : math::pack_bytes>;

template <class List, std::size_t Group, class Scalar, std::size_t Operands, std::size_t Results>
CHAINRULE_INLINE constexpr void run_elements(const loop_data<Scalar, Operands, Results> &data) {
  if constexpr (math::runs_on_packs<Scalar>)
    if (!__builtin_is_constant_evaluated()) {
      using wide = pack_of_loop<List, Group, Scalar>;
      run_loop<List, Group, wide::size, wide, math::pack<Scalar>>(data);
      return;
    }
  run_loop<List, Group, 1, Scalar, Scalar>(data);
}

/// The same, not inlined, where several groups share it.
template <class List, std::size_t Group, class Data>
[[gnu::noinline]] CHAINRULE_OPTIMIZED constexpr void run_elements_apart(const Data data) {
  run_elements<List, Group>(data);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
