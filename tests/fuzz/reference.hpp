// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The independent route: a formula as it is written, on jets of 50 digits, every function with its
// derivatives written out here. Nothing of the library but the names of its operations.

#pragma once

#include "formula.hpp"
#include "jet.hpp"

#include <unordered_map>

namespace fuzz {

namespace wide_math = accuracy::reference;

/// A function of one number, and where it is singular: there what its argument is wrong by must be
/// small beside the distance to the singularity.
struct unary_reference {
  local (*at)(const wide &) = nullptr;
  wide (*distance)(const wide &) = nullptr; // to the nearest singularity or kink; null: none
};

namespace functions {

inline local exp_at(const wide &x) {
  const wide e = wide_math::bounded_exp(x);
  // e^a e^b may be computed from a + b, a rounded number
  return {e, e, e, 0, 0x1p-53L * size_of(x * e)};
}
inline local expm1_at(const wide &x) {
  const wide e = wide_math::bounded_exp(x);
  return {abs(x) > 700 ? wide(e - 1) : wide_math::expm1(x), e, e};
}
inline local exp2_at(const wide &x) {
  static const wide base = log(wide(2));
  const wide e = wide_math::bounded_exp(x * base);
  return {e, base * e, base * base * e};
}
inline local log_at(const wide &x) { return {log(x), 1 / x, -1 / (x * x)}; }
inline local log1p_at(const wide &x) {
  const wide u = 1 / (1 + x);
  return {wide_math::log1p(x), u, -u * u};
}
inline local log2_at(const wide &x) {
  static const wide base = log(wide(2));
  return {log(x) / base, 1 / (x * base), -1 / (x * x * base)};
}
inline local log10_at(const wide &x) {
  static const wide base = log(wide(10));
  return {log(x) / base, 1 / (x * base), -1 / (x * x * base)};
}
inline local square_at(const wide &x) { return {x * x, 2 * x, 2}; }
inline local sqrt_at(const wide &x) {
  const wide root = sqrt(x);
  return {root, 1 / (2 * root), -1 / (4 * root * x)};
}
inline local cbrt_at(const wide &x) {
  const wide root = wide_math::cbrt(x), first = 1 / (3 * root * root);
  return {root, first, -2 * first / (3 * x)};
}
inline local reciprocal_at(const wide &x) {
  const wide u = 1 / x;
  return {u, -u * u, 2 * u * u * u};
}
inline local sin_at(const wide &x) {
  const wide s = sin(x);
  return {s, cos(x), -s};
}
inline local cos_at(const wide &x) {
  const wide c = cos(x);
  return {c, -sin(x), -c};
}
inline local tan_at(const wide &x) {
  const wide t = tan(x), first = 1 + t * t;
  return {t, first, 2 * t * first};
}
inline local asin_at(const wide &x) {
  const wide inside = (1 - x) * (1 + x), root = sqrt(inside);
  return {asin(x), 1 / root, x / (inside * root)};
}
inline local acos_at(const wide &x) {
  const wide inside = (1 - x) * (1 + x), root = sqrt(inside);
  return {acos(x), -1 / root, -x / (inside * root)};
}
inline local atan_at(const wide &x) {
  const wide first = 1 / (1 + x * x);
  return {atan(x), first, -2 * x * first * first};
}
inline local erf_at(const wide &x) {
  const wide first = 2 * wide_math::bounded_exp(-x * x) / sqrt(wide_math::pi);
  return {wide_math::erf(x), first, -2 * x * first};
}
inline local erfc_at(const wide &x) {
  const wide first = -2 * wide_math::bounded_exp(-x * x) / sqrt(wide_math::pi);
  return {wide_math::erfc(x), first, -2 * x * first};
}
inline local normal_density_at(const wide &x) {
  const wide p = wide_math::normal_density(x);
  return {p, -x * p, (x * x - 1) * p};
}
inline local normal_cdf_at(const wide &x) {
  const wide p = wide_math::normal_density(x);
  return {wide_math::normal_cdf(x), p, -x * p};
}
inline local log_normal_cdf_at(const wide &x) {
  const wide ratio = wide_math::inverse_mills(x);
  // From -3 on the second derivative is -r (x + r), and r is right to a unit, not x + r.
  const long double cancelled = x > -3.1 && x < 0 ? unit * size_of(ratio * ratio) : 0;
  return {wide_math::log_normal_cdf(x), ratio, -ratio * (x + ratio), 0, 0, cancelled};
}
inline local sigmoid_at(const wide &x) {
  const wide s = 1 / (1 + wide_math::bounded_exp(-x)), c = 1 / (1 + wide_math::bounded_exp(x));
  // What would be subnormal may be 0 (docs/limitations.md).
  const bool is_subnormal = abs(x) > 709.7 && abs(x) < 745.2;
  return {s, s * c, s * c * (c - s), 0, is_subnormal ? 0x1p-1022L : 0};
}
inline local softplus_at(const wide &x) {
  const local s = sigmoid_at(x);
  const wide tail = wide_math::log1p(wide_math::bounded_exp(-abs(x)));
  return {x > 0 ? wide(x + tail) : tail, s.value, s.first};
}
inline local tanh_at(const wide &x) {
  const wide t = wide_math::tanh(x), c = wide_math::cosh(x), first = 1 / (c * c);
  return {t, first, -2 * t * first};
}
inline local sinh_at(const wide &x) {
  const wide s = wide_math::sinh(x);
  return {s, wide_math::cosh(x), s};
}
inline local cosh_at(const wide &x) {
  const wide c = wide_math::cosh(x);
  return {c, wide_math::sinh(x), c};
}
inline local asinh_at(const wide &x) {
  const wide inside = 1 + x * x, root = sqrt(inside);
  return {wide_math::asinh(x), 1 / root, -x / (inside * root)};
}
inline local acosh_at(const wide &x) {
  const wide inside = (x - 1) * (x + 1), root = sqrt(inside);
  return {wide_math::acosh(x), 1 / root, -x / (inside * root)};
}
inline local atanh_at(const wide &x) {
  const wide first = 1 / ((1 - x) * (1 + x));
  return {wide_math::atanh(x), first, 2 * x * first * first};
}
inline local logit_at(const wide &x) {
  const wide first = 1 / (x * (1 - x));
  return {log(x) - wide_math::log1p(-x), first, (2 * x - 1) * first * first};
}
inline local log1mexp_at(const wide &x) {
  const wide less = x < -700 ? wide(wide_math::bounded_exp(-x) - 1) : wide_math::expm1(-x);
  return {wide_math::log1mexp(x), -1 / less, -(less + 1) / (less * less)};
}
inline local softsign_at(const wide &x) {
  const wide u = 1 / (1 + abs(x));
  return {x * u, u * u, (x < 0 ? 2 : -2) * u * u * u};
}
// Between their zeros these are of the order of 1, and right to that.
inline local lgamma_at(const wide &x) {
  return {wide_math::lgamma(x), wide_math::digamma(x), wide_math::trigamma(x), 0, unit};
}
inline local trigamma_at(const wide &x) {
  // The third derivative of digamma, which only bounds, as a difference: 25 digits are left.
  const wide step = abs(x) * wide("1e-20"), slope = wide_math::tetragamma(x);
  return {wide_math::trigamma(x), slope, (wide_math::tetragamma(x + step) - slope) / step, 0, unit};
}
inline local digamma_at(const wide &x) {
  return {wide_math::digamma(x), wide_math::trigamma(x), wide_math::tetragamma(x), 0, unit};
}

inline wide from_zero(const wide &x) { return abs(x); }
inline wide above_zero(const wide &x) { return x; }
inline wide below_zero(const wide &x) { return -x; }
inline wide above_minus_one(const wide &x) { return 1 + x; }
inline wide above_one(const wide &x) { return x - 1; }
inline wide inside_one(const wide &x) { return 1 - abs(x); }
inline wide inside_unit(const wide &x) { return x < 1 - x ? x : wide(1 - x); }
inline wide from_pole_of_tan(const wide &x) { return abs(cos(x)); }
inline wide from_whole(const wide &x) { return x > 0 ? x : wide(abs(x - floor(x + 0.5))); }

} // namespace functions

inline const unary_reference *reference_of(const detail::operation_record &operation) {
  namespace f = functions;
  static const std::unordered_map<std::uint64_t, unary_reference> table{
      {record_of<exp_operation>()->fingerprint, {f::exp_at}},
      {record_of<expm1_operation>()->fingerprint, {f::expm1_at}},
      {record_of<exp2_operation>()->fingerprint, {f::exp2_at}},
      {record_of<log_operation>()->fingerprint, {f::log_at, f::above_zero}},
      {record_of<log1p_operation>()->fingerprint, {f::log1p_at, f::above_minus_one}},
      {record_of<log2_operation>()->fingerprint, {f::log2_at, f::above_zero}},
      {record_of<log10_operation>()->fingerprint, {f::log10_at, f::above_zero}},
      {record_of<square_operation>()->fingerprint, {f::square_at}},
      {record_of<sqrt_operation>()->fingerprint, {f::sqrt_at, f::above_zero}},
      {record_of<cbrt_operation>()->fingerprint, {f::cbrt_at, f::from_zero}},
      {record_of<sin_operation>()->fingerprint, {f::sin_at}},
      {record_of<cos_operation>()->fingerprint, {f::cos_at}},
      {record_of<tan_operation>()->fingerprint, {f::tan_at, f::from_pole_of_tan}},
      {record_of<asin_operation>()->fingerprint, {f::asin_at, f::inside_one}},
      {record_of<acos_operation>()->fingerprint, {f::acos_at, f::inside_one}},
      {record_of<atan_operation>()->fingerprint, {f::atan_at}},
      {record_of<erf_operation>()->fingerprint, {f::erf_at}},
      {record_of<erfc_operation>()->fingerprint, {f::erfc_at}},
      {record_of<normal_density_operation>()->fingerprint, {f::normal_density_at}},
      {record_of<normal_cdf_operation>()->fingerprint, {f::normal_cdf_at}},
      {record_of<log_normal_cdf_operation>()->fingerprint, {f::log_normal_cdf_at}},
      {record_of<sigmoid_operation>()->fingerprint, {f::sigmoid_at}},
      {record_of<softplus_operation>()->fingerprint, {f::softplus_at}},
      {record_of<tanh_operation>()->fingerprint, {f::tanh_at}},
      {record_of<sinh_operation>()->fingerprint, {f::sinh_at}},
      {record_of<cosh_operation>()->fingerprint, {f::cosh_at}},
      {record_of<asinh_operation>()->fingerprint, {f::asinh_at}},
      {record_of<acosh_operation>()->fingerprint, {f::acosh_at, f::above_one}},
      {record_of<atanh_operation>()->fingerprint, {f::atanh_at, f::inside_one}},
      {record_of<logit_operation>()->fingerprint, {f::logit_at, f::inside_unit}},
      {record_of<log1mexp_operation>()->fingerprint, {f::log1mexp_at, f::below_zero}},
      {record_of<softsign_operation>()->fingerprint, {f::softsign_at, f::from_zero}},
      {record_of<lgamma_operation>()->fingerprint, {f::lgamma_at, f::from_whole}},
      {record_of<digamma_operation>()->fingerprint, {f::digamma_at, f::from_whole}},
      {record_of<trigamma_operation>()->fingerprint, {f::trigamma_at, f::from_whole}},
  };
  const auto found = table.find(operation.fingerprint);
  return found == table.end() ? nullptr : &found->second;
}

/// The values of a formula's parts at a point.
class reference {
public:
  reference(const std::vector<part> &of, const std::array<double, most_variables> &at,
            bool with_second_order)
      : parts(of), second_order(with_second_order) {
    for (const part &each : parts) {
      if (each.variable >= 0) {
        const auto direction = static_cast<std::size_t>(each.variable);
        values.push_back(variable_jet(at[direction], direction));
      } else if (each.operation == nullptr) {
        wide value = wide(each.constant.numerator) / wide(each.constant.denominator);
        value *= pow(wide(10), each.constant.exponent);
        values.push_back(constant_jet(value, wide(static_cast<double>(value)) != value));
      } else {
        values.push_back(of_operation(each));
      }
    }
  }

