// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The constant-evaluation code of math/elementary.hpp, called at run time on grids and compared
// in units in the last place with 50-digit arithmetic. Also: the run-time path is libm's value.

#include <chainrule/math/elementary.hpp>

#include "catch.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace constant = chainrule::math::detail;
using wide = boost::multiprecision::cpp_bin_float_50;

/// |value - reference| in units in the last place of T at the reference.
template <class T>
double error_in_ulps(T value, const wide &reference) {
  using limits = std::numeric_limits<T>;
  if (std::isnan(value))
    return std::numeric_limits<double>::infinity();
  // Infinity stands for the first value that does not fit; so does every larger reference.
  const wide ceiling = ldexp(wide(1), limits::max_exponent);
  const wide computed = std::isinf(value) ? wide(value < 0 ? -ceiling : ceiling) : wide(value);
  const wide bounded = abs(reference) > ceiling ? ceiling : wide(abs(reference));
  int exponent = limits::min_exponent;
  if (bounded != 0)
    exponent = std::max(static_cast<int>(ilogb(bounded)) + 1, limits::min_exponent);
  exponent = std::min(exponent, int{limits::max_exponent});
  const wide error = abs(computed - (reference < 0 ? wide(-bounded) : bounded));
  return static_cast<double>(ldexp(error, limits::digits - exponent));
}

struct worst {
  double ulps = 0;
  std::string at = "nowhere";

  template <class T>
  void add(double error, T x, T y = T(0)) {
    if (!(error > ulps))
      return;
    ulps = error;
    at = wide(x).str(20) + ", " + wide(y).str(20);
  }
};

// The references below are written out, since a library's own special functions are what is tested.

wide reference_log1p(const wide &x) {
  if (abs(x) < wide("1e-8"))
    return x * (1 - x * (wide(1) / 2 - x * (wide(1) / 3 - x * (wide(1) / 4 - x / 5))));
  return log(1 + x);
}

wide reference_tanh(const wide &x) {
  if (abs(x) < wide("1e-8"))
    return x * (1 - x * x * (wide(1) / 3 - x * x * (wide(2) / 15)));
  if (abs(x) > 60)
    return x < 0 ? -1 : 1;
  const wide exponential = exp(-2 * x);
  return (1 - exponential) / (1 + exponential);
}

wide reference_pow(const wide &x, const wide &y) { return exp(y * log(x)); }

// Without optimisation the 50-digit arithmetic is six times slower: a coarser grid keeps to
// seconds.
#ifdef __OPTIMIZE__
constexpr int points = 20000;
#else
constexpr int points = 5000;
#endif

template <class T>
class grid {
public:
  /// Equal steps and as many random points in [low, high].
  grid &between(T low, T high, int count = points / 4) {
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int i = 0; i < count; ++i) {
      values.push_back(low + (high - low) * static_cast<T>(i) / static_cast<T>(count));
      values.push_back(low + (high - low) * static_cast<T>(uniform(generator)));
    }
    return *this;
  }

  /// Random significand, random exponent over the whole range: subnormal to the largest.
  grid &all_magnitudes(bool with_negative, int count = points / 4) {
    using limits = std::numeric_limits<T>;
    std::uniform_int_distribution<int> exponents(limits::min_exponent - limits::digits,
                                                 limits::max_exponent);
    std::uniform_real_distribution<double> uniform(0.5, 1);
    for (int i = 0; i < count; ++i) {
      const T fraction = static_cast<T>(uniform(generator) * (1 - 0x1p-30));
      const T value = std::ldexp(fraction, exponents(generator));
      values.push_back(with_negative && i % 2 == 1 ? -value : value);
    }
    return *this;
  }

  /// x and its eight neighbours on each side.
  grid &around(T x) {
    T above = x;
    T below = x;
    values.push_back(x);
    for (int i = 0; i < 8; ++i) {
      above = std::nextafter(above, std::numeric_limits<T>::infinity());
      below = std::nextafter(below, -std::numeric_limits<T>::infinity());
      values.push_back(above);
      values.push_back(below);
    }
    return *this;
  }

  template <class Function, class Reference>
  worst compare(Function function, Reference reference) const {
    worst result;
    for (const T x : values)
      if (std::isfinite(x))
        result.add(error_in_ulps(function(x), reference(wide(x))), x);
    return result;
  }

