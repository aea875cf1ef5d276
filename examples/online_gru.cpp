// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A gated recurrent unit learns while it listens: it says what comes next in a signal, and after
// every 16 samples makes one step by what flowed back through these, no further. Its state is
// carried over. Midway the signal obeys another law: the one that goes on learning finds it, beside
// a copy that has stopped.
#include <chainrule/chainrule.hpp>

#include "adam.hpp"
#include "expect.hpp"
#include "plot.hpp"

using namespace chainrule;

namespace {

constexpr int window = 16;
constexpr int windows = 2400;
constexpr int units = 12;

constexpr auto cell = gru<"cell", 1, units>();
constexpr auto voice = dense<"voice", units, 1>(linear);
constexpr auto model = sequential(cell, voice);

constexpr variable<"start", units> start;
constexpr variable<"X", 1, window> X;
constexpr variable<"Y", 1, window> Y; // what follows each
constexpr auto states = cell(X, start);
constexpr auto loss = mean_squared_error(voice(states), Y);
constexpr auto last = columns_of<window - 1, 1>(states);
constexpr auto listen = compile(loss, gradient(loss, model), last);

/// Two waves, whose frequencies and shares change in the middle.
double signal(int sample) {
  const double t = sample;
  return sample < window * windows / 2 ? 0.7 * std::sin(0.3 * t) + 0.3 * std::sin(0.71 * t)
                                       : 0.4 * std::sin(0.45 * t) - 0.6 * std::sin(1.1 * t);
}

/// One that listens, its state and its errors, each the mean of 40 windows.
struct listener {
  decltype(parameters<double>(model)) theta{};
  adam<decltype(theta)> optimizer{.rate = 0.005};
  matrix<double, units> state{};
  curve errors;
  double sum = 0;

  void hear(int number, bool learns) {
    matrix<double, 1, window> here{}, following{};
    for (int i = 0; i < window; ++i) {
      here(i) = signal(window * number + i);
      following(i) = signal(window * number + i + 1);
    }
    const auto [error, slope, after] = listen(theta, start = state, X = here, Y = following);
    state = after;
    if (learns)
      optimizer.step(theta, slope);
    sum += error / 40;
    if (number % 40 == 39) {
      errors.x.push_back(window * (number + 1));
      errors.y.push_back(std::sqrt(sum));
      sum = 0;
    }
  }
};

} // namespace

int main(int count, char **values) {
  begin(count, values);
  listener learning;
  glorot(learning.theta, 1);
  learning.errors.name = "learning";
  for (int i = 0; i < windows / 2; ++i)
    learning.hear(i, true);
  listener stopped = learning;
  stopped.errors = {"stopped", {}, {}};
  for (int i = windows / 2; i < windows; ++i) {
    learning.hear(i, true);
    stopped.hear(i, false);
  }
  print({"a signal whose law changes midway",
         "samples heard",
         "error of what is said to come next",
         true,
         {stopped.errors, learning.errors}});

  const auto &found = learning.errors.y;
  const std::size_t middle = found.size() / 2;
  const double before = found[middle - 2], changed = found[middle], after = found.back();
  const double without = stopped.errors.y.back();
  std::printf(
      "error before the change %.4f, after it %.4f, at the end %.4f, without learning %.4f\n",
      before, changed, after, without);
  check("learned", before < 0.05 && after < 0.05 && changed > 2 * before && without > 5 * after, 1);
  return result();
}
