// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Infinite arguments: values, slopes and second derivatives where they have a limit; columns of
// logits with infinite elements against 50 digits of the finite ones.

#include "accuracy/references.hpp"
#include "catch.hpp"

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace {

using namespace chainrule;
using accuracy::wide;

constexpr variable<"x"> x;
constexpr variable<"X", 2, 3> X;
constexpr variable<"Z", 3, 5> Z;
constexpr variable<"Y", 3, 5> Y;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();

/// Value, slope and second derivative, alone and element by element.
template <class Formula>
void check_limits(Formula, double at, const std::array<double, 3> &expected) {
  constexpr auto f = Formula{}(x);
  constexpr auto slope = partial(f, x);
  const auto [value, first, second] = compile(f, slope, partial(slope, x))(x = at);
  INFO(to_string(f) << " at " << at << ": " << value << ", " << first << ", " << second);
  CHECK(value == expected[0]);
  CHECK(first == expected[1]);
  CHECK(second == expected[2]);
  constexpr auto of_matrix = Formula{}(X);
  matrix<double, 2, 3> many;
  for (int i = 0; i < 6; ++i)
    many(i / 3, i % 3) = at;
  const auto [values, slopes] = compile(of_matrix, gradient(sum(of_matrix), X))(X = many);
  for (int i = 0; i < 6; ++i) {
    CHECK(values(i / 3, i % 3) == expected[0]);
    CHECK(slopes[X](i / 3, i % 3) == expected[1]);
  }
}

} // namespace

#define OF(function) [](auto a) { return function(a); }

TEST_CASE("activations and densities at infinity are their limits") {
  for (const double low : {-inf, -largest, -1e200}) {
    check_limits(OF(silu), low, {0, 0, 0});
    check_limits(OF(gelu), low, {0, 0, 0});
    check_limits(OF(gelu_tanh), low, {0, 0, 0});
    check_limits(OF(mish), low, {0, 0, 0});
    check_limits(OF(hard_swish), low, {0, 0, 0});
    check_limits(OF(normal_density), low, {0, 0, 0});
    check_limits(OF(erf), low, {-1, 0, 0});
    check_limits(OF(normal_cdf), low, {0, 0, 0});
    check_limits(OF(softsign), low, {-1, 0, 0});
  }
  for (const double high : {1e200, largest, inf}) {
    check_limits(OF(silu), high, {high, 1, 0});
    check_limits(OF(gelu), high, {high, 1, 0});
    check_limits(OF(gelu_tanh), high, {high, 1, 0});
    check_limits(OF(mish), high, {high, 1, 0});
    check_limits(OF(hard_swish), high, {high, 1, 0});
    check_limits(OF(normal_density), high, {0, 0, 0});
    check_limits(OF(erf), high, {1, 0, 0});
    check_limits(OF(normal_cdf), high, {1, 0, 0});
    check_limits(OF(softsign), high, {1, 0, 0});
  }
}

TEST_CASE("activations at infinity in constant evaluation") {
  static_assert(compile(silu(x))(x = -inf) == 0 && compile(partial(silu(x), x))(x = -inf) == 0);
  static_assert(compile(gelu(x))(x = -inf) == 0 && compile(partial(gelu(x), x))(x = inf) == 1);
  static_assert(compile(gelu_tanh(x))(x = -inf) == 0);
  static_assert(compile(mish(x))(x = -inf) == 0 && compile(partial(mish(x), x))(x = -inf) == 0);
  static_assert(compile(hard_swish(x))(x = -inf) == 0);
  static_assert(compile(partial(normal_density(x), x))(x = inf) == 0);
  static_assert(compile(partial(partial(erf(x), x), x))(x = -inf) == 0);
}

TEST_CASE("activations of NaN are NaN, and so are their slopes") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto values = compile(silu(x), gelu(x), mish(x), hard_swish(x), partial(silu(x), x),
                              partial(gelu(x), x), partial(normal_density(x), x))(x = nan);
  const auto [a, b, c, d, e, f, g] = values;
  for (const double value : {a, b, c, d, e, f, g})
    CHECK(std::isnan(value));
}

