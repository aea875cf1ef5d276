// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrent layers, attention, normalization and dropout against their formulas in loops of
// numbers.

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr int inputs = 2, units = 3, steps_made = 5;
constexpr variable<"X", inputs, steps_made> X;

/// Numbers that have nothing to do with each other.
template <std::size_t Size>
std::array<double, Size> numbers(double seed) {
  std::array<double, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = 0.8 * std::sin(seed + 2.3 * double(i));
  return result;
}

/// Row `row` of M (rows x columns) times a column.
double row_times(const double *M, int row, const std::vector<double> &column) {
  double sum = 0;
  for (std::size_t k = 0; k < column.size(); ++k)
    sum += M[std::size_t(row) * column.size() + k] * column[k];
  return sum;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

template <int Gates>
struct weights {
  std::array<double, Gates *units *inputs> W = numbers<Gates * units * inputs>(0.1);
  std::array<double, Gates *units *units> U = numbers<Gates * units * units>(1.2);
  std::array<double, Gates *units> b = numbers<Gates * units>(2.7);
  std::array<double, inputs *steps_made> sequence = numbers<inputs * steps_made>(0.9);

  std::vector<double> input(int t) const {
    return {sequence[std::size_t(t)], sequence[std::size_t(steps_made + t)]};
  }
  double from_input(int gate, int i, const std::vector<double> &x) const {
    return row_times(W.data(), gate * units + i, x) + b[std::size_t(gate * units + i)];
  }
  double from_state(int gate, int i, const std::vector<double> &h) const {
    return row_times(U.data(), gate * units + i, h);
  }
};

/// The worst difference between states (units x steps) and what `next` makes of the one before.
template <int Gates>
double worst_of(const auto &states, const weights<Gates> &with, auto next) {
  std::vector<double> h(units, 0.0);
  double worst = 0;
  for (int t = 0; t < steps_made; ++t) {
    h = next(with.input(t), h);
    for (int i = 0; i < units; ++i)
      worst = std::fmax(worst, std::abs(states(i, t) - h[std::size_t(i)]));
  }
  return worst;
}

} // namespace

TEST_CASE("rnn") {
  constexpr auto layer = rnn<"r", inputs, units>();
  const weights<1> with;
  const auto states =
      compile(layer(X))(layer.W = with.W, layer.U = with.U, layer.b = with.b, X = with.sequence);
  CHECK(worst_of(states, with, [&](const auto &x, const auto &h) {
          std::vector<double> next(units);
          for (int i = 0; i < units; ++i)
            next[std::size_t(i)] = std::tanh(with.from_input(0, i, x) + with.from_state(0, i, h));
          return next;
        }) < 1e-15);
  CHECK(gradient_is_right(squared_norm(layer(X)), at(layer.W = with.W, layer.U = with.U,
                                                     layer.b = with.b, X = with.sequence)));
}

TEST_CASE("gru") {
  constexpr auto layer = gru<"g", inputs, units>();
  const weights<3> with;
  const auto b_h = numbers<units>(3.3);
  const auto states = compile(layer(X))(layer.W = with.W, layer.U = with.U, layer.b = with.b,
                                        layer.b_h = b_h, X = with.sequence);
  CHECK(worst_of(states, with, [&](const auto &x, const auto &h) {
          std::vector<double> next(units);
          for (int i = 0; i < units; ++i) {
            const std::size_t at = std::size_t(i);
            const double r = logistic(with.from_input(0, i, x) + with.from_state(0, i, h));
            const double z = logistic(with.from_input(1, i, x) + with.from_state(1, i, h));
            const double n =
                std::tanh(with.from_input(2, i, x) + r * (with.from_state(2, i, h) + b_h[at]));
            next[at] = (1 - z) * n + z * h[at];
          }
          return next;
        }) < 1e-15);
  CHECK(gradient_is_right(squared_norm(layer(X)),
                          at(layer.W = with.W, layer.U = with.U, layer.b = with.b, layer.b_h = b_h,
                             X = with.sequence)));
}

