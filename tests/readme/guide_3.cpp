// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Networks composed of functions; the block stands in a namespace.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;

#include "guide_3.inc"

static_assert(to_string(network) == "sigmoid(w2 * sigmoid(w1 * x))");
static_assert(partial(loss, w2) == (network - y) * layer(w1, x));

int main() {}
