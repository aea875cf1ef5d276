// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// x86-64, -std=c++20 -O2. Look at the assembly: value and gradient of two layers are straight-line
// code with one call of exp for each sigmoid, as in the function written by hand.
#include "chainrule_all.hpp"

#include <cmath>

namespace net {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"v"> v;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * sigmoid(v * x));
constexpr auto step = compile(f, gradient(f, v, w));

} // namespace net

double by_chainrule(double v, double w, double x, double *slope) {
  double value;
  net::step.into(value, slope)(net::v = v, net::w = w, net::x = x);
  return value;
}

double by_hand(double v, double w, double x, double *slope) {
  const double hidden = 1 / (1 + std::exp(-v * x)), value = 1 / (1 + std::exp(-w * hidden));
  const double flow = value * (1 - value);
  slope[0] = flow * w * hidden * (1 - hidden) * x;
  slope[1] = flow * hidden;
  return value;
}

int main() {
  double first[2], second[2];
  const double difference = by_chainrule(0.5, -1.25, 2, first) - by_hand(0.5, -1.25, 2, second);
  return std::abs(difference) + std::abs(first[0] - second[0]) + std::abs(first[1] - second[1]) <
                 1e-15
             ? 0
             : 1;
}
