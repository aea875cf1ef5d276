// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The error function and the normal distribution: erf erfc normal_density normal_cdf
// log_normal_cdf.
// erf' = 2 / sqrt(pi) e^(-x^2), Phi' = phi, phi' = -x phi, (log Phi)' = phi / Phi.
// Read next: gamma.hpp.
#pragma once

#include <chainrule/lanes/error_function.hpp>
#include <chainrule/operation/constant.hpp>
#include <chainrule/operation/power.hpp>
#include <chainrule/operation/rounding.hpp>

namespace chainrule {

namespace detail {

/// Digits * 10^Exponent: a constant of more digits than a literal may have.
template <std::int64_t Digits, int Exponent>
inline constexpr auto constant = [] {
  constexpr math::number value = math::reduced(Digits, 1, Exponent);
  return literal<value.numerator, value.denominator, value.exponent>{};
}();

} // namespace detail

/// 2 / sqrt(pi) e^(-x^2) as an operation of its own: the square is not rounded.
struct erf_slope_operation : operation {
  static constexpr std::string_view name = "erf_slope"sv;
  static constexpr notation written = notation::definition;
  static constexpr bool takes_packs = true;
  static constexpr gating gate = gating::vanishing;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::erf_slope(x);
  }
  static constexpr symbol derivative(symbol x, symbol slope) {
    return -2 * (apply_operation<bounded_operation>(x) * slope);
  }
  static constexpr symbol simplified(symbol x) { return detail::even<erf_slope_operation>(x); }
  static constexpr symbol definition(symbol x) {
    return 2 / sqrt(detail::pi_in(*x.home)) * exp(-square(x));
  }
  static constexpr symbol in_exponentials(symbol x) { return definition(x); }
};

struct erf_operation : operation {
  static constexpr std::string_view name = "erf"sv;
  static constexpr bool takes_packs = true;
  static constexpr bool is_odd = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::erf(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return apply_operation<erf_slope_operation>(x);
  }
  static constexpr symbol simplified(symbol x) { return detail::odd<erf_operation>(x); }

  struct complement {
    static constexpr std::string_view formula = "1 - erf(x) = erfc(x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "0 above x = 6"sv;

    static constexpr symbol apply(symbol x);
  };
  static constexpr symbol in_exponentials(symbol x);
};

/// The error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. Domain: every x.
CHAINRULE_FORMULA(erf, Operand)
(const Operand &x) { return apply_operation<erf_operation>(x); }

struct erfc_operation : operation {
  static constexpr std::string_view name = "erfc"sv;
  static constexpr bool takes_packs = true;
  static constexpr gating gate = gating::saturated;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::erfc(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return -apply_operation<erf_slope_operation>(x);
  }
  static constexpr symbol definition(symbol x) {
    return detail::as_written<subtract_operation>(x.home->constant(1), erf(x));
  }
  static constexpr positivity is_positive = positivity::always;
  static constexpr symbol log_of(symbol x);

  struct complement {
    static constexpr std::string_view formula = "1 - erfc(x) = erf(x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "digits near 0"sv;

    static constexpr symbol apply(symbol x) { return erf(x); }
  };
};

/// 1 - erf(x), without cancellation. Domain: every x.
CHAINRULE_FORMULA(erfc, Operand)
(const Operand &x) { return apply_operation<erfc_operation>(x); }

constexpr symbol erf_operation::complement::apply(symbol x) { return erfc(x); }

struct normal_density_operation : operation {
  static constexpr std::string_view name = "normal_density"sv;
  static constexpr bool takes_packs = true;
  static constexpr bool is_rewritten = true;
  static constexpr gating gate = gating::vanishing;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::normal_density(x);
  }
  static constexpr symbol derivative(symbol x, symbol result);
  static constexpr symbol simplified(symbol x) { return detail::even<normal_density_operation>(x); }
  static constexpr positivity is_positive = positivity::always;
  static constexpr symbol log_of(symbol x) { // log(sqrt(2 pi)) = 0.9189...
    return -(x.home->constant(math::reduced(1, 2)) * square(x) +
             x.home->constant(math::reduced(918938533204672742, 1, -18)));
  }
  static constexpr symbol in_exponentials(symbol x) {
    return exp(x.home->constant(math::reduced(-1, 2)) * square(x)) /
           sqrt(2 * detail::pi_in(*x.home));
  }
};

/// e^(-x^2 / 2) / sqrt(2 pi), the density of the standard normal distribution. Domain: every x.
CHAINRULE_FORMULA(normal_density, Operand)
(const Operand &x) { return apply_operation<normal_density_operation>(x); }

