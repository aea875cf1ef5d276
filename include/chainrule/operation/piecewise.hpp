// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// max, min, relu. At ties max and min take the first argument; relu'(0) = 0.
// Read next: absolute_value.hpp.
#pragma once

#include <limits>

#include <chainrule/operation/gate.hpp>

namespace chainrule {

namespace detail {

constexpr bool is_positive_number(symbol x) {
  return x.is_number() && !x.value().is_negative() && !x.is(0);
}

/// Whether x is 0 or more wherever it is a real number, and may be 0: of what is positive there is
/// no kink to remove.
constexpr bool is_never_negative(symbol x, int levels = 4) {
  const operation_record &operation = *x.operation();
  if (operation.is_positive != positivity::with_operands || levels == 0)
    return operation.is_positive == positivity::never_negative && x.home->is_real;
  bool may_be_zero = false;
  for (int i = 0; i < x.operands(); ++i) {
    const symbol each = x.operand(i);
    const bool is_positive =
        each.operation()->is_positive == positivity::always || is_positive_number(each);
    if ((is_positive && operation.zero_if == zero_rule::all) ||
        (!is_positive && !is_never_negative(each, levels - 1)))
      return false;
    may_be_zero = may_be_zero || !is_positive;
  }
  return may_be_zero;
}

/// b where a < b, else a.
template <class T>
CHAINRULE_INLINE constexpr T larger(const T &a, const T &b) {
  if constexpr (math::is_pack<T>)
    return math::larger(a, b);
  else if constexpr (math::complex_number<T>)
    return a.real() < b.real() ? b : a;
  else
    return a < b ? b : a;
}

} // namespace detail

/// x, at infinity the largest number: a factor beside another that is 0 there, as e^-x is. The
/// limit of their product is 0, and infinity times 0 is NaN.
struct bounded_operation : operation {
  static constexpr std::string_view name = "bounded"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::is_pack<T>) {
      const T largest(std::numeric_limits<typename T::value_type>::max());
      return math::smaller(largest, math::larger(x, -largest));
    } else if constexpr (std::numeric_limits<T>::is_specialized) {
      const T largest = std::numeric_limits<T>::max(), above = detail::larger(x, T(-largest));
      return largest < above ? largest : above;
    } else {
      return x;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol simplified(symbol x) {
    if (x.is_number())
      return x;
    return is<negate_operation>(x) ? -apply_operation<bounded_operation>(x.operand(0)) : symbol{};
  }
};

/// x, at -infinity the lowest number: a - raised(b) is the logarithm of e^a / e^b, and -infinity
/// where e^a is 0, whatever b is.
struct raised_operation : operation {
  static constexpr std::string_view name = "raised"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::is_pack<T>)
      return math::larger(x, T(std::numeric_limits<typename T::value_type>::lowest()));
    else if constexpr (std::numeric_limits<T>::is_specialized)
      return detail::larger(x, std::numeric_limits<T>::lowest());
    else
      return x;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol simplified(symbol x) { return x.is_number() ? x : symbol{}; }
};

namespace detail {

/// What the largest and the smallest of operands share: one after another is compared with the best
/// of those before it, so that of equal ones the first is taken.
template <class Operation>
struct best_of_operands : operation {
  static constexpr bool takes_packs = true;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &best, const T &next,
                                            const std::same_as<T> auto &...rest) {
    if constexpr (sizeof...(rest) == 0)
      return Operation::better(best, next);
    else
      return value(Operation::better(best, next), rest...);
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    const symbol zero = d.home->constant(0);
    symbols parts;
    parts.append(all.size, {});
    for (int i = all.size - 1; i > 0; --i) {
      const symbol where = Operation::is_better(all.items[i], best_before(all, i));
      const symbol rest = select(where, zero, d);
      parts.items[i] = select(where, d, zero);
      d = rest;
    }
    parts.items[0] = d;
    return parts;
  }
  static constexpr symbol simplified(const symbols &all) {
    symbols different;
    for (const symbol each : all)
      if (different.find(each) < 0)
        different.push(each);
    return different.size < all.size ? best_before(different, different.size) : symbol{};
  }
  static constexpr symbol definition(const symbols &all) {
    symbol best = all.items[0];
    for (int i = 1; i < all.size; ++i)
      best = select(Operation::is_better(all.items[i], best), all.items[i], best);
    return best;
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    if (all.size == 2)
      return {};
    symbol best = all.items[0];
    for (int i = 1; i < all.size; ++i)
      best = apply_operation<Operation>(best, all.items[i]);
    return best;
  }

private:
  static constexpr symbol best_before(const symbols &all, int end) {
    symbols before;
    for (int i = 0; i < end; ++i)
      before.push(all.items[i]);
    return end == 1 ? all.items[0] : apply_operation<Operation>(before);
  }
};

} // namespace detail

struct max_operation : detail::best_of_operands<max_operation> {
  static constexpr std::string_view name = "max"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T better(const T &a, const T &b) {
    return detail::larger(a, b);
  }
  static constexpr symbol is_better(symbol next, symbol best) { return best < next; }
  /// Of what is never negative no tie with 0 takes the 0: the square of a norm stays smooth.
  static constexpr symbol simplified(const symbols &all) {
    const symbol a = all.items[0], b = all.items[1];
    if (all.size == 2 && b.is(0) && detail::is_never_negative(a))
      return a;
    if (all.size == 2 && a.is(0) && a.home->rules == detail::rewriting::all && // not in code
        detail::is_never_negative(b))
      return select(b >= a, b, a); // NaN is not above 0
    return best_of_operands::simplified(all);
  }
};

struct min_operation : detail::best_of_operands<min_operation> {
  static constexpr std::string_view name = "min"sv;

  template <class T>
  CHAINRULE_INLINE static constexpr T better(const T &a, const T &b) {
    if constexpr (math::is_pack<T>)
      return math::smaller(b, a);
    else if constexpr (math::complex_number<T>)
      return b.real() < a.real() ? b : a;
    else
      return b < a ? b : a;
  }
  static constexpr symbol is_better(symbol next, symbol best) { return next < best; }
};

/// The largest of two numbers or more. Domain: any numbers. Slope: that of the first of equal ones.
CHAINRULE_FORMULA_OF_MANY(max, First, Second, Rest)
(const First &first, const Second &second, const Rest &...rest) {
  return apply_operation<max_operation>(first, second, rest...);
}

/// The smallest of two numbers or more. Domain: any numbers. Slope: that of the first of equal
/// ones.
CHAINRULE_FORMULA_OF_MANY(min, First, Second, Rest)
(const First &first, const Second &second, const Rest &...rest) {
  return apply_operation<min_operation>(first, second, rest...);
}

struct relu_operation : operation {
  static constexpr std::string_view name = "relu"sv;
  static constexpr bool is_rectifier = true;
  static constexpr positivity is_positive = positivity::never_negative;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::carries_slopes<T>)
      if (x == T(0.0))
        return T(0.0);
    return detail::larger(x, T(0.0)); // NaN stays NaN
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    const symbol zero = d.home->constant(0);
    return {detail::gate<gating::rectified>(x > zero, d, zero)};
  }
  static constexpr symbol simplified(symbol x) {
    return is<relu_operation>(x) || detail::is_never_negative(x) ? x : symbol{};
  }
  static constexpr symbol definition(symbol x) {
    const symbol zero = x.home->constant(0);
    return select(x > zero, x, zero);
  }
};

/// max(x, 0). Domain: every x.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(relu, Operand)
(const Operand &x) { return apply_operation<relu_operation>(x); }

} // namespace chainrule
