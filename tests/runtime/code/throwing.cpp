// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A call throws what an operation of its scalar throws; of numbers it is noexcept.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <complex>
#include <stdexcept>

using namespace chainrule;

namespace {

/// A number that is not divided by 0.
struct checked {
  double value;

  checked(double number = 0) : value(number) {}
  friend checked operator+(const checked &a, const checked &b) { return a.value + b.value; }
  [[maybe_unused]] friend checked operator-(const checked &a, const checked &b) {
    return a.value - b.value;
  }
  friend checked operator-(const checked &a) { return -a.value; }
  friend checked operator*(const checked &a, const checked &b) { return a.value * b.value; }
  friend checked operator/(const checked &a, const checked &b) {
    if (b.value == 0)
      throw std::domain_error("a division by 0");
    return a.value / b.value;
  }
};

constexpr variable<"x"> x;
constexpr variable<"v", 2> v;
constexpr auto inverse = compile(1_c / x);
constexpr auto total = compile(sum(elementwise_quotient(v, v)), gradient(sum(1_c / v), v));

template <class Value>
constexpr bool is_noexcept(const Value &value) {
  const auto binding = (x = value);
  const auto point = at(binding);
  return noexcept(inverse(binding)) &&noexcept(inverse(point));
}

static_assert(is_noexcept(0.5) && is_noexcept(0.5f) && is_noexcept(1) && is_noexcept(0.5L));

} // namespace

TEST_CASE("a call of numbers is noexcept, of other scalars not") {
  CHECK(is_noexcept(math::pack<double>(1)));
  CHECK(!is_noexcept(std::complex<double>(1, 1)));
  CHECK(!is_noexcept(checked(1)));
  const matrix<checked, 2> column{};
  const auto binding = (v = column);
  CHECK(!noexcept(total(binding)));
  const matrix<float, 2> of_numbers{1, 2};
  const auto numbers = (v = of_numbers);
  CHECK(noexcept(total(numbers)));
}

TEST_CASE("what a scalar throws comes out of the call") {
  const checked zero(0), two(2);
  const matrix<checked, 2> zeros{};
  CHECK(inverse(x = two).value == 0.5);
  CHECK_THROWS_AS(inverse(x = zero), std::domain_error);
  CHECK_THROWS_AS(inverse(at(x = zero)), std::domain_error);
  CHECK_THROWS_AS(total(v = zeros), std::domain_error);
  checked value;
  CHECK_THROWS_AS(inverse.into(value)(x = zero), std::domain_error);
}
