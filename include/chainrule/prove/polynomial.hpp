// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Polynomials with exact rational coefficients in up to 32 unknowns, and fractions of them: the
// normal form in which equal rational functions are equal. No denominator is 0 whatever the values
// of the indicators are. Where a coefficient does not fit 64 bits, a power exceeds 127 or the work
// grows too large, the arithmetic stops being certain and says so.
// Read next: unknowns.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>

namespace chainrule::detail {

/// A product of powers of unknowns, one byte for each power.
struct monomial {
  std::uint64_t powers[4] = {};

  friend constexpr bool operator==(const monomial &, const monomial &) = default;
};

constexpr monomial unknown(int index) {
  monomial result;
  result.powers[index / 8] = std::uint64_t{1} << (8 * (index % 8));
  return result;
}

constexpr bool precedes(const monomial &a, const monomial &b) {
  for (int i = 0; i < 4; ++i)
    if (a.powers[i] != b.powers[i])
      return a.powers[i] > b.powers[i];
  return false;
}

struct monomial_term {
  math::number coefficient;
  monomial product;
};

/// A sum of terms in order, without terms that are 0.
using polynomial = list<monomial_term>;

struct fraction {
  polynomial over;
  polynomial under;
};

/// What a monomial is, as the square of a root.
struct relation {
  monomial from;
  polynomial to;
};

/// Arithmetic on polynomials and fractions that knows whether all of it was exact.
class exact_arithmetic {
public:
  /// `work` is what may be spent, in units of about 40 of clang's steps.
  constexpr explicit exact_arithmetic(int &work) : work_left(work) {}

  bool certain = true;
  bool has_divided = false;
  monomial indicators;      // unknowns that are 1 or 0, so that their squares are themselves
  list<relation> relations; // each leads to unknowns that were there before
  bool may_have_zero_divisors = false; // because of relations that are not of indicators alone

  static constexpr polynomial constant(const math::number &value) {
    polynomial result;
    if (!(value == math::number(0)))
      result.push({value, {}});
    return result;
  }

  constexpr polynomial sum(const polynomial &a, const polynomial &b,
                           const math::number &factor = 1) {
    polynomial result;
    int i = 0, k = 0;
    while (certain && (i < a.size || k < b.size)) {
      if (k == b.size || (i < a.size && precedes(a.items[i].product, b.items[k].product))) {
        result.push(a.items[i++]);
      } else {
        monomial_term next = b.items[k++];
        next.coefficient = certainly(math::product(next.coefficient, factor));
        if (i < a.size && a.items[i].product == next.product)
          next.coefficient = certainly(math::sum(a.items[i++].coefficient, next.coefficient));
        if (!(next.coefficient == math::number(0)))
          result.push(next);
      }
      spend();
    }
    return result;
  }

  constexpr polynomial product(const polynomial &a, const polynomial &b) {
    polynomial result;
    for (int i = 0; i < a.size && certain; ++i) {
      polynomial part;
      for (int k = 0; k < b.size && certain; ++k) {
        monomial_term next;
        next.coefficient = certainly(math::product(a.items[i].coefficient, b.items[k].coefficient));
        for (int w = 0; w < 4; ++w) {
          std::uint64_t &powers = next.product.powers[w];
          powers = a.items[i].product.powers[w] + b.items[k].product.powers[w];
          powers -= (powers >> 1) & indicators.powers[w];
          certain = certain && (powers & 0x8080808080808080u) == 0;
        }
        // The square of an indicator, made itself, may upset the order.
        if (part.size > 0 && !precedes(part.items[part.size - 1].product, next.product)) {
          result = sum(result, part);
          part = {};
        }
        part.push(next);
        spend();
      }
      result = sum(result, part);
    }
    return reduced(result);
  }

  constexpr fraction sum(const fraction &a, const fraction &b, const math::number &factor = 1) {
    if (same(a.under, b.under))
      return {sum(a.over, b.over, factor), a.under};
    return {sum(product(a.over, b.under), product(b.over, a.under), factor),
            product(a.under, b.under)};
  }
  constexpr fraction product(const fraction &a, const fraction &b) {
    return {product(a.over, b.over), product(a.under, b.under)};
  }
  /// a / b, and 0 where b is 0 because of indicators, where a / b is not defined: a denominator
  /// that is 0 there would, as a factor on both sides, make all equal by cross-multiplication.
  constexpr fraction quotient(const fraction &a, const fraction &b) {
    certain = certain && b.over.size > 0;
    if (b.over.size == 1 && b.over.items[0].product == monomial{}) {
      const math::number factor = certainly(math::reciprocal(b.over.items[0].coefficient));
      return {product(product(a.over, b.under), constant(factor)), a.under};
    }
    has_divided = true;
    fraction result{a.over, b.over};
    if (!same(a.under, b.under))
      result = {product(a.over, b.under), product(a.under, b.over)};
    const polynomial vanished = where_zero(b.over);
    if (vanished.size == 0)
      return result;
    const bool is_zero = result.over.size == 0;
    result.over = product(result.over, sum(constant(1), vanished, -1));
    result.under = sum(result.under, vanished);
    certain = certain && (is_zero || result.over.size > 0); // or it may be defined nowhere
    return result;
  }
  constexpr fraction power(const fraction &base, std::int64_t exponent) {
    fraction result{constant(1), constant(1)};
    for (std::int64_t i = exponent < 0 ? -exponent : exponent; i > 0; --i)
      result = product(result, base);
    if (exponent >= 0)
      return result;
    return quotient({constant(1), constant(1)}, result);
  }