/// -x phi(x): its derivative as (x - 1) (x + 1) phi(x) does not cancel near 1.
struct normal_density_slope_operation : operation {
  static constexpr std::string_view name = "normal_density_slope"sv;
  static constexpr notation written = notation::definition;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return -(bounded_operation::value(x) * math::normal_density(x));
  }
  static constexpr symbol derivative(symbol x, symbol) {
    const symbol square = detail::complement_of_square(apply_operation<bounded_operation>(x));
    return -(apply_operation<bounded_operation>(square) * normal_density(x));
  }
  static constexpr symbol definition(symbol x) {
    return -(apply_operation<bounded_operation>(x) * normal_density(x));
  }
  static constexpr symbol code(symbol, symbol x) {
    return -(apply_operation<bounded_operation>(x) * apply_operation<normal_density_operation>(x));
  }
};

// It absorbs what is infinite where the density has vanished, not where it is 0 because x is.
constexpr symbol normal_density_operation::derivative(symbol x, symbol result) {
  const symbol zero = x.home->constant(0),
               slope = apply_operation<normal_density_slope_operation>(x);
  return x.home->is_real ? select(result <= zero, zero, slope) : slope;
}

struct normal_cdf_operation : operation {
  static constexpr std::string_view name = "normal_cdf"sv;
  static constexpr bool takes_packs = true;
  static constexpr gating gate = gating::saturated;
  static constexpr positivity is_positive = positivity::always;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::normal_cdf(x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return normal_density(x); }
  static constexpr symbol mirrored(symbol x) {
    return detail::as_written<subtract_operation>(x.home->constant(1),
                                                  apply_operation<normal_cdf_operation>(x));
  }

  struct logarithm {
    static constexpr std::string_view formula = "log(normal_cdf(x)) = log_normal_cdf(x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "-inf below x = -38"sv;

    static constexpr symbol apply(symbol x);
  };
  struct complement {
    static constexpr std::string_view formula = "1 - normal_cdf(x) = normal_cdf(-x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "0 above x = 8"sv;

    static constexpr symbol apply(symbol x);
  };
};

/// The probability that a standard normal number is below x. Domain: every x.
CHAINRULE_FORMULA(normal_cdf, Operand)
(const Operand &x) { return apply_operation<normal_cdf_operation>(x); }

constexpr symbol erf_operation::in_exponentials(symbol x) {
  return 2 * normal_cdf(sqrt(x.home->constant(2)) * x) - 1;
}

constexpr symbol normal_cdf_operation::complement::apply(symbol x) { return normal_cdf(-x); }

/// r (x + r) of the inverse Mills' ratio r(x). As it is written, it would cancel below 0.
struct inverse_mills_slope_operation : operation {
  static constexpr std::string_view name = "inverse_mills_slope"sv;
  static constexpr notation written = notation::definition;
  static constexpr gating gate = gating::saturated;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::inverse_mills_slope(x);
  }
  static constexpr symbol definition(symbol x);
  static constexpr symbol derivative(symbol x, symbol slope);
};

/// phi(x) / Phi(x), the inverse of Mills' ratio at -x
struct inverse_mills_operation : operation {
  static constexpr std::string_view name = "inverse_mills_ratio"sv;
  static constexpr gating gate = gating::saturated;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::inverse_mills(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return -apply_operation<inverse_mills_slope_operation>(x);
  }
  static constexpr positivity is_positive = positivity::always;
  static constexpr symbol log_of(symbol x);
};

/// (r (x + r))' = r (1 - s) - s (x + r) with s = r (x + r). Far below 0 both terms are near 1 / |x|
/// and their difference is -2 / |x|^3: there by Laplace's continued fraction, r = y + 1 / k,
/// k = y + 2 / m, m = y + 3 / n, n = y + 4 / p, ..., y = -x, of which it is
/// -2 r (y + 9 / n - 8 / p) / (k^2 m^2 n).
struct inverse_mills_curvature_operation : operation {
  static constexpr std::string_view name = "inverse_mills_curvature"sv;
  static constexpr notation written = notation::definition;
  static constexpr gating gate = gating::saturated;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (std::is_same_v<T, float>) {
      using wider = std::conditional_t<sizeof(T) == sizeof(float), double, T>;
      return static_cast<T>(value(static_cast<wider>(x)));
    } else {
      if constexpr (std::is_floating_point_v<T>)
        if (x < T(-2.5))
          return far_below(x < T(-1e150) ? T(1e150) : T(-x)); // from where on it is 0
      const T ratio = math::inverse_mills(x), slope = math::inverse_mills_slope(x);
      return ratio * (T(1.0) - slope) - slope * (bounded_operation::value(x) + ratio);
    }
  }
  // c' = (r (1 - s) - s (x + r))' = -2 s (1 - s) - c (x + 2 r); far below 0, where s is near 1,
  // with 1 - s = (c + s^2 / r) / r
  static constexpr symbol derivative(symbol x, symbol curvature) {
    const symbol ratio = apply_operation<inverse_mills_operation>(x);
    const symbol slope = apply_operation<inverse_mills_slope_operation>(x);
    const symbol rest = select(x < 0, (curvature + slope * (slope / ratio)) / ratio, 1 - slope);
    return -2 * (slope * rest) - curvature * (x + 2 * ratio);
  }
  static constexpr symbol definition(symbol x) {
    const symbol ratio = apply_operation<inverse_mills_operation>(x);
    const symbol slope = ratio * (x + ratio);
    return ratio * (1 - slope) - slope * (x + ratio);
  }

