// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// tanh sinh cosh and their inverses. tanh' = 1 - tanh^2, sinh' = cosh, cosh' = sinh,
// asinh' = 1 / sqrt(1 + x^2), acosh' = 1 / sqrt(x^2 - 1), atanh' = 1 / (1 - x^2).
// Together with its derivative tanh comes from one exponential t = exp(-2 |z|):
//   |tanh z| = (1 - t) / (1 + t)      1 - tanh^2 z = 4 t / (1 + t)^2
// and where code is for size from m = expm1(2 |z|) and r = 1 - |tanh z| = 2 / (2 + m):
//   |tanh z| = m / (2 + m)             1 - tanh^2 z = r (2 - r)
// Read next: loss.hpp.
#pragma once

#include <chainrule/math/hyperbolic.hpp>
#include <chainrule/operation/hypot.hpp>
#include <chainrule/operation/sigmoid.hpp>

namespace chainrule {

namespace detail::CHAINRULE_FLAGS {

/// Numbers of which tanh comes from expm1, the function that the C library's tanh calls.
template <class T>
inline constexpr bool is_from_expm1 = math::is_for_size && (std::is_floating_point_v<T>);

/// |tanh z| and 1 - |tanh z| from m: the smaller is a quotient, the other what it lacks to 1.
template <class T>
struct split_tanh {
  bool is_small;
  T smaller;

  CHAINRULE_INLINE constexpr explicit split_tanh(const T &m)
      : is_small(m < T(2.0)), smaller((is_small ? m : T(2.0)) / (T(2.0) + m)) {}
  CHAINRULE_INLINE constexpr T size() const { return is_small ? smaller : T(1.0) - smaller; }
  CHAINRULE_INLINE constexpr T rest() const { return is_small ? T(1.0) - smaller : smaller; }
};

} // namespace detail::CHAINRULE_FLAGS

/// t = exp(-2 |z|), for size m
struct double_decay_operation : operation {
  static constexpr std::string_view name = "exp(-2 abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 2;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    if constexpr (detail::is_from_expm1<T>)
      return math::expm1(T(2.0) * math::abs(z));
    else
      return math::exp(T(-2.0) * detail::magnitude(z));
  }
  static constexpr symbol simplified(symbol z) {
    return is<negate_operation>(z) ? apply_operation<double_decay_operation>(z.operand(0))
                                   : symbol{};
  }
};

/// |tanh z| = 1 - 2 t / (1 + t), and below 0.55, where that cancels, Lambert's continued fraction
/// |z| / (1 + w / (3 + w / (5 + ... / 15))), w = z^2, as a correction of |z|. Both are a - b / c,
/// chosen before the one division. Error below 1.5 units in the last place.
struct tanh_of_decay_operation : operation {
  static constexpr std::string_view name = "tanh of exp(-2 abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 2;
  static constexpr int operations = 20;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &t, const T &z) {
    if constexpr (!detail::has_sign<T>)
      return math::tanh(z);
    else if constexpr (detail::is_from_expm1<T>)
      return math::copysign(detail::split_tanh<T>(t).size(), z);
    else
      return of_magnitude(t, z);
  }

private:
  template <class T>
  CHAINRULE_INLINE static constexpr T of_magnitude(const T &t, const T &z) {
    const T size = math::abs(z), w = multiply_operation::value(z, z);
    const T near = mask_operation<false>::value(size, T(0.55));
    const T over = size * (w * (T(675675.0) + w * (T(45045.0) + w * (T(594.0) + w))));
    const T under = T(2027025.0) + w * (T(945945.0) + w * (T(51975.0) + w * (T(630.0) + w)));
    const T from = choose_operation::value(near, size, T(1.0));
    const T loss = choose_operation::value(near, over, T(2.0) * t) /
                   choose_operation::value(near, under, T(1.0) + t);
    return math::copysign(from - loss, z);
  }
};

