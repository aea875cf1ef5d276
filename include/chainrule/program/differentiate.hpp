// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Reverse accumulation on a graph: one sweep from a result down to its inputs yields the
// derivative with respect to every node, d result / d node, as nodes of the same graph. Each node
// is visited once, so the work is linear in the size of the network (Linnainmaa 1970).
// Read next: program/lower.hpp.
#pragma once

#include <vector>

#include <chainrule/graph/graph.hpp>
#include <chainrule/operation/arithmetic.hpp>

namespace chainrule {

/// The derivatives of result with respect to the nodes up to result, as indices; -1: it is 0.
constexpr std::vector<int> reverse_sweep(graph &home, symbol result) {
  std::vector<int> derivative(static_cast<std::size_t>(result.index) + 1, -1);
  derivative.back() = home.constant(1).index;
  for (int i = result.index; i >= 0; --i) {
    const int flow = derivative[static_cast<std::size_t>(i)];
    const node here = home[i]; // a copy: the rules below add nodes
    if (flow < 0 || !here.varies || !here.operation->adjoint)
      continue;
    const symbols parts =
        here.operation->adjoint(home.at(flow), home.symbols_of(here.inputs), home.at(i));
    for (std::size_t k = 0; k < static_cast<std::size_t>(here.operation->arity); ++k) {
      if (!parts[k].exists() || parts[k].is(0) || !home[here.inputs[k]].varies)
        continue;
      int &sum = derivative[static_cast<std::size_t>(here.inputs[k])];
      sum = sum < 0 ? parts[k].index : (home.at(sum) + parts[k]).index;
    }
  }
  return derivative;
}

} // namespace chainrule
