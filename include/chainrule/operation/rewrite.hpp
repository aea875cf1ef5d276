// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The rewrites in which several operations meet. Each takes effect while a network is lowered,
// before it is differentiated, so that derivatives are taken of the stable form:
//   log(sigmoid z) = -softplus(-z)      log(1 + exp x) = softplus x      log(1 - p) = log1p(-p)
//   log1p(exp x) = softplus x           1 / (1 + exp(-z)) = sigmoid z
//   log(softmax z) = log_softmax z
//   1 - sigmoid z = sigmoid(-z)         sigmoid z sigmoid(-z) = sigmoid' z
//   y softplus(-z) + (1 - y) softplus z = cross-entropy of z and y
// Read next: program/lower.hpp.
#pragma once

#include <chainrule/operation/loss.hpp>

namespace chainrule {

namespace detail {

/// Whether a = -b.
constexpr bool opposite(symbol a, symbol b) {
  return (is<negate_operation>(a) && a.operand(0) == b) ||
         (is<negate_operation>(b) && b.operand(0) == a);
}

/// A choice that is 0 on one side: what flows back through relu and select.
constexpr bool is_gate(symbol x) {
  return is<select_operation>(x) && (x.operand(1).is(0) || x.operand(2).is(0));
}

/// The sum of two gates of one condition as one choice.
constexpr symbol merged(symbol a, symbol b) {
  if (!is_gate(a) || !is_gate(b) || !(a.operand(0) == b.operand(0)))
    return {};
  return select(a.operand(0), a.operand(1) + b.operand(1), a.operand(2) + b.operand(2));
}

/// Cross-entropy of z and y where first is y softplus(-z) and second is (1 - y) softplus z.
constexpr symbol cross_entropy(symbol first, symbol second) {
  if (!is<multiply_operation>(first) || !is<multiply_operation>(second))
    return {};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 2; ++k) {
      const symbol y = first.operand(i), u = first.operand(1 - i);
      const symbol rest = second.operand(k), v = second.operand(1 - k);
      if (is<softplus_operation>(u) && is<softplus_operation>(v) &&
          opposite(u.operand(0), v.operand(0)) && is<subtract_operation>(rest) &&
          rest.operand(0).is(1) && rest.operand(1) == y)
        return binary_cross_entropy_with_logits(v.operand(0), y);
    }
  return {};
}

} // namespace detail

constexpr symbol log_operation::simplified(symbol x) {
  if (x.is(1))
    return x.home->constant(0);
  if (is<exp_operation>(x))
    return x.operand(0);
  if (is<sigmoid_operation>(x))
    return -softplus(-x.operand(0));
  if (is<softmax_operation>(x))
    return log_softmax(x.operand(0));
  if (is<subtract_operation>(x) && x.operand(0).is(1))
    return log1p(-x.operand(1));
  if (is<add_operation>(x))
    for (int i = 0; i < 2; ++i)
      if (x.operand(i).is(1) && is<exp_operation>(x.operand(1 - i)))
        return softplus(x.operand(1 - i).operand(0));
  return {};
}

constexpr symbol log1p_operation::simplified(symbol x) {
  if (x.is(0))
    return x;
  return is<exp_operation>(x) ? softplus(x.operand(0)) : symbol{};
}

constexpr void subtract_operation::announce(symbol a, symbol b) {
  for (const symbol side : {a, b})
    if (is<sigmoid_operation>(side))
      detail::decay(side.operand(0));
}

/// sigmoid z - y, exact where y is 0 or 1.
constexpr symbol subtract_operation::code(symbol, symbol, symbol a, symbol b) {
  if (is<sigmoid_of_tail_operation>(a))
    return apply_operation<sigmoid_minus_operation>(a.operand(0), a.operand(1), b);
  if (is<sigmoid_of_tail_operation>(b))
    return -apply_operation<sigmoid_minus_operation>(b.operand(0), b.operand(1), a);
  return {};
}

constexpr symbol add_operation::simplified(symbol a, symbol b) {
  if (const symbol p = detail::beside_matrix(a, b), q = detail::beside_matrix(b, p);
      !(p == a && q == b))
    return p + q;
  if (a.is_number() && b.is_number())
    return detail::exact(a, sum(a.value(), b.value()));
  if (a.is(0))
    return b;
  if (b.is(0))
    return a;
  if (const symbol like = detail::collected(a, b, 1); like.exists())
    return like;
  if (const symbol choice = detail::merged(a, b); choice.exists())
    return choice;
  if (detail::has_minus(b))
    return a - -b;
  if (detail::has_minus(a))
    return b - -a;
  for (const auto &[u, v] : {std::pair(a, b), std::pair(b, a)})
    if (const symbol fused = detail::cross_entropy(u, v); fused.exists())
      return fused;
  return {};
}

