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
  const Scalar *matrices[Operands]{}; // those of its operands that are matrices
  Scalar numbers[Operands]{};         // those that are numbers
  Scalar *results[Results]{};
};

/// A number that a loop reads; 0 in the place of a matrix.
template <holder In, class Scalar>
CHAINRULE_INLINE constexpr Scalar number_at(const auto &r, int place) {
  if constexpr (In == holder::number)
    return r[place];
  else
    return Scalar();
}

template <class List, std::size_t Group, class Scalar, std::size_t... Operand,
          std::size_t... Result>
CHAINRULE_INLINE constexpr auto loop_data_of(const auto &r, const memory<Scalar> &where,
                                             std::index_sequence<Operand...>,
                                             std::index_sequence<Result...>) {
  constexpr auto first = static_cast<std::size_t>(program_of<List>::value.groups[Group].first);
  constexpr const auto &in = loop_operands<List, Group>;
  return loop_data<Scalar, sizeof...(Operand), sizeof...(Result)>{
      {matrix_at<place_of_register<List>(in.items[Operand]).in>(
          r.arguments, where, place_of_register<List>(in.items[Operand]))...},
      {number_at<place_of_register<List>(in.items[Operand]).in, Scalar>(r, in.items[Operand])...},
      {result_at<place_of_result<List>(first + Result).in>(
          where, place_of_result<List>(first + Result))...}};
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

/// How a loop reads an operand of an instruction: an earlier result of this round, a number, or of
/// a matrix the element at (i, j); of a column or a row, which are repeated, that at i or at j.
enum class reading : std::uint8_t { result, number, element, of_column, of_row };

struct loop_operand {
  reading how = reading::result;
  int which = 0; // of the results of the round, or of the operands of the loop
};

/// The operands of all instructions of a loop, one instruction after another.
template <class List, std::size_t Group>
inline constexpr auto operands_in_loop = [] {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr int first = program.code[std::size_t(here.first)].first_input;
  constexpr instruction last = program.code[std::size_t(here.first + here.count - 1)];
  fixed_list<loop_operand, std::size_t(last.first_input + last.input_count - first)> result{};
  const int *input = program.inputs.items + first;
  for (loop_operand &operand : result.items) {
    const int from = *input - program.first_result;
    if (here.computes(from)) {
      operand.which = from - here.first;
    } else {
      while (loop_operands<List, Group>.items[operand.which] != *input)
        ++operand.which;
      const shape of = program.extent_of(*input).shape;
      operand.how = of.is_scalar()     ? reading::number
                    : of == here.shape ? reading::element
                    : of.columns == 1  ? reading::of_column
                                       : reading::of_row;
    }
    ++input;
  }
  return result;
}();

/// What an instruction of a loop does, by which instructions that are alike are one function: how
/// it reads its first three operands, and whether it stores its result.
struct loop_step {
  int operands;
  reading first, second, third;
  bool is_stored;
};
/// Its operands: which the first three are, and all of them.
struct operands_of_loop_step {
  int first, second, third;
  const loop_operand *all;
};
struct loop_instruction {
  loop_step what;
  operands_of_loop_step of;
};
template <class List, std::size_t Group>
consteval loop_instruction in_loop(std::size_t instruction) {
  constexpr const auto &program = program_of<List>::value;
  constexpr int begin = program.groups[Group].first;
  const int at = begin + static_cast<int>(instruction);
  const detail::instruction &here = program.code.items[at];
  const loop_operand *const all = operands_in_loop<List, Group>.items +
                                  (here.first_input - program.code.items[begin].first_input);
  loop_operand three[3];
  for (int k = 0; k < 3 && k < here.input_count; ++k)
    three[k] = all[k];
  return {{here.input_count, three[0].how, three[1].how, three[2].how,
           here.output >= 0 || program.placings.items[at].offset >= 0},
          {three[0].which, three[1].which, three[2].which, all}};
}

/// An operand for the elements from (i, j) on, one or a pack of them.
template <reading How, int Count, class Wide, class Scalar>
CHAINRULE_INLINE constexpr decltype(auto)
element(const Wide *round, const Scalar *const *matrices, const Scalar *numbers, int which,
        [[maybe_unused]] int i, [[maybe_unused]] int j, [[maybe_unused]] int columns) {
  constexpr bool is_wide = !std::same_as<Wide, Scalar>;
  if constexpr (How == reading::result)
    return (round[which]);
  else if constexpr (How == reading::number && !is_wide)
    return (numbers[which]);
  else if constexpr (How == reading::number)
    return Wide(numbers[which]);
  else {
    const Scalar *const at = matrices[which] + (How == reading::element  ? i * columns + j
                                                : How == reading::of_row ? j
                                                                         : i);
    if constexpr (!is_wide)
      return (*at);
    else if constexpr (How == reading::of_column)
      return Wide(*at);
    else
      return math::load<Count, static_cast<int>(sizeof(Wide))>(at);
  }
}

/// The same of an operand behind the first three.
template <int Count, class Wide, class Scalar>
CHAINRULE_INLINE constexpr Wide element_of(const Wide *round, const Scalar *const *matrices,
                                           const Scalar *numbers, const loop_operand &operand,
                                           int i, int j, int columns) {
  const int which = operand.which;
  switch (operand.how) {
  case reading::result:
    return round[which];
  case reading::number:
    return element<reading::number, Count, Wide>(round, matrices, numbers, which, i, j, columns);
  case reading::element:
    return element<reading::element, Count, Wide>(round, matrices, numbers, which, i, j, columns);
  case reading::of_column:
    return element<reading::of_column, Count, Wide>(round, matrices, numbers, which, i, j, columns);
  default:
    return element<reading::of_row, Count, Wide>(round, matrices, numbers, which, i, j, columns);
  }
}

template <int Operands>
inline constexpr std::make_index_sequence<(Operands > 3 ? std::size_t(Operands - 3) : 0)>
    operands_after_three;

/// One instruction for Count elements, as run_instruction of scalars: what belongs to the program
/// are numbers, so that instructions alike share it.
template <class Operation, loop_step What, int Count, class Wide, class Scalar, std::size_t... Rest>
CHAINRULE_INLINE constexpr void
element_step(Wide *round, std::size_t result, const Scalar *const *in, const Scalar *numbers,
             Scalar *const *results, [[maybe_unused]] const operands_of_loop_step &of, int i, int j,
             int columns, std::index_sequence<Rest...>) {
  constexpr int lanes = std::same_as<Wide, Scalar> ? 0 : Count;
  if constexpr (What.operands == 0)
    round[result] = math::value_of<Operation, Wide, lanes>();
  else if constexpr (What.operands == 1)
    round[result] = math::value_of<Operation, Wide, lanes>(
        element<What.first, Count>(round, in, numbers, of.first, i, j, columns));
  else if constexpr (What.operands == 2)
    round[result] = math::value_of<Operation, Wide, lanes>(
        element<What.first, Count>(round, in, numbers, of.first, i, j, columns),
        element<What.second, Count>(round, in, numbers, of.second, i, j, columns));
  else
    round[result] = math::value_of<Operation, Wide, lanes>(
        element<What.first, Count>(round, in, numbers, of.first, i, j, columns),
        element<What.second, Count>(round, in, numbers, of.second, i, j, columns),
        element<What.third, Count>(round, in, numbers, of.third, i, j, columns),
        element_of<Count>(round, in, numbers, of.all[3 + Rest], i, j, columns)...);
  if constexpr (What.is_stored) {
    Scalar *const to = results[result] + i * columns + j;
    if constexpr (lanes > 0)
      math::store<Count>(to, round[result]);
    else
      *to = round[result];
  }
}

/// One round of a loop: all instructions of the group for Count elements.
template <class List, std::size_t Group, int Count, class Wide, std::size_t... I>
CHAINRULE_INLINE constexpr void run_round(const auto &data, int i, int j,
                                          std::index_sequence<I...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr auto first = static_cast<std::size_t>(program.groups[Group].first);
  Wide round[sizeof...(I)];
  // Not a fold, which clang ends at 256.
  [[maybe_unused]] const bool done[]{
      (element_step<operation_of<*program.code.items[first + I].operation>,
                    in_loop<List, Group>(I).what, Count>(
           round, I, data.matrices, data.numbers, data.results, in_loop<List, Group>(I).of, i, j,
           program.groups.items[Group].shape.columns,
           operands_after_three<program.code.items[first + I].input_count>),
       true)...};
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
