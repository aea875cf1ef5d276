// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Why sigmoids vanish and ReLU does not on its active side: ten layers s(w_i a + b) with w = 0.9,
// b = 0.1, x = 0.7, y = 1, squared loss, and the derivative by the first weight. A unit that is not
// active has gradient exactly 0.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"first"> first; // weight of the first layer
constexpr variable<"w"> w;         // of the others
constexpr variable<"b"> b;

template <int Layers>
constexpr auto deep(auto activation, auto input) {
  if constexpr (Layers == 0)
    return input;
  else
    return deep<Layers - 1>(activation, activation(w * input + b));
}

constexpr auto loss_with = [](auto activation) {
  return squared_error(deep<9>(activation, activation(first * x + b)), y);
};
constexpr auto with_sigmoid = loss_with([](auto z) { return sigmoid(z); });
constexpr auto with_tanh = loss_with([](auto z) { return tanh(z); });
constexpr auto with_relu = loss_with([](auto z) { return relu(z); });

constexpr auto slope_of = [](auto loss, double first_weight) {
  return compile(gradient(loss, first))(first = first_weight, w = 0.9, b = 0.1, x = 0.7,
                                        y = 1.0)[first];
};

static_assert(slope_of(with_relu, -2.0) == 0); // the first unit is dead
static_assert(gradient_is_right(with_tanh, at(first = 0.9, w = 0.9, b = 0.1, x = 0.7, y = 1.0)));

int main(int count, char **values) {
  begin(count, values);
  std::puts("dL/dw1 through ten layers");
  expect("sigmoid", slope_of(with_sigmoid, 0.9), -5.068342661026176036717e-8);
  expect("tanh", slope_of(with_tanh, 0.9), -0.008782754816407125272871);
  expect("relu", slope_of(with_relu, 0.9), -0.056735772142265667738);
  expect("dead relu", slope_of(with_relu, -2.0), 0);
  return result();
}