  const jet &operator[](int part) const { return values[static_cast<std::size_t>(part)]; }

private:
  const std::vector<part> &parts;
  bool second_order;
  std::vector<jet> values;

  static jet undefined() {
    jet out;
    out.is_defined = out.is_tame = false;
    return out;
  }

  /// Whether a number is on one side of a kink or singularity for certain.
  static bool is_clear(const wide &distance, long double error) {
    return distance != 0 && (error == 0 || size_of(distance) > 1e4L * error);
  }

  jet applied(const unary_reference &f, const jet &a) const {
    if (!a.is_defined || abs(a.value) > wide("1e100"))
      return undefined();
    if (f.distance != nullptr) {
      const wide distance = f.distance(a.value);
      if (distance <= 0 || !is_clear(distance, a.error))
        return undefined();
    } else if (a.error > 1e-3L && f.at != functions::square_at) {
      return undefined(); // the bounds are of first order
    }
    local at = f.at(a.value);
    if (second_order) {
      const wide step = a.value == 0 ? wide("1e-18") : wide(abs(a.value) * wide("1e-18"));
      at.third = size_of((f.at(a.value - step).second - at.second) / step);
    }
    jet out = through(at, a, second_order);
    out.is_tame = out.is_tame && abs(a.value) < 15000; // farther out there are no exponentials
    return out;
  }
  jet applied(local (*f)(const wide &), const jet &a,
              wide (*distance)(const wide &) = nullptr) const {
    return applied(unary_reference{f, distance}, a);
  }

