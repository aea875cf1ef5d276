// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Literals against the C library's strtof, strtod and strtold, which round correctly.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>

using namespace chainrule;

TEST_CASE("literals are correctly rounded") {
  std::mt19937_64 random(11);
  const auto below = [&](std::uint64_t bound) { return static_cast<int>(random() % bound); };
  int wrong = 0;
  for (int i = 0; i < 30000; ++i) {
    const int range = i % 2 == 0 ? 20 : 300;
    char text[64];
    std::snprintf(text, sizeof text, "%d.%0*de%d", below(1'000'000), i % 5 + 1,
                  below(10) * (i % 5 == 0 ? 1 : 7),
                  below(2 * static_cast<std::uint64_t>(range)) - range);
    const detail::parsed_decimal parsed = detail::parse_decimal(text);
    REQUIRE(parsed.fits);
    wrong += math::rounded<double>(parsed.value) != std::strtod(text, nullptr);
    wrong += math::rounded<float>(parsed.value) != std::strtof(text, nullptr);
    wrong += math::rounded<long double>(parsed.value) != std::strtold(text, nullptr);
  }
  CHECK(wrong == 0);
}