TEST_CASE("lstm") {
  constexpr auto layer = lstm<"l", inputs, units>();
  const weights<4> with;
  const auto states =
      compile(layer(X))(layer.W = with.W, layer.U = with.U, layer.b = with.b, X = with.sequence);
  std::vector<double> c(units, 0.0);
  CHECK(worst_of(states, with, [&](const auto &x, const auto &h) {
          std::vector<double> next(units);
          for (int i = 0; i < units; ++i) {
            const std::size_t at = std::size_t(i);
            const auto gate = [&](int which) {
              return with.from_input(which, i, x) + with.from_state(which, i, h);
            };
            c[at] = logistic(gate(1)) * c[at] + logistic(gate(0)) * std::tanh(gate(2));
            next[at] = logistic(gate(3)) * std::tanh(c[at]);
          }
          return next;
        }) < 1e-15);
  CHECK(gradient_is_right(squared_norm(layer(X)), at(layer.W = with.W, layer.U = with.U,
                                                     layer.b = with.b, X = with.sequence)));
}

TEST_CASE("a recurrent layer begins where another piece of the sequence has ended") {
  constexpr int first = 2;
  constexpr auto head = columns_of<0, first>(X);
  constexpr auto tail = columns_of<first, steps_made - first>(X);
  const auto last_of = [](auto states) { return columns_of<first - 1, 1>(states); };
  const auto differ = [](const auto &whole, const auto &pieces) {
    double worst = 0;
    for (int i = 0; i < units; ++i)
      for (int t = 0; t < steps_made; ++t)
        worst = std::fmax(worst, std::abs(whole(i, t) - pieces(i, t)));
    return worst;
  };
  { // the whole is tested above
    constexpr auto layer = rnn<"r", inputs, units>();
    constexpr auto before = layer(head);
    const weights<1> with;
    const auto [whole, pieces] = compile(layer(X), beside(before, layer(tail, last_of(before))))(
        layer.W = with.W, layer.U = with.U, layer.b = with.b, X = with.sequence);
    CHECK(differ(whole, pieces) < 1e-15);
    constexpr variable<"h0", units> h0;
    CHECK(gradient_is_right(squared_norm(layer(X, h0)),
                            at(layer.W = with.W, layer.U = with.U, layer.b = with.b,
                               X = with.sequence, h0 = numbers<units>(1.7))));
  }
  {
    constexpr auto layer = gru<"g", inputs, units>();
    constexpr auto before = layer(head);
    const weights<3> with;
    const auto [whole, pieces] = compile(layer(X), beside(before, layer(tail, last_of(before))))(
        layer.W = with.W, layer.U = with.U, layer.b = with.b, layer.b_h = numbers<units>(3.3),
        X = with.sequence);
    CHECK(differ(whole, pieces) < 1e-15);
  }
  {
    constexpr auto layer = lstm<"l", inputs, units>();
    constexpr auto before = layer.states(head);
    const weights<4> with;
    const auto [whole, pieces, other] = compile(
        layer(X), beside(before.hidden, layer(tail, last_of(before.hidden), last_of(before.cell))),
        beside(before.hidden, layer(tail, last_of(before.hidden))))(
        layer.W = with.W, layer.U = with.U, layer.b = with.b, X = with.sequence);
    CHECK(differ(whole, pieces) < 1e-15);
    CHECK(differ(whole, other) > 1e-3); // a cell that begins with 0
  }
}

TEST_CASE("recurrent layers are layers of a model") {
  constexpr auto model = sequential(gru<"g", inputs, 4>(), dense<"out", 4, 1>(linear));
  constexpr variable<"Y", 1, steps_made> Y;
  constexpr auto loss = mean_squared_error(model(X), Y);
  constexpr auto step = compile(loss, gradient(loss, model));
  auto theta = parameters<double>(model);
  glorot(theta, 1);
  const auto sequence = numbers<inputs * steps_made>(0.9);
  const auto targets = numbers<steps_made>(2.2);
  const double before = std::get<0>(step(theta, X = sequence, Y = targets));
  for (int i = 0; i < 200; ++i) {
    const auto [value, slope] = step(theta, X = sequence, Y = targets);
    theta.descend(slope, 0.2);
  }
  CHECK(std::get<0>(step(theta, X = sequence, Y = targets)) < 0.5 * before);
}

