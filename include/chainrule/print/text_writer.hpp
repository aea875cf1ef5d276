// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Text that is made by the compiler, letter by letter, and numbers in it: exact, as decimals or
// fractions.
// Read next: to_string.hpp.
#pragma once

#include <cstdint>
#include <string_view>

#include <chainrule/graph/list.hpp>
#include <chainrule/math/decimal.hpp>
#include <chainrule/math/number.hpp>

namespace chainrule::detail {

/// A number as digits * 10^exponent, where that is exact with at most 20 digits.
struct decimal {
  char digits[80]{}; // the first one first
  int count = 0;
  int exponent;
  bool exists = true;

  constexpr explicit decimal(const math::number &value) : exponent(value.exponent) {
    math::natural<8> whole(
        static_cast<std::uint64_t>(value.is_negative() ? -value.numerator : value.numerator));
    std::int64_t rest = value.denominator;
    for (; rest % 10 == 0; rest /= 10)
      --exponent;
    for (const int prime : {2, 5}) // 63 times at most, and 5^63 has 147 bits
      for (; rest % prime == 0; rest /= prime, --exponent)
        whole.multiply_and_add(static_cast<std::uint32_t>(10 / prime), 0);
    char last_first[80]{};
    while (whole.count > 0) {
      last_first[count] = static_cast<char>('0' + static_cast<int>(whole.divide(10)));
      if (count == 0 && last_first[0] == '0')
        ++exponent;
      else
        ++count;
    }
    if (count == 0)
      last_first[count++] = '0';
    for (int i = 0; i < count; ++i)
      digits[i] = last_first[count - 1 - i];
    exists = rest == 1 && count <= 20;
  }
};

/// Text under construction.
class text_writer {
public:
  list<char> text;

  constexpr void write(std::string_view part) {
    for (const char c : part)
      text.push(c);
  }
  constexpr void write(std::int64_t integer) {
    char digits[20]{};
    int count = 0;
    auto rest = static_cast<std::uint64_t>(integer);
    if (integer < 0) {
      write("-");
      rest = 0 - rest;
    }
    do
      digits[count++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    while (count > 0)
      text.push(digits[--count]);
  }
  /// Exact: a decimal where there is one of at most 20 digits, else a fraction.
  constexpr void write(const math::number &value) {
    if (value.is_negative())
      write("-");
    if (const decimal whole(value); whole.exists) {
      write(whole);
      return;
    }
    math::number over(value.is_negative() ? -value.numerator : value.numerator);
    over.exponent = value.exponent;
    std::int64_t under = value.denominator;
    for (; over.exponent != 0 && under % 10 == 0; under /= 10)
      --over.exponent;
    write(decimal(over));
    write(" / ");
    write(under);
  }

private:
  constexpr void write(const decimal &value) {
    char characters[sizeof value.digits + 32]{};
    const int size = math::write_decimal(characters, value.digits, value.count, value.exponent);
    text.append(characters, size);
  }
};

} // namespace chainrule::detail
