// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The C library's functions at run time, for float, double and long double; for any other scalar
// the function of that name in the scalar's own namespace. exp_of(x) is exp(x) of the type of x.
// By the compiler's names for them: <cmath> took 0.09 of the 0.35 s that the standard headers cost
// each translation unit (g++ 12).
// Read next: elementary.hpp.
#pragma once

#include <concepts>
#include <type_traits>

#include <chainrule/math/flags.hpp>
#include <chainrule/math/inline.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// A number that carries slopes of itself by others: x.through(f, f') is f(x). What the functions
/// of math/ do to one is said in slopes.hpp.
template <class T>
concept carries_slopes = requires(const T &x) {
  x.through(x.value, x.value);
};

/// Numbers of the language.
template <class... T>
concept arithmetic = (std::is_arithmetic_v<T> && ...);

/// Complex numbers: in the place of a real one they are it and an increment. The real part of a
/// real number of Boost's is of its own type.
template <class T>
concept complex_number = !arithmetic<T> && requires(const T &x) {
  T(x.real(), x.imag());
  requires !std::is_same_v<std::remove_cvref_t<decltype(x.real())>, T>;
};

/// What std::complex lacks, of what it has. Where a choice is to be made the real part makes it.
template <complex_number T>
struct analytic {
  static constexpr T expm1(const T &x) { return tanh(T(0.5) * x) * (exp(x) + T(1.0)); }
  static constexpr T log1p(const T &x) {
    const T rounded = T(1.0) + x;
    return log(rounded) + (x - (rounded - T(1.0))) / rounded;
  }
  static constexpr T exp2(const T &x) { return exp(T(0.69314718055994530942) * x); }
  static constexpr T log2(const T &x) { return log(x) / T(0.69314718055994530942); }
  static constexpr T cbrt(const T &x) {
    return x.real() < 0 ? -pow(-x, T(1.0) / T(3.0)) : pow(x, T(1.0) / T(3.0));
  }
  static constexpr T log1mexp(const T &x) {
    return x.real() > -0.69 ? log(-expm1(x)) : log1p(-exp(x));
  }
  // a logarithm, whose imaginary part is within pi
  static constexpr T logaddexp(const T &a, const T &b) {
    const T sum = a.real() < b.real() ? b + log1p(exp(a - b)) : a + log1p(exp(b - a));
    return sum.imag() > 3 || sum.imag() < -3 ? sum.real() + log(exp(T(0.0, sum.imag()))) : sum;
  }
  static constexpr T hypot(const T &x, const std::same_as<T> auto &...more) {
    return sqrt(((x * x) + ... + (more * more)));
  }
  static constexpr T atan2(const T &y, const T &x) {
    constexpr double right_angle = 1.57079632679489661923;
    const T up(y.real() < 0 ? -right_angle : right_angle);
    const bool is_steep =
        (y.real() < 0 ? -y.real() : y.real()) > (x.real() < 0 ? -x.real() : x.real());
    return is_steep ? up - atan(x / y) : atan(y / x) + (x.real() < 0 ? T(2.0) * up : T(0.0));
  }
  static constexpr T normal_density(const T &x) {
    return T(0.39894228040143267794) * exp(T(-0.5) * x * x);
  }
  static constexpr T erf_slope(const T &x) { return T(1.12837916709551257390) * exp(-x * x); }
};

namespace detail {

/// What stands for a function that a scalar does not have.
template <class T>
constexpr T without_function(const T &x) {
  static_assert(sizeof(T) == 0,
                "step(x = value): the formula has a function that the namespace of "
                "the value's type does not; declare exp(height), say, beside height");
  return x;
}

// No function of these names may be declared in this namespace: the last call would not look into
// the namespace of x.
#define CHAINRULE_LIBRARY_FUNCTION(name)                                                           \
  template <class T>                                                                               \
  CHAINRULE_INLINE constexpr auto name##_of(const T &x) noexcept(arithmetic<T>) {                  \
    if constexpr (std::is_same_v<T, float>)                                                        \
      return __builtin_##name##f(x);                                                               \
    else if constexpr (std::is_same_v<T, long double>)                                             \
      return __builtin_##name##l(x);                                                               \
    else if constexpr (arithmetic<T>)                                                              \
      return __builtin_##name(static_cast<double>(x));                                             \
    else if constexpr (requires { name(x); })                                                      \
      return name(x);                                                                              \
    else if constexpr (requires { analytic<T>::name(x); })                                         \
      return analytic<T>::name(x);                                                                 \
    else                                                                                           \
      return without_function<T>(x);                                                               \
  }
