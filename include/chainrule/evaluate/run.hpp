// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// From program to code. Scalar instructions become inlined steps on an array of registers with
// fixed indices, which the optimiser turns into machine registers. Instructions on the elements of
// matrices of one shape share one loop, and what only that loop needs is never stored. Products and
// sums are kernels.
// Read next: compile.hpp.
#pragma once

#include <chainrule/evaluate/storage.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail {

/// A draft with room enough. Lists of outputs go by their fingerprint, which keeps names short.
template <std::uint64_t List, int Parts, int Factor>
struct fitting_draft {
  static constexpr auto attempt = drafted<Parts, Factor>(structure_of<List>::networks);

  static constexpr const auto &value() {
    if constexpr (attempt.fits)
      return attempt;
    else
      return fitting_draft<List, Parts, 4 * Factor>::value();
  }
};

/// The program of a list of outputs.
template <std::uint64_t List>
struct program_of {
  static constexpr int parts = [] {
    int result = 0;
    visit_parts(structure_of<List>::networks, [&](const expression_record &) { ++result; });
    return result;
  }();
  // A chain of sigmoids has 8 instructions for 3 parts, sigmoid(h) * h has 10 for 2.
  static constexpr const auto &whole = fitting_draft<List, parts, 5>::value();
  static constexpr program<whole.variable_count, whole.constant_count, whole.instruction_count,
                           whole.group_count, whole.placement_count, whole.output_count>
      value{shortened<whole.variable_count>(whole.variables),
            shortened<whole.constant_count>(whole.constants),
            shortened<whole.instruction_count>(whole.code),
            shortened<whole.group_count>(whole.groups),
            shortened<whole.placement_count>(whole.placements),
            shortened<whole.output_count>(whole.outputs),
            whole.workspace};
  static constexpr auto mentioned = shortened<whole.mentioned_count>(whole.mentioned);

  /// A name that stands for two different variables, or none.
  static constexpr std::string_view ambiguous = [] {
    index_table names;
    for (const variable_name &variable : mentioned) {
      const std::uint64_t name = hash(variable.text);
      if (names.find(name) >= 0)
        return variable.text;
      names.insert(name, 0);
    }
    return std::string_view{};
  }();
};

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
};

/// Where matrices are.
template <class Scalar>
struct memory {
  Scalar *const *outputs;
  Scalar *workspace;
};

/// One scalar instruction. The registers are numbers known to the compiler once this is inlined; as
/// template arguments they would cost an instantiation for each instruction.
template <class Operation, class Scalar>
CHAINRULE_INLINE constexpr void step(const auto &r, Scalar &result, const instruction &what) {
  const operand_indices &in = what.inputs;
  if constexpr (Operation::arity == 1)
    result = Operation::value(r[in.at[0]]);
  else if constexpr (Operation::arity == 2)
    result = Operation::value(r[in.at[0]], r[in.at[1]]);
  else
    result = Operation::value(r[in.at[0]], r[in.at[1]], r[in.at[2]]);
}

/// Stores a scalar output, if it is one.
template <bool IsOutput, class Scalar>
CHAINRULE_INLINE constexpr void
store([[maybe_unused]] Scalar *const *outputs, [[maybe_unused]] const location *locations,
      [[maybe_unused]] int output, [[maybe_unused]] const Scalar &value) {
  if constexpr (IsOutput)
    outputs[locations[output].output][locations[output].place] = value;
}

// What follows is named by the fingerprint of the outputs: spelled out, 200 layers had 7 MB of
// names in their debug information.

/// Up to 64 scalar instructions: a fold of more than 256 operands is too deep for clang. An output
/// is stored at once: at the end all of them would have been spilled.
template <std::uint64_t List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_block([[maybe_unused]] auto &r,
                                          [[maybe_unused]] Scalar *const *outputs,
                                          std::index_sequence<I...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr std::size_t first = program.constants.size() + First;
  ((step<structure_of<program.code[First + I].operation>>(r, r.results[first + I],
                                                          program.code[First + I]),
    store<(program.code[First + I].output >= 0)>(outputs, structure_of<List>::locations.data(),
                                                 program.code[First + I].output,
                                                 r.results[first + I])),
   ...);
}

template <std::uint64_t List, std::size_t First, std::size_t Count, class Scalar,
          std::size_t... Block>
CHAINRULE_INLINE constexpr void run_scalars([[maybe_unused]] auto &r,
                                            [[maybe_unused]] Scalar *const *outputs,
                                            std::index_sequence<Block...>) {
  (run_block<List, First + 64 * Block>(
       r, outputs, std::make_index_sequence<(Count - 64 * Block < 64 ? Count - 64 * Block : 64)>{}),
   ...);
}

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

