// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A network of matrices and one step of training; the block stands in a function that has a batch
// of 32 samples.
#include <chainrule/chainrule.hpp>

#include <vector>

using namespace chainrule;

constexpr variable<"X", 784, 32> X;
constexpr variable<"Y", 10, 32> Y;

int main() {
  std::vector<double> pixels(784 * 32, 0.1), labels(10 * 32);
  for (std::size_t i = 0; i < 32; ++i)
    labels[i] = 1; // all samples in the first class
#include "README_3.inc"
  static_assert(theta.size() == 50'890);
  return std::get<0>(step(theta, X = pixels, Y = labels)) < value ? 0 : 1;
}
