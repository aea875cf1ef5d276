// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a graph is made of: its nodes, and what it keeps of them.
// Read next: graph.hpp.
#pragma once

#include <chainrule/graph/record.hpp>

namespace chainrule::detail {

/// Its fields have no defaults, so that room for nodes costs constant evaluation nothing.
struct node {
  const operation_record *operation;
  int first_input; // in graph::inputs
  int input_count;
  int content; // index of the variable or the number; of a place its number
  int next;    // 1 + the node before it with the same key; 0: none
  int rows;
  int columns;
  bool varies;
  finiteness is_finite;
  gating gate;         // what may make it 0: what flows back through relu or a choice
  std::uint32_t scope; // on places of loops at which depths it depends: a bit for each

  constexpr detail::shape shape() const { return {rows, columns}; }
  constexpr bool is_scalar() const { return rows == 1 && columns == 1; }
};

/// A place in a loop and a variable that it stands for, as it is printed.
struct named_place {
  int node;
  std::string_view name;
};

/// The nodes by their hashes: of each 1 + the node that was added last; those before it follow by
/// node::next. An array in the graph itself needs no clearing and is copied as a whole.
struct node_chains {
  int last[4096];
};

/// A question about a node, answer.hpp.
struct open_question {
  std::uint64_t key = 0;
  symbol of;
  int (*look)(symbol) = nullptr;
  rewriting rules = rewriting::all;
};

} // namespace chainrule::detail
