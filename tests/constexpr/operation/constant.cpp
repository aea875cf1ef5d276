// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Constants of the language: pi_c, e_c, and literals of any number of digits.
#include <chainrule/chainrule.hpp>

#include <numbers>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"r"> r;
constexpr variable<"v", 3> v;

// 64 bits hold up to 18 digits, and some numbers of 19.
static_assert(std::is_same_v<decltype(1.050700987355480493_c),
                             literal<1050700987355480493, 1'000'000'000'000'000, -3>>);
static_assert(std::is_same_v<decltype(1'000_c), literal<1000>>);
static_assert(std::is_same_v<decltype(9223372036854775807_c), literal<9223372036854775807>>);
static_assert(!std::is_same_v<decltype(9223372036854775808_c), literal<9223372036854775807>>);
static_assert(std::is_same_v<decltype(0.000'000_c), literal<0>>);
static_assert(0.1234567890123456_c * 10_c == 1.234567890123456_c);

// Equal by value, however they are written.
static_assert(std::is_same_v<decltype(3.14159265358979323846_c),
                             decltype(3.141'592'653'589'793'238'460'0_c)>);
static_assert(
    std::is_same_v<decltype(3.14159265358979323846_c), decltype(314159265358979323846e-20_c)>);
static_assert(
    std::is_same_v<decltype(3.14159265358979323846_c), decltype(0.0314159265358979323846E+2_c)>);
static_assert(std::is_same_v<decltype(9007199254740993000_c), decltype(9007199254740993e3_c)>);
static_assert(std::is_same_v<decltype(1e18_c), decltype(1'000'000'000'000'000'000_c)>);
static_assert(x + std::integral_constant<std::int64_t, 1'000'000'000'000'000'000>{} == 1e18_c + x);
static_assert(!(3.14159265358979323846_c == 3.14159265358979323845_c));
static_assert(!(1e1234567_c == 1e1234568_c));
static_assert(!(3.14159265358979323846264338327950288_c == pi_c));
static_assert(!(2_c * pi_c == 6.28318530717958647692528676655900577_c));

// What a proof knows of them.
static_assert(pi_c * x + x * pi_c == 2_c * pi_c * x);
static_assert(square(x + pi_c) == square(x) + 2_c * pi_c * x + square(pi_c));
static_assert(pi_c / pi_c == 1_c && pi_c - pi_c == 0_c);
static_assert(!(pi_c == e_c) && !(pi_c * x == e_c * x));
static_assert(sin(pi_c * x) == sin(x * pi_c));

static_assert(to_string(3.141'592'653'589'793'238'46_c * x) == "3.14159265358979323846 * x");
static_assert(to_string(12345678901234567890123_c) == "1.2345678901234567890123e22");
static_assert(to_string(98765432109876543210_c) == "98765432109876543210");
static_assert(to_string(0.000012345678901234567890123_c) == "0.000012345678901234567890123");
static_assert(to_string(12345678901234567890123e-50_c) == "1.2345678901234567890123e-28");
static_assert(to_string(-pi_c * square(r)) == "-pi * square(r)");
static_assert(to_string(e_c - (pi_c + x) / 2_c) == "e - (pi + x) / 2");
static_assert(to_string(partial(pi_c * square(r), r)) == "2 * pi * r" ||
              to_string(partial(pi_c * square(r), r)) == "pi * 2 * r");

// Slopes.
static_assert(partial(pi_c, x) == 0_c);
static_assert(partial(sin(pi_c * x), x) == pi_c * cos(pi_c * x));
static_assert(partial(square(sin(pi_c * x)), sin(pi_c *x)) == 2_c * sin(pi_c * x));
static_assert(!detail::is_part(detail::record<decltype(pi_c)>, detail::record<decltype(pi_c * x)>));
static_assert(gradient_is_right(sin(pi_c * x) * e_c - 0.30000000000000000000001_c, at(x = 0.3)));
static_assert(gradient_is_right(sum(pi_c * v) * select(x > e_c, x, pi_c *x),
                                at(x = 0.3, v = std::array{1.0, 2.0, 3.0})));

// Rounded once, to the scalar of the call.
template <class Scalar>
constexpr Scalar times_one(auto constant) {
  return compile(constant * x)(x = Scalar(1));
}
static_assert(times_one<double>(pi_c) == std::numbers::pi);
static_assert(times_one<float>(pi_c) == std::numbers::pi_v<float>);
static_assert(times_one<long double>(pi_c) == std::numbers::pi_v<long double>);
static_assert(times_one<double>(e_c) == std::numbers::e);
static_assert(times_one<float>(e_c) == std::numbers::e_v<float>);
static_assert(times_one<long double>(e_c) == std::numbers::e_v<long double>);
// Just above halfway between 1 and the next float: by way of double it would be 1.
static_assert(times_one<float>(1.0000000596046447753906250000000001_c) == 1.00000011920928955f);
static_assert(times_one<double>(1.0000000596046447753906250000000001_c) ==
              1.000000059604644775390625);

// In the rules of an operation.
struct turns_operation : operation { // sin(2 pi x)
  static constexpr std::string_view name = "turns";
  template <class T>
  static constexpr T value(const T &t) {
    return math::sin(T(2) * pi_operation::value<T>() * t);
  }
  static constexpr symbol derivative(symbol t, symbol) { return 2_c * pi_c * cos(2_c * pi_c * t); }
  static constexpr symbol definition(symbol t) { return -sin(-pi_c * (t + t)); }
};
constexpr auto turns(auto t) { return apply_operation<turns_operation>(t); }
static_assert(turns(x) == sin(2_c * pi_c * x));
static_assert(gradient_is_right(turns(x), at(x = 0.3)));
static_assert(partial(turns(x), x) == 2_c * pi_c * cos(2_c * pi_c * x));

} // namespace