  jet plus(const jet &a, const jet &b) const { return sum(a, b, 1, second_order); }
  jet minus(const jet &a, const jet &b) const { return sum(a, b, -1, second_order); }
  jet times(const jet &a, const jet &b) const { return product(a, b, second_order); }
  jet over(const jet &a, const jet &b) const {
    return times(a, applied(functions::reciprocal_at, b, functions::from_zero));
  }
  static jet exact(int value) { return constant_jet(value, false); }
  jet negative(const jet &a) const { return through({-a.value, -1, 0}, a, second_order); }
  jet log_of(const jet &a) const { return applied(functions::log_at, a, functions::above_zero); }

  /// The side that a - b is on: 1, -1, or 0 where they are equal; 2: not certain.
  int side(const jet &a, const jet &b) const {
    if (!a.is_defined || !b.is_defined)
      return 2;
    const wide difference = a.value - b.value;
    const long double error = a.error + b.error;
    if (difference == 0)
      return error == 0 ? 0 : 2;
    return is_clear(difference, error) ? (difference > 0 ? 1 : -1) : 2;
  }

  jet power(const part &here, const jet &a, const jet &b) const {
    if (!a.is_defined || !b.is_defined)
      return undefined();
    const part &exponent = parts[static_cast<std::size_t>(here.inputs[1])];
    const bool is_constant = exponent.operation == nullptr && exponent.variable < 0;
    const bool is_whole = is_constant && exponent.constant.denominator == 1 &&
                          exponent.constant.exponent == 0 && abs(exponent.constant.numerator) < 20;
    if (!is_whole) {
      if (!is_clear(a.value, a.error) || a.value < 0)
        return undefined();
      return applied(functions::exp_at, times(b, log_of(a)));
    }
    const auto n = static_cast<int>(exponent.constant.numerator);
    if (n < 0 && !is_clear(a.value, a.error))
      return undefined();
    if (n == 0)
      return exact(1);
    const wide &x = a.value;
    const wide second = n == 1 ? wide(0) : wide(n * (n - 1) * pow(x, n - 2));
    const wide third = n == 1 || n == 2 ? wide(0) : wide(n * (n - 1) * (n - 2) * pow(x, n - 3));
    return through({pow(x, n), n * pow(x, n - 1), second, size_of(third)}, a, second_order);
  }

