// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Quotients whose numerator and denominator over- or underflow together: softmax in any direction,
// tanh and shares of a mixture as they are written by hand.
// Read next: probabilities.hpp.
#pragma once

#include <chainrule/operation/softmax.hpp>
#include <chainrule/rewrite/logarithms.hpp>

namespace chainrule::detail {

/// x without the numbers in front of it.
constexpr symbol without_numbers(symbol x, symbol &number) {
  while (true) {
    const bool is_product = is<multiply_operation>(x) && x.operand(0).is_number();
    const bool is_quotient = is<divide_operation>(x) && x.operand(1).is_number();
    if (!is_product && !is_quotient)
      return x;
    number = is_product ? number * x.operand(0) : number / x.operand(1);
    x = x.operand(is_product ? 1 : 0);
  }
}
/// What a rule makes of a / b without these numbers, times them.
constexpr symbol beside_numbers(symbol a, symbol b, auto rule) {
  symbol number = a.home->constant(1), divisor = number;
  a = without_numbers(a, number);
  b = without_numbers(b, divisor);
  const symbol result = rule(a, b);
  return result.exists() ? number / divisor * result : result;
}

/// Whether a term of a sum is an exponential, as far as a short look at its factors tells: most
/// quotients have none, and are not split.
constexpr bool has_exponential(symbol x, int &looks) {
  if (--looks < 0)
    return false;
  if (!is<add_operation>(x) && !is<subtract_operation>(x) && !is<negate_operation>(x) &&
      !is<multiply_operation>(x) && !is<divide_operation>(x))
    return is_exponential(x, true) || is<expm1_operation>(x);
  for (int i = 0; i < x.operands(); ++i)
    if (has_exponential(x.operand(i), looks))
      return true;
  return false;
}

/// w / v where that is no division; or none. Products that share factors are met 2^levels times.
constexpr symbol ratio(symbol w, symbol v, int levels = 4) {
  if (w == v || v.is_number())
    return w == v ? w.home->constant(1) : w / v;
  if (opposite(w, v))
    return w.home->constant(-1);
  for (int i = 0; i < 2 && levels > 0 && is<multiply_operation>(w); ++i)
    if (const symbol rest = ratio(w.operand(i), v, levels - 1); rest.exists())
      return w.operand(1 - i) * rest;
  return {};
}

/// One term w e^z over the sum of terms: of one of these, if it can be, times a factor.
constexpr symbol quotient_by_terms(symbol w, symbol z, const symbols &sum) {
  for (int i = 0; i < sum.size; i += 2) {
    const symbol own = sum.items[i];
    const symbol factor = sum.items[i + 1] == z ? ratio(w, own) : symbol{};
    if (factor.exists()) {
      const bool is_sigmoid = sum.size == 4 && sum.items[0] == sum.items[2];
      return factor * (is_sigmoid ? sigmoid(z - sum.items[i == 0 ? 3 : 1]) : over_sum(own, z, sum));
    }
  }
  return over_sum(w, z, sum);
}

struct quotient_of_exponentials {
  static constexpr std::string_view formula =
      "exp(a) / (exp(a) + exp(b)) = sigmoid(a - b), of more terms with weights as much,"
      " (exp(a) - exp(b)) / (exp(a) + exp(b)) = tanh((a - b) / 2)"sv;
  static constexpr std::string_view domain = "all a, b"sv;
  static constexpr std::string_view gain = "NaN above 709 and below -745"sv;
  static constexpr bool is_of_reals = true;

  /// Before it is differentiated: what flows back has factors that belong together.
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.home->rules != rewriting::all)
      return {};
    return beside_numbers(a, b, over);
  }

