// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// exp, log, roots and half-angle tangents in normal form: exp of a sum is a product, log of a
// product a sum, a root of a product a product of roots, the tangent of a sum a fraction. Where a
// factor may be negative, it stays with the others.
// Read next: normal_form.hpp.
#pragma once

#include <chainrule/prove/unknowns.hpp>

namespace chainrule::detail {

class transcendental_forms : protected unknown_functions {
  /// Whether x has factors: there are none among choices.
  constexpr bool can_be_factored(const fraction &x) const {
    if (!exact.certain || x.over.size == 0 || x.under.size == 0)
      return false;
    const polynomial *const parts[]{&x.over, &x.under};
    for (const polynomial *part : parts)
      for (const monomial_term &term : *part)
        for (int w = 0; w < 4; ++w)
          if ((term.product.powers[w] & exact.indicators.powers[w]) != 0)
            return false;
    return true;
  }

  /// The factors of x that are not negative, each with its power; for an odd degree of a root all
  /// of them. The others are multiplied to rest. What is left is a positive number.
  constexpr math::number factored(const fraction &x, fraction &rest, list<fraction> &factors,
                                  list<int> &powers, int degree) {
    math::number size = 1;
    for (const int sign : {1, -1}) {
      const polynomial &part = sign > 0 ? x.over : x.under;
      polynomial left = scaled(part);
      if (!exact.certain)
        return 1;
      const math::number first =
          math::product(part.items[0].coefficient, left.items[0].coefficient);
      size = math::product(size, sign > 0 ? first : math::reciprocal(first));
      for (int i = 0; i < unknowns.size; ++i) {
        int common = power_of(left.items[0].product, i);
        for (const monomial_term &term : left)
          if (const int power = power_of(term.product, i); power < common)
            common = power;
        if (common == 0)
          continue;
        for (int k = 0; k < left.size; ++k)
          left.items[k].product.powers[i / 8] -= repeated(i, common).powers[i / 8];
        if (degree == 3 || is_nonnegative(i))
          factors.push(unknown_alone(i)), powers.push(sign * common);
        else
          rest = exact.product(rest, exact.power(unknown_alone(i), sign * common));
      }
      if (degree == 3 && left.items[0].coefficient.is_negative()) {
        left = exact.product(left, exact_arithmetic::constant(-1));
        size = math::negated(size);
      }
      if (is_one(left))
        continue;
      const fraction factor{left, exact_arithmetic::constant(1)};
      if (degree == 3 || is_nonnegative(left))
        factors.push(factor), powers.push(sign);
      else
        rest = exact.product(rest, exact.power(factor, sign));
    }
    exact.certain = exact.certain && size.exists();
    return size;
  }

protected:
  using unknown_functions::unknown_functions;

  /// exp of a sum of n_i m_i as the product of (exp m_i)^n_i; exp(n log q) is q^n.
  constexpr fraction exponential(const fraction &argument) {
    // if, not ?: g++ 12 cannot evaluate ?: with a temporary that has a destructor
    if (argument.under.size != 1) {
      if (is_negative(argument))
        return exact.quotient(constant(1), exponential_of(negative(argument)));
      return exponential_of(argument);
    }
    fraction result = constant(1);
    for (const monomial_term &term : argument.over) {
      fraction single = reduced_to_lowest(term, argument.under.items[0]);
      const math::number factor = single.over.items[0].coefficient;
      const std::int64_t times = factor.numerator;
      exact.certain =
          exact.certain && factor.exists() && factor.exponent == 0 && -64 < times && times < 64;
      if (!exact.certain)
        return result;
      single.over.items[0].coefficient = 1;
      const int alone = unknown_of_form(single);
      if (alone >= 0 && is_unknown_of(log_record, alone) && factor.denominator < 4 && -17 < times &&
          times < 17) {
        const fraction base = argument_of(alone);
        if (factor.denominator == 1)
          result = exact.product(result, exact.power(base, times));
        else
          result = exact.product(
              result, exact.power(root(base, static_cast<int>(factor.denominator)), times));
      } else {
        single.over.items[0].coefficient = math::reduced(1, factor.denominator);
        result = exact.product(result, exact.power(exponential_of(single), times));
      }
    }
    return result;
  }