constexpr symbol subtract_operation::simplified(symbol a, symbol b) {
  if (const symbol p = detail::beside_matrix(a, b), q = detail::beside_matrix(b, p);
      !(p == a && q == b))
    return p - q;
  if (a.is_number() && b.is_number())
    return detail::exact(a, sum(a.value(), math::negated(b.value())));
  if (b.is(0))
    return a;
  if (a.is(0))
    return -b;
  if (const symbol like = detail::collected(a, b, -1); like.exists())
    return like;
  if (detail::has_minus(b))
    return a + -b;
  if (is<negate_operation>(a))
    return -(a.operand(0) + b);
  if (a.is(1)) {
    if (is<sigmoid_operation>(b))
      return sigmoid(-b.operand(0));
    if (is<square_operation>(b) && is<tanh_operation>(b.operand(0)))
      return apply_operation<tanh_slope_operation>(b.operand(0).operand(0));
  }
  return {};
}

constexpr symbol multiply_operation::simplified(symbol a, symbol b) {
  if (const symbol p = detail::beside_matrix(a, b), q = detail::beside_matrix(b, p);
      !(p == a && q == b))
    return p * q;
  if (a.is_number() && b.is_number())
    return detail::exact(a, product(a.value(), b.value()));
  if (b.is_number())
    return b * a;
  if (a.is_number()) {
    if (a.is(0))
      return a;
    if (a.is(1))
      return b;
    if (a.is(-1))
      return -b;
    if (is<multiply_operation>(b) && b.operand(0).is_number())
      if (const auto c = product(a.value(), b.operand(0).value()))
        return *c * b.operand(1);
  }
  if (!a.home->factors_stay) {
    if (is<negate_operation>(a))
      return -(a.operand(0) * b);
    if (is<negate_operation>(b))
      return -(a * b.operand(0));
    if (!a.is_number() && is<multiply_operation>(b) && b.operand(0).is_number() &&
        detail::is_movable(b.operand(0)))
      return b.operand(0) * (a * b.operand(1));
    if (is<multiply_operation>(a) && a.operand(0).is_number() && detail::is_movable(a.operand(0)))
      return a.operand(0) * (a.operand(1) * b);
  }
  if (a == b)
    return square(a);
  if (is<divide_operation>(b) && b.operand(0).is(1))
    return a / b.operand(1);
  if (is<divide_operation>(a) && a.operand(0).is(1))
    return b / a.operand(1);
  if (is<sigmoid_operation>(a) && is<sigmoid_operation>(b) &&
      detail::opposite(a.operand(0), b.operand(0)))
    return apply_operation<sigmoid_slope_operation>(a.operand(0));
  for (const auto &[gate, factor] : {std::pair(a, b), std::pair(b, a)})
    if (detail::is_gate(gate) && (gate.operand(1).is(1) || gate.operand(2).is(1)))
      return select(gate.operand(0), gate.operand(1) * factor, gate.operand(2) * factor);
  return {};
}

constexpr symbol divide_operation::simplified(symbol a, symbol b) {
  if (b.is_number() && !b.is(0)) {
    if (b.is(1))
      return a;
    if (a.is_number())
      return detail::exact(a, product(a.value(), math::reciprocal(b.value())));
    // A constant factor moves into the divisor exactly; the division itself stays a division.
    if (is<multiply_operation>(a) && a.operand(0).is_number())
      if (const auto c = product(a.operand(0).value(), math::reciprocal(b.value())))
        return *c * a.operand(1);
  }
  if (a.is(0))
    return a;
  // 1 / (1 + exp(-z)) = sigmoid z
  if (a.is(1) && is<add_operation>(b))
    for (int i = 0; i < 2; ++i)
      if (b.operand(i).is(1) && is<exp_operation>(b.operand(1 - i)))
        return sigmoid(-b.operand(1 - i).operand(0));
  if (detail::has_minus(a))
    return -(-a / b);
  if (detail::has_minus(b))
    return -(a / -b);
  return {};
}

} // namespace chainrule
