// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is not taken has no influence, whatever it is: while a network is differentiated, a 0 that
// flows back because a gate is closed must not meet an infinite or undefined factor. A gate is
// moved outward, select(c, d, 0) b = select(c, d b, 0); where gates are mixed, as in sums and in
// products of matrices, the flow absorbs the factor where it is 0. No slope is cut off: of both the
// derivative is that of the product.
// Read next: rewrite.hpp.
#pragma once

#include <chainrule/operation/matrix.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/tidy.hpp>

namespace chainrule::detail {

/// Whether this is a number wherever its conditions are evaluated.
constexpr bool is_constant(symbol x) {
  if (is<fill_operation>(x))
    return is_constant(x.operand(0));
  return x.is_number() || (x.operation()->zero_if == zero_rule::choice &&
                           x.operand(1).is_number() && x.operand(2).is_number());
}

/// How many exponentials there are within each other, so many levels deep.
constexpr int tower_of(symbol x, int levels = 6) {
  int highest = 0;
  for (int i = 0; i < x.operands() && levels > 0; ++i)
    if (const int height = tower_of(x.operand(i), levels - 1); height > highest)
      highest = height;
  const bool is_power = (is<pow_operation>(x) || is<power_log_operation>(x)) &&
                        !x.operand(0).is_number(); // x^y beside 2^x
  return highest + (x.operation()->is_growing && !is_power ? 1 : 0);
}

/// Whether a saturated flow is an exponential that a factor may outgrow, as exp(2^x) does exp(-x):
/// what they make together is not known where one is 0 and the other infinite.
constexpr bool is_outgrown(symbol flow, symbol factor, int levels = 4) {
  const operation_record &operation = *flow.operation();
  if (operation.gate == gating::saturated && operation.zero_if == zero_rule::none) {
    if (!operation.is_growing || is<by_logarithm_operation>(flow))
      return false;
    const int height = tower_of(factor);
    for (int i = 0; i < flow.operands(); ++i)
      if (tower_of(flow.operand(i)) >= height)
        return false;
    return true;
  }
  for (int i = 0; i < flow.operands(); ++i)
    if (flow.home->nodes.items[flow.operand(i).index].gate == gating::saturated)
      return levels > 0 && is_outgrown(flow.operand(i), factor, levels - 1);
  return false;
}

/// Whether a factor must be kept from the zeros of a flow. A rectifier took or left what is finite
/// as long as products are; beside a choice may stand anything.
constexpr bool is_kept_from(symbol factor, symbol flow) {
  const gating gate = flow.home->nodes.items[flow.index].gate;
  if (gate == gating::open || is_constant(factor))
    return false;
  if (gate == gating::saturated)
    return flow.home->holds(family::growing) && is_growing(factor) && !is_outgrown(flow, factor);
  return gate == gating::chosen ||
         factor.home->nodes.items[factor.index].is_finite != finiteness::as_arguments;
}

/// A flow that is `inner` where a gate is open: the gate itself, or behind a sign or a factor.
struct gated_flow {
  symbol gate, inner;

