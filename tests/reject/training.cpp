// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What training begins with: activations, packs of parameters and steps.
//
// EXPECT 1: a layer is made of one activation, a function as tanh is
// EXPECT 2: a layer is made of one activation, a function as tanh is
// EXPECT 3: a layer is made of one activation, a function as tanh is
// EXPECT 4: parameters(model): the type of the numbers stands in < >
// EXPECT 5: theta.descend(slope, rate): the gradient stands first
// EXPECT 6: theta.descend(slope, rate): the gradient stands first
// EXPECT 7: theta.descend(slope, rate): the gradient stands first
// EXPECT 8: glorot(theta, seed), he(theta, seed), normal(theta, deviation, seed): theta is a pack
// EXPECT 9: glorot(theta, seed), he(theta, seed), normal(theta, deviation, seed): theta is a pack
// EXPECT 10: glorot(theta, seed), he(theta, seed), normal(theta, deviation, seed): theta is a pack
// EXPECT 11: m[0], m[0][1]: the elements of a matrix are m(0, 1)
// EXPECT 12: m[0], m[0][1]: the elements of a matrix are m(0, 1)
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"u", 3> u;
constexpr auto hidden = dense<"hidden", 3, 2>(tanh);
constexpr auto model = sequential(hidden, dense<"output", 2, 1>(linear));
constexpr auto loss = square(model(u));
constexpr auto step = compile(gradient(loss, model));

double train() {
  const float in[]{1, 2, 3};
#if !defined(MISTAKE) || MISTAKE > 4
  auto theta = parameters<float>(model);
  const auto slope = step(theta, u = in);
#endif
#ifdef ACCEPT
  glorot(theta, 1);
  theta.descend(slope, 0.1);
  return theta[hidden.W](0, 1);
#elif MISTAKE == 1
  compile(dense<"a", 3, 2>("tanh")(u));
#elif MISTAKE == 2
  compile(sequential(dense<"a", 3, 2>(0.5), hidden)(u));
#elif MISTAKE == 3
  compile(dense<"a", 3, 2>(tanh(u))(u));
#elif MISTAKE == 4
  auto theta = parameters(model);
  glorot(theta, 1);
  step(theta, u = {1.0, 2.0, 3.0});
#elif MISTAKE == 5
  theta.descend(0.1);
#elif MISTAKE == 6
  theta.descend(0.1f, slope);
#elif MISTAKE == 7
  theta -= 0.1;
#elif MISTAKE == 8
  glorot(theta);
#elif MISTAKE == 9
  he(model, 1);
#elif MISTAKE == 10
  normal(theta, 1);
#elif MISTAKE == 11
  theta[hidden.W][0][1] = 1;
#elif MISTAKE == 12
  return matrix<double, 2>{1, 2}[0];
#endif
  return 0;
}
