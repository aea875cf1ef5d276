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

/// the derivative of digamma; infinite at 0, -1, -2, ...
CHAINRULE_FORMULA(trigamma, Operand)
(const Operand &x) { return apply_operation<trigamma_operation>(x); }

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
};

/// the derivative of lgamma; infinite or NaN at 0, -1, -2, ...
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
};

/// log |Gamma(x)|; infinite at 0, -1, -2, ...
CHAINRULE_FORMULA(lgamma, Operand)
(const Operand &x) { return apply_operation<lgamma_operation>(x); }

} // namespace chainrule
