// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Packs against the C library's long double functions, in units in the last place, and against the
// same operations on single numbers.

#include <chainrule/lanes/circular.hpp>
#include <chainrule/lanes/error_function.hpp>
#include <chainrule/lanes/power.hpp>

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace {

using chainrule::math::pack;
using chainrule::math::pack_bytes;
using chainrule::math::register_bytes;

template <class T, int Bytes>
using numbers = std::array<T, pack<T, Bytes>::size>;

template <int Bytes, class T, std::size_t Size>
pack<T, Bytes> loaded(const std::array<T, Size> &from) {
  return chainrule::math::load<pack<T, Bytes>::size, Bytes>(from.data());
}

template <class T, int Bytes>
numbers<T, Bytes> stored(const pack<T, Bytes> &from) {
  numbers<T, Bytes> result{};
  chainrule::math::store<pack<T, Bytes>::size>(result.data(), from);
  return result;
}

/// |value - reference| in units in the last place of T at the reference.
template <class T>
double error_in_ulps(T value, long double reference) {
  const T nearest = static_cast<T>(reference);
  if (std::isinf(nearest) || nearest == value)
    return nearest == value ? 0 : std::numeric_limits<double>::infinity();
  const T size = std::abs(nearest);
  const long double ulp =
      static_cast<long double>(std::nextafter(size, std::numeric_limits<T>::infinity())) - size;
  return static_cast<double>(std::abs(value - reference) / ulp);
}

template <class T>
auto numbers_between(std::mt19937_64 &random, T low, T high) {
  return [&random, low, high] { return std::uniform_real_distribution<T>(low, high)(random); };
}

/// The largest error of a function of packs at numbers that `draw` yields.
template <class T, int Bytes>
double worst(auto function, auto reference, auto draw) {
  double result = 0;
  for (int round = 0; round < 20000; ++round) {
    numbers<T, Bytes> x{};
    std::generate(x.begin(), x.end(), draw);
    const numbers<T, Bytes> y = stored(function(loaded<Bytes>(x)));
    for (std::size_t i = 0; i < x.size(); ++i)
      result = std::max(result, error_in_ulps(y[i], reference(static_cast<long double>(x[i]))));
  }
  return result;
}

template <class T, int Bytes>
void check_accuracy() {
  using limits = std::numeric_limits<T>;
  std::mt19937_64 random(1);
  const auto exp = [](const pack<T, Bytes> &x) { return chainrule::math::exp(x); };
  const auto log = [](const pack<T, Bytes> &x) { return chainrule::math::log(x); };
  const auto expl = [](long double x) { return std::exp(x); };
  const auto logl = [](long double x) { return std::log(x); };
  const auto between = [&](T low, T high) { return numbers_between(random, low, high); };
  const T largest = std::log(limits::max());
  CHECK(worst<T, Bytes>(exp, expl, between(-2, 2)) < 1);
  CHECK(worst<T, Bytes>(exp, expl, between(-largest, largest)) < 1);
  CHECK(worst<T, Bytes>(exp, expl, between(largest - T(0.1), largest + T(0.1))) < 1);
  CHECK(worst<T, Bytes>(exp, expl, between(T(-1.06) * largest, T(-0.98) * largest)) <
        1); // subnormal
  CHECK(worst<T, Bytes>(log, logl, between(T(0.5), 2)) < 1);
  CHECK(worst<T, Bytes>(log, logl, between(T(0.999), T(1.001))) < 1);
  CHECK(worst<T, Bytes>(log, logl, [&] {
          return std::exp2(between(limits::min_exponent - limits::digits, limits::max_exponent)());
        }) < 1);

  const auto expm1 = [](const pack<T, Bytes> &x) { return chainrule::math::expm1(x); };
  const auto log1p = [](const pack<T, Bytes> &x) { return chainrule::math::log1p(x); };
  const auto expm1l = [](long double x) { return std::expm1(x); };
  const auto log1pl = [](long double x) { return std::log1p(x); };
  const auto small = [&] {
    return std::copysign(std::exp2(between(limits::min_exponent - limits::digits, 0)()),
                         between(-1, 1)());
  };
  CHECK(worst<T, Bytes>(expm1, expm1l, between(-2, 2)) < 2);
  CHECK(worst<T, Bytes>(expm1, expm1l, between(-50, 50)) < 2);
  CHECK(worst<T, Bytes>(expm1, expm1l, between(-largest, largest)) < 2);
  CHECK(worst<T, Bytes>(expm1, expm1l, between(largest - T(0.1), largest + T(0.1))) < 2);
  CHECK(worst<T, Bytes>(expm1, expm1l, small) < 2);
  CHECK(worst<T, Bytes>(log1p, log1pl, between(-1, 1)) < 2);
  CHECK(worst<T, Bytes>(log1p, log1pl, between(T(-0.01), T(0.01))) < 2);
  CHECK(worst<T, Bytes>(log1p, log1pl, small) < 2);
  CHECK(worst<T, Bytes>(log1p, log1pl,
                        [&] { return std::exp2(between(0, limits::max_exponent)()); }) < 2);
}

/// Angles: all, those beside multiples of pi/2, which cancel, small ones, and those that are left
/// to the scalar functions.
template <class T, int Bytes>
void check_accuracy_of_circular_functions() {
  std::mt19937_64 random(2);
  const auto between = [&](T low, T high) { return numbers_between(random, low, high); };
  constexpr T largest = sizeof(T) == 8 ? T(0x1p20) : T(0x1p12);
  const auto beside_multiples = [&] {
    const long double multiple = std::round(between(0, largest * T(0.6))());
    const T nearest = static_cast<T>(multiple * 1.57079632679489661923132169163975144L);
    return std::nextafter(nearest, between(-1, 1)() < 0 ? T(0) : 2 * largest);
  };
  const auto check = [&](auto function, auto reference, double bound = 1) {
    CHECK(worst<T, Bytes>(function, reference, between(T(-0.8), T(0.8))) < bound);
    CHECK(worst<T, Bytes>(function, reference, between(-20, 20)) < bound);
    CHECK(worst<T, Bytes>(function, reference, between(-largest, largest)) < bound);
    CHECK(worst<T, Bytes>(function, reference, between(largest / 2, 2 * largest)) < bound);
    CHECK(worst<T, Bytes>(function, reference, beside_multiples) < bound);
    CHECK(worst<T, Bytes>(function, reference, [&] {
            return std::exp2(between(std::numeric_limits<T>::min_exponent, 1)());
          }) < bound);
  };
  check([](const pack<T, Bytes> &x) { return chainrule::math::sin(x); },
        [](long double x) { return std::sin(x); });
  check([](const pack<T, Bytes> &x) { return chainrule::math::cos(x); },
        [](long double x) { return std::cos(x); });
  check([](const pack<T, Bytes> &x) { return chainrule::math::tan(x); },
        [](long double x) { return std::tan(x); }, 3);
}

/// Slopes: all, those beside 1/2 and 2, small and large ones; points on circles of all sizes and on
/// the axes.
template <class T, int Bytes>
void check_accuracy_of_angles() {
  using limits = std::numeric_limits<T>;
  std::mt19937_64 random(4);
  const auto between = [&](T low, T high) { return numbers_between(random, low, high); };
  const auto check = [&](auto draw) {
    CHECK(worst<T, Bytes>([](const pack<T, Bytes> &x) { return chainrule::math::atan(x); },
                          [](long double x) { return std::atan(x); }, draw) < 2);
  };
  check(between(-1, 1));
  check(between(-20, 20));
  check(between(T(0.49), T(0.52)));
  check(between(T(1.95), T(2.05)));
  check([&] { return std::exp2(between(limits::min_exponent - limits::digits, 0)()); });
  check([&] { return -std::exp2(between(0, limits::max_exponent)()); });
  double error = 0;
  for (int round = 0; round < 40000; ++round) {
    numbers<T, Bytes> x{}, y{};
    for (std::size_t i = 0; i < x.size(); ++i) {
      const T angle = round % 8 == 0 ? std::round(between(-4, 4)()) * T(0.78539816339744830962)
                                     : between(-4, 4)();
      const T radius = std::exp2(between(limits::min_exponent / 2, limits::max_exponent)());
      x[i] = round % 16 == 1 ? T(0) : radius * std::cos(angle);
      y[i] = round % 16 == 2 ? T(0) : radius * std::sin(angle);
    }
    const auto got = stored(chainrule::math::atan2(loaded<Bytes>(y), loaded<Bytes>(x)));
    for (std::size_t i = 0; i < x.size(); ++i)
      error = std::max(error, error_in_ulps(got[i], std::atan2(static_cast<long double>(y[i]),
                                                               static_cast<long double>(x[i]))));
  }
  CHECK(error < 2);
}

/// Sides of any ratio, of two numbers and of three, whose squares over- and underflow.
template <class T, int Bytes>
void check_accuracy_of_hypot() {
  using limits = std::numeric_limits<T>;
  std::mt19937_64 random(5);
  const auto between = [&](T low, T high) { return numbers_between(random, low, high); };
  double error = 0;
  for (int round = 0; round < 40000; ++round) {
    numbers<T, Bytes> x{}, y{}, z{};
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto scale = between(limits::min_exponent - limits::digits, limits::max_exponent - 2)();
      x[i] = std::exp2(scale);
      y[i] = round % 8 == 0 ? T(0) : -std::exp2(scale + between(-3, 1)());
      z[i] = std::exp2(std::min<T>(scale + between(-30, 1)(), limits::max_exponent - 1));
    }
    const pack<T, Bytes> a = loaded<Bytes>(x), b = loaded<Bytes>(y), c = loaded<Bytes>(z);
    const auto two = stored(hypot(a, b)), three = stored(hypot(a, b, c));
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double of_two = std::hypot(static_cast<long double>(x[i]), y[i]);
      error = std::max({error, error_in_ulps(two[i], of_two),
                        error_in_ulps(three[i], std::hypot(of_two, z[i]))});
    }
  }
  CHECK(error < 2);
}

