// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sigmoid(w * x) at every stage on its way to code; docs/from-type-to-assembly.md explains the
// output line by line.
#include "stages.hpp"

#include <concepts>

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"x"> x;

constexpr auto f = sigmoid(w * x);

// 1. The type is the formula.
static_assert(std::same_as<decltype(f),
                           const apply<sigmoid_operation,
                                       apply<multiply_operation, variable<"w">, variable<"x">>>>);
static_assert(sizeof(f) == 1 && std::is_empty_v<decltype(f)>);

constexpr auto step = compile(f, gradient(f, w));

// Not inlined, to be found in the assembly.
void value_and_slope(double weight, double input, double *value, double *slope) {
  const auto [of_f, by_w] = step(w = weight, x = input);
  *value = of_f;
  *slope = by_w[w];
}

int main() {
  std::printf("record\n");
  stages::print(detail::record<decltype(f)>);

  std::printf("\ngraph\n");
  detail::graph home;
  lowered(home, detail::record<decltype(f)>);
  stages::print(home);

  std::printf("\nderivative\n");
  const int before = home.nodes.size;
  lowered(home, detail::record<decltype(partial(f, w))>);
  stages::print(home, before);

  std::printf("\ninstructions and registers, w = 0.25, x = 0.63\n");
  const double values[]{0.25, 0.63};
  stages::print_run(step, values);

  double value, slope;
  value_and_slope(0.25, 0.63, &value, &slope);
  std::printf("\nf = %.17g, df/dw = %.17g\n", value, slope);
}
