// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Zeros that say that something is not taken: it has no influence, whatever it is. gate: what
// flows back through relu or a choice. absorbing_quotient, weighted: the first operand, where it is
// 0, absorbs the other. zero_where: a value that is 0 at points where it is none. Their derivatives
// are those of the formulas: a slope is never cut off.
// Read next: piecewise.hpp.
#pragma once

#include <chainrule/operation/condition.hpp>

namespace chainrule {

/// What flows back through a choice: select(condition, d, 0). A rectifier's condition is made of
/// what it takes or leaves.
template <gating Kind>
struct gate_operation : detail::choice<gate_operation<Kind>> {
  static constexpr std::string_view name =
      Kind == gating::chosen ? "gate"sv : "gate of a rectifier"sv;
  static constexpr notation written = notation::definition;
  static constexpr gating gate = Kind;

  static constexpr symbol definition(symbol condition, symbol a, symbol b) {
    return detail::as_written<select_operation>(condition, a, b);
  }
};

namespace detail {

template <gating Kind>
constexpr symbol gate(symbol condition, symbol a, symbol b) {
  return apply_operation<gate_operation<Kind>>(condition, a, b);
}

/// A choice that is 0 on one side.
constexpr bool is_gate(symbol x) {
  return x.operation()->zero_if == zero_rule::choice && (x.operand(1).is(0) || x.operand(2).is(0));
}

/// The same choice between others.
constexpr symbol chosen_as(symbol choice, symbol a, symbol b) {
  const int inputs[]{choice.operand(0).index, a.index, b.index};
  return choice.home->make(*choice.operation(), inputs);
}

/// The same operation on another operand in this place.
constexpr symbol with_operand(symbol x, int which, symbol operand) {
  list<int> operands;
  for (int i = 0; i < x.operands(); ++i)
    operands.push(i == which ? operand.index : x.operand(i).index);
  return x.home->make(*x.operation(), operands);
}

} // namespace detail

/// w / a, and 0 where w is 0, whatever a is.
struct absorbing_quotient_operation : operation {
  static constexpr std::string_view name = "absorbing_quotient"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &a) {
    return detail::absorbed::value(weight, divide_operation::value(weight, a));
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol a, symbol result) {
    return {d / a, -(d / a * result)};
  }
  static constexpr symbol definition(symbol weight, symbol a) { return weight / a; }
};

/// w a, and 0 where the weight w is 0: a label 0 says nothing of a class whose logarithm is -inf.
struct weighted_operation : detail::product_by_weight {
  static constexpr std::string_view name = "weighted"sv;
  static constexpr bool is_rewritten = true;

  // Not as code(): a mask of its own would be made long before, beside the labels, and stored.
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &a) {
    if constexpr (math::is_pack<T> || math::fits_lane<T>) {
      return unless_zero(weight, a, multiply_operation::value(weight, a));
    } else { // a finite a is the slope by the weight: of what carries slopes it must stay
      return weight == T(0.0) && T(0.5) * a == a ? T(0.0) : multiply_operation::value(weight, a);
    }
  }
  /// 0 where the weight is 0 and a is a number, else the result.
  template <class T>
  CHAINRULE_INLINE static constexpr T unless_zero(const T &weight, const T &a, const T &result) {
    const T is_zero = mask_operation<true>::value(T(math::abs(weight)), T(0.0));
    const T is_number = mask_operation<true>::value(a, a);
    return drop_operation::value(keep_operation::value(is_number, is_zero), result);
  }
};

/// w / p, and 0 where w is 0, also for p = 0: as are all its slopes by p there.
struct weighted_quotient_operation : operation {
  static constexpr std::string_view name = "weighted_quotient"sv;
  static constexpr bool is_rewritten = true;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;
  static constexpr zero_rule zero_if = zero_rule::first;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &p) {
    if constexpr (math::is_pack<T> || math::fits_lane<T>) {
      return weighted_operation::unless_zero(weight, p, divide_operation::value(weight, p));
    } else {
      return weight == T(0.0) && p == T(0.0) ? T(0.0) : divide_operation::value(weight, p);
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol p, symbol result) {
    return {{d / p, -(d * apply_operation<weighted_quotient_operation>(result, p))}};
  }
  static constexpr symbol simplified(symbol weight, symbol p) {
    return weight == p ? p.home->constant(1) : symbol{};
  }
  static constexpr symbol definition(symbol weight, symbol p) { return weight / p; }
};

/// x, and 0 where the condition holds; the derivative is that of x everywhere: where x is no
/// number, there is none.
struct zero_where_operation : operation {
  static constexpr std::string_view name = "zero_where"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr int conditions = 1;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &condition, const T &x) {
    return condition == T(0.0) || x - x == T(0.0) ? x : T(0.0);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol) { return {symbol{}, d}; }
  static constexpr symbol definition(symbol, symbol x) { return x; } // wherever that is one
  static constexpr symbol code(symbol, symbol, symbol condition, symbol x) {
    if (!x.home->is_real) // i <= 0 by its real part
      return x;
    return apply_operation<drop_operation>(detail::mask_of(condition), x);
  }
};

/// f, whose derivatives where a distance is 0 are those of another formula, `near`: as f is written
/// they are there 0 times infinity.
struct limit_operation : operation {
  static constexpr std::string_view name = "limit"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 3;
  static constexpr zero_rule zero_if = zero_rule::first;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &f, const T &distance, const T &near) {
    return distance <= T(0.0) ? near : f;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol distance, symbol, symbol) {
    const symbol zero = d.home->constant(0), is_at = distance <= zero;
    return {detail::gate<gating::chosen>(is_at, zero, d),
            {},
            detail::gate<gating::chosen>(is_at, d, zero)};
  }
  static constexpr symbol simplified(symbol f, symbol, symbol) {
    return is<limit_operation>(f) ? f : symbol{};
  }
  static constexpr symbol log_of(symbol f, symbol distance, symbol near);
  static constexpr symbol definition(symbol f, symbol, symbol) { return f; }
  static constexpr symbol code(symbol, symbol, symbol, symbol f, symbol, symbol) { return f; }
};

namespace detail {

constexpr symbol zero_where(symbol condition, symbol x) {
  return apply_operation<zero_where_operation>(condition, x);
}

/// Whether a flow that may be 0 behind a gate must be kept from what is made of x: as in
/// rewrite/gates.hpp, for code.
constexpr bool absorbs(symbol flow, symbol x) {
  const auto &nodes = flow.home->nodes.items;
  const gating gate = nodes[flow.index].gate;
  return gate == gating::chosen ||
         (gate == gating::rectified && nodes[x.index].is_finite != finiteness::as_arguments);
}
constexpr symbol product_with(symbol flow, symbol factor, bool absorbs) {
  return absorbs ? apply_operation<absorbing_product_operation>(flow, factor) : flow * factor;
}

} // namespace detail
} // namespace chainrule