  /// log |q| as a sum of logarithms of factors that are not negative, and one of the others.
  constexpr fraction logarithm(const fraction &q) {
    if (!can_be_factored(q))
      return unknown_of(log_record, q);
    fraction result = constant(0), rest = constant(1);
    list<fraction> factors;
    list<int> powers;
    const math::number size = factored(q, rest, factors, powers, 0);
    for (int i = 0; i < factors.size; ++i) {
      const fraction &factor = factors.items[i];
      const int alone = unknown_of_form(factor);
      fraction part;
      if (is_exponential(alone))
        part = argument_of(alone);
      else if (alone >= 0 && is_unknown_of(sqrt_record, alone))
        part = exact.product(constant(math::reduced(1, 2)), logarithm(argument_of(alone)));
      else
        part = unknown_of(log_record, factor);
      result = exact.sum(result, part, powers.items[i]);
    }
    result = exact.sum(result, logarithm_of_number(size));
    if (is_one(rest.over) && is_one(rest.under))
      return result;
    if (rest.over.size == 1 && rest.under.size == 1 &&
        precedes(rest.under.items[0].product, rest.over.items[0].product)) {
      fraction turned = exact.quotient(constant(1), rest);
      return exact.sum(result, unknown_of(log_record, turned), -1);
    }
    return exact.sum(result, unknown_of(log_record, rest));
  }

  /// The root of degree 2 or 3 as a product of roots of factors that are not negative, and one of
  /// the others.
  constexpr fraction root(const fraction &q, int degree) {
    if (!can_be_factored(q))
      return root_alone(q, degree);
    fraction result = constant(1), rest = constant(1);
    list<fraction> factors;
    list<int> powers;
    const math::number size = factored(q, rest, factors, powers, degree);
    for (int i = 0; i < factors.size; ++i) {
      const fraction &factor = factors.items[i];
      const int alone = unknown_of_form(factor), times = powers.items[i];
      fraction part;
      if (is_exponential(alone)) {
        part =
            exponential(exact.product(constant(math::reduced(times, degree)), argument_of(alone)));
      } else {
        part = exact.power(factor, times / degree);
        if (times % degree != 0)
          part = exact.product(part, exact.power(root_alone(factor, degree), times % degree));
      }
      result = exact.product(result, part);
    }
    result = exact.product(result, root_of_number(size, degree));
    if (is_one(rest.over) && is_one(rest.under))
      return result;
    return exact.product(result, root_alone(rest, degree));
  }

  /// tan of half a sum of n_i m_i, tan(a + b) = (tan a + tan b) / (1 - tan a tan b).
  constexpr fraction half_angle_tangent(const fraction &angle) {
    if (is_negative(angle))
      return negative(half_angle_tangent(negative(angle)));
    if (!is_one(angle.under))
      return unknown_of(half_angle_tangent_record, angle);
    fraction result = constant(0);
    bool is_turned = false; // by pi
    for (const monomial_term &term : angle.over) {
      math::number unit = term.coefficient;
      std::int64_t times = unit.numerator < 0 ? -unit.numerator : unit.numerator;
      fraction single = constant(1);
      single.over.items[0].product = term.product;
      const int alone = unknown_of_form(single);
      if (alone >= 0 && is_unknown_of(pi_record, alone) && unit.exponent == 0 &&
          unit.denominator < 3) {
        is_turned = is_turned != (unit.denominator == 1 && times % 2 == 1);
        times = unit.denominator == 1 ? 0 : times % 4; // tan(pi / 4) = 1
        single = constant(1);
      } else if (alone >= 0 && unit.denominator == 1 && is_unknown_of(asin_record, alone)) {
        single = half_angle_of(argument_of(alone), -1);
      } else if (alone >= 0 && unit.denominator == 1 && is_unknown_of(atan_record, alone)) {
        single = half_angle_of(argument_of(alone), 1);
      } else {
        unit.numerator = times < 9 ? 1 : times;
        single.over.items[0].coefficient = unit;
        single = unknown_of(half_angle_tangent_record, single);
      }
      if (term.coefficient.is_negative())
        single = negative(single);
      for (std::int64_t i = 0; i < (times < 9 ? times : 1); ++i)
        result = exact.quotient(exact.sum(result, single),
                                exact.sum(constant(1), exact.product(result, single), -1));
    }
    if (is_turned)
      return exact.quotient(constant(-1), result);
    return result;
  }

private:
  /// Whether it is e to a real number, which the form of pow(-2, 2) is not.
  constexpr bool is_exponential(int unknown) const {
    return unknown >= 0 && is_unknown_of(exp_record, unknown) && is_real(argument_of(unknown));
  }

  /// x / (1 + sqrt(1 - x^2)), the tangent of half of asin(x), or of atan(x) with 1 + x^2.
  constexpr fraction half_angle_of(const fraction &x, int sign) {
    const fraction square = exact.sum(constant(1), exact.product(x, x), sign);
    return exact.quotient(x, exact.sum(constant(1), root(square, 2)));
  }

