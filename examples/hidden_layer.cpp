// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Two inputs, three hidden sigmoid units, one sigmoid output, cross-entropy: the four groups of
// gradients (hidden weights and biases, output weights and bias), proved equal to the formulas by
// hand. One bias shared by the hidden units has the sum of their gradients, which is proved too.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;
constexpr variable<"y"> y;
constexpr variable<"w11"> w11; // hidden weights: unit, input
constexpr variable<"w12"> w12;
constexpr variable<"w21"> w21;
constexpr variable<"w22"> w22;
constexpr variable<"w31"> w31;
constexpr variable<"w32"> w32;
constexpr variable<"b1"> b1; // hidden biases
constexpr variable<"b2"> b2;
constexpr variable<"b3"> b3;
constexpr variable<"shared"> shared;
constexpr variable<"v1"> v1; // output weights and bias
constexpr variable<"v2"> v2;
constexpr variable<"v3"> v3;
constexpr variable<"c"> c;

constexpr auto unit(auto from_x1, auto from_x2, auto bias) {
  return sigmoid(from_x1 * x1 + from_x2 * x2 + bias);
}
constexpr auto output(auto h1, auto h2, auto h3) {
  return sigmoid(v1 * h1 + v2 * h2 + v3 * h3 + c);
}

constexpr auto h1 = unit(w11, w12, b1);
constexpr auto h2 = unit(w21, w22, b2);
constexpr auto h3 = unit(w31, w32, b3);
constexpr auto prediction = output(h1, h2, h3);
constexpr auto loss = binary_cross_entropy(prediction, y);

// the four groups
constexpr auto error = prediction - y;
static_assert(partial(loss, c) == error);
static_assert(partial(loss, v1) == error * h1);
static_assert(partial(loss, v2) == error * h2);
static_assert(partial(loss, v3) == error * h3);
static_assert(partial(loss, b1) == error * v1 * h1 * (1_c - h1));
static_assert(partial(loss, b2) == error * v2 * h2 * (1_c - h2));
static_assert(partial(loss, b3) == error * v3 * h3 * (1_c - h3));
static_assert(partial(loss, w11) == partial(loss, b1) * x1);
static_assert(partial(loss, w22) == partial(loss, b2) * x2);
static_assert(partial(loss, w31) == partial(loss, b3) * x1);

// one bias for all hidden units: the sum over the units
constexpr auto s1 = unit(w11, w12, shared);
constexpr auto s2 = unit(w21, w22, shared);
constexpr auto s3 = unit(w31, w32, shared);
constexpr auto shared_prediction = output(s1, s2, s3);
constexpr auto shared_loss = binary_cross_entropy(shared_prediction, y);
static_assert(partial(shared_loss, shared) ==
              (shared_prediction - y) *
                  (v1 * s1 * (1_c - s1) + v2 * s2 * (1_c - s2) + v3 * s3 * (1_c - s3)));

static_assert(gradient_is_right(loss,
                                at(w11 = -0.52, w12 = -0.11, w21 = -0.96, w22 = 0.66, w31 = -1.31,
                                   w32 = -1.1, b1 = 0.42, b2 = 0.15, b3 = 0.24, v1 = 0.44,
                                   v2 = 0.49, v3 = -1.69, c = 0.2, x1 = 1.18, x2 = 0.26, y = 1.0)));

int main(int count, char **values) {
  begin(count, values);
  std::puts("two inputs, three hidden units, one output, cross-entropy");
  show("dL/dc", partial(loss, c));
  show("dL/dv1", partial(loss, v1));
  show("dL/db1", partial(loss, b1));
  show("dL/dw11", partial(loss, w11));

  const auto [value, slope] =
      compile(loss, gradient(loss, w11, w12, w21, w22, w31, w32, b1, b2, b3, v1, v2, v3, c, x1))(
          w11 = -0.52, w12 = -0.11, w21 = -0.96, w22 = 0.66, w31 = -1.31, w32 = -1.1, b1 = 0.42,
          b2 = 0.15, b3 = 0.24, v1 = 0.44, v2 = 0.49, v3 = -1.69, c = 0.2, x1 = 1.18, x2 = 0.26,
          y = 1.0);
  std::puts("a bias for each hidden unit, x = (1.18, 0.26), y = 1, b = (0.42, 0.15, 0.24)");
  expect("L", value, 0.5713262001854994033);
  expect("dL/dw11", slope[w11], -0.05580048789222918451);
  expect("dL/dw12", slope[w12], -0.01229502275591490506);
  expect("dL/dw21", slope[w21], -0.05359962029917972472);
  expect("dL/dw22", slope[w22], -0.01181008582863282070);
  expect("dL/dw31", slope[w31], 0.1219654930428584270);
  expect("dL/dw32", slope[w32], 0.02687375270435863647);
  expect("dL/db1", slope[b1], -0.04728854906121117332);
  expect("dL/db2", slope[b2], -0.04542340703320315655);
  expect("dL/db3", slope[b3], 0.1033605873244562946);
  expect("dL/dv1", slope[v1], -0.1935343193040011273);
  expect("dL/dv2", slope[v2], -0.1338900861788457694);
  expect("dL/dv3", slope[v3], -0.07360979424951322320);
  expect("dL/dc", slope[c], -0.4352240641369179286);
  expect("dL/dx1", slope[x1], -0.06720585313133290492);

  const auto [shared_value, shared_slope] = compile(shared_loss, gradient(shared_loss, shared, c))(
      w11 = -0.52, w12 = -0.11, w21 = -0.96, w22 = 0.66, w31 = -1.31, w32 = -1.1, shared = 0.15,
      v1 = 0.44, v2 = 0.49, v3 = -1.69, c = 0.2, x1 = 1.18, x2 = 0.26, y = 1.0);
  std::puts("one bias for all hidden units, 0.15");
  expect("L", shared_value, 0.5748117532081668191);
  // a sum of terms that nearly cancel
  expect("dL/dshared", shared_slope[shared], 0.006794767008552023184, 1e-13);
  expect("dL/dc", shared_slope[c], -0.4371891938358715155);
  return result();
}
