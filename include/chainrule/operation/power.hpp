// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Powers and roots: square sqrt cbrt reciprocal pow hypot.
// (x^2)' = 2 x, sqrt' = 1 / (2 sqrt x), cbrt' = 1 / (3 cbrt(x)^2), (x^y)' = y x^(y-1) and
// x^y log x, hypot' = x / hypot.
// Read next: trigonometric.hpp.
#pragma once

#include <chainrule/operation/exponential.hpp>

namespace chainrule {

struct square_operation : operation {
  static constexpr std::string_view name = "square";
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x * x;
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {{2 * d * x}}; }
  static constexpr symbol definition(symbol x) {
    return detail::as_written<multiply_operation>(x, x);
  }
  static constexpr symbol simplified(symbol x) {
    if (x.is_number())
      return detail::exact(x, product(x.value(), x.value()));
    return is<negate_operation>(x) || is<abs_operation>(x)
               ? apply_operation<square_operation>(x.operand(0))
               : symbol{};
  }
};

/// x^2
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto square(const Operand &x) { return apply_operation<square_operation>(x); }

struct sqrt_operation : operation {
  static constexpr std::string_view name = "sqrt";
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true; // its derivative, at 0

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::fits_lane<T>)
      if (!std::is_constant_evaluated())
        return math::lowest_lane<T>::root(x);
    return math::sqrt(x);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) { return {d / (2 * result)}; }
  static constexpr symbol simplified(symbol x) { return x.is(0) || x.is(1) ? x : symbol{}; }
};

/// the square root; NaN below 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto sqrt(const Operand &x) { return apply_operation<sqrt_operation>(x); }

struct cbrt_operation : operation {
  static constexpr std::string_view name = "cbrt";
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::cbrt(x);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) {
    return {d / (3 * square(result))};
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<cbrt_operation>(x); }
};

/// the cube root, of any x; its slope is infinite at 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto cbrt(const Operand &x) { return apply_operation<cbrt_operation>(x); }

/// 1 / x
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto reciprocal(const Operand &x) { return literal<1>{} / x; }

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
    // 0^0 is 1 on the way along x, and 0^y the constant 0, beside infinite factors
    const symbol zero = d.home->constant(0);
    return {select(abs(x) <= zero && abs(y) <= zero, zero, to_base),
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

struct hypot_operation : operation {
  static constexpr std::string_view name = "hypot";
  static constexpr int arity = 2;
  static constexpr bool is_commutative = true;
  static constexpr bool may_be_infinite = true; // its derivatives divide by it
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return math::hypot(a, b);
  }
  // a / h and b / h; 0 at the origin
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol h) {
    const symbol zero = d.home->constant(0);
    return {select(h <= zero, zero, d * (a / h)), select(h <= zero, zero, d * (b / h))};
  }
  static constexpr symbol definition(symbol a, symbol b) { return sqrt(square(a) + square(b)); }
  static constexpr symbol simplified(symbol a, symbol b) {
    if (a.is(0))
      return abs(b);
    return b.is(0) ? abs(a) : symbol{};
  }
};

/// sqrt(a^2 + b^2) without overflow; its slopes at the origin are 0.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto hypot(const Left &left, const Right &right) {
  return apply_operation<hypot_operation>(left, right);
}

/// Not hypot(hypot(a, b), c), whose second derivatives at a = b = 0 are wrong: the inner one has a
/// kink there that the outer one does not have.
struct hypot_of_three_operation : operation {
  static constexpr std::string_view name = "hypot";
  static constexpr int arity = 3;
  static constexpr bool may_be_infinite = true; // its derivatives divide by it
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b, const T &c) {
    return math::hypot(a, b, c);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol c, symbol h) {
    const symbol zero = d.home->constant(0);
    const auto to = [&](symbol x) { return select(h <= zero, zero, d * (x / h)); };
    return {to(a), to(b), to(c)};
  }
  static constexpr symbol definition(symbol a, symbol b, symbol c) {
    return sqrt(square(a) + square(b) + square(c));
  }
  static constexpr symbol simplified(symbol a, symbol b, symbol c) {
    if (a.is(0))
      return hypot(b, c);
    if (b.is(0))
      return hypot(a, c);
    return c.is(0) ? hypot(a, b) : symbol{};
  }
};

/// sqrt(a^2 + b^2 + c^2) without overflow; its slopes at the origin are 0.
template <class First, class Second, class Third>
  requires operands_of_network<First, Second, Third>
constexpr auto hypot(const First &first, const Second &second, const Third &third) {
  return apply_operation<hypot_of_three_operation>(first, second, third);
}

} // namespace chainrule
