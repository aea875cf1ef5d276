// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Powers and roots: square sqrt cbrt reciprocal pow.
// (x^2)' = 2 x, sqrt' = 1 / (2 sqrt x), cbrt' = 1 / (3 cbrt(x)^2), (x^y)' = y x^(y-1) and
// x^y log x.
// Read next: hypot.hpp.
#pragma once

#include <limits>

#include <chainrule/lanes/power.hpp>
#include <chainrule/operation/exponential.hpp>

namespace chainrule {

struct square_operation : operation {
  static constexpr std::string_view name = "square"sv;
  static constexpr bool may_overflow = true;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr positivity is_positive = positivity::never_negative;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return multiply_operation::value(x, x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {{2 * d * x}}; }
  static constexpr symbol definition(symbol x) {
    return detail::as_written<multiply_operation>(x, x);
  }
  static constexpr symbol simplified(symbol x) {
    if (x.is_number())
      return detail::exact(x, product(x.value(), x.value()));
    const symbol other = detail::without_sign(x);
    return other.exists() ? apply_operation<square_operation>(other) : other;
  }
};

/// x^2. Domain: every x.
CHAINRULE_FORMULA(square, Operand)
(const Operand &x) { return apply_operation<square_operation>(x); }

/// (high - x) (x - low), whose derivative by the rule of the product would cancel in the middle.
struct between_operation : operation {
  static constexpr std::string_view name = "between"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 3;
  static constexpr int operations = 3;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &low, const T &high) {
    return multiply_operation::value(T(high - x), T(x - low));
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol low, symbol high, symbol) {
    return {d * (low + high - 2 * x)};
  }
  static constexpr symbol definition(symbol x, symbol low, symbol high) {
    return low.is(0) ? x * (high - x) : (high - x) * (-low + x);
  }
};

namespace detail {

/// (1 - x) (1 + x)
constexpr symbol complement_of_square(symbol x) {
  return apply_operation<between_operation>(x, x.home->constant(-1), x.home->constant(1));
}

} // namespace detail

struct sqrt_operation : operation {
  static constexpr std::string_view name = "sqrt"sv;
  static constexpr int families = detail::family::roots;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true; // its derivative, at 0
  static constexpr positivity is_positive = positivity::never_negative;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::fits_lane<T>)
      if (!__builtin_is_constant_evaluated())
        return math::lowest_lane<T>::root(x);
    return math::sqrt(x);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) { return {d / (2 * result)}; }
  static constexpr symbol simplified(symbol x) { return x.is(0) || x.is(1) ? x : symbol{}; }
};

/// The square root of a sum of squares: where it is 0, its slope is taken as 0.
struct root_of_squares_operation : operation {
  static constexpr std::string_view name = "root_of_squares"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true; // its second derivatives
  static constexpr positivity is_positive = positivity::never_negative;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return sqrt_operation::value(x);
  }
  static constexpr symbol derivative(symbol x, symbol result) {
    const symbol zero = x.home->constant(0);
    return detail::zero_where(result <= zero, 1 / (2 * result));
  }
  static constexpr symbol squared(symbol x) { return x; }
  static constexpr symbol definition(symbol x) { return detail::as_written<sqrt_operation>(x); }
  static constexpr symbol code(symbol, symbol x) { return apply_operation<sqrt_operation>(x); }
};

/// x, of squares, beside a root that is 0 where they are: they fall faster than its derivatives
/// grow, so that x times a second derivative of the root is 0.
struct squares_beside_root_operation : operation {
  static constexpr std::string_view name = "squares_beside_root"sv;
  static constexpr notation written = notation::definition;
  static constexpr gating gate = gating::vanishing;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::any;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol code(symbol, symbol x) { return x; }
};

/// x inside of a domain, where there is room, not below 0, else NaN: a function of its inverse.
struct inside_operation : operation {
  static constexpr std::string_view name = "inside"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &room) {
    return room < T(0.0) ? sqrt_operation::value(room) : x;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol room, symbol) {
    return {d * select(room < 0, apply_operation<sqrt_operation>(room), d.home->constant(1))};
  }
  static constexpr symbol definition(symbol x, symbol room) {
    return x == room ? detail::as_written<square_operation>(apply_operation<sqrt_operation>(x))
                     : select(room < 0, apply_operation<sqrt_operation>(room), x);
  }
  static constexpr symbol code(symbol, symbol, symbol x, symbol room) {
    return apply_operation<choose_operation>(detail::mask_of(room < room.home->constant(0)),
                                             apply_operation<sqrt_operation>(room), x);
  }
};

namespace detail {

constexpr symbol inside(symbol x, symbol room) {
  return apply_operation<inside_operation>(x, room);
}

} // namespace detail

/// x sqrt(x); by the rule of the product its slope at 0 was 0 / 0.
struct product_with_root_operation : operation {
  static constexpr std::string_view name = "product_with_root"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true; // its second derivative, at 0

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x * sqrt_operation::value(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return math::reduced(3, 2) * apply_operation<sqrt_operation>(x);
  }
  static constexpr symbol definition(symbol x) {
    return detail::as_written<multiply_operation>(x, apply_operation<sqrt_operation>(x));
  }
  static constexpr symbol code(symbol, symbol x) { return definition(x); }
};

/// The square root. Domain: x >= 0; NaN below.
CHAINRULE_FORMULA(sqrt, Operand)
(const Operand &x) { return apply_operation<sqrt_operation>(x); }

struct cbrt_operation : operation {
  static constexpr std::string_view name = "cbrt"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::cbrt(x);
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) {
    return {d / (3 * square(result))};
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<cbrt_operation>(x); }
};

