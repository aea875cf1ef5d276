// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

using namespace chainrule;

double from_the_other(double at);

double from_the_other(double at) {
  constexpr variable<"x"> x;
  constexpr auto g = [](auto h, auto w) { return sigmoid(h) * w; };
  constexpr auto f = g(g(g(g(x, x), x), x), x);
  const auto [value, slope] = compile(f, gradient(f, x))(x = at);
  return value + slope[x];
}
