// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The table of docs/guide.md: what a function and its derivative cost for each of 1024 elements,
// the least of 200 runs.
//   g++ -std=c++20 -O2 -Iinclude benchmarks/functions.cpp -o functions && ./functions
#include <chainrule/chainrule.hpp>
#include <chainrule/fast_tanh.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace chainrule;

namespace {

constexpr std::size_t size = 1024;
constexpr variable<"x", size> x;
constexpr variable<"weight", size> weight;
constexpr variable<"t"> t;

template <class Scalar, class Step>
double nanoseconds(const Step &step) {
  std::vector<Scalar> at(size), weights(size, Scalar(1)), value(size), slope(size);
  for (std::size_t i = 0; i < size; ++i)
    at[i] = Scalar(0.001 + 0.0015 * static_cast<double>(i));
  double least = 1e9;
  for (int run = 0; run < 200; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    step.into(value, slope)(x = at, weight = weights);
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
    least = std::min(least, time.count() / size);
  }
  return least;
}

template <class F>
void report(const char *name, F f) {
  constexpr auto one = cost(compile(F{}(t), partial(F{}(t), t)));
  const auto step = compile(f(x), partial(dot(f(x), weight), x));
  std::printf("| `%s` | %lld | %lld | %.2f | %.2f |\n", name,
              static_cast<long long>(one.operations), static_cast<long long>(one.transcendentals),
              nanoseconds<float>(step), nanoseconds<double>(step));
}

} // namespace

int main() {
  std::puts("| | operations | of them `exp`, `log`, ... | ns, `float` | ns, `double` |");
  std::puts("|---|---|---|---|---|");
#define REPORT(function) report(#function, [](auto z) { return function(z); })
  REPORT(relu);
  REPORT(leaky_relu);
  REPORT(hard_tanh);
  REPORT(softsign);
  REPORT(exp);
  REPORT(sigmoid);
  REPORT(log);
  REPORT(silu);
  REPORT(fast_tanh);
  REPORT(sqrt);
  REPORT(tanh);
  REPORT(gelu_tanh);
  REPORT(elu);
  REPORT(softplus);
  REPORT(erf);
  REPORT(sin);
  REPORT(mish);
  REPORT(lgamma);
  REPORT(normal_cdf);
  REPORT(gelu);
#undef REPORT
}
