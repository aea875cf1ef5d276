// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The rewrites in which several operations meet, each with its domain and what it gains. They take
// effect while a network is lowered, before it is differentiated, so that derivatives are taken of
// the stable form. A rewrite only improves the result, and never changes where the function is NaN
// or infinite in exact arithmetic, but for what cancels (docs/numerics.md). explain(f) names those
// that apply to f; no_rewrite(f) keeps f as it is written.
// Read next: program/lower.hpp.
#pragma once

#include <chainrule/operation/block_rules.hpp>
#include <chainrule/operation/cross_entropy.hpp>
#include <chainrule/operation/gamma.hpp>
#include <chainrule/operation/trigonometric.hpp>

namespace chainrule {

namespace detail {

/// A choice that is 0 on one side: what flows back through relu and select.
constexpr bool is_gate(symbol x) {
  return is<select_operation>(x) && (x.operand(1).is(0) || x.operand(2).is(0));
}

/// A gate that is 1 where it is open, times a factor: the factor behind the gate.
constexpr symbol through_gate(symbol gate, symbol factor) {
  if (!is_gate(gate) || !(gate.operand(1).is(1) || gate.operand(2).is(1)))
    return {};
  return select(gate.operand(0), gate.operand(1) * factor, gate.operand(2) * factor);
}

/// The sum of two gates of one condition as one choice.
constexpr symbol merged(symbol a, symbol b) {
  if (!is_gate(a) || !is_gate(b) || !(a.operand(0) == b.operand(0)))
    return {};
  return select(a.operand(0), a.operand(1) + b.operand(1), a.operand(2) + b.operand(2));
}

/// x where a node is exp(x); 0 where it is 1.
constexpr symbol exponent_of(symbol node) {
  if (node.is(1))
    return node.home->constant(0);
  return is<exp_operation>(node) ? node.operand(0) : symbol{};
}

/// Whether a node is 1 + exp(x), and that x.
constexpr symbol exponent_beside_one(symbol node) {
  if (is<add_operation>(node))
    for (int i = 0; i < 2; ++i)
      if (node.operand(i).is(1) && is<exp_operation>(node.operand(1 - i)))
        return node.operand(1 - i).operand(0);
  return {};
}

/// log of a sum of exponentials, or nothing.
constexpr symbol log_of_exponentials(symbol sum) {
  if (!is<add_operation>(sum))
    return exponent_of(sum);
  const symbol a = log_of_exponentials(sum.operand(0));
  const symbol b = a.exists() ? log_of_exponentials(sum.operand(1)) : a;
  return b.exists() ? logaddexp(a, b) : b;
}

/// z where a node is the sums of the columns of exp(z).
constexpr symbol exponents_summed(symbol node) {
  const bool is_sum = is<column_sums_operation>(node) ||
                      (is<sum_operation>(node) && node.operand(0).shape().columns == 1);
  return is_sum && is<exp_operation>(node.operand(0)) ? node.operand(0).operand(0) : symbol{};
}

/// Whether a node is positive wherever it is a real number: exp(sqrt(x)) is NaN for x < 0.
constexpr bool is_positive(symbol x) {
  if (x.is_number())
    return !x.value().is_negative() && !x.is(0);
  if (is<add_operation>(x) || is<multiply_operation>(x) || is<divide_operation>(x))
    return is_positive(x.operand(0)) && is_positive(x.operand(1));
  return is<exp_operation>(x) || is<exp2_operation>(x) || is<sigmoid_operation>(x) ||
         is<softplus_operation>(x) || is<cosh_operation>(x) || is<normal_cdf_operation>(x);
}

} // namespace detail

constexpr symbol log_operation::simplified(symbol x) {
  using namespace detail;
  if (x.is(1))
    return x.home->constant(0);
  if (is<exp_operation>(x))
    return by(rule::log_of_exp, x.operand(0));
  if (is<sigmoid_operation>(x))
    return by(rule::log_of_sigmoid, -softplus(-x.operand(0)));
  if (is<softmax_operation>(x))
    return by(rule::log_of_softmax, log_softmax(x.operand(0)));
  if (is<normal_cdf_operation>(x))
    return by(rule::log_of_normal_cdf, log_normal_cdf(x.operand(0)));
  if (is<negate_operation>(x) && is<expm1_operation>(x.operand(0))) // 1 - exp(x)
    return by(rule::log_of_one_minus_exp, log1mexp(x.operand(0).operand(0)));
  if (is<divide_operation>(x) && is<subtract_operation>(x.operand(1)) &&
      x.operand(1).operand(0).is(1) && x.operand(1).operand(1) == x.operand(0))
    return by(rule::log_of_odds, logit(x.operand(0)));
  if (const symbol z = detail::exponents_summed(x); z.exists())
    return by(rule::log_of_sum_of_exponentials, logsumexp(z));
  if (const symbol z = detail::exponent_beside_one(x); z.exists())
    return by(rule::log_of_one_plus_exp, softplus(z));
  if (is<add_operation>(x)) {
    if (const symbol sum = detail::log_of_exponentials(x); sum.exists())
      return by(rule::log_of_exponentials, sum);
    for (int i = 0; i < 2; ++i)
      if (x.operand(i).is(1))
        return by(rule::log_of_one_plus, log1p(x.operand(1 - i)));
  }
  if (is<subtract_operation>(x) && x.operand(0).is(1))
    return by(rule::log_of_one_plus, log1p(-x.operand(1)));
  return {};
}

constexpr symbol log1p_operation::simplified(symbol x) {
  using namespace detail;
  if (x.is(0))
    return x;
  if (is<exp_operation>(x))
    return by(rule::log_of_one_plus_exp, softplus(x.operand(0)));
  if (is<negate_operation>(x) && is<exp_operation>(x.operand(0)))
    return by(rule::log_of_one_minus_exp, log1mexp(x.operand(0).operand(0)));
  if (is<negate_operation>(x) && is<sigmoid_operation>(x.operand(0)))
    return by(rule::log_of_sigmoid, -softplus(x.operand(0).operand(0)));
  return {};
}

constexpr symbol logit_operation::simplified(symbol p) {
  return is<sigmoid_operation>(p) ? detail::by(detail::rule::logit_of_sigmoid, p.operand(0))
                                  : symbol{};
}

constexpr symbol sqrt_operation::simplified(symbol x) {
  if (x.is(0) || x.is(1))
    return x;
  return is<square_operation>(x) ? detail::by(detail::rule::sqrt_of_square, abs(x.operand(0)))
                                 : symbol{};
}

constexpr symbol square_operation::simplified(symbol x) {
  if (x.is_number())
    return detail::exact(x, product(x.value(), x.value()));
  if (is<negate_operation>(x) || is<abs_operation>(x))
    return square(x.operand(0));
  return is<exp_operation>(x) ? detail::by(detail::rule::square_of_exp, exp(2 * x.operand(0)))
                              : symbol{};
}

// With the logarithm of a probability that comes from a logit; that of a sigmoid is finite.
constexpr symbol xlogy_operation::simplified(symbol x, symbol y) {
  if (is<sigmoid_operation>(y))
    return x * log(y);
  return is<softmax_operation>(y) ? apply_operation<weighted_operation>(x, log(y)) : symbol{};
}

constexpr symbol binary_cross_entropy_operation::simplified(symbol p, symbol y) {
  return is<sigmoid_operation>(p) ? detail::by(detail::rule::cross_entropy_of_sigmoid,
                                               binary_cross_entropy_with_logits(p.operand(0), y))
                                  : symbol{};
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
  if (const symbol placed = detail::placed_sum(a, b); placed.exists())
    return placed;
  if (const symbol like = detail::collected(a, b, 1); like.exists())
    return detail::by(detail::rule::like_terms, like);
  if (const symbol choice = detail::merged(a, b); choice.exists())
    return choice;
  if (detail::has_minus(b))
    return a - -b;
  if (detail::has_minus(a))
    return b - -a;
  const symbol fused = detail::cross_entropy_of_sum(a, b);
  return fused.exists() ? fused : detail::cross_entropy_of_sum(b, a);
}

namespace detail {

/// 1 - x without cancellation, or nothing.
constexpr symbol complement_of(symbol x) {
  if (is<sigmoid_operation>(x))
    return by(rule::complement_of_sigmoid, sigmoid(-x.operand(0)));
  if (is<square_operation>(x) && is<tanh_operation>(x.operand(0)))
    return by(rule::complement_of_squared_tanh,
              apply_operation<tanh_slope_operation>(x.operand(0).operand(0)));
  if (is<exp_operation>(x))
    return by(rule::exp_minus_one, -expm1(x.operand(0)));
  if (is<erf_operation>(x))
    return by(rule::complement_of_erf, erfc(x.operand(0)));
  if (is<erfc_operation>(x))
    return by(rule::complement_of_erfc, erf(x.operand(0)));
  if (is<normal_cdf_operation>(x))
    return by(rule::complement_of_normal_cdf, normal_cdf(-x.operand(0)));
  return {};
}

} // namespace detail

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
  if (const symbol placed = detail::placement_of(b).exists() ? detail::placed_sum(a, -b) : symbol{};
      placed.exists())
    return placed;
  if (const symbol like = detail::collected(a, b, -1); like.exists())
    return detail::by(detail::rule::like_terms, like);
  if (detail::has_minus(b))
    return a + -b;
  if (is<negate_operation>(a))
    return -(a.operand(0) + b);
  if (const symbol fused = detail::cross_entropy_of_difference(a, b); fused.exists())
    return fused;
  if (b.is(1) && is<exp_operation>(a))
    return detail::by(detail::rule::exp_minus_one, expm1(a.operand(0)));
  return a.is(1) ? detail::complement_of(b) : symbol{};
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
      if (const auto c = product(a.value(), b.operand(0).value()); c.exists())
        return c * b.operand(1);
  }
  for (const symbol side : {a, b})
    if (const symbol placed = detail::placed_result<multiply_operation>(detail::placement_of(side),
                                                                        side == a ? b : a);
        placed.exists())
      return placed;
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
    return detail::by(detail::rule::slope_of_sigmoid,
                      apply_operation<sigmoid_slope_operation>(a.operand(0)));
  if (is<exp_operation>(a) && is<exp_operation>(b) && detail::opposite(a.operand(0), b.operand(0)))
    return detail::by(detail::rule::product_of_exponentials, a.home->constant(1));
  const symbol opened = detail::through_gate(a, b);
  return opened.exists() ? opened : detail::through_gate(b, a);
}