/// Powers of all sizes, of bases beside 1, that are subnormal or nearly overflow; what is left to
/// the scalar function beside what is not.
template <class T, int Bytes>
void check_accuracy_of_powers() {
  using limits = std::numeric_limits<T>;
  std::mt19937_64 random(6);
  const auto between = [&](double low, double high) {
    return numbers_between(random, low, high)();
  };
  // log2 of the base and of the power
  const auto check = [&](double bound, auto draw_base, double lowest, double highest) {
    double error = 0;
    for (int round = 0; round < 20000; ++round) {
      numbers<T, Bytes> x{}, y{};
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = static_cast<T>(std::exp2(draw_base()));
        y[i] = static_cast<T>(between(lowest, highest) / std::log2(x[i] == 1 ? 2.0 : x[i]));
      }
      const auto got = stored(pow(loaded<Bytes>(x), loaded<Bytes>(y)));
      for (std::size_t i = 0; i < x.size(); ++i)
        error = std::max(error, error_in_ulps(got[i], std::pow(static_cast<long double>(x[i]),
                                                               static_cast<long double>(y[i]))));
    }
    CHECK(error < bound);
  };
  constexpr double low = limits::min_exponent - 1.0, high = limits::max_exponent;
  const auto moderate = [&] { return between(-4, 4); };
  const auto any = [&] { return between(low - limits::digits, high); };
  const auto beside_one = [&] {
    return std::copysign(std::exp2(between(1 - limits::digits, -1)), between(-1, 1));
  };
  check(1.25, moderate, -20, 20);
  check(1.25, any, -20, 20);
  check(1.25, any, low, high);
  check(1.25, beside_one, low, high);
  check(1.25, moderate, high - 0.5, high + 0.1);
  check(1.25, moderate, low - limits::digits, low + 1); // subnormal

  const T special[]{0,
                    -T(0),
                    1,
                    -1,
                    2,
                    -2,
                    T(0.5),
                    3,
                    -3,
                    limits::infinity(),
                    -limits::infinity(),
                    limits::quiet_NaN(),
                    limits::max(),
                    -limits::max(),
                    limits::min(),
                    limits::denorm_min(),
                    T(-0.3),
                    1025};
  for (const T x : special)
    for (const T y : special) {
      numbers<T, Bytes> base{}, exponent{};
      base.fill(2);
      exponent.fill(3);
      base.back() = x;
      exponent.back() = y;
      const auto got = stored(pow(loaded<Bytes>(base), loaded<Bytes>(exponent)));
      const T expected = std::pow(x, y);
      CAPTURE(x, y, got.back(), expected);
      CHECK(got.front() == 8);
      CHECK((std::isnan(expected) ? std::isnan(got.back())
                                  : std::signbit(expected) == std::signbit(got.back()) &&
                                        error_in_ulps<T>(got.back(), expected) <= 1));
    }
}

