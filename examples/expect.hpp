// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the examples share: printing formulas, and comparing results with reference values.
#pragma once

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>
#include <string_view>

inline bool is_checking = false;
inline int failures = 0;

/// Takes the flag --check, which the tests give, from the arguments of main.
inline void begin(int &count, char **values) {
  if (count > 1 && std::string_view(values[count - 1]) == "--check") {
    is_checking = true;
    --count;
  }
}

/// With --check: complains if a value is not the reference value. Prints nothing else.
inline void check(const char *name, double computed, double reference, double tolerance = 1e-13) {
  if (!is_checking || computed == reference ||
      std::fabs(computed - reference) <= tolerance * std::fabs(reference))
    return;
  ++failures;
  std::printf("  WRONG: %s is %.17g, expected was %.17g\n", name, computed, reference);
}

/// One line with the value, which is checked.
inline void expect(const char *name, double computed, double reference, double tolerance = 1e-13) {
  std::printf("  %-12s %18.12g\n", name, computed + 0.0); // no -0
  check(name, computed, reference, tolerance);
}

/// The elements of a matrix beside its name, a line for each row.
inline void show_matrix(const char *name, const auto &m) {
  for (int i = 0; i < m.rows(); ++i, name = "") {
    std::printf("  %-12s", name);
    for (int j = 0; j < m.columns(); ++j)
      std::printf(" %9.5f", m(i, j) + 0.0); // no -0
    std::puts("");
  }
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
