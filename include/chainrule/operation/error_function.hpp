// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The error function and the normal distribution: erf erfc normal_density normal_cdf
// log_normal_cdf.
// erf' = 2 / sqrt(pi) e^(-x^2), Phi' = phi, phi' = -x phi, (log Phi)' = phi / Phi.
// Read next: gamma.hpp.
#pragma once

#include <chainrule/math/error_function.hpp>
#include <chainrule/operation/power.hpp>

namespace chainrule {

/// 2 / sqrt(pi) e^(-x^2) as an operation of its own: the square is not rounded.
struct erf_slope_operation : operation {
  static constexpr std::string_view name = "erf_slope"sv;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::erf_slope(x);
  }
  static constexpr symbol derivative(symbol x, symbol slope) {
    return -2 * (apply_operation<bounded_operation>(x) * slope);
  }
  static constexpr symbol simplified(symbol x) { return detail::even<erf_slope_operation>(x); }
};

struct erf_operation : operation {
  static constexpr std::string_view name = "erf"sv;
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
};

/// the error function
CHAINRULE_FORMULA(erf, Operand)
(const Operand &x) { return apply_operation<erf_operation>(x); }

struct erfc_operation : operation {
  static constexpr std::string_view name = "erfc"sv;
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

  struct complement {
    static constexpr std::string_view formula = "1 - erfc(x) = erf(x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "digits near 0"sv;

    static constexpr symbol apply(symbol x) { return erf(x); }
  };
};

/// 1 - erf x without cancellation
CHAINRULE_FORMULA(erfc, Operand)
(const Operand &x) { return apply_operation<erfc_operation>(x); }

constexpr symbol erf_operation::complement::apply(symbol x) { return erfc(x); }

struct normal_density_operation : operation {
  static constexpr std::string_view name = "normal_density"sv;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::normal_density(x);
  }
  static constexpr symbol derivative(symbol x, symbol density) {
    return -(apply_operation<bounded_operation>(x) * density);
  }
  static constexpr symbol simplified(symbol x) { return detail::even<normal_density_operation>(x); }
};

/// e^(-x^2 / 2) / sqrt(2 pi), the density of the normal distribution
CHAINRULE_FORMULA(normal_density, Operand)
(const Operand &x) { return apply_operation<normal_density_operation>(x); }

struct normal_cdf_operation : operation {
  static constexpr std::string_view name = "normal_cdf"sv;
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

/// the probability that a normally distributed number is below x
CHAINRULE_FORMULA(normal_cdf, Operand)
(const Operand &x) { return apply_operation<normal_cdf_operation>(x); }

constexpr symbol normal_cdf_operation::complement::apply(symbol x) { return normal_cdf(-x); }

/// r (x + r) of the inverse Mills' ratio r(x). As it is written, it would cancel below 0.
struct inverse_mills_slope_operation : operation {
  static constexpr std::string_view name = "inverse_mills_slope"sv;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::inverse_mills_slope(x);
  }
  static constexpr symbol derivative(symbol x, symbol slope);
};

/// phi(x) / Phi(x), the inverse of Mills' ratio at -x
struct inverse_mills_operation : operation {
  static constexpr std::string_view name = "inverse_mills"sv;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::inverse_mills(x);
  }
  static constexpr symbol derivative(symbol x, symbol) {
    return -apply_operation<inverse_mills_slope_operation>(x);
  }
};

// (r (x + r))' = r (1 - r (x + r)) - r (x + r) (x + r)
constexpr symbol inverse_mills_slope_operation::derivative(symbol x, symbol slope) {
  const symbol ratio = apply_operation<inverse_mills_operation>(x);
  return ratio * (1 - slope) - slope * (x + ratio);
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

/// log(normal_cdf(x)), also where normal_cdf(x) is 0 or 1
CHAINRULE_FORMULA(log_normal_cdf, Operand)
(const Operand &x) { return apply_operation<log_normal_cdf_operation>(x); }

constexpr symbol normal_cdf_operation::logarithm::apply(symbol x) { return log_normal_cdf(x); }

} // namespace chainrule
