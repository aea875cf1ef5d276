// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// fast_tanh against the C library's tanh of double, at numbers evenly spread over the floats.
#include <chainrule/fast_tanh.hpp>

#include "catch.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace chainrule;
using Catch::Matchers::WithinAbs;

namespace {

constexpr variable<"x"> x;
constexpr variable<"z", 64> z;

} // namespace

TEST_CASE("fast_tanh of float is within 6 units in the last place") {
  constexpr auto function = compile(fast_tanh(z));
  matrix<float, 64> in{}, out{};
  double worst = 0;
  // from the smallest normal number on; every 1009th has every end of a mantissa among them
  std::uint32_t bits = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::min());
  while (bits < std::bit_cast<std::uint32_t>(20.0F)) {
    for (float &each : in) {
      each = std::bit_cast<float>(bits) * ((bits & 1) != 0 ? -1.0F : 1.0F);
      bits += 1009;
    }
    function.into(out)(z = in);
    for (int i = 0; i < 64; ++i) {
      const double expected = std::tanh(static_cast<double>(in(i)));
      const float size = std::abs(static_cast<float>(expected));
      const double unit =
          static_cast<double>(std::nextafter(size, 2.0F)) - static_cast<double>(size);
      worst = std::max(worst, std::abs(static_cast<double>(out(i)) - expected) / unit);
    }
  }
  CAPTURE(worst);
  CHECK(worst < 6);
  CHECK(worst > 3); // else the documentation says too little of it
}

TEST_CASE("fast_tanh of double is within 3e-8, its slope within 6e-8") {
  constexpr auto function = compile(fast_tanh(x), partial(fast_tanh(x), x));
  for (int i = -4000; i <= 4000; ++i) {
    const double at = i / 200.0, expected = std::tanh(at);
    const auto [value, slope] = function(x = at);
    CHECK(std::abs(value - expected) <= 3e-8 * std::abs(expected));
    CHECK_THAT(slope, WithinAbs(1 - expected * expected, 6e-8));
  }
}

TEST_CASE("fast_tanh at the edges") {
  constexpr auto function = compile(fast_tanh(x));
  constexpr float infinity = std::numeric_limits<float>::infinity();
  CHECK(function(x = infinity) == 1);
  CHECK(function(x = -infinity) == -1);
  CHECK(std::signbit(function(x = -0.0F)));
  CHECK(std::isnan(function(x = std::numeric_limits<float>::quiet_NaN())));
  CHECK(function(x = std::numeric_limits<float>::denorm_min()) <=
        std::numeric_limits<float>::denorm_min());
}
