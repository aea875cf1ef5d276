// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// -DCHAINRULE_CHECKS: mistakes of the caller that cost time to look for end the program with a
// sentence: an element m(i, j) that the matrix does not have, and outputs or a workspace that
// overlap what else a call reads or writes. A unit with checks and one without can be linked.
// Read next: run.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include <chainrule/math/inline.hpp>

namespace chainrule::detail {

inline void no_such_element(int place, int count, const char *of) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr, "chainrule: m(i, j): there is no %s %d, they are 0 to %d\n", of, place,
               count - 1);
  __builtin_abort();
}

inline void memory_overlaps(const char *what, std::string_view name) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr,
               "chainrule: %s overlaps %.*s, and is written while that is in use; give it memory "
               "of its own\n",
               what, static_cast<int>(name.size()), name.data());
  __builtin_abort();
}

} // namespace chainrule::detail

namespace chainrule::detail::CHAINRULE_FLAGS {

#if defined(CHAINRULE_CHECKS)
inline constexpr bool is_checked = true;
#else
inline constexpr bool is_checked = false;
#endif

/// Ends the program unless 0 <= place < count.
CHAINRULE_INLINE constexpr void check_place([[maybe_unused]] int place, [[maybe_unused]] int count,
                                            [[maybe_unused]] const char *of) {
  if constexpr (is_checked)
    if (place < 0 || place >= count)
      no_such_element(place, count, of);
}

/// Whether two arrays have a byte in common.
template <class T>
bool overlap(const T *left, std::size_t left_count, const T *right, std::size_t right_count) {
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): arrays of others are not comparable
  const auto left_first = reinterpret_cast<std::uintptr_t>(left);
  const auto right_first = reinterpret_cast<std::uintptr_t>(right);
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  return left_count != 0 && right_count != 0 &&
         left_first < right_first + right_count * sizeof(T) &&
         right_first < left_first + left_count * sizeof(T);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
