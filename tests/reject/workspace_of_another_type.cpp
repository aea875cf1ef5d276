// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step.workspace(buffer): a workspace is an array, a span or a vector
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"A", 2, 3> A;
constexpr variable<"w"> w;
constexpr auto f = sum(w * tanh(A));
constexpr auto step = compile(f, gradient(f, A, w));

void run(const matrix<double, 2, 3> &values) {
  double value;
  auto slope = parameters<double>(A, w);
#ifdef ACCEPT
  double buffer[step.workspace_size + 1];
  step.workspace(buffer).into(value, slope)(A = values, w = 0.5);
#else
  float buffer[step.workspace_size + 1];
  step.workspace(buffer).into(value, slope)(A = values, w = 0.5);
#endif
}