  jet angle(const jet &y, const jet &x) const {
    if (!x.is_defined || !y.is_defined)
      return undefined();
    static const wide pi = wide_math::pi;
    if (abs(x.value) > abs(y.value)) {
      const jet near = applied(functions::atan_at, over(y, x));
      if (x.value > 0)
        return near;
      if (!is_clear(y.value, y.error))
        return undefined();
      return plus(near, constant_jet(y.value > 0 ? pi : wide(-pi), true));
    }
    if (!is_clear(y.value, y.error))
      return undefined();
    const wide quarter = y.value > 0 ? wide(pi / 2) : wide(-pi / 2);
    return minus(constant_jet(quarter, true), applied(functions::atan_at, over(x, y)));
  }

  jet of_condition(const part &here, const jet &a, const jet &b) const {
    const detail::operation_record &operation = *here.operation;
    if (!a.is_defined)
      return undefined();
    if (operation == *record_of<not_operation>())
      return exact(a.value == 0 ? 1 : 0);
    if (!b.is_defined)
      return undefined();
    if (operation == *record_of<and_operation>())
      return exact(a.value != 0 && b.value != 0 ? 1 : 0);
    if (operation == *record_of<or_operation>())
      return exact(a.value != 0 || b.value != 0 ? 1 : 0);
    const int where = side(a, b);
    if (where == 2)
      return undefined();
    if (operation == *record_of<less_operation>())
      return exact(where < 0 ? 1 : 0);
    if (operation == *record_of<less_equal_operation>())
      return exact(where <= 0 ? 1 : 0);
    if (operation == *record_of<greater_operation>())
      return exact(where > 0 ? 1 : 0);
    return exact(where >= 0 ? 1 : 0);
  }

