// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Convolutions and pooling against loops over elements, slopes by the check, and what they are in
// recurrences and models. Slopes by differences: derivative/convolutions.cpp.

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr int channels = 2, outputs = 3, times = 7, height = 4, width = 5;
constexpr variable<"X", channels, times> X;
constexpr variable<"W", outputs, channels * 3> W;
constexpr variable<"I", channels, height * width> I;
constexpr variable<"K", outputs, channels * 6> K; // windows of 2 x 3

template <std::size_t Size, class T = double>
std::array<T, Size> numbers(double seed) {
  std::array<T, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = T(0.8 * std::sin(seed + 2.3 * double(i)));
  return result;
}
const auto in_X = numbers<channels * times>(0.2);
const auto in_W = numbers<outputs * channels * 3>(1.1);
const auto in_I = numbers<channels * height * width>(0.7);
const auto in_K = numbers<outputs * channels * 6>(2.9);

/// An image of channels, and what it is outside.
template <class T>
struct image {
  const T *pixels;
  int rows, columns;
  T at(int channel, int i, int j) const {
    const bool is_in = 0 <= i && i < rows && 0 <= j && j < columns;
    return is_in ? pixels[(channel * rows + i) * columns + j] : T(0);
  }
};

/// The convolution by its definition: zeros before and after count as in PyTorch.
template <class T>
std::vector<T> convolved(const image<T> &of, const T *kernel, int down, int across, sliding how,
                         std::array<int, 2> before, std::array<int, 2> after) {
  std::vector<T> result;
  const int last_row = of.rows + after[0] - how.dilation * (down - 1);
  const int last_column = of.columns + after[1] - how.dilation * (across - 1);
  for (int o = 0; o < outputs; ++o)
    for (int i = -before[0]; i < last_row; i += how.stride)
      for (int j = -before[1]; j < last_column; j += how.stride) {
        T sum(0);
        for (int c = 0; c < channels; ++c)
          for (int k = 0; k < down; ++k)
            for (int l = 0; l < across; ++l)
              sum += kernel[((o * channels + c) * down + k) * across + l] *
                     of.at(c, i + k * how.dilation, j + l * how.dilation);
        result.push_back(sum);
      }
  return result;
}

template <class T>
double worst_difference(const auto &found, const std::vector<T> &expected) {
  if (std::size_t(found.size()) != expected.size())
    return 1e9;
  double worst = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    worst = std::fmax(worst, std::abs(double(found.data()[i] - expected[i])));
  return worst;
}

template <sliding How>
void check_conv1d(int before, int after) {
  constexpr auto f = conv1d<How>(W, X);
  const auto expected =
      convolved<double>({in_X.data(), 1, times}, in_W.data(), 1, 3, How, {0, before}, {0, after});
  CHECK(worst_difference(compile(f)(W = in_W, X = in_X), expected) < 1e-15);
  const auto float_X = numbers<channels * times, float>(0.2);
  const auto float_W = numbers<outputs * channels * 3, float>(1.1);
  CHECK(worst_difference(compile(f)(W = float_W, X = float_X),
                         convolved<float>({float_X.data(), 1, times}, float_W.data(), 1, 3, How,
                                          {0, before}, {0, after})) < 1e-6);
  CHECK(gradient_is_right(sum(sin(f)), at(W = in_W, X = in_X)));
}

template <sliding How>
void check_conv2d(std::array<int, 2> before, std::array<int, 2> after) {
  constexpr auto f = conv2d<height, width, 2, 3, How>(K, I);
  const auto expected =
      convolved<double>({in_I.data(), height, width}, in_K.data(), 2, 3, How, before, after);
  CHECK(worst_difference(compile(f)(K = in_K, I = in_I), expected) < 1e-15);
  CHECK(gradient_is_right(sum(sin(f)), at(K = in_K, I = in_I)));
}

/// The windows of an image of one channel after another, each joined.
std::vector<double> pooled(const image<double> &of, int down, int across, int stride_down,
                           int stride_across, auto join) {
  std::vector<double> result;
  for (int c = 0; c < channels; ++c)
    for (int i = 0; i + down <= of.rows; i += stride_down)
      for (int j = 0; j + across <= of.columns; j += stride_across) {
        std::vector<double> window;
        for (int k = 0; k < down * across; ++k)
          window.push_back(of.at(c, i + k / across, j + k % across));
        result.push_back(join(window));
      }
  return result;
}
double largest(const std::vector<double> &of) {
  double result = of[0];
  for (const double each : of)
    result = std::fmax(result, each);
  return result;
}
double average(const std::vector<double> &of) {
  double result = 0;
  for (const double each : of)
    result += each / double(of.size());
  return result;
}

} // namespace

