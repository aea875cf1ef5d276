// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// hypot, the root of a sum of squares: hypot' = x / hypot, 0 at the origin.
// Read next: trigonometric.hpp.
#pragma once

#include <chainrule/operation/power.hpp>

namespace chainrule {

/// x / h of h = hypot(x, y, ...), and 0 where that is 0; its operands are x, h and all the numbers,
/// in one order, so that equal slopes are one node. By x it is (y / h) (y / h / h) + ..., by y
/// -(x / h) (y / h / h): 1 / h - x^2 / h^3 cancels where x is the largest.
struct hypot_slope_operation : operation {
  static constexpr std::string_view name = "hypot_slope"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;
  static constexpr bool may_be_infinite = true; // its derivatives divide by h
  static constexpr zero_rule zero_if = zero_rule::first;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &h,
                                            const std::same_as<T> auto &...) {
    return h == T(0.0) ? T(0.0) : T(x / h);
  }
  // of the numbers, and of h with them
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol slope) {
    symbols parts{{}, {}};
    symbol by_x;
    bool is_met = false; // x among the numbers
    for (int k = 2; k < all.size; ++k) {
      if (!is_met && all.items[k] == all.items[0]) {
        is_met = true;
        parts.push({});
        continue;
      }
      symbols turned = all;
      turned.items[0] = all.items[k];
      const symbol other = apply_operation<hypot_slope_operation>(turned);
      const symbol over_h = other / all.items[1];
      by_x = by_x.exists() ? by_x + other * over_h : other * over_h;
      parts.push(-(d * (slope * over_h)));
    }
    parts.items[0] = d * by_x;
    return parts;
  }
  static constexpr symbol definition(const symbols &all) { return all.items[0] / all.items[1]; }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const symbol x = all.items[0], h = all.items[1];
    if (!x.home->is_real) // i <= 0 by its real part
      return {};
    return apply_operation<drop_operation>(detail::mask_of(h <= x.home->constant(0)),
                                           apply_operation<divide_operation>(x, h));
  }
};

/// Not hypot(hypot(a, b), c), whose second derivatives at a = b = 0 are wrong: the inner one has a
/// kink there that the outer one does not have.
struct hypot_operation : operation {
  static constexpr std::string_view name = "hypot"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = any_number;
  static constexpr bool is_commutative = true;
  static constexpr bool may_be_infinite = true; // its derivatives divide by it
  static constexpr bool is_rewritten = true;
  static constexpr int transcendentals = 1;
  static constexpr positivity is_positive = positivity::never_negative;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b,
                                            const std::same_as<T> auto &...rest) {
    return math::hypot(a, b, rest...);
  }
  // x / h; 0 at the origin
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol h) {
    symbols parts;
    for (int i = 0; i < all.size; ++i) {
      symbols operands{all.items[i], h};
      for (const symbol number : all)
        operands.push(number);
      parts.push(d * apply_operation<hypot_slope_operation>(operands));
    }
    return parts;
  }
  static constexpr symbol squared(const symbols &all) {
    symbol sum = square(all.items[0]);
    for (int i = 1; i < all.size; ++i)
      sum = sum + square(all.items[i]);
    return sum;
  }
  static constexpr symbol definition(const symbols &all) { return sqrt(squared(all)); }
  static constexpr symbol simplified(const symbols &all) {
    symbols rest;
    bool is_simpler = false;
    for (const symbol x : all) {
      const symbol other = detail::without_sign(x);
      is_simpler = is_simpler || other.exists() || x.is(0);
      if (!x.is(0))
        rest.push(other.exists() ? other : x);
    }
    if (!is_simpler)
      return {};
    return rest.size < 2 ? sqrt(square(rest.size == 1 ? rest.items[0] : all.items[0]))
                         : apply_operation<hypot_operation>(rest);
  }
};

/// sqrt(x^2 + y^2 + ...), two or more, without overflow. Domain: all x, y. Slope: 0 at the origin.
CHAINRULE_FORMULA_OF_MANY(hypot, First, Second, Rest)
(const First &first, const Second &second, const Rest &...rest) {
  return apply_operation<hypot_operation>(first, second, rest...);
}

} // namespace chainrule
