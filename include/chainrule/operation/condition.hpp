// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Choices inside a network: conditions < <= > >= && || ! and select(condition, a, b). They become
// masks, never branches. A derivative selects; it never multiplies by zero, so that an infinite
// slope of the side not taken does no harm.
// Read next: gate.hpp.
#pragma once

#include <chainrule/graph/answer.hpp>
#include <chainrule/lanes/lane.hpp>
#include <chainrule/operation/arithmetic.hpp>

namespace chainrule {

/// What conditions share: they are 1 or 0.
struct condition : operation {
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 3;
  static constexpr bool is_condition = true;
};

struct less_operation : condition {
  static constexpr std::string_view name = "<"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a < b ? T(1.0) : T(0.0);
  }
};

struct less_equal_operation : condition {
  static constexpr std::string_view name = "<="sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a <= b ? T(1.0) : T(0.0);
  }
};

struct greater_operation : condition {
  static constexpr std::string_view name = ">"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return b < a ? T(1.0) : T(0.0);
  }
};

struct greater_equal_operation : condition {
  static constexpr std::string_view name = ">="sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return b <= a ? T(1.0) : T(0.0);
  }
};

struct and_operation : condition {
  static constexpr std::string_view name = "&&"sv;
  static constexpr int conditions = 2;
  static constexpr int precedence = 2;
  static constexpr bool is_commutative = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a == T(0.0) ? T(0.0) : b;
  }
};

struct or_operation : condition {
  static constexpr std::string_view name = "||"sv;
  static constexpr int conditions = 2;
  static constexpr int precedence = 1;
  static constexpr bool is_commutative = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a == T(0.0) ? b : T(1.0);
  }
};

struct not_operation : condition {
  static constexpr std::string_view name = "!"sv;
  static constexpr int arity = 1;
  static constexpr int conditions = 1;
  static constexpr notation written = notation::prefix;
  static constexpr int precedence = 5;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a) {
    return a == T(0.0) ? T(1.0) : T(0.0);
  }
};

/// a < b, a condition for select. Domain: any numbers; false if either is NaN.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator<(const Left &left, const Right &right) {
  return apply_operation<less_operation>(left, right);
}

/// a <= b, a condition for select. Domain: any numbers; false if either is NaN.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator<=(const Left &left, const Right &right) {
  return apply_operation<less_equal_operation>(left, right);
}

/// a > b, a condition for select. Domain: any numbers; false if either is NaN.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator>(const Left &left, const Right &right) {
  return apply_operation<greater_operation>(left, right);
}

/// a >= b, a condition for select. Domain: any numbers; false if either is NaN.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator>=(const Left &left, const Right &right) {
  return apply_operation<greater_equal_operation>(left, right);
}

namespace detail {

/// Whether an operand is a condition, as far as its type tells; of a bare number as_expression
/// speaks.
template <class T>
inline constexpr bool is_condition = true;
template <expression T>
inline constexpr bool is_condition<T> = record<T>.operation->is_condition;

/// A condition of conditions.
template <class Operation, class... Operands>
constexpr auto of_conditions(const Operands &...operands) {
  constexpr bool all = (... && is_condition<Operands>);
  static_assert(all, "a && b, a || b, !a: an operand is no comparison of expressions; write a "
                     "condition, as in x > 0_c && x < 1_c");
  if constexpr (all && !any_mistaken<Operands...>)
    return apply_operation<Operation>(operands...);
  else
    return mistaken{};
}

} // namespace detail

/// Both conditions hold. Domain: conditions.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator&&(const Left &left, const Right &right) {
  return detail::of_conditions<and_operation>(left, right);
}

/// At least one of the conditions holds. Domain: conditions.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator||(const Left &left, const Right &right) {
  return detail::of_conditions<or_operation>(left, right);
}

/// The condition does not hold. Domain: a condition.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto operator!(const Operand &operand) {
  return detail::of_conditions<not_operation>(operand);
}

// Choices as machine steps: compare, and, and-not, or. A mask is all ones or all zeros in a vector
// register (lanes/lane.hpp); elsewhere, and in constant evaluation, it is 1 or 0.

/// The mask of x < y, or of x <= y.
template <bool OrEqual>
struct mask_operation : operation {
  static constexpr std::string_view name = OrEqual ? "mask <="sv : "mask <"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated())
        return math::lowest_lane<T>::template mask_of<OrEqual>(x, y);
    if constexpr (math::is_pack<T>)
      return math::mask_of<OrEqual>(x, y);
    else if constexpr (math::complex_number<T>) // by the real part, as max and relu
      return (OrEqual ? x.real() <= y.real() : x.real() < y.real()) ? T(1.0) : T(0.0);
    else
      return (OrEqual ? x <= y : x < y) ? T(1.0) : T(0.0);
  }
};

/// mask ? 0 : a
struct drop_operation : operation {
  static constexpr std::string_view name = "drop"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &mask, const T &a) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated()) {
        using lane = math::lowest_lane<T>;
        return lane::number(~lane::bits_of(mask) & lane::bits_of(a));
      }
    if constexpr (math::is_pack<T>)
      return ~mask.as_bits() & a.as_bits();
    else
      return mask == T(0.0) ? a : T(0.0);
  }
};

