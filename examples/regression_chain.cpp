// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The regression network yhat = w3 sigmoid(w2 sigmoid(w1 x)) with L = (y - yhat)^2: the three
// gradients as formulas, proved equal to what one derives by hand, and as numbers.
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
constexpr auto prediction = w3 * h2;
constexpr auto loss = square(y - prediction);

// by hand
constexpr auto by_w3 = -2_c * (y - prediction) * h2;
constexpr auto by_w2 = -2_c * (y - prediction) * w3 * h2 * (1_c - h2) * h1;
constexpr auto by_w1 = -2_c * (y - prediction) * w3 * h2 * (1_c - h2) * w2 * h1 * (1_c - h1) * x;
static_assert(partial(loss, w3) == by_w3);
static_assert(partial(loss, w2) == by_w2);
static_assert(partial(loss, w1) == by_w1);
static_assert(gradient_is_right(loss, at(w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 128.0)));

int main(int count, char **values) {
  begin(count, values);
  show("L", loss);
  show("dL/dw3", partial(loss, w3));
  show("dL/dw2", partial(loss, w2));
  show("dL/dw1", partial(loss, w1));

  std::puts("at w = (0.25, -0.11, 0.78), x = 0.63, y = 128");
  const auto [value, slope] = compile(loss, gradient(loss, w1, w2, w3))(
      w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 128.0);
  expect("L", value, 16287.26371545397150);
  expect("dL/dw1", slope[w1], 0.85622786979127655864);
  expect("dL/dw2", slope[w2], -26.818351206588745010);
  expect("dL/dw3", slope[w3], -123.83727062665810677);
  return result();
}
