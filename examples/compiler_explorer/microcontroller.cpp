// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// ARM gcc (none), -std=c++20 -Os -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard
// -fno-exceptions -fno-rtti. Look at learn: loops stay loops, and the only function that it calls
// for numbers is expm1f. With -DCHAINRULE_FOR_SIZE=0 they are unrolled.
#include "chainrule_all.hpp"

namespace net {

using namespace chainrule;

constexpr variable<"x", 4> x;
constexpr variable<"y"> y;
constexpr auto model = sequential(dense<"hidden", 4, 8>(tanh), dense<"output", 8, 1>(linear));
constexpr auto loss = squared_error(model(x), y);
constexpr auto step = compile(loss, gradient(loss, model));
auto theta = parameters<float>(model);

} // namespace net

float learn(const float (&sample)[4], float target, float rate) {
  const auto [value, slope] = net::step(net::theta, net::x = sample, net::y = target);
  net::theta.descend(slope, rate);
  return value;
}

int main() {
  const float sample[]{0.25f, 0.5f, 0.75f, 1};
  return learn(sample, 1, 0.1f) > learn(sample, 1, 0.1f) ? 0 : 1;
}
