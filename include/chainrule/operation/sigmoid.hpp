// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sigmoid and softplus. sigmoid' = sigmoid (1 - sigmoid), softplus' = sigmoid.
// Read next: hyperbolic.hpp.
#pragma once

#include <chainrule/math/hyperbolic.hpp>
#include <chainrule/operation/sigmoid_steps.hpp>

namespace chainrule {

namespace detail {

/// Where the derivative is wanted too, it is computed beside the value: computed later, from e,
/// it would cost a spill and a reload of e (two instructions a layer).
constexpr void make_slope_at_once(symbol original, symbol z);

} // namespace detail

struct sigmoid_operation : operation {
  static constexpr std::string_view name = "sigmoid"sv;
  static constexpr bool is_rewritten = true;
  static constexpr gating gate = gating::saturated;
  static constexpr positivity is_positive = positivity::always;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    const T t = math::exp(-math::abs(z));
    return (z < T(0.0) ? t : T(1.0)) / (T(1.0) + t);
  }
  static constexpr symbol derivative(symbol z, symbol);
  static constexpr symbol simplified(symbol z) {
    return z.is(0) ? z.home->constant(math::reduced(1, 2)) : symbol{};
  }
  static constexpr symbol code(symbol original, symbol z) {
    detail::make_slope_at_once(original, z);
    if (detail::is_from_tail(original))
      return apply_operation<sigmoid_of_tail_operation>(detail::tail(z), z);
    if (is<negate_operation>(z))
      return detail::growth(z.operand(0)).other_side();
    return detail::growth(z).s;
  }
  // sigmoid z - y is computed from the tail
  static constexpr void announce_difference(symbol z) { detail::announce_decay(z); }

  static constexpr symbol mirrored(symbol z);
  static constexpr symbol in_exponentials(symbol z) {
    const symbol e = exp(z);
    return e / (1 + e);
  }
  struct logarithm {
    static constexpr std::string_view formula = "log(sigmoid(x)) = -softplus(-x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "-inf below x = -745, NaN slopes with it"sv;

    static constexpr symbol apply(symbol z);
  };
  struct complement {
    static constexpr std::string_view formula = "1 - sigmoid(x) = sigmoid(-x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "0 above x = 37"sv;

    static constexpr symbol apply(symbol z);
  };
};

/// 1 / (1 + e^-z), in (0, 1). Domain: every z.
CHAINRULE_FORMULA(sigmoid, Operand)
(const Operand &z) { return apply_operation<sigmoid_operation>(z); }

constexpr symbol sigmoid_operation::complement::apply(symbol z) { return sigmoid(-z); }
constexpr symbol sigmoid_operation::mirrored(symbol z) {
  return detail::as_written<subtract_operation>(z.home->constant(1), sigmoid(z));
}

/// 1 - 2 sigmoid z = -tanh(z / 2), the factor in sigmoid''; written as the difference it cancels at
/// 0.
struct sigmoid_imbalance_operation : operation {
  static constexpr std::string_view name = "sigmoid_imbalance"sv;
  static constexpr notation written = notation::definition;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return -math::tanh(T(0.5) * z);
  }
  static constexpr symbol derivative(symbol z, symbol);
  static constexpr symbol definition(symbol z) {
    return detail::as_written<subtract_operation>(z.home->constant(1), 2 * sigmoid(z));
  }
};

/// The derivative of sigmoid as an operation of its own, so that code can take it from the tail.
struct sigmoid_slope_operation : operation {
  static constexpr std::string_view name = "sigmoid_slope"sv;
  static constexpr gating gate = gating::saturated;
  static constexpr notation written = notation::definition;
  static constexpr positivity is_positive = positivity::always;
  static constexpr symbol log_of(symbol z);

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    const T t = math::exp(-math::abs(z));
    return t / ((T(1.0) + t) * (T(1.0) + t));
  }
  // s'' = s' (1 - 2 s)
  static constexpr symbol derivative(symbol z, symbol slope) {
    return slope * apply_operation<sigmoid_imbalance_operation>(z);
  }
  static constexpr symbol definition(symbol z) {
    const symbol s = sigmoid(z);
    const symbol rest = detail::as_written<subtract_operation>(z.home->constant(1), s);
    return detail::as_written<multiply_operation>(s, rest);
  }
  static constexpr symbol simplified(symbol z) {
    if (z.is(0))
      return z.home->constant(math::reduced(1, 4));
    return is<negate_operation>(z) ? apply_operation<sigmoid_slope_operation>(z.operand(0))
                                   : symbol{};
  }
  static constexpr symbol code(symbol original, symbol z) {
    if (detail::is_from_tail(original))
      return apply_operation<slope_of_tail_operation>(detail::tail(z));
    const detail::growth from(z);
    return apply_operation<multiply_operation>(from.s, from.complement());
  }
};

constexpr void detail::make_slope_at_once(symbol original, symbol z) {
  if (found<sigmoid_slope_operation>(original).exists())
    sigmoid_slope_operation::code(original, z);
}

// (1 - 2 s)' = -2 s'
constexpr symbol sigmoid_imbalance_operation::derivative(symbol z, symbol) {
  return -2 * apply_operation<sigmoid_slope_operation>(z);
}

constexpr symbol sigmoid_operation::derivative(symbol z, symbol) {
  return apply_operation<sigmoid_slope_operation>(z);
}

struct softplus_operation : operation {
  static constexpr std::string_view name = "softplus"sv;
  static constexpr int families = detail::family::softplus;
  static constexpr bool is_rewritten = true;
  static constexpr gating gate = gating::saturated;
  static constexpr positivity is_positive = positivity::always;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return (z < T(0.0) ? T(0.0) : z) + math::log1p(math::exp(-math::abs(z)));
  }
  static constexpr symbol derivative(symbol z, symbol) { return sigmoid(z); }
  static constexpr symbol mirrored(symbol z);
  static constexpr symbol in_exponentials(symbol z) {
    return detail::as_written<log_operation>(1 + exp(z));
  }
  static constexpr symbol log_of(symbol z);
  static constexpr void announce(symbol z) { detail::announce_decay(z); }
  static constexpr symbol code(symbol, symbol z) {
    return apply_operation<softplus_of_decay_operation>(detail::log_tail(z), z);
  }
};

/// log(1 + e^z). Domain: every z.
CHAINRULE_FORMULA(softplus, Operand)
(const Operand &z) { return apply_operation<softplus_operation>(z); }

constexpr symbol softplus_operation::mirrored(symbol z) {
  return detail::as_written<subtract_operation>(softplus(z), z);
}
/// Far below 0 softplus z is e^z, to half a unit in the last place.
constexpr symbol softplus_operation::log_of(symbol z) {
  const symbol edge = z.home->constant(-40);
  return select(z < edge, z, detail::as_written<log_operation>(softplus(max(z, edge))));
}
constexpr symbol sigmoid_operation::logarithm::apply(symbol z) { return -softplus(-z); }
constexpr symbol sigmoid_slope_operation::log_of(symbol z) { return -(softplus(z) + softplus(-z)); }

} // namespace chainrule
