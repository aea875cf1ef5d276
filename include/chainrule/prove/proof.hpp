// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The proof that two nodes are equal: what still differs after the rules of lowering is replaced by
// its definition and compared in normal form, as it stands or element by element. All of it is
// counted, in units of about 40 of clang's steps, so that a proof that would go beyond what
// compilers allow comes to an end before them.
// Read next: polynomial.hpp.
#pragma once

#include <chainrule/program/elements.hpp>
#include <chainrule/prove/normal_form.hpp>

namespace chainrule::detail {

/// The definition of operation(operands), or what it is at -t by what it is at t; rules might make
/// of it what it defines.
constexpr symbol defined_as(graph &home, const operation_record &operation, operand_list operands) {
  const rewriting_as defining(home, rewriting::but_named_rules_rest);
  if (operation.has_definition)
    return operation.definition(home, operands);
  if (operands.count == 1 && is<negate_operation>(home.at(operands.at[0])))
    return operation.mirrored(home.at(operands.at[0]).operand(0));
  return {};
}

/// Without the factors that both sides have, for c p == c q where p == q: written out as a
/// polynomial, the derivative of 10 layers has 1,024 terms.
constexpr void cancel_factors(graph &home, list<int> &sides) {
  if (!home.at(sides.items[0]).shape().is_scalar())
    return;
  list<int> times(home.nodes.size, 0); // more on the first side than on the second
  bool is_negative = false, is_common = false;
  for (const int side : {1, -1}) {
    list<int> pending(1, sides.items[side > 0 ? 0 : 1]);
    while (pending.size > 0) {
      const symbol factor = home.at(pending.items[--pending.size]);
      if (is<multiply_operation>(factor)) {
        pending.push(factor.operand(0).index);
        pending.push(factor.operand(1).index);
      } else if (is<negate_operation>(factor)) {
        is_negative = !is_negative;
        pending.push(factor.operand(0).index);
      } else {
        is_common = is_common || (side < 0 && times.items[factor.index] > 0);
        times.items[factor.index] += side;
      }
    }
  }
  if (!is_common)
    return;
  symbol first = home.constant(is_negative ? -1 : 1), second = home.constant(1);
  for (int i = 0; i < times.size; ++i) {
    for (int k = times.items[i]; k > 0; --k)
      first = first * home.at(i);
    for (int k = times.items[i]; k < 0; ++k)
      second = second * home.at(i);
  }
  sides.items[0] = first.index;
  sides.items[1] = second.index;
}

/// Whether an operation is undefined where an operand is: what chooses, or has a limit, may not be.
constexpr bool needs_operands(const operation_record &operation, int operands) {
  if (operation.conditions > 0 || operation.role != loop_role::none)
    return false;
  return operands == 1 || operation.is_linear || operation.zero_if == zero_rule::first ||
         operation == operation_record_of<add_operation>::value ||
         operation == operation_record_of<subtract_operation>::value ||
         operation == operation_record_of<multiply_operation>::value ||
         operation == operation_record_of<pow_operation>::value;
}

/// Nodes whose sign is known wherever both sides are defined, by what is taken of them on the way.
struct signs_on_the_way {
  list<int> nonnegative, nonzero;

