// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sign, abs. abs'(0) = sign(0) = 0; the second derivative of a function of |x| is that of the
// function also at 0. Read next: rounding.hpp.
#pragma once

#include <chainrule/operation/piecewise.hpp>

namespace chainrule {

struct sign_operation : operation {
  static constexpr std::string_view name = "sign"sv;
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return (T(0.0) < x ? T(1.0) : T(0.0)) - (x < T(0.0) ? T(1.0) : T(0.0));
  }
  static constexpr symbol code(symbol, symbol x) {
    const symbol zero = x.home->constant(0), one = x.home->constant(1);
    return apply_operation<keep_operation>(detail::mask_of(zero < x), one) -
           apply_operation<keep_operation>(detail::mask_of(x < zero), one);
  }
  // 0 wherever it exists
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(0); }
  static constexpr symbol simplified(symbol x) {
    if (!x.is_number())
      return {};
    return x.home->constant(x.is(0) ? 0 : x.value().is_negative() ? -1 : 1);
  }
  static constexpr symbol definition(symbol x) {
    const symbol zero = x.home->constant(0), one = x.home->constant(1);
    return select(zero < x, one, zero) - select(x < zero, one, zero);
  }
};

/// -1, 0 or 1, as x is below 0, 0 or above. Domain: every x.
CHAINRULE_FORMULA(sign, Operand)
(const Operand &x) { return apply_operation<sign_operation>(x); }

namespace detail {

/// The factors of x, and of what it is divided by: its sign is the product of theirs.
constexpr void append_factors(list<symbol> &to, symbol x) {
  list<symbol> open(1, x);
  while (open.size > 0) {
    const symbol next = open.items[--open.size];
    const bool is_minus = is<negate_operation>(next);
    if (to.size + open.size >= 16 ||
        (!is_minus && !is<multiply_operation>(next) && !is<divide_operation>(next))) {
      to.push(next);
      continue;
    }
    for (int i = next.operands(); i-- > 0;)
      open.push(next.operand(i));
    if (is_minus)
      to.push(x.home->constant(-1));
  }
}

/// sign(a) sign(b) where they share factors: the square of the sign of one is 1.
constexpr symbol product_of_signs(symbol a, symbol b) {
  list<symbol> factors, others;
  append_factors(factors, a);
  append_factors(others, b);
  symbol result = a.home->constant(1);
  bool is_any_shared = false;
  for (const symbol factor : factors) {
    const int same = others.find(factor);
    if (same >= 0) {
      others.items[same] = others.items[--others.size];
      is_any_shared = true;
    } else {
      result = result * sign(factor);
    }
  }
  for (const symbol other : others)
    result = result * sign(other);
  return is_any_shared ? result : symbol{};
}

/// flow * sign(x) where sign(x) is a factor of the flow, of all terms or of some: its square is 1,
/// also where it is 0. Looked for among so many nodes, each in two calls at most.
constexpr symbol times_own_sign(symbol flow, symbol x, int &nodes) {
  if (is<sign_operation>(flow))
    return product_of_signs(flow.operand(0), x);
  if (--nodes < 0)
    return {};
  const operation_record &operation = *flow.operation();
  if (operation.is_placement) {
    list<symbol> of_x; // what of x belongs to the operand
    operation.adjoint(x, flow.home->inputs_of(flow.index), flow, of_x);
    const symbol inner = times_own_sign(flow.operand(0), of_x.items[0], nodes);
    return inner.exists() && inner.shape() == flow.operand(0).shape() ? with_operand(flow, 0, inner)
                                                                      : symbol{};
  }
  if (operation.written == notation::part && is<sign_operation>(flow.operand(0)))
    return product_of_signs(with_operand(flow, 0, flow.operand(0).operand(0)), x);
  if (is<negate_operation>(flow) || is<zero_where_operation>(flow) || is_gate(flow)) {
    const int which = is_gate(flow)          ? (flow.operand(1).is(0) ? 2 : 1)
                      : flow.operands() == 1 ? 0
                                             : 1;
    const symbol inner = times_own_sign(flow.operand(which), x, nodes);
    return inner.exists() ? with_operand(flow, which, inner) : inner;
  }
  const bool is_sum = is<add_operation>(flow) || is<subtract_operation>(flow);
  const bool is_quotient = is<divide_operation>(flow);
  if (!is_sum && !is_quotient && !is<multiply_operation>(flow) &&
      !is<absorbing_product_operation>(flow))
    return {};
  const auto part = [&](int which) { return times_own_sign(flow.operand(which), x, nodes); };
  symbol left = part(0), right = is_quotient || (left.exists() && !is_sum) ? symbol{} : part(1);
  if (!left.exists() && !right.exists())
    return {};
  const auto other = [&](int which) {
    return is_sum ? flow.operand(which) * sign(x) : flow.operand(which);
  };
  left = left.exists() ? left : other(0);
  right = right.exists() ? right : other(1);
  return flow.home->make(operation, {{left.index, right.index}});
}

} // namespace detail

struct abs_operation : operation {
  static constexpr std::string_view name = "abs"sv;
  static constexpr int families = detail::family::roots;
  static constexpr positivity is_positive = positivity::never_negative;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::carries_slopes<T>)
      if (x == T(0.0))
        return T(0.0);
    return math::abs(x);
  }
  // |x|' = sign x. In the slope of g(|x|), g'(|x|) sign x, that is a factor in what flows into |x|:
  // the second derivative is g''(|x|), and not 0 at 0, where g'' is its limit from either side.
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    int nodes = 96;
    const symbol result = detail::times_own_sign(d, x, nodes);
    return {result.exists() ? result : d * sign(x)};
  }
  static constexpr symbol simplified(symbol x) {
    if (is<negate_operation>(x))
      return apply_operation<abs_operation>(x.operand(0));
    return is<abs_operation>(x) || detail::is_never_negative(x) ? x : symbol{};
  }
  static constexpr symbol definition(symbol x) { return select(x > x.home->constant(0), x, -x); }
};

namespace detail {

/// Of complex numbers |a| is no function of a, and its square not that of a.
constexpr bool is_real_abs(symbol x) { return x.home->is_real && is<abs_operation>(x); }

/// a of -a and of |a|, also as a factor and in odd functions, as of sin(|a|): even functions of x
/// are those of what this makes of it.
constexpr symbol without_sign(symbol x, int levels = 3) {
  if (is<negate_operation>(x) || is_real_abs(x))
    return x.operand(0);
  if (x.operation()->is_odd && levels > 0) {
    const symbol inner = without_sign(x.operand(0), levels - 1);
    return inner.exists() ? x.home->make(*x.operation(), {&inner.index, 1}) : inner;
  }
  const bool is_product = is<multiply_operation>(x);
  if (levels == 0 || (!is_product && !is<divide_operation>(x)))
    return {};
  const symbol a = x.operand(0), b = x.operand(1);
  const symbol left = without_sign(a, levels - 1);
  const symbol right = left.exists() ? b : without_sign(b, levels - 1);
  if (!left.exists() && !right.exists())
    return {};
  return is_product ? (left.exists() ? left : a) * right : (left.exists() ? left : a) / right;
}

} // namespace detail

/// |x|. Domain: every x.
CHAINRULE_FORMULA(abs, Operand)
(const Operand &x) { return apply_operation<abs_operation>(x); }

} // namespace chainrule