/// The cube root. Domain: every x.
CHAINRULE_FORMULA(cbrt, Operand)
(const Operand &x) { return apply_operation<cbrt_operation>(x); }

/// 1 / x. Domain: every x but 0.
CHAINRULE_FORMULA(reciprocal, Operand)
(const Operand &x) { return literal<1>{} / x; }

/// x^y from x^(y + 1), which is there beside it: the quotient by x, where no limit of the numbers
/// is near. It is also more accurate, for y is a difference that was rounded.
struct power_below_operation : operation {
  static constexpr std::string_view name = "power_below"sv;
  static constexpr int arity = 3;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &above, const T &x, const T &y) {
    if constexpr (math::is_pack<T>) {
      return math::power_below(above, x, y);
    } else {
      if constexpr (std::is_floating_point_v<T>) {
        using limits = std::numeric_limits<T>;
        const T quotient = divide_operation::value(above, x), size = math::abs(above);
        const bool is_usual =
            limits::min() <= size && size <= limits::max() && math::abs(quotient) <= limits::max();
        if (is_usual) [[likely]]
          return quotient;
      }
      return math::pow(x, y);
    }
  }
};

/// x^y (log x)^k, the derivatives of x^y by y and x: 0 where x^y is 0, as in the limit x = 0.
struct power_log_operation : operation {
  static constexpr std::string_view name = "power_log"sv;
  static constexpr bool is_growing = true;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 3;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y, const T &k) {
    return absorbing_product_operation::value(T(math::pow(x, y)), T(math::pow(math::log(x), k)));
  }
  static constexpr symbol of(symbol x, symbol y, std::int64_t k) {
    return apply_operation<power_log_operation>(x, y, math::number(k));
  }
  /// Its derivative by x.
  static constexpr symbol by_base(symbol x, symbol y, std::int64_t k) {
    const symbol slope = apply_operation<absorbing_product_operation>(y, of(x, y - 1, k));
    return k == 0 ? slope : slope + math::number(k) * of(x, y - 1, k - 1);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol k, symbol) {
    return {d * by_base(x, y, k.value().numerator), d * of(x, y, k.value().numerator + 1)};
  }
  static constexpr symbol definition(symbol x, symbol y, symbol k);
  static constexpr symbol code(symbol, symbol, symbol, symbol x, symbol y, symbol k);
};

struct pow_operation : operation {
  static constexpr std::string_view name = "pow"sv;
  static constexpr bool is_growing = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr int narrowest_pack = 32; // of two doubles 17 ns a number, glibc's pow 10
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y) {
    return math::pow(x, y);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol) {
    if (y.is_number()) {
      const symbol power = apply_operation<pow_operation>(x, y - 1);
      return {y.value().is_negative() ? detail::product_that_falls(y * d, power, x)
                                      : y * d * power};
    }
    // at the origin 0^y is taken as a constant, and x^0 is one
    const symbol zero = d.home->constant(0), at_origin = abs(x) <= zero && abs(y) <= zero;
    return {d * power_log_operation::by_base(x, y, 0),
            d * detail::zero_where(at_origin, power_log_operation::of(x, y, 1))};
  }
  static constexpr symbol simplified(symbol x, symbol y) {
    if (y.is(0))
      return x.home->constant(1);
    if (y.is(1))
      return x;
    return y.is(2) ? square(x) : symbol{};
  }
  /// A small whole power is a few multiplications: x^5 = (x^2)^2 x.
  static constexpr symbol code(symbol, symbol exponent, symbol x, symbol) {
    if (!exponent.is_number() || exponent.value().denominator != 1 ||
        exponent.value().exponent != 0)
      return {};
    const std::int64_t n = exponent.value().numerator;
    if (n < -16 || n > 16)
      return {};
    symbol result, power = x;
    for (std::int64_t rest = n < 0 ? -n : n; rest != 0; rest /= 2) {
      if (rest % 2 != 0)
        result = result.exists() ? apply_operation<multiply_operation>(result, power) : power;
      if (rest > 1)
        power = apply_operation<square_operation>(power);
    }
    return n < 0 ? apply_operation<divide_operation>(x.home->constant(1), result) : result;
  }
};

constexpr symbol power_log_operation::definition(symbol x, symbol y, symbol k) {
  symbol result = apply_operation<pow_operation>(x, y);
  for (std::int64_t i = 0; i < k.value().numerator; ++i)
    result = result * log(x);
  return result;
}

namespace detail {

/// x^y where x^(y + 1) may be known.
constexpr symbol power_in_steps(symbol original, symbol original_y, symbol x, symbol y) {
  const auto is_one_less = [](symbol z) { return is<subtract_operation>(z) && z.operand(1).is(1); };
  if (is_one_less(original_y) && is_one_less(y) &&
      found<pow_operation>(original, original_y.operand(0)).exists())
    return apply_operation<power_below_operation>(apply_operation<pow_operation>(x, y.operand(0)),
                                                  x, y);
  return apply_operation<pow_operation>(x, y);
}

} // namespace detail

constexpr symbol power_log_operation::code(symbol original, symbol original_y, symbol, symbol x,
                                           symbol y, symbol k) {
  const symbol power = detail::power_in_steps(original, original_y, x, y);
  const symbol logarithm = log(x);
  symbol factor = logarithm;
  for (std::int64_t i = 1; i < k.value().numerator; ++i)
    factor = apply_operation<multiply_operation>(factor, logarithm);
  return k.is(0) ? power : apply_operation<absorbing_product_operation>(power, factor);
}

/// x^y, as C's pow. Domain: x >= 0 or whole y.
CHAINRULE_FORMULA_OF_TWO(pow, Base, Exponent)
(const Base &base, const Exponent &exponent) {
  return apply_operation<pow_operation>(base, exponent);
}

} // namespace chainrule
