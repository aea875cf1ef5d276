// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How the gradient of the first layer shrinks with depth: chains s(w1 ...) of 1 to 20 layers with
// cross-entropy after a sigmoid, all weights 1 or drawn from N(0, 1), and a picture of log10.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;

/// The weight of layer I.
template <std::size_t I>
constexpr variable<fixed_string<4>(
    {'w', static_cast<char>('0' + I / 10), static_cast<char>('0' + I % 10), '\0'})>
    w;

/// Layers First to Depth with the activation.
template <std::size_t First, std::size_t Depth>
constexpr auto layers(auto activation, auto input) {
  if constexpr (First > Depth)
    return input;
  else
    return layers<First + 1, Depth>(activation, activation(w<First> * input));
}

using weights = std::array<double, 21>;

/// |dL/dw1| of a chain of this depth at x = 0.63, y = 1.
template <std::size_t Depth, std::size_t... I>
double first_slope(auto activation, const weights &at, std::index_sequence<I...>) {
  constexpr auto before = layers<1, Depth - 1>(activation, x);
  constexpr auto loss = binary_cross_entropy(sigmoid(w<Depth> * before), y);
  constexpr auto step = compile(partial(loss, w<1>));
  return std::fabs(step((w<I + 1> = at[I + 1])..., x = 0.63, y = 1.0));
}

template <std::size_t Depth>
std::array<double, 3> slopes_of(const weights &at) {
  constexpr auto indices = std::make_index_sequence<Depth>{};
  return {first_slope<Depth>([](auto z) { return sigmoid(z); }, at, indices),
          first_slope<Depth>([](auto z) { return tanh(z); }, at, indices),
          first_slope<Depth>([](auto z) { return relu(z); }, at, indices)};
}

namespace {

constexpr std::size_t depths[] = {1, 2, 3, 5, 10, 20};

auto table(const char *title, const weights &at) {
  const std::array<std::array<double, 3>, 6> rows{slopes_of<1>(at),  slopes_of<2>(at),
                                                  slopes_of<3>(at),  slopes_of<5>(at),
                                                  slopes_of<10>(at), slopes_of<20>(at)};
  std::printf("%s\n%6s %12s %12s %12s   sigmoid: one # for each power of ten below 1\n", title,
              "depth", "sigmoid", "tanh", "relu");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::printf("%6zu %12.3g %12.3g %12.3g   ", depths[i], rows[i][0], rows[i][1], rows[i][2]);
    for (int digit = 0; digit < -std::log10(rows[i][0]); ++digit)
      std::putchar('#');
    std::putchar('\n');
  }
  return rows;
}

} // namespace

int main() {
  weights at;
  at.fill(1);
  const auto ones = table("all weights 1", at);
  expect("3 layers", ones[2][0], 0.011, 0.05);
  expect("10 layers", ones[4][0], 3.17e-7, 0.002);
  expect("20 layers", ones[5][0], 1.04e-13, 0.005);

  // Box and Muller (1958): the same numbers with every standard library
  std::mt19937_64 generator(1);
  const auto uniform = [&] { return (static_cast<double>(generator() >> 11) + 0.5) * 0x1p-53; };
  for (double &weight : at)
    weight = std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
  const auto random = table("weights drawn from N(0, 1)", at);
  if (!(random[5][0] < 1e-12)) {
    ++failures;
    std::puts("20 sigmoid layers with random weights should have lost the gradient");
  }
  return result();
}
