// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// tanh and its derivative from one exponential, against the C library's long double, on both sides
// of the change of formula at 0.55.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"z"> z;
constexpr auto tanh_and_slope = compile(tanh(z), gradient(tanh(z), z));
static_assert(cost(tanh_and_slope).transcendentals == 1);

/// |computed - expected| in units in the last place of the expected value.
template <class T>
double error_in_units(T computed, long double expected) {
  const T size = std::fabs(static_cast<T>(expected));
  const T unit = std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
  return static_cast<double>(std::fabs(static_cast<long double>(computed) - expected) / unit);
}

template <class T>
void check_near(T at) {
  const auto [value, slope] = tanh_and_slope(z = at);
  const long double cosh = std::cosh(static_cast<long double>(at));
  CHECK(error_in_units(value, std::tanh(static_cast<long double>(at))) < 2);
  CHECK(error_in_units(slope[z], 1 / (cosh * cosh)) < 4);
}

template <class T>
void check_range() {
  for (T size = T(1e-30); size < 18; size *= T(1.0371)) {
    check_near(size);
    check_near(-size);
  }
  for (T at = T(0.549); at < T(0.551); at += T(0.00001234))
    check_near(at);
}

} // namespace

TEST_CASE("tanh and its derivative are accurate") {
  check_range<float>();
  check_range<double>();
}

TEST_CASE("tanh ends in 1 and its derivative in 0") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double at : {400.0, infinity}) {
    CHECK(std::get<0>(tanh_and_slope(z = at)) == 1);
    CHECK(std::get<0>(tanh_and_slope(z = -at)) == -1);
    CHECK(std::get<1>(tanh_and_slope(z = -at))[z] < 1e-300);
  }
  CHECK(std::signbit(std::get<0>(tanh_and_slope(z = -0.0))));
  CHECK(std::isnan(std::get<0>(tanh_and_slope(z = std::numeric_limits<double>::quiet_NaN()))));
}
