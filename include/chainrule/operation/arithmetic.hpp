// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// + - * / and unary minus, and the product whose first factor absorbs the other where it is 0. What
// becomes of them in a network is in rewrite/tidy.hpp.
// (a + b)' = a' + b', (a b)' = a' b + a b', (a / b)' = (a' - (a / b) b') / b.
// Read next: condition.hpp.
#pragma once

#include <chainrule/lanes/lane.hpp>
#include <chainrule/math/arithmetic.hpp>
#include <chainrule/operation/operation.hpp>

namespace chainrule {

struct add_operation;
struct subtract_operation;
struct multiply_operation;
struct divide_operation;
struct negate_operation;
struct matrix_product_operation;

namespace detail {

template <class... Operands>
inline constexpr bool are_matrices = false;
template <expression... Operands>
inline constexpr bool are_matrices<Operands...> = (... && !record<Operands>.shape.is_scalar());

/// A B, if the left has as many columns as the right has rows.
template <expression Left, expression Right>
constexpr auto checked_product(Left left, Right right) {
  constexpr bool fit = record<Left>.shape.columns == record<Right>.shape.rows;
  static_assert(
      fit || any_mistaken<Left, Right> || shapes_fit<shape_named<Left>, shape_named<Right>>,
      "A * B: the left operand has not as many columns as the right has rows (both shapes "
      "are named in this message); transpose one, or write elementwise_product(A, B)");
  if constexpr (fit)
    return apply_operation<matrix_product_operation>(left, right);
  else
    return mistaken{};
}

} // namespace detail

/// a + b. Domain: any numbers.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator+(const Left &left, const Right &right) {
  return apply_operation<add_operation>(left, right);
}

/// a - b. Domain: any numbers.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator-(const Left &left, const Right &right) {
  return apply_operation<subtract_operation>(left, right);
}

/// a b of numbers, or of a number and a matrix; A B of matrices. Among symbols, in the rules of
/// operations, always element by element. Shape: (m x k) (k x n) is m x n. Domain: any numbers.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator*(const Left &left, const Right &right) {
  if constexpr (detail::are_matrices<Left, Right>)
    return detail::checked_product(left, right);
  else
    return apply_operation<multiply_operation>(left, right);
}

/// a / b. Domain: every b but 0.
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator/(const Left &left, const Right &right) {
  return apply_operation<divide_operation>(left, right);
}

template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator^(const Left &, const Right &) {
  static_assert(detail::takes<Left, Right>,
                "x ^ 2_c: ^ is no power in C++, and comes after + and * there; write pow(x, 2_c) "
                "or square(x)");
  return detail::mistaken{};
}
template <class Left, class Right>
  requires operands_of_network<Left, Right>
constexpr auto operator%(const Left &, const Right &) {
  static_assert(detail::takes<Left, Right>, "x % y: the remainder of a division is fmod(x, y)");
  return detail::mistaken{};
}

/// a b, element by element: `A * B` is the product of matrices. Domain: any numbers.
CHAINRULE_FORMULA_OF_TWO(elementwise_product, Left, Right)
(const Left &left, const Right &right) { return apply_operation<multiply_operation>(left, right); }

/// a / b, element by element. Domain: every b but 0.
CHAINRULE_FORMULA_OF_TWO(elementwise_quotient, Left, Right)
(const Left &left, const Right &right) { return apply_operation<divide_operation>(left, right); }

/// -a. Domain: any number.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto operator-(const Operand &operand) {
  return apply_operation<negate_operation>(operand);
}

/// a. Domain: any number.
template <expression Operand>
constexpr auto operator+(const Operand &operand) {
  return operand;
}

struct negate_operation : operation {
  static constexpr std::string_view name = "-"sv;
  static constexpr bool takes_packs = true;
  static constexpr notation written = notation::prefix;
  static constexpr int precedence = 5;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return -x;
  }
  // (-x)' = -1
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(-1); }
  static constexpr symbol simplified(symbol x);
};