template <class T, int Bytes>
void check_accuracy_of_error_functions() {
  std::mt19937_64 random(3);
  const auto between = [&](T low, T high) { return numbers_between(random, low, high); };
  const auto check = [&](auto function, auto reference) {
    CHECK(worst<T, Bytes>(function, reference, between(-3, 3)) < 5);
    CHECK(worst<T, Bytes>(function, reference, between(-45, 45)) < 5);
    // subnormal; a reference whose argument is rounded is half a unit off here
    CHECK(worst<T, Bytes>(function, reference, between(T(-38.6), T(-37))) < 6);
    CHECK(worst<T, Bytes>(function, reference, between(T(-14.3), T(14.3))) < 5);
    CHECK(worst<T, Bytes>(function, reference, between(T(25.5), T(27.3))) < 5);
  };
  const auto erf = [](const pack<T, Bytes> &x) { return chainrule::math::erf(x); };
  const auto erfl = [](long double x) { return std::erf(x); };
  CHECK(worst<T, Bytes>(erf, erfl, between(T(-0.5), T(0.5))) < 2);
  CHECK(worst<T, Bytes>(erf, erfl, between(T(0.49), T(0.52))) < 3);
  CHECK(worst<T, Bytes>(erf, erfl, between(-6, 6)) < 3);
  CHECK(worst<T, Bytes>(erf, erfl, [&] {
          return std::exp2(between(std::numeric_limits<T>::min_exponent, 0)());
        }) < 2);
  constexpr long double root_of_half = 0.70710678118654752440084436210484904L;
  check([](const pack<T, Bytes> &x) { return chainrule::math::erfc(x); },
        [](long double x) { return std::erfc(x); });
  check([](const pack<T, Bytes> &x) { return chainrule::math::normal_cdf(x); },
        [](long double x) { return std::erfc(-x * root_of_half) / 2; });
  check(
      [](const pack<T, Bytes> &x) { return chainrule::math::normal_density(x); },
      [](long double x) { return std::exp(-x * x / 2) * 0.39894228040143267793994605993438187L; });
  check([](const pack<T, Bytes> &x) { return chainrule::math::erf_slope(x); },
        [](long double x) { return std::exp(-x * x) * 1.12837916709551257389615890312154517L; });
}

