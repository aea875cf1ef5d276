// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Small matrices as numbers. A loop over three elements costs more in loads, stores and remainders
// than in arithmetic, so that a program of small matrices is taken apart: each element becomes a
// node of its own, products sums of products, and what only moves elements vanishes. Whether that
// is done is estimated, not counted in elements: packs compute four exponentials for one.
// Read next: instruction.hpp.
#pragma once

#include <chainrule/graph/rebuild.hpp>

namespace chainrule::detail {

/// Operations of a node: some for each element of the result, or of the first operand if that has
/// more, as in a sum, or as many as the operation says.
constexpr long long operations_of(const graph &home, const node &here) {
  const operation_record &operation = *here.operation;
  if (operation.has_all_operations)
    return operation.all_operations(home.extents_of(here));
  long long size = here.shape().count();
  if (!operation.is_elementwise && here.input_count > 0)
    if (const long long first =
            home.nodes.items[home.inputs.items[here.first_input]].shape().count();
        first > size)
      size = first;
  return size * operation.operations;
}

/// The nodes of a graph, taken apart: those of a program in machine steps, or those of a proof.
class taking_apart {
public:
  constexpr taking_apart(graph &of, const list<bool> &nodes) : home(of), needed(nodes) {}

  /// Takes all nodes apart whatever it costs, if that is possible with so many new ones.
  constexpr bool is_written_out(int most_new) {
    const int before = home.nodes.size;
    first.append(before, -1);
    for (int i = 0; i < before; ++i) {
      if (!needed.items[i])
        continue;
      if (!can_be_taken_apart(home.nodes.items[i]))
        return false;
      first.items[i] = elements.size;
      take_apart(i);
      if (home.nodes.size - before > most_new || elements.size > 2 * most_new)
        return false;
    }
    return true;
  }

  /// An element of a node that was taken apart, which may be repeated.
  constexpr int element(int node, int row, int column) const {
    const shape of = home.nodes.items[node].shape();
    return elements.items[first.items[node] + (of.rows == 1 ? 0 : row * of.columns) +
                          (of.columns == 1 ? 0 : column)];
  }

  /// Replaces the outputs by their elements, row by row, if that is possible and costs less.
  constexpr bool replace(list<int> &outputs) {
    if (!is_promising())
      return false;
    const int before = home.nodes.size;
    list<int> result;
    long long cost = 0;
    first.append(before, -1);
    const rewriting_as making_code(home, rewriting::but_named_rules_rest);
    for (int i = 0, counted = before; i < before; ++i) {
      if (!needed.items[i])
        continue;
      first.items[i] = elements.size;
      take_apart(i);
      for (; counted < home.nodes.size; ++counted)
        cost += cost_of_number(home.nodes.items[counted]);
      if (cost > packed || home.nodes.size - before > most)
        return false;
    }
    for (const int output : outputs)
      result.append(elements.items + first.items[output], home.nodes.items[output].shape().size());
    if (result.size > most)
      return false;
    outputs.swap(result);
    return true;
  }

private:
  // In additions and multiplications of numbers, several of which run at once. Measured with g++ 12
  // and clang 14, SSE2 to AVX-512: tanh n-n-n-1, products, quadratic forms, sines of 2 to 8.
  static constexpr int of_function = 30, of_function_in_lane = 40; // exp of a pack: as of a number
  static constexpr int of_loop = 4, of_kernel = 10, of_parts_of_packs = 40;
  static constexpr int lanes = 4, most = 1000;

  graph &home;
  const list<bool> &needed;
  list<int> first;    // of each node, among the elements of all
  list<int> elements; // nodes
  element_blocks blocks;
  long long packed = 0; // the cost as it is

  static constexpr long long cost_of_number(const node &here) {
    return here.content >= 0
               ? 0
               : here.operation->operations + of_function * here.operation->transcendentals;
  }

  static constexpr long long cost_of_loop(const node &here) {
    const operation_record &operation = *here.operation;
    const long long size = here.shape().count(), packs = (size + lanes - 1) / lanes;
    return of_loop + packs * (2 * operation.operations + of_function * operation.exponentials) +
           size * of_function_in_lane * (operation.transcendentals - operation.exponentials);
  }
  constexpr long long cost_of_kernel(const node &here, long long operations) const {
    const shape of = home.nodes.items[home.inputs.items[here.first_input]].shape();
    const bool is_in_parts = (of.rows > of.columns ? of.rows : of.columns) % lanes != 0;
    return of_kernel + (is_in_parts ? of_parts_of_packs : 0) + here.shape().count() +
           operations / lanes;
  }

  static constexpr bool can_be_taken_apart(const node &here) {
    const operation_record &operation = *here.operation;
    return operation.role == loop_role::none && here.scope == 0 &&
           (operation.is_elementwise || operation.has_element);
  }

  /// Whether there are matrices, and all that is computed can be taken apart and might pay. Some of
  /// the numbers will be 0 or the same.
  constexpr bool is_promising() {
    long long numbers = 0, elements_met = 0;
    for (int i = 0; i < needed.size; ++i) {
      const node &here = home.nodes.items[i];
      if (!needed.items[i] || here.content >= 0)
        continue;
      const operation_record &operation = *here.operation;
      if (!can_be_taken_apart(here))
        return false;
      if (operation.is_elementwise && here.is_scalar())
        continue;
      const long long all = operations_of(home, here);
      elements_met += operation.is_elementwise ? here.shape().count() : all;
      numbers += all + here.shape().count() * of_function * operation.transcendentals;
      packed += operation.is_elementwise ? cost_of_loop(here) : cost_of_kernel(here, all);
      if (elements_met > 4 * most)
        return false;
    }
    return 4 * numbers < 5 * packed;
  }

  constexpr void take_apart(int index) {
    const node here = home.nodes.items[index];
    const operation_record &operation = *here.operation;
    if (operation.fingerprint == variable_record.fingerprint && !here.is_scalar()) {
      const int count = home.variables.size;
      for (int k = 0; k < here.shape().size(); ++k)
        elements.push(home.place(0, here.content + count * k, {}, gating::open).index);
    } else if (here.content >= 0) {
      elements.push(index);
    } else {
      const extents of = home.extents_of(here);
      for (int i = 0; i < here.rows; ++i)
        for (int j = 0; j < here.columns; ++j)
          elements.push(operation.is_elementwise ? step_of(here, i, j)
                                                 : made_of_sources(index, here, of, i, j));
    }
  }

  constexpr int step_of(const node &here, int row, int column) {
    list<int> operands;
    bool is_number = false;
    for (int k = 0; k < here.input_count; ++k) {
      operands.push(element(home.inputs.items[here.first_input + k], row, column));
      is_number = is_number || home.at(operands.items[k]).is_number();
    }
    return is_number && here.operation->is_rewritten
               ? home.make(*here.operation, operands).index
               : home.written(*here.operation, operands).index;
  }

  constexpr int made_of_sources(int index, const node &here, const extents &of, int row,
                                int column) {
    blocks.size = 0;
    here.operation->sources(of, row, column, blocks);
    symbols sources;
    for (int k = 0; k < blocks.size; ++k) {
      const element_block &block = blocks.items[k];
      for (int i = block.row; i < block.row + block.rows; ++i)
        for (int j = block.column; j < block.column + block.columns; ++j)
          sources.push(home.at(element(home.inputs.items[here.first_input + block.operand], i, j)));
    }
    return here.operation->element(home.at(index), sources).index;
  }
};

} // namespace chainrule::detail