struct add_operation : operation {
  static constexpr std::string_view name = "+"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 4;
  static constexpr bool is_commutative = true;
  static constexpr zero_rule zero_if = zero_rule::all;
  static constexpr bool is_rewritten = true;
  static constexpr positivity is_positive = positivity::with_operands;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    if constexpr (std::is_floating_point_v<T>)
      if (__builtin_is_constant_evaluated())
        return math::constant_sum(a, b);
    return a + b;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol);
};

struct subtract_operation : operation {
  static constexpr std::string_view name = "-"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 4;
  static constexpr zero_rule zero_if = zero_rule::all;
  static constexpr bool is_rewritten = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    if constexpr (std::is_floating_point_v<T>)
      if (__builtin_is_constant_evaluated())
        return math::constant_sum(a, T(-b));
    return a - b;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol);
  /// An operand may have better steps for a difference than the difference.
  static constexpr void announce(symbol a, symbol b) {
    for (const symbol side : {a, b})
      if (side.operands() == 1)
        side.operation()->announce_difference(side.operand(0));
  }
  static constexpr symbol code(symbol, symbol, symbol a, symbol b);
};

struct multiply_operation : operation {
  static constexpr std::string_view name = "*"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 5;
  static constexpr bool is_commutative = true;
  static constexpr bool may_overflow = true;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr bool is_rewritten = true;
  static constexpr positivity is_positive = positivity::with_operands;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    if constexpr (std::is_floating_point_v<T>)
      if (__builtin_is_constant_evaluated())
        return math::constant_product(a, b);
    return a * b;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol);
};

struct divide_operation : operation {
  static constexpr std::string_view name = "/"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr notation written = notation::infix;
  static constexpr int precedence = 5;
  static constexpr bool may_be_infinite = true;
  static constexpr zero_rule zero_if = zero_rule::first;
  static constexpr bool is_rewritten = true;
  static constexpr positivity is_positive = positivity::with_operands;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    if constexpr (std::is_floating_point_v<T>)
      if (__builtin_is_constant_evaluated())
        return math::constant_quotient(a, b);
    return a / b;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol b, symbol quotient);
};

namespace detail {

constexpr symbol exact(symbol home, const math::number &value) {
  return value.exists() ? home.home->constant(value) : symbol{};
}

/// A constant that several may become: of three times 1e308 x the sum is finite where 3e308 is not.
/// Of a fraction of two 64-bit numbers even `float` holds the 10^10 on either side.
constexpr bool is_moderate(const math::number &value) {
  return value.exists() && -10 <= value.exponent && value.exponent <= 10;
}

/// A constant that may be moved in a product: 1e200 would make what stands between infinite.
constexpr bool is_movable(symbol x) {
  constexpr std::int64_t largest = 1 << 20;
  const math::number &c = x.value();
  return c.exponent == 0 && -largest < c.numerator && c.numerator < largest &&
         c.denominator < largest;
}

} // namespace detail

constexpr symbols add_operation::adjoint(symbol d, symbol, symbol, symbol) { return {d, d}; }

constexpr symbols subtract_operation::adjoint(symbol d, symbol, symbol, symbol) { return {d, -d}; }

constexpr symbol subtract_operation::code(symbol, symbol, symbol a, symbol b) {
  const symbol steps = a.operation()->difference(a, b);
  if (steps.exists())
    return steps;
  const symbol opposite = b.operation()->difference(b, a);
  return opposite.exists() ? -opposite : opposite;
}

constexpr symbols multiply_operation::adjoint(symbol d, symbol a, symbol b, symbol) {
  return {d * b, d * a};
}

/// mask ? a : 0
struct keep_operation : operation {
  static constexpr std::string_view name = "keep"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &mask, const T &a) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated()) {
        using lane = math::lowest_lane<T>;
        return lane::number(lane::bits_of(mask) & lane::bits_of(a));
      }
    if constexpr (math::is_pack<T>)
      return mask.as_bits() & a.as_bits();
    else
      return mask == T(0.0) ? T(0.0) : a;
  }
};

