// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Decimals of any number of digits, rounded once: digits * 10^exponent / divisor is brought to an
// integer of as many bits as the result needs and more, in limbs of 32 bits; the leading bits are
// kept and all others are one sticky bit. No integer here is wider than 64 bits, for processors
// of 32 bits have none.
// Read next: number.hpp.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <chainrule/math/library.hpp>

namespace chainrule::math {

/// A whole number of up to 32 Limbs bits, the least limb first.
template <int Limbs>
struct natural {
  std::uint32_t limbs[std::size_t{Limbs}]{};
  int count = 0; // without zeros in front

  constexpr natural() = default;
  constexpr explicit natural(std::uint64_t value) {
    for (; value != 0; value >>= 32)
      limbs[count++] = static_cast<std::uint32_t>(value);
  }

  constexpr void multiply_and_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (int i = 0; i < count; ++i) {
      carry += std::uint64_t{limbs[i]} * factor;
      limbs[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0)
      limbs[count++] = static_cast<std::uint32_t>(carry);
  }

  constexpr void shift_up(int by) { // limbs
    for (int i = count; i-- > 0;)
      limbs[i + by] = limbs[i];
    for (int i = 0; i < by; ++i)
      limbs[i] = 0;
    count += count > 0 ? by : 0;
  }

  /// Divides by less than 2^63 and returns the remainder.
  constexpr std::uint64_t divide(std::uint64_t by) {
    std::uint64_t rest = 0;
    for (int i = count; i-- > 0;) {
      std::uint32_t &limb = limbs[i];
      if (by >> 32 == 0) {
        rest = rest << 32 | limb;
        limb = static_cast<std::uint32_t>(rest / by);
        rest %= by;
        continue;
      }
      for (int bit = 0; bit < 32; ++bit) {
        rest = rest << 1 | limb >> 31;
        limb = limb << 1 | (rest >= by ? 1 : 0);
        rest -= rest >= by ? by : 0;
      }
    }
    while (count > 0 && limbs[count - 1] == 0)
      --count;
    return rest;
  }

  constexpr bool bit(int place) const { return (limbs[place / 32] >> (place % 32) & 1u) != 0; }
  constexpr int bits() const { return count * 32 - std::countl_zero(limbs[count - 1]); }
  constexpr bool has_bits_below(int place) const {
    for (int i = 0; i < place / 32; ++i)
      if (limbs[i] != 0)
        return true;
    return place % 32 != 0 && limbs[place / 32] << (32 - place % 32) != 0;
  }
};

/// Writes digits * 10^exponent, of `count` digits, in ordinary notation where that has up to 20
/// digits before the point and 5 zeros behind it; the length, at most count + 32.
constexpr int write_decimal(char *to, const char *digits, int count, int exponent) {
  char *next = to;
  const int first = count + exponent; // digits before the point
  const bool is_plain = -6 < first && first <= 20;
  if (is_plain && first <= 0) {
    *next++ = '0';
    *next++ = '.';
    for (int i = first; i < 0; ++i)
      *next++ = '0';
  }
  for (int i = 0; i < count; ++i) {
    if (i > 0 && i == (is_plain ? first : 1))
      *next++ = '.';
    *next++ = digits[i];
  }
  for (int i = count; is_plain && i < first; ++i)
    *next++ = '0';
  if (!is_plain) {
    *next++ = 'e';
    if (first < 1)
      *next++ = '-';
    char power[12]{};
    int length = 0;
    for (int rest = first < 1 ? 1 - first : first - 1; rest > 0 || length == 0; rest /= 10)
      power[length++] = static_cast<char>('0' + rest % 10);
    while (length > 0)
      *next++ = power[--length];
  }
  return static_cast<int>(next - to);
}

/// Beyond the range of any long double: 1e5000 is infinite, 1e-5000 is 0.
inline constexpr int largest_power_of_ten = 5000;

/// Limbs enough for so many digits and the bits that divisions may need.
constexpr int limbs_for(int digits) {
  return 18 + digits / 9 + (largest_power_of_ten + digits) / 8;
}

} // namespace chainrule::math

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

/// The type that constants are rounded to: of complex numbers that of their parts, of numbers with
/// slopes that of the number, else the scalar itself, which may be more than its value_type.
template <class Scalar>
struct rounding_of {
  using type = Scalar;
};
template <complex_number Scalar>
struct rounding_of<Scalar> {
  using type = std::remove_cvref_t<decltype(std::declval<Scalar>().real())>;
};
template <carries_slopes Scalar>
  requires(!complex_number<Scalar>)
