// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// P = W X and a loss f(P): dL/dW = (dL/dP) X^T and dL/dX = W^T (dL/dP), proved whatever f is made
// of. Then two samples, squared error, and one step of 0.1: the sum over samples diverges, their
// mean converges.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"W", 2, 2> W;
constexpr variable<"X", 2, 2> X;
constexpr variable<"Y", 2, 2> Y;
constexpr auto P = W * X;

constexpr bool follows_the_rule(auto f) {
  return partial(f, W) == partial(f, P) * transpose(X) &&
         partial(f, X) == transpose(W) * partial(f, P);
}
static_assert(follows_the_rule(squared_norm(P - Y)));
static_assert(follows_the_rule(sum(exp(P)) * sum(elementwise_product(tanh(P), Y))));
static_assert(follows_the_rule(sum(softmax_cross_entropy(P, Y))));

constexpr auto error_of_batch = squared_norm(P - Y);
constexpr auto mean_of_batch = error_of_batch / 2_c;
static_assert(partial(error_of_batch, P) == 2_c * (P - Y));

constexpr matrix<double, 2, 2> inputs{0, 2, 3, 1};
constexpr matrix<double, 2, 2> targets{0.5, 1, 1, -1.5};
static_assert(gradient_is_right(error_of_batch, W = matrix<double, 2, 2>{0.3, 0.5, -0.2, 0.4},
                                X = inputs, Y = targets));

/// Steps of 0.1: the loss before and after the first, the weights, and the loss after ten.
void descend(const char *title, auto loss, const double (&expected)[7]) {
  constexpr auto step = compile(loss, gradient(loss, W));
  auto theta = parameters<double>(W);
  theta.values[0] = 0.3;
  theta.values[1] = 0.5;
  theta.values[2] = -0.2;
  theta.values[3] = 0.4;
  std::puts(title);
  for (int i = 0; i < 10; ++i) {
    const auto [value, slope] = step(theta, X = inputs, Y = targets);
    if (i < 2)
      expect(i == 0 ? "L" : "L, 1 step", value, expected[i], 1e-14);
    if (i == 1) {
      show_matrix("W, 1 step", theta[W]);
      for (int k = 0; k < 4; ++k)
        check("W", theta.values[k], expected[2 + k], 1e-13);
    }
    theta.descend(slope, 0.1);
  }
  expect("L, 10 steps", std::get<0>(step(theta, X = inputs, Y = targets)), expected[6], 1e-11);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  show("L", error_of_batch);
  show("dL/dP", partial(error_of_batch, P));
  show("dL/dW", partial(error_of_batch, W));
  show("dL/dX", partial(error_of_batch, X));
  descend("sum over samples, steps of 0.1", error_of_batch,
          {3.3, 2.2376, 0.26, -0.12, -0.8, -0.02, 16.1803521292014278672384});
  descend("mean over samples, steps of 0.1", mean_of_batch,
          {1.65, 0.3642, 0.28, 0.19, -0.5, 0.19, 0.0002070584133318868992});
  return result();
}
