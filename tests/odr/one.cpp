// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// One network in two translation units: registered types and programs must be one.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

double from_the_other(double at);

int main() {
  constexpr variable<"x"> x;
  constexpr auto f = sigmoid(sigmoid(sigmoid(sigmoid(x) * x) * x) * x) * x;
  const auto [value, slope] = compile(f, gradient(f, x))(x = 0.5);
  return value + slope[x] == from_the_other(0.5) ? 0 : 1;
}
