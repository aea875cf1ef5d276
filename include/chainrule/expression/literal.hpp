// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// literal: a constant in the type, written 1_c, 0.5_c, 6.02e23_c. It is the decimal itself, an
// exact fraction: 0.1_c is one tenth, rounded once to the scalar type of the call. Integral
// constants of the standard library and of Hana are literals too.
// Read next: operation/operation.hpp.
#pragma once

#include <type_traits>
#include <utility>

#include <chainrule/expression/expression.hpp>

namespace chainrule {

/// Numerator / Denominator * 10^Exponent.
template <std::int64_t Numerator, std::int64_t Denominator = 1, int Exponent = 0>
struct literal : expression_base {};

namespace detail {

template <std::int64_t Numerator, std::int64_t Denominator, int Exponent>
struct record_of<literal<Numerator, Denominator, Exponent>> {
  static constexpr expression_record value{
      .operation = &number_record,
      .fingerprint =
          mix(mix(mix(fingerprint_of(kind::number), static_cast<std::uint64_t>(Numerator)),
                  static_cast<std::uint64_t>(Denominator)),
              static_cast<std::uint64_t>(Exponent)),
      .value = math::number(Numerator, Denominator, Exponent)};
};

struct parsed_decimal {
  math::number value;
  bool is_decimal = true;
  bool fits = true;
};

/// The characters of a C++ decimal literal as a number.
constexpr parsed_decimal parse_decimal(std::string_view text) {
  parsed_decimal result;
  std::int64_t digits = 0;
  int exponent = 0;
  bool after_point = false;
  const bool is_zero_led = text.size() > 1 && text[0] == '0';
  bool has_point_or_exponent = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'')
      continue;
    if (c == '.') {
      after_point = has_point_or_exponent = true;
    } else if (c >= '0' && c <= '9') {
      if (digits > (std::int64_t{1} << 53) / 10 - 1) {
        result.fits = result.fits && c == '0';
        exponent += after_point ? 0 : 1;
      } else {
        digits = digits * 10 + (c - '0');
        exponent -= after_point ? 1 : 0;
      }
    } else if (c == 'e' || c == 'E') {
      has_point_or_exponent = true;
      const bool negative = i + 1 < text.size() && text[i + 1] == '-';
      int power = 0;
      for (++i; i < text.size(); ++i)
        if (text[i] >= '0' && text[i] <= '9') {
          result.fits = result.fits && power < 100'000'000;
          power = (result.fits ? power * 10 : 0) + (text[i] - '0');
        }
      exponent += negative ? -power : power;
    } else {
      result.is_decimal = false;
    }
  }
  if (is_zero_led && !has_point_or_exponent)
    result.is_decimal = false;
  while (digits != 0 && digits % 10 == 0 && exponent < 0) {
    digits /= 10;
    ++exponent;
  }
  result.value = math::reduced(digits, 1, exponent);
  return result;
}

/// T as an integral constant of the standard library or of Hana.
template <class T>
concept integral_constant = requires {
  requires std::integral<typename T::value_type>;
  requires std::in_range<std::int64_t>(T::value);
}
&&std::is_empty_v<T> && !expression<T>;

} // namespace detail

inline namespace literals {

/// 0.5_c: a constant that can stand in an expression. Decimal, up to 15 significant digits.
template <char... Characters>
constexpr auto operator""_c() {
  constexpr char text[] = {Characters...};
  constexpr detail::parsed_decimal parsed = detail::parse_decimal({text, sizeof...(Characters)});
  static_assert(parsed.is_decimal, "a literal of an expression is a decimal number, as in 12_c, "
                                   "0.5_c or 1e-3_c; write hexadecimal, binary and octal numbers "
                                   "in decimal");
  static_assert(parsed.fits,
                "a literal of an expression has at most 15 significant digits, and 9 of "
                "its exponent; write a quotient of literals, or bind a variable to the value");
  return literal<parsed.value.numerator, parsed.value.denominator, parsed.value.exponent>{};
}

} // namespace literals
} // namespace chainrule
