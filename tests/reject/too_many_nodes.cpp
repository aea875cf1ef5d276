// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(x = 0.5, ...): the network is too large for the compiler, for it has more nodes
// NAMES: are_few_enough<29, 7>
// FLAGS: -DCHAINRULE_MOST_NODES=7
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * sigmoid(w * x));
constexpr auto step = compile(f, gradient(f, w));
constexpr auto y = step(x = 0.5, w = 0.25);