#define CHAINRULE_LIBRARY_FUNCTION_OF_TWO(name)                                                    \
  template <class T, class U>                                                                      \
  CHAINRULE_INLINE constexpr auto name##_of(const T &x, const U &y) noexcept(arithmetic<T, U>) {   \
    if constexpr (std::is_same_v<T, float> && std::is_same_v<U, float>)                            \
      return __builtin_##name##f(x, y);                                                            \
    else if constexpr (arithmetic<T, U> &&                                                         \
                       (std::is_same_v<T, long double> || std::is_same_v<U, long double>))         \
      return __builtin_##name##l(static_cast<long double>(x), static_cast<long double>(y));        \
    else if constexpr (arithmetic<T, U>)                                                           \
      return __builtin_##name(static_cast<double>(x), static_cast<double>(y));                     \
    else if constexpr (requires { analytic<T>::name(x, y); })                                      \
      return analytic<T>::name(x, y);                                                              \
    else if constexpr (requires { name(x, y); })                                                   \
      return name(x, y);                                                                           \
    else                                                                                           \
      return without_function(x);                                                                  \
  }

CHAINRULE_LIBRARY_FUNCTION(exp)
CHAINRULE_LIBRARY_FUNCTION(log)
CHAINRULE_LIBRARY_FUNCTION(log1p)
CHAINRULE_LIBRARY_FUNCTION(sqrt)
CHAINRULE_LIBRARY_FUNCTION(expm1)
CHAINRULE_LIBRARY_FUNCTION(exp2)
CHAINRULE_LIBRARY_FUNCTION(log2)
CHAINRULE_LIBRARY_FUNCTION(log10)
CHAINRULE_LIBRARY_FUNCTION(sin)
CHAINRULE_LIBRARY_FUNCTION(cos)
CHAINRULE_LIBRARY_FUNCTION(tan)
CHAINRULE_LIBRARY_FUNCTION(asin)
CHAINRULE_LIBRARY_FUNCTION(acos)
CHAINRULE_LIBRARY_FUNCTION(atan)
CHAINRULE_LIBRARY_FUNCTION(sinh)
CHAINRULE_LIBRARY_FUNCTION(cosh)
CHAINRULE_LIBRARY_FUNCTION(asinh)
CHAINRULE_LIBRARY_FUNCTION(atanh)
CHAINRULE_LIBRARY_FUNCTION(erf)
CHAINRULE_LIBRARY_FUNCTION(floor)
CHAINRULE_LIBRARY_FUNCTION_OF_TWO(copysign)
CHAINRULE_LIBRARY_FUNCTION_OF_TWO(pow)
CHAINRULE_LIBRARY_FUNCTION_OF_TWO(fmod)
CHAINRULE_LIBRARY_FUNCTION_OF_TWO(hypot)
CHAINRULE_LIBRARY_FUNCTION_OF_TWO(atan2)

#undef CHAINRULE_LIBRARY_FUNCTION
#undef CHAINRULE_LIBRARY_FUNCTION_OF_TWO

/// |x|; the C library calls it fabs.
template <class T>
CHAINRULE_INLINE constexpr auto abs_of(const T &x) noexcept(arithmetic<T>) {
  if constexpr (std::is_same_v<T, float>)
    return __builtin_fabsf(x);
  else if constexpr (std::is_same_v<T, long double>)
    return __builtin_fabsl(x);
  else if constexpr (arithmetic<T>)
    return __builtin_fabs(static_cast<double>(x));
  else
    return abs(x);
}

} // namespace detail
} // namespace chainrule::math::CHAINRULE_FLAGS
