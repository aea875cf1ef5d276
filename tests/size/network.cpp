// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Value and gradient of a 4-8-1 network with a squared error, and the same in plain loops.
// check.sh compares the sizes. With -DSUBJECT=name the program calls one of the functions and the
// linker leaves the others out; without, it ends with status 0 if they agree.
#include <chainrule/chainrule.hpp>

#include <cmath>

namespace net {

using namespace chainrule;

constexpr variable<"x", 4> x;
constexpr variable<"y"> y;
constexpr auto model = sequential(dense<"hidden", 4, 8>(tanh), dense<"output", 8, 1>(linear));
constexpr auto loss = squared_error(model(x), y);
constexpr auto step = compile(loss, gradient(loss, model));
using weights = decltype(parameters<float>(model));

} // namespace net

struct weights_by_hand {
  float W1[8][4], b1[8], W2[8], b2;
};

extern "C" {

float by_chainrule(const net::weights &theta, const float (&x)[4], float y, net::weights &slope) {
  float value;
  net::step.into(value, slope)(theta, net::x = x, net::y = y);
  return value;
}

float by_hand(const weights_by_hand &theta, const float (&x)[4], float y, weights_by_hand &slope) {
  float hidden[8], found = theta.b2;
  for (int i = 0; i < 8; ++i) {
    float z = theta.b1[i];
    for (int j = 0; j < 4; ++j)
      z += theta.W1[i][j] * x[j];
    hidden[i] = std::tanh(z);
    found += theta.W2[i] * hidden[i];
  }
  const float error = found - y, flow = 2 * error;
  slope.b2 = flow;
  for (int i = 0; i < 8; ++i) {
    slope.W2[i] = flow * hidden[i];
    slope.b1[i] = flow * theta.W2[i] * (1 - hidden[i] * hidden[i]);
    for (int j = 0; j < 4; ++j)
      slope.W1[i][j] = slope.b1[i] * x[j];
  }
  return error * error;
}

float nothing(const net::weights &, const float (&)[4], float y, net::weights &) { return y; }
}

namespace {

net::weights theta, slope;
weights_by_hand theta_by_hand, slope_by_hand;

[[maybe_unused]] float called(decltype(by_chainrule) &function, const float (&x)[4]) {
  return function(theta, x, 0.25f, slope);
}
[[maybe_unused]] float called(decltype(by_hand) &function, const float (&x)[4]) {
  return function(theta_by_hand, x, 0.25f, slope_by_hand);
}

} // namespace

int main(int count, char **) {
  const float point[4]{0.5f, -1.25f, 0.75f, static_cast<float>(count)};
#if defined(SUBJECT)
  return called(SUBJECT, point) < 0;
#else
  static_assert(sizeof theta == sizeof theta_by_hand);
  for (int i = 0; i < 49; ++i)
    theta.values[i] = 0.0625f * static_cast<float>((7 * i) % 31 - 15);
  __builtin_memcpy(&theta_by_hand, &theta, sizeof theta);
  const float value = by_chainrule(theta, point, 0.25f, slope);
  const float expected = by_hand(theta_by_hand, point, 0.25f, slope_by_hand);
  float by_hand[49];
  __builtin_memcpy(by_hand, &slope_by_hand, sizeof by_hand);
  bool agree = std::abs(value - expected) <= 1e-5f * expected;
  for (int i = 0; i < 49; ++i)
    agree = agree && std::abs(slope.values[i] - by_hand[i]) <= 1e-5f + 1e-4f * std::abs(by_hand[i]);
  return agree ? 0 : 1;
#endif
}