  constexpr bool exists() const { return gate.exists(); }
  constexpr symbol among(symbol x) const {
    return gate.operand(1).is(0) ? chosen_as(gate, gate.operand(1), x)
                                 : chosen_as(gate, x, gate.operand(2));
  }
};

constexpr gated_flow flow_behind_gate(symbol flow) {
  const auto gate = [](symbol x) {
    return is_gate(x) && x.operation()->gate >= gating::rectified
               ? gated_flow{x, x.operand(x.operand(1).is(0) ? 2 : 1)}
               : gated_flow{};
  };
  if (is<negate_operation>(flow)) {
    const gated_flow of = gate(flow.operand(0));
    return {of.gate, of.exists() ? -of.inner : symbol{}};
  }
  if (is<multiply_operation>(flow))
    for (int i = 0; i < 2; ++i)
      if (const gated_flow of = gate(flow.operand(i)); of.exists())
        return {of.gate, of.inner * flow.operand(1 - i)};
  if (flow.operation()->zero_if == zero_rule::first && !flow.operation()->is_elementwise)
    if (const gated_flow of = flow_behind_gate(flow.operand(0));
        of.exists() && of.gate.shape().is_scalar()) // repeated, or across a unit vector
      return {of.gate, with_operand(flow, 0, of.inner)};
  return gate(flow);
}

/// Two gates, one behind the other, as one.
constexpr gated_flow both(const gated_flow &outer, const gated_flow &inner) {
  const bool is_first = outer.gate.operand(1).is(0), is_second = inner.gate.operand(1).is(0);
  const symbol a = outer.gate.operand(0), b = inner.gate.operand(0), zero = a.home->constant(0);
  const symbol stronger =
      outer.gate.operation()->gate < inner.gate.operation()->gate ? inner.gate : outer.gate;
  const symbol condition = is_first && is_second ? a || b
                           : is_first            ? b && !a
                           : is_second           ? a && !b
                                                 : a && b;
  const bool is_closed = is_first && is_second;
  const int inputs[]{condition.index, (is_closed ? zero : inner.inner).index,
                     (is_closed ? inner.inner : zero).index};
  return {a.home->written(*stronger.operation(), inputs), inner.inner};
}

/// operation(flow, factor), a product or a quotient, with the factor kept from zeros of the flow.
constexpr symbol kept_apart(const operation_record &operation, symbol flow, symbol factor) {
  gated_flow from = flow_behind_gate(flow);
  if (!from.exists())
    return {};
  for (gated_flow inner = flow_behind_gate(from.inner); inner.exists();
       inner = flow_behind_gate(from.inner))
    from = both(from, inner);
  const int inputs[]{from.inner.index, factor.index};
  return from.among(flow.home->make(operation, inputs));
}

struct product_behind_gate {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.home->rules != rewriting::but_factors_stay)
      return {};
    const bool is_first = is_kept_from(b, a), is_second = is_kept_from(a, b);
    if (!is_first && !is_second)
      return {};
    const symbol flow = is_first ? a : b, factor = is_first ? b : a;
    if (const symbol moved =
            kept_apart(operation_record_of<multiply_operation>::value, flow, factor);
        moved.exists())
      return moved;
    const symbol product = apply_operation<absorbing_product_operation>(flow, factor);
    return is_first && is_second ? zero_where(abs(b) <= a.home->constant(0), product) : product;
  }
};

/// A softmax that absorbs a factor where it is 0, and is absorbed by one behind a closed gate: of a
/// column all of -infinity it is NaN.
constexpr symbol softmax_behind_gate(symbol weighted) {
  const symbol share = weighted.operand(0), flow = weighted.operand(1);
  return flow.home->rules == rewriting::but_factors_stay && is_kept_from(share, flow)
             ? zero_where(abs(flow) <= flow.home->constant(0), weighted)
             : weighted;
}

/// The same of a quotient; where there is no gate to look behind, one that a flow of 0 absorbs.
constexpr symbol kept_or_absorbed(const operation_record &operation, symbol flow, symbol divisor) {
  const symbol moved = kept_apart(operation, flow, divisor);
  return moved.exists() ? moved : apply_operation<absorbing_quotient_operation>(flow, divisor);
}

struct quotient_behind_gate {
  static constexpr symbol apply(symbol a, symbol b) {
    const symbol number = number_everywhere(b);
    if (a.home->rules != rewriting::but_factors_stay || (number.exists() && !number.is(0)) ||
        a.home->nodes.items[a.index].gate < gating::vanishing)
      return {};
    // what has vanished absorbs, not what flows into it: square(erf(sqrt(x))) at 0
    if (a.operation()->fingerprint ==
            operation_record_of<absorbing_product_operation>::fingerprint &&
        a.home->nodes.items[a.operand(1).index].gate < gating::vanishing)
      return apply_operation<absorbing_product_operation>(a.operand(0) / b, a.operand(1));
    return kept_or_absorbed(operation_record_of<divide_operation>::value, a, b);
  }
};

/// A weight that is 0 lets NaN through, what is not taken does not.
constexpr symbol weighted_quotient_behind_gate(const operation_record &operation, symbol a,
                                               symbol b) {
  if (a.home->rules != rewriting::but_factors_stay || !is_kept_from(b, a))
    return {};
  return kept_or_absorbed(operation, a, b);
}

struct matrix_product_behind_gate {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.home->rules != rewriting::but_factors_stay)
      return {};
    const int absorbing = (is_kept_from(b, a) ? gated_product_operation::left : 0) +
                          (is_kept_from(a, b) ? gated_product_operation::right : 0);
    return absorbing == 0 ? symbol{}
                          : apply_operation<gated_product_operation>(a, b, math::number(absorbing));
  }
};

/// The choice of a rule, while a network is differentiated, is a gate.
constexpr symbol choice_as_gate(const operation_record &operation, symbol condition, symbol a,
                                symbol b) {
  return condition.home->rules == rewriting::but_factors_stay && operation.gate == gating::open
             ? gate<gating::chosen>(condition, a, b)
             : symbol{};
}

} // namespace chainrule::detail
