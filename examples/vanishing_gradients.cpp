// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How the gradient of the first layer shrinks with depth: chains of 1 to 20 layers, sigmoid, tanh
// or ReLU inside, a sigmoid at the end, cross-entropy; tables and pictures of |dL/dw1|. All weights
// 1, then the median over 101 starts drawn from N(0, 1). The name of a file makes it an SVG, too.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"
#include "plot.hpp"

#include <algorithm>
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

constexpr std::size_t deepest = 20;
using rows = std::array<std::array<double, 3>, deepest>;

template <std::size_t... I>
rows slopes_by_depth(const weights &at, std::index_sequence<I...>) {
  return {slopes_of<I + 1>(at)...};
}

rows slopes_by_depth(const weights &at) {
  return slopes_by_depth(at, std::make_index_sequence<deepest>{});
}

void table(const char *title, const rows &slopes) {
  std::printf("%s\n%6s %12s %12s %12s\n", title, "depth", "sigmoid", "tanh", "relu");
  for (std::size_t i = 0; i < deepest; ++i)
    std::printf("%6zu %12.3g %12.3g %12.3g\n", i + 1, slopes[i][0], slopes[i][1], slopes[i][2]);
}

picture picture_of(const char *title, const rows &slopes) {
  picture result{
      title, "layers", "|dL/dw1|", true, {{"sigmoid", {}, {}}, {"tanh", {}, {}}, {"relu", {}, {}}}};
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < deepest; ++i) {
      result.curves[k].x.push_back(static_cast<double>(i + 1));
      result.curves[k].y.push_back(slopes[i][k]);
    }
  return result;
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  weights at;
  at.fill(1);
  const rows ones = slopes_by_depth(at);
  table("|dL/dw1|, all weights 1", ones);
  std::puts("the same of sigmoid, in more digits");
  expect("1 layer", ones[0][0], 0.2189316388185709838554);
  expect("2 layers", ones[1][0], 0.04891614977708686769709);
  expect("3 layers", ones[2][0], 0.01097773638726528782198);
  expect("5 layers", ones[4][0], 0.0005540951654305665901322);
  expect("10 layers", ones[9][0], 3.174195701799815053369e-7);
  expect("20 layers", ones[19][0], 1.041713895868485672468e-13);

  // Box and Muller (1958): the same numbers with every standard library
  std::mt19937_64 generator(1);
  const auto uniform = [&] { return (static_cast<double>(generator() >> 11) + 0.5) * 0x1p-53; };
  std::array<rows, 101> starts;
  for (rows &start : starts) {
    for (double &weight : at) {
      const double radius = std::sqrt(-2 * std::log(uniform()));
      weight = radius * std::cos(2 * std::numbers::pi * uniform());
    }
    start = slopes_by_depth(at);
  }
  rows medians;
  for (std::size_t i = 0; i < deepest; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      std::array<double, 101> sample;
      for (std::size_t n = 0; n < sample.size(); ++n)
        sample[n] = starts[n][i][k];
      std::nth_element(sample.begin(), sample.begin() + 50, sample.end());
      medians[i][k] = sample[50];
    }
  table("|dL/dw1|, median over 101 starts from N(0, 1)", medians);
  std::puts("how many of the 101 have a ReLU gradient that is not 0, by depth: each layer needs an "
            "input above 0");
  for (std::size_t i = 0; i < deepest; ++i) {
    const auto alive = std::count_if(starts.begin(), starts.end(),
                                     [i](const rows &start) { return start[i][2] > 0; });
    std::printf(" %td%s", alive, i + 1 == deepest ? "\n" : "");
  }
  const bool drawn =
      draw(count, values,
           {picture_of("all weights 1", ones), picture_of("weights from N(0, 1)", medians)});
  check("drawn", drawn, 1, 0);
  // each layer passes on |w| s' <= |w| / 4, and the median of |w| is 0.67
  check("sigmoid lost", medians[19][0] < 1e-12, 1, 0);
  check("tanh kept", medians[19][1] > 1e-9, 1, 0);
  return result();
}
