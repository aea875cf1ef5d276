// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step.into(slope): the variables of a destination are not those of the output
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
  step.into(value, slope)(A = values, w = 0.5);
#else
  auto other = parameters<double>(w, A);
  step.into(value, other)(A = values, w = 0.5);
#endif
}
