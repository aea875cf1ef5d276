// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// estimate: a number in double together with a bound of its distance from what exact arithmetic
// yields, which every operation carries on. What is undefined, or too uncertain to be told from
// that, has no bound. A formula is run on such numbers as on traced ones, so that its derivatives
// have bounds, too.
// Read next: compare.hpp.
#pragma once

#include <chainrule/math/slopes.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// Whether two numbers are further apart than so many times the bounds of their errors: in
/// quarters, for the difference of numbers that are in range need not be.
constexpr bool are_apart(double a, double error_of_a, double b, double error_of_b, double times) {
  const double quarter = 0.25 * a - 0.25 * b;
  return times * (0.25 * error_of_a + 0.25 * error_of_b) < (quarter < 0 ? -quarter : quarter);
}

/// What happens while formulas are run on estimates.
struct estimation {
  bool is_decided = true; // no number was compared with one that may be equal to it
};

class estimate {
public:
  double value = 0;
  double error = 0; // out_of_range: nothing is known
  estimation *home = nullptr;

  constexpr estimate() = default;
  /// A constant, which was rounded unless it has few digits.
  constexpr estimate(double constant)
      : value(constant), error(has_few_digits(constant) ? 0 : unit * magnitude(constant)) {
    drop_unknown();
  }
  /// An exact number that depends on the point.
  constexpr estimate(double exact, estimation &of) : value(exact), home(&of) {}

  /// f(x) where f has the value and the derivative given at x. The functions of math/ are right to
  /// some units in the last place, relative to f or to the change of f with the last place of x.
  /// f' at x stands for all derivatives between x and the exact number: that is near, and f'
  /// neither large beside its distance nor, where that may be all there is of x, large at all.
  constexpr estimate through(double result, double slope) const {
    estimate out;
    out.home = home;
    out.value = result;
    const double steepness = magnitude(slope), size = magnitude(result);
    const double carried = error == 0 ? 0 : bounded_product(steepness, error);
    const bool is_near = error <= 0x1p-20 * magnitude(value) && error <= 0x1p-10;
    const bool is_flat = error <= 0x1p-30 && steepness <= 0x1p10;
    if ((error > 0 && !is_near && !is_flat) || !(carried <= 0x1p-10 * (size > 1 ? size : 1)))
      out.error = out_of_range;
    else
      out.error = bounded_sum(
          2 * carried + 0x1p-20 * error,
          bounded_product(64 * unit, bounded_sum(size, rounding_of_argument(steepness))) +
              smallest);
    out.drop_unknown();
    return out;
  }

  friend constexpr estimate operator+(const estimate &a, const estimate &b) {
    return {bounded_sum(a.value, b.value), bounded_sum(a.error, b.error), a, b};
  }
  friend constexpr estimate operator-(const estimate &a) {
    estimate result = a;
    result.value = -a.value;
    return result;
  }
  friend constexpr estimate operator-(const estimate &a, const estimate &b) { return a + -b; }
  friend constexpr estimate operator*(const estimate &a, const estimate &b) {
    const double error = bounded_sum(bounded_sum(bounded_product(magnitude(a.value), b.error),
                                                 bounded_product(magnitude(b.value), a.error)),
                                     bounded_product(a.error, b.error));
    return {bounded_product(a.value, b.value), error, a, b};
  }
  friend constexpr estimate operator/(const estimate &a, const estimate &b) {
    const double quotient = bounded_quotient(a.value, b.value), size = magnitude(b.value);
    if (!a.is_known() || !b.is_known() || b.error > size / 2)
      return {quotient, out_of_range, a, b};
    // |a / b - a' / b'| <= (|a - a'| + |a / b| |b - b'|) / |b'|
    const double over = bounded_sum(a.error, bounded_product(magnitude(quotient), b.error));
    return {quotient, bounded_quotient(over, size - b.error), a, b};
  }

