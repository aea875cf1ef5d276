// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A network on a microcontroller. Four sensors in a row see a touch, a 4-8-1 network says where it
// is, from -1 to 1. The weights were trained elsewhere and are constants: they stay in flash. The
// nine of the output layer are copied to RAM, where one update corrects what the device has
// drifted. How to build and run it: README.md.
#include <chainrule/chainrule.hpp>

#include <algorithm>
#include <cstdio>

namespace net {

using namespace chainrule;

constexpr variable<"x", 4> x;
constexpr variable<"y"> y;
constexpr auto hidden = dense<"hidden", 4, 8>(tanh);
constexpr auto output = dense<"output", 8, 1>(linear);
constexpr auto model = sequential(hidden, output);
constexpr auto loss = squared_error(model(x), y);

constexpr auto predict = compile(model(x));
constexpr auto step = compile(loss, gradient(loss, output));

/// Constants, in the order of the variables: W row by row, then b.
constexpr float trained_hidden[]{
    -0.1584f, 0.5240f,  0.4019f, 0.8335f,  0.4372f,  -0.03276f, 0.2140f,  -0.2281f, //
    -0.4503f, 0.2491f,  0.1438f, -0.0633f, 0.4183f,  0.4081f,   -0.3020f, -0.5662f,
    -0.8607f, -0.6533f, 0.1841f, -0.4155f, 0.6629f,  0.7331f,   1.1630f,  -0.6890f,
    -0.2976f, 1.1170f,  0.2307f, 0.8271f,  0.0797f,  0.0171f,   0.6418f,  -0.1494f,
    0.2153f,  0.0080f,  0.0460f, 0.0205f,  -0.0405f, 0.4249f,   0.2022f,  -0.0329f};
constexpr float trained_output[]{1.0300f,  -0.1615f, -0.0314f, -0.6028f, 0.5350f,
                                 -1.0160f, 0.7107f,  -0.0040f, -0.0790f};

template <std::size_t Size>
constexpr auto pack_of(auto layer, const float (&numbers)[Size]) {
  auto result = parameters<float>(layer);
  static_assert(result.count == Size);
  std::copy(numbers, numbers + Size, result.begin());
  return result;
}

constexpr auto in_flash = pack_of(hidden, trained_hidden); // const: the linker leaves it there
auto in_ram = pack_of(output, trained_output);

} // namespace net

// What a firmware would call; whole functions of their own, so that their sizes can be seen.
extern "C" [[gnu::noinline]] float position(const float (&readings)[4]) {
  return net::predict(net::in_flash, net::in_ram, net::x = readings);
}

extern "C" [[gnu::noinline]] float update(const float (&readings)[4], float truth, float rate) {
  const auto [loss, slope] =
      net::step(net::in_flash, net::in_ram, net::x = readings, net::y = truth);
  net::in_ram.descend(slope, rate);
  return loss;
}

int main() {
  // A touch at 0.5, seen by sensors that have become weaker.
  constexpr float readings[]{0.12f, 0.26f, 0.72f, 0.66f};
  constexpr float truth = 0.5f;
  const auto print = [&](const char *when) {
    const float found = position(readings);
    std::printf("%s: touch at %.3f, found at %.3f\n", when, static_cast<double>(truth),
                static_cast<double>(found));
    return found < truth ? truth - found : found - truth;
  };
  const float before = print("weights from flash");
  update(readings, truth, 0.1f);
  const float after = print("after one update  ");
  return after < before ? 0 : 1;
}
