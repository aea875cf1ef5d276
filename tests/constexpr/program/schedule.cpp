// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The order of instructions: what works on elements of one shape and is ready is one group, in the
// order of the graph.
#include <chainrule/chainrule.hpp>

using namespace chainrule;
using namespace chainrule::detail;

namespace {

constexpr bool ready_moves_forward() {
  graph home;
  const symbol a = home.variable("a", 1, {2, 1}), b = home.variable("b", 2, {2, 1});
  const symbol c = home.variable("c", 3, {3, 1});
  const symbol p = sin(a), q = cos(c), total = sum(p), r = p + b, s = r * total, t = cos(b);
  list<bool> needed;
  list<int> outputs(1, s.index);
  outputs.push(q.index), outputs.push(t.index);
  mark_needed(home, outputs, needed);
  const schedule plan(home, needed);
  const int expected[]{p.index, r.index, t.index, q.index, total.index, s.index};
  bool right = plan.order.size == 6 && plan.counts.size == 4 && !plan.is_scalar;
  for (int i = 0; i < 6; ++i)
    right = right && plan.order.items[i] == expected[i];
  const int counts[]{3, 1, 1, 1};
  for (int g = 0; g < 4; ++g)
    right = right && plan.counts.items[g] == counts[g];
  return right;
}
static_assert(ready_moves_forward());

} // namespace
