// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// sin cos tan asin acos atan atan2 in constant evaluation; at run time the C library.
// x = (quadrant + f) pi/2, |f| <= 1/2, by a product of integers that keeps the bits of x * 2/pi
// from weight 2 down to 2^-254 (Payne and Hanek 1983); then Taylor series. atan y = atan(k/8) +
// atan((y - k/8) / (1 + y k/8)). acos x = 2 atan(sqrt((1 - x) / (1 + x))). Read next:
// hyperbolic.hpp.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <chainrule/math/elementary.hpp>
#include <chainrule/math/function.hpp>
#include <chainrule/math/two_over_pi.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

namespace detail {

template <wide T>
inline constexpr pair<T> half_pi = split_constant<T>(0x1.921fb54442d1846ap+0L,
                                                     -0x1.d9cceba3f91f1976p-66L);

/// x = quadrant * pi/2 + angle, |angle| <= pi/4.
template <wide T>
struct reduced_angle {
  unsigned quadrant;
  pair<T> angle;
};

/// The low half of a * b + carry, whose high half is then in carry. By halves of 32 bits, for
/// processors of 32 bits have no integer of 128.
constexpr std::uint64_t multiplied(std::uint64_t a, std::uint64_t b,
                                   std::uint64_t &carry) noexcept {
  constexpr std::uint64_t half = 0xffffffff;
  const std::uint64_t low = (a & half) * (b & half) + (carry & half);
  const std::uint64_t left = (a >> 32) * (b & half) + (low >> 32);
  const std::uint64_t right = (a & half) * (b >> 32) + (left & half) + (carry >> 32);
  carry = (a >> 32) * (b >> 32) + (left >> 32) + (right >> 32);
  return right << 32 | (low & half);
}

/// fraction * 2^exponent with an integer of 64 bits, and which multiple of pi/2 that is.
template <wide T>
constexpr reduced_angle<T> reduce_by_integers(T x) noexcept {
  auto [exponent, fraction] = split_exponent(x);
  const bool is_below = fraction < 1;
  const auto integer = static_cast<std::uint64_t>(fraction * (is_below ? T(0x1p64) : T(0x1p63)));
  // The bit of 2/pi that makes 2: all before it make whole turns.
  const int first = exponent - (is_below ? 64 : 63) + 126;
  const int word = first / 64, shift = first % 64;
  std::uint64_t product_words[4] = {};
  std::uint64_t carry = 0;
  for (int i = 3; i >= 0; --i) {
    const std::uint64_t *const digits = two_over_pi + word + i;
    const std::uint64_t bits =
        shift == 0 ? digits[0] : digits[0] << shift | digits[1] >> (64 - shift);
    product_words[i] = multiplied(integer, bits, carry);
  }
  // Two bits of quadrant, then the fraction; from 1/2 on it counts back from the next quadrant.
  const bool is_back = (product_words[0] >> 61 & 1) != 0;
  const unsigned quadrant = static_cast<unsigned>(product_words[0] >> 62) + is_back;
  const std::uint64_t flip = is_back ? ~std::uint64_t{0} : 0;
  std::uint64_t words[3] = {};
  for (int i = 0; i < 3; ++i)
    words[i] = (product_words[i] << 2 | product_words[i + 1] >> 62) ^ flip;
  int scale = -64;
  for (; words[0] == 0 && scale > -192; scale -= 64) {
    words[0] = words[1];
    words[1] = words[2];
    words[2] = 0;
  }
  const int zeros = words[0] == 0 ? 0 : std::countl_zero(words[0]);
  if (zeros > 0) {
    words[0] = words[0] << zeros | words[1] >> (64 - zeros);
    words[1] = words[1] << zeros | words[2] >> (64 - zeros);
  }
  constexpr std::uint64_t kept = ~std::uint64_t{0} << (64 - constants<T>::digits);
  const auto high = static_cast<T>(words[0] & kept);
  const auto low = static_cast<T>(words[0] & ~kept) + static_cast<T>(words[1]) * T(0x1p-64);
  const T unit = power_of_two<T>(scale - zeros) * (is_back ? T(-1) : T(1));
  const auto angle = product(pair<T>{high * unit, low * unit}, half_pi<T>);
  return {quadrant & 3, exact_sum(angle.high, angle.low)};
}

/// For finite x.
template <wide T>
constexpr reduced_angle<T> reduce(T x) noexcept {
  if (abs(x) <= T(0.78539816339744830961L))
    return {0, {x, 0}};
  const auto positive = reduce_by_integers(abs(x));
  if (x > 0)
    return positive;
  return {4 - positive.quadrant, {-positive.angle.high, -positive.angle.low}};
}

/// 1 - q/((n-1) n) (1 - q/((n+1)(n+2)) (1 - ...)): the series of the sine from n = 3, and of the
/// cosine from n = 2, divided by its first term.
template <wide T>
constexpr T circular_series(T q, int n) noexcept {
  T series = 1;
  for (int k = n + constants<T>::digits / 3 / 2 * 2; k >= n; k -= 2)
    series = 1 - q * series / static_cast<T>((k - 1) * k);
  return series;
}

template <wide T>
constexpr T sin_of_reduced(pair<T> angle) noexcept {
  const T q = angle.high * angle.high;
  const T cubic = angle.high * q / 6 * circular_series(q, 5);
  return angle.high - (cubic - angle.low * (1 - q / 2));
}

template <wide T>
constexpr T cos_of_reduced(pair<T> angle) noexcept {
  const T q = angle.high * angle.high, half = q / 2, rounded = 1 - half;
  const T fourth = q * q / 24 * circular_series(q, 6);
  return rounded + (((1 - rounded) - half) + (fourth - angle.high * angle.low));
}

template <wide T>
constexpr T circular(T x, unsigned quarters) noexcept {
  if (!(abs(x) < constants<T>::infinity))
    return constants<T>::nan;
  const auto [quadrant, angle] = reduce(x);
  const unsigned turned = quadrant + quarters;
  const T size = turned % 2 == 0 ? sin_of_reduced(angle) : cos_of_reduced(angle);
  return turned / 2 % 2 == 0 ? size : -size;
}

template <wide T>
constexpr T sin_wide(T x) noexcept {
  return x == 0 ? x : circular(x, 0);
}
template <wide T>
constexpr T cos_wide(T x) noexcept {
  return circular(x, 1);
}

template <wide T>
constexpr T tan_wide(T x) noexcept {
  if (!(abs(x) < constants<T>::infinity) || abs(x) < std::numeric_limits<T>::epsilon() / 4)
    return abs(x) == constants<T>::infinity ? constants<T>::nan : x;
  const auto [quadrant, angle] = reduce(x);
  const T sine = sin_of_reduced(angle), cosine = cos_of_reduced(angle);
  return quadrant % 2 == 0 ? sine / cosine : -cosine / sine;
}

/// atan y for y in [0, 1].
template <wide T>
constexpr pair<T> atan_pair(T y) noexcept {
  constexpr pair<long double> eighths[] = {{0, 0},
                                           {0x1.fd5ba9aac2f6dc66p-4L, -0x1.bb433b060bbb8844p-70L},
                                           {0x1.f5b75f92c80dd62ap-3L, 0x1.b71e7bd7de885f96p-68L},
                                           {0x1.6f61941e4def08e8p-2L, -0x1.d5737b748c06edf4p-67L},
                                           {0x1.dac670561bb4f68ap-2L, 0x1.bf9117b2f0ea340ep-67L},
                                           {0x1.1e00babdefeb3f36p-1L, 0x1.720d78599710dd1ep-66L},
                                           {0x1.4978fa3269ee1248p-1L, 0x1.9a87f2a457dac9eep-68L},
                                           {0x1.700a7c5784633ce8p-1L, -0x1.a692d56f7addde16p-67L},
                                           {0x1.921fb54442d1846ap-1L, -0x1.d9cceba3f91f1976p-67L}};
  const int k = static_cast<int>(y * 8 + T(0.5));
  const T center = static_cast<T>(k) / 8;
  const T rest = (y - center) / (1 + y * center);
  const T q = rest * rest;
  T series = 0;
  for (int n = constants<T>::digits / 4 / 2 * 2 + 3; n >= 3; n -= 2)
    series = 1 / static_cast<T>(n) - q * series;
  const auto base = split_constant<T>(eighths[k].high, eighths[k].low);
  const auto sum = exact_sum_in_any_order(base.high, rest);
  return {sum.high, sum.low + (base.low - rest * q * series)};
}

/// quarters * pi/2 + factor * angle.
template <wide T>
constexpr T turned(int quarters, T factor, pair<T> angle) noexcept {
  const T turns = static_cast<T>(quarters);
  const auto sum = exact_sum_in_any_order(turns * half_pi<T>.high, factor * angle.high);
  return sum.high + (sum.low + (turns * half_pi<T>.low + factor * angle.low));
}

template <wide T>
constexpr T atan_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > std::numeric_limits<T>::epsilon() / 4))
    return x;
  return copysign(
      size > 1 ? turned(1, T(-1), atan_pair(1 / size)) : turned(0, T(1), atan_pair(size)), x);
}

