// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sin cos tan and their inverses, angles in radians.
// sin' = cos, cos' = -sin, tan' = 1 + tan^2, asin' = 1 / sqrt(1 - x^2), atan' = 1 / (1 + x^2).
// Read next: error_function.hpp.
#pragma once

#include <chainrule/lanes/circular.hpp>
#include <chainrule/operation/constant.hpp>
#include <chainrule/operation/hypot.hpp>

namespace chainrule {

/// tan(x / 2), of which proofs make sin, cos and tan: 2 t / (1 + t^2), (1 - t^2) / (1 + t^2) and
/// 2 t / (1 - t^2).
struct half_angle_tangent_operation : operation {
  static constexpr std::string_view name = "half_angle_tangent"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::tan(x * T(0.5));
  }
};

struct sin_operation : operation {
  static constexpr std::string_view name = "sin"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::sin(x);
  }
  static constexpr symbol derivative(symbol x, symbol);
  static constexpr symbol simplified(symbol x) { return detail::odd<sin_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) {
    const symbol t = apply_operation<half_angle_tangent_operation>(x);
    return 2 * t / (1 + t * t);
  }
};

/// The sine of an angle in radians. Domain: every finite x, however large.
CHAINRULE_FORMULA(sin, Operand)
(const Operand &x) { return apply_operation<sin_operation>(x); }

struct cos_operation : operation {
  static constexpr std::string_view name = "cos"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::cos(x);
  }
  static constexpr symbol derivative(symbol x, symbol);
  static constexpr symbol simplified(symbol x) { return detail::even<cos_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) {
    const symbol t = apply_operation<half_angle_tangent_operation>(x);
    return (1 - t * t) / (1 + t * t);
  }
};

/// The cosine of an angle in radians. Domain: every finite x, however large.
CHAINRULE_FORMULA(cos, Operand)
(const Operand &x) { return apply_operation<cos_operation>(x); }

// sin' = cos, cos' = -sin
constexpr symbol sin_operation::derivative(symbol x, symbol) { return cos(x); }
constexpr symbol cos_operation::derivative(symbol x, symbol) { return -sin(x); }

struct tan_operation : operation {
  static constexpr std::string_view name = "tan"sv;
  static constexpr bool takes_packs = true;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::tan(x);
  }
  static constexpr symbol derivative(symbol, symbol result) { return 1 + square(result); }
  static constexpr symbol simplified(symbol x) { return detail::odd<tan_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) {
    const symbol t = apply_operation<half_angle_tangent_operation>(x);
    return 2 * t / (1 - t * t);
  }
};

/// The tangent of an angle in radians. Domain: every finite x, however large.
CHAINRULE_FORMULA(tan, Operand)
(const Operand &x) { return apply_operation<tan_operation>(x); }

struct asin_operation : operation {
  static constexpr std::string_view name = "asin"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool is_odd = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::asin(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / sqrt(detail::complement_of_square(x))};
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<asin_operation>(x); }
};

/// The arc sine, in [-pi/2, pi/2]. Domain: -1 <= x <= 1; NaN elsewhere.
CHAINRULE_FORMULA(asin, Operand)
(const Operand &x) { return apply_operation<asin_operation>(x); }

struct acos_operation : operation {
  static constexpr std::string_view name = "acos"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::acos(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {-(d / sqrt(detail::complement_of_square(x)))};
  }
  static constexpr symbol in_exponentials(symbol x) {
    const symbol half = x.home->constant(math::reduced(1, 2));
    return half * detail::pi_in(*x.home) - apply_operation<asin_operation>(x);
  }
};

/// The arc cosine, in [0, pi]. Domain: -1 <= x <= 1; NaN elsewhere.
CHAINRULE_FORMULA(acos, Operand)
(const Operand &x) { return apply_operation<acos_operation>(x); }

/// 1 / (1 + x^2) in units in which x^2 does not overflow before the result is 0.
struct atan_slope_operation : operation {
  static constexpr std::string_view name = "atan_slope"sv;
  static constexpr gating gate = gating::saturated;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    const T unit = T(0x1p-30), small = unit * x, one = T(0x1p-60);
    return one / (one + multiply_operation::value(small, small));
  }
  // in this order: the square of the slope would underflow
  static constexpr symbol derivative(symbol x, symbol slope) {
    return -2 * (apply_operation<bounded_operation>(x) * slope * slope);
  }
  static constexpr symbol definition(symbol x) { return 1 / (1 + square(x)); }
  static constexpr symbol simplified(symbol x) { return detail::even<atan_slope_operation>(x); }
};

struct atan_operation : operation {
  static constexpr std::string_view name = "atan"sv;
  static constexpr bool takes_packs = true;
  static constexpr bool is_odd = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::atan(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return apply_operation<atan_slope_operation>(x);
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<atan_operation>(x); }
};

/// The arc tangent, in [-pi/2, pi/2]. Domain: every x.
CHAINRULE_FORMULA(atan, Operand)
(const Operand &x) { return apply_operation<atan_operation>(x); }

struct atan2_operation : operation {
  static constexpr std::string_view name = "atan2"sv;
  static constexpr int arity = 2;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true; // its derivatives, near the origin
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &y, const T &x) {
    return math::atan2(y, x);
  }
  // x / h^2 and -y / h^2 with h = hypot(x, y), without overflow; 0 at the origin
  static constexpr symbols adjoint(symbol d, symbol y, symbol x, symbol) {
    const symbol zero = d.home->constant(0), h = hypot(x, y);
    const auto is_infinite = [](symbol of) {
      return of.home->nodes.items[of.index].is_finite == finiteness::may_be_infinite;
    };
    const bool is_one = is_infinite(x) != is_infinite(y); // of two the ratio counts
    const auto part = [&](symbol of) {
      return detail::zero_where(h <= zero,
                                is_one ? detail::product_that_falls(of / h, 1 / h, h) : of / h / h);
    };
    return {d * part(x), -(d * part(y))};
  }
};

/// The angle of the point (x, y), in [-pi, pi]: atan2(y, x). Domain: every x, y.
CHAINRULE_FORMULA_OF_TWO(atan2, Left, Right)
(const Left &y, const Right &x) { return apply_operation<atan2_operation>(y, x); }

} // namespace chainrule
