// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Activations made of others: their formulas, and nothing else. At a kink the derivative is that of
// the side that the formula names (docs/numerics.md has the table).
//   clamp leaky_relu elu selu celu gelu silu mish softsign hard_sigmoid hard_swish hard_tanh
// Read next: loss.hpp.
#pragma once

#include <limits>

#include <chainrule/operation/error_function.hpp>
#include <chainrule/operation/logarithm.hpp>

namespace chainrule {

namespace detail {

/// The value of a literal, also behind minus signs and in quotients; else NaN.
constexpr double known_value(const expression_record &of) {
  if (*of.operation == number_record)
    return math::rounded<double>(of.value);
  if (*of.operation == operation_record_of<negate_operation>::value)
    return -known_value(*of.operands[0]);
  if (*of.operation == operation_record_of<divide_operation>::value)
    if (const double under = known_value(*of.operands[1]); under < 0 || under > 0)
      return known_value(*of.operands[0]) / under;
  return std::numeric_limits<double>::quiet_NaN();
}

/// Says that known bounds are in the wrong order.
template <class Low, class High>
constexpr void check_bounds() {
  static_assert(!(known_value(record<Low>) > known_value(record<High>)),
                "clamp(x, 1_c, 0_c): the lower bound is above the upper one; the lower comes "
                "first, as in clamp(x, 0_c, 1_c)");
}

} // namespace detail

/// x s of an s that is 0 at x = -infinity, and falls faster than x grows: the limits are 0 there.
struct self_gated_operation : operation {
  static constexpr std::string_view name = "self_gated"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &s) {
    if constexpr (math::is_pack<T>)
      return math::larger(x, T(std::numeric_limits<typename T::value_type>::lowest())) * s;
    else if constexpr (std::numeric_limits<T>::is_specialized)
      return detail::larger(x, std::numeric_limits<T>::lowest()) * s;
    else
      return x * s;
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol s, symbol) {
    return {d * s, d * apply_operation<bounded_operation>(x)};
  }
  static constexpr symbol definition(symbol x, symbol s) { return x * s; }
};

/// x, but at least low and at most high: min(max(x, low), high).
struct clamp_operation : operation {
  static constexpr std::string_view name = "clamp"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 3;
  static constexpr int operations = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &low, const T &high) {
    return min_operation::value(max_operation::value(x, low), high);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol low, symbol high, symbol) {
    const symbol zero = d.home->constant(0);
    const symbol is_below = x < low, is_above = high < max(x, low);
    const symbol inside = select(is_above, zero, d), to_x = select(is_below, zero, inside);
    if (low.is_number() && high.is_number())
      return {to_x};
    return {to_x, select(is_below, inside, zero), select(is_above, d, zero)};
  }
  static constexpr symbol definition(symbol x, symbol low, symbol high) {
    return min(max(x, low), high);
  }
  static constexpr symbol code(symbol, symbol, symbol, symbol x, symbol low, symbol high) {
    return min(max(x, low), high);
  }
};

/// x, but at least low and at most high: min(max(x, low), high). Domain: low <= high.
CHAINRULE_FORMULA_OF_THREE(clamp, Operand, Low, High)
(const Operand &x, const Low &low, const High &high) {
  if constexpr (!detail::is_symbol<Operand>)
    detail::check_bounds<decltype(detail::as_expression<clamp_operation>(low)),
                         decltype(detail::as_expression<clamp_operation>(high))>();
  return apply_operation<clamp_operation>(x, low, high);
}

/// max(x, 0), with the slope at 0 that you name: relu(x, 0.5_c). Domain: every x.
CHAINRULE_OVERLOAD_OF_TWO(relu, Operand, Slope)
(const Operand &x, const Slope &slope_at_zero) {
  constexpr literal<0> zero;
  return select(x > zero, x, select(x < zero, zero, elementwise_product(slope_at_zero, x)));
}

/// x above 0, slope x below (Maas 2013). Domain: every x.
CHAINRULE_OVERLOAD_OF_TWO(leaky_relu, Operand, Slope)
(const Operand &x, const Slope &slope) {
  return select(x > literal<0>{}, x, elementwise_product(slope, x));
}

/// leaky_relu(x, 0.01_c). Domain: every x.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(leaky_relu, Operand)
(const Operand &x) { return leaky_relu(x, literal<1, 100>{}); }

