// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The clock of the tables that are printed by a program of their own, and a call to count.
#pragma once

#include <chrono>
#include <type_traits>

/// Nanoseconds of one of so many calls.
double time_of(const auto &function, int calls) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) {
    function();
    asm volatile("" ::: "memory");
  }
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin)
             .count() /
         calls;
}

/// A call whose instructions `valgrind --tool=callgrind --toggle-collect='*counted_call*'` counts,
/// with the five or so of this function.
template <class Result, class... Arguments>
[[gnu::noinline]] Result counted_call(Result (*function)(Arguments...),
                                      std::type_identity_t<Arguments>... arguments) {
  return function(arguments...);
}
