// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The five steps of training as a loop: a network with two hidden units learns exclusive or.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;
constexpr variable<"y"> y;
constexpr variable<"w11"> w11;
constexpr variable<"w12"> w12;
constexpr variable<"b1"> b1;
constexpr variable<"w21"> w21;
constexpr variable<"w22"> w22;
constexpr variable<"b2"> b2;
constexpr variable<"v1"> v1;
constexpr variable<"v2"> v2;
constexpr variable<"c"> c;

// 1. the model
constexpr auto hidden = [](auto weight, auto other, auto bias) {
  return tanh(weight * x1 + other * x2 + bias);
};
constexpr auto logit = v1 * hidden(w11, w12, b1) + v2 * hidden(w21, w22, b2) + c;

// 2. its loss
constexpr auto loss = binary_cross_entropy(sigmoid(logit), y);
constexpr auto step = compile(loss, gradient(loss, w11, w12, b1, w21, w22, b2, v1, v2, c));
constexpr auto predict = compile(sigmoid(logit));
static_assert(cost(step).transcendentals == 4); // two tanh, one exponential and one logarithm

static_assert(gradient_is_right(loss, w11 = 0.9, w12 = 1.1, b1 = -0.4, w21 = 0.8, w22 = 0.7,
                                b2 = -1.2, v1 = 0.6, v2 = -0.5, c = 0.1, x1 = 1.0, x2 = 0.0,
                                y = 1.0));

constexpr double samples[4][3] = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}};

} // namespace

int main(int count, char **values) {
  begin(count, values);
  auto weights = at(w11 = 0.9, w12 = 1.1, b1 = -0.4, w21 = 0.8, w22 = 0.7, b2 = -1.2, v1 = 0.6,
                    v2 = -0.5, c = 0.1);
  const auto update = [&](const auto &slope, auto... each) {
    (..., (weights[each] -= 0.3 * slope[each]));
  };
  double total = 0;
  for (int epoch = 0; epoch <= 1000; ++epoch) { // 5. again
    total = 0;
    for (const auto &[a, b, label] : samples) {
      // 3. forward and backward
      const auto [value, slope] = step(weights, x1 = a, x2 = b, y = label);
      // 4. a step downhill
      update(slope, w11, w12, b1, w21, w22, b2, v1, v2, c);
      total += value;
    }
    if (epoch % 250 == 0)
      std::printf("epoch %4d: loss %.4f\n", epoch, total / 4);
  }
  check("loss below 0.05", total / 4 < 0.05, 1, 0);
  for (const auto &[a, b, label] : samples) {
    const double prediction = predict(weights, x1 = a, x2 = b);
    std::printf("%.0f xor %.0f: %.3f\n", a, b, prediction);
    check("rounded", prediction > 0.5, label, 0);
  }
  return result();
}
