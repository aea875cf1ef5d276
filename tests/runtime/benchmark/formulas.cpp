// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every way of benchmark() runs what formulas are made of: numbers and literals, choices, functions
// that tapes lack, matrices, recurrences. That all gradients agree is said by the compiled function
// and central differences, which know nothing of tapes.
#include <chainrule/benchmark.hpp>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w"> w;
constexpr variable<"b"> b;
constexpr variable<"X", 3, 4> X;
constexpr variable<"W", 2, 3> W;
constexpr variable<"v", 2> v;
constexpr variable<"U", 2, 2> U;
constexpr variable<"h0", 2> h0;
constexpr variable<"h", 2> h;
constexpr variable<"u", 3> u;

constexpr benchmark_options once{.seconds = 0, .rounds = 1};

constexpr matrix<double, 3, 4> samples{0.3,  -0.2, 0.7, 1.1, -0.4, 0.5,
                                       -0.6, 0.2,  0.9, 0.1, -0.8, 0.4};
constexpr matrix<double, 2, 3> weights{0.5, -0.3, 0.2, 0.7, 0.4, -0.6};

/// Whether all ways were timed, and to the same gradient.
void check(const benchmark_result &result) {
  CHECK(result.rows.size() >= 4);
  for (const benchmark_row &row : result) {
    INFO(row.name << ": " << row.remark);
    CHECK(row.remark.empty());
    CHECK(row.difference < 1e-4);
    CHECK(row.nanoseconds > 0);
  }
  CHECK(result.agrees());
}

} // namespace

TEST_CASE("numbers and literals") {
  constexpr auto f =
      square(0.5_c * w * x - y) / (1_c + exp(-b)) + pow(w, 3_c) * sqrt(b) - log(b) / 3_c;
  check(benchmark(f, gradient(f, w, b), at(w = 0.8, b = 1.7, x = 0.6, y = -0.4), once));
}

TEST_CASE("choices") {
  constexpr auto f = select(w > x && b > 0_c, w * b, w - b) + max(w * x, b) + min(w, b) +
                     relu(w - b) * relu(b - w + 3_c) + abs(b) * clamp(w, 0_c, 1_c) + w * b;
  check(benchmark(f, gradient(f, w, b), at(w = 0.8, b = 0.3, x = 0.6), once));
}

TEST_CASE("functions that few tapes have") {
  constexpr auto f = lgamma(w) + erf(b) * normal_cdf(w) + softplus(w * b) + sigmoid(b) * tanh(w) +
                     atan2(w, b) + hypot(w, b) + logaddexp(w, b) + gelu(w) + sin(w) * cos(b) +
                     xlogy(w, b) + cbrt(w) + expm1(b) * log1p(w);
  check(benchmark(f, gradient(f, w, b), at(w = 0.8, b = 1.3), once));
}

TEST_CASE("matrices, of which some depend on no parameter") {
  constexpr auto Z = W * (X * 2_c) + v;
  constexpr auto f = mean(softmax_cross_entropy(tanh(Z), one_hot<2>(beside(0_c, 1_c, 1_c, 0_c)))) +
                     sum(square(W)) / 10_c + norm(v) + sum(transpose(W) * v) +
                     dot(rows_of<0, 1>(W * X), rows_of<1, 1>(X));
  check(benchmark(f, gradient(f, W, v), at(W = weights, v = std::array{0.2, -0.7}, X = samples),
                  once));
}

TEST_CASE("recurrences") {
  constexpr auto next = tanh(W * u + U * h + v);
  constexpr auto f = sum(square(fold(next, h = h0, u = X))) + sum(scan(next, h = h0, u = X)) +
                     iterate<5>(y + 0.1_c * b * sin(y), y = w);
  const auto where =
      at(W = weights, v = std::array{0.2, -0.7}, X = samples, U = std::array{0.3, -0.2, 0.5, 0.1},
         h0 = std::array{0.0, 0.1}, w = 0.4, b = 0.9);
  check(benchmark(f, gradient(f, W, U, v, b), where, once));
  // here the initial state is what depends on a parameter, and a sequence is one
  check(benchmark(f, gradient(f, h0, w, X), where, once));
}
