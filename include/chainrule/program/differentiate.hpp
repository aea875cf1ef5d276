// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Reverse accumulation on a graph: one sweep from a result down to its inputs yields the
// derivative with respect to every node, d result / d node, as nodes of the same graph. Each node
// is visited once, so the work is linear in the size of the network (Linnainmaa 1970).
// Read next: program/lower.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>
#include <chainrule/operation/rewrite.hpp>

namespace chainrule::detail {

/// Appends the derivatives of result with respect to the nodes up to it, as indices; -1: it is 0.
constexpr void reverse_sweep(graph &home, symbol result, list<int> &derivatives) {
  const int first = derivatives.size;
  derivatives.append(result.index + 1, -1);
  int *const flow = derivatives.items + first;
  flow[result.index] = home.constant(1).index;
  home.factors_stay = true;
  for (int i = result.index; i >= 0; --i) {
    if (flow[i] < 0)
      continue;
    const node here = home.nodes.items[i]; // a copy: the rules below add nodes
    if (!here.varies)
      continue;
    const symbols parts =
        here.operation->adjoint({&home, flow[i]}, home.symbols_of(here.inputs), {&home, i});
    for (int k = 0; k < here.operation->arity; ++k) {
      const symbol part = parts.of[k];
      int &sum = flow[here.inputs.at[k]];
      if (part.exists() && home.nodes.items[here.inputs.at[k]].varies && !part.is(0))
        sum = sum < 0 ? part.index : (symbol{&home, sum} + part).index;
    }
  }
  home.factors_stay = false;
}

} // namespace chainrule::detail
