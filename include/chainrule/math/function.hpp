// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How a function of this folder is put together: what constant evaluation computes, name##_wide in
// the wider type that rounding to T leaves digits to, and what a program does, name##_of.
// Read next: exponential.hpp.
#pragma once

#include <type_traits>

#include <chainrule/math/elementary.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {
namespace detail {

/// exp, log and log1p of a formula that is written once: in constant evaluation,
struct by_constants {
  static constexpr bool is_constant = true;
  template <wide T>
  static constexpr T exp(T x) noexcept {
    return exp_constant(x);
  }
  template <wide T>
  static constexpr T log(T x) noexcept {
    return log_constant(x);
  }
  template <wide T>
  static constexpr T log1p(T x) noexcept {
    return log1p_constant(x);
  }
};
/// and at run time.
struct by_library {
  static constexpr bool is_constant = false;
  template <wide T>
  CHAINRULE_INLINE static constexpr T exp(T x) noexcept {
    return exp_of(x);
  }
  template <wide T>
  CHAINRULE_INLINE static constexpr T log(T x) noexcept {
    return log_of(x);
  }
  template <wide T>
  CHAINRULE_INLINE static constexpr T log1p(T x) noexcept {
    return log1p_of(x);
  }
};

} // namespace detail
} // namespace chainrule::math::CHAINRULE_FLAGS

/// name(x) of name##_wide and name##_of.
#define CHAINRULE_FUNCTION(name)                                                                   \
  namespace detail {                                                                               \
  template <class T>                                                                               \
  constexpr T name##_constant(T x) noexcept {                                                      \
    return narrow<T>(name##_wide(static_cast<working<T>>(x)));                                     \
  }                                                                                                \
  }                                                                                                \
  template <class T>                                                                               \
  CHAINRULE_INLINE constexpr auto name(const T &x) noexcept(std::is_arithmetic_v<T>) {             \
    if constexpr (std::is_arithmetic_v<T>)                                                         \
      if (__builtin_is_constant_evaluated())                                                       \
        return detail::name##_constant(detail::real_of(x));                                        \
    return detail::name##_of(x);                                                                   \
  }

/// The same of two numbers.
#define CHAINRULE_FUNCTION_OF_TWO(name)                                                            \
  namespace detail {                                                                               \
  template <class T>                                                                               \
  constexpr T name##_constant(T x, T y) noexcept {                                                 \
    return narrow<T>(name##_wide(static_cast<working<T>>(x), static_cast<working<T>>(y)));         \
  }                                                                                                \
  }                                                                                                \
  template <class T, class U>                                                                      \
  CHAINRULE_INLINE constexpr auto name(const T &x, const U &y) noexcept(arithmetic<T, U>) {        \
    if constexpr (arithmetic<T, U>)                                                                \
      if (__builtin_is_constant_evaluated()) {                                                     \
        using real = decltype(detail::name##_of(x, y));                                            \
        return detail::name##_constant(static_cast<real>(x), static_cast<real>(y));                \
      }                                                                                            \
    return detail::name##_of(x, y);                                                                \
  }

/// name(x) of name##_wide and name##_at_run_time: of no use in the C library or not in it. float is
/// computed in double.
#define CHAINRULE_OWN_FUNCTION(name)                                                               \
  namespace detail {                                                                               \
  template <class T>                                                                               \
  CHAINRULE_INLINE constexpr auto name##_of(const T &x) noexcept(arithmetic<T>) {                  \
    if constexpr (std::is_same_v<T, float>)                                                        \
      return static_cast<float>(name##_at_run_time(static_cast<double>(x)));                       \
    else if constexpr (arithmetic<T>)                                                              \
      return name##_at_run_time(real_of(x));                                                       \
    else if constexpr (requires { analytic<T>::name(x); })                                         \
      return analytic<T>::name(x);                                                                 \
    else if constexpr (requires { name(x); })                                                      \
      return name(x);                                                                              \
    else                                                                                           \
      return without_function<T>(x);                                                               \
  }                                                                                                \
  }                                                                                                \
  CHAINRULE_FUNCTION(name)

/// name(x) of one formula, name##_by<Functions>, whose Functions are by_constants or by_library.
#define CHAINRULE_FUNCTION_BY(name)                                                                \
  namespace detail {                                                                               \
  template <wide T>                                                                                \
  constexpr T name##_wide(T x) noexcept {                                                          \
    return x != x ? x : name##_by<by_constants>(x);                                                \
  }                                                                                                \
  template <wide T>                                                                                \
  CHAINRULE_INLINE constexpr T name##_at_run_time(T x) noexcept {                                  \
    return name##_by<by_library>(x);                                                               \
  }                                                                                                \
  }                                                                                                \
  CHAINRULE_OWN_FUNCTION(name)