  // Where two numbers may be equal, the side that is taken is a guess, and a slope there a
  // convention.
  friend constexpr bool operator<(const estimate &a, const estimate &b) {
    return is_told_apart(a, b) && a.value < b.value;
  }
  friend constexpr bool operator>(const estimate &a, const estimate &b) { return b < a; }
  friend constexpr bool operator<=(const estimate &a, const estimate &b) { return !(b < a); }
  friend constexpr bool operator>=(const estimate &a, const estimate &b) { return !(a < b); }
  friend constexpr bool operator==(const estimate &a, const estimate &b) {
    if (a.error == 0 && b.error == 0)
      return a.value == b.value;
    return !is_told_apart(a, b);
  }

  constexpr bool is_known() const { return error < out_of_range; }

private:
  static constexpr double unit = 0x1p-52, smallest = 0x1p-1000;

  constexpr estimate(double rounded, double before, const estimate &a, const estimate &b)
      : value(rounded), error(before == 0 && has_few_digits(rounded)
                                  ? 0
                                  : bounded_sum(before, unit * magnitude(rounded) + smallest)),
        home(a.home != nullptr ? a.home : b.home) {
    drop_unknown();
  }

  static constexpr double magnitude(double x) { return x < 0 ? -x : x; }
  static constexpr bool has_few_digits(double x) {
    if (!is_within(x, 0x1p10)) // no quotient of two is rounded to a third
      return false;
    const double places = x * 0x1p20;
    return places == static_cast<double>(static_cast<std::int64_t>(places));
  }
  constexpr double rounding_of_argument(double steepness) const {
    return steepness == 0 || value == 0 ? 0 : bounded_product(steepness, magnitude(value));
  }
  /// Of what nothing is known, no function is evaluated out of range.
  constexpr void drop_unknown() {
    if (in_range(value) && error < out_of_range)
      return;
    value = 0.5;
    error = out_of_range;
  }
  static constexpr bool is_told_apart(const estimate &a, const estimate &b) {
    const bool result =
        a.is_known() && b.is_known() && are_apart(a.value, a.error, b.value, b.error, 1);
    if (estimation *const of = a.home != nullptr ? a.home : b.home; of != nullptr)
      of->is_decided = of->is_decided && result;
    return result;
  }
};

// What jumps: no slope tells. Templates, as in slopes.hpp.

template <class T>
concept is_estimate = carries_slopes<T> && std::same_as<T, estimate>;

template <is_estimate T>
constexpr T copysign(const T &size, const T &sign) {
  const T whole = size.through(abs(size.value), 1);
  return sign < T(0) ? -whole : whole;
}
template <is_estimate T>
constexpr T floor(const T &x) {
  const double whole = x.is_known() ? floor(x.value) : 0;
  const bool is_between = T(whole) < x && x < T(whole + 1);
  return is_between ? T(whole) : x.through(out_of_range, 0);
}
template <is_estimate T>
constexpr T fmod(const T &x, const T &y) {
  const T quotient = x / y;
  const T whole = quotient < T(0) ? -floor(-quotient) : floor(quotient);
  return x - whole * y;
}
template <is_estimate T>
constexpr T atan2(const T &y, const T &x) {
  const double square =
      bounded_sum(bounded_product(x.value, x.value), bounded_product(y.value, y.value));
  const bool is_at_jump = x.value <= x.error && abs(y.value) <= y.error;
  const double angle = is_at_jump || !in_range(square) ? out_of_range : atan2(y.value, x.value);
  return y.through(angle, bounded_quotient(x.value, square)) +
         x.through(0, bounded_quotient(-y.value, square));
}
template <is_estimate T>
constexpr T pow(const T &x, const T &y) {
  if (!x.is_known() || !y.is_known() || (x.value <= x.error && y.error > 0))
    return (x + y).through(out_of_range, 0); // of a negative number there are whole powers only
  const double result = pow(x.value, y.value);
  const double by_base = y.value == 0 ? 0 : bounded_product(y.value, pow(x.value, y.value - 1));
  const double by_exponent = y.error == 0 ? 0 : bounded_product(result, log(x.value));
  return x.through(result, by_base) + y.through(0, by_exponent);
}

/// A slope that is 0 for certain.
constexpr bool is_nothing(const estimate &slope) { return slope.value == 0 && slope.error == 0; }

/// Where a function is undefined, it has no slope.
constexpr estimate slope_where(const estimate &value, const estimate &slope) {
  return value.is_known() ? slope : value;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
