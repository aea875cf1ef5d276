// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The functions of math/, at run time and by the code of constant evaluation, called on grids and
// compared in units in the last place with 50-digit arithmetic. Also: where libm is accurate
// enough, the run-time path is its value.

#include "accuracy/catalogue.hpp"
#include "catch.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace constant = chainrule::math::detail;
using accuracy::error_in_ulps;
using accuracy::grid;
using accuracy::wide;
using accuracy::worst;

wide reference_pow(const wide &x, const wide &y) { return exp(y * log(x)); }

// Without optimisation the 50-digit arithmetic is six times slower: a coarser grid keeps to
// seconds.
#ifdef __OPTIMIZE__
constexpr int points = 20000;
#else
constexpr int points = 5000;
#endif

#define REQUIRE_ACCURATE(result, limit)                                                            \
  do {                                                                                             \
    const worst measured = result;                                                                 \
    INFO("largest error " << measured.ulps << " ulp at " << measured.at);                          \
    REQUIRE(measured.ulps <= (limit));                                                             \
  } while (false)

template <class T>
void check_pow() {
  using limits = std::numeric_limits<T>;
  std::mt19937_64 generator{20260102};
  std::uniform_real_distribution<double> uniform(0, 1);
  std::uniform_real_distribution<T> exponent(std::log(limits::denorm_min()) * T(1.01),
                                             std::log(limits::max()) * T(1.01));
  worst result;
  for (int i = 0; i < points; ++i) {
    // Bases of all magnitudes, near 1 and in [1/2, 2]; y so that the results fill the range.
    const double random = uniform(generator);
    const T base = i % 3 == 0   ? std::exp(exponent(generator) * T(0.98))
                   : i % 3 == 1 ? static_cast<T>(0.5 + 1.5 * random)
                                : 1 + static_cast<T>((random - 0.5) * std::exp(-30 * random));
    const T y = i % 5 == 4 ? static_cast<T>(std::floor(uniform(generator) * 50 - 25))
                           : exponent(generator) / std::log(base);
    if (!(base > 0) || base == 1 || !std::isfinite(base) || !std::isfinite(y))
      continue;
    result.add(error_in_ulps(constant::pow_constant(base, y), reference_pow(wide(base), wide(y))),
               base, y);
  }
  REQUIRE_ACCURATE(result, 1.0);
}

/// Each function of tests/accuracy/catalogue.hpp, by both routes.
template <class T>
void check_catalogue() {
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
  constexpr int number = 200;
#else
  constexpr int number = 600;
#endif
  for (const auto &function : accuracy::catalogue<T>(number)) {
    INFO(function.name);
    const auto [at_run_time, in_constants] = accuracy::measure(function);
    REQUIRE_ACCURATE(at_run_time, function.limit);
    REQUIRE_ACCURATE(in_constants, function.constant_limit);
  }
}

} // namespace

TEST_CASE("each function is as accurate as its documentation says", "[math]") {
  check_catalogue<float>();
  check_catalogue<double>();
  check_catalogue<long double>();
}

TEST_CASE("constant evaluation of pow is accurate to one ulp", "[math]") {
  check_pow<float>();
  check_pow<double>();
  check_pow<long double>();
}

TEST_CASE("pow of exact arguments is exact", "[math]") {
  for (int base = 2; base <= 40; ++base) {
    double power = 1;
    for (int y = 0; power < 0x1p53; ++y, power *= base) {
      const double sign = y % 2 == 0 ? 1 : -1;
      REQUIRE(constant::pow_constant(double(base), double(y)) == power);
      REQUIRE(constant::pow_constant(-double(base), double(y)) == sign * power);
    }
  }
}

TEST_CASE("the error measure sees a wrong value", "[math]") {
  const double right = constant::exp_constant(1.0);
  const double wrong = std::nextafter(std::nextafter(std::nextafter(right, 9.0), 9.0), 9.0);
  CHECK(error_in_ulps(right, exp(wide(1))) <= 1);
  CHECK(error_in_ulps(wrong, exp(wide(1))) > 2);
  CHECK(error_in_ulps(std::nan(""), exp(wide(1))) > 2);
  CHECK(error_in_ulps(std::numeric_limits<double>::infinity(), exp(wide(700))) > 2);
  CHECK(error_in_ulps(std::numeric_limits<double>::max(), exp(wide(800))) <= 1);
  CHECK(error_in_ulps(0.0, exp(wide(-740))) > 2);
  grid<double> points_in_unit(points);
  points_in_unit.between(0, 1);
  const auto truncated = points_in_unit.compare([](double x) { return 1 + x * (1 + x / 2); },
                                                [](const wide &x) { return wide(exp(x)); });
  CHECK(truncated.ulps > 1e10);
}