  static constexpr bool same(const polynomial &a, const polynomial &b) {
    if (a.size != b.size)
      return false;
    for (int i = 0; i < a.size; ++i)
      if (!(a.items[i].coefficient == b.items[i].coefficient &&
            a.items[i].product == b.items[i].product))
        return false;
    return true;
  }

  /// Whether a is c b of a number c, where one of them is 0 where the other is.
  static constexpr bool are_proportional(const polynomial &a, const polynomial &b) {
    return a.size == b.size && a.size > 1 && vanishes_with(a, b);
  }

  /// Whether every term of a is a multiple of d, or all of a is one: a is then 0 where d is.
  static constexpr bool vanishes_with(const polynomial &a, const polynomial &d) {
    if (d.size != 1 && d.size != a.size)
      return false;
    for (int i = 0; i < a.size; ++i) {
      const monomial_term &divisor = d.items[d.size == 1 ? 0 : i];
      for (int w = 0; w < 4; ++w) {
        const std::uint64_t rest = // byte by byte, as below
            (a.items[i].product.powers[w] | 0x8080808080808080u) - divisor.product.powers[w];
        const std::uint64_t first =
            (a.items[0].product.powers[w] | 0x8080808080808080u) - d.items[0].product.powers[w];
        if ((rest & 0x8080808080808080u) != 0x8080808080808080u || (d.size > 1 && rest != first))
          return false;
      }
      const auto left = math::product(a.items[i].coefficient, d.items[0].coefficient);
      const auto right = math::product(a.items[0].coefficient, divisor.coefficient);
      if (d.size > 1 && !(left.exists() && left == right))
        return false;
    }
    return true;
  }

  /// x in the form in which its denominator leads with 1 and its numerator with 1 or -1: divided by
  /// a positive number.
  constexpr fraction signed_form(fraction x) {
    for (polynomial *part : {&x.over, &x.under}) {
      if (part->size == 0)
        continue;
      math::number divisor = part->items[0].coefficient;
      if (part == &x.over && divisor.is_negative())
        divisor = math::negated(divisor);
      if (part == &x.under && divisor.is_negative())
        x.over = sum({}, x.over, -1);
      for (int i = 0; i < part->size; ++i)
        part->items[i].coefficient =
            certainly(math::product(part->items[i].coefficient, math::reciprocal(divisor)));
    }
    return x;
  }

  /// Whether a monomial divides another.
  static constexpr bool divides(const monomial &a, const monomial &b) {
    constexpr std::uint64_t high = 0x8080808080808080u; // keeps a byte from borrowing
    for (int w = 0; w < 4; ++w)
      if ((((b.powers[w] | high) - a.powers[w]) & high) != high)
        return false;
    return true;
  }

  /// Whether two fractions are certainly equal.
  constexpr bool equal(const fraction &a, const fraction &b) {
    if (same(a.over, b.over) && same(a.under, b.under))
      return true;
    return same(product(a.over, b.under), product(b.over, a.under)) && certain;
  }

  /// 1 where p is 0 whatever its other unknowns are, for some values of its indicators, else 0.
  constexpr polynomial where_zero(const polynomial &p) {
    const monomial indicator = first_indicator(p);
    if (indicator == monomial{})
      return constant(p.size == 0 ? 1 : 0);
    polynomial rest, at_one; // p = rest + indicator * at_one
    for (const monomial_term &term : p) {
      const bool has_indicator = !(common(term.product, indicator) == monomial{});
      (has_indicator ? at_one : rest).push(term);
      for (int w = 0; w < 4 && has_indicator; ++w)
        at_one.items[at_one.size - 1].product.powers[w] -= indicator.powers[w];
      spend();
    }
    const polynomial where_off = where_zero(rest), where_on = where_zero(sum(rest, at_one));
    polynomial factor;
    factor.push({1, indicator});
    return sum(where_off, product(factor, sum(where_on, where_off, -1)));
  }

private:
  /// p with the relations applied wherever they can be.
  constexpr polynomial reduced(const polynomial &p) {
    if (relations.size == 0)
      return p;
    polynomial result;
    for (const monomial_term &term : p) {
      polynomial rest;
      rest.push(term);
      for (int i = 0; i < relations.size; ++i)
        if (const monomial &from = relations.items[i].from;
            certain && divides(from, term.product)) {
          for (int w = 0; w < 4; ++w)
            rest.items[0].product.powers[w] -= from.powers[w];
          rest = product(rest, relations.items[i].to);
          break;
        }
      result = sum(result, rest);
    }
    return result;
  }

  int &work_left;

  constexpr math::number certainly(const math::number &value) {
    certain = certain && value.exists();
    return value.exists() ? value : math::number(0);
  }
  static constexpr monomial common(const monomial &a, const monomial &b) {
    monomial result;
    for (int w = 0; w < 4; ++w)
      result.powers[w] = a.powers[w] & b.powers[w];
    return result;
  }
  /// An indicator in p, or 1.
  constexpr monomial first_indicator(const polynomial &p) const {
    for (const monomial_term &term : p)
      for (int w = 0; w < 4; ++w)
        if (const std::uint64_t in = term.product.powers[w] & indicators.powers[w]; in != 0) {
          monomial result;
          result.powers[w] = in & (~in + 1); // the lowest bit
          return result;
        }
    return {};
  }
  constexpr void spend() { certain = certain && (work_left -= 2) > 0; } // 70 of clang's steps
};

/// An unknown by itself.
constexpr fraction unknown_alone(int index) {
  polynomial over;
  over.push({1, unknown(index)});
  return {over, exact_arithmetic::constant(1)};
}

} // namespace chainrule::detail
