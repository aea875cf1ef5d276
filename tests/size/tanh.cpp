// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// tanh and its derivative in code for size, beside tanhl and 1 / coshl^2: docs/numerics.md has the
// bounds. Compiled with -Os.
#include <chainrule/chainrule.hpp>

#include <cmath>
#include <cstdio>
#include <limits>

using namespace chainrule;

static_assert(math::is_for_size);

namespace {

constexpr variable<"z", 4> z;
constexpr auto both = compile(tanh(z), gradient(sum(tanh(z)), z));

template <class T>
T units(T value, long double exact) {
  int exponent = 0;
  std::frexp(exact, &exponent);
  const long double unit = std::ldexp(1.0L, exponent - std::numeric_limits<T>::digits);
  return static_cast<T>(std::abs(static_cast<long double>(value) - exact) / unit);
}

/// Arguments in [-last, last], denser near 0.
template <class T>
bool is_accurate(T last) {
  T of_value = 0, of_slope = 0;
  for (int i = 1; i < 200000; ++i) {
    T at[4];
    for (int k = 0; k < 4; ++k) {
      const T part = (T(i) + T(k) / 4) / 200000;
      at[k] = (k % 2 == 0 ? 1 : -1) * (i % 2 == 0 ? last * part : last * std::pow(part, T(6)));
    }
    const auto [value, slope] = both(z = at);
    for (int k = 0; k < 4; ++k) {
      const auto x = static_cast<long double>(at[k]), cosh = std::cosh(x);
      of_value = std::fmax(of_value, units(value(k, 0), std::tanh(x)));
      of_slope = std::fmax(of_slope, units(slope.values[k], 1 / (cosh * cosh)));
    }
  }
  std::printf("%d bits: tanh %.3f, slope %.3f units in the last place\n",
              std::numeric_limits<T>::digits, static_cast<double>(of_value),
              static_cast<double>(of_slope));
  return of_value > 0 && of_slope > 0 && of_value <= T(2.5) && of_slope <= T(3.1);
}

template <class T>
bool has_limits() {
  const T infinity = std::numeric_limits<T>::infinity();
  const T at[]{infinity, -infinity, T(-0.0), std::numeric_limits<T>::quiet_NaN()};
  const auto [value, slope] = both(z = at);
  return value(0, 0) == 1 && value(1, 0) == -1 && std::signbit(value(2, 0)) && value(2, 0) == 0 &&
         std::isnan(value(3, 0)) && slope.values[0] == 0 && slope.values[1] == 0 &&
         slope.values[2] == 1 && std::isnan(slope.values[3]);
}

} // namespace

int main() {
  const bool float_is = is_accurate<float>(44) && has_limits<float>();
  const bool double_is = is_accurate<double>(354) && has_limits<double>();
  return float_is && double_is ? 0 : 1;
}
