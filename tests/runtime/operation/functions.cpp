// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every function of networks, value and derivative, by compile(f), by compile(partial(f, x)), by
// both together and element by element of matrices, in units in the last place of 50-digit
// references. The functions, their references and the points: tests/accuracy/functions.hpp.

#include "accuracy/functions.hpp"
#include "catch.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace {

// Without optimisation the 50-digit arithmetic is six times slower.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr int points = 200;
#else
constexpr int points = 20;
#endif

#define CHECK_ACCURATE(measured, limit)                                                            \
  do {                                                                                             \
    const accuracy::worst &is = measured;                                                          \
    INFO("largest error " << is.ulps << " ulp at " << is.at);                                      \
    CHECK(is.ulps <= (limit));                                                                     \
  } while (false)

template <class T>
void check_functions() {
  for (const auto &function : accuracy::functions<T>(points)) {
    INFO(function.name << ", " << std::numeric_limits<T>::digits << " bits");
    const accuracy::errors of = accuracy::measure(function);
    CHECK_ACCURATE(of.value, function.value_limit);
    CHECK_ACCURATE(of.slope, function.slope_limit);
    // both are within the limits above of what is exact, on one side of it or on both
    CHECK_ACCURATE(of.value_of_matrix, 3);
    CHECK_ACCURATE(of.slope_of_matrix, 5);
  }
}

} // namespace

TEST_CASE("every function of networks is accurate in float") { check_functions<float>(); }

TEST_CASE("every function of networks is accurate in double") { check_functions<double>(); }

TEST_CASE("the measure of functions sees a wrong derivative and a wrong sign") {
  auto all = accuracy::functions<double>(4);
  auto &exponential = all.front();
  REQUIRE(exponential.name == "exp");
  exponential.reference = [](const accuracy::wide &x, const accuracy::wide &,
                             const accuracy::wide &) -> accuracy::exact {
    const accuracy::wide is = accuracy::reference::bounded_exp(x);
    return {is, is * (1 + accuracy::wide("1e-12"))};
  };
  const accuracy::errors of = accuracy::measure(exponential);
  CHECK(of.value.ulps <= 2);
  CHECK(of.slope.ulps > 4000);
  auto &absolute = *std::find_if(all.begin(), all.end(),
                                 [](const auto &function) { return function.name == "abs"; });
  absolute.reference = [](const accuracy::wide &x, const accuracy::wide &,
                          const accuracy::wide &) -> accuracy::exact {
    return {x, 1};
  };
  CHECK(accuracy::measure(absolute).value.ulps > 1e15);
}
