// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The first example of README.md, word for word.
#include <chainrule/chainrule.hpp>
#include <cstdio>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

constexpr auto f = sigmoid(w * x);

static_assert(partial(f, w) == f * (1_c - f) * x);           // proved
static_assert(gradient_is_right(f, at(w = 0.25, x = 0.63))); // checked
static_assert(to_string(partial(f, w)) == "sigmoid(w * x) * (1 - sigmoid(w * x)) * x");

constexpr auto step = compile(f, gradient(f, w));

int main() {
  const auto [value, slope] = step(w = 0.25, x = 0.63);
  std::printf("f = %.17g, df/dw = %.17g\n", value, slope[w]);
}