template <wide T>
constexpr T atan2_wide(T y, T x) noexcept {
  using constant = constants<T>;
  if (x != x || y != y)
    return x != x ? x : y;
  const T height = abs(y), width = abs(x);
  const bool is_left = copysign(T(1), x) < 0;
  T angle;
  if (height == 0 || (width == constant::infinity && height < width))
    angle = is_left ? 2 * half_pi<T>.high : T(0);
  else if (width == 0 || (height == constant::infinity && width < height))
    angle = half_pi<T>.high;
  else if (width == constant::infinity)
    angle = half_pi<T>.high * (is_left ? T(1.5) : T(0.5));
  else if (height > width)
    angle = turned(1, is_left ? T(1) : T(-1), atan_pair(width / height));
  else if (is_left || height / width > std::numeric_limits<T>::epsilon() / 4)
    angle = turned(is_left ? 2 : 0, is_left ? T(-1) : T(1), atan_pair(height / width));
  else
    angle = height / width;
  return copysign(angle, y);
}

template <wide T>
constexpr T asin_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size > std::numeric_limits<T>::epsilon() / 4 && size <= 1))
    return size > 1 ? constants<T>::nan : x;
  const T angle = size <= T(0.5)
                      ? turned(0, T(1), atan_pair(size / sqrt_constant((1 - size) * (1 + size))))
                      : turned(1, T(-2), atan_pair(sqrt_constant((1 - size) / (1 + size))));
  return copysign(angle, x);
}

