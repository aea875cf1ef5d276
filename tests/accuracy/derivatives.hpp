// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The first three derivatives by x of every function of numbers, against the Taylor series of its
// slope in 50 digits. Read by tests/runtime/derivative/accuracy.cpp, which has the bound, and by
// benchmarks/accuracy.cpp, which prints docs/accuracy.md.

#pragma once

#include "functions.hpp"

namespace accuracy {

/// The Taylor series of a function of t at 0, t^0 to t^4.
struct series {
  static constexpr std::size_t length = 5;
  std::array<wide, length> at{};

  series() = default;
  series(const wide &constant) { at[0] = constant; }
  series(int constant) { at[0] = constant; }
};

inline series operator+(series a, const series &b) {
  for (std::size_t i = 0; i < series::length; ++i)
    a.at[i] += b.at[i];
  return a;
}
inline series operator-(series a) {
  for (wide &each : a.at)
    each = -each;
  return a;
}
inline series operator-(const series &a, const series &b) { return a + -b; }
inline series operator*(const series &a, const series &b) {
  series result;
  for (std::size_t i = 0; i < series::length; ++i)
    for (std::size_t k = 0; i + k < series::length; ++k)
      result.at[i + k] += a.at[i] * b.at[k];
  return result;
}
inline series operator/(const series &a, const series &b) {
  series result;
  for (std::size_t i = 0; i < series::length; ++i) {
    result.at[i] = a.at[i];
    for (std::size_t k = 0; k < i; ++k)
      result.at[i] -= result.at[k] * b.at[i - k];
    result.at[i] /= b.at[0];
  }
  return result;
}
inline series derivative(const series &a) {
  series result;
  for (std::size_t i = 1; i < series::length; ++i)
    result.at[i - 1] = static_cast<int>(i) * a.at[i];
  return result;
}
/// f(a) of the derivatives of f at a.
inline series composed(const series &a, const std::array<wide, series::length> &of) {
  series distance = a, power = 1, result;
  distance.at[0] = 0;
  wide factorial = 1;
  for (std::size_t i = 0; i < series::length; ++i) {
    result = result + power * series(wide(of[i] / factorial));
    power = power * distance;
    factorial *= static_cast<int>(i) + 1;
  }
  return result;
}
inline series exp(const series &a) {
  const wide e = reference::bounded_exp(a.at[0]);
  return composed(a, {e, e, e, e, e});
}
inline series expm1(const series &a) {
  const wide e = reference::bounded_exp(a.at[0]);
  return composed(a, {abs(a.at[0]) > 1 ? wide(e - 1) : reference::expm1(a.at[0]), e, e, e, e});
}
inline series cosh(const series &a) {
  const wide c = reference::cosh(a.at[0]), s = reference::sinh(a.at[0]);
  return composed(a, {c, s, c, s, c});
}
inline series sinh(const series &a) {
  const wide c = reference::cosh(a.at[0]), s = reference::sinh(a.at[0]);
  return composed(a, {s, c, s, c, s});
}
inline series tanh(const series &x) {
  series result = 1 / (cosh(x) * cosh(x));
  for (std::size_t i = series::length - 1; i > 0; --i)
    result.at[i] = result.at[i - 1] / static_cast<int>(i);
  result.at[0] = reference::tanh(x.at[0]);
  return result;
}
inline series sin(const series &a) {
  const wide s = sin(a.at[0]), c = cos(a.at[0]);
  return composed(a, {s, c, -s, -c, s});
}
inline series cos(const series &a) {
  const wide s = sin(a.at[0]), c = cos(a.at[0]);
  return composed(a, {c, -s, -c, s, c});
}
inline series pow(const series &a, const wide &exponent) {
  std::array<wide, series::length> of;
  wide factor = 1, power = reference::bounded_exp(exponent * log(a.at[0]));
  for (std::size_t i = 0; i < series::length; ++i) {
    of[i] = factor * power;
    factor *= exponent - static_cast<int>(i);
    power /= a.at[0];
  }
  return composed(a, of);
}
inline series sqrt(const series &a) { return pow(a, wide(1) / 2); }
/// e^(a^2) erfc(a), f' = 2 a f - 2 / sqrt(pi)
inline series erfcx(const series &a) {
  const wide &x = a.at[0];
  std::array<wide, series::length> of;
  of[0] =
      x < 0 ? wide(2 * reference::bounded_exp(x * x) - reference::erfcx(-x)) : reference::erfcx(x);
  of[1] = 2 * x * of[0] - 2 / sqrt(reference::pi);
  for (std::size_t i = 2; i < series::length; ++i)
    of[i] = 2 * x * of[i - 1] + 2 * (static_cast<int>(i) - 1) * of[i - 2];
  return composed(a, of);
}
inline series normal_density(const series &a) {
  return exp(-(a * a) / 2) / series(wide(sqrt(2 * reference::pi)));
}
inline series normal_cdf(const series &a) {
  const wide density = reference::normal_density(a.at[0]), &x = a.at[0];
  return composed(a, {reference::normal_cdf(x), density, -x * density, (x * x - 1) * density,
                      x * (3 - x * x) * density});
}
inline bool operator<(const series &a, const wide &bound) { return a.at[0] < bound; }
inline series abs(const series &a) { return a < 0 ? -a : a; }
/// The fourth derivative of lgamma is only asked for its size.
inline series digamma(const series &a) {
  return composed(a, {reference::digamma(a.at[0]), reference::trigamma(a.at[0]),
                      reference::tetragamma(a.at[0]), 0, 0});
}

template <class T>
struct differentiated {
  std::string name;
  std::array<T, 3> (*derivatives)(const arguments<T> &);
  /// The slope as a series in x.
  series (*slope)(const series &x, const wide &y, const wide &z);
  std::vector<arguments<T>> points;
  int orders = 3;
  /// What multiplies the unit: 1 + how much an argument of exp is rounded.
  wide (*condition)(const wide &x, const wide &y) = nullptr;
};

namespace detail {

template <class Formula, int Orders, class T>
std::array<T, 3> derivatives(const arguments<T> &at) {
  using namespace network;
  constexpr auto f = formula<Formula>(x, y, z);
  constexpr auto first = chainrule::partial(f, x);
  if constexpr (Orders == 1) {
    return {called<Formula>(chainrule::compile(first), at), T(0), T(0)};
  } else {
    constexpr auto second = chainrule::partial(first, x);
    if constexpr (Orders == 2) {
      constexpr auto step = chainrule::compile(first, second);
      const auto [a, b] = called<Formula>(step, at);
      return {a, b, T(0)};
    } else {
      constexpr auto step = chainrule::compile(first, second, chainrule::partial(second, x));
      const auto [a, b, c] = called<Formula>(step, at);
      return {a, b, c};
    }
  }
}

} // namespace detail

/// Errors of the first, second and third derivative, in units in the last place of |f| + |x f'| of
/// each: what half an ulp in x makes of it is half of such a unit.
template <class T>
std::array<worst, 3> measure(const differentiated<T> &f) {
  std::array<worst, 3> result;
  const wide largest = std::numeric_limits<T>::digits == 24 ? wide("1e25") : wide("1e200");
  for (const arguments<T> &at : f.points) {
    series x = wide(at[0]);
    x.at[1] = 1;
    const series slope = f.slope(x, wide(at[1]), wide(at[2]));
    const std::array<wide, 4> exact{slope.at[0], slope.at[1], 2 * slope.at[2], 6 * slope.at[3]};
    // with what derivatives are made of within the range
    bool is_in_range = true;
    for (const wide &each : exact)
      is_in_range = is_in_range && (each == 0 || (abs(each) < largest && abs(each) > 1 / largest));
    if (!is_in_range)
      continue;
    const std::array<T, 3> found = f.derivatives(at);
    const wide condition = f.condition == nullptr ? wide(1) : f.condition(wide(at[0]), wide(at[1]));
    for (std::size_t i = 0; i < static_cast<std::size_t>(f.orders); ++i) {
      const wide size = (abs(exact[i]) + abs(wide(at[0]) * exact[i + 1])) * condition;
      result[i].add(error_in_ulps(found[i], exact[i], size), at[0], at[1], at[2]);
    }
  }
  return result;
}

#define OF(...) [](__VA_ARGS__)
#define SLOPE(...)                                                                                 \
  [](const series &x [[maybe_unused]], const wide &y [[maybe_unused]],                             \
     const wide &z [[maybe_unused]]) -> series { return __VA_ARGS__; }

/// `points`: about so many for each function.
template <class T>
std::vector<differentiated<T>> derivatives(int points) {
  using namespace chainrule;
  using reference::pi;
  constexpr T least = std::numeric_limits<T>::min();
  grid<T> any(points), gamma(points);
  any.between(-4, 4).between(-40, 40).magnitudes(-40, 20, true, points / 2).around(1).around(-1);
  for (const double each : {-2.5, -0.5, 0.25, 0.5, 0.75, 3., 5., 7., 30., 100.})
    any.around(static_cast<T>(each));
  gamma.between(0, 3).between(3, 60).magnitudes(-10, 20, false, points / 2).around(1).around(2);
  const auto all = chosen(any), positive = chosen(any, least),
             negative = chosen(any, T(-1e6), -least);
  const auto unit = chosen(any, std::nextafter(T(-1), T(0)), std::nextafter(T(1), T(0)));
  const auto probabilities = chosen(any, least, std::nextafter(T(1), T(0)));
  const auto above_minus_one = chosen(any, std::nextafter(T(-1), T(0))),
             above_minus_five = chosen(any, T(-5), T(1000));
  auto powers = positive;
  for (arguments<T> &at : powers)
    at[0] = std::min(at[0], T(16)), at[1] = std::min(at[1], T(16));
  const auto above_one = chosen(any, std::nextafter(T(1), T(2)));
  const auto moderate = chosen(any, T(-60), T(60)), of_gamma = chosen(gamma, least);
  auto beside_kinks = all, descending = all, apart = all, labelled = probabilities;
  std::erase_if(beside_kinks, [](const arguments<T> &at) {
    return std::abs(std::abs(at[0]) - 3) < T(1e-3) || std::abs(at[0]) < T(1e-3);
  });
  std::erase_if(descending, [](const arguments<T> &at) { return at[0] == at[1]; });
  for (arguments<T> &at : descending)
    if (at[0] < at[1])
      std::swap(at[0], at[1]);
  std::erase_if(apart, [](const arguments<T> &at) {
    return at[0] == 0 || at[0] == at[1] || std::abs(at[0] - at[1]) == 1;
  });
  for (arguments<T> &at : labelled)
    at[1] = at[1] < T(0.3) ? T(0) : at[1] > T(0.7) ? T(1) : at[1];

  const auto near = chosen(any, T(-20), T(20)); // beyond, the series has not digits enough
  auto beside = apart, of_norm = apart;
  std::erase_if(beside, [](const arguments<T> &at) { return at[1] == 0; });
  std::erase_if(of_norm, [](const arguments<T> &at) { // docs/accuracy.md
    const T least_part = std::sqrt(std::numeric_limits<T>::epsilon()) * std::abs(at[0]);
    return std::abs(at[1]) < least_part && std::abs(at[2]) < least_part;
  });
  auto met = moderate; // labels of 0 and 1
  for (arguments<T> &at : met)
    at[1] = at[1] < 0 ? T(0) : T(1);

  std::vector<differentiated<T>> result;
  const auto add_of = [&result]<int Orders>(std::integral_constant<int, Orders>, const char *name,
                                            auto formula, auto slope, const auto &where,
                                            wide (*condition)(const wide &, const wide &)) {
    result.push_back(
        {name, detail::derivatives<decltype(formula), Orders, T>, slope, where, Orders, condition});
  };
  const auto add = [&add_of](const char *name, auto formula, auto slope, const auto &where,
                             wide (*condition)(const wide &, const wide &) = nullptr) {
    add_of(std::integral_constant<int, 3>{}, name, formula, slope, where, condition);
  };
  const auto of_difference = [](const wide &x, const wide &y) { return wide(1 + abs(x - y)); };
  const auto in_column = [](const wide &, const wide &) { return wide(64); }; // |z - m| of 60

  add(
      "exp", OF(auto x) { return exp(x); }, SLOPE(exp(x)), moderate);
  add(
      "expm1", OF(auto x) { return expm1(x); }, SLOPE(exp(x)), moderate);
  add(
      "exp2", OF(auto x) { return exp2(x); },
      SLOPE(exp(x * series(wide(log(wide(2))))) * series(wide(log(wide(2))))), moderate);
  add(
      "log", OF(auto x) { return log(x); }, SLOPE(1 / x), positive);
  add(
      "log1p", OF(auto x) { return log1p(x); }, SLOPE(1 / (1 + x)), above_minus_one);
  add(
      "log2", OF(auto x) { return log2(x); }, SLOPE(1 / (x * series(wide(log(wide(2)))))),
      positive);
  add(
      "log10", OF(auto x) { return log10(x); }, SLOPE(1 / (x * series(wide(log(wide(10)))))),
      positive);
  add(
      "log1mexp", OF(auto x) { return log1mexp(x); }, SLOPE(-1 / expm1(-x)), negative);
  add(
      "sqrt", OF(auto x) { return sqrt(x); }, SLOPE(1 / (2 * sqrt(x))), positive);
  add(
      "cbrt", OF(auto x) { return cbrt(x); }, SLOPE(pow(abs(x), wide(-2) / 3) / 3), apart);
  add(
      "square", OF(auto x) { return square(x); }, SLOPE(2 * x), all);
  add(
      "reciprocal", OF(auto x) { return reciprocal(x); }, SLOPE(-1 / (x * x)), apart);
  add(
      "pow(x, 3)", OF(auto x) { return pow(x, 3_c); }, SLOPE(3 * x * x), all);
  add(
      "pow(x, 7)", OF(auto x) { return pow(x, 7_c); }, SLOPE(7 * (x * x * x) * (x * x * x)), all);
  add(
      "pow(x, -2)", OF(auto x) { return pow(x, -2_c); }, SLOPE(-2 / (x * x * x)), apart);
  add(
      "pow(x, 2.5)", OF(auto x) { return pow(x, 2.5_c); }, SLOPE(5 * x * sqrt(x) / 2), positive);
  add(
      "pow(x, y) by x", OF(auto x, auto y) { return pow(x, y); }, SLOPE(series(y) * pow(x, y - 1)),
      powers, [](const wide &x, const wide &y) { return wide(1 + abs((y - 1) * log(x))); });
  add(
      "pow(y, x) by x", OF(auto x, auto y) { return pow(y, x); },
      SLOPE(exp(x * series(wide(log(y)))) * series(wide(log(y)))), powers,
      [](const wide &x, const wide &y) { return wide(1 + abs(x * log(y))); });
  add(
      "hypot", OF(auto x, auto y) { return hypot(x, y); }, SLOPE(x / sqrt(x * x + y * y)), beside);
  add(
      "hypot of 3", OF(auto x, auto y, auto z) { return hypot(x, y, z); },
      SLOPE(x / sqrt(x * x + y * y + z * z)), apart);
  add(
      "sin", OF(auto x) { return sin(x); }, SLOPE(cos(x)), moderate);
  add(
      "cos", OF(auto x) { return cos(x); }, SLOPE(-sin(x)), moderate);
  add(
      "tan", OF(auto x) { return tan(x); }, SLOPE(1 / (cos(x) * cos(x))), moderate);
  add(
      "asin", OF(auto x) { return asin(x); }, SLOPE(1 / sqrt((1 - x) * (1 + x))), unit);
  add(
      "acos", OF(auto x) { return acos(x); }, SLOPE(-1 / sqrt((1 - x) * (1 + x))), unit);
  add(
      "atan", OF(auto x) { return atan(x); }, SLOPE(1 / (1 + x * x)), all);
  add(
      "atan2 by y", OF(auto x, auto y) { return atan2(x, y); }, SLOPE(y / (x * x + y * y)), apart);
  add(
      "atan2 by x", OF(auto x, auto y) { return atan2(y, x); }, SLOPE(series(-y) / (x * x + y * y)),
      apart);
  add(
      "sinh", OF(auto x) { return sinh(x); }, SLOPE(cosh(x)), moderate);
  add(
      "cosh", OF(auto x) { return cosh(x); }, SLOPE(sinh(x)), moderate);
  add(
      "tanh", OF(auto x) { return tanh(x); }, SLOPE(1 / (cosh(x) * cosh(x))), moderate);
  add(
      "asinh", OF(auto x) { return asinh(x); }, SLOPE(1 / sqrt(1 + x * x)), all);
  add(
      "acosh", OF(auto x) { return acosh(x); }, SLOPE(1 / sqrt((x - 1) * (x + 1))), above_one);
  add(
      "atanh", OF(auto x) { return atanh(x); }, SLOPE(1 / ((1 - x) * (1 + x))), unit);
  add(
      "log_cosh", OF(auto x) { return log_cosh(x); }, SLOPE(tanh(x)), moderate);
  add(
      "erf", OF(auto x) { return erf(x); }, SLOPE(2 * exp(-(x * x)) / sqrt(series(pi))), moderate);
  add(
      "erfc", OF(auto x) { return erfc(x); }, SLOPE(-2 * exp(-(x * x)) / sqrt(series(pi))),
      moderate);
  add(
      "erfcx", OF(auto x) { return erfcx(x); }, SLOPE(2 * x * erfcx(x) - 2 / sqrt(series(pi))),
      above_minus_five);
  add(
      "log_erfc", OF(auto x) { return log_erfc(x); }, SLOPE(-2 / sqrt(series(pi)) / erfcx(x)),
      moderate);
  add(
      "normal_density", OF(auto x) { return normal_density(x); }, SLOPE(-x * normal_density(x)),
      moderate);
  add(
      "normal_cdf", OF(auto x) { return normal_cdf(x); }, SLOPE(normal_density(x)), moderate);
  add(
      "log_normal_cdf", OF(auto x) { return log_normal_cdf(x); },
      SLOPE(sqrt(series(2) / pi) / erfcx(-x / sqrt(series(2)))), moderate);
  add(
      "lgamma", OF(auto x) { return lgamma(x); }, SLOPE(digamma(x)), of_gamma);
  add_of(
      std::integral_constant<int, 2>{}, "digamma", OF(auto x) { return digamma(x); },
      SLOPE(derivative(digamma(x))), of_gamma, nullptr);
  add_of(
      std::integral_constant<int, 1>{}, "trigamma", OF(auto x) { return trigamma(x); },
      SLOPE(derivative(derivative(digamma(x)))), of_gamma, nullptr);
  add(
      "lbeta", OF(auto x, auto y) { return lbeta(x, y); }, SLOPE(digamma(x) - digamma(x + y)),
      of_gamma, [](const wide &x, const wide &y) { return wide(1 + x / y); });
  add(
      "abs", OF(auto x) { return abs(x); }, SLOPE(wide(x < 0 ? -1 : 1)), apart);
  add(
      "sign", OF(auto x) { return sign(x); }, SLOPE(0), apart);
  add(
      "floor", OF(auto x) { return floor(x); }, SLOPE(0), apart);
  add(
      "ceil", OF(auto x) { return ceil(x); }, SLOPE(0), apart);
  add(
      "round", OF(auto x) { return round(x); }, SLOPE(0), apart);
  add(
      "fmod", OF(auto x, auto y) { return fmod(x, y); }, SLOPE(1), apart);
  add(
      "stop_gradient", OF(auto x) { return stop_gradient(x) * x; }, SLOPE(x.at[0]), apart);
  add(
      "min", OF(auto x, auto y) { return min(x, y); }, SLOPE(wide(x < y ? 1 : 0)), apart);
  add(
      "max", OF(auto x, auto y) { return max(x, y); }, SLOPE(wide(x < y ? 0 : 1)), apart);
  add(
      "clamp", OF(auto x) { return clamp(x, -1.5_c, 0.625_c); },
      SLOPE(wide(x < wide(-1.5) || !(x < wide(0.625)) ? 0 : 1)), beside_kinks);
  add(
      "relu", OF(auto x) { return relu(x); }, SLOPE(wide(x < 0 ? 0 : 1)), apart);
  add(
      "hard_tanh", OF(auto x) { return hard_tanh(x); }, SLOPE(wide(x < -1 || 1 < x.at[0] ? 0 : 1)),
      beside_kinks);
  add(
      "sigmoid", OF(auto x) { return sigmoid(x); }, SLOPE(1 / ((1 + exp(x)) * (1 + exp(-x)))),
      moderate);
  add(
      "log_sigmoid", OF(auto x) { return log_sigmoid(x); }, SLOPE(1 / (1 + exp(x))), moderate);
  add(
      "logit", OF(auto x) { return logit(x); }, SLOPE(1 / (x * (1 - x))), probabilities);
  add(
      "softplus", OF(auto x) { return softplus(x); }, SLOPE(1 / (1 + exp(-x))), moderate);
  add(
      "leaky_relu", OF(auto x) { return leaky_relu(x, 0.25_c); }, SLOPE(wide(x < 0 ? 0.25 : 1)),
      apart);
  add(
      "elu", OF(auto x) { return elu(x); }, SLOPE(x < 0 ? exp(x) : series(1)), apart);
  add(
      "selu", OF(auto x) { return selu(x); },
      SLOPE(series(wide("1.050700987355480493")) *
            (x < 0 ? series(wide("1.673263242354377285")) * exp(x) : series(1))),
      apart);
  add(
      "celu", OF(auto x) { return celu(x, 0.5_c); }, SLOPE(x < 0 ? exp(2 * x) : series(1)), apart);
  add(
      "gelu", OF(auto x) { return gelu(x); }, SLOPE(derivative(x * normal_cdf(x))), moderate);
  add(
      "gelu_tanh", OF(auto x) { return gelu_tanh(x); },
      SLOPE(derivative(x / (1 + exp(-(series(wide("1.595769121605730711")) *
                                      (x + series(wide("0.044715")) * (x * x * x))))))),
      moderate,
      [](const wide &x, const wide &) { return wide(1 + abs(2 * x) + abs(x * x * x) / 10); });
  add(
      "silu", OF(auto x) { return silu(x); }, SLOPE(derivative(x / (1 + exp(-x)))), moderate);
  add(
      "mish", OF(auto x) { return mish(x); },
      SLOPE(derivative(x * exp(x) * (exp(x) + 2) / (exp(x) * (exp(x) + 2) + 2))), near);
  add(
      "softsign", OF(auto x) { return softsign(x); }, SLOPE(1 / ((1 + abs(x)) * (1 + abs(x)))),
      apart);
  add(
      "hard_sigmoid", OF(auto x) { return hard_sigmoid(x); },
      SLOPE(abs(x) < 3 ? series(1) / 6 : series(0)), beside_kinks);
  add(
      "hard_swish", OF(auto x) { return hard_swish(x); },
      SLOPE(abs(x) < 3 ? x / 3 + series(1) / 2 : series(wide(x < 0 ? 0 : 1))), beside_kinks);
  add(
      "logaddexp", OF(auto x, auto y) { return logaddexp(x, y); },
      SLOPE(1 / (1 + exp(series(y) - x))), moderate, of_difference);
  add(
      "logdiffexp", OF(auto x, auto y) { return logdiffexp(x, y); },
      SLOPE(-1 / expm1(series(y) - x)), descending, of_difference);
  add(
      "inverse_softplus", OF(auto x) { return inverse_softplus(x); }, SLOPE(-1 / expm1(-x)),
      positive);
  add(
      "xlogy by x", OF(auto x, auto y) { return xlogy(x, y); }, SLOPE(log(y)), positive);
  add(
      "xlogy by y", OF(auto x, auto y) { return xlogy(y, x); }, SLOPE(series(y) / x), positive);
  add(
      "squared_error", OF(auto x, auto y) { return squared_error(x, y); },
      SLOPE(2 * (x - series(y))), all, of_difference);
  add(
      "absolute_error", OF(auto x, auto y) { return absolute_error(x, y); },
      SLOPE(wide(x < y ? -1 : 1)), apart);
  add(
      "huber", OF(auto x, auto y) { return huber(x, y, 1_c); },
      SLOPE(x < y - 1   ? series(-1)
            : x < y + 1 ? x - series(y)
                        : series(1)),
      apart, of_difference);
  add(
      "hinge", OF(auto x, auto y) { return hinge(x, y); },
      SLOPE(wide(x.at[0] * y < 1 ? -y : wide(0))), met);
  add(
      "binary_cross_entropy", OF(auto x, auto y) { return binary_cross_entropy(x, y); },
      SLOPE(series(1 - y) / (1 - x) - series(y) / x), labelled);
  add(
      "binary_cross_entropy_with_logits",
      OF(auto x, auto y) { return binary_cross_entropy_with_logits(x, y); },
      SLOPE(1 / (1 + exp(-x)) - series(y)), met);

  // of the column (x, y, z)
  auto columns = chosen(any, T(-30), T(30)); // p (1 - p) (1 - 2 p) has a zero at ties
  std::erase_if(columns, [](const arguments<T> &at) {
    return std::abs(at[0] - at[1]) < T(0.125) || std::abs(at[0] - at[2]) < T(0.125);
  });
  add(
      "logsumexp", OF(auto x, auto y, auto z) { return logsumexp(stack(x, y, z)); },
      SLOPE(1 / (1 + series(wide(exp(y) + exp(z))) * exp(-x))), columns, in_column);
  add(
      "log_mean_exp", OF(auto x, auto y, auto z) { return log_mean_exp(stack(x, y, z)); },
      SLOPE(1 / (1 + series(wide(exp(y) + exp(z))) * exp(-x))), columns, in_column);
  add(
      "softmax", OF(auto x, auto y, auto z) { return element_of<0, 0>(softmax(stack(x, y, z))); },
      SLOPE(derivative(1 / (1 + series(wide(exp(y) + exp(z))) * exp(-x)))), columns, in_column);
  add(
      "log_softmax",
      OF(auto x, auto y, auto z) { return element_of<0, 0>(log_softmax(stack(x, y, z))); },
      SLOPE(1 / (1 + exp(x) / series(wide(exp(y) + exp(z))))), columns, in_column);
  add(
      "softmax_cross_entropy",
      OF(auto x, auto y, auto z) {
        return softmax_cross_entropy(stack(x, y, z), stack(1_c, 0_c, 0_c));
      },
      SLOPE(-1 / (1 + exp(x) / series(wide(exp(y) + exp(z))))), columns, in_column);
  add(
      "norm", OF(auto x, auto y, auto z) { return norm(stack(x, y, z)); },
      SLOPE(x / sqrt(x * x + y * y + z * z)), of_norm);
  return result;
}

#undef OF
#undef SLOPE

} // namespace accuracy
