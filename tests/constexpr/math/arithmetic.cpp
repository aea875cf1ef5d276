// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Constant evaluation where a result or what is on the way to it is infinite or undefined.
#include <chainrule/chainrule.hpp>

#include <limits>

using namespace chainrule;

namespace {

template <class T>
constexpr bool is_as_ieee() {
  constexpr T large = std::numeric_limits<T>::max(), infinite = std::numeric_limits<T>::infinity(),
              none = std::numeric_limits<T>::quiet_NaN(), tiny = std::numeric_limits<T>::min();
  const auto is_none = [](T x) { return x != x; };
  using math::constant_product, math::constant_quotient, math::constant_sum;
  return constant_sum(large, large) == infinite && constant_sum(-large, -large) == -infinite &&
         constant_sum(large, -large) == 0 && constant_sum(large, T(1)) == large &&
         constant_sum(infinite, -large) == infinite && constant_sum(T(1), -infinite) == -infinite &&
         is_none(constant_sum(infinite, -infinite)) && is_none(constant_sum(none, T(1))) &&
         constant_sum(T(3), T(-1)) == 2 && constant_product(large, T(-2)) == -infinite &&
         constant_product(large, T(0.5)) == large / 2 &&
         constant_product(-infinite, T(-3)) == infinite &&
         is_none(constant_product(infinite, T(0))) && is_none(constant_product(T(0), -infinite)) &&
         is_none(constant_product(T(0), none)) && constant_product(large, tiny) == large * tiny &&
         constant_quotient(T(1), T(0)) == infinite &&
         constant_quotient(T(1), T(-0.0)) == -infinite &&
         constant_quotient(T(-1), T(0)) == -infinite && is_none(constant_quotient(T(0), T(0))) &&
         is_none(constant_quotient(infinite, -infinite)) &&
         constant_quotient(large, T(-0.5)) == -infinite &&
         constant_quotient(infinite, T(-2)) == -infinite &&
         constant_quotient(T(1), infinite) == 0 && constant_quotient(large, T(2)) == large / 2 &&
         is_none(constant_quotient(none, T(1)));
}
static_assert(is_as_ieee<float>() && is_as_ieee<double>() && is_as_ieee<long double>());

constexpr variable<"x"> x;

/// Value, slope and second derivative.
template <class F>
constexpr auto orders(F f) {
  return compile(f, partial(f, x), partial(partial(f, x), x));
}
template <class F>
constexpr bool are(F f, double at, double value, double slope, double second) {
  const auto [a, b, c] = orders(f)(x = at);
  return a == value && b == slope && c == second;
}

// What is not taken has no influence.
static_assert(are(select(x > 0_c, log(x), x), 0, 0, 1, 0));
static_assert(are(select(x > 0_c, 1_c / x, 3_c * x), 0, 0, 3, 0));
static_assert(are(select(x < 1e200_c, square(x), x), 1e300, 1e300, 1, 0));
// Limits, by a quotient that is none or a square that overflows
static_assert(compile(gradient(hypot(x, 2_c * x), x))(x = 0.0)[x] == 0);
static_assert(compile(gradient(x * sqrt(abs(x)), x))(x = 0.0)[x] == 0);
static_assert(are(tanh(x), 1e300, 1, 0, 0) && are(log_cosh(x), -1e300, 1e300, -1, 0));
static_assert(are(atan(x), 1e300, 1.5707963267948966, 0, 0));
static_assert(are(normal_density(x), -1e300, 0, 0, 0));
// Where there is no number
constexpr auto infinite = std::numeric_limits<double>::infinity();
static_assert(are(sqrt(x), 0, 0, infinite, -infinite));
static_assert(are(1_c / x, 0, infinite, -infinite, infinite));
static_assert(are(log(x), 0, -infinite, infinite, -infinite));
constexpr double none = compile(log(x) - log(x * x))(x = 0.0);
static_assert(none != none);

} // namespace
