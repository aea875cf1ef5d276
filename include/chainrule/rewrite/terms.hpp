// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Terms: sums and quotients of weighted exponentials w e^z as operations of the weights and of the
// exponents, which neither over- nor underflow, and what is positive.
// Read next: logarithms.hpp.
#pragma once

#include <chainrule/operation/gate.hpp>
#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/rounding.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/exponentials.hpp>
#include <chainrule/rewrite/tidy.hpp>

namespace chainrule::detail {

// Operands w, z, w', z', ...: weights of any sign and exponents of the terms w e^z.

/// z + log|w|; a number w is in front of the term, where it costs no digits.
constexpr symbol exponent_of_term(symbol w, symbol z) {
  return w.is_number() ? z : exponent_of_terms({w, z});
}
/// w e^z over e to the largest exponent.
constexpr symbol term_over(symbol w, symbol z, symbol largest) {
  const symbol size = exp(exponent_of_term(w, z) - apply_operation<bounded_operation>(largest));
  return w.is_number() ? w * size : sign(w) * size;
}

/// The sum of all terms from one on, over e to the largest exponent.
struct sum_over_largest {
  symbol largest, sum;

  constexpr sum_over_largest(const symbols &all, int first) {
    symbols exponents;
    for (int i = first; i < all.size; i += 2)
      exponents.push(exponent_of_term(all.items[i], all.items[i + 1]));
    largest = apply_operation<max_operation>(exponents);
    for (int i = first; i < all.size; i += 2) {
      const symbol term = term_over(all.items[i], all.items[i + 1], largest);
      sum = i == first ? term : sum + term;
    }
  }
};

/// Operations on such terms: the first over the sum of the others, or the logarithm of the sum.
template <bool IsQuotient>
struct of_terms : operation {
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &w, const T &z,
                                            const std::same_as<T> auto &...rest) {
    const T all[] = {w, z, rest...};
    constexpr std::size_t first = IsQuotient ? 2 : 0;
    const auto exponent = [&](std::size_t i) {
      return all[i + 1] + math::log(all[i] < T(0.0) ? -all[i] : all[i]);
    };
    T largest = exponent(first), sum = T(0.0);
    for (std::size_t i = first + 2; i < std::size(all); i += 2)
      largest = larger(largest, exponent(i));
    const auto over_largest = [&](std::size_t i) {
      const T size = math::exp(exponent(i) - bounded_operation::value(largest));
      return all[i] < T(0.0) ? -size : size;
    };
    for (std::size_t i = first; i < std::size(all); i += 2)
      sum = sum + over_largest(i);
    if constexpr (IsQuotient)
      return absorbing_quotient_operation::value(over_largest(0), sum);
    else
      return math::log(sum) + largest;
  }
};

/// w e^z as it was written: of a sigmoid z is -softplus(-x).
constexpr symbol term_of(symbol w, symbol z) {
  return is<negate_operation>(z) && is<softplus_operation>(z.operand(0))
             ? w * sigmoid(-z.operand(0).operand(0))
             : w * exp(z);
}
constexpr symbol sum_of_terms(const symbols &all, int first) {
  symbol sum = term_of(all.items[first], all.items[first + 1]);
  for (int i = first + 2; i < all.size; i += 2)
    sum = sum + term_of(all.items[i], all.items[i + 1]);
  return sum;
}

/// w e^z over the sum of the terms from one on, as a quotient_of_terms.
constexpr symbol over_sum(symbol w, symbol z, const symbols &terms, int first = 0);

/// Operands w, z, v, y, v', y', ...: w e^z over the sum of v e^y, v' e^y', ..., and 0 where it is 0
/// over 0. Where z is one of the y, the quotient q flows to it times the shares of the other terms,
/// for of q - q v e^y / (v e^y + ...) no digits would be left.
struct quotient_of_terms_operation : of_terms<true> {
  static constexpr std::string_view name = "quotient_of_terms"sv;

  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result) {
    const symbol w = all.items[0], z = all.items[1], one = d.home->constant(1);
    int own = 0; // where z is among the exponents
    for (int i = all.size - 2; i > 0; i -= 2)
      own = all.items[i + 1] == z ? i : own;
    const bool is_own_weight = own != 0 && all.items[own] == w;
    symbols parts{{}, {}};
    symbol others = own == 0 ? one : d.home->constant(0);
    for (int i = 2; i < all.size; i += 2) {
      const symbol v = all.items[i], y = all.items[i + 1];
      const symbol share = i == own ? symbol{} : over_sum(v, y, all, 2);
      others = i == own || own == 0 ? others : others + share;
      parts.push(i == own && is_own_weight ? symbol{} : -(d * result * over_sum(one, y, all, 2)));
      parts.push(i == own ? symbol{} : -(d * result * share));
    }
    const symbol by_weight = d * over_sum(one, z, all, 2);
    parts.items[0] = is_own_weight ? by_weight * others : by_weight;
    parts.items[1] = d * result * others;
    return parts;
  }
  static constexpr symbol log_of(const symbols &all);
  static constexpr symbol definition(const symbols &all) {
    return as_written<divide_operation>(term_of(all.items[0], all.items[1]), sum_of_terms(all, 2));
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const sum_over_largest from(all, 2);
    return apply_operation<absorbing_quotient_operation>(
        term_over(all.items[0], all.items[1], from.largest), from.sum);
  }
};

