// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random numbers that are the same with every standard library, whose distributions are not.
#pragma once

#include <cstdint>
#include <random>

namespace fuzz {

struct random_numbers {
  std::mt19937_64 generator;
  int below(int limit) { return static_cast<int>(generator() % static_cast<std::uint64_t>(limit)); }
};

} // namespace fuzz
