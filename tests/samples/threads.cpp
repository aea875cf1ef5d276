// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Parts of a data set on several threads, for check.sh: in lanes and one by one, the result is that
// of one thread to the bit.
#include <chainrule/samples.hpp>

#include <cstdio>
#include <thread>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"W", 8, 16> W;
constexpr variable<"v", 16> v;
constexpr variable<"y"> y;

/// A thread for each part, started from the last to the first.
constexpr auto on_threads = [](std::size_t parts, const auto &run) {
  std::vector<std::thread> threads;
  while (parts > 0)
    threads.emplace_back(run, --parts);
  for (std::thread &each : threads)
    each.join();
};
constexpr auto on_this_thread = [](std::size_t parts, const auto &run) {
  for (std::size_t part = 0; part < parts; ++part)
    run(part);
};

template <class T>
bool is_the_same(std::size_t samples) {
  random_numbers random(1);
  std::vector<T> inputs(16 * samples), labels(samples);
  auto theta = parameters<T>(W);
  for (auto *all : {&inputs, &labels})
    for (T &each : *all)
      each = static_cast<T>(random.uniform(-1, 1));
  for (T &each : theta)
    each = static_cast<T>(random.uniform(-1, 1));
  constexpr auto loss = squared_error(sum(tanh(W * v)), y);
  constexpr auto step = compile(loss, gradient(loss, W));
  const auto one =
      mean_over_samples(step, on_this_thread)(theta, v = in_columns(inputs), y = in_rows(labels));
  const auto several =
      mean_over_samples(step, on_threads)(theta, v = in_columns(inputs), y = in_rows(labels));
  if (one != several || std::get<0>(one) != std::get<0>(one))
    std::printf("%zu samples: threads change the result\n", samples);
  return one == several;
}

} // namespace

int main() {
  bool is_right = true;
  for (const std::size_t samples : {1u, 15u, 1000u, 4567u})
    is_right = is_the_same<float>(samples) && is_the_same<double>(samples) && is_right;
  return is_right ? 0 : 1;
}
