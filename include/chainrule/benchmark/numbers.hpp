// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of numbers that are told their slopes: of any type in this namespace with
//   value_of(x), a double, and x.told(f, f'), which is f(x).
// exp(x) of one is exp of its value, and the slope of that. Numbers of other libraries, of which
// foreign<N> holds one, have their own functions, and are told what these libraries lack.
// Read next: tape.hpp.
#pragma once

#include <chainrule/benchmark/dual.hpp>

namespace chainrule::tape::CHAINRULE_FLAGS {

template <class T>
concept told_slopes = requires(const T &x) {
  { x.told(0.0, 0.0) } -> std::same_as<T>;
};

#define CHAINRULE_FUNCTION_OF_TOLD(name)                                                           \
  template <told_slopes T>                                                                         \
  CHAINRULE_INLINE inline T name(const T &x) {                                                     \
    if constexpr (requires { T::of_library(name(x.number)); })                                     \
      return T::of_library(name(x.number));                                                        \
    else {                                                                                         \
      const auto local = math::name(math::dual<1>(value_of(x), 0));                                \
      return x.told(local.value, local.slopes[0]);                                                 \
    }                                                                                              \
  }
#define CHAINRULE_FUNCTION_OF_TWO_TOLD(name)                                                       \
  template <told_slopes T>                                                                         \
  CHAINRULE_INLINE inline T name(const T &x, const T &y) {                                         \
    if constexpr (requires { T::of_library(name(x.number, y.number)); })                           \
      return T::of_library(name(x.number, y.number));                                              \
    else {                                                                                         \
      const auto local = math::name(math::dual<2>(value_of(x), 0), math::dual<2>(value_of(y), 1)); \
      return x.told(local.value, local.slopes[0]) + y.told(0, local.slopes[1]);                    \
    }                                                                                              \
  }

CHAINRULE_FUNCTION_OF_TOLD(abs)
CHAINRULE_FUNCTION_OF_TOLD(floor)
CHAINRULE_FUNCTION_OF_TOLD(exp)
CHAINRULE_FUNCTION_OF_TOLD(expm1)
CHAINRULE_FUNCTION_OF_TOLD(exp2)
CHAINRULE_FUNCTION_OF_TOLD(log)
CHAINRULE_FUNCTION_OF_TOLD(log1p)
CHAINRULE_FUNCTION_OF_TOLD(log2)
CHAINRULE_FUNCTION_OF_TOLD(log10)
CHAINRULE_FUNCTION_OF_TOLD(log1mexp)
CHAINRULE_FUNCTION_OF_TOLD(sqrt)
CHAINRULE_FUNCTION_OF_TOLD(sin)
CHAINRULE_FUNCTION_OF_TOLD(cos)
CHAINRULE_FUNCTION_OF_TOLD(tan)
CHAINRULE_FUNCTION_OF_TOLD(asin)
CHAINRULE_FUNCTION_OF_TOLD(acos)
CHAINRULE_FUNCTION_OF_TOLD(atan)
CHAINRULE_FUNCTION_OF_TOLD(sinh)
CHAINRULE_FUNCTION_OF_TOLD(cosh)
CHAINRULE_FUNCTION_OF_TOLD(tanh)
CHAINRULE_FUNCTION_OF_TOLD(asinh)
CHAINRULE_FUNCTION_OF_TOLD(acosh)
CHAINRULE_FUNCTION_OF_TOLD(atanh)
CHAINRULE_FUNCTION_OF_TOLD(erf)
CHAINRULE_FUNCTION_OF_TOLD(erfc)
CHAINRULE_FUNCTION_OF_TOLD(erf_slope)
CHAINRULE_FUNCTION_OF_TOLD(normal_density)
CHAINRULE_FUNCTION_OF_TOLD(normal_cdf)
CHAINRULE_FUNCTION_OF_TOLD(log_normal_cdf)
CHAINRULE_FUNCTION_OF_TOLD(inverse_mills)
CHAINRULE_FUNCTION_OF_TOLD(inverse_mills_slope)
CHAINRULE_FUNCTION_OF_TOLD(lgamma)
CHAINRULE_FUNCTION_OF_TOLD(digamma)
CHAINRULE_FUNCTION_OF_TOLD(trigamma)
CHAINRULE_FUNCTION_OF_TOLD(tetragamma)
CHAINRULE_FUNCTION_OF_TWO_TOLD(pow)
CHAINRULE_FUNCTION_OF_TWO_TOLD(hypot)
CHAINRULE_FUNCTION_OF_TWO_TOLD(atan2)
CHAINRULE_FUNCTION_OF_TWO_TOLD(fmod)
CHAINRULE_FUNCTION_OF_TWO_TOLD(logaddexp)

#undef CHAINRULE_FUNCTION_OF_TOLD
#undef CHAINRULE_FUNCTION_OF_TWO_TOLD

/// Told to all: ADOL-C 2.7 records a cbrt that it cannot run again.
template <told_slopes T>
CHAINRULE_INLINE inline T cbrt(const T &x) {
  const auto local = math::cbrt(math::dual<1>(value_of(x), 0));
  return x.told(local.value, local.slopes[0]);
}
template <told_slopes T>
CHAINRULE_INLINE inline T hypot(const T &x, const T &y, const T &z) {
  return hypot(hypot(x, y), z);
}
template <told_slopes T>
CHAINRULE_INLINE inline T copysign(const T &size, const T &sign) {
  return (value_of(sign) < 0) == (value_of(size) < 0) ? size : -size;
}

template <told_slopes T>
CHAINRULE_INLINE inline bool operator<(const T &a, const T &b) {
  return value_of(a) < value_of(b);
}
template <told_slopes T>
CHAINRULE_INLINE inline bool operator<=(const T &a, const T &b) {
  return value_of(a) <= value_of(b);
}
template <told_slopes T>
CHAINRULE_INLINE inline bool operator>(const T &a, const T &b) {
  return value_of(b) < value_of(a);
}
template <told_slopes T>
CHAINRULE_INLINE inline bool operator>=(const T &a, const T &b) {
  return value_of(b) <= value_of(a);
}
template <told_slopes T>
CHAINRULE_INLINE inline bool operator==(const T &a, const T &b) {
  return value_of(a) == value_of(b);
}

/// Numbers of this namespace, which a value and a slope cost nothing but them.
template <class T>
concept own_number = told_slopes<T> && requires(const T &x) {
  x.value;
};

template <own_number T>
CHAINRULE_INLINE inline T square(const T &x) {
  return x.told(x.value * x.value, x.value + x.value);
}

namespace detail {

/// The parts of the sigmoid family, from one exponential that cannot overflow.
struct logistic {
  double t, u, tail, side; // exp(-|z|), 1 + t, t / u = sigmoid(-|z|), 1 for z >= 0 else 0

