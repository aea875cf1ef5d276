// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// literal: a constant in the type, written 1_c, 0.5_c, 6.02e23_c. It is the decimal itself, an
// exact fraction: 0.1_c is one tenth, rounded once to the scalar type of the call. Integral
// constants of the standard library and of Hana are literals too. What has more digits than 64 bits
// hold is a decimal_operation (operation/constant.hpp).
// Read next: operation/operation.hpp.
#pragma once

#include <type_traits>
#include <utility>

#include <chainrule/expression/expression.hpp>

namespace chainrule {

/// Numerator / Denominator * 10^Exponent.
template <std::int64_t Numerator, std::int64_t Denominator = 1, int Exponent = 0>
struct literal : expression_base {
  template <class Other>
  constexpr auto operator=(const Other &) const {
    return detail::refuse_change<Other>();
  }
};

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
  math::number value;   // if it is exact
  bool is_exact = true; // in 64 bits
  bool is_decimal = true;
  bool fits = true; // the power of ten
  int digits = 0;   // without zeros in front and behind
  int exponent = 0; // of the last of them
};

/// The characters of a C++ decimal literal as a number; its digits are stored, if there is room.
constexpr parsed_decimal parse_decimal(std::string_view text, char *to = nullptr) {
  constexpr int largest_power = 100'000'000; // with one more digit it is an int
  parsed_decimal result;
  std::int64_t value = 0;
  int zeros = 0; // that count if a digit follows
  bool after_point = false, has_point_or_exponent = false;
  const bool is_zero_led = text.size() > 1 && text[0] == '0';
  const auto add = [&](char digit) {
    result.is_exact = result.is_exact && !__builtin_mul_overflow(value, 10, &value) &&
                      !__builtin_add_overflow(value, digit - '0', &value);
    if (to != nullptr)
      to[result.digits] = digit;
    ++result.digits;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'')
      continue;
    if (c == '.') {
      after_point = has_point_or_exponent = true;
    } else if (c >= '0' && c <= '9') {
      result.exponent -= after_point ? 1 : 0;
      ++zeros;
      if (c == '0')
        continue;
      for (; zeros > 1; --zeros)
        if (result.digits > 0)
          add('0');
      zeros = 0;
      add(c);
    } else if (c == 'e' || c == 'E') {
      has_point_or_exponent = true;
      const bool negative = i + 1 < text.size() && text[i + 1] == '-';
      int power = 0;
      for (++i; i < text.size(); ++i)
        if (text[i] >= '0' && text[i] <= '9') {
          result.fits = result.fits && power < largest_power;
          power = (result.fits ? power * 10 : 0) + (text[i] - '0');
        }
      result.exponent += negative ? -power : power;
    } else {
      result.is_decimal = false;
    }
  }
  if (is_zero_led && !has_point_or_exponent)
    result.is_decimal = false;
  result.exponent += zeros;
  if (result.is_exact)
    result.value = math::reduced(value, 1, result.exponent);
  return result;
}

/// The digits of a literal.
template <int Count>
struct digit_string {
  char characters[std::size_t{Count}]{};

  constexpr explicit digit_string(std::string_view text) { parse_decimal(text, characters); }
  friend constexpr bool operator==(const digit_string &, const digit_string &) = default;
};

/// T as an integral constant of the standard library or of Hana.
template <class T>
concept integral_constant = requires {
  requires std::integral<typename T::value_type>;
  requires std::in_range<std::int64_t>(T::value);
}
&&std::is_empty_v<T> && !expression<T>;

} // namespace detail

/// A constant of more digits than a literal can have: operation/constant.hpp.
template <detail::digit_string Digits, int Exponent>
struct decimal_operation;

namespace detail {

template <std::int64_t Value>
constexpr auto literal_of() {
  constexpr math::number value = math::reduced(Value, 1);
  return literal<value.numerator, 1, value.exponent>{};
}

} // namespace detail

inline namespace literals {

/// A constant in a formula, as in 0.5_c: an exact decimal of any number of digits, rounded once to
/// the scalar of the call.
template <char... Characters>
constexpr auto operator""_c() {
  constexpr char text[] = {Characters...};
  constexpr detail::parsed_decimal parsed = detail::parse_decimal({text, sizeof...(Characters)});
  static_assert(parsed.is_decimal, "a literal of an expression is a decimal number, as in 12_c, "
                                   "0.5_c or 1e-3_c; write hexadecimal, binary and octal numbers "
                                   "in decimal");
  static_assert(parsed.fits, "1e1000000000_c: the power of ten of a literal is beyond that of any "
                             "scalar; it has at most nine digits");
  if constexpr (parsed.is_exact || !parsed.is_decimal || !parsed.fits)
    return literal<parsed.value.numerator, parsed.value.denominator, parsed.value.exponent>{};
  else
    return apply<decimal_operation<
        detail::digit_string<parsed.digits>({text, sizeof...(Characters)}), parsed.exponent>>{};
}

} // namespace literals
} // namespace chainrule
