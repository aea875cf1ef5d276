// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Slopes of convolutions by differences in 50 digits, second derivatives by their formula.

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>

#include "catch.hpp"
#include "differences.hpp"

using namespace chainrule;

namespace {

constexpr int channels = 2, outputs = 3, times = 7;
constexpr variable<"X", channels, times> X;
constexpr variable<"W", outputs, channels * 3> W;
constexpr variable<"I", channels, 20> I;
constexpr variable<"K", outputs, channels * 6> K;

template <std::size_t Size>
std::array<double, Size> numbers(double seed) {
  std::array<double, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = 0.8 * std::sin(seed + 2.3 * double(i));
  return result;
}
const auto in_X = numbers<channels * times>(0.2);
const auto in_W = numbers<outputs * channels * 3>(1.1);
const auto in_I = numbers<channels * 20>(0.7);
const auto in_K = numbers<outputs * channels * 6>(2.9);

} // namespace

TEST_CASE("slopes of convolutions, to the third order") {
  constexpr auto inner = tanh(conv1d<sliding{.padding = sliding::same}>(W, X));
  constexpr auto f = sum(square(average_pool<2>(inner))) + sum(exp(max_pool<3, 2>(inner)));
  const auto step = compile(f, gradient(f, W, X));
  const auto [value, slope] = step(W = in_W, X = in_X);
  std::array<double, 18 + 14> all{};
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = i < 18 ? in_W[i] : in_X[i - 18];
  CHECK(differences::worst_error(slope.values, all, [&](const auto &at) {
          std::array<differences::wide, 18> weights{};
          std::array<differences::wide, 14> inputs{};
          for (std::size_t i = 0; i < 18; ++i)
            weights[i] = at[i];
          for (std::size_t i = 0; i < 14; ++i)
            inputs[i] = at[18 + i];
          return std::get<0>(step(W = weights, X = inputs));
        }) < 1e-13);
  CHECK(gradient_is_right(squared_norm(partial(f, W)), at(W = in_W, X = in_X)));
  CHECK(gradient_is_right(squared_norm(partial(sum(exp(conv2d<4, 5, 2, 3>(K, I))), I)),
                          at(K = in_K, I = in_I)));
  // d^2 of a sum of exponentials of sums: W_i W_j e^y, summed over the places
  constexpr auto g = sum(exp(conv1d(W, X)));
  const auto curvature = compile(hessian(g, X))(W = in_W, X = in_X);
  std::array<double, 15> y{};
  for (std::size_t o = 0; o < 3; ++o)
    for (std::size_t t = 0; t < 5; ++t)
      for (std::size_t k = 0; k < 6; ++k)
        y[5 * o + t] += in_W[6 * o + k] * in_X[k / 3 * 7 + t + k % 3];
  for (int a = 0; a < 14; ++a)
    for (int b = 0; b < 14; ++b) {
      double expected = 0;
      for (int o = 0; o < outputs; ++o)
        for (int t = 0; t < 5; ++t) {
          const int k = a % times - t, l = b % times - t;
          if (0 <= k && k < 3 && 0 <= l && l < 3)
            expected += in_W[std::size_t(6 * o + 3 * (a / times) + k)] *
                        in_W[std::size_t(6 * o + 3 * (b / times) + l)] *
                        std::exp(y[std::size_t(5 * o + t)]);
        }
      CHECK(std::abs(curvature(a, b) - expected) < 1e-13);
    }
}