constexpr symbol over_sum(symbol w, symbol z, const symbols &terms, int first) {
  symbols all{w, z};
  for (int i = first; i < terms.size; ++i)
    all.push(terms.items[i]);
  return apply_operation<quotient_of_terms_operation>(all);
}

/// The logarithm of the sum of all. To z flows the share of the term, to w the same without w.
struct log_of_terms_operation : of_terms<false> {
  static constexpr std::string_view name = "log_of_terms"sv;
  static constexpr bool may_be_infinite = true;

  static constexpr symbols adjoint(symbol d, const symbols &all, symbol) {
    symbols parts;
    for (int i = 0; i < all.size; i += 2) {
      parts.push(d * over_sum(d.home->constant(1), all.items[i + 1], all));
      parts.push(d * over_sum(all.items[i], all.items[i + 1], all));
    }
    return parts;
  }
  static constexpr symbol definition(const symbols &all) {
    return as_written<log_operation>(sum_of_terms(all, 0));
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const sum_over_largest from(all, 0);
    return apply_operation<log_operation>(from.sum) + from.largest;
  }
};

/// tanh z of c + c tanh(z) and c - c tanh(z), c > 0.
constexpr symbol tanh_beside_number(symbol x) {
  if (!is<add_operation>(x) && !is<subtract_operation>(x))
    return {};
  const symbol a = x.operand(0), b = x.operand(1), c = a.is_number() ? a : b;
  if (!is_positive_number(c) || (c == b && is<subtract_operation>(x)))
    return {};
  const symbol other = a.is_number() ? b : a, f = c.is(1) ? other : beside_factor(c, other);
  return f.exists() && is<tanh_operation>(f) ? f : symbol{};
}

constexpr bool is_term(symbol x);
constexpr bool are_terms(symbol x, int first, int step = 1) {
  for (int i = first; i < x.operands(); i += step)
    if (!is_term(x.operand(i)))
      return false;
  return true;
}
constexpr bool is_made_of_terms(symbol x) {
  if (tanh_beside_number(x).exists())
    return true;
  for (const along axis : {along::rows, along::columns})
    if (is_along<slice_operation>(x, axis))
      return is_term(x.operand(0));
  const bool is_chosen = is<max_operation>(x) || is<min_operation>(x) || is<hypot_operation>(x) ||
                         is_along<join_operation>(x, along::rows) ||
                         is_along<join_operation>(x, along::columns);
  const bool is_choice = is<select_operation>(x);
  if (is_chosen || is_choice || x.operation()->is_positive == positivity::with_operands)
    return are_terms(x, is_choice ? 1 : 0);
  if (is<quotient_of_terms_operation>(x))
    return is_term(x.operand(0)) && are_terms(x, 2, 2);
  const bool keeps_sign =
      is<transpose_operation>(x) || is<reshape_operation>(x) || is<fill_operation>(x) ||
      is<sum_operation>(x) || is<row_sums_operation>(x) || is<column_sums_operation>(x) ||
      is<square_operation>(x) || is<sqrt_operation>(x) || is<cbrt_operation>(x) ||
      is<abs_operation>(x) || is<pow_operation>(x) || is<norm_operation>(x) ||
      is<largest_operation>(x) || is<limit_operation>(x);
  return keeps_sign && is_term(x.operand(0));
}

/// Whether x is positive wherever it is a real number, as far as its operations tell.
constexpr bool is_term(symbol x) {
  return is_positive(x) || (x.operands() > 0 && answer(question::is_term, x, [](symbol of) {
                                                  return is_made_of_terms(of) ? 1 : 0;
                                                }) == 1);
}

/// w and z of w e^z; z does not exist where there is no exponential.
struct weight_and_logarithm {
  symbol weight, logarithm;
};

/// Of a quotient. The sum of terms may be negative where weights may: it has the sign of
/// (e^y + e^y' + ...) over it, in which the exponent of the largest term is not lost.
constexpr weight_and_logarithm split_quotient(const symbols &all) {
  const symbol one = all.items[0].home->constant(1);
  bool are_positive = true;
  for (int i = 2; i < all.size; i += 2)
    are_positive = are_positive && is_term(all.items[i]);
  symbol sign_of_sum = one;
  if (!are_positive) {
    symbol exponentials = over_sum(one, all.items[3], all, 2);
    for (int i = 4; i < all.size; i += 2)
      exponentials = exponentials + over_sum(one, all.items[i + 1], all, 2);
    sign_of_sum = sign(exponentials);
  }
  symbols sum;
  for (int i = 2; i < all.size; i += 2) {
    sum.push(sign_of_sum * all.items[i]);
    sum.push(all.items[i + 1]);
  }
  return {sign_of_sum * all.items[0], all.items[1] - apply_operation<log_of_terms_operation>(sum)};
}
constexpr symbol quotient_of_terms_operation::log_of(const symbols &all) {
  const auto [weight, logarithm] = split_quotient(all);
  return weight.is(1) ? logarithm : log(weight) + logarithm;
}

} // namespace chainrule::detail