namespace detail {

/// x, and 0 where the weight is 0, on numbers: of what carries slopes a finite x stays, which is
/// the slope by the weight.
struct absorbed {
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &x) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated())
        return keep_operation::value(math::lowest_lane<T>::mask_of_nonzero(weight), x);
    if constexpr (math::is_pack<T>)
      return keep_operation::value(math::mask_of_nonzero(weight), x);
    else if constexpr (std::is_floating_point_v<T>)
      return weight == T(0.0) ? T(0.0) : x;
    else
      return weight == T(0.0) && !(x - x == T(0.0)) ? T(0.0) : x;
  }
};

/// What products by a weight share: they differ from w a where w is 0, and their slopes do not.
struct product_by_weight : operation {
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 2;
  static constexpr zero_rule zero_if = zero_rule::any;

  static constexpr symbols adjoint(symbol d, symbol weight, symbol a, symbol) {
    return {{d * a, d * weight}};
  }
  static constexpr symbol definition(symbol weight, symbol a) {
    return as_written<multiply_operation>(weight, a); // a product with softmax is a weighted one
  }
};

/// Whether a factor grows as exp does, or is a power that does so beside what falls; of a sum it is
/// enough that one term grows, as of e^2x - e^x, which is NaN. What is 0 where operands are is
/// looked into so many levels deep: what flows through 200 layers is one of 400 factors, and asked
/// at each layer for all of them g++ met its limit.
constexpr bool is_growing(symbol x, int levels = 4) {
  const zero_rule rule = x.operation()->zero_if;
  if (rule == zero_rule::none || rule == zero_rule::choice)
    return x.operation()->is_growing;
  const int count = rule == zero_rule::first ? 1 : x.operands();
  for (int i = 0; i < count && levels > 0; ++i)
    if (is_growing(x.operand(i), levels - (count > 1 ? 1 : 0)))
      return true;
  return false;
}

} // namespace detail

/// w a, and 0 where w is 0, whatever a is.
struct absorbing_product_operation : detail::product_by_weight {
  static constexpr std::string_view name = "absorbing_product"sv;
  static constexpr gating gate = gating::saturated;
  static constexpr bool may_overflow = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &a) {
    return detail::absorbed::value(weight, multiply_operation::value(weight, a));
  }
  /// What falls absorbs what flows into the product, too: in 1 / cosh(x) that is infinite.
  static constexpr symbols adjoint(symbol d, symbol weight, symbol a, symbol) {
    const bool grows = detail::is_growing(d);
    const auto part = [&](symbol x, bool is_falling) {
      return is_falling && grows ? apply_operation<absorbing_product_operation>(x, d) : d * x;
    };
    return {part(a, is<divide_operation>(a)), part(weight, true)};
  }
};

namespace detail {

/// A product of quotients by b: it is 0 where b is infinite, and falls faster than b grows.
constexpr symbol product_that_falls(symbol p, symbol q, symbol b) {
  return b.home->nodes.items[b.index].is_finite == finiteness::may_be_infinite &&
                 p.home->nodes.items[p.index].gate < gating::vanishing &&
                 p.operation()->is_elementwise // else it may be a part among zeros
             ? apply_operation<absorbing_product_operation>(q, p)
             : p * q;
}

} // namespace detail

constexpr symbols divide_operation::adjoint(symbol d, symbol, symbol b, symbol quotient) {
  const symbol part = d / b;
  return {part, -detail::product_that_falls(part, quotient, b)};
}

constexpr symbol negate_operation::simplified(symbol x) {
  if (x.is_number())
    return x.home->constant(math::negated(x.value()));
  if (is<negate_operation>(x))
    return x.operand(0);
  if (is<subtract_operation>(x))
    return x.operand(1) - x.operand(0);
  if (is<multiply_operation>(x) && x.operand(0).is_number())
    return math::negated(x.operand(0).value()) * x.operand(1);
  return {};
}

} // namespace chainrule