/// 1 - tanh^2 z = 4 t / (1 + t)^2, which does not cancel where |tanh| is 1.
struct slope_of_double_decay_operation : operation {
  static constexpr std::string_view name = "tanh' of exp(-2 abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int operations = 4;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &t) {
    if constexpr (detail::is_from_expm1<T>) {
      const T rest = detail::split_tanh<T>(t).rest();
      return rest * (T(2.0) - rest);
    } else {
      const T u = T(1.0) + t;
      return T(4.0) * t / (u * u);
    }
  }
};

struct tanh_operation : operation {
  static constexpr std::string_view name = "tanh"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return math::tanh(z);
  }
  static constexpr symbol derivative(symbol z, symbol);
  static constexpr symbol simplified(symbol z) { return z.is(0) ? z : symbol{}; }
  static constexpr symbol code(symbol original, symbol z);
  static constexpr symbol mirrored(symbol z) { return -apply_operation<tanh_operation>(z); }
  static constexpr symbol in_exponentials(symbol z) {
    const symbol e = exp(2 * z);
    return (e - 1) / (e + 1);
  }
};

/// The hyperbolic tangent, in (-1, 1). Domain: every z.
CHAINRULE_FORMULA(tanh, Operand)
(const Operand &z) { return apply_operation<tanh_operation>(z); }

/// The derivative of tanh as an operation of its own, so that both come from one exponential.
struct tanh_slope_operation : operation {
  static constexpr std::string_view name = "tanh_slope"sv;
  static constexpr gating gate = gating::saturated;
  static constexpr bool takes_packs = true;
  static constexpr notation written = notation::definition;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z) {
    return slope_of_double_decay_operation::value(double_decay_operation::value(z));
  }
  // (1 - tanh^2)' = -2 tanh (1 - tanh^2)
  static constexpr symbol derivative(symbol z, symbol slope) { return -2 * (tanh(z) * slope); }
  static constexpr symbol definition(symbol z) {
    return detail::as_written<subtract_operation>(z.home->constant(1), square(tanh(z)));
  }
  static constexpr symbol simplified(symbol z) {
    return is<negate_operation>(z) ? apply_operation<tanh_slope_operation>(z.operand(0)) : symbol{};
  }
  static constexpr positivity is_positive = positivity::always;
  static constexpr symbol log_of(symbol z);
  static constexpr void announce(symbol z) {
    detail::announce<double_decay_operation>(is<negate_operation>(z) ? z.operand(0) : z);
  }
  static constexpr symbol code(symbol, symbol z) {
    return apply_operation<slope_of_double_decay_operation>(
        apply_operation<double_decay_operation>(z));
  }
};

/// Where its derivative is wanted too, from the same exponential; alone it is the C library's.
constexpr symbol tanh_operation::code(symbol original, symbol z) {
  if (detail::is_announced<double_decay_operation>(original))
    tanh_slope_operation::code(original, z); // beside it, as for sigmoid
  return apply_operation<tanh_of_decay_operation>(apply_operation<double_decay_operation>(z), z);
}

constexpr symbol tanh_operation::derivative(symbol z, symbol) {
  return apply_operation<tanh_slope_operation>(z);
}

struct sinh_operation : operation {
  static constexpr std::string_view name = "sinh"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool is_growing = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::sinh(x);
  }
  static constexpr symbol derivative(symbol x, symbol);
  static constexpr symbol simplified(symbol x) { return detail::odd<sinh_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) { return (exp(2 * x) - 1) / (2 * exp(x)); }
  static constexpr symbol log_of(symbol x);
};

/// The hyperbolic sine, (e^x - e^-x) / 2. Domain: every x.
CHAINRULE_FORMULA(sinh, Operand)
(const Operand &x) { return apply_operation<sinh_operation>(x); }

struct cosh_operation : operation {
  static constexpr std::string_view name = "cosh"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool is_growing = true;
  static constexpr positivity is_positive = positivity::always;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::cosh(x);
  }
  static constexpr symbol derivative(symbol x, symbol);
  static constexpr symbol simplified(symbol x) { return detail::even<cosh_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) { return (exp(2 * x) + 1) / (2 * exp(x)); }
  static constexpr symbol log_of(symbol x);
};

