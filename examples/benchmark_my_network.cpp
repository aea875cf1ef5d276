// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A network of one's own beside tapes, forward mode, differences and loops written by hand: a batch
// of 16 samples through 4 - 8 - 1, and a small recurrent net. How long it may take is an argument:
// benchmark_my_network 5 for five seconds each.
#include <chainrule/benchmark.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"X", 4, 16> X; // a column is a sample
constexpr variable<"y", 1, 16> y;
constexpr variable<"W", 8, 4> W;
constexpr variable<"b", 8> b;
constexpr variable<"v", 1, 8> v;

constexpr auto loss = mean_squared_error(v * tanh(W * X + b), y);

/// The same by hand: the value, and the slopes of W, b and v one after another.
double loops(const auto &at, double *slopes) {
  double *const by_W = slopes, *const by_b = slopes + 32, *const by_v = slopes + 40;
  std::fill_n(slopes, 48, 0.0);
  double total = 0;
  for (int sample = 0; sample < 16; ++sample) {
    double hidden[8], output = 0;
    for (int i = 0; i < 8; ++i) {
      double z = at[b](i);
      for (int j = 0; j < 4; ++j)
        z += at[W](i, j) * at[X](j, sample);
      hidden[i] = std::tanh(z);
      output += at[v](i) * hidden[i];
    }
    const double error = output - at[y](sample);
    total += error * error / 16;
    for (int i = 0; i < 8; ++i) {
      by_v[i] += error * hidden[i] / 8;
      const double flow = error / 8 * at[v](i) * (1 - hidden[i] * hidden[i]);
      by_b[i] += flow;
      for (int j = 0; j < 4; ++j)
        by_W[4 * i + j] += flow * at[X](j, sample);
    }
  }
  return total;
}

void show(const char *title, const benchmark_result &result) {
  std::printf("%s\n%s\n", title, to_string(result).c_str());
  failures += result.agrees() ? 0 : 1;
}

} // namespace

int main(int count, char **arguments) {
  const benchmark_options options{.seconds = count > 1 ? std::atof(arguments[1]) : 1.0};

  auto theta = parameters<double>(W, b, v);
  glorot(theta, 1);
  matrix<double, 4, 16> samples{};
  matrix<double, 1, 16> labels{};
  for (int sample = 0; sample < 16; ++sample) {
    for (int i = 0; i < 4; ++i)
      samples(i, sample) = std::sin(1.0 + 3 * sample + i);
    labels(sample) = std::cos(2.0 * sample);
  }
  show("a batch of 16 through 4 - 8 - 1",
       benchmark(loss, gradient(loss, W, b, v), at(theta, X = samples, y = labels),
                 against("loops by hand",
                         [](const auto &at, double *slopes) { return loops(at, slopes); }),
                 options));

  // A state of two numbers, which sees the samples one after another.
  constexpr variable<"A", 2, 4> A;
  constexpr variable<"U", 2, 2> U;
  constexpr variable<"h", 2> h;
  constexpr variable<"x", 4> x;
  constexpr auto last = fold(tanh(A * x + U * h), h = 0_c, x = X);
  constexpr auto distance = squared_norm(last);
  show("16 steps of a recurrent net",
       benchmark(distance, gradient(distance, A, U),
                 at(A = std::array{0.3, -0.2, 0.1, 0.4, 0.2, 0.5, -0.6, 0.1},
                    U = std::array{0.5, -0.3, 0.2, 0.4}, X = samples),
                 options));
  return result();
}