TEST_CASE("at run time the functions are those of libm", "[math]") {
  namespace math = chainrule::math;
  volatile double source = 0.7;
  const double x = source;
  CHECK(math::exp(x) == std::exp(x));
  CHECK(math::log(x) == std::log(x));
  CHECK(math::log1p(x) == std::log1p(x));
  CHECK(math::sqrt(x) == std::sqrt(x));
  CHECK(math::sin(x) == std::sin(x));
  CHECK(math::atan2(x, -2.0) == std::atan2(x, -2.0));
  CHECK(math::expm1(x) == std::expm1(x));
  CHECK(math::erf(x) == std::erf(x));
  CHECK(math::pow(x, 2.5) == std::pow(x, 2.5));
  CHECK(math::pow(x, 3) == std::pow(x, 3));
  CHECK(math::abs(-x) == x);
  CHECK(math::copysign(x, -2.0) == -x);
}

TEST_CASE("other scalars reach their own functions", "[math]") {
  namespace math = chainrule::math;
  const wide x = 0.7;
  CHECK(wide(math::exp(x)) == exp(x));
  CHECK(wide(math::tanh(x)) == tanh(x));
  CHECK(wide(math::pow(x, x)) == pow(x, x));
  CHECK(wide(math::abs(wide(-x))) == x);
  CHECK(wide(math::sin(x)) == sin(x));
  CHECK(wide(math::atan2(x, x)) == atan2(x, x));
}

TEST_CASE("the digits of 2 / pi", "[math]") {
  // pi by Machin: 16 atan(1/5) - 4 atan(1/239), in integers.
  using boost::multiprecision::cpp_int;
  const cpp_int one = cpp_int(1) << 17000;
  const auto atan_of_reciprocal = [&one](int n) {
    cpp_int power = one / n, sum = 0;
    for (int k = 1; power != 0; k += 2, power /= n * n)
      sum += k % 4 == 1 ? cpp_int(power / k) : cpp_int(-power / k);
    return sum;
  };
  const cpp_int pi = 16 * atan_of_reciprocal(5) - 4 * atan_of_reciprocal(239);
  const cpp_int digits = (one << 16641) / pi;
  constexpr int words = static_cast<int>(std::size(constant::two_over_pi));
  REQUIRE(words == 262);
  for (int i = 0; i < words; ++i) {
    INFO(i);
    REQUIRE(constant::two_over_pi[i] ==
            static_cast<std::uint64_t>((digits >> (64 * (words - 1 - i))) & ~std::uint64_t{0}));
  }
}