  constexpr signs_on_the_way(graph &home, const list<int> &sides) {
    list<bool> seen(home.nodes.size, false);
    list<int> pending = sides;
    while (pending.size > 0) {
      const int index = pending.items[--pending.size];
      if (seen.items[index])
        continue;
      seen.items[index] = true;
      const symbol x = home.at(index);
      note(x);
      if (needs_operands(*x.operation(), x.operands()))
        for (int i = 0; i < x.operands(); ++i)
          pending.push(x.operand(i).index);
    }
  }

private:
  constexpr void note(symbol x) {
    const bool is_logarithm = *x.operation() == log_record || is<log2_operation>(x) ||
                              is<log10_operation>(x) || is<log1p_operation>(x);
    if (is_logarithm || is<sqrt_operation>(x)) {
      const symbol inside = is<log1p_operation>(x) ? 1 + x.operand(0) : x.operand(0);
      nonnegative.push(inside.index);
      if (is_logarithm) // of 0 it is infinite
        note_nonzero(inside);
    }
    if (is<pow_operation>(x) && x.operand(1).is_number() && x.operand(1).value().denominator != 1)
      nonnegative.push(x.operand(0).index);
    if (is<divide_operation>(x))
      note_nonzero(x.operand(1));
  }
  constexpr void note_nonzero(symbol x) {
    if (is<multiply_operation>(x)) {
      note_nonzero(x.operand(0));
      note_nonzero(x.operand(1));
    } else if (is<abs_operation>(x) || is<negate_operation>(x) || is<square_operation>(x) ||
               is<sqrt_operation>(x) || is<divide_operation>(x)) {
      note_nonzero(x.operand(0));
    } else {
      nonzero.push(x.index);
    }
  }
};

/// Whether two nodes have one normal form.
constexpr bool have_equal_forms(graph &home, int a, int b, const list<int> &signs, int &work_left) {
  constexpr int of_node = 5;
  if (a == b)
    return true;
  list<bool> needed;
  list<int> both(1, a);
  both.push(b);
  mark_needed(home, both, needed);
  bool is_linear = false, has_conditions = false;
  for (int i = 0; i < needed.size; ++i)
    if (needed.items[i]) {
      is_linear = is_linear || home.nodes.items[i].operation->is_linear;
      has_conditions = has_conditions || home.nodes.items[i].operation->is_condition;
    }
  const written_out ways[]{written_out::arithmetic, written_out::exponentials,
                           written_out::conditions, written_out::products};
  for (const written_out what : ways)
    if ((what != written_out::products || is_linear) &&
        (what != written_out::conditions || has_conditions)) {
      work_left -= of_node * home.nodes.size;
      if (work_left > 0 && normal_forms(home, what, signs, work_left).equal(a, b, needed))
        return true;
    }
  return false;
}

/// Replaces what has a definition by it, or of that only what is made of whole matrices.
constexpr void write_definitions(graph &home, list<int> &nodes, bool only_of_matrices) {
  rebuild(home, nodes, [&](int index, operand_list operands, bool changed) {
    const operation_record &operation = *home.nodes.items[index].operation;
    // A definition may be smaller than what it defines and stands for its repetition.
    list<int> whole;
    for (int k = 0; k < operands.count && !operation.is_elementwise; ++k) {
      const shape before = home.nodes.items[home.input(index, k)].shape();
      whole.push(filled(home.at(operands[k]), before).index);
    }
    if (!operation.is_elementwise)
      operands = whole;
    if (!only_of_matrices || !operation.is_elementwise)
      if (const symbol defined = defined_as(home, operation, operands); defined.exists())
        return defined.index;
    // Parts of what is now written out are simpler; what is no function of elements is its own.
    return !changed                   ? index
           : operation.is_elementwise ? home.written(operation, operands).index
                                      : home.make(operation, operands).index;
  });
}

/// Whether two nodes are proved to be equal.
constexpr bool are_proved(graph &home, list<int> sides, int &work_left) {
  constexpr int of_factors = 3, of_definitions = 10;
  if (sides.items[0] == sides.items[1])
    return true;
  work_left -= of_factors * home.nodes.size;
  if (work_left <= 0)
    return false;
  list<int> first = sides;
  cancel_factors(home, first);
  if (first.items[0] == first.items[1])
    return true;
  work_left -= of_definitions * home.nodes.size;
  if (work_left <= 0)
    return false;
  const signs_on_the_way signs(home, sides);
  sides.append(signs.nonnegative.items, signs.nonnegative.size);
  sides.append(signs.nonzero.items, signs.nonzero.size);
  // Definitions may hold operations that have definitions: three rounds reach the bottom of all.
  for (int round = 0; round < 3 && sides.items[0] != sides.items[1]; ++round)
    write_definitions(home, sides, false);
  // relu(x) relu(x) == relu(x) x is true, and relu(x) == x is not
  list<int> alone = sides;
  cancel_factors(home, alone);
  list<int> known(home.nodes.size, 0);
  for (int i = 2; i < sides.size; ++i)
    known.items[sides.items[i]] |= i < 2 + signs.nonnegative.size ? sign_nonnegative : sign_nonzero;
  return have_equal_forms(home, alone.items[0], alone.items[1], known, work_left) ||
         (alone.items[0] != sides.items[0] &&
          have_equal_forms(home, sides.items[0], sides.items[1], known, work_left));
}

/// What a proof may cost: of clang's 1,048,576 steps for a constant 40 each.
constexpr int proof_work() { return 25000; }

/// Copies nodes into a graph of their own, in which there is little to go through.
class copying {
public:
  graph to;

  constexpr explicit copying(const graph &of) : from(of), become(of.nodes.size, -1) {
    to.rewritten = of.rewritten;
    to.is_real = of.is_real;
  }
  constexpr int copied(int index) {
    list<int> pending(1, index);
    while (pending.size > 0) {
      const int next = pending.items[pending.size - 1];
      const operand_list in = from.inputs_of(next);
      list<int> operands;
      for (int k = 0; k < in.count; ++k)
        (become.items[in[k]] < 0 ? pending : operands)
            .push(become.items[in[k]] < 0 ? in[k] : become.items[in[k]]);
      if (operands.size < in.count)
        continue;
      if (become.items[next] < 0)
        become.items[next] = fresh(from.nodes.items[next], operands);
      --pending.size;
    }
    return become.items[index];
  }

private:
  const graph &from;
  list<int> become;

  constexpr int fresh(const node &here, const list<int> &operands) {
    if (*here.operation == variable_record)
      return to.variable(from.variables.items[here.content]).index;
    if (*here.operation == number_record)
      return to.constant(from.numbers.items[here.content]).index;
    if (*here.operation == place_record)
      return to.place(here.scope, here.content, here.shape(), here.gate).index;
    return to.written(*here.operation, operands).index;
  }
};

/// So many nodes the elements of both sides may have.
constexpr int most_elements() { return 1000; }

/// Whether every element of two matrices, or of two numbers made of matrices, is proved to be
/// equal. What is known of signs is what an element needs on its way.
constexpr bool are_proved_by_elements(graph &home, list<int> sides, int &work_left) {
  constexpr int of_node = 6;
  const shape of = home.nodes.items[sides.items[0]].shape();
  work_left -= 2 * of_node * home.nodes.size;
  for (int round = 0; round < 3 && work_left > 0; ++round)
    write_definitions(home, sides, true);
  list<bool> needed;
  mark_needed(home, sides, needed);
  taking_apart apart(home, needed);
  const int before = home.nodes.size, most = work_left / of_node;
  if (!apart.is_written_out(most < most_elements() ? most : most_elements()))
    return false;
  work_left -= of_node * (home.nodes.size - before);
  for (int i = 0; i < of.rows; ++i)
    for (int j = 0; j < of.columns; ++j) {
      copying one(home);
      list<int> both(1, one.copied(apart.element(sides.items[0], i, j)));
      both.push(one.copied(apart.element(sides.items[1], i, j)));
      work_left -= home.nodes.size / 8 + of_node * one.to.nodes.size;
      if (work_left <= 0 || !are_proved(one.to, both, work_left))
        return false;
    }
  return true;
}

} // namespace chainrule::detail
