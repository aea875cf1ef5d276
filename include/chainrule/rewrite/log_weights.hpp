// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// logsumexp and logaddexp of logarithms, log(p) + z, and logarithms of sums of weighted
// exponentials: where p is 0 its term is left out of the sum, and the sum still has a slope by p,
// e^z over it. By the chain rule that would be 0 / 0.
// Read next: cross_entropy.hpp.
#pragma once

#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/logsumexp.hpp>
#include <chainrule/rewrite/logarithms.hpp>

namespace chainrule::detail {

/// log w + log w' + ... + rest
struct log_and_rest {
  symbols weights;
  symbol rest;
};

constexpr bool is_moved(symbol x) {
  return is<transpose_operation>(x) || is<reshape_operation>(x) ||
         is_along<slice_operation>(x, along::rows) || is_along<slice_operation>(x, along::columns);
}

/// So many logarithms are split off: of each flows a product of the others.
inline constexpr int most_logarithms = 32;

/// How many there are, of those of one part where several are joined; one more than the most
/// stands for any number above it.
constexpr int logarithms_in(symbol x) {
  if (is<log_operation>(x))
    return x.operand(0).is_number() ? 0 : 1;
  if (is<subtract_operation>(x) || is<fill_operation>(x) || is_moved(x))
    return logarithms_in(x.operand(0));
  const bool is_sum = is<add_operation>(x);
  if (!is_sum && !is_along<join_operation>(x, along::rows) &&
      !is_along<join_operation>(x, along::columns))
    return 0;
  const answer kept(question::logarithms, x);
  if (kept.is_known())
    return kept.count();
  int result = 0;
  for (int i = 0; i < x.operands(); ++i) {
    const int of_part = logarithms_in(x.operand(i));
    result = is_sum ? result + of_part : of_part > result ? of_part : result;
  }
  return kept.keep(result > most_logarithms ? most_logarithms + 1 : result);
}

constexpr log_and_rest split_logarithms(symbol x);

/// Of parts one after the other; where one has fewer weights than another, they are 1.
constexpr log_and_rest split_joined(const symbols &all, along axis) {
  list<log_and_rest> parts;
  log_and_rest result;
  int most = 0;
  for (const symbol part : all) {
    parts.push(split_logarithms(part));
    const int size = parts.items[parts.size - 1].weights.size;
    most = size > most ? size : most;
  }
  for (int i = -1; i < most; ++i) { // the rest, then weights
    symbols joined;
    for (int k = 0; k < all.size; ++k) {
      const log_and_rest &part = parts.items[k];
      joined.push(filled(i < 0                   ? part.rest
                         : i < part.weights.size ? part.weights.items[i]
                                                 : part.rest.home->constant(1),
                         all.items[k].shape()));
    }
    if (i < 0)
      result.rest = join(joined, axis);
    else
      result.weights.push(join(joined, axis));
  }
  return result;
}

constexpr log_and_rest split_logarithms(symbol x) {
  log_and_rest result;
  result.rest = x;
  if (const int count = logarithms_in(x); count == 0 || count > most_logarithms)
    return result;
  if (is<log_operation>(x)) {
    result.weights.push(x.operand(0));
    result.rest = x.home->constant(0);
  } else if (is<add_operation>(x)) {
    result = split_logarithms(x.operand(0));
    const log_and_rest other = split_logarithms(x.operand(1));
    for (const symbol weight : other.weights)
      result.weights.push(weight);
    result.rest = result.rest + other.rest;
  } else if (is<subtract_operation>(x)) {
    result = split_logarithms(x.operand(0));
    result.rest = result.rest - x.operand(1);
  } else if (is<fill_operation>(x)) {
    result = split_logarithms(x.operand(0));
  } else if (is_moved(x)) {
    log_and_rest whole = split_logarithms(x.operand(0));
    const auto moved = [&](symbol part) {
      return with_operand(x, 0, filled(part, x.operand(0).shape()));
    };
    result.rest = moved(whole.rest);
    for (const symbol weight : whole.weights)
      result.weights.push(moved(weight));
  } else {
    for (const along axis : {along::rows, along::columns})
      if (is_along<join_operation>(x, axis))
        return split_joined(x.home->symbols_of(x.home->inputs_of(x.index)), axis);
  }
  return result;
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

/// w and z of w e^z; z does not exist where there is no exponential in x.
struct weight_and_logarithm {
  symbol weight, logarithm;
};

/// How many factors of a sum are looked at: shared ones in products of products are met 2^n times.
inline constexpr int factors_looked_at = 256;

constexpr weight_and_logarithm split_term(symbol x, int &factors) {
  if (--factors < 0)
    return {x, {}};
  const bool is_never_below_0 = is_term(x) || is<softmax_operation>(x);
  if (const symbol logs = is_never_below_0 ? log_form(x) : symbol{}; logs.exists())
    return {x.home->constant(1), logs};
  const bool is_quotient = is<divide_operation>(x);
  if (!is_quotient && !is<multiply_operation>(x) && !is<weighted_operation>(x))
    return {x, {}};
  const symbol beside = x.operand(1); // what keeps -infinity from a softmax has nothing to keep
  const weight_and_logarithm a = split_term(x.operand(0), factors),
                             b = split_term(is<weighted_operation>(x) &&
                                                    is<zero_where_operation>(beside)
                                                ? beside.operand(1)
                                                : beside,
                                            factors);
  if (!a.logarithm.exists() && !b.logarithm.exists())
    return {x, {}};
  const symbol zero = x.home->constant(0), first = a.logarithm.exists() ? a.logarithm : zero,
               second = b.logarithm.exists() ? b.logarithm : zero;
  return is_quotient ? weight_and_logarithm{a.weight / b.weight, first - second}
                     : weight_and_logarithm{a.weight * b.weight, first + second};
}

/// The log of the sums of x by rows, by columns, or of all.
constexpr symbol log_of_sums(symbol sums, symbol x) {
  int factors = factors_looked_at;
  const weight_and_logarithm term = split_term(x, factors);
  if (!term.logarithm.exists())
    return {};
  const auto in_columns = [&](symbol of) {
    of = filled(of, x.shape());
    return is<column_sums_operation>(sums) ? of
           : is<row_sums_operation>(sums)  ? apply_operation<transpose_operation>(of)
                                           : reshaped(of, {x.shape().size(), 1});
  };
  const symbol result =
      term.weight.is(1) ? logsumexp(in_columns(term.logarithm))
                        : apply_operation<weighted_logsumexp_operation>(in_columns(term.weight),
                                                                        in_columns(term.logarithm));
  return is<row_sums_operation>(sums) ? apply_operation<transpose_operation>(result) : result;
}

/// The weights, each with its sign, and logarithms of the terms of a sum, if all have logarithms.
constexpr bool split_terms(symbol x, bool is_negative, int &factors, symbols &to) {
  const bool is_difference = is<subtract_operation>(x);
  if (is<negate_operation>(x))
    return split_terms(x.operand(0), !is_negative, factors, to);
  if (is_difference || is<add_operation>(x))
    return split_terms(x.operand(0), is_negative, factors, to) &&
           split_terms(x.operand(1), is_negative != is_difference, factors, to);
  const weight_and_logarithm term = split_term(x, factors);
  to.push(is_negative ? -term.weight : term.weight);
  to.push(term.logarithm);
  return term.logarithm.exists() && to.size <= 2 * 32;
}

/// log(w e^a + v e^b + ...) of a mixture whose weights are not known to be positive. Beside a term
/// without an exponential the sum stays as it is: it does not underflow, and takes one logarithm.
constexpr symbol log_of_weighted_terms(symbol sum) {
  int factors = factors_looked_at;
  symbols all;
  return split_terms(sum, false, factors, all) ? apply_operation<log_of_terms_operation>(all)
                                               : symbol{};
}

struct logsumexp_of_logarithms {
  static constexpr std::string_view formula = "logsumexp(log(p) + z) with its slope where p is 0"sv;
  static constexpr std::string_view domain = "p >= 0, all z"sv;
  static constexpr std::string_view gain = "NaN slopes by p = 0"sv;
  static constexpr bool is_of_reals = true;

  /// Of the logarithms z, beside weights.
  static constexpr symbol apply(symbol z, symbols weights = {}) {
    log_and_rest of = split_logarithms(z);
    if (of.weights.size == 0)
      return {};
    if (weights.size == 0)
      weights.push(z.home->constant(1)); // the first may be negative
    for (const symbol weight : of.weights)
      weights.push(weight);
    weights.push(filled(of.rest, z.shape()));
    return apply_operation<weighted_logsumexp_operation>(weights);
  }
};

struct logaddexp_of_logarithms : logsumexp_of_logarithms {
  static constexpr symbol apply(symbol a, symbol b) {
    const log_and_rest terms[]{split_logarithms(a), split_logarithms(b)};
    if (terms[0].weights.size + terms[1].weights.size == 0)
      return {};
    symbols all{a, b, terms[0].rest, terms[1].rest};
    for (const log_and_rest &of : terms) {
      symbols weights{a.home->constant(1)}; // the first may be negative
      for (const symbol weight : of.weights)
        weights.push(weight);
      weights.push(of.rest);
      for (int i = 1; i < weights.size - 1; ++i) {
        all.push(weights.items[i]);
        all.push(exponent_of_terms(weights, i));
      }
    }
    return apply_operation<logaddexp_of_terms_operation>(all);
  }
};

} // namespace chainrule::detail
