// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Steps over data sets, however these lie, beside sums by hand. Threads: tests/samples.
#include <chainrule/samples.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <deque>
#include <limits>
#include <span>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"a", 2> a;
constexpr variable<"b"> b;
constexpr variable<"x", 2> x;
constexpr variable<"y"> y;

// a logistic loss of labels +1 and -1, with a slope by hand
constexpr auto loss = softplus(-y * (dot(a, x) + b));
constexpr auto step = compile(loss, gradient(loss, a, b));

template <class T>
struct point {
  std::array<T, 2> at;
  int label;
};

template <class T>
struct data_set {
  std::vector<T> columns, rows, labels;
  std::vector<point<T>> points;

  explicit data_set(std::size_t count) : columns(2 * count) {
    random_numbers random(5);
    for (std::size_t i = 0; i < count; ++i) {
      const auto p = static_cast<T>(random.uniform(-2, 2)),
                 q = static_cast<T>(random.uniform(-2, 2));
      const int label = random.uniform() < 0.5 ? -1 : 1;
      columns[i] = p;
      columns[count + i] = q;
      rows.insert(rows.end(), {p, q});
      labels.push_back(static_cast<T>(label));
      points.push_back({{p, q}, label});
    }
  }
  /// The sums of the loss and its slopes by a and b, in long double.
  std::array<long double, 4> sums(long double a0, long double a1, long double at) const {
    std::array<long double, 4> result{};
    for (const point<T> &each : points) {
      const auto p = static_cast<long double>(each.at[0]), q = static_cast<long double>(each.at[1]);
      const long double margin = each.label * (a0 * p + a1 * q + at);
      const long double slope = -each.label / (1 + std::exp(margin));
      result[0] += std::log1p(std::exp(-margin));
      result[1] += slope * p;
      result[2] += slope * q;
      result[3] += slope;
    }
    return result;
  }
};

template <class T>
void check_sums(const auto &results, const std::array<long double, 4> &sums, long double over) {
  const auto &[value, slope] = results;
  const std::array<T, 4> is{value, slope[a](0), slope[a](1), slope[b]};
  for (std::size_t i = 0; i < 4; ++i) {
    INFO(i);
    const auto expected = static_cast<double>(sums[i] / over);
    CHECK(std::abs(static_cast<double>(is[i]) - expected) <=
          16 * static_cast<double>(std::numeric_limits<T>::epsilon()) * (1 + std::abs(expected)));
  }
}

/// Runs the parts from the last to the first.
constexpr auto backwards = [](std::size_t parts, const auto &run) {
  while (parts-- > 0)
    run(parts);
};

template <class T>
void check_layouts() {
  const matrix<T, 2> at{static_cast<T>(0.5), static_cast<T>(-1.25)};
  const auto offset = static_cast<T>(0.125);
  for (const int number : {1, 2, 3, 4, 7, 8, 9, 16, 31, 255, 256, 257, 4099}) {
    const auto count = static_cast<std::size_t>(number);
    INFO(count << " samples, " << std::numeric_limits<T>::digits << " bits");
    const data_set<T> data(count);
    const auto sums = data.sums(0.5L, -1.25L, 0.125L);
    const auto n = static_cast<long double>(count);
    const auto mean = mean_over_samples(step);
    check_sums<T>(mean(a = at, b = offset, x = in_columns(data.columns), y = in_rows(data.labels)),
                  sums, n);
    check_sums<T>(mean(a = at, b = offset, x = in_rows(data.rows), y = in_columns(data.labels)),
                  sums, n);
    check_sums<T>(mean(a = at, b = offset, x = in_each(data.points, &point<T>::at),
                       y = in_each(data.points, [](const point<T> &of) { return of.label; })),
                  sums, n);
    const auto theta = chainrule::at(a = at, b = offset);
    check_sums<T>(mean(theta, x = in_rows(std::span(data.rows)), y = in_rows(data.labels)), sums,
                  n);
    check_sums<T>(sum_over_samples(step)(theta, x = in_rows(data.rows), y = in_rows(data.labels)),
                  sums, 1);
    // whoever runs the parts, and in which order
    const auto forth = mean_over_samples<5>(step, [](std::size_t parts, const auto &run) {
      for (std::size_t part = 0; part < parts; ++part)
        run(part);
    })(theta, x = in_rows(data.rows), y = in_rows(data.labels));
    const auto back = mean_over_samples<5>(step, backwards)(theta, x = in_rows(data.rows),
                                                            y = in_rows(data.labels));
    CHECK(forth == back);
    check_sums<T>(back, sums, n);
    check_sums<T>(
        mean_over_samples(step, backwards)(theta, x = in_rows(data.rows), y = in_rows(data.labels)),
        sums, n);
  }
}

} // namespace

TEST_CASE("the mean over samples in columns, rows and objects") {
  check_layouts<double>();
  check_layouts<float>();
}

TEST_CASE("samples in arrays, matrices and other ranges") {
  const double rows[3][2]{{1, 2}, {-1, 0.5}, {0.25, -2}};
  const std::array<std::array<double, 3>, 2> columns{{{1, -1, 0.25}, {2, 0.5, -2}}};
  const matrix<double, 2, 3> of_matrix{1, -1, 0.25, 2, 0.5, -2};
  const std::vector<std::array<double, 2>> in_vector{{1, 2}, {-1, 0.5}, {0.25, -2}};
  const std::vector<int> labels{1, -1, 1};
  const std::deque<double> in_deque{1, -1, 1};
  const auto theta = at(a = {0.5, -1.25}, b = 0.125);
  const auto mean = mean_over_samples(step);
  const auto expected = mean(theta, x = in_rows(rows), y = in_rows(labels));
  CHECK(std::abs(std::get<0>(expected) - 0.797635) < 1e-5);
  CHECK(mean(theta, x = in_columns(columns), y = in_rows(labels)) == expected);
  CHECK(mean(theta, x = in_columns(of_matrix), y = in_rows(labels)) == expected);
  CHECK(mean(theta, x = in_rows(in_vector), y = in_rows(labels)) == expected);
  CHECK(mean(theta, x = in_each(in_vector, [](const auto &row) { return row; }),
             y = in_each(in_deque, [](double of) { return of; })) == expected);
  // float beside double is converted
  const std::vector<float> narrow{1, 2, -1, 0.5f, 0.25f, -2};
  CHECK(mean(theta, x = in_rows(narrow), y = in_rows(labels)) == expected);
}