template <class T, int Bytes>
void check_edges() {
  using limits = std::numeric_limits<T>;
  for (const T x : {limits::infinity(), -limits::infinity(), limits::quiet_NaN(), T(0), -T(0),
                    T(-1), T(1), limits::max(), -limits::max(), limits::denorm_min()}) {
    const auto same = [x](T ours, T theirs) {
      INFO("at " << x << ": " << ours << ", not " << theirs);
      CHECK((ours == theirs || (std::isnan(ours) && std::isnan(theirs))));
      CHECK((std::isnan(ours) || std::signbit(ours) == std::signbit(theirs)));
    };
    const pack<T, Bytes> all(x);
    if (std::abs(x) != 1)
      same(stored(exp(all))[0], std::exp(x));
    same(stored(abs(all))[0], std::abs(x));
    if (std::abs(x) != 1) {
      same(stored(sin(all))[0], std::sin(x));
      same(stored(cos(all))[0], std::cos(x));
      if (std::abs(x) != limits::max())
        same(stored(tan(all))[0], std::tan(x));
      same(stored(expm1(all))[0], std::expm1(x));
      if (x != limits::max())
        same(stored(log1p(all))[0], std::log1p(x));
    } else if (x < 0) {
      same(stored(log1p(all))[0], std::log1p(x));
    }
    same(stored(sqrt(all))[0], std::sqrt(x));
    for (const T width :
         {T(0), -T(0), limits::infinity(), -limits::infinity(), limits::quiet_NaN()}) {
      same(stored(atan2(all, pack<T, Bytes>(width)))[0], std::atan2(x, width));
      same(stored(hypot(all, pack<T, Bytes>(width)))[0], std::hypot(x, width));
    }
    if (std::abs(x) != 1) {
      same(stored(erfc(all))[0], std::erfc(x));
      same(stored(erf(all))[0], std::erf(x));
      same(stored(normal_cdf(all))[0], std::erfc(-x) / 2); // 0, 1/2, 1 or NaN
    }
    same(stored(copysign(pack<T, Bytes>(2), all))[0], std::copysign(T(2), x));
    if (x != limits::max() && x != limits::denorm_min())
      same(stored(log(all))[0], std::log(x));
  }
}