/// An operand of an instruction in a loop: an earlier result of this round, a number, or an
/// element.
template <std::uint64_t List, std::size_t Group, int Register, class Scalar>
CHAINRULE_INLINE constexpr const Scalar &element(const Scalar *round, const auto &r,
                                                 const memory<Scalar> &where, int i, int j) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr int from = Register - program.first_result - here.first;
  constexpr shape of = program.extent_of(Register).of;
  if constexpr (from >= 0 && from < here.count)
    return round[from];
  else if constexpr (of.is_scalar())
    return r[Register];
  else
    return matrix_place<List, Register>(
        r, where)[(of.rows == 1 ? 0 : i * of.columns) + (of.columns == 1 ? 0 : j)];
}

template <std::uint64_t List, std::size_t Instruction, int Operand>
inline constexpr int operand_register =
    program_of<List>::value.code[Instruction].inputs.at[Operand];

template <std::uint64_t List, std::size_t Group, std::size_t I, class Scalar,
          std::size_t... Operand>
CHAINRULE_INLINE constexpr void element_step(Scalar *round, const auto &r,
                                             const memory<Scalar> &where, int i, int j,
                                             std::index_sequence<Operand...>) {
  constexpr group here = program_of<List>::value.groups[Group];
  constexpr std::size_t place = static_cast<std::size_t>(here.first) + I;
  constexpr instruction what = program_of<List>::value.code[place];
  using operation = structure_of<what.operation>;
  round[I] = operation::value(
      element<List, Group, operand_register<List, place, Operand>>(round, r, where, i, j)...);
  constexpr bool is_kept =
      what.output >= 0 || program_of<List>::value.offset_of(static_cast<int>(place)) >= 0;
  if constexpr (is_kept)
    result_place<List, place>(where)[i * here.of.columns + j] = round[I];
}

template <std::uint64_t List, std::size_t Group, std::size_t I>
using operands = std::make_index_sequence<structure_of<
    program_of<List>::value
        .code[static_cast<std::size_t>(program_of<List>::value.groups[Group].first) + I]
        .operation>::arity>;

/// One loop over the elements of matrices of one shape.
template <std::uint64_t List, std::size_t Group, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_elements(const auto &r, const memory<Scalar> &where,
                                             std::index_sequence<I...>) {
  constexpr group here = program_of<List>::value.groups[Group];
  for (int i = 0; i < here.of.rows; ++i)
    for (int j = 0; j < here.of.columns; ++j) {
      Scalar round[sizeof...(I)];
      (element_step<List, Group, I>(round, r, where, i, j, operands<List, Group, I>{}), ...);
    }
}

/// What runs operations that are no loops over elements. step.kernels(...) takes others: they are
/// part of the type of the function, so that both kinds can stand in one program.
struct own_kernels {
  template <class Operation, extent... Operands, class Scalar>
  CHAINRULE_INLINE static constexpr void run(Scalar *to, const auto *...operands) {
    Operation::template run<Operands...>(to, operands...);
  }
};

/// An operand of a kernel, by address; a number by the address of a copy.
template <class Scalar>
struct matrix_operand {
  const Scalar *matrix;
  CHAINRULE_INLINE constexpr const Scalar *first() const { return matrix; }
};
template <class Scalar>
struct number_operand {
  Scalar copy;
  CHAINRULE_INLINE constexpr const Scalar *first() const { return &copy; }
};

template <std::uint64_t List, int Register, class Scalar>
CHAINRULE_INLINE constexpr auto operand_of_kernel(const auto &r, const memory<Scalar> &where) {
  if constexpr (program_of<List>::value.extent_of(Register).of.is_scalar())
    return number_operand<Scalar>{r[Register]};
  else
    return matrix_operand<Scalar>{matrix_place<List, Register>(r, where)};
}

template <std::uint64_t List, std::size_t Instruction, class Scalar, std::size_t... Operand>
CHAINRULE_INLINE constexpr void run_kernel(auto &r, const memory<Scalar> &where,
                                           std::index_sequence<Operand...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr instruction what = program.code[Instruction];
  constexpr bool is_scalar =
      program.extent_of(program.first_result + static_cast<int>(Instruction)).of.is_scalar();
  using operation = structure_of<what.operation>;
  Scalar scalar{};
  Scalar *to = &scalar;
  if constexpr (!is_scalar)
    to = result_place<List, Instruction>(where);
  std::remove_cvref_t<decltype(r)>::kernels::template run<
      operation,
      program_of<List>::value.extent_of(operand_register<List, Instruction, Operand>)...>(
      to,
      operand_of_kernel<List, operand_register<List, Instruction, Operand>>(r, where).first()...);
  if constexpr (is_scalar) {
    r.results[program.constants.size() + Instruction] = scalar;
    store<(what.output >= 0)>(where.outputs, structure_of<List>::locations.data(), what.output,
                              scalar);
  }
}

template <std::uint64_t List, std::size_t Group, class Scalar>
CHAINRULE_INLINE constexpr void run_group(auto &r, const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr auto first = static_cast<std::size_t>(here.first);
  constexpr auto count = static_cast<std::size_t>(here.count);
  if constexpr (!here.is_elementwise)
    run_kernel<List, first>(
        r, where, std::make_index_sequence<structure_of<program.code[first].operation>::arity>{});
  else if constexpr (here.of.is_scalar())
    run_scalars<List, first, count>(r, where.outputs,
                                    std::make_index_sequence<(count + 63) / 64>{});
  else
    run_elements<List, Group>(r, where, std::make_index_sequence<count>{});
}

