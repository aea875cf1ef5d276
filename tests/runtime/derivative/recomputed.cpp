// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is run once more on the way back is what was kept otherwise, and takes less room.

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <vector>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"W", 3, 3> W;
constexpr variable<"U", 3, 2> U;
constexpr variable<"h", 3> h;
constexpr variable<"H", 3> H;
constexpr variable<"h0", 3> h0;
constexpr variable<"u", 2> u;
constexpr variable<"block", 2, 20> block;
constexpr variable<"X", 2, 400> X;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"a"> a;
constexpr variable<"p"> p;

constexpr auto cell = tanh(W * h + U * u);
constexpr auto plain = squared_norm(fold(cell, h = h0, u = X));
constexpr auto in_blocks = squared_norm(fold(fold(cell, h = H, u = block), H = h0, block = X));
constexpr auto again =
    squared_norm(fold(fold(cell, h = H, u = block, recomputed), H = h0, block = X));

struct data {
  std::vector<double> W, U, h0, X;
  data() {
    const auto fill = [](std::vector<double> &to, int count, double scale, double step) {
      for (int i = 0; i < count; ++i)
        to.push_back(scale * std::sin(step * i + 0.7));
    };
    fill(W, 9, 0.6, 1.3), fill(U, 6, 0.5, 0.9), fill(h0, 3, 0.4, 2.1), fill(X, 800, 1, 0.37);
  }
};

/// The next values of W, U and X by hand, backwards through all steps.
struct by_hand {
  double value = 0;
  std::vector<double> dW = std::vector<double>(9), dU = std::vector<double>(6),
                      dX = std::vector<double>(800), dh = std::vector<double>(3);

  explicit by_hand(const data &in) {
    std::vector<std::vector<double>> states{in.h0};
    for (std::size_t t = 0; t < 400; ++t) {
      std::vector<double> next(3);
      for (std::size_t i = 0; i < 3; ++i) {
        double sum = in.U[2 * i] * in.X[t] + in.U[2 * i + 1] * in.X[400 + t];
        for (std::size_t j = 0; j < 3; ++j)
          sum += in.W[3 * i + j] * states[t][j];
        next[i] = std::tanh(sum);
      }
      states.push_back(next);
    }
    for (std::size_t i = 0; i < 3; ++i) {
      value += states[400][i] * states[400][i];
      dh[i] = 2 * states[400][i];
    }
    for (std::size_t t = 400; t-- > 0;) {
      std::vector<double> before(3);
      for (std::size_t i = 0; i < 3; ++i) {
        const double d = dh[i] * (1 - states[t + 1][i] * states[t + 1][i]);
        for (std::size_t j = 0; j < 3; ++j) {
          dW[3 * i + j] += d * states[t][j];
          before[j] += in.W[3 * i + j] * d;
        }
        for (std::size_t j = 0; j < 2; ++j) {
          dU[2 * i + j] += d * in.X[400 * j + t];
          dX[400 * j + t] += in.U[2 * i + j] * d;
        }
      }
      dh = before;
    }
  }
};

} // namespace

TEST_CASE("a fold in blocks that are recomputed") {
  const data in;
  const by_hand expected(in);
  constexpr auto step = compile(again, gradient(again, W, U, h0, X));
  const auto [value, slope] = step(W = in.W, U = in.U, h0 = in.h0, X = in.X);
  const auto is_near = [](const auto &found, const std::vector<double> &wanted) {
    bool result = true;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      result = result && std::abs(found.data()[i] - wanted[i]) <= 1e-12;
    return result;
  };
  CHECK(std::abs(value - expected.value) <= 1e-13);
  CHECK(is_near(slope[W], expected.dW));
  CHECK(is_near(slope[U], expected.dU));
  CHECK(is_near(slope[X], expected.dX));
  CHECK(is_near(slope[h0], expected.dh));
}

TEST_CASE("it takes the room of the states between blocks") {
  // kept of each of the 400 steps are 3 numbers, but of 20 blocks 3; both have X in columns twice
  constexpr auto room = [](auto f) { return compile(f, gradient(f, W, U)).workspace_size; };
  static_assert(room(plain) > 1200 && room(in_blocks) > 1200);
  static_assert(room(plain) - room(again) > 1000);
}

TEST_CASE("derivatives of derivatives") {
  const data in;
  const auto second = [&](auto f) {
    return compile(partial(squared_norm(partial(f, W)), U))(W = in.W, U = in.U, h0 = in.h0,
                                                            X = in.X);
  };
  const auto expected = second(plain), found = second(again);
  for (int i = 0; i < 6; ++i)
    CHECK(std::abs(found.data()[i] - expected.data()[i]) <=
          1e-11 * (1 + std::abs(expected.data()[i])));
  constexpr auto orbit_in_blocks = iterate<5>(iterate<4>(y * (a - y), y = z, recomputed), z = p);
  CHECK(gradient_is_right(orbit_in_blocks, at(a = 1.7, p = 0.3)));
  CHECK(gradient_is_right(partial(orbit_in_blocks, a), at(a = 1.7, p = 0.3)));
}

TEST_CASE("it is written") {
  CHECK(to_string(iterate<5>(iterate<4>(a * y, y = z, recomputed), z = p)) ==
        "iterate<5>(iterate<4>(a * y, y = z, recomputed), z = p)");
  static_assert(iterate<2>(iterate<3>(a * y, y = z, recomputed), z = p) ==
                iterate<2>(iterate<3>(a * y, y = z), z = p));
}
