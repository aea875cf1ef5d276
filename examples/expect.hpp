// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the examples share: printing formulas, and comparing results with reference values.
#pragma once

#include <cmath>
#include <cstdio>
#include <string_view>

inline int failures = 0;

/// One line with the value, and whether it is the reference value.
inline void expect(const char *name, double computed, double reference, double tolerance = 1e-13) {
  const bool right =
      computed == reference || std::fabs(computed - reference) <= tolerance * std::fabs(reference);
  failures += right ? 0 : 1;
  std::printf("  %-12s %24.17g%s\n", name, computed, right ? "" : "   WRONG");
  if (!right)
    std::printf("  %-12s %24.17g was expected\n", "", reference);
}

inline void show(const char *name, std::string_view formula) {
  std::printf("  %-12s %.*s\n", name, static_cast<int>(formula.size()), formula.data());
}

inline int result() { return failures == 0 ? 0 : 1; }