namespace {

/// Columns of logits, and what holds of their finite elements in 50 digits.
template <class T>
void check_logits() {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  constexpr T big = std::numeric_limits<T>::max() / 2;
  const matrix<T, 3, 5> logits{-infinity, -infinity, T(1),   -infinity, big,  //
                               T(2),      T(0.5),    T(-3),  -infinity, -big, //
                               T(3),      -infinity, T(700), -infinity, T(0)};
  const matrix<T, 3, 5> labels{0, 0, T(0.25), 0, 1, //
                               1, 1, T(0.25), 0, 0, //
                               0, 0, T(0.5),  0, 0};
  constexpr auto total = logsumexp(Z);
  constexpr auto loss = softmax_cross_entropy(Z, Y);
  constexpr auto by_hand = cross_entropy(softmax(Z), Y);
  const auto values =
      compile(total, softmax(Z), log_softmax(Z), loss, by_hand)(Z = logits, Y = labels);
  const auto &[sums, probabilities, logarithms, losses, losses_by_hand] = values;
  const auto [slopes, loss_slopes] =
      compile(gradient(sum(total), Z), gradient(sum(loss), Z))(Z = logits, Y = labels);
  const auto near = [](T is, const wide &expected) {
    const T rounded = static_cast<T>(expected);
    return is == rounded || abs(wide(is) - expected) < wide("1e-40") || // log(e^x) in 50 digits

           std::abs(is - rounded) <= 8 * std::numeric_limits<T>::epsilon() * std::abs(rounded);
  };
  for (int j : {0, 1, 2, 4}) {
    INFO("column " << j << ", " << std::numeric_limits<T>::digits << " bits");
    wide sum = 0, cross_entropy = 0, sum_of_labels = 0;
    const wide shift = j == 4 ? wide(big) : wide(0);
    for (int i = 0; i < 3; ++i)
      if (logits(i, j) != -infinity)
        sum += accuracy::reference::bounded_exp(wide(logits(i, j)) - shift);
    for (int i = 0; i < 3; ++i) {
      sum_of_labels += wide(labels(i, j));
      if (labels(i, j) != 0)
        cross_entropy += wide(labels(i, j)) * (log(sum) - (wide(logits(i, j)) - shift));
    }
    CHECK(near(sums(0, j), log(sum) + shift));
    CHECK(near(losses(0, j), cross_entropy));
    CHECK(near(losses_by_hand(0, j), cross_entropy));
    for (int i = 0; i < 3; ++i) {
      const bool is_out = logits(i, j) == -infinity;
      const wide distance = is_out ? wide(0) : wide(logits(i, j)) - shift;
      const wide probability =
          is_out ? wide(0) : wide(accuracy::reference::bounded_exp(distance) / sum);
      if (static_cast<T>(probability) < std::numeric_limits<T>::min()) { // exactly 0 if -infinity
        CHECK(probabilities(i, j) <= std::numeric_limits<T>::min());
        CHECK((!is_out || (probabilities(i, j) == 0 && slopes[Z](i, j) == 0)));
      } else {
        CHECK(near(probabilities(i, j), probability));
        CHECK(near(slopes[Z](i, j), probability));
      }
      CHECK((is_out ? logarithms(i, j) == -infinity : near(logarithms(i, j), distance - log(sum))));
      CHECK(std::abs(loss_slopes[Z](i, j) -
                     static_cast<T>(probability * sum_of_labels - wide(labels(i, j)))) <=
            8 * std::numeric_limits<T>::epsilon());
    }
  }
  CHECK(sums(0, 3) == -infinity);
}

} // namespace

TEST_CASE("logits that are -infinity have the probability 0, and the others theirs") {
  check_logits<double>();
  check_logits<float>();
}

TEST_CASE("an infinite logit") {
  constexpr variable<"c", 3> c;
  const auto of = compile(logsumexp(c), softmax(c), log_softmax(c));
  const auto [one, probabilities, logarithms] = of(c = matrix<double, 3>{1, inf, -inf});
  CHECK(one == inf);
  CHECK(probabilities == matrix<double, 3>{0, 1, 0});
  CHECK(logarithms == matrix<double, 3>{-inf, 0, -inf});
  constexpr auto p = softmax(c);
  const auto [by, of_p, second] =
      compile(partial(logsumexp(c), c), jacobian(p, c),
              hessian(logsumexp(c), c))(c = matrix<double, 3>{1, inf, -inf});
  CHECK(by == matrix<double, 3>{0, 1, 0});
  CHECK((of_p == matrix<double, 3, 3>{} && second == matrix<double, 3, 3>{}));
  const auto [loss, slopes] = compile(softmax_cross_entropy(c, stack(0_c, 1_c, 0_c)),
                                      partial(softmax_cross_entropy(c, stack(1_c, 0_c, 0_c)), c))(
      c = matrix<double, 3>{1, inf, -inf});
  CHECK(loss == 0);
  CHECK(slopes == matrix<double, 3>{-1, 1, 0});
  constexpr auto infinity = std::numeric_limits<float>::infinity();
  CHECK(compile(p)(c = matrix<float, 3>{infinity, 2, 3e38f}) == matrix<float, 3>{1, 0, 0});
  CHECK(std::get<0>(of(c = matrix<double, 3>{inf, -inf, inf})) == inf);
  CHECK(std::get<0>(of(c = matrix<double, 3>{-inf, -inf, -inf})) == -inf);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto &with_nan : {matrix<double, 3>{nan, 1, inf}, matrix<double, 3>{inf, 1, nan},
                               matrix<double, 3>{-inf, -inf, nan}})
    CHECK(std::isnan(std::get<0>(of(c = with_nan))));
  static_assert(compile(logsumexp(c))(c = matrix<double, 3>{-inf, 0.5, -inf}) == 0.5);
}