/// The hyperbolic cosine, (e^x + e^-x) / 2. Domain: every x.
CHAINRULE_FORMULA(cosh, Operand)
(const Operand &x) { return apply_operation<cosh_operation>(x); }

// sinh' = cosh, cosh' = sinh
constexpr symbol sinh_operation::derivative(symbol x, symbol) { return cosh(x); }
constexpr symbol cosh_operation::derivative(symbol x, symbol) { return sinh(x); }

/// log1p(cosh(x) - 1) = log1p(t^2 / (2 + 2 t)), t = e^|x| - 1, and from 1 on |x| - ln2 +
/// log1p(e^(-2 |x|)), from one exponential and one logarithm. Error below 3 units in the last
/// place.
struct log_cosh_operation : operation {
  static constexpr std::string_view name = "log_cosh"sv;
  static constexpr positivity is_positive = positivity::never_negative;
  static constexpr bool is_rewritten = true;
  static constexpr int operations = 12;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (!detail::has_sign<T>) {
      return math::log(math::cosh(x));
    } else {
      using choose = choose_operation;
      const T size = math::abs(x), one(1.0);
      const T near = mask_operation<false>::value(size, one);
      const T t = math::expm1(T(choose::value(near, size, T(T(-2.0) * size))));
      const T over = choose::value(near, T(t * t), T(one + t));
      const T under = choose::value(near, T(T(2.0) + T(2.0) * t), one);
      const T outside = choose::value(near, T(0.0), T(size - T(0.69314718055994530942)));
      return math::log1p(T(over / under)) + outside;
    }
  }
  static constexpr symbol derivative(symbol x, symbol) { return tanh(x); }
  static constexpr symbol simplified(symbol x) { return detail::even<log_cosh_operation>(x); }
};

/// log(cosh(x)), without overflow: a smooth |x|. Domain: every x.
CHAINRULE_FORMULA(log_cosh, Operand)
(const Operand &x) { return apply_operation<log_cosh_operation>(x); }

constexpr symbol sinh_operation::log_of(symbol x) {
  return x + (log1mexp(-2 * x) - log(x.home->constant(2)));
}
constexpr symbol cosh_operation::log_of(symbol x) { return apply_operation<log_cosh_operation>(x); }
constexpr symbol tanh_slope_operation::log_of(symbol z) {
  return -2 * apply_operation<log_cosh_operation>(z);
}

struct asinh_operation : operation {
  static constexpr std::string_view name = "asinh"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::asinh(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / hypot(x, x.home->constant(1))};
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<asinh_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) { return log(x + sqrt(square(x) + 1)); }
};

/// The inverse of sinh. Domain: every x.
CHAINRULE_FORMULA(asinh, Operand)
(const Operand &x) { return apply_operation<asinh_operation>(x); }

struct acosh_operation : operation {
  static constexpr std::string_view name = "acosh"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::acosh(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / (sqrt(x - 1) * sqrt(x + 1))};
  }
  static constexpr symbol in_exponentials(symbol x) { return log(x + sqrt(x - 1) * sqrt(x + 1)); }
};

/// The inverse of cosh, >= 0. Domain: x >= 1; NaN below.
CHAINRULE_FORMULA(acosh, Operand)
(const Operand &x) { return apply_operation<acosh_operation>(x); }

struct atanh_operation : operation {
  static constexpr std::string_view name = "atanh"sv;
  static constexpr bool is_odd = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::atanh(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / detail::complement_of_square(x)};
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<atanh_operation>(x); }
  static constexpr symbol in_exponentials(symbol x) {
    return x.home->constant(math::reduced(1, 2)) * log((1 + x) / (1 - x));
  }
};

/// The inverse of tanh. Domain: -1 <= x <= 1; infinite at -1 and 1, NaN beyond.
CHAINRULE_FORMULA(atanh, Operand)
(const Operand &x) { return apply_operation<atanh_operation>(x); }

} // namespace chainrule
