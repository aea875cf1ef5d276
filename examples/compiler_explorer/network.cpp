// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// g++ or clang, -std=c++20 -O2, and "execute the code". A network learns exclusive or.
#include "chainrule_all.hpp"

#include <cstdio>

namespace net {

using namespace chainrule;

constexpr variable<"x", 2> x;
constexpr variable<"y"> y;
constexpr auto model = sequential(dense<"hidden", 2, 4>(tanh), dense<"output", 4, 1>(sigmoid));
constexpr auto loss = binary_cross_entropy(model(x), y);
constexpr auto predict = compile(model(x));
constexpr auto step = compile(loss, gradient(loss, model));

} // namespace net

int main() {
  auto theta = chainrule::parameters<double>(net::model);
  glorot(theta, 1);
  const double inputs[][2]{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[]{0, 1, 1, 0};
  double total = 1;
  for (int epoch = 0; epoch <= 1000; ++epoch) {
    total = 0;
    for (int i = 0; i < 4; ++i) {
      const auto [loss, slope] = net::step(theta, net::x = inputs[i], net::y = targets[i]);
      total += loss;
      theta.descend(slope, 0.5);
    }
    if (epoch % 250 == 0)
      std::printf("epoch %4d  loss %.5f\n", epoch, total / 4);
  }
  for (const auto &input : inputs)
    std::printf("%.0f xor %.0f: %.3f\n", input[0], input[1], net::predict(theta, net::x = input));
  return total < 0.1 ? 0 : 1;
}
