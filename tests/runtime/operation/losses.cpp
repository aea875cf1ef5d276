// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Losses at the edges of their domain: at the perfect prediction value and slope are their limits.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"p"> p;
constexpr variable<"y"> y;
constexpr double infinity = std::numeric_limits<double>::infinity();

struct limits {
  double value, slope, curvature;
};

/// A loss of a prediction and a label: value, first and second derivative by the prediction.
template <class T, class Loss>
void check(Loss loss, double prediction, double label, limits expected) {
  INFO(to_string(loss) << " at " << prediction << ", " << label);
  const auto [value, slope, curvature] =
      compile(loss, partial(loss, p), partial(partial(loss, p), p))(p = static_cast<T>(prediction),
                                                                    y = static_cast<T>(label));
  const auto is_close = [](T found, double limit) {
    return static_cast<double>(found) == limit ||
           std::fabs(static_cast<double>(found) - limit) <= 1e-6 * std::fabs(limit);
  };
  CHECK(is_close(value, expected.value));
  CHECK(is_close(slope, expected.slope));
  CHECK(is_close(curvature, expected.curvature));
}

template <class T>
void check_binary() {
  constexpr auto loss = [](auto probability) { return binary_cross_entropy(probability, y); };
  check<T>(loss(p), 0, 0, {0, 1, 1});
  check<T>(loss(p), 1, 1, {0, -1, 1});
  check<T>(loss(p), 1, 0, {infinity, infinity, infinity});
  check<T>(loss(p), 0, 1, {infinity, -infinity, infinity});
  check<T>(loss(p), 0, 0.5, {infinity, -infinity, infinity});
  for (const double far : {4.0, 80.0}) {
    check<T>(loss(hard_sigmoid(p)), -far, 0, {0, 0, 0});
    check<T>(loss(hard_sigmoid(p)), far, 1, {0, 0, 0});
    check<T>(loss(clamp(p, 0_c, 1_c)), -far, 0, {0, 0, 0});
    check<T>(loss(clamp(p, 0_c, 1_c)), far, 1, {0, 0, 0});
    check<T>(loss((1_c + hard_tanh(p)) / 2_c), far, 1, {0, 0, 0});
  }
  check<T>(loss(clamp(p, 0_c, 1_c)), 0, 0, {0, 1, 1});
  check<T>(loss(clamp(p, 0_c, 1_c)), 1, 1, {0, -1, 1});
  check<T>(loss(exp(p)), -800, 0, {0, 0, 0});
  check<T>(loss(normal_cdf(p)), 60, 1, {0, 0, 0});
  check<T>(loss(normal_cdf(p)), -60, 0, {0, 0, 0});
  check<T>(loss(sigmoid(p)), 800, 1, {0, 0, 0});
  check<T>(loss(sigmoid(p)), -800, 0, {0, 0, 0});
  check<T>(loss(relu(p)), 0, 0, {0, 0, 0});
  // -log of the probability of what is right: p, p^2, -log(1 - erf(p)), ...
  check<T>(loss(exp(p)), 0, 1, {0, -1, 0});
  check<T>(loss(exp(-p)), 0, 1, {0, 1, 0});
  check<T>(loss(exp(-square(p))), 0, 1, {0, 0, 2});
  check<T>(loss(1_c - exp(p)), 0, 0, {0, -1, 0});
  check<T>(loss(1_c - exp(-square(p))), 0, 0, {0, 0, 2});
  check<T>(loss(square(p)), 1, 1, {0, -2, 2});
  check<T>(loss(square(p)), 0, 0, {0, 0, 2});
  check<T>(loss(cos(p)), 0, 1, {0, 0, 1});
  check<T>(loss(sin(p)), 0, 0, {0, 1, 1});
  check<T>(loss(tanh(p)), 0, 0, {0, 1, 1});
  check<T>(loss(erf(p)), 0, 0, {0, 1.1283791670955126, 1.2732395447351628});
  constexpr auto by_hand = [](auto probability) {
    return -(xlogy(y, probability) + xlogy(1_c - y, 1_c - probability));
  };
  check<T>(by_hand(p), 0, 0, {0, 1, 1});
  check<T>(by_hand(p), 1, 1, {0, -1, 1});
  check<T>(by_hand(exp(p)), 0, 1, {0, -1, 0});
  check<T>(by_hand(square(p)), 0, 0, {0, 0, 2});
  check<T>(by_hand(clamp(p, 0_c, 1_c)), 1, 1, {0, -1, 1});
  constexpr auto part = element_of<0, 0>(softmax(stack(p, 0_c)));
  check<T>(loss(part), 800, 1, {0, 0, 0});
  check<T>(loss(part), -800, 0, {0, 0, 0});
  constexpr auto of_two = [](auto probability) { return stack(probability, 1_c - probability); };
  check<T>(sum(cross_entropy(of_two(exp(p)), of_two(y))), 0, 1, {0, -1, 0});
  check<T>(sum(kullback_leibler(of_two(y), of_two(exp(p)))), 0, 1, {0, -1, 0});
  check<T>(sum(kullback_leibler(of_two(y), of_two(square(p)))), 1, 1, {0, -2, 2});
}

