// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A long short-term memory of 32 units learns a sentence by heart: it reads a hundred characters
// and says which comes next at each; then it writes on its own, one step of its cell for each
// character. The loop over the characters is a part of the expression, so that the compiler derives
// the sweep back through time.
#include <chainrule/chainrule.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "adam.hpp"

using namespace chainrule;

namespace {

constexpr std::string_view text =
    "the chain rule says how a small change of a weight travels through "
    "all layers to the loss at the end ";
constexpr int length = static_cast<int>(text.size()) - 1; // of each, the next is known
constexpr std::string_view alphabet = " abcdefghijklmnopqrstuvwxyz";
constexpr int letters = static_cast<int>(alphabet.size());
constexpr int units = 32;

constexpr auto memory = lstm<"memory", letters, units>();
constexpr auto voice = dense<"voice", units, letters>(linear);
constexpr auto model = sequential(memory, voice);

// reading: labels of the characters, and of those that come next
constexpr variable<"X", 1, length> X;
constexpr variable<"Y", 1, length> Y;
constexpr auto loss = mean(softmax_cross_entropy(model(one_hot<letters>(X)), one_hot<letters>(Y)));
constexpr auto learn = compile(loss, gradient(loss, model));

// writing: one step from what was written last
constexpr variable<"last"> last;
constexpr auto next =
    lstm_cell(memory.W, memory.U, memory.b, one_hot<letters>(last), memory.h, memory.c);
constexpr auto write = compile(next.hidden, next.cell, voice(next.hidden));

double label(char letter) { return static_cast<double>(alphabet.find(letter)); }

/// What is written after a beginning, always the likeliest letter.
std::string written(const auto &theta, std::string_view beginning, std::size_t size) {
  std::string result(beginning);
  matrix<double, units> h{}, c{};
  for (std::size_t i = 0; i < size; ++i) {
    const auto [hidden, cell, scores] =
        write(theta, last = label(result[i]), memory.h = h, memory.c = c);
    h = hidden, c = cell;
    if (i + 1 < result.size())
      continue;
    int best = 0;
    for (int k = 1; k < letters; ++k)
      best = scores(k, 0) > scores(best, 0) ? k : best;
    result += alphabet[static_cast<std::size_t>(best)];
  }
  return result;
}

} // namespace

int main() {
  auto theta = parameters<double>(model);
  glorot(theta, 1);
  std::array<double, length> characters, following;
  for (std::size_t i = 0; i < length; ++i)
    characters[i] = label(text[i]), following[i] = label(text[i + 1]);

  adam<decltype(theta)> optimizer;
  double error = 0;
  std::puts("epoch    loss  what it writes after \"the ch\"");
  for (int epoch = 0; epoch <= 160; ++epoch) {
    const auto [value, slope] = learn(theta, X = characters, Y = following);
    error = value;
    if (epoch % 40 == 0)
      std::printf("%5d  %.4f  %s\n", epoch, value, written(theta, "the ch", 60).c_str());
    optimizer.step(theta, slope);
  }
  const bool knows = written(theta, "the ch", length).substr(0, length) == text.substr(0, length);
  std::printf("%s by heart, %zu weights, %zu kB of workspace\n", knows ? "known" : "not known",
              theta.size(), learn.workspace_bytes / 1024);
  return knows && error < 0.05 ? 0 : 1;
}