/// Masks, choices and parts of packs do in each lane what they do to a number.
template <class T, int Bytes>
void check_lanes() {
  using chainrule::math::mask_of;
  numbers<T, Bytes> a{}, b{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    a[i] = static_cast<T>(i % 3);
    b[i] = static_cast<T>(i % 2);
  }
  a[0] = std::numeric_limits<T>::quiet_NaN();
  const pack<T, Bytes> left = loaded<Bytes>(a), right = loaded<Bytes>(b);
  const numbers<T, Bytes> less = stored(choose(mask_of<false>(left, right), left, right));
  const numbers<T, Bytes> less_equal =
      stored(choose(mask_of<true>(left, right), pack<T, Bytes>(1), pack<T, Bytes>(0)));
  const numbers<T, Bytes> small = stored(smaller(left, right)), large = stored(larger(left, right));
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(less[i] == (a[i] < b[i] ? a[i] : b[i]));
    CHECK(less_equal[i] == (a[i] <= b[i] ? 1 : 0));
    CHECK(small[i] == (a[i] < b[i] ? a[i] : b[i]));
    if (i > 0)
      CHECK(large[i] == (a[i] < b[i] ? b[i] : a[i]));
  }
  CHECK(std::isnan(large[0])); // larger(a, b) is a unless a < b
  const numbers<T, Bytes> part = stored(chainrule::math::load<1, Bytes>(b.data() + 1));
  CHECK(part[0] == 1);
  CHECK(part[1] == 0);
  numbers<T, Bytes> kept = b;
  chainrule::math::store<1>(kept.data(), pack<T, Bytes>(7));
  CHECK(kept[0] == 7);
  CHECK(kept[1] == b[1]);
}

/// A check of packs of either number, and of wider registers where there are some.
void on_all_packs(auto check) {
  check.template operator()<double, pack_bytes>();
  check.template operator()<float, pack_bytes>();
  if constexpr (register_bytes > pack_bytes) {
    check.template operator()<double, register_bytes>();
    check.template operator()<float, register_bytes>();
  }
}

} // namespace

TEST_CASE("exp and log of packs are within one unit in the last place, expm1 and log1p two") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy<T, Bytes>(); });
}

TEST_CASE("sin and cos of packs are within one unit in the last place, tan three") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy_of_circular_functions<T, Bytes>(); });
}

TEST_CASE("atan and atan2 of packs are within two units in the last place") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy_of_angles<T, Bytes>(); });
}

TEST_CASE("hypot of packs is within two units in the last place") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy_of_hypot<T, Bytes>(); });
}

TEST_CASE("pow of packs is within 1.25 units in the last place, and as of numbers at the edges") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy_of_powers<T, Bytes>(); });
}

TEST_CASE("error functions of packs are within five units in the last place") {
  on_all_packs([]<class T, int Bytes>() { check_accuracy_of_error_functions<T, Bytes>(); });
}

TEST_CASE("functions of packs at the edges") {
  on_all_packs([]<class T, int Bytes>() { check_edges<T, Bytes>(); });
}

TEST_CASE("masks and parts of packs") {
  on_all_packs([]<class T, int Bytes>() { check_lanes<T, Bytes>(); });
}