  /// A term over another, without what they share.
  constexpr fraction reduced_to_lowest(const monomial_term &over, const monomial_term &under) {
    fraction result = constant(1);
    result.over.items[0] = {math::product(over.coefficient, math::reciprocal(under.coefficient)),
                            over.product};
    result.under.items[0].product = under.product;
    for (int i = 0; i < unknowns.size; ++i) {
      const int up = power_of(over.product, i), down = power_of(under.product, i);
      const std::uint64_t shared = repeated(i, up < down ? up : down).powers[i / 8];
      result.over.items[0].product.powers[i / 8] -= shared;
      result.under.items[0].product.powers[i / 8] -= shared;
    }
    return result;
  }

  /// exp of what is no sum. The one of half of it, if there is one, has it as its square.
  constexpr fraction exponential_of(const fraction &x) {
    const int before = unknowns.size;
    for (int i = 0; i < before && exact.certain; ++i)
      if (is_unknown_of(exp_record, i) && exact.equal(exact.sum(argument_of(i), argument_of(i)), x))
        return exact.power(unknown_alone(i), 2);
    fraction result = unknown_of(exp_record, x);
    for (int i = 0; i < before && unknowns.size > before && exact.certain; ++i)
      if (is_unknown_of(exp_record, i) && exact.equal(exact.sum(x, x), argument_of(i)))
        relate({repeated(before, 2), unknown_alone(i).over});
    return result;
  }

  constexpr fraction logarithm_of_number(const math::number &size) {
    fraction result = constant(0);
    const std::int64_t parts[]{size.numerator, size.denominator, size.exponent == 0 ? 1 : 10};
    const int signs[]{1, -1, size.exponent};
    for (int i = 0; i < 3; ++i)
      for (std::int64_t prime = 0, whole = parts[i]; whole > 1; whole /= prime) {
        prime = prime_of(whole);
        result = exact.sum(result, unknown_of(log_record, constant(prime)), signs[i]);
      }
    return result;
  }

  constexpr fraction root_of_number(const math::number &size, int degree) {
    if (size.exponent != 0)
      return root_alone(constant(size), degree);
    fraction result = constant(size.is_negative() ? -1 : 1);
    const std::int64_t parts[]{size.is_negative() ? -size.numerator : size.numerator,
                               size.denominator};
    for (int i = 0; i < 2; ++i)
      for (std::int64_t prime = 0, whole = parts[i]; whole > 1; whole /= prime) {
        prime = prime_of(whole);
        const fraction root = root_alone(constant(prime), degree);
        result = exact.product(result, exact.power(root, i == 0 ? 1 : -1));
      }
    return result;
  }

  /// The smallest prime that divides a whole number; one without any below 1,000 goes for one.
  static constexpr std::int64_t prime_of(std::int64_t whole) {
    for (std::int64_t prime = 2; prime < 1000 && prime * prime <= whole; ++prime)
      if (whole % prime == 0)
        return prime;
    return whole;
  }

  /// The unknown for a root, whose power is what it is the root of.
  constexpr fraction root_alone(const fraction &q, int degree) {
    if (q.over.size == 0) // as an unknown it would be a number but 0 whose square is 0
      return constant(0);
    const int before = unknowns.size;
    if (degree == 2 && exact.certain)
      for (int i = 0; i < before; ++i)
        for (int k = 0; k < before; ++k)
          if (is_unknown_of(sqrt_record, i) && is_unknown_of(sqrt_record, k)) {
            const fraction one = argument_of(i), other = argument_of(k);
            if (!(is_nonnegative(one) && is_nonnegative(other) && is_nonnegative(q)))
              continue;
            if (exact.equal(exact.product(one, other), q))
              return exact.product(unknown_alone(i), unknown_alone(k));
            if (exact.equal(exact.product(one, q), other))
              return exact.quotient(unknown_alone(k), unknown_alone(i));
          }
    fraction result;
    if (degree == 2)
      result = unknown_of(sqrt_record, q);
    else
      result = unknown_of(cbrt_record, q);
    if (unknowns.size > before && q.under.size == 1) {
      const math::number size = math::reciprocal(q.under.items[0].coefficient);
      monomial from = q.under.items[0].product;
      from.powers[before / 8] += repeated(before, degree).powers[before / 8];
      relate({from, exact.product(q.over, exact_arithmetic::constant(size))});
    }
    return result;
  }
};

} // namespace chainrule::detail
