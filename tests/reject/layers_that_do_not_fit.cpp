// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Layers that do not fit are named.
//
// EXPECT 1: a layer has not as many inputs as the one before it has outputs
// EXPECT 2: a layer has not as many inputs as the one before it has outputs
// EXPECT 3: x has not as many rows as the layer has inputs
// EXPECT 4: x has not as many rows as the layer has inputs
// NAMES: named<'o', 'u', 't'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x", 2> x;

#if defined ACCEPT
constexpr auto model = sequential(dense<"in", 2, 8>(tanh), dense<"out", 8, 1>(linear));
#elif MISTAKE < 3
constexpr auto model = sequential(dense<"in", 2, 8>(tanh), dense<"out", 4, 1>(linear));
#else
constexpr auto model = sequential(dense<"out", 3, 8>(tanh), dense<"last", 8, 1>(linear));
#endif
#if MISTAKE == 4
constexpr auto y = dense<"out", 3, 1>([](auto z) { return relu(z); })(x);
#elif MISTAKE != 1
constexpr auto loss = squared_norm(model(x));
constexpr auto step = compile(loss, gradient(loss, model));
inline void train(const double (&values)[2]) {
  auto theta = parameters<double>(model);
  const auto [value, slope] = step(theta, x = values);
  theta.descend(slope, 0.1 * value);
}
#endif
