// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// square, sqrt, pow, exp, log, log1p.
// (x^2)' = 2 x, (sqrt x)' = 1 / (2 sqrt x), (x^y)' = y x^(y-1) x' + x^y log(x) y',
// (e^x)' = e^x, (log x)' = 1 / x, (log(1 + x))' = 1 / (1 + x).
// Read next: activation.hpp.
#pragma once

#include <chainrule/operation/piecewise.hpp>

namespace chainrule {

struct square_operation : operation {
  static constexpr std::string_view name = "square";
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x * x;
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {{2 * d * x}}; }
  static constexpr symbol definition(symbol x) {
    return x.home->written(detail::operation_record_of<multiply_operation>::value,
                           {{x.index, x.index, -1}});
  }
  static constexpr symbol simplified(symbol x) {
    if (x.is_number())
      return detail::exact(x, product(x.value(), x.value()));
    if (is<negate_operation>(x) || is<abs_operation>(x))
      return apply_operation<square_operation>(x.operand(0));
    return {};
  }
};

/// x^2
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto square(const Operand &x) { return apply_operation<square_operation>(x); }

struct sqrt_operation : operation {
  static constexpr std::string_view name = "sqrt";
  static constexpr bool may_be_infinite = true; // its derivative, at 0

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (detail::has_lanes<T>)
      if (!std::is_constant_evaluated())
        return detail::lanes<T>::root(x);
    return math::sqrt(x);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) { return {d / (2 * result)}; }
  static constexpr symbol simplified(symbol x) {
    if (x.is(0) || x.is(1))
      return x;
    return is<square_operation>(x) ? abs(x.operand(0)) : symbol{};
  }
};

/// the square root; NaN below 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto sqrt(const Operand &x) { return apply_operation<sqrt_operation>(x); }

struct exp_operation : operation {
  static constexpr std::string_view name = "exp";
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::exp(x);
  }
  static constexpr symbol derivative(symbol, symbol result) { return result; }
  static constexpr symbol simplified(symbol x) { return x.is(0) ? x.home->constant(1) : symbol{}; }
};

/// e^x
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto exp(const Operand &x) { return apply_operation<exp_operation>(x); }

struct log1p_operation : operation {
  static constexpr std::string_view name = "log1p";
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log1p(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {d / (1 + x)}; }
  static constexpr symbol simplified(symbol x);
};

/// log(1 + x) without rounding 1 + x; NaN below -1
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto log1p(const Operand &x) { return apply_operation<log1p_operation>(x); }

struct log_operation : operation {
  static constexpr std::string_view name = "log";
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {d / x}; }
  static constexpr symbol simplified(symbol x);
};

/// the natural logarithm; -inf at 0, NaN below
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto log(const Operand &x) { return apply_operation<log_operation>(x); }

struct pow_operation : operation {
  static constexpr std::string_view name = "pow";
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y) {
    return math::pow(x, y);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol result) {
    const symbol to_base = y * d * apply_operation<pow_operation>(x, y - 1);
    if (y.is_number())
      return {to_base};
    // x^0 is the constant 1, and 0^y the constant 0, beside infinite factors
    const symbol zero = d.home->constant(0);
    return {select(abs(y) <= zero, zero, to_base),
            select(abs(x) <= zero && y >= zero, zero, d * (result * log(x)))};
  }
  static constexpr symbol simplified(symbol x, symbol y) {
    if (y.is(0))
      return x.home->constant(1);
    if (y.is(1))
      return x;
    if (y.is(2))
      return square(x);
    return {};
  }
  /// A small whole power is a few multiplications: x^5 = (x^2)^2 x.
  static constexpr symbol code(symbol, symbol exponent, symbol x, symbol) {
    if (!exponent.is_number() || exponent.value().denominator != 1 ||
        exponent.value().exponent != 0)
      return {};
    const std::int64_t n = exponent.value().numerator;
    if (n < -16 || n > 16)
      return {};
    symbol result, power = x;
    for (std::int64_t rest = n < 0 ? -n : n; rest != 0; rest /= 2) {
      if (rest % 2 != 0)
        result = result.exists() ? apply_operation<multiply_operation>(result, power) : power;
      if (rest > 1)
        power = apply_operation<square_operation>(power);
    }
    return n < 0 ? apply_operation<divide_operation>(x.home->constant(1), result) : result;
  }
};

/// x^y: C's pow
template <class Base, class Exponent>
  requires operands_of_network<Base, Exponent>
constexpr auto pow(const Base &base, const Exponent &exponent) {
  return apply_operation<pow_operation>(base, exponent);
}

} // namespace chainrule
