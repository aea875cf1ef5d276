// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Constants that are no fractions of 64 bits, as operations without operands: pi_c, e_c, and
// literals of any number of digits. Each is rounded once, from its digits to the scalar of the
// call. Proofs know them by their value alone: pi_c is pi_c, and not 3.14_c. Read next:
// arithmetic.hpp.
#pragma once

#include <chainrule/operation/operation.hpp>

namespace chainrule {

namespace detail {

/// What operations without operands share.
struct constant_operation : operation {
  static constexpr int arity = 0;
  static constexpr int operations = 0;
  static constexpr positivity is_positive = positivity::always;
};

/// Of so many digits, the first of which stands before the point.
template <class T, std::size_t Size>
constexpr T irrational(const char (&digits)[Size]) {
  constexpr int count = static_cast<int>(Size) - 1;
  static_assert(std::numeric_limits<T>::digits10 < count - 5,
                "pi_c, e_c: they are known to 160 digits, and the scalar of the call has more");
  return math::rounded_decimal<T, count>(digits, 1 - count);
}

} // namespace detail

/// Digits * 10^Exponent.
template <detail::digit_string Digits, int Exponent>
struct decimal_operation : detail::constant_operation {
  static constexpr int count = static_cast<int>(sizeof Digits.characters);
  struct text {
    char characters[static_cast<std::size_t>(count) + 32]{};
    int size = math::write_decimal(characters, Digits.characters, count, Exponent);
  };
  static constexpr text written_out{};
  static constexpr std::string_view name{written_out.characters,
                                         static_cast<std::size_t>(written_out.size)};

  template <class T>
  static constexpr T value() {
    return math::rounded_decimal<T, count>(Digits.characters, Exponent);
  }
};

struct pi_operation : detail::constant_operation {
  static constexpr std::string_view name = "pi";
  static constexpr char digits[] =
      "31415926535897932384626433832795028841971693993751058209749445923078164062862089"
      "98628034825342117067982148086513282306647093844609550582231725359408128481117450";

  template <class T>
  static constexpr T value() {
    return detail::irrational<T>(digits);
  }
};

struct e_operation : detail::constant_operation {
  static constexpr std::string_view name = "e";
  static constexpr char digits[] =
      "27182818284590452353602874713526624977572470936999595749669676277240766303535475"
      "94571382178525166427427466391932003059921817413596629043572900334295260595630738";

  template <class T>
  static constexpr T value() {
    return detail::irrational<T>(digits);
  }
};

namespace detail {

constexpr symbol pi_in(graph &home) {
  return home.make(operation_record_of<pi_operation>::value, {nullptr, 0});
}

} // namespace detail

inline namespace literals {

/// pi = 3.14159..., rounded once to the scalar of the call.
inline constexpr apply<pi_operation> pi_c{};
/// e = 2.71828..., which is exp(1_c), rounded once to the scalar of the call.
inline constexpr apply<e_operation> e_c{};

} // namespace literals
} // namespace chainrule