TEST_CASE("a batch in blocks, and a network that is too large for lanes") {
  constexpr variable<"W", 24, 40> W;
  constexpr variable<"X", 40, 3> X;
  constexpr variable<"Y", 24, 3> Y;
  constexpr auto error = mean(squared_error(tanh(W * X), Y));
  matrix<double, 24, 40> weights;
  matrix<double, 40, 12> inputs;
  matrix<double, 24, 12> outputs;
  random_numbers random(3);
  for (double &each : weights)
    each = random.uniform(-0.3, 0.3);
  for (double &each : inputs)
    each = random.uniform(-1, 1);
  for (double &each : outputs)
    each = random.uniform(-1, 1);
  const auto [value, slope] = mean_over_samples(compile(error, gradient(error, W)))(
      W = weights, X = in_columns(inputs), Y = in_columns(outputs));
  double sum = 0;
  matrix<double, 24, 40> by_weight{};
  for (int sample = 0; sample < 12; ++sample)
    for (int i = 0; i < 24; ++i) {
      double z = 0;
      for (int k = 0; k < 40; ++k)
        z += weights(i, k) * inputs(k, sample);
      const double t = std::tanh(z), missing = t - outputs(i, sample);
      sum += missing * missing / (24 * 12);
      for (int k = 0; k < 40; ++k)
        by_weight(i, k) += 2 * missing * (1 - t * t) * inputs(k, sample) / (24 * 12);
    }
  CHECK(std::abs(value - sum) < 1e-14);
  for (int i = 0; i < 24; ++i)
    for (int k = 0; k < 40; ++k)
      CHECK(std::abs(slope[W](i, k) - by_weight(i, k)) < 1e-14);
}

TEST_CASE("what is wrong at one sample stays with it, and no sample has no mean") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr auto f = compile(log(y));
  // the lanes behind the last sample are no samples
  CHECK(mean_over_samples(f)(y = in_rows(std::array{1.0, 1.0, 1.0, 1.0, 1.0, 0.0})) == -inf);
  CHECK(mean_over_samples(f)(y = in_rows(std::array{1.0, 1.0, 1.0, 1.0, 1.0})) == 0);
  CHECK(std::isnan(mean_over_samples(f)(y = in_rows(std::array{-1.0, 1.0, 1.0, 1.0, 1.0}))));
  CHECK(std::isnan(mean_over_samples(f)(y = in_rows(std::vector<double>{}))));
  CHECK(sum_over_samples(f)(y = in_rows(std::vector<double>{})) == 0);
}

TEST_CASE("a mean of a million floats is one in the last places") {
  const std::vector<float> values(1'000'003, 0.1f);
  const float mean = mean_over_samples(compile(y * b))(y = in_rows(values), b = 1.0f);
  CHECK(std::abs(mean - 0.1f) <= 32 * std::numeric_limits<float>::epsilon() * 0.1f);
}

TEST_CASE("matrices as outputs, complex numbers and several variables of one sample") {
  const std::vector<double> values{1, 2, 4};
  const auto [product, square_of] = mean_over_samples(compile(a * y, y * y))(
      a = matrix<double, 2>{1, -2}, y = in_columns(values));
  CHECK(product == matrix<double, 2>{7.0 / 3, -14.0 / 3});
  CHECK(square_of == 7);
  using number = std::complex<double>;
  const std::vector<number> turning{{0, 1}, {2, 0}};
  CHECK(mean_over_samples(compile(square(y)))(y = in_rows(turning)) == number(1.5, 0));
}

TEST_CASE("labels, and loops whose length each sample has") {
  constexpr variable<"E", 3, 4> E;
  constexpr variable<"label"> label;
  constexpr variable<"h"> h;
  constexpr variable<"start"> start;
  constexpr variable<"n"> n;
  const matrix<double, 3, 4> vectors{1, 2, 3, 4, -1, 0.5, 0.25, 8, 0, 1, -3, 2};
  const std::vector<int> labels{3, 0, 1, 1, 2, 3, 0};
  const auto norms = compile(gradient(squared_norm(gather(E, label)), E));
  const auto slope = mean_over_samples(norms)(E = vectors, label = in_rows(labels));
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j) { // twice the element, as often as the label
      const int often[]{2, 2, 1, 2};
      CHECK(std::abs(slope[E](i, j) - 2 * vectors(i, j) * often[j] / 7) < 1e-15);
    }
  // 3 h^2 is iterated n times: h (3 h)^(2^n - 1)
  const std::vector<double> starts{0.5, -0.25, 1, 0.125, 0.3};
  const std::vector<int> rounds{0, 1, 2, 4, 3};
  const auto last = compile(iterate<4>(3_c * square(h), h = start, steps(n)));
  double sum = 0;
  for (std::size_t i = 0; i < 5; ++i)
    sum += starts[i] * std::pow(3 * starts[i], std::pow(2, rounds[i]) - 1);
  const double mean = mean_over_samples(last)(start = in_rows(starts), n = in_rows(rounds));
  CHECK(std::abs(mean - sum / 5) < 1e-13 * std::abs(sum));
}
