// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the results are more than 1 MB
#include <chainrule/chainrule.hpp>

#include <vector>

using namespace chainrule;

constexpr variable<"W", 400, 400> W;
constexpr auto step = compile(gradient(squared_norm(W), W));

void run(const std::vector<double> &weights) {
#ifdef ACCEPT
  std::vector<double> slope(weights.size());
  step.into(slope)(W = weights);
#else
  auto slope = step(W = weights);
#endif
}