TEST_CASE("convolutions of sequences") {
  check_conv1d<sliding{}>(0, 0);
  check_conv1d<sliding{.stride = 2}>(0, 0);
  check_conv1d<sliding{.dilation = 3}>(0, 0);
  check_conv1d<sliding{.padding = 2}>(2, 2);
  check_conv1d<sliding{.stride = 3, .dilation = 2, .padding = 5}>(5, 5);
  check_conv1d<sliding{.padding = sliding::causal}>(2, 0);
  check_conv1d<sliding{.dilation = 4, .padding = sliding::causal}>(8, 0);
  check_conv1d<sliding{.padding = sliding::same}>(1, 1);
  check_conv1d<sliding{.stride = 2, .dilation = 2, .padding = sliding::same}>(2, 2);
  // by hand: 1 1 2 3 5 with the weights 1 10 100, which are not turned around
  constexpr variable<"x", 1, 5> x;
  constexpr variable<"w", 1, 3> w;
  const auto plain = compile(conv1d(w, x))(w = std::array{1.0, 10.0, 100.0},
                                           x = std::array{1.0, 1.0, 2.0, 3.0, 5.0});
  CHECK((plain.columns() == 3 && plain(0, 0) == 211 && plain(0, 1) == 321 && plain(0, 2) == 532));
  // of a window of one element only the channels are mixed
  constexpr variable<"V", 4, channels> V;
  static_assert(conv1d(V, X) == V * X);
}

TEST_CASE("what is causal depends on nothing later") {
  constexpr auto f = conv1d<sliding{.dilation = 2, .padding = sliding::causal}>(W, X);
  for (int t = 0; t < times; ++t) {
    auto other = in_X;
    for (int c = 0; c < channels; ++c)
      for (int later = t + 1; later < times; ++later)
        other[std::size_t(c * times + later)] += 1;
    const auto step = compile(f);
    const auto one = step(W = in_W, X = in_X), two = step(W = in_W, X = other);
    for (int o = 0; o < outputs; ++o)
      CHECK(one(o, t) == two(o, t));
  }
}

TEST_CASE("convolutions of images") {
  check_conv2d<sliding{}>({0, 0}, {0, 0});
  check_conv2d<sliding{.stride = 2}>({0, 0}, {0, 0});
  check_conv2d<sliding{.dilation = 2}>({0, 0}, {0, 0});
  check_conv2d<sliding{.padding = 1}>({1, 1}, {1, 1});
  check_conv2d<sliding{.stride = 2, .dilation = 2, .padding = 3}>({3, 3}, {3, 3});
  check_conv2d<sliding{.padding = sliding::same}>({0, 1}, {1, 1});
}

TEST_CASE("largest and means of windows") {
  const image<double> sequence{in_X.data(), 1, times}, picture{in_I.data(), height, width};
  const auto [two, overlapping, means] =
      compile(max_pool<2>(X), max_pool<3, 1>(X), average_pool<3, 2>(X))(X = in_X);
  CHECK(two.columns() == 3);
  CHECK(worst_difference(two, pooled(sequence, 1, 2, 1, 2, largest)) == 0);
  CHECK(worst_difference(overlapping, pooled(sequence, 1, 3, 1, 1, largest)) == 0);
  CHECK(worst_difference(means, pooled(sequence, 1, 3, 1, 2, average)) < 1e-15);
  const auto [blocks, sliding_blocks, block_means] =
      compile(max_pool<height, width, 2, 2>(I), max_pool<height, width, 3, 2, 1, 1>(I),
              average_pool<height, width, 2, 3, 1, 2>(I))(I = in_I);
  CHECK((blocks.rows() == channels && blocks.columns() == 4));
  CHECK(worst_difference(blocks, pooled(picture, 2, 2, 2, 2, largest)) == 0);
  CHECK(worst_difference(sliding_blocks, pooled(picture, 3, 2, 1, 1, largest)) == 0);
  CHECK(worst_difference(block_means, pooled(picture, 2, 3, 1, 2, average)) < 1e-15);
  // equal largest elements share the slope
  constexpr variable<"x", 1, 4> x;
  const auto slope = compile(partial(sum(max_pool<4>(x)), x))(x = std::array{1.0, 3.0, 2.0, 3.0});
  CHECK((slope(0, 0) == 0 && slope(0, 1) == 0.5 && slope(0, 2) == 0 && slope(0, 3) == 0.5));
  CHECK(gradient_is_right(sum(max_pool<4>(x)) * mean(x), at(x = std::array{1.0, 3.0, 2.0, 3.0})));
}

