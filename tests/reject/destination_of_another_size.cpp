// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step.into(values): an output has another number of elements
// NAMES: elements<7
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
  double slopes[7];
  step.into(value, slopes)(A = values, w = 0.5);
#else
  double slopes[6];
  step.into(value, slopes)(A = values, w = 0.5);
#endif
}
