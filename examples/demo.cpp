// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The tour: a three-layer network as a C++ expression, the derivatives that the compiler builds,
// what it proves and checks about them, the code's results beside reference values, its cost, and
// the time of a gradient beside an operator-overloading tape.
#include <chainrule/chainrule.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "../benchmarks/workloads_tape.hpp"
#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"w3"> w3;

constexpr auto prediction = sigmoid(w3 * sigmoid(w2 * sigmoid(w1 * x)));
constexpr auto loss = binary_cross_entropy(prediction, y);
constexpr auto step = compile(loss, gradient(loss, w1, w2, w3));

// proved by the compiler, as identities of functions
constexpr auto z = w3 * sigmoid(w2 * sigmoid(w1 * x));
static_assert(partial(sigmoid(x), x) == sigmoid(x) * (1_c - sigmoid(x)));
static_assert(partial(tanh(x), x) == 1_c - square(tanh(x)));
static_assert(partial(loss, z) == sigmoid(z) - y);

// checked by the compiler, against the formula as it is written
static_assert(gradient_is_right(loss, at(w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1.0)));
static_assert(cost(step).transcendentals == 4);

namespace {

void print(const char *name, double value, double reference) {
  const bool right = std::fabs(value - reference) <= 1e-14 * std::fabs(reference);
  failures += right ? 0 : 1;
  std::printf("  %-12s %24.17g %24.17g%s\n", name, value, reference, right ? "" : "   WRONG");
}

/// Nanoseconds per call of f(i), the median of several runs.
template <class Function>
double nanoseconds(Function f) {
  constexpr int calls = 20000;
  std::array<double, 15> runs{};
  double sum = 0;
  for (double &run : runs) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i)
      sum += f(0.25 + 1e-6 * i);
    run =
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
  }
  std::sort(runs.begin(), runs.end());
  [[maybe_unused]] static volatile double keep;
  keep = sum;
  return runs[runs.size() / 2] / calls;
}

} // namespace

int main() {
  std::puts("network");
  show("yhat =", prediction);
  show("L =", loss);

  std::puts("\nderivatives, built and simplified by the compiler");
  show("dL/dw1 =", partial(loss, w1));
  show("dL/dw2 =", partial(loss, w2));
  show("dL/dw3 =", partial(loss, w3));

  std::puts("\nproved by the compiler");
  std::puts("  d sigmoid(x) / dx = sigmoid(x) * (1 - sigmoid(x))");
  std::puts("  d tanh(x) / dx = 1 - square(tanh(x))");
  std::puts("  dL/dz = sigmoid(z) - y, where yhat = sigmoid(z)");
  std::puts("  the gradient agrees with the formula as it is written at the point below");

  const auto [value, slope] = step(w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1.0);
  std::puts("\nat w1 = 0.25, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1");
  std::printf("  %-12s %24s %24s\n", "", "computed", "reference");
  print("L", value, 0.5217252787139592649);
  print("dL/dw1", slope[w1], 0.00136364217271376178509);
  print("dL/dw2", slope[w2], -0.0427113342116138637818);
  print("dL/dw3", slope[w3], -0.197225213915827919184);

  constexpr auto price = cost(step);
  std::printf("\ncost of value and gradient: %lld operations, %lld exponentials, %lld logarithm\n",
              price.operations, price.exponentials, price.transcendentals - price.exponentials);

  tape::recording recording;
  const double ours = nanoseconds([](double a) {
    const auto [v, s] = step(w1 = a, w2 = -0.11, w3 = 0.78, x = 0.63, y = 1.0);
    return v + s[w1] + s[w2] + s[w3];
  });
  const double taped = nanoseconds([](double a) {
    const auto result = tape_workloads::w1({a, -0.11, 0.78, 0.63, 1.0});
    return result.value + result.gradient[0] + result.gradient[1] + result.gradient[2];
  });
  std::puts("\ntime per value and gradient");
  std::printf("  %-22s %7.1f ns\n", "chainrule", ours);
  std::printf("  %-22s %7.1f ns  (%.1f times)\n", "reverse tape", taped, taped / ours);
  return failures == 0 ? 0 : 1;
}
