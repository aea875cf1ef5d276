// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The logarithm of the gamma function and its derivatives.
// lgamma' = digamma, digamma' = trigamma, trigamma' = tetragamma; there the library ends.
// Read next: sigmoid_steps.hpp.
#pragma once

#include <chainrule/math/gamma.hpp>
#include <chainrule/operation/power.hpp>

namespace chainrule {

/// A derivative that the library does not have. No program is made of it, unless an operation of
/// the user's does not say that its derivatives come to an end.
struct missing_derivative_operation : operation {
  static constexpr std::string_view name = "missing derivative"sv;

  template <class T>
  static constexpr T value(const T &x) {
    static_assert(sizeof(T) == 0,
                  "an operation whose derivative is made of digamma or trigamma says how many it "
                  "has, as in static constexpr int derivatives = 3; trigamma has one more");
    return x;
  }
};

namespace detail {

/// f(t + n) of a small whole n by f(t), for proofs: lgamma(t + 1) is lgamma t + log |t|, and its
/// derivative digamma t + 1 / t.
constexpr symbol by_recurrence(symbol x, const operation_record &f, bool is_derivative) {
  const bool is_less = is<subtract_operation>(x) && x.operand(1).is_number();
  const int which = is<add_operation>(x) && x.operand(0).is_number() ? 0 : 1;
  if (!is_less && !(is<add_operation>(x) && x.operand(which).is_number()))
    return {};
  const math::number &n = x.operand(which).value();
  if (n.denominator != 1 || n.exponent != 0 || n.numerator > 8 || n.numerator < -8)
    return {};
  const symbol t = x.operand(1 - which);
  const int shift = static_cast<int>(is_less ? -n.numerator : n.numerator);
  symbol result = t.home->written(f, {&t.index, 1});
  for (int k = shift < 0 ? shift : 0; k < (shift < 0 ? 0 : shift); ++k) {
    const symbol at = k + t, step = is_derivative ? 1 / at : log(abs(at));
    result = shift < 0 ? result - step : result + step;
  }
  return result;
}

} // namespace detail

/// The second derivative of digamma.
struct tetragamma_operation : operation {
  static constexpr std::string_view name = "tetragamma"sv;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::tetragamma(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return apply_operation<missing_derivative_operation>(x);
  }
};

struct trigamma_operation : operation {
  static constexpr std::string_view name = "trigamma"sv;
  static constexpr int derivatives = 1;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::trigamma(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return apply_operation<tetragamma_operation>(x);
  }
};

/// The derivative of digamma. Domain: every x but 0, -1, -2, ..., where it is infinite.
CHAINRULE_FORMULA(trigamma, Operand)
(const Operand &x) { return apply_operation<trigamma_operation>(x); }

/// The derivative of trigamma, which has none itself. Domain: every x but 0, -1, -2, ..., where it
/// is infinite or NaN.
CHAINRULE_FORMULA(tetragamma, Operand)
(const Operand &x) { return apply_operation<tetragamma_operation>(x); }

struct digamma_operation : operation {
  static constexpr std::string_view name = "digamma"sv;
  static constexpr int derivatives = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::digamma(x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return trigamma(x); }
  static constexpr symbol definition(symbol x) {
    return detail::by_recurrence(x, detail::operation_record_of<digamma_operation>::value, true);
  }
};

/// The derivative of lgamma. Domain: every x but 0, -1, -2, ..., where it is infinite or NaN.
CHAINRULE_FORMULA(digamma, Operand)
(const Operand &x) { return apply_operation<digamma_operation>(x); }

struct lgamma_operation : operation {
  static constexpr std::string_view name = "lgamma"sv;
  static constexpr int derivatives = 3;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::lgamma(x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return digamma(x); }
  static constexpr symbol definition(symbol x) {
    return detail::by_recurrence(x, detail::operation_record_of<lgamma_operation>::value, false);
  }
};

/// log |Gamma(x)|. Domain: every x but 0, -1, -2, ..., where it is infinite.
CHAINRULE_FORMULA(lgamma, Operand)
(const Operand &x) { return apply_operation<lgamma_operation>(x); }

namespace detail {

/// lgamma x - ((x - 1/2) log x - x + log(2 pi) / 2) of x >= 40, below 1e-17 off (Stirling).
constexpr auto stirling_rest(const auto &x) {
  const auto q = square(literal<1>{} / x);
  const auto last = literal<1, 1260>{} - q / literal<1680>{};
  const auto rest = literal<1, 360>{} - elementwise_product(q, last);
  return (literal<1, 12>{} - elementwise_product(q, rest)) / x;
}

} // namespace detail

/// lgamma(a) + lgamma(b) - lgamma(a + b), the logarithm of the beta function. Domain: a, b above 0.
/// Where the larger is above 40 the difference is taken of Stirling's series term by term: it would
/// cancel.
CHAINRULE_FORMULA_OF_TWO(lbeta, Left, Right)
(const Left &first, const Right &second) {
  constexpr literal<1> one;
  constexpr literal<1, 2> half;
  constexpr literal<40> far;
  const auto a = select(first < second, second, first); // max and min have one slope where equal
  const auto b = select(first < second, first, second);
  const auto p = max(a, far);
  const auto q = max(b, far);
  const auto sum = p + b;
  const auto ratio = elementwise_product(p - half, log1p(b / p));
  const auto rest = detail::stirling_rest(p) - detail::stirling_rest(sum);
  const auto one_is_far = lgamma(b) + elementwise_product(b, one - log(sum)) - ratio + rest;
  const auto both_are_far = 0.918938533204672742_c - half * log(q) - ratio -
                            elementwise_product(b, log1p(p / q)) + detail::stirling_rest(q) + rest;
  return select(a < far, lgamma(min(a, far)) + lgamma(b) - lgamma(min(a, far) + b),
                select(b < far, one_is_far, both_are_far));
}

} // namespace chainrule
