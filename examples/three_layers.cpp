// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// yhat = sigmoid(w3 sigmoid(w2 sigmoid(w1 x))) with binary cross-entropy: every derivative as a
// formula and as a number, by the weights, by the input and by the hidden values.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"w3"> w3;

constexpr auto h1 = sigmoid(w1 * x);
constexpr auto h2 = sigmoid(w2 * h1);
constexpr auto prediction = sigmoid(w3 * h2);
constexpr auto loss = binary_cross_entropy(prediction, y);

static_assert(gradient_is_right(loss, at(w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1.0)));

// the chain rule, link by link
static_assert(partial(loss, w3) == (prediction - y) * h2);
static_assert(partial(loss, h2) == (prediction - y) * w3);
static_assert(partial(loss, w2) == partial(loss, h2) * partial(h2, w2));
static_assert(partial(loss, w1) == partial(loss, h2) * partial(h2, h1) * partial(h1, w1));
static_assert(partial(loss, x) == partial(loss, h1) * partial(h1, x));

int main(int count, char **values) {
  begin(count, values);
  std::puts("formulas");
  show("L", loss);
  show("dL/dw3", partial(loss, w3));
  show("dL/dw2", partial(loss, w2));
  show("dL/dw1", partial(loss, w1));
  show("dL/dx", partial(loss, x));
  show("dL/dh2", partial(loss, h2));
  show("dL/dh1", partial(loss, h1));

  constexpr auto step = compile(loss, gradient(loss, w1, w2, w3, x));
  const auto [value, slope] = step(w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1.0);
  std::puts("at w = (0.25, -0.11, 0.78), x = 0.63, y = 1");
  expect("L", value, 0.5217252787139592649);
  expect("dL/dw1", slope[w1], 0.00136364217271376178509);
  expect("dL/dw2", slope[w2], -0.0427113342116138637818);
  expect("dL/dw3", slope[w3], -0.197225213915827919184);
  expect("dL/dx", slope[x], 0.000541127846314984835);
  return result();
}