TEST_CASE("layer_norm and rms_norm are of each column") {
  constexpr variable<"x", 4, 2> x;
  constexpr variable<"gain", 4> gain;
  constexpr variable<"offset", 4> offset;
  const auto at_x = numbers<8>(0.4);
  const auto at_gain = numbers<4>(1.0), at_offset = numbers<4>(2.0);
  const auto normal =
      compile(layer_norm(x, gain, offset))(x = at_x, gain = at_gain, offset = at_offset);
  const auto by_size = compile(rms_norm(x, gain, 0_c))(x = at_x, gain = at_gain);
  for (std::size_t j = 0; j < 2; ++j) {
    double mean = 0, spread = 0, size = 0;
    for (std::size_t i = 0; i < 4; ++i)
      mean += at_x[2 * i + j] / 4;
    for (std::size_t i = 0; i < 4; ++i) {
      spread += (at_x[2 * i + j] - mean) * (at_x[2 * i + j] - mean) / 4;
      size += at_x[2 * i + j] * at_x[2 * i + j] / 4;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const double value = at_x[2 * i + j], root = std::sqrt(spread + 1e-5);
      const double expected = at_gain[i] * (value - mean) / root + at_offset[i];
      CHECK(std::abs(normal(int(i), int(j)) - expected) < 1e-14);
      CHECK(std::abs(by_size(int(i), int(j)) - at_gain[i] * value / std::sqrt(size)) < 1e-14);
    }
  }
  CHECK(gradient_is_right(squared_norm(layer_norm(x, gain, offset)),
                          at(x = at_x, gain = at_gain, offset = at_offset)));
}

TEST_CASE("attention") {
  constexpr variable<"Q", 2, 3> Q;
  constexpr variable<"K", 2, 4> K;
  constexpr variable<"V", 5, 4> V;
  constexpr variable<"mask", 4, 3> mask;
  const auto q = numbers<6>(0.3);
  const auto k = numbers<8>(0.7);
  const auto v = numbers<20>(1.9);
  std::array<double, 12> hidden{};
  hidden[3 * 2 + 1] = -std::numeric_limits<double>::infinity(); // query 1 does not see key 2
  const auto result = compile(attention(Q, K, V, mask))(Q = q, K = k, V = v, mask = hidden);
  for (int query = 0; query < 3; ++query) {
    double weight[4], total = 0;
    for (int key = 0; key < 4; ++key) {
      const double score = (q[std::size_t(query)] * k[std::size_t(key)] +
                            q[std::size_t(3 + query)] * k[std::size_t(4 + key)]) /
                           std::sqrt(2.0);
      weight[key] = query == 1 && key == 2 ? 0 : std::exp(score);
      total += weight[key];
    }
    for (int i = 0; i < 5; ++i) {
      double expected = 0;
      for (int key = 0; key < 4; ++key)
        expected += v[std::size_t(4 * i + key)] * weight[key] / total;
      CHECK(std::abs(result(i, query) - expected) < 1e-15);
    }
  }
  const auto open = compile(attention(Q, K, V))(Q = q, K = k, V = v);
  CHECK(open(0, 0) == result(0, 0));
  CHECK(open(0, 1) != result(0, 1));
  CHECK(gradient_is_right(squared_norm(attention(Q, K, V)), at(Q = q, K = k, V = v)));
}