private:
  static constexpr symbol over(symbol a, symbol b) {
    const bool is_squared = is<square_operation>(b);
    const symbol sum = is_squared ? b.operand(0) : b;
    int looks = 32;
    if ((!is<add_operation>(sum) && !is<subtract_operation>(sum)) || !has_exponential(a, looks))
      return {};
    const symbol result = is_squared ? symbol{} : as_tanh(a, sum);
    return result.exists() ? result : of_terms(a, sum, is_squared);
  }
  /// Beside a term without an exponential the sum stays as it is, as under log; numbers may be in
  /// it. Over the square of a sum a term w e^z is w times the square of e^(z / 2) over the sum.
  static constexpr symbol of_terms(symbol a, symbol sum, bool is_squared) {
    weighted_terms of, by;
    of.of_quotient = by.of_quotient = true;
    if (!split_terms(sum, by) || !by.are_exponentials || !by.have_exponential ||
        !split_terms(a, of) || !of.have_exponential)
      return {};
    const symbol one = a.home->constant(1), half = a.home->constant(math::reduced(1, 2));
    symbol result;
    for (int i = 0; i < of.all.size; i += 2) {
      const symbol w = of.all.items[i], z = of.all.items[i + 1];
      const symbol part = is_squared ? w * square(quotient_by_terms(one, half * z, by.all))
                                     : quotient_by_terms(w, z, by.all);
      result = i == 0 ? part : result + part;
    }
    return result;
  }
  /// (e^x - e^y) / (e^x + e^y), of which one may be 1.
  static constexpr symbol as_tanh(symbol difference, symbol sum) {
    symbol x, y;
    if (is<expm1_operation>(difference)) {
      x = difference.operand(0);
      y = x.home->constant(0);
    } else if (is<subtract_operation>(difference)) {
      x = exponent_of(difference.operand(0));
      y = exponent_of(difference.operand(1));
    }
    const symbol a = exponent_of(sum.operand(0)), b = exponent_of(sum.operand(1));
    if (!x.exists() || !y.exists() || !is<add_operation>(sum) ||
        !((x == a && y == b) || (x == b && y == a)))
      return {};
    return tanh(x.home->constant(math::reduced(1, 2)) * (x - y));
  }
};

struct complement_of_share {
  static constexpr std::string_view formula =
      "1 - exp(a) / (exp(a) + exp(b) + ...) is the sum of the other shares"sv;
  static constexpr std::string_view domain = "all a, b"sv;
  static constexpr std::string_view gain = "digits of shares near 1"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol share) {
    const symbols all = share.home->symbols_of(share.home->inputs_of(share.index));
    symbol rest;
    bool is_share = false;
    for (int i = 2; i < all.size; i += 2) {
      const symbol w = all.items[i], z = all.items[i + 1];
      if (!is_share && w == all.items[0] && z == all.items[1]) {
        is_share = true;
        continue;
      }
      const symbol other = over_sum(w, z, all, 2);
      rest = rest.exists() ? rest + other : other;
    }
    return is_share ? rest : symbol{};
  }
};

struct softmax_of_exp {
  static constexpr std::string_view formula =
      "exp(z) / column_sums(exp(z)) = softmax(z), also by row, of weighted exponentials, and in"
      " sums and products"sv;
  static constexpr std::string_view domain = "all z"sv;
  static constexpr std::string_view gain = "NaN above 709 and below -745"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    if (is<exp_operation>(a) && exponents_summed(b) == a.operand(0)) // of complex numbers, too
      return softmax(a.operand(0));
    return a.home->is_real ? beside_numbers(a, is<fill_operation>(b) ? b.operand(0) : b, over)
                           : symbol{};
  }

private:
  static constexpr symbol over(symbol a, symbol sums) {
    if (!is_sums(sums))
      return {};
    const symbol x = sums.operand(0);
    if (is_sums(a) && a.operation()->fingerprint == sums.operation()->fingerprint &&
        a.operand(0).shape() == x.shape()) {
      const symbol parts = elements_over(a.operand(0), sums);
      return parts.exists() ? with_operand(a, 0, filled(parts, x.shape())) : parts;
    }
    return a.shape() == x.shape() ? elements_over(a, sums) : symbol{};
  }
  /// Elements n e^z over sums of elements w e^z of the same z.
  static constexpr symbol elements_over(symbol a, symbol sums) {
    weighted_terms terms;
    terms.of_quotient = true;
    const weight_and_logarithm of = split_term(a, terms), by = split_term(sums.operand(0), terms);
    if (!of.logarithm.exists() || !(of.logarithm == by.logarithm) ||
        !(of.weight == by.weight || by.weight.is(1)))
      return {};
    const symbol z = as_columns(sums, by.logarithm);
    if (by.weight.is(1))
      return of.weight * from_columns(sums, softmax(z));
    return from_columns(sums, apply_operation<shares_operation>(as_columns(sums, by.weight), z));
  }
};

} // namespace chainrule::detail
