// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// floor ceil round fmod, whose slopes are those beside the jumps, and stop_gradient.
// Read next: exponential.hpp.
#pragma once

#include <chainrule/operation/absolute_value.hpp>

namespace chainrule {

struct floor_operation : operation {
  static constexpr std::string_view name = "floor"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::floor(x);
  }
  // 0 wherever it exists
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(0); }
};

/// The largest whole number that is at most x. Domain: every x.
CHAINRULE_FORMULA(floor, Operand)
(const Operand &x) { return apply_operation<floor_operation>(x); }

/// The smallest whole number that is at least x. Domain: every x.
CHAINRULE_FORMULA(ceil, Operand)
(const Operand &x) { return -floor(-x); }

/// The nearest whole number; halfway cases go away from 0. Domain: every x.
CHAINRULE_FORMULA(round, Operand)
(const Operand &x) {
  const auto size = abs(x);
  const auto below = floor(size); // size + 1/2 would be rounded
  constexpr literal<1, 2> half;
  return elementwise_product(sign(x), select(size - below < half, below, below + literal<1>{}));
}

struct fmod_operation : operation {
  static constexpr std::string_view name = "fmod"sv;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y) {
    return math::fmod(x, y);
  }
  // 1 and minus the quotient, a whole number
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol result) {
    return {d, d * ((result - x) / y)};
  }
};

/// C's fmod: x minus a whole multiple of y, exact, with the sign of x. Domain: every finite x, y
/// but 0.
CHAINRULE_FORMULA_OF_TWO(fmod, Left, Right)
(const Left &x, const Right &y) { return apply_operation<fmod_operation>(x, y); }

struct stop_gradient_operation : operation {
  static constexpr std::string_view name = "stop_gradient"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 0;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::carries_slopes<T>)
      return x.through(x.value, 0);
    else
      return x;
  }
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(0); }
  static constexpr symbol code(symbol, symbol x) { return x; }
};

/// x, treated as a constant when it is differentiated. Domain: every x.
CHAINRULE_FORMULA(stop_gradient, Operand)
(const Operand &x) { return apply_operation<stop_gradient_operation>(x); }

} // namespace chainrule
