// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every function of networks: its formula, value and derivative by x in 50 digits, and where both
// are measured. Read by tests/runtime/operation/functions.cpp, which has the bounds, and by
// benchmarks/accuracy.cpp, which prints docs/accuracy.md.

#pragma once

#include "references.hpp"

#include <chainrule/chainrule.hpp>

#include <array>
#include <cmath>
#include <type_traits>

namespace accuracy {

namespace network {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"X", 3, 5> X;
constexpr variable<"Y", 3, 5> Y;
constexpr variable<"Z", 3, 5> Z;

} // namespace network

template <class T>
using arguments = std::array<T, 3>;

/// What is exact, and the sizes at which errors are counted where they are larger: those of terms
/// that cancel, or the result times its condition number where the formula rounds an argument.
struct exact {
  wide value, slope;
  wide size_of_value = 0, size_of_slope = 0;
  /// Results below this may be 0 (docs/limitations.md).
  wide zero_below = 0;
};

template <class T>
struct value_and_slope {
  T value, slope;
};

template <class T>
struct function {
  std::string name;
  /// compile(f) and compile(partial(f, x)); compile(f, partial(f, x)).
  value_and_slope<T> (*apart)(const arguments<T> &);
  value_and_slope<T> (*together)(const arguments<T> &);
  /// compile(f(X), gradient(sum(f(X)), X)) of 15 points; null of functions of a column.
  std::array<value_and_slope<T>, 15> (*of_matrix)(const std::array<arguments<T>, 15> &);
  exact (*reference)(const wide &x, const wide &y, const wide &z);
  std::vector<arguments<T>> points;
  double value_limit = 2, slope_limit = 4;
};

namespace detail {

template <class Formula>
inline constexpr int arity =
    std::is_invocable_v<Formula, decltype(network::x), decltype(network::y), decltype(network::z)>
        ? 3
    : std::is_invocable_v<Formula, decltype(network::x), decltype(network::y)> ? 2
                                                                               : 1;

template <class Formula>
constexpr auto formula(const auto &x, const auto &y, const auto &z) {
  if constexpr (arity<Formula> == 3)
    return Formula{}(x, y, z);
  else if constexpr (arity<Formula> == 2)
    return Formula{}(x, y);
  else
    return Formula{}(x);
}

/// Calls with as many arguments as the formula has.
template <class Formula, class Step, class T>
auto called(const Step &step, const arguments<T> &at) {
  using namespace network;
  if constexpr (arity<Formula> == 3)
    return step(x = at[0], y = at[1], z = at[2]);
  else if constexpr (arity<Formula> == 2)
    return step(x = at[0], y = at[1]);
  else
    return step(x = at[0]);
}

template <class Formula, class T>
value_and_slope<T> apart(const arguments<T> &at) {
  constexpr auto f = formula<Formula>(network::x, network::y, network::z);
  constexpr auto value = chainrule::compile(f);
  constexpr auto slope = chainrule::compile(chainrule::partial(f, network::x));
  return {called<Formula>(value, at), called<Formula>(slope, at)};
}

template <class Formula, class T>
value_and_slope<T> together(const arguments<T> &at) {
  constexpr auto f = formula<Formula>(network::x, network::y, network::z);
  constexpr auto step = chainrule::compile(f, chainrule::partial(f, network::x));
  const auto [value, slope] = called<Formula>(step, at);
  return {value, slope};
}

template <class Formula, class T>
std::array<value_and_slope<T>, 15> of_matrix(const std::array<arguments<T>, 15> &at) {
  using namespace network;
  constexpr auto f = formula<Formula>(X, Y, Z);
  constexpr auto step = chainrule::compile(f, chainrule::gradient(chainrule::sum(f), X));
  matrix<T, 3, 5> first, second, third;
  for (int i = 0; i < 15; ++i) {
    first(i / 5, i % 5) = at[static_cast<std::size_t>(i)][0];
    second(i / 5, i % 5) = at[static_cast<std::size_t>(i)][1];
    third(i / 5, i % 5) = at[static_cast<std::size_t>(i)][2];
  }
  const auto [values, slopes] = [&] {
    if constexpr (arity<Formula> == 3)
      return step(X = first, Y = second, Z = third);
    else if constexpr (arity<Formula> == 2)
      return step(X = first, Y = second);
    else
      return step(X = first);
  }();
  std::array<value_and_slope<T>, 15> result;
  for (int i = 0; i < 15; ++i)
    result[static_cast<std::size_t>(i)] = {values(i / 5, i % 5), slopes[X](i / 5, i % 5)};
  return result;
}

} // namespace detail

/// Formula: a lambda of one to three variables.
template <class T, class Formula>
function<T>
entry_of(const char *name, Formula, exact (*reference)(const wide &, const wide &, const wide &),
         std::vector<arguments<T>> points, double value_limit = 2, double slope_limit = 4) {
  return {name,
          detail::apart<Formula, T>,
          detail::together<Formula, T>,
          detail::of_matrix<Formula, T>,
          reference,
          std::move(points),
          value_limit,
          slope_limit};
}

/// The same of a column (x, y, z).
template <class T, class Formula>
function<T> entry_of_column(const char *name, Formula,
                            exact (*reference)(const wide &, const wide &, const wide &),
                            std::vector<arguments<T>> points) {
  return {name,
          detail::apart<Formula, T>,
          detail::together<Formula, T>,
          nullptr,
          reference,
          std::move(points),
          3};
}

struct errors {
  worst value, slope;                     ///< of scalars and matrices, against what is exact
  worst value_of_matrix, slope_of_matrix; ///< of matrices, against scalars
};

template <class T>
errors measure(const function<T> &f) {
  errors result;
  std::array<arguments<T>, 15> block{};
  for (std::size_t first = 0; first < f.points.size(); first += 15) {
    for (std::size_t i = 0; i < 15; ++i)
      block[i] = f.points[(first + i) % f.points.size()];
    std::array<value_and_slope<T>, 15> elements;
    if (f.of_matrix != nullptr)
      elements = f.of_matrix(block);
    else
      std::transform(block.begin(), block.end(), elements.begin(), f.together);
    for (std::size_t i = 0; i < 15; ++i) {
      const arguments<T> &at = block[i];
      const exact is = f.reference(wide(at[0]), wide(at[1]), wide(at[2]));
      const wide value_size = std::max<wide>(abs(is.value), is.size_of_value);
      const wide slope_size = std::max<wide>(abs(is.slope), is.size_of_slope);
      const auto add = [&](worst &to, T value, const wide &expected, const wide &size) {
        if (value != 0 || abs(expected) >= is.zero_below)
          to.add(error_in_ulps(value, expected, size), at[0], at[1], at[2]);
      };
      const value_and_slope<T> scalars = f.together(at), alone = f.apart(at);
      for (const auto &computed : {scalars, alone, elements[i]}) {
        add(result.value, computed.value, is.value, value_size);
        add(result.slope, computed.slope, is.slope, slope_size);
      }
      add(result.value_of_matrix, elements[i].value, wide(scalars.value), value_size);
      add(result.slope_of_matrix, elements[i].slope, wide(scalars.slope), slope_size);
    }
  }
  return result;
}

namespace reference {

inline wide sigmoid(const wide &x) {
  const wide t = bounded_exp(-abs(x));
  return (x < 0 ? t : wide(1)) / (1 + t);
}
inline wide sigmoid_slope(const wide &x) { return sigmoid(x) * sigmoid(-x); }
inline wide softplus(const wide &x) { return logaddexp(x, wide(0)); }
inline wide sech_squared(const wide &x) {
  const wide t = bounded_exp(-2 * abs(x));
  return 4 * t / ((1 + t) * (1 + t));
}
inline wide sine(const wide &x) {
  return with_reduction(x, [](auto a) { return decltype(a)(sin(a)); });
}
inline wide cosine(const wide &x) {
  return with_reduction(x, [](auto a) { return decltype(a)(cos(a)); });
}
inline wide exp2(const wide &x) { return abs(x) > 20000 ? bounded_exp(x) : exp(x * log(wide(2))); }
inline wide erf_slope(const wide &x) { return 2 / sqrt(pi) * bounded_exp(-x * x); }
inline wide one_over(const wide &a) { return a == 0 ? ldexp(wide(1), 20000) : wide(1 / a); }
/// |x|^y with a bound on the exponent.
inline wide power(const wide &x, const wide &y) { return bounded_exp(y * log(x)); }
inline wide sign(const wide &x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

inline wide log_cosh(const wide &x) {
  if (abs(x) > 1)
    return abs(x) - log(wide(2)) + log1p(bounded_exp(-2 * abs(x)));
  const wide half = sinh(x / 2);
  return log1p(2 * half * half);
}
inline wide erfcx_anywhere(const wide &x) {
  return x < 0 ? wide(2 * bounded_exp(x * x) - erfcx(-x)) : erfcx(x);
}
/// 2 x erfcx(x) - 2 / sqrt(pi), far above 0 by the asymptotic series.
inline wide erfcx_slope(const wide &x) {
  const wide q = x > 1000 ? wide(1 / (2 * x * x)) : wide(0);
  return q > 0 ? wide(-2 / sqrt(pi) * q * (1 - q * (3 - q * (15 - q * 105))))
               : wide(2 * x * erfcx_anywhere(x) - 2 / sqrt(pi));
}
inline wide log_erfc(const wide &x) { return x < 1 ? log1p(-erf(x)) : wide(log(erfcx(x)) - x * x); }
/// The remainder of x / y towards 0, of quotients up to 10^350. The points are numbers of at most
/// 64 bits; from 50 digits to 400 g++ 12 warns of array bounds in Boost.
inline wide fmod(const wide &x, const wide &y) {
  const huge a(x.convert_to<long double>()), b(y.convert_to<long double>());
  const huge whole = trunc(huge(a / b));
  return wide(huge(a - b * whole));
}

} // namespace reference

/// The points of the grid in [low, high], each with two others at random.
template <class T>
std::vector<arguments<T>> chosen(const grid<T> &points, T low = std::numeric_limits<T>::lowest(),
                                 T high = std::numeric_limits<T>::max()) {
  std::vector<T> those;
  for (const T value : points.points())
    if (value >= low && value <= high && !(value == 0 && std::signbit(value)))
      those.push_back(value);
  std::mt19937_64 generator{20260104};
  std::uniform_int_distribution<std::size_t> index(0, those.size() - 1);
  std::vector<arguments<T>> result;
  for (const T value : those) {
    const T y = those[index(generator)], z = those[index(generator)];
    result.push_back({value, y, z});
  }
  return result;
}

/// The smallest normal number: a factor below it is rounded to fewer digits.
template <class T>
wide smallest() {
  return wide(std::numeric_limits<T>::min());
}

/// x > 0 and y such that x^y fills the range.
template <class T>
std::vector<arguments<T>> of_powers(std::vector<arguments<T>> points) {
  std::mt19937_64 generator{20260105};
  std::uniform_real_distribution<double> result(std::log(std::numeric_limits<T>::denorm_min()),
                                                std::log(std::numeric_limits<T>::max()));
  for (arguments<T> &at : points)
    at[1] = at[0] == 1 ? T(3) : static_cast<T>(result(generator) / std::log(double(at[0])));
  return points;
}

template <class T>
std::vector<arguments<T>> not_whole(std::vector<arguments<T>> points) {
  std::erase_if(points, [](const arguments<T> &at) { return std::floor(at[0]) == at[0]; });
  return points;
}

#define OF(...) [](__VA_ARGS__)
#define IS(...)                                                                                    \
  [](const wide &x [[maybe_unused]], const wide &y [[maybe_unused]],                               \
     const wide &z [[maybe_unused]]) -> exact __VA_ARGS__

/// `points`: about a fifth of the number for each function.
template <class T>
std::vector<function<T>> functions(int points) {
  using namespace chainrule;
  using namespace reference;
  using limits = std::numeric_limits<T>;
  constexpr T least = limits::denorm_min(), largest = limits::max();
  const T overflow = std::log(largest), underflow = std::log(least);
  grid<T> any(points), circle(points), gamma(points), below(points);
  any.between(-4, 4).between(-40, 40).between(underflow - 2, overflow + 2).all_magnitudes(true);
  for (const double threshold : {0.0, 0.25, 0.5, 0.55, 0.75, 1.0, 1.2784645, 3.0})
    any.around(static_cast<T>(threshold)).around(static_cast<T>(-threshold));
  any.around(overflow).around(-overflow).around(underflow).around(std::log(limits::min()));
  any.around(std::sqrt(largest)).around(-std::sqrt(largest)).around(std::log(T(2)));
  circle.between(-10, 10).between(-1, 1).magnitudes(-40, 60, true, points / 4);
  circle.all_magnitudes(true, points / 20).around(0);
  for (int quarter = 1; quarter < 20; quarter += 3)
    circle.around(static_cast<T>(quarter) * T(0.78539816339744830961L));
  gamma.between(0, 3).between(3, 14).magnitudes(-60, 60, false, points / 4).around(12).around(2);
  gamma.around(1).around(T(1.5)).around(T(1.4616321449683623413L)).all_magnitudes(false);
  below.between(-6, 0).between(-40, 0).magnitudes(-60, 0, true, points / 4);
  const auto all = chosen(any), positive = chosen(any, least),
             negative = chosen(any, -largest, -least);
  const auto unit = chosen(any, T(-1), T(1)),
             probabilities = chosen(any, least, std::nextafter(T(1), T(0)));
  // A rounded x / 6 + 1/2 has its kinks some units in the last place beside -3 and 3.
  auto beside_kinks = all;
  std::erase_if(beside_kinks, [](const arguments<T> &at) {
    return std::abs(std::abs(at[0]) - 3) < 64 * limits::epsilon();
  });
  auto descending = all, of_remainders = chosen(circle);
  for (arguments<T> &at : descending)
    if (at[0] < at[1])
      std::swap(at[0], at[1]);
  std::erase_if(descending, [](const arguments<T> &at) { return at[0] == at[1]; });
  std::erase_if(of_remainders, [](const arguments<T> &at) { return at[1] == 0; });
  const auto of_beta = chosen(gamma, T(1e-6), T(1e9));
  auto of_gamma_below = chosen(below, -largest, -least);
  of_gamma_below = not_whole(of_gamma_below);
  const auto of_gamma = chosen(gamma, least);

  std::vector<function<T>> result;
  const auto add = [&result](const char *name, auto formula, auto of, const auto &where,
                             double value_limit = 2, double slope_limit = 4) {
    result.push_back(entry_of<T>(name, formula, of, where, value_limit, slope_limit));
  };

  // exponentials and logarithms
  add(
      "exp", OF(auto x) { return exp(x); }, IS({
        return {bounded_exp(x), bounded_exp(x)};
      }),
      all);
  add(
      "expm1", OF(auto x) { return expm1(x); }, IS({
        return {abs(x) > 1 ? wide(bounded_exp(x) - 1) : reference::expm1(x), bounded_exp(x)};
      }),
      all);
  add(
      "exp2", OF(auto x) { return exp2(x); }, IS({
        return {reference::exp2(x), log(wide(2)) * reference::exp2(x)};
      }),
      all);
  add(
      "log", OF(auto x) { return log(x); }, IS({
        return {log(x), 1 / x};
      }),
      positive);
  add(
      "log1p", OF(auto x) { return log1p(x); }, IS({
        return {reference::log1p(x), 1 / (1 + x)};
      }),
      chosen(any, std::nextafter(T(-1), T(0))));
  add(
      "log2", OF(auto x) { return log2(x); }, IS({
        return {log(x) / log(wide(2)), 1 / (x * log(wide(2)))};
      }),
      positive);
  add(
      "log10", OF(auto x) { return log10(x); }, IS({
        return {log(x) / log(wide(10)), 1 / (x * log(wide(10)))};
      }),
      positive);

  // powers
  add(
      "sqrt", OF(auto x) { return sqrt(x); }, IS({
        return {sqrt(x), 1 / (2 * sqrt(x))};
      }),
      positive);
  add(
      "cbrt", OF(auto x) { return cbrt(x); }, IS({
        return {reference::cbrt(x), one_over(3 * reference::cbrt(x) * reference::cbrt(x))};
      }),
      all);
  add(
      "square", OF(auto x) { return square(x); }, IS({
        return {x * x, 2 * x};
      }),
      all);
  add(
      "reciprocal", OF(auto x) { return reciprocal(x); }, IS({
        return {one_over(x), -one_over(x * x)};
      }),
      all);
  add(
      "pow(x, 3)", OF(auto x) { return pow(x, 3_c); }, IS({
        return {x * x * x, 3 * x * x};
      }),
      all);
  add(
      "pow(x, 7)", OF(auto x) { return pow(x, 7_c); }, IS({
        const wide cube = x * x * x;
        return {cube * cube * x, 7 * cube * cube};
      }),
      all, 4);
  add(
      "pow(x, -2)", OF(auto x) { return pow(x, -2_c); }, IS({
        return {one_over(x * x), -2 * one_over(x * x * x), 0, 0, smallest<T>()};
      }),
      all);
  add(
      "pow(x, 2.5)", OF(auto x) { return pow(x, 2.5_c); }, IS({
        return {x * x * sqrt(x), 5 * x * sqrt(x) / 2};
      }),
      positive);
  // The slope y x^(y - 1) rounds y - 1.
  add(
      "pow(x, y) by x", OF(auto x, auto y) { return pow(x, y); }, IS({
        const wide slope = y / x * power(x, y);
        return {power(x, y), slope, 0,
                std::max<wide>(abs(slope) * (1 + abs((y - 1) * log(x))), abs(y) * smallest<T>())};
      }),
      of_powers(positive));
  auto exponents = of_powers(positive);
  for (arguments<T> &at : exponents)
    std::swap(at[0], at[1]);
  add(
      "pow(y, x) by x", OF(auto x, auto y) { return pow(y, x); }, IS({
        return {power(y, x), log(y) * power(y, x), 0, abs(log(y)) * smallest<T>()};
      }),
      exponents);
  add(
      "hypot", OF(auto x, auto y) { return hypot(x, y); }, IS({
        const wide h = sqrt(x * x + y * y);
        return {h, h == 0 ? h : wide(x / h), 0, h == 0 ? h : wide(abs(x) / h * smallest<T>() / h)};
      }),
      all);
  add(
      "hypot of 3", OF(auto x, auto y, auto z) { return hypot(x, y, z); }, IS({
        const wide h = sqrt(x * x + y * y + z * z);
        return {h, h == 0 ? h : wide(x / h)};
      }),
      all);

  // trigonometric and hyperbolic functions
  add(
      "sin", OF(auto x) { return sin(x); }, IS({
        return {sine(x), cosine(x)};
      }),
      chosen(circle));
  add(
      "cos", OF(auto x) { return cos(x); }, IS({
        return {cosine(x), -sine(x)};
      }),
      chosen(circle));
  add(
      "tan", OF(auto x) { return tan(x); }, IS({
        const wide c = cosine(x);
        return {sine(x) / c, 1 / (c * c)};
      }),
      chosen(circle));
  add(
      "asin", OF(auto x) { return asin(x); }, IS({
        return {asin(x), one_over(sqrt((1 - x) * (1 + x)))};
      }),
      unit);
  add(
      "acos", OF(auto x) { return acos(x); }, IS({
        return {acos(x), -one_over(sqrt((1 - x) * (1 + x)))};
      }),
      unit);
  add(
      "atan", OF(auto x) { return atan(x); }, IS({
        return {atan(x), 1 / (1 + x * x)};
      }),
      all);
  add(
      "atan2", OF(auto x, auto y) { return atan2(x, y); }, IS({
        const wide h = x * x + y * y;
        return {h == 0 ? h : wide(atan2(x, y)), h == 0 ? h : wide(y / h), 0,
                h == 0 ? h : wide((1 + abs(y) / h) * smallest<T>() / sqrt(h))};
      }),
      all);
  add(
      "sinh", OF(auto x) { return sinh(x); }, IS({
        return {reference::sinh(x), reference::cosh(x)};
      }),
      all);
  add(
      "cosh", OF(auto x) { return cosh(x); }, IS({
        return {reference::cosh(x), reference::sinh(x)};
      }),
      all);
  add(
      "tanh", OF(auto x) { return tanh(x); }, IS({
        return {reference::tanh(x), sech_squared(x)};
      }),
      all);
  add(
      "asinh", OF(auto x) { return asinh(x); }, IS({
        return {reference::asinh(x), 1 / sqrt(1 + x * x)};
      }),
      all);
  add(
      "acosh", OF(auto x) { return acosh(x); }, IS({
        return {reference::acosh(x), one_over(sqrt((x - 1) * (x + 1)))};
      }),
      chosen(any, T(1)));
  add(
      "atanh", OF(auto x) { return atanh(x); }, IS({
        return {reference::atanh(x), 1 / ((1 - x) * (1 + x))};
      }),
      chosen(any, std::nextafter(T(-1), T(0)), std::nextafter(T(1), T(0))));

  // the normal distribution, the gamma function
  add(
      "erf", OF(auto x) { return erf(x); }, IS({
        return {reference::erf(x), erf_slope(x)};
      }),
      all, 4);
  add(
      "erfc", OF(auto x) { return erfc(x); }, IS({
        return {reference::erfc(x), -erf_slope(x)};
      }),
      all, 4);
  add(
      "normal_density", OF(auto x) { return normal_density(x); }, IS({
        return {reference::normal_density(x), -x * reference::normal_density(x), 0,
                abs(x) * smallest<T>()};
      }),
      all, 4);
  add(
      "normal_cdf", OF(auto x) { return normal_cdf(x); }, IS({
        return {reference::normal_cdf(x), reference::normal_density(x)};
      }),
      all, 4);
  add(
      "log_normal_cdf", OF(auto x) { return log_normal_cdf(x); }, IS({
        return {reference::log_normal_cdf(x), reference::inverse_mills(x)};
      }),
      all, 4);
  add(
      "lgamma", OF(auto x) { return lgamma(x); }, IS({
        return {reference::lgamma(x), reference::digamma(x)};
      }),
      of_gamma, 4);
  add(
      "digamma", OF(auto x) { return digamma(x); }, IS({
        return {reference::digamma(x), reference::trigamma(x)};
      }),
      of_gamma, 4);
  add(
      "trigamma", OF(auto x) { return trigamma(x); }, IS({
        return {reference::trigamma(x), reference::tetragamma(x)};
      }),
      of_gamma, 4);
  // Below 0 they are differences (docs/accuracy.md) with the bounds of
  // tests/accuracy/catalogue.hpp.
  add(
      "lgamma, x < 0", OF(auto x) { return lgamma(x); }, IS({
        const wide from = reference::digamma(1 - x), slope = reference::digamma(x);
        return {reference::lgamma(x), slope, std::max<wide>(1, abs(reference::lgamma(-x))),
                std::max<wide>(abs(slope - from), abs(from))};
      }),
      of_gamma_below, 6, 6);
  add(
      "digamma, x < 0", OF(auto x) { return digamma(x); }, IS({
        const wide from = reference::digamma(1 - x), value = reference::digamma(x);
        return {value, reference::trigamma(x), std::max<wide>(abs(value - from), abs(from))};
      }),
      of_gamma_below, 6);
  add(
      "trigamma, x < 0", OF(auto x) { return trigamma(x); }, IS({
        const wide from = reference::tetragamma(1 - x), slope = reference::tetragamma(x);
        return {reference::trigamma(x), slope, 0, std::max<wide>(abs(slope - from), abs(from))};
      }),
      of_gamma_below, 4, 5);

  // choices
  add(
      "abs", OF(auto x) { return abs(x); }, IS({
        return {abs(x), reference::sign(x)};
      }),
      all, 0, 0);
  add(
      "sign", OF(auto x) { return sign(x); }, IS({
        return {reference::sign(x), 0};
      }),
      all, 0, 0);
  add(
      "min", OF(auto x, auto y) { return min(x, y); }, IS({
        return {std::min(x, y), y < x ? 0 : 1};
      }),
      all, 0, 0);
  add(
      "max", OF(auto x, auto y) { return max(x, y); }, IS({
        return {std::max(x, y), x < y ? 0 : 1};
      }),
      all, 0, 0);
  add(
      "clamp", OF(auto x) { return clamp(x, -1_c, 0.75_c); }, IS({
        return {x < -1           ? wide(-1)
                : x > wide(0.75) ? wide(0.75)
                                 : x,
                x < -1 || x > wide(0.75) ? 0 : 1};
      }),
      all, 0, 0);
  add(
      "relu", OF(auto x) { return relu(x); }, IS({
        return {x > 0 ? x : wide(0), x > 0 ? 1 : 0};
      }),
      all, 0, 0);
  add(
      "hard_tanh", OF(auto x) { return hard_tanh(x); }, IS({
        return {abs(x) > 1 ? reference::sign(x) : x, abs(x) > 1 ? 0 : 1};
      }),
      all, 0, 0);

  // activations
  add(
      "sigmoid", OF(auto x) { return sigmoid(x); }, IS({
        return {reference::sigmoid(x), sigmoid_slope(x), 0, 0, smallest<T>()};
      }),
      all);
  add(
      "log_sigmoid", OF(auto x) { return log_sigmoid(x); }, IS({
        return {-reference::softplus(-x), reference::sigmoid(-x), 0, 0, smallest<T>()};
      }),
      all);
  add(
      "logit", OF(auto x) { return logit(x); }, IS({
        return {log(x) - reference::log1p(-x), 1 / (x * (1 - x))};
      }),
      probabilities);
  add(
      "softplus", OF(auto x) { return softplus(x); }, IS({
        return {reference::softplus(x), reference::sigmoid(x), 0, 0, smallest<T>()};
      }),
      all);
  add(
      "leaky_relu", OF(auto x) { return leaky_relu(x); }, IS({
        return {x > 0 ? x : wide(x / 100), x > 0 ? wide(1) : wide(1) / 100};
      }),
      all);
  add(
      "elu", OF(auto x) { return elu(x); }, IS({
        return {x > 0    ? x
                : x < -1 ? wide(bounded_exp(x) - 1)
                         : reference::expm1(x),
                x > 0 ? wide(1) : bounded_exp(x)};
      }),
      all);
  add(
      "selu", OF(auto x) { return selu(x); }, IS({
        const wide lambda("1.050700987355480493"), both = lambda * wide("1.673263242354377285");
        return {x > 0 ? wide(lambda * x)
                      : wide(both * (x < -1 ? wide(bounded_exp(x) - 1) : reference::expm1(x))),
                x > 0 ? lambda : wide(both * bounded_exp(x))};
      }),
      all);
  add(
      "celu", OF(auto x) { return celu(x, 0.5_c); }, IS({
        return {x > 0 ? x
                      : wide((x < -1 ? wide(bounded_exp(2 * x) - 1) : reference::expm1(2 * x)) / 2),
                x > 0 ? wide(1) : bounded_exp(2 * x)};
      }),
      all);
  // Phi + x phi cancels at -0.75: in units at the larger term.
  add(
      "gelu", OF(auto x) { return gelu(x); }, IS({
        const wide p = reference::normal_cdf(x), d = x * reference::normal_density(x);
        return {x * p, p + d, abs(x) * smallest<T>(),
                std::max<wide>({p, abs(d), x * x * smallest<T>()})};
      }),
      all, 4); // The argument u of the sigmoid is rounded, |u| times the error in the result.
  add(
      "gelu_tanh", OF(auto x) { return gelu_tanh(x); }, IS({
        const wide c("1.595769121605730711"), cubic("0.044715");
        const wide u = c * (x + cubic * x * x * x), s = reference::sigmoid(u);
        const wide other = x * sigmoid_slope(u) * c * (1 + 3 * cubic * x * x),
                   condition = 1 + abs(u);
        return {x * s, s + other, abs(x * s) * condition, std::max<wide>(s, abs(other)) * condition,
                (1 + x * x * x * x) * smallest<T>()};
      }),
      all, 4); // s + x s' cancels at -1.28, the derivative of mish at -1.19.
  add(
      "silu", OF(auto x) { return silu(x); }, IS({
        const wide s = reference::sigmoid(x), other = x * sigmoid_slope(x);
        return {x * s, s + other, abs(x) * smallest<T>(),
                std::max<wide>({s, abs(other), abs(x) * smallest<T>()}),
                (1 + abs(x)) * smallest<T>()};
      }),
      all);
  add(
      "mish", OF(auto x) { return mish(x); }, IS({
        const wide t = reference::tanh(reference::softplus(x));
        const wide other = x * sech_squared(reference::softplus(x)) * reference::sigmoid(x);
        return {x * t, t + other, abs(x) * smallest<T>(),
                std::max<wide>({t, abs(other), abs(x) * smallest<T>()}),
                (1 + abs(x)) * smallest<T>()};
      }),
      all, 4);
  add(
      "softsign", OF(auto x) { return softsign(x); }, IS({
        const wide u = 1 + abs(x);
        return {x / u, 1 / (u * u)};
      }),
      all); // x / 6 + 1/2 cancels at -3, its product with x at -1.5 in the slope: in units of the
            // terms.
  add(
      "hard_sigmoid", OF(auto x) { return hard_sigmoid(x); }, IS({
        return {abs(x) > 3 ? wide(x > 0 ? 1 : 0) : wide(x / 6 + wide(1) / 2),
                abs(x) > 3 ? wide(0) : wide(1) / 6, wide(1) / 2};
      }),
      beside_kinks);
  add(
      "hard_swish", OF(auto x) { return hard_swish(x); }, IS({
        const bool inside = abs(x) <= 3;
        const wide h = inside ? wide(x / 6 + wide(1) / 2) : wide(x > 0 ? 1 : 0);
        return {x * h, inside ? wide(h + x / 6) : h, abs(x) / 2, wide(1) / 2};
      }),
      beside_kinks);

  // logarithms of sums and products
  add(
      "log1mexp", OF(auto x) { return log1mexp(x); }, IS({
        return {reference::log1mexp(x),
                -1 / (x < -1 ? wide(bounded_exp(-x) - 1) : reference::expm1(-x))};
      }),
      negative); // Passes through 0; the slope rounds x - y, |x - y| times the error in the result.
  add(
      "logaddexp", OF(auto x, auto y) { return logaddexp(x, y); }, IS({
        const wide slope = reference::sigmoid(x - y);
        return {reference::logaddexp(x, y), slope, abs(std::max(x, y)), slope * (1 + abs(x - y)),
                smallest<T>()};
      }),
      all);
  add(
      "xlogy by x", OF(auto x, auto y) { return xlogy(x, y); }, IS({
        return {x * log(y), log(y)};
      }),
      positive);
  add(
      "xlogy by y", OF(auto x, auto y) { return xlogy(y, x); }, IS({
        return {y * log(x), y / x};
      }),
      positive);

  // what has lost its digits as it is written
  add(
      "log_cosh", OF(auto x) { return log_cosh(x); }, IS({
        return {reference::log_cosh(x), reference::tanh(x)};
      }),
      all, 3);
  add(
      "erfcx", OF(auto x) { return erfcx(x); }, IS({
        return {erfcx_anywhere(x), erfcx_slope(x)};
      }),
      chosen(any, -std::sqrt(overflow - 1)), 4, 10);
  add(
      "log_erfc", OF(auto x) { return log_erfc(x); }, IS({
        return {reference::log_erfc(x),
                x < 0 ? wide(-erf_slope(x) / reference::erfc(x)) : wide(-2 / sqrt(pi) / erfcx(x))};
      }),
      all, 5);
  add(
      "logdiffexp", OF(auto x, auto y) { return logdiffexp(x, y); }, IS({
        const wide slope =
            y - x < -1 ? wide(1 / (1 - bounded_exp(y - x))) : wide(-1 / reference::expm1(y - x));
        return {x + log1mexp(y - x), slope, std::max<wide>(abs(x), abs(log1mexp(y - x))),
                slope * (1 + abs(x - y))};
      }),
      descending);
  add(
      "inverse_softplus", OF(auto x) { return inverse_softplus(x); }, IS({
        return {x + log1mexp(-x),
                x > 1 ? wide(1 / (1 - bounded_exp(-x))) : wide(-1 / reference::expm1(-x)), x};
      }),
      positive);
  add(
      "lbeta", OF(auto x, auto y) { return lbeta(x, y); }, IS({
        return {reference::lgamma(x) + reference::lgamma(y) - reference::lgamma(x + y),
                reference::digamma(x) - reference::digamma(x + y),
                x < 40 && y < 40 ? std::max<wide>(1, abs(reference::lgamma(x + y))) : wide(1),
                abs(reference::digamma(x + y)) + (x + y) * reference::trigamma(x + y)};
      }),
      of_beta, 6, 6);

  // steps and remainders
  add(
      "floor", OF(auto x) { return floor(x); }, IS({
        return {floor(x), 0};
      }),
      all, 0, 0);
  add(
      "ceil", OF(auto x) { return ceil(x); }, IS({
        return {ceil(x), 0};
      }),
      all, 0, 0);
  add(
      "round", OF(auto x) { return round(x); }, IS({
        return {reference::sign(x) * (floor(abs(x)) + (abs(x) - floor(abs(x)) < wide(0.5) ? 0 : 1)),
                0};
      }),
      all, 0, 0);
  add(
      "fmod", OF(auto x, auto y) { return fmod(x, y); }, IS({
        return {reference::fmod(x, y), 1};
      }),
      of_remainders, 0, 0);
  add(
      "stop_gradient", OF(auto x) { return stop_gradient(x); }, IS({
        return {x, 0};
      }),
      all, 0, 0);

  // of a column; sizes: those of the logits, and what their differences are rounded by
  auto columns = all;
  std::erase_if(columns, [](const arguments<T> &at) { // subnormal exponentials beside them
    return std::any_of(at.begin(), at.end(), [](T x) { return x != 0 && std::abs(x) < T(1e-30); });
  });
  const auto add_column = [&](const char *name, auto formula, auto of) {
    result.push_back(entry_of_column<T>(name, formula, of, columns));
  };
  add_column(
      "logsumexp", OF(auto x, auto y, auto z) { return logsumexp(stack(x, y, z)); }, IS({
        const wide m = std::max<wide>(x, std::max<wide>(y, z));
        const wide sum = bounded_exp(x - m) + bounded_exp(y - m) + bounded_exp(z - m);
        const wide p = bounded_exp(x - m) / sum;
        return {m + log(sum), p, abs(m), p * (1 + abs(x - m)), smallest<T>()};
      }));
  add_column(
      "log_mean_exp", OF(auto x, auto y, auto z) { return log_mean_exp(stack(x, y, z)); }, IS({
        const wide m = std::max<wide>(x, std::max<wide>(y, z));
        const wide sum = bounded_exp(x - m) + bounded_exp(y - m) + bounded_exp(z - m);
        const wide p = bounded_exp(x - m) / sum;
        return {m + log(sum / 3), p, std::max<wide>(abs(m), wide(1)), p * (1 + abs(x - m)),
                smallest<T>()};
      }));
  add_column(
      "weighted_logsumexp",
      OF(auto x, auto y, auto z) {
        return weighted_logsumexp(stack(0.5_c, 2_c, 1.25_c), stack(x, y, z));
      },
      IS({
        const wide m = std::max<wide>(x, std::max<wide>(y, z));
        const wide sum =
            (bounded_exp(x - m) + 4 * bounded_exp(y - m)) / 2 + 5 * bounded_exp(z - m) / 4;
        const wide p = bounded_exp(x - m) / 2 / sum;
        return {m + log(sum), p, std::max<wide>(abs(m), wide(1)), p * (1 + abs(m) + abs(x - m)),
                2 * smallest<T>()};
      }));
  add_column(
      "log_softmax",
      OF(auto x, auto y, auto z) { return element_of<0, 0>(log_softmax(stack(x, y, z))); }, IS({
        const wide m = std::max<wide>(x, std::max<wide>(y, z));
        const wide others = bounded_exp(y - m) + bounded_exp(z - m);
        const wide sum = bounded_exp(x - m) + others;
        const wide value = x == m ? wide(-reference::log1p(others)) : wide(x - m - log(sum));
        const wide condition =
            1 + std::max<wide>(abs(x - m), std::min<wide>(abs(y - m), abs(z - m)));
        return {value, others / sum, abs(value) * (x == m ? condition : wide(1)),
                others / sum * condition, smallest<T>()};
      }));
  return result;
}

#undef OF
#undef IS

} // namespace accuracy