template <wide T>
constexpr T acos_wide(T x) noexcept {
  const T size = abs(x);
  if (!(size <= 1))
    return size > 1 ? constants<T>::nan : x;
  const auto half = atan_pair(sqrt_constant((1 - size) / (1 + size)));
  return x < 0 ? turned(2, T(-2), half) : turned(0, T(2), half);
}

} // namespace detail

/// Sine, any finite x, however large (NaN at infinity); error below 1 ulp.
CHAINRULE_FUNCTION(sin)
/// Cosine, any finite x, however large (NaN at infinity); error below 1 ulp.
CHAINRULE_FUNCTION(cos)
/// Tangent, any finite x, however large (NaN at infinity); error below 2 ulp.
CHAINRULE_FUNCTION(tan)
/// Arc sine in [-pi/2, pi/2], |x| <= 1 (NaN beyond); error below 1 ulp.
CHAINRULE_FUNCTION(asin)
/// Arc cosine in [0, pi], |x| <= 1 (NaN beyond); error below 1 ulp.
CHAINRULE_FUNCTION(acos)
/// Arc tangent in [-pi/2, pi/2], any x; error below 1 ulp.
CHAINRULE_FUNCTION(atan)
/// The angle of the point (y over x) in [-pi, pi], with the special cases of C; error below 2 ulp.
CHAINRULE_FUNCTION_OF_TWO(atan2)

} // namespace chainrule::math::CHAINRULE_FLAGS