template <class T>
void check_others() {
  check<T>(squared_error(p, y), 0.5, 0.5, {0, 0, 2});
  check<T>(mean_squared_error(p, y), 0.5, 0.5, {0, 0, 2});
  check<T>(half_squared_error(p, y), 0.5, 0.5, {0, 0, 1});
  check<T>(absolute_error(p, y), 0.5, 0.5, {0, 0, 0});
  check<T>(mean_absolute_error(p, y), 0.5, 0.5, {0, 0, 0});
  check<T>(huber(p, y, 1_c), 0.5, 0.5, {0, 0, 1});
  check<T>(hinge(p, y), 1, 1, {0, 0, 0});
}

static_assert([] {
  constexpr auto loss = binary_cross_entropy(exp(p), y);
  const auto [value, slope] = compile(loss, partial(loss, p))(p = -1e-300, y = 1.0);
  return value == 1e-300 && slope == -1;
}());
static_assert([] {
  constexpr auto loss = binary_cross_entropy(p, y);
  constexpr auto step = compile(loss, partial(loss, p));
  const auto [value, slope] = step(p = 0.0, y = 0.0);
  const auto [above, slope_above] = step(p = 1.0, y = 1.0);
  return value == 0 && slope == 1 && above == 0 && slope_above == -1;
}());

} // namespace

TEST_CASE("losses at the perfect prediction") {
  check_binary<double>();
  check_binary<float>();
  check_others<double>();
  check_others<float>();
}

TEST_CASE("one perfect prediction in a batch") {
  constexpr variable<"P", 3, 7> P;
  constexpr variable<"Y", 3, 7> Y;
  matrix<double, 3, 7> predictions{}, labels{};
  double expected = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 7; ++j) {
      const bool is_perfect = (i + j) % 2 == 0;
      labels(i, j) = j % 3 == 0 ? 1 : 0;
      predictions(i, j) = is_perfect ? labels(i, j) : 0.25;
      if (!is_perfect)
        expected -= labels(i, j) > 0 ? std::log(0.25) : std::log(0.75);
    }
  constexpr auto loss = mean(binary_cross_entropy(P, Y));
  const auto [value, slope] = compile(loss, partial(loss, P))(P = predictions, Y = labels);
  CHECK(std::fabs(value - expected / 21) < 1e-14);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 7; ++j) {
      const double probability = predictions(i, j);
      const double by_hand = labels(i, j) > 0 ? -1 / probability : 1 / (1 - probability);
      CHECK(std::fabs(slope(i, j) - by_hand / 21) < 1e-15);
    }
}

TEST_CASE("classes at the perfect prediction") {
  constexpr variable<"a", 3> a;
  constexpr variable<"b", 3> b;
  const matrix<double, 3> one_hot{0, 1, 0}, logits{-800, 800, -900};
  const auto [entropy, slope] = compile(
      sum(cross_entropy(a, b)), partial(sum(cross_entropy(a, b)), a))(a = one_hot, b = one_hot);
  CHECK(entropy == 0);
  CHECK(slope(1, 0) == -1);
  CHECK((slope(0, 0) == 0 && slope(2, 0) == 0));
  const auto [loss, by_logits] =
      compile(sum(softmax_cross_entropy(a, b)),
              partial(sum(softmax_cross_entropy(a, b)), a))(a = logits, b = one_hot);
  CHECK(loss == 0);
  for (const double each : by_logits)
    CHECK(each == 0);
  const auto [distance, by_model] =
      compile(sum(kullback_leibler(a, b)), partial(sum(kullback_leibler(a, b)), b))(a = one_hot,
                                                                                    b = one_hot);
  CHECK(distance == 0);
  CHECK((by_model(0, 0) == 0 && by_model(1, 0) == -1 && by_model(2, 0) == 0));
}
