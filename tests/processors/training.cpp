// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The network of docs/small_processors.md is trained to tell whether most of its four
// inputs are 1, and prints its losses and answers. check.sh compares those of several processors.
#define main main_of_the_page
#include "network.inc"
#undef main

#include <cstdio>

namespace net {

// By the compiler: at run time, random numbers are made in double.
constexpr auto start = [] {
  auto random = parameters<float>(model);
  glorot(random, 1);
  return random;
}();

} // namespace net

namespace {

struct sample {
  float inputs[4];
  float target;
};

sample sample_of(unsigned number) {
  sample result{};
  float ones = 0;
  for (unsigned i = 0; i < 4; ++i) {
    result.inputs[i] = (number >> i & 1u) != 0 ? 1.0f : 0.0f;
    ones += result.inputs[i];
  }
  result.target = ones > 2 ? 1.0f : ones < 2 ? -1.0f : 0.0f;
  return result;
}

} // namespace

int main() {
  net::theta = net::start;
  for (int epoch = 0; epoch <= 400; ++epoch) {
    float loss = 0;
    for (unsigned number = 0; number < 16; ++number) {
      const sample next = sample_of(number);
      loss += learn(next.inputs, next.target, 0.05f);
    }
    if (epoch % 100 == 0)
      std::printf("epoch %d loss %.5f\n", epoch, static_cast<double>(loss / 16));
  }
  for (unsigned number = 0; number < 16; number += 3) {
    const sample next = sample_of(number);
    std::printf("%.0f %.5f\n", static_cast<double>(next.target),
                static_cast<double>(guess(next.inputs)));
  }
}