struct rounding_of<Scalar> {
  using type = decltype(Scalar::value);
};
template <class Scalar>
using real_part = typename rounding_of<Scalar>::type;

/// whole / divisor * 10^exponent, rounded to nearest, halves to even.
template <std::floating_point Real, int Limbs>
constexpr Real correctly_rounded(natural<Limbs> whole, std::uint64_t divisor, int exponent) {
  constexpr int precision = std::numeric_limits<Real>::digits;
  constexpr int lowest = std::numeric_limits<Real>::min_exponent - precision;
  if (whole.count == 0)
    return Real(0);
  // A division by ten loses at most 3.33 bits and one by the divisor 63: of 7 limbs and 4 |e| bits
  // 128 remain.
  const int spare_limbs = 7 + (exponent < 0 ? -exponent * 4 / 32 : 0);
  whole.shift_up(spare_limbs);
  for (; exponent >= 9; exponent -= 9)
    whole.multiply_and_add(1'000'000'000, 0);
  for (; exponent > 0; --exponent)
    whole.multiply_and_add(10, 0);
  bool sticky = false;
  for (; exponent <= -9; exponent += 9)
    sticky = whole.divide(1'000'000'000) != 0 || sticky;
  for (; exponent < 0; ++exponent)
    sticky = whole.divide(10) != 0 || sticky;
  if (divisor != 1)
    sticky = whole.divide(divisor) != 0 || sticky;
  const int bits = whole.bits(), scale = -32 * spare_limbs;
  int keep = precision; // fewer where the result is subnormal
  if (bits + scale - precision < lowest)
    keep = bits + scale - lowest;
  if (keep < 0)
    return Real(0);
  const int dropped = bits - keep; // positive: 128 bits are left
  Real result = 0;
  for (int i = bits; i-- > dropped;)
    result = result * 2 + (whole.bit(i) ? 1 : 0);
  const bool is_odd = keep > 0 && whole.bit(dropped);
  if (whole.bit(dropped - 1) && (sticky || is_odd || whole.has_bits_below(dropped - 1)))
    result += 1;
  for (int power = dropped + scale; power != 0; power += power > 0 ? -1 : 1) {
    if (result > std::numeric_limits<Real>::max() / 2 && power > 0)
      return std::numeric_limits<Real>::infinity();
    result = power > 0 ? result * 2 : result / 2;
  }
  return result;
}

template <std::floating_point Real>
constexpr Real correctly_rounded(std::uint64_t digits, std::uint64_t divisor, int exponent) {
  if (exponent > largest_power_of_ten && digits != 0)
    return std::numeric_limits<Real>::infinity();
  if (exponent < -largest_power_of_ten)
    return Real(0);
  return correctly_rounded<Real>(natural<limbs_for(20)>(digits), divisor, exponent);
}

} // namespace detail

/// Digits * 10^exponent of so many digits as a Scalar: as rounded() of a number. What is not made
/// of floating-point numbers gets a sum of parts of 15 digits, of which the largest comes last.
template <class Scalar, int Count>
constexpr Scalar rounded_decimal(const char *digits, int exponent) {
  using real = detail::real_part<Scalar>;
  const int first = Count + exponent; // digits before the point
  if constexpr (std::floating_point<real>) {
    if (first > largest_power_of_ten)
      return static_cast<Scalar>(std::numeric_limits<real>::infinity());
    if (first < -largest_power_of_ten)
      return static_cast<Scalar>(real(0));
    natural<limbs_for(Count)> whole;
    for (int i = 0; i < Count; ++i)
      whole.multiply_and_add(10, static_cast<std::uint32_t>(digits[i] - '0'));
    return static_cast<Scalar>(detail::correctly_rounded<real>(whole, 1, exponent));
  } else {
    constexpr int together = 15;
    const Scalar unit(1e15);
    const auto part = [&](int place) { // the digits from a place on
      double result = 0;
      for (int i = place; i < place + together; ++i)
        result = result * 10 + (i >= 0 && i < Count ? digits[i] - '0' : 0);
      return Scalar(result);
    };
    Scalar whole(0.0), fraction(0.0);
    for (int from = first % together - (first % together > 0 ? together : 0); from < first;
         from += together)
      whole = whole * unit + part(from);
    for (int from = first + (Count - first + together - 1) / together * together; from > first;) {
      from -= together;
      fraction = (fraction + part(from)) / unit;
    }
    return whole + fraction;
  }
}

} // namespace chainrule::math::CHAINRULE_FLAGS
