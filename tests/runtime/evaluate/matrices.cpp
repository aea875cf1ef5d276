// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices as arguments in all their forms, shapes that packs of elements do and do not divide,
// packs of parameters, random numbers.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"x", 3> x;
constexpr auto product = compile(A * x);

/// A B, A^T B and A B^T of sizes beside and between those of vector registers, against plain sums.
template <int Rows, int Inner, int Columns, class T>
void check_products() {
  constexpr variable<"L", Rows, Inner> L;
  constexpr variable<"R", Inner, Columns> R;
  constexpr variable<"M", Inner, Rows> M;
  constexpr variable<"Q", Columns, Inner> Q;
  matrix<T, Rows, Inner> l;
  matrix<T, Inner, Columns> r;
  matrix<T, Inner, Rows> m;
  matrix<T, Columns, Inner> q;
  random_numbers random(3);
  for (T &each : l)
    each = static_cast<T>(random.normal());
  for (T &each : r)
    each = static_cast<T>(random.normal());
  for (int i = 0; i < Inner; ++i) {
    for (int k = 0; k < Rows; ++k)
      m(i, k) = l(k, i);
    for (int k = 0; k < Columns; ++k)
      q(k, i) = r(i, k);
  }
  const auto [plain, left, right, total] =
      compile(L * R, transpose(M) * R, L * transpose(Q), sum(L))(L = l, R = r, M = m, Q = q);
  const double bound = std::is_same_v<T, float> ? 1e-4 : 1e-12;
  double expected_total = 0;
  for (const T &each : l)
    expected_total += static_cast<double>(each);
  CHECK(std::fabs(static_cast<double>(total) - expected_total) < bound);
  for (int i = 0; i < Rows; ++i)
    for (int j = 0; j < Columns; ++j) {
      double expected = 0;
      for (int k = 0; k < Inner; ++k)
        expected += static_cast<double>(l(i, k)) * static_cast<double>(r(k, j));
      CHECK(std::fabs(static_cast<double>(plain(i, j)) - expected) < bound);
      CHECK(std::fabs(static_cast<double>(left(i, j)) - expected) < bound);
      CHECK(std::fabs(static_cast<double>(right(i, j)) - expected) < bound);
    }
}

template <class T>
void check_all_products() {
  check_products<2, 3, 2, T>();
  check_products<2, 17, 1, T>();
  check_products<5, 8, 1, T>();
  check_products<1, 4, 9, T>();
  check_products<7, 5, 19, T>();
  check_products<9, 33, 8, T>();
  check_products<4, 1, 16, T>();
  check_products<6, 40, 23, T>();
}

} // namespace

TEST_CASE("matrices are given as any contiguous values") {
  const double nested[2][3] = {{1, 2, 3}, {4, 5, 6}};
  const std::array<std::array<double, 3>, 2> array_of_arrays{{{1, 2, 3}, {4, 5, 6}}};
  const std::array<double, 6> array{1, 2, 3, 4, 5, 6};
  const std::vector<double> vector{1, 2, 3, 4, 5, 6};
  const std::span<const double, 6> fixed_span(array);
  const std::span<const double> span(vector);
  const matrix<double, 2, 3> value{1, 2, 3, 4, 5, 6};
  const matrix_view<const double, 2, 3> view(array.data());
  const matrix<double, 2> expected{-2, -2};
  const auto check = [&](const auto &given) {
    CHECK(product(A = given, x = std::array<double, 3>{1, 0, -1}) == expected);
  };
  check(nested);
  check(array_of_arrays);
  check(array);
  check(vector);
  check(fixed_span);
  check(span);
  check(value);
  check(view);
}

TEST_CASE("products of all shapes") {
  check_all_products<double>();
  check_all_products<float>();
  check_all_products<long double>();
}

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
