// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A 1-25-25-1 tanh network learns sin x from mini-batches of 1, 10, 100 and 1000 samples, shuffled
// before each epoch, at one learning rate: the smaller the batches, the more steps an epoch has.
// The batch is a part of the type of the variables; the parameters are the same for all of them.
#include "expect.hpp"
#include "sine.hpp"

#include <span>
#include <utility>

using namespace chainrule;

namespace {

constexpr auto model = sine::network<2, 25>([](auto z) { return tanh(z); });

constexpr auto judge = compile(sine::error_of(model(sine::x)));

void shuffle(sine::data &points, random_numbers &random) {
  for (int i = sine::samples - 1; i > 0; --i) {
    const int j = static_cast<int>(random.uniform() * (i + 1));
    std::swap(points.inputs(i), points.inputs(j));
    std::swap(points.targets(i), points.targets(j));
  }
}

/// The samples from `first` on as a value for a variable of 1 x Batch, which for 1 x 1 is a number.
template <int Batch>
auto batch_of(const matrix<double, 1, sine::samples> &all, int first) {
  if constexpr (Batch == 1)
    return all(first);
  else
    return std::span<const double, std::size_t{Batch}>(all.data() + first, std::size_t{Batch});
}

/// By hand: after 1, 10 and 50 epochs, computed without the library.
template <int Batch>
void learn(const sine::data &points, const double (&by_hand)[3]) {
  constexpr variable<"inputs", 1, Batch> inputs;
  constexpr variable<"targets", 1, Batch> targets;
  constexpr auto loss = half_squared_error(model(inputs), targets) / literal<Batch>{};
  constexpr auto step = compile(loss, gradient(loss, model));

  const auto theta = sine::started(model, 1);
  const auto shuffled = std::make_unique<sine::data>(points);
  random_numbers random(2);
  double errors[3];
  double *next = errors;
  for (int epoch = 1; epoch <= 50; ++epoch) {
    shuffle(*shuffled, random);
    for (int first = 0; first < sine::samples; first += Batch) {
      const auto slope = std::get<1>(step(*theta, inputs = batch_of<Batch>(shuffled->inputs, first),
                                          targets = batch_of<Batch>(shuffled->targets, first)));
      theta->descend(slope, 0.02);
    }
    if (epoch == 1 || epoch == 10 || epoch == 50)
      *next++ = judge(*theta, sine::x = points.inputs, sine::y = points.targets);
  }
  std::printf("%6d %16d %12.2g %12.2g %12.2g\n", Batch, sine::samples / Batch, errors[0], errors[1],
              errors[2]);
  for (int i = 0; i < 3; ++i)
    check("by hand", errors[i], by_hand[i], 1e-6);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  const auto points = sine::points();
  std::puts("half the mean square error");
  std::printf("%6s %16s %12s %12d %12d\n", "batch", "steps an epoch", "1 epoch", 10, 50);
  learn<1>(*points, {0.003481035894, 0.0001522657079, 2.005137704e-05});
  learn<10>(*points, {0.02267530032, 0.003043447095, 0.0002157844787});
  learn<100>(*points, {0.08558344676, 0.01997398666, 0.006591130304});
  learn<1000>(*points, {0.5579600744, 0.0845412587, 0.03390680737});
  return result();
}
