// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Numbers in exact arithmetic: rational where they can be, else 50 digits with a bound of their
// error, and whether they are defined at all. What cannot be told is said: undecided.

#pragma once

#include "reference.hpp"

#include <cmath>

#include <boost/multiprecision/cpp_int.hpp>

namespace fuzz {

using rational = boost::multiprecision::cpp_rational;

struct quantity {
  enum class kind : std::uint8_t { undefined, undecided, exact, rounded };

  kind what = kind::undefined;
  rational value{}; // exact
  wide near{};      // rounded
  wide error{};

  bool is_defined() const { return what == kind::exact || what == kind::rounded; }
  bool is(int number) const { return what == kind::exact && value == number; }
};

inline quantity undefined() { return {}; }
inline quantity undecided() { return {quantity::kind::undecided, {}, {}, {}}; }

inline wide widened(const rational &x) { return wide(numerator(x)) / wide(denominator(x)); }
inline wide widened(const quantity &x) {
  return x.what == quantity::kind::exact ? widened(x.value) : x.near;
}
inline wide error_of(const quantity &x) {
  return x.what == quantity::kind::exact ? wide(abs(widened(x.value)) * wide("1e-48")) : x.error;
}

inline quantity rounded(const wide &near, const wide &error) {
  if (!is_finite(near) || !is_finite(error) || abs(near) > wide("1e100000"))
    return undecided();
  return {quantity::kind::rounded, {}, near, error + abs(near) * wide("1e-46")};
}
inline quantity exactly(const rational &x) {
  // beyond 4000 bits rational numbers are slow
  if (msb(abs(numerator(x)) + 1) + msb(denominator(x)) < 4000)
    return {quantity::kind::exact, x, {}, {}};
  return rounded(widened(x), 0);
}
inline quantity exactly(const math::number &x) {
  if (std::abs(x.exponent) > 400)
    return undecided();
  rational power = 1;
  for (int i = std::abs(x.exponent); i > 0; --i)
    power *= 10;
  const rational fraction(x.numerator, x.denominator);
  return exactly(x.exponent < 0 ? rational(fraction / power) : rational(fraction * power));
}

/// What is left of two operands if they are not both defined.
inline quantity neither(const quantity &a, const quantity &b) {
  const bool is_one_undefined =
      a.what == quantity::kind::undefined || b.what == quantity::kind::undefined;
  return is_one_undefined ? undefined() : undecided();
}
inline bool are_exact(const quantity &a, const quantity &b) {
  return a.what == quantity::kind::exact && b.what == quantity::kind::exact;
}

inline quantity negated(const quantity &a) {
  if (a.what == quantity::kind::exact)
    return {quantity::kind::exact, -a.value, {}, {}};
  return a.is_defined() ? rounded(-a.near, a.error) : a;
}
inline quantity plus(const quantity &a, const quantity &b) {
  if (!a.is_defined() || !b.is_defined())
    return neither(a, b);
  if (are_exact(a, b))
    return exactly(rational(a.value + b.value));
  const wide left = widened(a), right = widened(b);
  return rounded(left + right,
                 error_of(a) + error_of(b) + (abs(left) + abs(right)) * wide("1e-48"));
}
inline quantity minus(const quantity &a, const quantity &b) { return plus(a, negated(b)); }
inline quantity times(const quantity &a, const quantity &b) {
  if (!a.is_defined() || !b.is_defined())
    return neither(a, b);
  if (are_exact(a, b) || a.is(0) || b.is(0))
    return exactly(rational(a.value * b.value));
  const wide left = widened(a), right = widened(b), e = error_of(a), f = error_of(b);
  return rounded(left * right, abs(left) * f + abs(right) * e + e * f);
}
inline quantity over(const quantity &a, const quantity &b) {
  if (b.is(0))
    return undefined();
  if (!a.is_defined() || !b.is_defined())
    return neither(a, b);
  if (are_exact(a, b) || a.is(0))
    return a.is(0) && !are_exact(a, b) ? undecided() : exactly(rational(a.value / b.value));
  const wide left = widened(a), right = widened(b), e = error_of(a), f = error_of(b);
  if (abs(right) <= 1000 * f)
    return undecided();
  return rounded(left / right, 2 * (e + abs(left / right) * f) / abs(right));
}

/// -1, 0 or 1 as a is less than, equal to or greater than b; 2: undecided.
inline int compared(const quantity &a, const quantity &b) {
  if (are_exact(a, b))
    return a.value < b.value ? -1 : a.value > b.value;
  const wide difference = widened(a) - widened(b);
  if (abs(difference) <= 1000 * (error_of(a) + error_of(b)))
    return 2;
  return difference < 0 ? -1 : 1;
}
inline int sign_of(const quantity &a) { return compared(a, exactly(rational(0))); }

/// Functions at the points where their values are rational: kinks are met exactly.
inline quantity at_special_point(const detail::operation_record &f, const rational &x) {
  const auto is = [&f](const detail::operation_record *other) { return f == *other; };
  const quantity zero = exactly(rational(0)), one = exactly(rational(1));
  if (x == 0) {
    if (is(record_of<exp_operation>()) || is(record_of<cos_operation>()) ||
        is(record_of<cosh_operation>()) || is(record_of<erfc_operation>()))
      return one;
    if (is(record_of<sigmoid_operation>()) || is(record_of<normal_cdf_operation>()))
      return exactly(rational(1, 2));
    for (const detail::operation_record *odd :
         {record_of<expm1_operation>(), record_of<sin_operation>(), record_of<tanh_operation>(),
          record_of<sinh_operation>(), record_of<asinh_operation>(), record_of<atan_operation>(),
          record_of<erf_operation>(), record_of<log1p_operation>(), record_of<sqrt_operation>(),
          record_of<cbrt_operation>(), record_of<softsign_operation>()})
      if (is(odd))
        return zero;
  }
  if (x == 1 && is(record_of<log_operation>()))
    return zero;
  return undecided();
}

/// f(a) of a function of one number in the table of references.
inline quantity applied(const detail::operation_record &f, const quantity &a) {
  if (!a.is_defined())
    return a;
  if (a.what == quantity::kind::exact)
    if (const quantity at = at_special_point(f, a.value); at.is_defined())
      return at;
  const unary_reference *const reference = reference_of(f);
  const wide x = widened(a), error = error_of(a);
  if (reference == nullptr || abs(x) > 700 || error > wide("1e-20"))
    return undecided();
  if (reference->distance != nullptr) {
    const wide distance = reference->distance(x);
    if (abs(distance) <= 1000 * error)
      return undecided();
    if (distance < 0)
      return undefined();
    // where it ends: not all that are infinite there have a value above
    if (a.what == quantity::kind::exact && distance == 0)
      return undecided();
  }
  const local at = reference->at(x);
  const wide slope = abs(at.first);
  // what the references say of erf is right to 29 digits
  return rounded(at.value,
                 2 * slope * error + (abs(at.value) + slope * abs(x) + 1) * wide("1e-28"));
}

inline quantity applied(const detail::operation_record &f, const quantity &a, bool is_log) {
  // log 0 is not defined, and no close call
  return is_log && a.is_defined() && a.is(0) ? undefined() : applied(f, a);
}

inline quantity exp_of(const quantity &a) { return applied(*record_of<exp_operation>(), a); }
inline quantity log_of(const quantity &a) { return applied(*record_of<log_operation>(), a, true); }

inline quantity power(const quantity &a, const quantity &b) {
  if (!a.is_defined() || !b.is_defined())
    return neither(a, b);
  if (b.what != quantity::kind::exact)
    return sign_of(a) == 1 ? exp_of(times(b, log_of(a))) : undecided();
  if (denominator(b.value) == 1 && abs(b.value) < 20) {
    quantity result = exactly(rational(1));
    const int n = static_cast<int>(numerator(b.value));
    for (int i = std::abs(n); i > 0; --i)
      result = times(result, a);
    return n < 0 ? over(exactly(rational(1)), result) : result;
  }
  const int sign = sign_of(a);
  if (sign == 0)
    return b.value > 0 ? exactly(rational(0)) : undefined();
  if (sign == -1)
    return denominator(b.value) == 1 ? undecided() : undefined();
  return sign == 1 ? exp_of(times(b, log_of(a))) : undecided();
}

} // namespace fuzz