// Annex F of C for the code that is ours at run time; the library's own is not tested here.
template <class T>
void check_special_cases() {
  namespace math = chainrule::math;
  constexpr T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  constexpr T largest = std::numeric_limits<T>::max();
  const auto same = [](T value, T expected) {
    return value == expected && std::signbit(value) == std::signbit(expected);
  };
  CHECK((same(math::cbrt(T(-0.0)), T(-0.0)) && math::cbrt(-inf) == -inf));
  CHECK((std::isnan(math::cbrt(nan)) && math::cbrt(T(-27)) == -3));
  CHECK((same(math::tanh(T(-0.0)), T(-0.0)) && math::tanh(-inf) == -1 && math::tanh(inf) == 1));
  CHECK((std::isnan(math::tanh(nan)) && math::tanh(largest) == 1));
  CHECK((math::hypot(inf, nan, T(1)) == inf && math::hypot(T(1), nan, -inf) == inf));
  CHECK((std::isnan(math::hypot(T(1), T(2), nan)) && math::hypot(T(0), T(-0.0), T(0)) == 0));
  CHECK(math::hypot(largest, largest, T(0)) == inf);
  CHECK((same(math::acosh(T(1)), T(0)) && math::acosh(inf) == inf));
  CHECK((std::isnan(math::acosh(T(0.5))) && std::isnan(math::acosh(-inf))));
  CHECK((std::isnan(math::acosh(T(-5))) && std::isnan(math::acosh(nan))));
  CHECK((math::erfc(inf) == 0 && math::erfc(-inf) == 2 && std::isnan(math::erfc(nan))));
  CHECK((math::erfc(T(0)) == 1 && math::erfc(largest) == 0));
  CHECK((math::normal_cdf(inf) == 1 && math::normal_cdf(-inf) == 0 &&
         math::normal_cdf(T(0)) == T(0.5)));
  CHECK((math::normal_density(inf) == 0 && std::isnan(math::normal_density(nan))));
  CHECK((math::log_normal_cdf(-inf) == -inf && math::log_normal_cdf(inf) == 0));
  CHECK((std::isnan(math::log_normal_cdf(nan)) && std::isnan(math::normal_cdf(nan))));
  CHECK((math::inverse_mills(-inf) == inf && math::inverse_mills(inf) == 0));
  CHECK((math::inverse_mills_slope(-inf) == 1 && math::inverse_mills_slope(inf) == 0));
  CHECK((math::inverse_mills_slope(-largest) == 1 && std::isnan(math::inverse_mills_slope(nan))));
  CHECK((math::inverse_mills(-largest) == largest && std::isnan(math::inverse_mills(nan))));
  CHECK((math::log1mexp(T(0)) == -inf && std::isnan(math::log1mexp(T(1)))));
  CHECK((math::log1mexp(-inf) == 0 && std::isnan(math::log1mexp(nan))));
  CHECK((math::logaddexp(inf, inf) == inf && math::logaddexp(-inf, -inf) == -inf));
  CHECK((math::logaddexp(inf, -inf) == inf && math::logaddexp(-inf, T(3)) == 3));
  CHECK((std::isnan(math::logaddexp(nan, T(1))) && std::isnan(math::logaddexp(T(1), nan))));
  CHECK((same(math::lgamma(T(1)), T(0)) && same(math::lgamma(T(2)), T(0))));
  CHECK((math::lgamma(T(0)) == inf && math::lgamma(T(-3)) == inf && math::lgamma(-inf) == inf));
  CHECK(
      (math::lgamma(inf) == inf && math::lgamma(largest) == inf && std::isnan(math::lgamma(nan))));
  CHECK(
      (math::digamma(T(0)) == -inf && math::digamma(T(-0.0)) == inf && math::digamma(inf) == inf));
  CHECK((std::isnan(math::digamma(T(-2))) && std::isnan(math::digamma(-inf))));
  CHECK((std::isnan(math::digamma(nan)) && math::trigamma(T(0)) == inf));
  CHECK((math::trigamma(T(-1)) == inf && math::trigamma(inf) == 0));
  CHECK((std::isnan(math::trigamma(nan)) && math::tetragamma(T(0)) == -inf));
}

TEST_CASE("zeros, infinities and NaN at run time", "[math]") {
  check_special_cases<float>();
  check_special_cases<double>();
  check_special_cases<long double>();
}

// The number of numbers that hypot has is no point of the catalogue.
template <class T>
void check_lengths() {
  namespace math = chainrule::math;
  constexpr T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  constexpr int range = std::numeric_limits<T>::max_exponent;
  std::mt19937_64 source(20260102);
  double at_run_time = 0, in_constants = 0;
  for (int k = 0; k < points; ++k) {
    const int spread = k % 3 == 0 ? 4 : 60;
    const int exponent = static_cast<int>(source() % static_cast<unsigned>(2 * range)) - range;
    T x[7]{};
    wide squares = 0;
    for (T &each : x) {
      const auto above = static_cast<int>(source() % static_cast<unsigned>(spread));
      each = std::ldexp(static_cast<T>(static_cast<std::int64_t>(source())), exponent + above - 70);
      squares += wide(each) * wide(each);
    }
    const wide expected = sqrt(squares);
    at_run_time =
        std::max(at_run_time,
                 error_in_ulps(math::hypot(x[0], x[1], x[2], x[3], x[4], x[5], x[6]), expected));
    in_constants =
        std::max(in_constants,
                 error_in_ulps(constant::hypot_constant(x[0], x[1], x[2], x[3], x[4], x[5], x[6]),
                               expected));
  }
  CHECK(at_run_time < 0.51);
  CHECK(in_constants < 0.51);
  CHECK(math::hypot(nan, T(1), T(0), -inf) == inf);
  CHECK(std::isnan(math::hypot(T(0), T(1), T(0), nan)));
  CHECK(math::hypot(T(0), T(-0.0), T(0), T(0), T(0)) == 0);
  CHECK(math::hypot(T(1), T(-5), T(7), T(5)) == 10);
}

TEST_CASE("lengths of many numbers", "[math]") {
  check_lengths<float>();
  check_lengths<double>();
  check_lengths<long double>();
}
