// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a rule may ask of a node.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

/// The index of an operand of sin(x), beside another node with operands.
template <int Which>
constexpr int operand_of_a_sine() {
  detail::graph home;
  const symbol x = home.variable("x", 1, {}), y = home.variable("y", 2, {});
  const symbol sine = sin(x);
  const symbol sum = x + y;
  return sum.operand(1) == y ? sine.operand(Which).index : -1;
}

template <int Which>
concept can_be_asked = requires {
  typename std::integral_constant<int, operand_of_a_sine<Which>()>;
};

static_assert(operand_of_a_sine<0>() == 0);
static_assert(can_be_asked<0>);
static_assert(!can_be_asked<1>); // not the first operand of the sum

} // namespace
