// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a program consists of: instructions on registers, and the groups in which they run.
// Registers hold first the variables, then the constants, then one result for each instruction. The
// structs have no defaults, so that room for them costs constant evaluation nothing.
// Read next: schedule.hpp.
#pragma once

#include <chainrule/graph/identity.hpp>
#include <chainrule/graph/list.hpp>
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

/// Instructions that run together: scalar ones one after another, those on matrices of one shape in
/// one loop over the elements, and every other by itself.
struct group {
  int first;
  int count;
  detail::shape shape;
  bool is_elementwise;
  int same_loop; // the first group whose loop differs only in where its operands are

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
};

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