TEST_CASE("batch_norm is of each row, trained and as it was trained") {
  constexpr variable<"x", 3, 4> x; // 4 samples
  constexpr variable<"gain", 3> gain;
  constexpr variable<"offset", 3> offset;
  constexpr variable<"mean", 3> means;
  constexpr variable<"variance", 3> variances;
  const auto at_x = numbers<12>(0.4);
  const auto at_gain = numbers<3>(1.0), at_offset = numbers<3>(2.0);
  std::array<double, 3> mean{}, variance{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      mean[i] += at_x[4 * i + j] / 4;
    for (std::size_t j = 0; j < 4; ++j)
      variance[i] += std::pow(at_x[4 * i + j] - mean[i], 2) / 4;
  }
  constexpr auto trained = batch_norm(x, gain, offset);
  constexpr auto given = batch_norm(x, gain, offset, means, variances);
  const auto [batch, kept_mean, kept_variance] =
      compile(trained, row_means(x), row_means(square(x - row_means(x))))(x = at_x, gain = at_gain,
                                                                          offset = at_offset);
  const auto single = compile(given)(x = at_x, gain = at_gain, offset = at_offset, means = mean,
                                     variances = variance);
  const auto exact =
      compile(batch_norm(x, gain, offset, 0_c))(x = at_x, gain = at_gain, offset = at_offset);
  for (int i = 0; i < 3; ++i) {
    const std::size_t row = std::size_t(i);
    CHECK(std::abs(kept_mean(i, 0) - mean[row]) < 1e-16);
    CHECK(std::abs(kept_variance(i, 0) - variance[row]) < 1e-16);
    for (int j = 0; j < 4; ++j) {
      const double from_mean = at_x[std::size_t(4 * i + j)] - mean[row];
      const double expected =
          at_gain[row] * from_mean / std::sqrt(variance[row] + 1e-5) + at_offset[row];
      CHECK(std::abs(batch(i, j) - expected) < 1e-14);
      CHECK(std::abs(single(i, j) - expected) < 1e-14);
      CHECK(std::abs(exact(i, j) - at_gain[row] * from_mean / std::sqrt(variance[row]) -
                     at_offset[row]) < 1e-14);
    }
  }
  const auto point = at(x = at_x, gain = at_gain, offset = at_offset);
  CHECK(gradient_is_right(sum(sin(trained)), point));
  CHECK(gradient_is_right(squared_norm(partial(sum(sin(trained)), x)), point));
  CHECK(gradient_is_right(sum(sin(given)), at(x = at_x, gain = at_gain, offset = at_offset,
                                              means = mean, variances = variance)));
  // what is the same in all samples has no influence: the mean of a row
  const auto slope = compile(partial(sum(sin(batch_norm(x + offset, gain, 0_c))), offset))(
      x = at_x, gain = at_gain, offset = at_offset);
  for (int i = 0; i < 3; ++i)
    CHECK(std::abs(slope(i, 0)) < 1e-14);
}

TEST_CASE("dropout keeps the mean over masks") {
  constexpr variable<"x", 2, 2> x;
  constexpr variable<"mask", 2, 2> mask;
  constexpr variable<"p"> p;
  const std::array at_x{1.0, -2.0, 3.0, 0.5};
  const auto step = compile(dropout(x, mask, 0.25_c));
  std::array<double, 4> mean{};
  for (int which = 0; which < 16; ++which) { // each mask as often as it occurs
    std::array<double, 4> at_mask{};
    double probability = 1;
    for (std::size_t i = 0; i < 4; ++i) {
      at_mask[i] = which >> i & 1;
      probability *= at_mask[i] == 1 ? 0.75 : 0.25;
    }
    const auto found = step(x = at_x, mask = at_mask);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(std::abs(found.data()[i] - (at_mask[i] == 1 ? at_x[i] / 0.75 : 0)) < 1e-15);
      mean[i] += probability * found.data()[i];
    }
  }
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::abs(mean[i] - at_x[i]) < 1e-15);
  CHECK(gradient_is_right(sum(exp(dropout(x, mask, p))),
                          at(x = at_x, mask = std::array{1.0, 0.0, 1.0, 1.0}, p = 0.5)));
}
