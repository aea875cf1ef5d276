// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// From program to code, group by group: scalar steps, loops over elements, and kernels for products
// and sums, with the matrices between them in one workspace.
// Read next: call/matrix.hpp.
#pragma once

#include <chainrule/code/checks.hpp>
#include <chainrule/code/rounds.hpp>
#include <chainrule/code/scalars.hpp>

namespace chainrule::detail {

/// What runs operations that are no loops over elements: run computes a result, add, of operations
/// for which adds is true, adds it to what is there. step.kernels(...) takes others, which need
/// only run: they are part of the type of the function, so that both kinds can stand in one
/// program.
struct own_kernels {
  template <class Operation, extent... Operands, class Scalar>
  CHAINRULE_INLINE static constexpr void run(Scalar *to, const auto *...operands) {
    Operation::template run<Operands...>(to, operands...);
  }
  template <class Operation>
  static constexpr bool adds = requires {
    Operation::can_add;
  };
  template <class Operation, extent... Operands, class Scalar>
  CHAINRULE_INLINE static constexpr void add(Scalar *to, const auto *...operands) {
    Operation::template add<Operands...>(to, operands...);
  }
};

} // namespace chainrule::detail

namespace chainrule::detail::CHAINRULE_FLAGS {

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

template <holder In, class Scalar>
CHAINRULE_INLINE constexpr auto operand_of_kernel(const auto &r, const memory<Scalar> &where,
                                                  int in, const place &at) {
  if constexpr (In == holder::number)
    return number_operand<Scalar>{r[in]};
  else
    return matrix_operand<Scalar>{matrix_at<In>(r.arguments, where, at)};
}

/// The same kernels as functions of their own.
template <class Kernels>
struct apart {
  template <class Operation, extent... Operands, class Scalar>
  CHAINRULE_OPTIMIZED static constexpr void run(Scalar *to, const auto *...operands) {
    Kernels::template run<Operation, Operands...>(to, operands...);
  }
  template <class Operation>
  static constexpr bool adds = can_be_added<Kernels, Operation>;
  template <class Operation, extent... Operands, class Scalar>
  CHAINRULE_OPTIMIZED static constexpr void add(Scalar *to, const auto *...operands) {
    Kernels::template add<Operation, Operands...>(to, operands...);
  }
};

template <class List, std::size_t Instruction, class Scalar, std::size_t... Operand>
CHAINRULE_INLINE constexpr void run_kernel(auto &r, const memory<Scalar> &where,
                                           std::index_sequence<Operand...>) {
  constexpr const auto &program = program_of<List>::value;
  constexpr instruction what = program.code[Instruction];
  constexpr bool is_scalar =
      program.extent_of(program.first_result + static_cast<int>(Instruction)).shape.is_scalar();
  using operation = operation_of<*what.operation>;
  using kernels = typename std::remove_cvref_t<decltype(r)>::kernels;
  Scalar scalar{};
  Scalar *to = &scalar;
  if constexpr (!is_scalar)
    to = result_place<List, Instruction>(where);
  if constexpr (is_added<List, Instruction, kernels>)
    kernels::template add<operation, program_of<List>::value.extent_of(
                                         operand_register<List, Instruction, Operand>)...>(
        place_of_link<List, std::size_t(total_of<List, Instruction>)>(where),
        operand_of_kernel<place_of_register<List>(operand_register<List, Instruction, Operand>).in>(
            r, where, operand_register<List, Instruction, Operand>,
            place_of_register<List>(operand_register<List, Instruction, Operand>))
            .first()...);
  else
    kernels::template run<operation, program_of<List>::value.extent_of(
                                         operand_register<List, Instruction, Operand>)...>(
        to,
        operand_of_kernel<place_of_register<List>(operand_register<List, Instruction, Operand>).in>(
            r, where, operand_register<List, Instruction, Operand>,
            place_of_register<List>(operand_register<List, Instruction, Operand>))
            .first()...);
  if constexpr (is_scalar) {
    r.results[program.results_before + Instruction] = scalar;
    if constexpr (what.output >= 0)
      store(where.outputs, location_of<List>(what.output), scalar);
  }
}

template <class List>
inline constexpr bool is_scalar_program = program_of<List>::value.placings.size() == 0;

/// What is run in blocks: instructions, 64 of them, or groups, 24 of them.
template <class List>
inline constexpr std::size_t pieces = is_scalar_program<List>
                                          ? program_of<List>::value.code.size()
                                          : program_of<List>::value.outer_groups();
template <class List>
inline constexpr std::size_t block_size = is_scalar_program<List> ? 64 : 24;
template <class List>
inline constexpr std::size_t blocks = (pieces<List> + block_size<List> - 1) / block_size<List>;
template <class List, std::size_t Block>
inline constexpr std::size_t size_of_block =
    Block + 1 < blocks<List> ? block_size<List> : pieces<List> - block_size<List> *Block;

/// Which recurrence a group is.
template <class List, std::size_t Group>
inline constexpr std::size_t recurrence_of = [] {
  std::size_t result = 0;
  while (program_of<List>::value.loops[result].group != static_cast<int>(Group))
    ++result;
  return result;
}();

template <class List, std::size_t Group, class Scalar>
CHAINRULE_INLINE constexpr void run_group(auto &r, const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr group here = program.groups[Group];
  constexpr auto first = static_cast<std::size_t>(here.first);
  constexpr auto count = static_cast<std::size_t>(here.count);
  if constexpr (here.role == loop_role::loop)
    run_recurrence<List, recurrence_of<List, Group>>(
        r, where,
        std::make_index_sequence<std::size_t(
            program.loops[recurrence_of<List, Group>].link_count)>{});
  else if constexpr (here.role == loop_role::seen || program.placings[first].turned >= 0)
    return; // the recurrence computes it, or it is read where it is
  else if constexpr (!here.is_elementwise)
    run_kernel<List, first>(
        r, where, std::make_index_sequence<std::size_t(program.code[first].input_count)>{});
  else if constexpr (here.shape.is_scalar())
    run_scalars<List, first, count>(r, std::make_index_sequence<(count + 63) / 64>{});
  else {
    const auto data = loop_data_of<List, Group>(
        r, where, std::make_index_sequence<loop_operands<List, Group>.size()>{},
        std::make_index_sequence<count>{});
    constexpr auto loop = static_cast<std::size_t>(here.same_loop);
    if constexpr (1 < blocks<List> || !math::is_optimized)
      run_elements_apart<List, loop>(data);
    else
      run_elements<List, loop>(data);
  }
}

template <class List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_groups([[maybe_unused]] auto &r,
                                           [[maybe_unused]] const memory<Scalar> &where,
                                           std::index_sequence<I...>) {
  in_order{(run_group<List, First + I>(r, where), 0)...};
}

/// As many groups as there are, in blocks.
template <class List, std::size_t First, std::size_t Count, class Scalar, std::size_t... Block>
CHAINRULE_INLINE constexpr void run_blocks(auto &r, const memory<Scalar> &where,
                                           std::index_sequence<Block...>) {
  constexpr std::size_t size = block_size<List>;
  in_order{
      (run_groups<List, First + size * Block>(
           r, where,
           std::make_index_sequence<(Count - size * Block < size ? Count - size * Block : size)>{}),
       0)...};
}
template <class List, std::size_t First, std::size_t Count, class Scalar>
CHAINRULE_INLINE constexpr void run_groups(auto &r, const memory<Scalar> &where) {
  constexpr std::size_t size = block_size<List>;
  run_blocks<List, First, Count>(r, where, std::make_index_sequence<(Count + size - 1) / size>{});
}

/// The outputs that are no results of instructions, or the same result as another output.
template <class List>
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
      result += is_left(i) ? 1u : 0u;
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
template <class List, std::size_t Output, class Scalar>
CHAINRULE_INLINE constexpr void store_left(const auto &r, const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  constexpr int place = program.outputs[Output];
  constexpr location at = location_of<List>(Output);
  constexpr shape of = program.extent_of(place).shape;
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

/// Ends the program if an output, of the caller's or to be handed back, or a workspace lies where
/// an argument, the workspace or another output does. The name of an output is its number.
template <class... Outputs, class Scalar>
void check_overlap(const output_list<Outputs...> *, const auto &variables,
                   const Scalar *const *arguments, Scalar *const *begins, const Scalar *workspace,
                   std::size_t workspace_size) {
  constexpr std::size_t sizes[]{output_of<Outputs>::elements...};
  const auto apart_from_arguments = [&](const char *what, const Scalar *first, std::size_t size) {
    for (std::size_t i = 0; i < variables.size(); ++i)
      if (overlap(first, size, arguments[i], static_cast<std::size_t>(variables[i].shape.size())))
        memory_overlaps(what, variables[i].text);
  };
  apart_from_arguments("step.workspace(buffer)", workspace, workspace_size);
  for (std::size_t i = 0; i < sizeof...(Outputs); ++i) {
    apart_from_arguments("an output of step.into(...)", begins[i], sizes[i]);
    if (overlap<Scalar>(begins[i], sizes[i], workspace, workspace_size))
      memory_overlaps("an output of step.into(...)", "the workspace");
    for (std::size_t other = 0; other < i; ++other)
      if (overlap<Scalar>(begins[i], sizes[i], begins[other], sizes[other]))
        memory_overlaps("an output of step.into(...)", "another output");
  }
}

/// Where an argument is that the code reads: the number of its variable, and the element.
template <class List>
consteval location argument_of(std::size_t which) {
  constexpr const auto &program = program_of<List>::value;
  constexpr std::size_t variables = program.variables.size();
  if (which < variables)
    return {which, 0};
  const element_of_variable &element = program.elements.items[which - variables];
  return {static_cast<std::size_t>(element.variable), static_cast<std::size_t>(element.place)};
}

/// The values of all outputs, if they are handed back; given[where[i]] points to the value of the
/// program's variable i.
template <class List, class Kernels, class Scalar, class Results, class Workspace,
          std::size_t... Argument, std::size_t... Constant, std::size_t... Block,
          std::size_t... Left>
CHAINRULE_INLINE constexpr auto
run([[maybe_unused]] const Scalar *const *given, [[maybe_unused]] const auto &where,
    const Results &results, const Workspace &workspace, std::index_sequence<Argument...>,
    std::index_sequence<Constant...>, std::index_sequence<Block...>, std::index_sequence<Left...>) {
  using outputs = structure_of<List>;
  constexpr const auto &program = program_of<List>::value;
  using kernels = std::conditional_t<math::is_optimized, Kernels, apart<Kernels>>;
  register_file<Scalar, static_cast<std::size_t>(program.first_constant),
                program.results_before + program.code.size(), kernels>
      r;
  in_order{(r.arguments[Argument] = given[where[argument_of<List>(Argument).output]] +
                                    argument_of<List>(Argument).place,
            0)...};
  if constexpr (std::floating_point<Scalar>) {
    constexpr auto constants = rounded_constants<program_of<List>, Scalar>(); // by the compiler
    in_order{(r.results[Constant] = constants[Constant], 0)...};
  } else if constexpr (math::has_lanes<Scalar>) {
    const auto constants = rounded_constants<program_of<List>, math::lane<Scalar>>();
    in_order{(r.results[Constant] = math::in_every_lane<Scalar>(constants[Constant]), 0)...};
  } else {
    const auto constants = rounded_constants<program_of<List>, Scalar>();
    in_order{(r.results[Constant] = constants[Constant], 0)...};
  }
  typename Results::template held<Scalar, outputs> result;
  Scalar *begins[outputs::count];
  results.template locate<outputs>(result, begins);
  r.outputs = begins;
  alignas(math::runs_on_packs<Scalar> ? 64 : alignof(Scalar))
      Scalar own[Workspace::template on_the_stack<program.workspace> + 1];
  [[maybe_unused]] const memory<Scalar> places{
      begins, workspace.template place<Scalar, program.workspace>(own)};
  if constexpr (is_checked)
    if (!__builtin_is_constant_evaluated())
      check_overlap(static_cast<const outputs *>(nullptr), program.variables, r.arguments, begins,
                    places.workspace, program.workspace);
  // Every level of inlining copies all steps once more: scalar programs go straight to their
  // blocks.
  if constexpr (is_scalar_program<List>)
    in_order{
        (run_block<List, 64 * Block>(r, std::make_index_sequence<size_of_block<List, Block>>{}),
         0)...};
  else
    in_order{(run_groups<List, block_size<List> * Block>(
                  r, places, std::make_index_sequence<size_of_block<List, Block>>{}),
              0)...};
  in_order{(store_left<List, outputs_left<List>()[Left]>(r, places), 0)...};
  return result;
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
