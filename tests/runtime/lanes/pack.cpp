// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Packs against the C library's long double functions, in units in the last place, and against the
// same operations on single numbers.

#include <chainrule/lanes/pack.hpp>

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
  const auto between = [&](T low, T high) {
    return [&random, low, high] { return std::uniform_real_distribution<T>(low, high)(random); };
  };
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

} // namespace

TEST_CASE("exp and log of packs are within one unit in the last place") {
  check_accuracy<double, pack_bytes>();
  check_accuracy<float, pack_bytes>();
  if constexpr (register_bytes > pack_bytes) {
    check_accuracy<double, register_bytes>();
    check_accuracy<float, register_bytes>();
  }
}

TEST_CASE("functions of packs at the edges") {
  check_edges<double, pack_bytes>();
  check_edges<float, pack_bytes>();
  if constexpr (register_bytes > pack_bytes) {
    check_edges<double, register_bytes>();
    check_edges<float, register_bytes>();
  }
}

TEST_CASE("masks and parts of packs") {
  check_lanes<double, pack_bytes>();
  check_lanes<float, pack_bytes>();
  if constexpr (register_bytes > pack_bytes) {
    check_lanes<double, register_bytes>();
    check_lanes<float, register_bytes>();
  }
}