private:
  template <class T>
  static constexpr T far_below(T y) {
    T p = (y + math::sqrt(y * y + 324)) / 2; // where p = y + 81 / p
    for (int i = 80; i > 4; --i)             // 4e-18 off at 2.5
      p = y + T(i) / p;
    const T n = y + 4 / p, m = y + 3 / n, k = y + 2 / m, r = y + 1 / k;
    return -2 * (r / k) * ((y + (9 / n - 8 / p)) / n) / k / m / m;
  }
};

/// phi(x) / Phi(x), the derivative of log_normal_cdf, also where both are 0: the inverse of Mills'
/// ratio at -x. Domain: every x.
CHAINRULE_FORMULA(inverse_mills_ratio, Operand)
(const Operand &x) { return apply_operation<inverse_mills_operation>(x); }

constexpr symbol inverse_mills_slope_operation::definition(symbol x) {
  return inverse_mills_ratio(x) * (x + inverse_mills_ratio(x));
}
constexpr symbol inverse_mills_slope_operation::derivative(symbol x, symbol) {
  return apply_operation<inverse_mills_curvature_operation>(x);
}

struct log_normal_cdf_operation : operation {
  static constexpr std::string_view name = "log_normal_cdf"sv;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log_normal_cdf(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return apply_operation<inverse_mills_operation>(x);
  }
};

/// log(normal_cdf(x)), accurate even where normal_cdf(x) rounds to 0 or 1. Domain: every x.
CHAINRULE_FORMULA(log_normal_cdf, Operand)
(const Operand &x) { return apply_operation<log_normal_cdf_operation>(x); }

constexpr symbol normal_cdf_operation::logarithm::apply(symbol x) { return log_normal_cdf(x); }
/// Below 0 the two logarithms would cancel, above 38 the ratio is 0.
constexpr symbol inverse_mills_operation::log_of(symbol x) {
  const symbol zero = x.home->constant(0);
  const symbol ratio = apply_operation<inverse_mills_operation>(min(x, zero));
  return select(x < zero, detail::as_written<log_operation>(ratio),
                normal_density_operation::log_of(x) - log_normal_cdf(x));
}

/// log1p(-erf x) below 1/2, and from there on ln2 + log Phi(-sqrt(2) x), which cancels near 0.
struct log_erfc_operation : operation {
  static constexpr std::string_view name = "log_erfc"sv;
  static constexpr int transcendentals = 3;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    const T near = mask_operation<false>::value(x, T(0.5));
    const T tail = math::log_normal_cdf(T(T(-1.41421356237309504880) * x));
    return choose_operation::value(near, T(math::log1p(T(-math::erf(x)))),
                                   T(tail + T(0.69314718055994530942)));
  }
  // erfc' / erfc; below 0 as it stands, for there sqrt(2) x is rounded and multiplied by as much
  static constexpr symbol derivative(symbol x, symbol) {
    const symbol root = sqrt(x.home->constant(2));
    return -select(x < 0, apply_operation<erf_slope_operation>(x) / erfc(x),
                   root * apply_operation<inverse_mills_operation>(-(root * x)));
  }
};

/// log(erfc(x)), accurate even where erfc(x) underflows. Domain: every x.
CHAINRULE_FORMULA(log_erfc, Operand)
(const Operand &x) { return apply_operation<log_erfc_operation>(x); }

constexpr symbol erfc_operation::log_of(symbol x) { return apply_operation<log_erfc_operation>(x); }

/// e^(x^2) erfc(x), for large x about 1 / (sqrt(pi) x). Domain: every x; infinite where that
/// overflows.
/// Below 1 with e^(h^2) e^((x - h) (x + h)), where h^2 is exact, and from there on sqrt(2 / pi)
/// over the inverse of Mills' ratio.
CHAINRULE_FORMULA(erfcx, Operand)
(const Operand &x) {
  constexpr literal<1> one;
  constexpr literal<16> sixteenths;
  const auto low = min(x, one);
  const auto high = max(x, one);
  const auto h = floor(sixteenths * low) / sixteenths;
  return select(x < one,
                elementwise_product(
                    erfc(low), elementwise_product(exp(square(h)),
                                                   exp(elementwise_product(low - h, low + h)))),
                detail::constant<797884560802865356, -18> /
                    apply_operation<inverse_mills_operation>(
                        -(detail::constant<1414213562373095049, -18> * high)));
}

} // namespace chainrule
