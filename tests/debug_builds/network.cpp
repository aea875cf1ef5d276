// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// 784-64-10 with softmax cross-entropy, value and gradient of one sample and of 32, by which
// check.sh compares builds. "network 32" runs the larger one.
#include <chainrule/chainrule.hpp>

#include <cstdio>

using namespace chainrule;

namespace {

template <int Batch>
struct network {
  static constexpr variable<"W", 64, 784> W{};
  static constexpr variable<"b", 64> b{};
  static constexpr variable<"V", 10, 64> V{};
  static constexpr variable<"c", 10> c{};
  static constexpr variable<"x", 784, Batch> x{};
  static constexpr variable<"y", 10, Batch> y{};
  static constexpr auto loss = mean(softmax_cross_entropy(V * tanh(W * x + b) + c, y));
  static constexpr auto step = compile(loss, gradient(loss, W, b, V, c));

  decltype(parameters<double>(W, b, V, c)) weights{}, slopes{};
  double inputs[784 * Batch]{}, labels[10 * Batch]{}, value = 0;

  network() {
    random_numbers random(1);
    for (double &weight : weights)
      weight = random.uniform(-0.05, 0.05);
    for (double &input : inputs)
      input = random.uniform();
    for (int i = 0; i < Batch; ++i)
      labels[i] = 1;
  }
};

} // namespace

// What the instructions are counted of.
[[gnu::noinline]] void counted_call(network<1> &of);
[[gnu::noinline]] void counted_call(network<32> &of);

void counted_call(network<1> &of) {
  of.step.into(of.value, of.slopes)(of.weights, of.x = of.inputs, of.y = of.labels);
}
void counted_call(network<32> &of) {
  of.step.into(of.value, of.slopes)(of.weights, of.x = of.inputs, of.y = of.labels);
}

int main(int count, char **) {
  static network<1> one;
  static network<32> many;
  if (count == 1)
    counted_call(one);
  else
    counted_call(many);
  std::printf("%.12g\n",
              count == 1 ? one.value + one.slopes.values[5] : many.value + many.slopes.values[5]);
}