private:
  std::mt19937_64 generator{20260101};
  std::vector<T> values;
};

#define REQUIRE_ACCURATE(result, limit)                                                            \
  do {                                                                                             \
    const worst measured = result;                                                                 \
    INFO("largest error " << measured.ulps << " ulp at " << measured.at);                          \
    REQUIRE(measured.ulps <= (limit));                                                             \
  } while (false)

template <class T>
void check_exp() {
  using limits = std::numeric_limits<T>;
  const T overflow = std::log(limits::max());
  const T underflow = std::log(limits::denorm_min());
  grid<T> grid;
  grid.between(underflow - 2, overflow + 1).between(T(-1), T(1)).all_magnitudes(true);
  grid.around(overflow).around(underflow).around(underflow + std::log(T(0.5)));
  grid.around(std::log(limits::min())).around(0).around(std::log(T(2)) / 2);
  REQUIRE_ACCURATE(grid.compare([](T x) { return constant::exp_constant(x); },
                                [](const wide &x) {
                                  return abs(x) > 20000 ? wide(x < 0 ? 0 : ldexp(wide(1), 20000))
                                                        : wide(exp(x));
                                }),
                   1.0);
}

template <class T>
void check_log() {
  using limits = std::numeric_limits<T>;
  grid<T> grid;
  grid.between(T(0.5), T(2)).between(T(0.99), T(1.01)).all_magnitudes(false, points / 2);
  grid.around(1).around(limits::min()).around(limits::max()).around(std::sqrt(T(0.5)));
  grid.between(limits::denorm_min(), limits::min(), points / 20);
  REQUIRE_ACCURATE(grid.compare([](T x) { return x > 0 ? constant::log_constant(x) : T(0); },
                                [](const wide &x) { return x > 0 ? wide(log(x)) : wide(0); }),
                   1.0);
}

template <class T>
void check_log1p() {
  grid<T> grid;
  grid.between(std::nextafter(T(-1), T(0)), T(1)).between(T(-0.01), T(0.01));
  grid.all_magnitudes(false, points / 2).between(T(-1e-3), T(0), points / 20);
  grid.around(0).around(T(-0.29289321881345254)).around(T(0.41421356237309503)).around(1);
  grid.around(std::numeric_limits<T>::epsilon()).around(std::numeric_limits<T>::max());
  REQUIRE_ACCURATE(grid.compare([](T x) { return constant::log1p_constant(x); }, reference_log1p),
                   1.0);
}

template <class T>
void check_sqrt() {
  using limits = std::numeric_limits<T>;
  grid<T> grid;
  grid.between(T(0.25), T(4)).all_magnitudes(false, points / 2);
  grid.around(1).around(4).around(limits::min()).around(limits::max());
  REQUIRE_ACCURATE(grid.compare([](T x) { return x < 0 ? T(0) : constant::sqrt_constant(x); },
                                [](const wide &x) { return x < 0 ? wide(0) : wide(sqrt(x)); }),
                   0.5);
}

template <class T>
void check_tanh() {
  grid<T> grid;
  grid.between(T(-25), T(25)).between(T(-1), T(1)).all_magnitudes(true);
  grid.between(T(0), T(0.2)).around(0).around(std::sqrt(std::numeric_limits<T>::epsilon()) / 2);
  grid.around(T(21.2)).around(T(25.6)).around(std::log(T(2)) / 4);
  REQUIRE_ACCURATE(grid.compare([](T x) { return constant::tanh_constant(x); }, reference_tanh),
                   1.0);
}

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

} // namespace

#define TEST_ACCURACY(name)                                                                        \
  TEST_CASE("constant evaluation of " #name " is accurate to one ulp", "[math]") {                 \
    check_##name<float>();                                                                         \
    check_##name<double>();                                                                        \
    check_##name<long double>();                                                                   \
  }

TEST_ACCURACY(exp)
TEST_ACCURACY(log)
TEST_ACCURACY(log1p)
TEST_ACCURACY(sqrt)
TEST_ACCURACY(tanh)
TEST_ACCURACY(pow)

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
  grid<double> points_in_unit;
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
  CHECK(math::tanh(x) == std::tanh(x));
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
}
