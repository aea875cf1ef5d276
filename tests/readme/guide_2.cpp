// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Training; the block stands in a function, after the network of guide_3.cpp.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr auto loss = binary_cross_entropy(sigmoid(w2 * sigmoid(w1 * x)), y);
constexpr auto step = compile(loss, gradient(loss, w1, w2));

int main() {
#include "guide_2.inc"
  return std::get<0>(step(weights, x = 0.63, y = 1.0)) < 0.01 ? 0 : 1;
}
