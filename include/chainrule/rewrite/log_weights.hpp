// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// logsumexp and logaddexp of logarithms, log(p) + z: where p is 0 its term is left out of the sum,
// and the sum still has a slope by p, e^z over it. By the chain rule that would be 0 / 0.
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
  if (!is<add_operation>(x) && !is_along<join_operation>(x, along::rows) &&
      !is_along<join_operation>(x, along::columns))
    return 0;
  return answer(question::logarithms, x, [](symbol of) {
    int result = 0;
    for (int i = 0; i < of.operands(); ++i) {
      const int of_part = logarithms_in(of.operand(i));
      result = is<add_operation>(of) ? result + of_part : of_part > result ? of_part : result;
    }
    return result > most_logarithms ? most_logarithms + 1 : result;
  });
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
