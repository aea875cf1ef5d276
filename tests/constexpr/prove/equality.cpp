// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"X", 2, 3> X;
constexpr variable<"b", 2> b;

// odd and even functions of a negated sum
constexpr bool is_odd(auto f) { return f(y - x) == -f(x - y) && f(-2_c * x) == -f(2_c * x); }
constexpr bool is_even(auto f) { return f(y - x) == f(x - y) && f(-2_c * x) == f(2_c * x); }

static_assert(is_odd([](auto z) { return erf(z); }));
static_assert(is_odd([](auto z) { return sin(z); }));
static_assert(is_odd([](auto z) { return tan(z); }));
static_assert(is_odd([](auto z) { return asin(z); }));
static_assert(is_odd([](auto z) { return atan(z); }));
static_assert(is_odd([](auto z) { return sinh(z); }));
static_assert(is_odd([](auto z) { return tanh(z); }));
static_assert(is_odd([](auto z) { return asinh(z); }));
static_assert(is_odd([](auto z) { return atanh(z); }));
static_assert(is_odd([](auto z) { return cbrt(z); }));
static_assert(is_odd([](auto z) { return softsign(z); }));
static_assert(is_odd([](auto z) { return sign(z); }));
static_assert(is_odd([](auto z) { return pow(z, 3_c); }));
static_assert(is_even([](auto z) { return cos(z); }));
static_assert(is_even([](auto z) { return cosh(z); }));
static_assert(is_even([](auto z) { return abs(z); }));
static_assert(is_even([](auto z) { return normal_density(z); }));
static_assert(is_even([](auto z) { return square(z); }));
static_assert(is_even([](auto z) { return hypot(z, 2_c); }));
static_assert(erf(b - X) == -erf(X - b));

// what is neither
static_assert(!is_odd([](auto z) { return exp(z); }) && !is_even([](auto z) { return exp(z); }));
static_assert(!is_odd([](auto z) { return expm1(z); }));
static_assert(!is_even([](auto z) { return erf(z); }) && !is_odd([](auto z) { return cos(z); }));
static_assert(!is_odd([](auto z) { return erfc(z); }) && !is_even([](auto z) { return erfc(z); }));
static_assert(!is_odd([](auto z) { return acos(z); }));
static_assert(!is_odd([](auto z) { return normal_cdf(z); }));

// Functions of the user's that know f(-t), but neither as f(t) nor as -f(t).
struct saturation_operation : operation { // 1 - e^-t
  static constexpr std::string_view name = "saturation";
  template <class T>
  static constexpr T value(const T &t) {
    return -math::expm1(-t);
  }
  static constexpr symbol derivative(symbol t, symbol) { return exp(-t); }
  static constexpr symbol simplified(symbol t) {
    return is<negate_operation>(t) ? -expm1(t.operand(0)) : symbol{};
  }
};
struct pronic_operation : operation { // t (t - 1)
  static constexpr std::string_view name = "pronic";
  template <class T>
  static constexpr T value(const T &t) {
    return t * (t - T(1.0));
  }
  static constexpr symbol derivative(symbol t, symbol) { return 2 * t - 1; }
  static constexpr symbol simplified(symbol t) {
    return is<negate_operation>(t) ? apply_operation<pronic_operation>(1 + t.operand(0)) : symbol{};
  }
};
constexpr auto saturation = [](auto z) { return apply_operation<saturation_operation>(z); };
constexpr auto pronic = [](auto z) { return apply_operation<pronic_operation>(z); };
static_assert(saturation(-x) == -expm1(x) && !(saturation(y - x) == -saturation(x - y)));
static_assert(pronic(-x) == pronic(x + 1_c) && !(pronic(y - x) == pronic(x - y)));

// tails
static_assert(erf(x) + erfc(x) == 1_c);
static_assert(erfc(y - x) + erfc(x - y) == 2_c);
static_assert(normal_cdf(y - x) + normal_cdf(x - y) == 1_c);
static_assert(sigmoid(y - x) + sigmoid(x - y) == 1_c);

// logaddexp and softplus
static_assert(logaddexp(x, 0_c) == softplus(x));
static_assert(logaddexp(0_c, x) == softplus(x));
static_assert(logaddexp(x, y) == logaddexp(y, x));
static_assert(logaddexp(x, y) == x + softplus(y - x));
static_assert(logaddexp(x + 1_c, y + 1_c) == logaddexp(x, y) + 1_c);
static_assert(!(logaddexp(x, 1_c) == softplus(x)));
static_assert(!(logaddexp(x, y) == softplus(x) + softplus(y)));

} // namespace
