// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Terms: what is positive, and sums of weighted exponentials w e^z as operations of the weights and
// of the exponents, which neither over- nor underflow.
// Read next: logarithms.hpp.
#pragma once

#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/rounding.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/exponentials.hpp>
#include <chainrule/rewrite/tidy.hpp>

namespace chainrule::detail {

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

/// Whether x is positive wherever it is a real number, as far as its operations tell.
constexpr bool is_term(symbol x) {
  if (is_positive(x) || tanh_beside_number(x).exists())
    return true;
  for (const along axis : {along::rows, along::columns})
    if (is_along<slice_operation>(x, axis))
      return is_term(x.operand(0));
  const bool is_chosen = is<max_operation>(x) || is<min_operation>(x) || is<hypot_operation>(x) ||
                         is_along<join_operation>(x, along::rows) ||
                         is_along<join_operation>(x, along::columns);
  const bool is_choice = is<select_operation>(x);
  if (is_chosen || is_choice || x.operation()->is_positive == positivity::with_operands) {
    const answer kept(question::is_term, x);
    if (kept.is_known())
      return kept.is_yes();
    bool are_terms = true;
    for (int i = is_choice ? 1 : 0; i < x.operands() && are_terms; ++i)
      are_terms = is_term(x.operand(i));
    return kept.keep(are_terms);
  }
  const bool keeps_sign =
      is<transpose_operation>(x) || is<reshape_operation>(x) || is<fill_operation>(x) ||
      is<sum_operation>(x) || is<row_sums_operation>(x) || is<column_sums_operation>(x) ||
      is<square_operation>(x) || is<sqrt_operation>(x) || is<cbrt_operation>(x) ||
      is<abs_operation>(x) || is<pow_operation>(x) || is<norm_operation>(x) ||
      is<largest_operation>(x) || is<limit_operation>(x);
  return keeps_sign && is_term(x.operand(0));
}

// Operands w, z, w', z', ...: weights of any sign and logarithms, the terms w e^z.

/// The terms over e to the largest z + log|w|.
struct terms_over_largest {
  symbol largest, sum;
  symbols terms;

  constexpr explicit terms_over_largest(const symbols &all) {
    symbols logs;
    for (int i = 0; i < all.size; i += 2)
      logs.push(exponent_of_terms({all.items[i], all.items[i + 1]}));
    largest = apply_operation<max_operation>(logs);
    for (int i = 0; i < logs.size; ++i) {
      const symbol size = exp(logs.items[i] - apply_operation<bounded_operation>(largest));
      terms.push(all.items[2 * i].is(1) ? size : sign(all.items[2 * i]) * size);
      sum = i == 0 ? terms.items[0] : sum + terms.items[i];
    }
  }
};

/// Operations on such terms: the first one over the sum, or the logarithm of the sum.
template <bool IsShare>
struct of_terms : operation {
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &w, const T &z,
                                            const std::same_as<T> auto &...rest) {
    const T all[] = {w, z, rest...};
    const auto log_of_size = [&](std::size_t i) {
      return all[i + 1] + math::log(all[i] < T(0.0) ? -all[i] : all[i]);
    };
    T largest = log_of_size(0), sum = T(0.0), first = T(0.0);
    for (std::size_t i = 2; i < std::size(all); i += 2)
      largest = larger(largest, log_of_size(i));
    for (std::size_t i = 0; i < std::size(all); i += 2) {
      const T size = math::exp(log_of_size(i) - bounded_operation::value(largest));
      sum = sum + (all[i] < T(0.0) ? -size : size);
      first = i == 0 ? sum : first;
    }
    if constexpr (IsShare)
      return first == T(0.0) ? first : first / sum;
    else
      return math::log(sum) + largest;
  }
};

/// w e^z as it was written: of a sigmoid z is -softplus(-x).
constexpr symbol term_of(const symbols &all, int i) {
  const symbol w = all.items[2 * i], z = all.items[2 * i + 1];
  return is<negate_operation>(z) && is<softplus_operation>(z.operand(0))
             ? w * sigmoid(-z.operand(0).operand(0))
             : w * exp(z);
}
/// Operands with the i-th term in front.
constexpr symbols with_term_in_front(symbols all, int i) {
  for (int k = 0; k < 2; ++k) {
    const symbol moved = all.items[2 * i + k];
    all.items[2 * i + k] = all.items[k];
    all.items[k] = moved;
  }
  return all;
}
/// e^z of the i-th term over e^r.
constexpr symbol beside_weight(const symbols &all, int i, symbol log_of_sum) {
  return exp(all.items[2 * i + 1] - apply_operation<raised_operation>(log_of_sum));
}

/// The first term p over the sum of all, and 0 where it is 0, as all may be: to z flows p times the
/// sum of the others, to another z' p times that one, and to weights as much without the weight.
struct share_of_terms_operation : of_terms<true> {
  static constexpr std::string_view name = "share_of_terms"sv;
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol share);
  static constexpr symbol definition(const symbols &all);
  static constexpr symbol code(const symbols &, const symbols &all) {
    const terms_over_largest from(all);
    return apply_operation<absorbing_quotient_operation>(from.terms.items[0], from.sum);
  }
};

/// The logarithm r of the sum. To z flows the share of the term, to w e^(z - r).
struct log_of_terms_operation : of_terms<false> {
  static constexpr std::string_view name = "log_of_terms"sv;
  static constexpr bool may_be_infinite = true;

  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result) {
    symbols parts;
    for (int i = 0; 2 * i < all.size; ++i) {
      parts.push(d * beside_weight(all, i, result));
      parts.push(d * apply_operation<share_of_terms_operation>(with_term_in_front(all, i)));
    }
    return parts;
  }
  static constexpr symbol sum_of(const symbols &all) {
    symbol sum = term_of(all, 0);
    for (int i = 1; 2 * i < all.size; ++i)
      sum = sum + term_of(all, i);
    return sum;
  }
  static constexpr symbol definition(const symbols &all) {
    return as_written<log_operation>(sum_of(all));
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const terms_over_largest from(all);
    return apply_operation<log_operation>(from.sum) + from.largest;
  }
};

constexpr symbol share_of_terms_operation::definition(const symbols &all) {
  return term_of(all, 0) / log_of_terms_operation::sum_of(all);
}
constexpr symbols share_of_terms_operation::adjoint(symbol d, const symbols &all, symbol share) {
  const symbol log_of_sum = apply_operation<log_of_terms_operation>(all);
  symbols parts{{}, {}};
  symbol others;
  for (int i = 1; 2 * i < all.size; ++i) {
    const symbol other = apply_operation<share_of_terms_operation>(with_term_in_front(all, i));
    others = i == 1 ? other : others + other;
    parts.push(-(d * share * beside_weight(all, i, log_of_sum)));
    parts.push(-(d * share * other));
  }
  parts.items[0] = d * others * beside_weight(all, 0, log_of_sum);
  parts.items[1] = d * share * others;
  return parts;
}

} // namespace chainrule::detail