template <std::uint64_t List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_groups([[maybe_unused]] auto &r,
                                           [[maybe_unused]] const memory<Scalar> &where,
                                           std::index_sequence<I...>) {
  (run_group<List, First + I>(r, where), ...);
}

/// The outputs that are no results of instructions, or the same result as another output.
template <std::uint64_t List>
constexpr auto outputs_left() {
  constexpr const auto &program = program_of<List>::value;
  constexpr auto is_left = [](std::size_t output) {
    const int from = program.outputs[output] - program.first_result;
    return from < 0 ||
           program.code[static_cast<std::size_t>(from)].output != static_cast<int>(output);
  };
  constexpr std::size_t count = [=] {
    std::size_t result = 0;
    for (std::size_t i = 0; i < program.outputs.size(); ++i)
      result += is_left(i) ? 1 : 0;
    return result;
  }();
  std::array<std::size_t, count> result{};
  std::size_t next = 0;
  for (std::size_t i = 0; i < program.outputs.size(); ++i)
    if (is_left(i))
      result[next++] = i;
  return result;
}

/// Stores one of them.
template <std::uint64_t List, std::size_t Output, class Scalar>
CHAINRULE_INLINE constexpr void store_left(const auto &r, const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr int place = program.outputs[Output];
  constexpr location at = structure_of<List>::locations[Output];
  constexpr shape of = program.extent_of(place).of;
  if constexpr (of.is_scalar())
    where.outputs[at.output][at.place] = r[place];
  else
    for (int i = 0; i < of.size(); ++i)
      where.outputs[at.output][at.place + static_cast<std::size_t>(i)] =
          matrix_place<List, place>(r, where)[i];
}

template <class Program, class Scalar>
constexpr auto rounded_constants() {
  std::array<Scalar, Program::value.constants.size()> result{};
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = math::rounded<Scalar>(Program::value.constants[i]);
  return result;
}

template <std::uint64_t List>
inline constexpr bool is_scalar_program = program_of<List>::value.groups.size() == 0 ||
                                          (program_of<List>::value.groups.size() == 1 &&
                                           program_of<List>::value.groups[0].of.is_scalar() &&
                                           program_of<List>::value.groups[0].is_elementwise);

/// What is run in blocks of 64: instructions, or groups of them.
template <std::uint64_t List>
inline constexpr std::size_t pieces = is_scalar_program<List>
                                          ? program_of<List>::value.code.size()
                                          : program_of<List>::value.groups.size();
template <std::uint64_t List>
inline constexpr std::size_t blocks = (pieces<List> + 63) / 64;
template <std::uint64_t List, std::size_t Block>
inline constexpr std::size_t size_of_block =
    pieces<List> - 64 * Block < 64 ? pieces<List> - 64 * Block : 64;

/// The values of all outputs, if they are handed back; given[where[i]] points to the value of the
/// program's variable i.
template <std::uint64_t List, class Kernels, class Scalar, class Results, class Workspace,
          std::size_t... Variable, std::size_t... Constant, std::size_t... Block,
          std::size_t... Left>
CHAINRULE_INLINE constexpr auto
run([[maybe_unused]] const Scalar *const *given, [[maybe_unused]] const auto &where,
    const Results &results, const Workspace &workspace, std::index_sequence<Variable...>,
    std::index_sequence<Constant...>, std::index_sequence<Block...>, std::index_sequence<Left...>) {
  using outputs = structure_of<List>;
  constexpr const auto &program = program_of<List>::value;
  register_file<Scalar, sizeof...(Variable), sizeof...(Constant) + program.code.size(), Kernels> r;
  ((r.arguments[Variable] = given[where[Variable]]), ...);
  if constexpr (std::floating_point<Scalar>) {
    constexpr auto constants = rounded_constants<program_of<List>, Scalar>(); // by the compiler
    ((r.results[Constant] = constants[Constant]), ...);
  } else {
    const auto constants = rounded_constants<program_of<List>, Scalar>();
    ((r.results[Constant] = constants[Constant]), ...);
  }
  typename Results::template held<Scalar, outputs> result;
  Scalar *begins[outputs::count];
  results.template locate<outputs>(result, begins);
  alignas(64) Scalar own[Workspace::template on_the_stack<program.workspace> + 1];
  [[maybe_unused]] const memory<Scalar> places{
      begins, workspace.template place<Scalar, program.workspace>(own)};
  // Every level of inlining copies all steps once more: scalar programs go straight to their
  // blocks.
  if constexpr (is_scalar_program<List>)
    (run_block<List, 64 * Block>(r, begins, std::make_index_sequence<size_of_block<List, Block>>{}),
     ...);
  else
    (run_groups<List, 64 * Block>(r, places,
                                  std::make_index_sequence<size_of_block<List, Block>>{}),
     ...);
  (store_left<List, outputs_left<List>()[Left]>(r, places), ...);
  return result;
}

} // namespace chainrule::detail
