// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// max, min, sign, abs, relu. At ties max and min take the first argument; abs'(0) = sign(0) = 0 and
// relu'(0) = 0.
// Read next: exponential.hpp.
#pragma once

#include <limits>

#include <chainrule/operation/condition.hpp>

namespace chainrule {

namespace detail {

/// b where a < b, else a.
template <class T>
CHAINRULE_INLINE constexpr T larger(const T &a, const T &b) {
  if constexpr (math::is_pack<T>)
    return math::larger(a, b);
  else
    return a < b ? b : a;
}

} // namespace detail

/// x, at infinity the largest number: a factor beside another that is 0 there, as e^-x is. The
/// limit of their product is 0, and infinity times 0 is NaN.
struct bounded_operation : operation {
  static constexpr std::string_view name = "bounded";
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::is_pack<T>) {
      const T largest(std::numeric_limits<typename T::value_type>::max());
      return math::smaller(largest, math::larger(x, -largest));
    } else if constexpr (std::numeric_limits<T>::is_specialized) {
      const T largest = std::numeric_limits<T>::max(), above = detail::larger(x, T(-largest));
      return largest < above ? largest : above;
    } else {
      return x;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol simplified(symbol x) {
    if (x.is_number())
      return x;
    return is<negate_operation>(x) ? -apply_operation<bounded_operation>(x.operand(0)) : symbol{};
  }
};

struct max_operation : operation {
  static constexpr std::string_view name = "max";
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return detail::larger(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(a < b, zero, d), select(a < b, d, zero)};
  }
  static constexpr symbol simplified(symbol a, symbol b) { return a == b ? a : symbol{}; }
  static constexpr symbol definition(symbol a, symbol b) { return select(a < b, b, a); }
};

/// the larger of a and b; a at a tie
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto max(const Left &left, const Right &right) {
  return apply_operation<max_operation>(left, right);
}

struct min_operation : operation {
  static constexpr std::string_view name = "min";
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    if constexpr (math::is_pack<T>)
      return math::smaller(b, a);
    else
      return b < a ? b : a;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(b < a, zero, d), select(b < a, d, zero)};
  }
  static constexpr symbol simplified(symbol a, symbol b) { return a == b ? a : symbol{}; }
  static constexpr symbol definition(symbol a, symbol b) { return select(b < a, b, a); }
};

/// the smaller of a and b; a at a tie
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto min(const Left &left, const Right &right) {
  return apply_operation<min_operation>(left, right);
}

struct sign_operation : operation {
  static constexpr std::string_view name = "sign";
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return (T(0.0) < x ? T(1.0) : T(0.0)) - (x < T(0.0) ? T(1.0) : T(0.0));
  }
  static constexpr symbol code(symbol, symbol x) {
    const symbol zero = x.home->constant(0), one = x.home->constant(1);
    return apply_operation<keep_operation>(detail::mask_of(zero < x), one) -
           apply_operation<keep_operation>(detail::mask_of(x < zero), one);
  }
  // 0 wherever it exists
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(0); }
  static constexpr symbol definition(symbol x) {
    const symbol zero = x.home->constant(0), one = x.home->constant(1);
    return select(zero < x, one, zero) - select(x < zero, one, zero);
  }
};

/// -1, 0 or 1
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto sign(const Operand &x) { return apply_operation<sign_operation>(x); }

struct abs_operation : operation {
  static constexpr std::string_view name = "abs";
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::abs(x);
  }
  // |x|' = sign x
  static constexpr symbol derivative(symbol x, symbol) { return sign(x); }
  static constexpr symbol simplified(symbol x) {
    if (is<negate_operation>(x))
      return apply_operation<abs_operation>(x.operand(0));
    return is<abs_operation>(x) ? x : symbol{};
  }
  static constexpr symbol definition(symbol x) { return select(x > x.home->constant(0), x, -x); }
};

/// |x|; its derivative at 0 is 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto abs(const Operand &x) { return apply_operation<abs_operation>(x); }

struct relu_operation : operation {
  static constexpr std::string_view name = "relu";
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return detail::larger(x, T(0.0)); // NaN stays NaN
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    const symbol zero = d.home->constant(0);
    return {select(x > zero, d, zero)};
  }
  static constexpr symbol simplified(symbol x) { return is<relu_operation>(x) ? x : symbol{}; }
  static constexpr symbol definition(symbol x) {
    const symbol zero = x.home->constant(0);
    return select(x > zero, x, zero);
  }
};

/// max(x, 0), its derivative at 0 is 0
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto relu(const Operand &x) { return apply_operation<relu_operation>(x); }

} // namespace chainrule
