// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What benchmark() hands back: rows to read, and a table to print, of at most 100 columns.
// Read next: benchmark.hpp.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace chainrule {

/// One way to a value and its gradient.
struct benchmark_row {
  std::string name;
  double nanoseconds = 0;    ///< of one call, the least of all rounds; 0 where it was not timed
  double ratio = 0;          ///< to the compiled function
  long long allocations = 0; ///< of one call, once it is warm; -1: they are not counted
  double difference = 0;     ///< the largest of the slopes, relative to the largest slope
  std::string remark;        ///< why it was not timed; else empty
};

/// The table of benchmark(): `for (const benchmark_row &row : result)`, `std::cout << result`.
struct benchmark_result {
  std::size_t slopes = 0;               ///< how many numbers the gradient is
  std::vector<benchmark_row> rows;      ///< the compiled function first
  std::vector<std::string> not_present; ///< tape libraries that were not found

  auto begin() const { return rows.begin(); }
  auto end() const { return rows.end(); }

  /// The row of this name, or null.
  const benchmark_row *find(std::string_view name) const {
    for (const benchmark_row &row : rows)
      if (row.name == name)
        return &row;
    return nullptr;
  }
  /// Whether all gradients that were computed are the same.
  bool agrees() const {
    for (const benchmark_row &row : rows)
      if (row.difference != 0 && !row.remark.empty())
        return false;
    return true;
  }
};

namespace detail {

/// The words of a text in lines of at most 96 columns behind four blanks.
inline void append_words(std::string &to, std::string_view words) {
  std::size_t column = to.substr(to.rfind('\n') + 1).size();
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (column + 1 + word.size() > 100) {
      to += "\n   ";
      column = 3;
    }
    to += ' ';
    to += word;
    column += 1 + word.size();
    words.remove_prefix(word.size() == words.size() ? word.size() : word.size() + 1);
  }
}

/// As printf has it.
template <class... Values>
std::string formatted(const char *format, const Values &...values) {
  char text[128];
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  const int length = std::snprintf(text, sizeof text, format, values...);
  return {text, text + (length < 0 ? 0 : length < 127 ? length : 127)};
}

} // namespace detail

/// The table as text, with a remark below a row that was not timed.
inline std::string to_string(const benchmark_result &result) {
  std::string text = detail::formatted(
      "%-46s %12s %8s %12s %12s\n",
      ("value and " + std::to_string(result.slopes) + (result.slopes == 1 ? " slope" : " slopes"))
          .c_str(),
      "ns", "ratio", "allocations", "difference");
  for (const benchmark_row &row : result.rows) {
    const std::string name = row.name.substr(0, 46);
    if (row.remark.empty()) {
      text += detail::formatted(
          "%-46s %12.1f %8.2f %12s %12.1e\n", name.c_str(), row.nanoseconds, row.ratio,
          row.allocations < 0 ? "not counted" : std::to_string(row.allocations).c_str(),
          row.difference);
    } else {
      text += detail::formatted("%-46s %12s", name.c_str(), "not timed:");
      detail::append_words(text, row.remark);
      text += '\n';
    }
  }
  if (!result.not_present.empty()) {
    std::string words;
    for (const std::string &each : result.not_present)
      words += (words.empty() ? "" : ", ") + each;
    text += "not compared, as the compiler does not find it:";
    detail::append_words(text, words);
    text += '\n';
  }
  return text;
}

template <class Stream>
  requires requires(Stream &stream) { stream << 0.0; }
Stream &operator<<(Stream &stream, const benchmark_result &result) {
  stream << to_string(result);
  return stream;
}

} // namespace chainrule