  jet of_operation(const part &here) const {
    const detail::operation_record &operation = *here.operation;
    const auto is = [&operation](const detail::operation_record *other) {
      return operation == *other;
    };
    const auto input = [this, &here](int k) -> const jet & {
      const auto place = static_cast<std::size_t>(k);
      return (*this)[here.inputs[place < here.count() ? place : 0]];
    };
    const jet &a = input(0), &b = input(1);
    if (operation.is_condition)
      return decided(of_condition(here, a, b), a, b);
    if (is(record_of<select_operation>())) // what happens on the other side does not matter
      return a.is_defined ? decided(a.value != 0 ? b : input(2), a, a) : undefined();
    const jet &c = input(2);
    if (!a.is_defined || !b.is_defined || !c.is_defined)
      return undefined();
    if (is(record_of<max_operation>()) || is(record_of<min_operation>()) ||
        is(record_of<clamp_operation>())) {
      const jet best = extreme(a, b, is(record_of<min_operation>()) ? -1 : 1);
      return here.count() == 2 ? best : extreme(best, c, is(record_of<max_operation>()) ? 1 : -1);
    }
    if (is(record_of<negate_operation>()))
      return negative(a);
    if (is(record_of<no_rewrite_operation>()))
      return a;
    if (is(record_of<add_operation>()))
      return plus(a, b);
    if (is(record_of<subtract_operation>()))
      return minus(a, b);
    if (is(record_of<multiply_operation>()))
      return times(a, b);
    if (is(record_of<divide_operation>()))
      return over(a, b);
    if (is(record_of<pow_operation>()))
      return power(here, a, b);
    if (is(record_of<hypot_operation>())) {
      jet sum = plus(applied(functions::square_at, a), applied(functions::square_at, b));
      if (here.count() == 3)
        sum = plus(sum, applied(functions::square_at, c));
      return applied(functions::sqrt_at, sum, functions::above_zero);
    }
    if (is(record_of<atan2_operation>()))
      return angle(a, b);
    if (is(record_of<logaddexp_operation>()))
      return plus(b, applied(functions::softplus_at, minus(a, b)));
    if (is(record_of<xlogy_operation>()))
      return times(a, log_of(b));
    if (is(record_of<binary_cross_entropy_operation>()))
      return negative(plus(times(b, log_of(a)),
                           times(minus(exact(1), b), applied(functions::log1p_at, negative(a),
                                                             functions::above_minus_one))));
    if (is(record_of<binary_cross_entropy_with_logits_operation>()))
      return minus(applied(functions::softplus_at, a), times(b, a));
    if (const unary_reference *f = reference_of(operation))
      return applied(*f, a);
    return decided(of_kink(operation, a), a, a);
  }

  /// The larger of two, or with the sign -1 the smaller, the first of equal ones.
  jet extreme(const jet &a, const jet &b, int sign) const {
    const int where = side(a, b);
    return where == 2 ? undefined() : decided(sign * where < 0 ? b : a, a, b);
  }

  /// What overflows or underflows may be decided otherwise in double.
  static jet decided(jet out, const jet &a, const jet &b) {
    out.is_tame = out.is_tame && a.is_tame && b.is_tame;
    return out;
  }

  jet of_kink(const detail::operation_record &operation, const jet &a) const {
    const int where = side(a, exact(0));
    if (where == 2)
      return undefined();
    if (operation == *record_of<relu_operation>())
      return where > 0 ? a : exact(0);
    if (operation == *record_of<sign_operation>())
      return exact(where);
    if (where == 0) // abs
      return exact(0);
    return where > 0 ? a : negative(a);
  }
};

} // namespace fuzz