constexpr symbol divide_operation::simplified(symbol a, symbol b) {
  if (b.is_number() && !b.is(0)) {
    if (b.is(1))
      return a;
    if (a.is_number())
      return detail::exact(a, product(a.value(), math::reciprocal(b.value())));
    // A constant factor moves into the divisor exactly; the division itself stays a division.
    if (is<multiply_operation>(a) && a.operand(0).is_number())
      if (const auto c = product(a.operand(0).value(), math::reciprocal(b.value())); c.exists())
        return c * a.operand(1);
  }
  if (a.is(0))
    return a;
  if (const symbol placed = detail::placed_result<divide_operation>(detail::placement_of(a), b);
      placed.exists())
    return placed;
  if (a.is(1)) {
    if (const symbol z = detail::exponent_beside_one(b); z.exists())
      return detail::by(detail::rule::logistic, sigmoid(-z));
    if (is<exp_operation>(b))
      return detail::by(detail::rule::reciprocal_of_exp, exp(-b.operand(0)));
  }
  if (is<exp_operation>(a)) {
    if (detail::exponent_beside_one(b) == a.operand(0))
      return detail::by(detail::rule::logistic_of_exp, sigmoid(a.operand(0)));
    if (detail::exponents_summed(b) == a.operand(0))
      return detail::by(detail::rule::softmax_of_exp, softmax(a.operand(0)));
  }
  if (a == b && detail::is_positive(a))
    return detail::by(detail::rule::quotient_of_equals, a.home->constant(1));
  if (detail::has_minus(a))
    return -(-a / b);
  if (detail::has_minus(b))
    return -(a / -b);
  return {};
}

} // namespace chainrule
