// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Compiled with -ffast-math: functions of many elements at once lose corrections of rounding, but
// not their values.
#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>

using namespace chainrule;

namespace {

constexpr variable<"x", 64> x;

int wrong = 0;

void compare(const char *what, double at, double found, double expected, double tolerance) {
  if (std::fabs(found - expected) <= tolerance * std::fabs(expected))
    return;
  std::printf("%s(%.17g) is %.17g, not %.17g\n", what, at, found, expected);
  ++wrong;
}

template <class T>
void check(T tolerance) {
  T points[64];
  for (int i = 0; i < 64; ++i)
    points[i] = static_cast<T>(0.37 * i - 11.3);
  const auto [e, s, l] = compile(exp(x), sigmoid(x), log(abs(x)))(x = points);
  for (int i = 0; i < 64; ++i) {
    const double at = static_cast<double>(points[i]);
    compare("exp", at, static_cast<double>(e(i)), std::exp(at), static_cast<double>(tolerance));
    compare("sigmoid", at, static_cast<double>(s(i)), 1 / (1 + std::exp(-at)),
            static_cast<double>(tolerance));
    compare("log abs", at, static_cast<double>(l(i)), std::log(std::fabs(at)),
            static_cast<double>(tolerance));
  }
}

} // namespace

int main() {
  check<double>(1e-14);
  check<float>(3e-6f);
  return wrong == 0 ? 0 : 1;
}
