// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Outputs and workspace in memory of the caller's; the block stands where a model and its step are.
#include <chainrule/chainrule.hpp>

#include <vector>

using namespace chainrule;

constexpr variable<"X", 4, 8> X;
constexpr variable<"Y", 2, 8> Y;
constexpr auto model = sequential(dense<"hidden", 4, 3>([](auto z) { return relu(z); }),
                                  dense<"output", 3, 2>(linear));
constexpr auto loss = mean(softmax_cross_entropy(model(X), Y));
constexpr auto step = compile(loss, gradient(loss, model));

int main() {
  const std::vector<double> pixels(4 * 8, 0.1), labels(2 * 8, 0.5);
  auto theta = parameters<double>(model);
  glorot(theta, 1);
  double value = 0;
#include "guide_1.inc"
  const auto [same_value, same_slope] = step(theta, X = pixels, Y = labels);
  return value == same_value && slope[variable<"hidden.W", 3, 4>{}](0, 0) ==
                                    same_slope[variable<"hidden.W", 3, 4>{}](0, 0)
             ? 0
             : 1;
}
