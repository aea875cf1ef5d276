// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a program consists of: instructions on registers, and the groups in which they run.
// Registers hold first the variables, single elements of them, and the matrices that are given in
// rounds of a recurrence, then the constants and the numbers that are given so, then one result for
// each instruction. The structs have no defaults, so that room for them costs constant evaluation
// nothing. Read next: loop_body.hpp.
#pragma once

#include <chainrule/graph/identity.hpp>
#include <chainrule/graph/list.hpp>
#include <chainrule/graph/record.hpp>
#include <chainrule/graph/shape.hpp>

namespace chainrule::detail {

/// One operation on registers; its result goes to the next free register.
struct instruction {
  const mark *operation;     // of its type
  std::uint64_t fingerprint; // of the operation
  int first_input;           // its operands in program::inputs, as many as the operation takes
  int input_count;
  int output; // that this result is, or -1
};

/// An element of a variable that is read by itself: the register of the variable, and its place.
struct element_of_variable {
  int variable, place;
};

/// Instructions that run together: scalar ones one after another, those on matrices of one shape in
/// one loop over the elements, and every other by itself.
struct group {
  int first;
  int count;
  detail::shape shape;
  bool is_elementwise;
  int same_loop; // the first group whose loop differs only in where its operands are
  int parent;    // the group of the recurrence in whose body it is, or -1
  loop_role role;

  constexpr bool is_scalar() const { return is_elementwise && shape.is_scalar(); }
  constexpr bool is_loop() const { return is_elementwise && !shape.is_scalar(); }
  constexpr bool computes(int instruction) const {
    return instruction >= first && instruction < first + count;
  }
};

/// Where the result of an instruction is in a program with matrices.
struct placing {
  int group;  // that it is computed in
  int offset; // in the workspace, if it is a matrix that outlives its group; else -1
  int turned; // the register of the vector that it is, a row or a column as the other; else -1
};

/// A recurrence: groups that are run in rounds.
struct recurrence {
  int group; // that it is
  int first_group, group_count;
  int capacity; // the most rounds
  int rounds;   // the register of their number
  bool is_backward;
  int first_link, link_count;
};

/// What goes into a round of a recurrence and comes out of it.
struct link {
  enum kind : std::uint8_t { state, element, last, sequence, total };
  kind what;
  int place;  // the register that is given a value in each round; of what is seen of it, its result
  int from;   // the register of the initial value, of the sequence, or of what is seen
  int next;   // of a state, the register of its next value
  int buffer; // of a matrix as a state, where it is between rounds: two of them
};

/// The room of so many elements: whole cache lines of double. Of a matrix that is a state there are
/// two, one behind the other.
constexpr int whole_lines(int elements) { return (elements + 7) / 8 * 8; }

/// What a loop reads and does not compute itself: registers, in the order of their first use.
constexpr list<int> operands_of(const group &loop, const instruction *code, const int *inputs,
                                int first_result) {
  index_table seen;
  list<int> result;
  for (int i = loop.first; i < loop.first + loop.count; ++i)
    for (int k = 0; k < code[i].input_count; ++k) {
      const int input = inputs[code[i].first_input + k];
      if (loop.computes(input - first_result) || seen.find(static_cast<unsigned>(input)) >= 0)
        continue;
      seen.insert(static_cast<unsigned>(input), result.size);
      result.push(input);
    }
  return result;
}

} // namespace chainrule::detail
