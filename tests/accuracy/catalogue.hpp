// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every function: its two routes, its reference and where it is measured. Read by
// tests/runtime/math/accuracy.cpp, which has the bounds, and by benchmarks/accuracy.cpp, which
// prints docs/accuracy.md.

#pragma once

#include "references.hpp"

#include <chainrule/math/gamma.hpp>
#include <chainrule/math/hyperbolic.hpp>

#include <array>
#include <string_view>

namespace accuracy {

namespace math = chainrule::math;

template <class T>
using point = std::array<T, 3>;

template <class T>
struct entry {
  std::string name;
  T (*at_run_time)(const point<T> &);
  T (*constant)(const point<T> &);
  wide (*reference)(const point<wide> &);
  std::vector<point<T>> points;
  double limit = std::numeric_limits<T>::digits == 64 ? 4 : 2;
  double constant_limit = std::numeric_limits<T>::digits == 64 ? 2 : 1;
  /// Where it is given, the error is in units in the last place at this value.
  wide (*scale)(const point<wide> &, const wide &result) = nullptr;
};

struct measured {
  worst at_run_time;
  worst constant;
};

template <class T>
measured measure(const entry<T> &function) {
  measured result;
  for (const point<T> &at : function.points) {
    const point<wide> exact{wide(at[0]), wide(at[1]), wide(at[2])};
    const wide reference = function.reference(exact);
    const wide scale =
        function.scale == nullptr ? reference : wide(function.scale(exact, reference));
    result.at_run_time.add(error_in_ulps(function.at_run_time(at), reference, scale), at[0], at[1],
                           at[2]);
    result.constant.add(error_in_ulps(function.constant(at), reference, scale), at[0], at[1],
                        at[2]);
  }
  return result;
}

/// Those of x that are in [low, high].
template <class T>
std::vector<point<T>> within(const grid<T> &x, T low = std::numeric_limits<T>::lowest(),
                             T high = std::numeric_limits<T>::max()) {
  std::vector<point<T>> result;
  for (const T value : x.points())
    if (value >= low && value <= high)
      result.push_back({value, T(0), T(0)});
  return result;
}

/// Each argument with two others at random.
template <class T>
std::vector<point<T>> combined(const grid<T> &x) {
  std::vector<point<T>> result;
  std::mt19937_64 generator{20260103};
  std::uniform_int_distribution<std::size_t> index(0, x.points().size() - 1);
  for (const T value : x.points())
    if (std::isfinite(value)) {
      const T y = x.points()[index(generator)], z = x.points()[index(generator)];
      if (std::isfinite(y) && std::isfinite(z))
        result.push_back({value, y, z});
    }
  return result;
}

template <class T>
std::vector<point<T>> without_poles(const grid<T> &x) {
  std::vector<point<T>> result;
  for (const point<T> &at : within(x, std::numeric_limits<T>::lowest(), T(-0.0)))
    if (std::floor(at[0]) != at[0])
      result.push_back(at);
  return result;
}

template <class T>
inline constexpr T root_of_two = T(1.41421356237309504880L);

#define ACCURACY_FUNCTION(name, reference_of, points_of)                                           \
  entry<T> {                                                                                       \
#name, [](const point<T> &at) { return math::name(at[0]); },                                   \
        [](const point<T> &at) { return math::detail::name##_constant(at[0]); },                   \
        [](const point<wide> &at) { const wide &x = at[0]; return wide(reference_of); }, points_of   \
  }
#define ACCURACY_FUNCTION_OF_TWO(name, reference_of, points_of)                                    \
  entry<T> {                                                                                       \
#name, [](const point<T> &at) { return math::name(at[0], at[1]); },                            \
        [](const point<T> &at) { return math::detail::name##_constant(at[0], at[1]); },            \
        [](const point<wide> &at) { const wide &x = at[0], &y = at[1]; return wide(reference_of); },\
        points_of   \
  }

/// `points`: about how many for each function.
template <class T>
std::vector<entry<T>> catalogue(int points) {
  using limits = std::numeric_limits<T>;
  const T largest_exponential = std::log(limits::max()), half = T(0.5);
  const T smallest_exponential = std::log(limits::denorm_min());
  const auto of = [points] { return grid<T>(points); };

  grid<T> exponents = of(), small = of(), logarithms = of(), circle = of(), unit = of(), any = of();
  exponents.between(smallest_exponential - 2, largest_exponential + 1).between(-1, 1);
  exponents.all_magnitudes(true).around(largest_exponential).around(smallest_exponential);
  exponents.around(std::log(limits::min())).around(0).around(std::log(T(2)) / 2).around(half);
  exponents.around(-std::log(T(2)) / 2)
      .between(-40, 3)
      .around(largest_exponential + std::log(T(2)));
  exponents.between(-4, 4);
  grid<T> sums = exponents; // most of them with a < 0 < logaddexp(a, b)
  sums.between(-1, 0, 2 * points).between(-3, 0, 2 * points);
  logarithms.between(half, 2).between(T(0.99), T(1.01)).all_magnitudes(false, points / 2);
  logarithms.around(1).around(limits::max()).around(std::sqrt(half));
  any.between(-4, 4).all_magnitudes(true).magnitudes(-30, 40, true, points / 4);
  any.around(0).around(1).around(half).around(T(0x1p-33)).around(T(0x1p+34));
  circle.between(-10, 10).between(-1, 1).magnitudes(-40, 60, true, points / 4);
  if (limits::max_exponent <= 1024) // beyond, tests/constexpr/math has references
    circle.all_magnitudes(true, points / 20);
  for (int quarter = 1; quarter < 100; quarter += 1 + quarter / 8)
    circle.around(static_cast<T>(quarter) * T(0.78539816339744830961L));
  unit.between(-1, 1).between(T(-0.1), T(0.1)).all_magnitudes(true).around(0).around(half);
  unit.around(-half).around(T(0x1p-33)).around(1).around(-1).between(T(0.9), 1);
  for (int sixteenth = 1; sixteenth < 16; ++sixteenth) {
    unit.around(static_cast<T>(sixteenth) / 16);
    any.around(static_cast<T>(sixteenth) / 16);
  }
  grid<T> powers = of();
  powers.between(static_cast<T>(limits::min_exponent - limits::digits - 2), limits::max_exponent);
  powers.between(-2, 2).all_magnitudes(true).around(half).around(limits::max_exponent);
  powers.around(static_cast<T>(limits::min_exponent - limits::digits));

  grid<T> from_one = of(), negative = of(), tails = of(), normal = of(), gamma = of();
  from_one.between(1, 10).between(1, T(1.3)).all_magnitudes(false).magnitudes(1, 40, false,
                                                                              points / 4);
  from_one.around(1).around(T(0x1p+34)).around(T(0x1p+33));
  negative.between(-4, 0).between(-40, 0).all_magnitudes(true).around(-std::log(T(2)));
  const T tail = std::sqrt(-smallest_exponential);
  tails.between(-3, 3).between(3, tail).all_magnitudes(true, points / 8).around(tail).around(0);
  tails.around(std::sqrt(-std::log(limits::min()))).around(1).around(T(0.47)).between(-1, 1);
  normal.between(-4, 4).between(-root_of_two<T> * tail, -4).between(4, root_of_two<T> * tail);
  normal.all_magnitudes(true, points / 8).around(0).around(-root_of_two<T> * tail).between(-1, 1);
  normal.around(-root_of_two<T> * std::sqrt(-std::log(limits::min())));
  gamma.between(0, 3).between(3, 14).magnitudes(-60, 60, false, points / 4).around(12).around(2);
  gamma.around(1).around(T(1.5)).around(T(2.5)).around(half).around(T(1.4616321449683623413L));
  gamma.between(T(1.4), T(1.5)).all_magnitudes(false, points / 8);
  // Where 1/x, 1/x^2 and 2/x^3 exceed the largest number.
  for (const int order : {1, 2, 3}) {
    const T edge = std::ldexp(T(1), -limits::max_exponent / order);
    gamma.between(edge / 2, 8 * edge, points / 20);
  }
  grid<T> below = of();
  below.between(-6, 0).between(-40, 0, points / 8).magnitudes(-60, 0, true, points / 8);

  std::vector<entry<T>> all = {
      ACCURACY_FUNCTION(exp, reference::bounded_exp(x), within(exponents)),
      ACCURACY_FUNCTION(expm1, abs(x) > 1 ? reference::bounded_exp(x) - 1 : reference::expm1(x),
                        within(exponents)),
      ACCURACY_FUNCTION(exp2, abs(x) > 20000 ? reference::bounded_exp(x) : exp(x * log(wide(2))),
                        within(powers)),
      ACCURACY_FUNCTION(log, log(x), within(logarithms, limits::denorm_min())),
      ACCURACY_FUNCTION(log1p, reference::log1p(x), within(any, std::nextafter(T(-1), T(0)))),
      ACCURACY_FUNCTION(log2, log(x) / log(wide(2)), within(logarithms, limits::denorm_min())),
      ACCURACY_FUNCTION(log10, log(x) / log(wide(10)), within(logarithms, limits::denorm_min())),
      ACCURACY_FUNCTION(sqrt, sqrt(x), within(any, T(0))),
      ACCURACY_FUNCTION(cbrt, reference::cbrt(x), within(any)),
      ACCURACY_FUNCTION_OF_TWO(hypot, sqrt(x * x + y * y), combined(any)),
      {"hypot of 3", [](const point<T> &at) { return math::hypot(at[0], at[1], at[2]); },
       [](const point<T> &at) { return math::detail::hypot_constant(at[0], at[1], at[2]); },
       [](const point<wide> &at) {
         return wide(sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]));
       },
       combined(any)},
      ACCURACY_FUNCTION(log1mexp, reference::log1mexp(x),
                        within(negative, limits::lowest(), -limits::denorm_min())),
      ACCURACY_FUNCTION_OF_TWO(logaddexp, reference::logaddexp(x, y), combined(sums)),
      ACCURACY_FUNCTION(sin,
                        reference::with_reduction(x, [](auto z) { return decltype(z)(sin(z)); }),
                        within(circle)),
      ACCURACY_FUNCTION(cos,
                        reference::with_reduction(x, [](auto z) { return decltype(z)(cos(z)); }),
                        within(circle)),
      ACCURACY_FUNCTION(tan,
                        reference::with_reduction(x, [](auto z) { return decltype(z)(tan(z)); }),
                        within(circle)),
      ACCURACY_FUNCTION(asin, asin(x), within(unit, T(-1), T(1))),
      ACCURACY_FUNCTION(acos, acos(x), within(unit, T(-1), T(1))),
      ACCURACY_FUNCTION(atan, atan(x), within(any)),
      ACCURACY_FUNCTION_OF_TWO(atan2, atan2(x, y), combined(any)),
      ACCURACY_FUNCTION(sinh, reference::sinh(x), within(exponents)),
      ACCURACY_FUNCTION(cosh, reference::cosh(x), within(exponents)),
      ACCURACY_FUNCTION(tanh, reference::tanh(x), within(exponents)),
      ACCURACY_FUNCTION(asinh, reference::asinh(x), within(any)),
      ACCURACY_FUNCTION(acosh, reference::acosh(x), within(from_one, T(1))),
      ACCURACY_FUNCTION(atanh, reference::atanh(x),
                        within(unit, std::nextafter(T(-1), T(0)), std::nextafter(T(1), T(0)))),
  };
  const auto is_special = all.size();
  for (auto &special : {
           ACCURACY_FUNCTION(erf, reference::erf(x), within(tails)),
           ACCURACY_FUNCTION(erfc, reference::erfc(x), within(tails)),
           ACCURACY_FUNCTION(normal_density, reference::normal_density(x), within(normal)),
           ACCURACY_FUNCTION(normal_cdf, reference::normal_cdf(x), within(normal)),
           ACCURACY_FUNCTION(log_normal_cdf, reference::log_normal_cdf(x), within(normal)),
           ACCURACY_FUNCTION(inverse_mills, reference::inverse_mills(x), within(normal)),
           // beyond, phi is subnormal and has fewer digits
           ACCURACY_FUNCTION(inverse_mills_slope, reference::inverse_mills_slope(x),
                             within(normal, limits::lowest(),
                                    root_of_two<T> * std::sqrt(-std::log(limits::min())) - 1)),
           ACCURACY_FUNCTION(lgamma, reference::lgamma(x), within(gamma, limits::denorm_min())),
           ACCURACY_FUNCTION(digamma, reference::digamma(x), within(gamma, limits::denorm_min())),
           ACCURACY_FUNCTION(trigamma, reference::trigamma(x), within(gamma, limits::denorm_min())),
           ACCURACY_FUNCTION(tetragamma, reference::tetragamma(x),
                             within(gamma, limits::denorm_min())),
       })
    all.push_back(special);
  const auto below_zero = all.size();
  for (auto &special : {
           ACCURACY_FUNCTION(lgamma, reference::lgamma(x), without_poles(below)),
           ACCURACY_FUNCTION(digamma, reference::digamma(x), without_poles(below)),
           ACCURACY_FUNCTION(trigamma, reference::trigamma(x), without_poles(below)),
           ACCURACY_FUNCTION(tetragamma, reference::tetragamma(x), without_poles(below)),
       })
    all.push_back(special);
  constexpr bool is_long = limits::digits == 64;
  for (std::size_t i = is_special; i < all.size(); ++i) {
    all[i].limit = is_long ? 6 : 4;
    all[i].constant_limit = is_long ? all[i].limit : 1;
  }
  // A quotient of two rounded long doubles: 0.75 + 0.75 + 0.5, and more for their product.
  for (entry<T> &function : all)
    if (is_long && function.name == "tan")
      function.constant_limit = 2.25;
  for (entry<T> &function : all)
    for (const std::string_view core : {"exp", "log", "log1p", "sqrt", "tanh"})
      if (function.name == core)
        function.constant_limit = core == "sqrt" ? 0.5 : 1;
  // Near the zeros the error is absolute: that of the two numbers whose difference is 0.
  all[below_zero].scale = [](const point<wide> &at, const wide &result) {
    return std::max<wide>(abs(result), std::max<wide>(1, abs(reference::lgamma(-at[0]))));
  };
  all[below_zero + 1].scale = [](const point<wide> &at, const wide &result) {
    const wide reflected = reference::digamma(1 - at[0]);
    return std::max<wide>({abs(result), abs(result - reflected), abs(reflected)});
  };
  all[below_zero + 3].scale = [](const point<wide> &at, const wide &result) {
    const wide reflected = reference::tetragamma(1 - at[0]);
    return std::max<wide>({abs(result), abs(result - reflected), abs(reflected)});
  };
  for (entry<T> &function : all)
    for (const std::string_view good :
         {"exp", "expm1", "exp2", "log", "log1p", "log2", "sqrt", "cbrt", "hypot", "hypot of 3",
          "sin", "cos", "asin", "acos", "atan"})
      if (function.name == good && !is_long)
        function.limit = 1;
  for (entry<T> &function : all)
    if (function.name == "logaddexp") {
      if (is_long)
        function.limit = 6, function.constant_limit = 4;
      function.scale = [](const point<wide> &at, const wide &result) {
        return std::max<wide>(abs(result), abs(std::max(at[0], at[1])));
      };
    }
  for (std::size_t i = below_zero; i < all.size(); ++i)
    all[i].name += ", x < 0";
  return all;
}

#undef ACCURACY_FUNCTION
#undef ACCURACY_FUNCTION_OF_TWO

} // namespace accuracy