  CHAINRULE_INLINE inline explicit logistic(double z)
      : t(math::exp(-math::abs(z))), u(1.0 + t), tail(t / u), side(0.5 + math::copysign(0.5, z)) {}

  CHAINRULE_INLINE inline double log1p_t() const {
    return math::log(u) + (t - (u - 1.0)) * (1.0 - tail);
  }
};

} // namespace detail

template <own_number T>
CHAINRULE_INLINE inline T sigmoid(const T &z) {
  const detail::logistic part(z.value);
  return z.told(part.side - math::copysign(part.tail, z.value), part.tail * (1.0 - part.tail));
}

/// log(1 + exp(z))
template <own_number T>
CHAINRULE_INLINE inline T softplus(const T &z) {
  const detail::logistic part(z.value);
  return z.told(z.value * part.side + part.log1p_t(),
                part.side - math::copysign(part.tail, z.value));
}

/// -(y log p + (1 - y) log(1 - p)) for p = sigmoid z: softplus z - y z, its slope sigmoid z - y.
template <own_number T>
CHAINRULE_INLINE inline T binary_cross_entropy_with_logits(const T &z, double y) {
  const detail::logistic part(z.value);
  const double missing = part.side - y;
  return z.told(z.value * missing + part.log1p_t(), missing - math::copysign(part.tail, z.value));
}

template <own_number T>
CHAINRULE_INLINE inline T relu(const T &x) {
  return x.value > 0.0 ? x : T(0.0);
}

} // namespace chainrule::tape::CHAINRULE_FLAGS