/// mask ? a : b
struct choose_operation : operation {
  static constexpr std::string_view name = "choose"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 3;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &mask, const T &a, const T &b) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated()) {
        using lane = math::lowest_lane<T>;
        const typename lane::bits where = lane::bits_of(mask);
        return lane::number((where & lane::bits_of(a)) | (~where & lane::bits_of(b)));
      }
    if constexpr (math::is_pack<T>)
      return math::choose(mask, a, b);
    else
      return mask == T(0.0) ? b : a;
  }
};

namespace detail {

constexpr symbol mask_of(symbol condition);

/// Of conditions that are joined, of which there may be many in one another.
constexpr symbol joined_mask(symbol condition) {
  const symbol first = mask_of(condition.operand(0));
  if (is<and_operation>(condition))
    return apply_operation<keep_operation>(first, mask_of(condition.operand(1)));
  if (is<or_operation>(condition))
    return apply_operation<choose_operation>(first, first, mask_of(condition.operand(1)));
  const symbol zero = condition.home->constant(0);
  return apply_operation<drop_operation>(first, apply_operation<mask_operation<true>>(zero, zero));
}

/// The mask of a condition. Those of a user are computed as 1 or 0.
constexpr symbol mask_of(symbol condition) {
  const auto of = [condition](int which) { return condition.operand(which); };
  if (is<and_operation>(condition) || is<or_operation>(condition) || is<not_operation>(condition)) {
    if (const symbol found = node_of(
            condition, answer(question::mask, condition,
                              [](symbol joined) { return as_answer(joined_mask(joined)); }));
        found.exists())
      return found;
    return condition; // given up for now: any node will do
  }
  if (is<less_operation>(condition))
    return apply_operation<mask_operation<false>>(of(0), of(1));
  if (is<less_equal_operation>(condition))
    return apply_operation<mask_operation<true>>(of(0), of(1));
  if (is<greater_operation>(condition))
    return apply_operation<mask_operation<false>>(of(1), of(0));
  if (is<greater_equal_operation>(condition))
    return apply_operation<mask_operation<true>>(of(1), of(0));
  return apply_operation<mask_operation<false>>(condition.home->constant(0), condition);
}

} // namespace detail

struct select_operation;

namespace detail {

/// A choice, on one side of which there was another one with its condition; of two gates the
/// stronger one stays.
constexpr symbol merged(const operation_record &outer, symbol inner, symbol a, symbol b) {
  const bool is_stronger = outer.gate != gating::open && inner.operation()->gate > outer.gate;
  const int inputs[]{inner.operand(0).index, a.index, b.index};
  return inner.home->make(is_stronger ? *inner.operation() : outer, inputs);
}

/// What choices share; what flows back passes gates, operation/gate.hpp.
template <class Self>
struct choice : operation {
  static constexpr int arity = 3;
  static constexpr int conditions = 1;
  static constexpr zero_rule zero_if = zero_rule::choice;
  static constexpr bool is_rewritten = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &condition, const T &a, const T &b) {
    return condition == T(0.0) ? b : a;
  }
  static constexpr symbols adjoint(symbol d, symbol condition, symbol, symbol, symbol) {
    using passes = std::conditional_t<Self::gate == gating::open, select_operation, Self>;
    const symbol zero = d.home->constant(0);
    return {symbol{}, apply_operation<passes>(condition, d, zero),
            apply_operation<passes>(condition, zero, d)};
  }
  static constexpr symbol simplified(symbol condition, symbol a, symbol b) {
    // Not x: from a precompiled header g++ 12 says that it shadows a variable x of the user's.
    const auto is_same = [condition](symbol side) {
      return side.operation()->zero_if == zero_rule::choice && side.operand(0) == condition;
    };
    if (is<not_operation>(condition))
      return apply_operation<Self>(condition.operand(0), b, a);
    if (is_same(a))
      return merged(operation_record_of<Self>::value, a, a.operand(1), b);
    if (is_same(b))
      return merged(operation_record_of<Self>::value, b, a, b.operand(2));
    return a == b ? a : symbol{};
  }
  static constexpr symbol code(symbol, symbol, symbol, symbol condition, symbol a, symbol b) {
    const symbol mask = mask_of(condition);
    if (b.is(0))
      return apply_operation<keep_operation>(mask, a);
    if (a.is(0))
      return apply_operation<drop_operation>(mask, b);
    return apply_operation<choose_operation>(mask, a, b);
  }
};

} // namespace detail

struct select_operation : detail::choice<select_operation> {
  static constexpr std::string_view name = "select"sv;
};

/// a where the condition holds, b elsewhere. Domain: any numbers; the side that is not taken may
/// even be NaN or infinite.
CHAINRULE_FORMULA_OF_THREE(select, Condition, Then, Otherwise)
(const Condition &condition, const Then &then, const Otherwise &otherwise) {
  static_assert(detail::is_condition<Condition>,
                "select(condition, a, b): the first argument is a comparison of expressions, as "
                "in select(x > 0_c, a, b)");
  if constexpr (detail::is_condition<Condition> && !detail::any_mistaken<Condition>)
    return apply_operation<select_operation>(condition, then, otherwise);
  else
    return detail::mistaken{};
}

} // namespace chainrule
