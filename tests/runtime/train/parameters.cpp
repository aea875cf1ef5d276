// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Packs of parameters, random numbers.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

using namespace chainrule;

TEST_CASE("packs by name") {
  constexpr auto layer = dense<"hidden", 2, 3>([](auto z) { return tanh(z); });
  auto theta = parameters<double>(layer);
  std::vector<std::string> names;
  std::size_t numbers = 0;
  theta.each([&](std::string_view name, auto values) {
    names.emplace_back(name);
    for (double &each : values)
      each = static_cast<double>(++numbers);
  });
  CHECK(names == std::vector<std::string>{"hidden.W", "hidden.b"});
  CHECK(numbers == theta.size());
  CHECK(theta.values[8] == 9);
}

TEST_CASE("packs of parameters") {
  constexpr auto model =
      sequential(dense<"one", 3, 4>([](auto z) { return tanh(z); }), dense<"two", 4, 2>(linear));
  constexpr variable<"in", 3> in;
  auto theta = parameters<double>(model);
  CHECK(theta.size() == 3 * 4 + 4 + 4 * 2 + 2);
  he(theta, 1);
  const auto [one, two] = model.layers;
  CHECK(theta[one.W](0, 0) == theta.values[0]);
  CHECK(theta[two.W].data() == theta.values + 16);
  for (const double bias : theta[one.b])
    CHECK(bias == 0);
  const auto loss = squared_norm(model(in));
  const auto [value, slope] =
      compile(loss, gradient(loss, model))(theta, in = std::array<double, 3>{1, 2, 3});
  auto next = theta;
  next.descend(slope, 1e-3);
  const double lower = compile(loss)(next, in = std::array<double, 3>{1, 2, 3});
  CHECK(lower < value);
}

TEST_CASE("a layer of one input has weights, of one output a bias") {
  constexpr auto layer = dense<"narrow", 1, 4>(linear);
  constexpr auto last = dense<"last", 4, 1>(linear);
  auto theta = parameters<double>(sequential(layer, last));
  glorot(theta, 1);
  for (const double weight : theta[layer.W])
    CHECK(weight != 0);
  CHECK(theta[last.b] == 0);
}

TEST_CASE("random numbers are the same everywhere") {
  random_numbers random(42);
  // SplitMix64 of 42, its first 53 bits: https://prng.di.unimi.it/splitmix64.c
  CHECK(random.uniform() == 13679457532755275413u / 2048 * 0x1p-53);
  double sum = 0, squares = 0;
  for (int i = 0; i < 10000; ++i) {
    const double each = random.normal();
    sum += each;
    squares += each * each;
  }
  CHECK(std::fabs(sum / 10000) < 0.03);
  CHECK(std::fabs(squares / 10000 - 1) < 0.05);
}