/// elu(x, 1_c): x above 0, e^x - 1 below. Domain: every x.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(elu, Operand)
(const Operand &x) { return select(x > literal<0>{}, x, expm1(x)); }

/// x above 0, alpha (e^x - 1) below (Clevert 2015). Domain: every x.
CHAINRULE_OVERLOAD_OF_TWO(elu, Operand, Alpha)
(const Operand &x, const Alpha &alpha) {
  return select(x > literal<0>{}, x, elementwise_product(alpha, expm1(x)));
}

/// lambda elu(x, alpha), with the lambda and alpha that keep mean 0 and variance 1 (Klambauer
/// 2017). Domain: every x.
CHAINRULE_FORMULA(selu, Operand)
(const Operand &x) { return 1.050700987355480493_c * elu(x, 1.673263242354377285_c); }

/// x above 0, alpha (e^(x / alpha) - 1) below (Barron 2017). Domain: every x.
CHAINRULE_OVERLOAD_OF_TWO(celu, Operand, Alpha)
(const Operand &x, const Alpha &alpha) {
  return select(x > literal<0>{}, x, elementwise_product(alpha, expm1(x / alpha)));
}

/// celu(x, 1_c), which is elu(x). Domain: every x.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(celu, Operand)
(const Operand &x) { return elu(x); }

/// x normal_cdf(x) (Hendrycks 2016). Domain: every x.
CHAINRULE_FORMULA(gelu, Operand)
(const Operand &x) { return apply_operation<self_gated_operation>(x, normal_cdf(x)); }

/// x/2 (1 + tanh(u)) = x sigmoid(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3): gelu to about 5e-4.
/// Domain: every x.
CHAINRULE_FORMULA(gelu_tanh, Operand)
(const Operand &x) {
  // beyond 100 the sigmoid is 0 or 1, and its slope 0 must not meet an infinite x^2
  const auto bounded = clamp(x, literal<-100>{}, literal<100>{});
  return apply_operation<self_gated_operation>(
      x, sigmoid(1.595769121605730711_c * (bounded + 0.044715_c * pow(bounded, literal<3>{}))));
}

/// x sigmoid(x), also called swish (Elfwing 2017). Domain: every x.
CHAINRULE_FORMULA(silu, Operand)
(const Operand &x) { return apply_operation<self_gated_operation>(x, sigmoid(x)); }

/// x tanh(softplus(x)) (Misra 2019). Domain: every x.
CHAINRULE_FORMULA(mish, Operand)
(const Operand &x) { return apply_operation<self_gated_operation>(x, tanh(softplus(x))); }

struct softsign_operation : operation {
  static constexpr std::string_view name = "softsign"sv;
  static constexpr bool is_odd = true;
  static constexpr int operations = 3;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    const T bounded = bounded_operation::value(x); // infinity / infinity is 1
    return bounded / (T(1.0) + math::abs(bounded));
  }
  // by the rule of the quotient it would cancel for large x, and square(1 + |x|) would overflow
  static constexpr symbol derivative(symbol x, symbol) {
    const symbol rest = 1 / (1 + abs(x));
    return detail::product_that_falls(rest, rest, x);
  }
  static constexpr symbol definition(symbol x) { return x / (1 + abs(x)); }
  static constexpr symbol simplified(symbol x) {
    return is<exp_operation>(x) ? sigmoid(x.operand(0)) : detail::odd<softsign_operation>(x);
  }
};

/// x / (1 + |x|). Domain: every x.
CHAINRULE_FORMULA(softsign, Operand)
(const Operand &x) { return apply_operation<softsign_operation>(x); }

/// x / 6 + 1/2, clamped to [0, 1]. Domain: every x.
CHAINRULE_FORMULA(hard_sigmoid, Operand)
(const Operand &x) { return clamp(x / literal<6>{} + literal<1, 2>{}, literal<0>{}, literal<1>{}); }

/// x hard_sigmoid(x) (Howard 2019). Domain: every x.
CHAINRULE_FORMULA(hard_swish, Operand)
(const Operand &x) { return apply_operation<self_gated_operation>(x, hard_sigmoid(x)); }

/// x, clamped to [-1, 1]. Domain: every x.
CHAINRULE_FORMULA(hard_tanh, Operand)
(const Operand &x) { return clamp(x, literal<-1>{}, literal<1>{}); }

} // namespace chainrule
