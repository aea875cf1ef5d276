// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the examples share: printing formulas, and comparing results with reference values.
#pragma once

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>
#include <string_view>

inline int failures = 0;

/// One line with the value, and whether it is the reference value.
inline void expect(const char *name, double computed, double reference, double tolerance = 1e-13) {
  const bool right =
      computed == reference || std::fabs(computed - reference) <= tolerance * std::fabs(reference);
  failures += right ? 0 : 1;
  std::printf("  %-12s %24.17g%s\n", name, computed + 0.0, right ? "" : "   WRONG"); // no -0
  if (!right)
    std::printf("  %-12s %24.17g was expected\n", "", reference);
}

/// Text beside its name, in lines of at most 100 columns, which are broken before + and *.
inline void show_text(const char *name, std::string_view text) {
  constexpr std::size_t width = 85;
  for (; !text.empty(); name = "") {
    std::size_t end = text.find('\n') < text.size() ? text.find('\n') : text.size();
    if (end > width)
      if (const std::size_t last = text.substr(0, width).find_last_of("+*");
          last != std::string_view::npos && last > 0)
        end = last;
    const std::size_t shown = end > 0 && text[end - 1] == ' ' ? end - 1 : end;
    std::printf("  %-12s %.*s\n", name, static_cast<int>(shown), text.data());
    text.remove_prefix(end < text.size() && text[end] == '\n' ? end + 1 : end);
  }
}

/// A formula beside its name. Of a long one, parts that recur are named first.
template <chainrule::expression Formula>
void show(const char *name, Formula formula) {
  const std::string_view text = to_string(formula);
  show_text(name, text.size() <= 85 ? text : to_string(formula, chainrule::named_parts));
}

inline int result() { return failures == 0 ? 0 : 1; }
