// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The first three derivatives of every function of numbers, and of those of columns, in units in
// the last place of 50 digits. Functions, series and points: tests/accuracy/derivatives.hpp.
#include "accuracy/derivatives.hpp"

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

namespace {

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
constexpr int points = 100;
#else
constexpr int points = 20;
#endif

/// 16 units, and 48 where terms of nearly one size are left: near their change of formula, of mish
/// at 0 and of softmax beside its zeros.
double bound_of(std::string_view name) {
  constexpr std::array wide{"erfcx", "log_erfc", "log_normal_cdf", "mish", "softmax"};
  return std::find(wide.begin(), wide.end(), name) != wide.end() ? 48 : 16;
}

template <class T>
void check() {
  for (const auto &function : accuracy::derivatives<T>(points)) {
    const std::array<accuracy::worst, 3> errors = accuracy::measure(function);
    for (std::size_t i = 0; i < errors.size(); ++i) {
      INFO(function.name << ", order " << i + 1 << ", " << std::numeric_limits<T>::digits
                         << " bits: " << errors[i].ulps << " at " << errors[i].at);
      CHECK(errors[i].ulps <= bound_of(function.name));
    }
  }
}

} // namespace

TEST_CASE("derivatives up to the third are accurate in float") { check<float>(); }

TEST_CASE("derivatives up to the third are accurate in double") { check<double>(); }

TEST_CASE("the measure of derivatives sees a wrong third one") {
  auto all = accuracy::derivatives<double>(20);
  auto &sine = *std::find_if(all.begin(), all.end(),
                             [](const auto &function) { return function.name == "sin"; });
  sine.slope = [](const accuracy::series &x, const accuracy::wide &, const accuracy::wide &) {
    accuracy::series wrong = cos(x);
    wrong.at[2] *= 1 + accuracy::wide("1e-12");
    return wrong;
  };
  const std::array<accuracy::worst, 3> errors = accuracy::measure(sine);
  CHECK(errors[1].ulps <= 2);
  CHECK(errors[2].ulps > 1000);
}