TEST_CASE("convolutions in recurrences and of batches") {
  // a network of images is a body: each image of a batch is a block of columns
  constexpr variable<"image", channels, height * width> image;
  constexpr variable<"batch", channels, 3 * height * width> batch;
  constexpr auto network = max_pool<3, 3, 2, 2, 1, 1>(conv2d<height, width, 2, 3>(K, image));
  constexpr auto all = map_columns(network, image = batch);
  const auto in_batch = numbers<channels * 3 * height * width>(0.3);
  const auto found = compile(all)(K = in_K, batch = in_batch);
  REQUIRE(found.columns() == 12);
  for (int b = 0; b < 3; ++b) {
    std::array<double, channels * height * width> one{};
    for (int i = 0; i < channels * height * width; ++i)
      one[std::size_t(i)] = in_batch[std::size_t((i / 20 * 3 + b) * 20 + i % 20)];
    const auto expected = compile(network)(K = in_K, image = one);
    for (int o = 0; o < outputs; ++o)
      for (int j = 0; j < 4; ++j)
        CHECK(found(o, 4 * b + j) == expected(o, j));
  }
  CHECK(gradient_is_right(squared_norm(all), at(K = in_K, batch = in_batch)));
  // a state that is convolved in each step
  constexpr variable<"state", channels, 6> state;
  constexpr variable<"V", channels, 3 * channels> V;
  constexpr auto wave =
      iterate<4>(tanh(state + conv1d<sliding{.padding = sliding::same}>(V, state)),
                 state = columns_of<0, 6>(X));
  CHECK(gradient_is_right(squared_norm(wave), at(V = numbers<12>(0.4), X = in_X)));
  CHECK(gradient_is_right(squared_norm(partial(squared_norm(wave), V)),
                          at(V = numbers<12>(0.4), X = in_X)));
}

TEST_CASE("what is proved of convolutions, and how they are printed") {
  constexpr variable<"Y", channels, times> Y;
  static_assert(conv1d(W, X + 2_c * Y) == conv1d(W, X) + 2_c * conv1d(W, Y));
  static_assert(!(conv1d<sliding{.stride = 2}>(W, X) == 2_c * conv1d<sliding{.stride = 2}>(W, X)));
  static_assert(average_pool<2>(X + Y) == average_pool<2>(X) + average_pool<2>(Y));
  static_assert(to_string(conv1d<sliding{.dilation = 2, .padding = sliding::causal}>(W, X)) ==
                "W * windows(X, 3, 1, 2, 4, 7)");
  static_assert(
      to_string(partial(sum(exp(conv1d(W, X))), X)) ==
      "window_sums(transpose(W) * exp(W * windows(X, 3, 1, 1, 0, 5)), 2, 7, 3, 1, 1, 0, 5)");
}

TEST_CASE("a model of convolutions learns which way lines run") {
  // images of 6 x 6 with a line down or across
  constexpr auto first = conv2d<"c", 1, 4, 6, 6, 3, 3, sliding{.padding = 1}>(
      [](auto z) { return reshape<36, 1>(max_pool<6, 6, 2, 2>(relu(z))); });
  constexpr auto model = sequential(first, dense<"out", 36, 1>(linear));
  constexpr variable<"picture", 1, 36> picture;
  constexpr variable<"label"> label;
  constexpr auto loss = binary_cross_entropy_with_logits(model(picture), label);
  constexpr auto step = compile(loss, gradient(loss, model));
  auto theta = parameters<double>(model);
  static_assert(theta.count == 4 * 9 + 4 + 36 + 1);
  glorot(theta, 3);
  double last = 0;
  for (int round = 0; round < 400; ++round) {
    last = 0;
    for (int line = 0; line < 12; ++line) {
      std::array<double, 36> pixels{};
      for (int i = 0; i < 6; ++i)
        pixels[std::size_t(line < 6 ? 6 * i + line : 6 * (line - 6) + i)] = 1;
      const auto [value, slope] = step(theta, picture = pixels, label = line < 6 ? 1.0 : 0.0);
      theta.descend(slope, 0.1);
      last = std::fmax(last, value);
    }
  }
  CHECK(last < 0.1);
  // layers of sequences, of words
  constexpr variable<"words", 1, 8> words;
  constexpr auto reader = sequential(
      embedding<"e", 5, 2>(),
      conv1d<"d", 2, 3, 3, sliding{.padding = sliding::causal}>([](auto z) { return tanh(z); }));
  auto weights = parameters<double>(reader);
  static_assert(weights.count == 2 * 5 + 3 * 6 + 3);
  glorot(weights, 1);
  CHECK(gradient_is_right(squared_norm(reader(words)),
                          at(weights, words = std::array{0.0, 3.0, 1.0, 1.0, 4.0, 2.0, 0.0, 1.0})));
}
