// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the tests use of Catch2, without Catch2: under an emulator, for a compiler to which its main
// would be half of the work.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace stand_in {

struct test {
  const char *name;
  void (*run)();
  test *next = nullptr;
  inline static test *first = nullptr, **last = &first;
  inline static int checks = 0, failures = 0;

  test(const char *called, void (*function)()) : name(called), run(function) {
    *last = this;
    last = &next;
  }
};

inline bool check(bool holds, const char *text, const char *file, int line) {
  ++test::checks;
  test::failures += holds ? 0 : 1;
  if (!holds)
    std::printf("%s:%d: %s\n", file, line, text);
  return holds;
}

} // namespace stand_in

#define STAND_IN_JOINED(a, b) a##b
#define STAND_IN_NAME(kind, line) STAND_IN_JOINED(kind, line)
#define TEST_CASE(...)                                                                             \
  static void STAND_IN_NAME(run_test_in_line_, __LINE__)();                                        \
  static stand_in::test STAND_IN_NAME(test_in_line_, __LINE__)(                                    \
      #__VA_ARGS__, STAND_IN_NAME(run_test_in_line_, __LINE__));                                   \
  static void STAND_IN_NAME(run_test_in_line_, __LINE__)()
#define CHECK(...) stand_in::check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)
#define CHECK_FALSE(...) CHECK(!(__VA_ARGS__))
#define REQUIRE(...)                                                                               \
  do {                                                                                             \
    if (!CHECK(__VA_ARGS__))                                                                       \
      std::exit(1);                                                                                \
  } while (false)
#define CHECK_THROWS_AS(expression, ...)                                                           \
  do {                                                                                             \
    bool is_thrown = false;                                                                        \
    try {                                                                                          \
      static_cast<void>(expression);                                                               \
    } catch (const __VA_ARGS__ &) {                                                                \
      is_thrown = true;                                                                            \
    }                                                                                              \
    CHECK(is_thrown);                                                                              \
  } while (false)
#define SUCCEED(...) static_cast<void>(0)
#define CAPTURE(...) static_cast<void>(0)
#define INFO(...) static_cast<void>(0)
#define UNSCOPED_INFO(...) static_cast<void>(0)
#define WARN(...) (std::cout << __VA_ARGS__ << '\n')

#ifdef STAND_IN_MAIN
int main() {
  for (const stand_in::test *each = stand_in::test::first; each != nullptr; each = each->next)
    each->run();
  std::printf("%d checks, %d failures\n", stand_in::test::checks, stand_in::test::failures);
  return stand_in::test::failures == 0 ? 0 : 1;
}
#endif
