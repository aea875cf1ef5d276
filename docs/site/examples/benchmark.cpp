// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/benchmark.hpp>

#include <cmath>

using namespace chainrule;

namespace {

constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr auto loss = square(tanh(w * x) - 1_c);

// -- benchmark
[[maybe_unused]] std::string table() {
  return to_string(benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.5)));
}

// -- against
[[maybe_unused]] std::string beside_code_by_hand() {
  const auto by_hand = [](const auto &p, double *slopes) {
    const double t = std::tanh(p[w] * p[x]);
    slopes[0] = 2 * (t - 1) * (1 - t * t) * p[x];
    return (t - 1) * (t - 1);
  };
  return to_string(
      benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.5), against("by hand", by_hand)));
}

// -- benchmark_options
[[maybe_unused]] std::string in_a_tenth_of_a_second() {
  return to_string(benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.5),
                             benchmark_options{.seconds = 0.1, .rounds = 3}));
}

// -- benchmark_result
[[maybe_unused]] bool all_agree() {
  return benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.5)).agrees();
}

// -- benchmark_row
[[maybe_unused]] double nanoseconds_of(const benchmark_row &row) { return row.nanoseconds; }

// -- to_string
[[maybe_unused]] std::string text_of(const benchmark_result &result) { return to_string(result); }

} // namespace
