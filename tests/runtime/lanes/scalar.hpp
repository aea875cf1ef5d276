// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of scalars with several lanes: each lane against the same function of one number.
#pragma once

#include "catch.hpp"

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <limits>

namespace lanes {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w"> w;

/// Two numbers that differ by no more units in the last place, or are both NaN.
template <class T>
bool are_close(T a, T b, int units) {
  if (a == b || (a != a && b != b))
    return true;
  const T size = std::abs(a) < std::abs(b) ? std::abs(b) : std::abs(a);
  return std::abs(a - b) <=
         static_cast<T>(units) * std::max(size * std::numeric_limits<T>::epsilon(),
                                          std::numeric_limits<T>::denorm_min());
}

/// Value and slopes of f at x, and w and y, in every lane. `lane(value, i)` reads lane i.
template <class Wide>
void check(const auto &f, const Wide &at_x, const Wide &at_y, int count, const auto &lane,
           int units) {
  const auto step = compile(f, gradient(f, w, x, y));
  using number = decltype(lane(at_x, 0));
  const auto [value, slope] = step(x = at_x, y = at_y, w = 0.7);
  for (int i = 0; i < count; ++i) {
    CAPTURE(i, lane(at_x, i), lane(at_y, i));
    const auto [expected, slopes] =
        step(x = lane(at_x, i), y = lane(at_y, i), w = static_cast<number>(0.7));
    CHECK(are_close(lane(value, i), expected, units));
    CHECK(are_close(lane(slope[w], i), slopes[w], units));
    CHECK(are_close(lane(slope[x], i), slopes[x], units));
    CHECK(are_close(lane(slope[y], i), slopes[y], units));
  }
}

/// `wide(a, b)` is a scalar of Count lanes between a and b, `lane(value, i)` reads lane i.
void check_all(const auto &wide, const auto &lane, int count) {
  // Read at run time: clang folds sinh of a constant in double precision, the C library's sinhf
  // is one unit off.
  const volatile double first_x = -2.5, first_y = 0.9;
  const auto at_x = wide(first_x, 3.0), at_y = wide(first_y, 0.05);
  // The same kernels: every bit, also beside a slope on the side not taken that is infinite or NaN
  const auto smooth = w * x + y / (1_c + square(x)) - 0.1_c;
  const auto chosen = select(x > 0.3_c && y < 0.5_c, w * x, x * y) +
                      select(x < y || !(w <= x), x / y, w) + select(x > 0_c, sqrt(x), y);
  const auto kinked =
      relu(x * w) + abs(x - y) + max(x, w) * min(x * y, w) + sign(x) * y + clamp(x, -1_c, 1_c) * y;
  check(smooth + chosen + kinked, at_x, at_y, count, lane, 0);
  // No kernel on packs: one lane after another
  check(asin(0.3_c * x) + lgamma(y) + sinh(x) * cbrt(x), at_x, at_y, count, lane, 0);
  // Another kernel, of 1 to 5 units beside 1 unit: they add up along the network
  check(sin(w * x) + atan2(y, x) * erf(x) + tan(y) + hypot(x, y) + pow(y, w + 1.5_c), at_x, at_y,
        count, lane, 64);
  const auto h = sigmoid(w * sigmoid(w * x) + y);
  check(binary_cross_entropy(h, y) + squared_error(tanh(w * h), y), at_x, at_y, count, lane, 64);
  check(binary_cross_entropy_with_logits(w * x, y) + softplus(x * y) + exp(w * x) + log(y), at_x,
        at_y, count, lane, 64);
}

/// Matrices of such scalars, a sample in every lane.
void check_matrices(const auto &wide, const auto &lane, int count) {
  using scalar = decltype(wide(0.0, 1.0));
  using number = decltype(lane(wide(0.0, 1.0), 0));
  constexpr variable<"W", 3, 2> W;
  constexpr variable<"z", 2> z;
  constexpr variable<"t", 3> t;
  const auto loss = softmax_cross_entropy(W * tanh(z), t) + max(W * z) + sum(log_softmax(W * z));
  const auto step = compile(loss, gradient(loss, W, z), softmax(W * z));
  matrix<scalar, 3, 2> weights;
  matrix<scalar, 2> in{wide(-1.0, 2.0), wide(0.5, 0.25)};
  matrix<scalar, 3> labels{wide(0.0, 1.0), wide(1.0, 0.0), wide(0.0, 0.0)};
  for (int k = 0; k < 6; ++k)
    weights.values[k] = wide(0.3 * k - 0.8, 0.9 - 0.2 * k);
  const auto [value, slope, a] = step(W = weights, z = in, t = labels);
  for (int i = 0; i < count; ++i) {
    matrix<number, 3, 2> one_weights{};
    matrix<number, 2> one_in{lane(in(0), i), lane(in(1), i)};
    matrix<number, 3> one_label{lane(labels(0), i), lane(labels(1), i), lane(labels(2), i)};
    for (int k = 0; k < 6; ++k)
      one_weights.values[k] = lane(weights.values[k], i);
    const auto [expected, slopes, probabilities] = step(W = one_weights, z = one_in, t = one_label);
    const auto is_near = [](number got, number want) { // sums of a few terms of the order of 1
      return std::abs(got - want) <= 64 * std::numeric_limits<number>::epsilon();
    };
    CHECK(is_near(lane(value, i), expected));
    for (std::size_t k = 0; k < slope.count; ++k)
      CHECK(is_near(lane(slope.values[k], i), slopes.values[k]));
    for (int k = 0; k < 3; ++k)
      CHECK(is_near(lane(a(k), i), probabilities(k)));
  }
}

} // namespace lanes
