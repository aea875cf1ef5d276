// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Cross-entropy of a sigmoid as it is written by hand, in sums and differences: y softplus(-z) +
// (1 - y) softplus z and softplus z - y z = -(y log p + (1 - y) log(1 - p)), p = sigmoid(z); and
// softplus z itself where it stands beside z. As they are written they cancel where the label is
// met.
// Read next: rewrite.hpp.
#pragma once

#include <chainrule/operation/loss.hpp>
#include <chainrule/operation/rectifier.hpp>
#include <chainrule/operation/rule.hpp>

namespace chainrule::detail {

/// What a rule makes of a node.
constexpr symbol by(const rewrite_rule &rule, symbol better) {
  if (better.home->rules_rest)
    return {};
  better.home->note(rule);
  return better;
}

/// Whether a = -b.
constexpr bool opposite(symbol a, symbol b) {
  return (is<negate_operation>(a) && a.operand(0) == b) ||
         (is<negate_operation>(b) && b.operand(0) == a);
}

/// Whether rest = 1 - y, or where a minus stands in front of it, rest = y - 1.
constexpr bool is_rest(symbol rest, symbol y, bool is_subtracted) {
  if (rest.is_number() && y.is_number() && !is_subtracted)
    return math::sum(rest.value(), y.value()) == math::number(1);
  return is<subtract_operation>(rest) && rest.operand(is_subtracted ? 1 : 0).is(1) &&
         rest.operand(is_subtracted ? 0 : 1) == y;
}

/// Cross-entropy of z and y of p = sigmoid(z) where first is y softplus(-z) and second is (1 - y)
/// softplus z, or (y - 1) softplus z where it is subtracted.
constexpr symbol cross_entropy(symbol first, symbol second, bool is_subtracted) {
  if (!is<multiply_operation>(first) || !is<multiply_operation>(second))
    return {};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 2; ++k) {
      const symbol y = first.operand(i), u = first.operand(1 - i);
      const symbol rest = second.operand(k), v = second.operand(1 - k);
      if (is<softplus_operation>(u) && is<softplus_operation>(v) &&
          opposite(u.operand(0), v.operand(0)) && is_rest(rest, y, is_subtracted))
        return binary_cross_entropy_with_logits(v.operand(0), y);
    }
  return {};
}

/// softplus(z) where a + b is it: z + softplus(-z) and max(z, 0) + softplus(-|z|).
constexpr symbol softplus_of_sum(symbol a, symbol b) {
  if (!is<softplus_operation>(b))
    return {};
  const symbol u = b.operand(0);
  if (opposite(u, a))
    return by(rule::softplus_beside_argument, softplus(a));
  if (!is<negate_operation>(u) || !is<abs_operation>(u.operand(0)))
    return {};
  const symbol z = u.operand(0).operand(0);
  const symbol zero = z.home->constant(0);
  return a == relu(z) || a == max(z, zero) || a == max(zero, z)
             ? by(rule::softplus_beside_argument, softplus(z))
             : symbol{};
}

/// Cross-entropy where a is softplus(z) and b is y z, for a - b.
constexpr symbol softplus_less_product(symbol a, symbol b) {
  if (is<softplus_operation>(a) && is<multiply_operation>(b))
    for (int i = 0; i < 2; ++i)
      if (b.operand(i) == a.operand(0))
        return by(rule::cross_entropy_of_softplus,
                  binary_cross_entropy_with_logits(a.operand(0), b.operand(1 - i)));
  return {};
}

/// What a + b is, or nothing; b + a is asked for too.
constexpr symbol cross_entropy_of_sum(symbol a, symbol b) {
  if (const symbol fused = cross_entropy(a, b, false); fused.exists())
    return by(rule::cross_entropy_of_sigmoid, fused);
  if (const symbol whole = softplus_of_sum(a, b); whole.exists())
    return whole;
  if (is<subtract_operation>(a)) // (z - c) + softplus(-z)
    if (const symbol whole = softplus_of_sum(a.operand(0), b); whole.exists())
      return whole - a.operand(1);
  if (is<multiply_operation>(a) && is<softplus_operation>(b)) // w z + softplus(-z)
    for (int i = 0; i < 2; ++i)
      if (const symbol u = b.operand(0); opposite(u, a.operand(i)))
        return by(rule::cross_entropy_of_softplus,
                  binary_cross_entropy_with_logits(u, a.operand(1 - i)));
  return {};
}

/// What a - b is, or nothing.
constexpr symbol cross_entropy_of_difference(symbol a, symbol b) {
  if (const symbol fused = cross_entropy(a, b, true); fused.exists())
    return by(rule::cross_entropy_of_sigmoid, fused);
  if (is<softplus_operation>(a) && a.operand(0) == b)
    return by(rule::softplus_beside_argument, softplus(-b));
  return softplus_less_product(a, b);
}

} // namespace chainrule::detail
