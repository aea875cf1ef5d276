// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logarithms of what has a logarithm of its own: log asks its operand, which says it as a rule
// (`logarithm` in its slice, or `log_of`), and what is made of such operands, products, quotients,
// powers, sums and parts, is computed from their logarithms: no exponential over- or underflows.
// Read next: log_weights.hpp.
#pragma once

#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/loss.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/exponentials.hpp>
#include <chainrule/rewrite/tidy.hpp>

namespace chainrule::detail {

/// x where a node is exp(x); 0 where it is 1.
constexpr symbol exponent_of(symbol node) {
  if (node.is(1))
    return node.home->constant(0);
  return is<exp_operation>(node) ? node.operand(0) : symbol{};
}

/// log of a sum of exponentials, or nothing.
constexpr symbol log_of_terms(symbol sum) {
  if (!is<add_operation>(sum))
    return exponent_of(sum);
  const answer kept(question::log_of_terms, sum);
  if (kept.is_known())
    return kept.node();
  const symbol a = log_of_terms(sum.operand(0));
  const symbol b = a.exists() ? log_of_terms(sum.operand(1)) : a;
  return kept.keep(b.exists() ? logaddexp(a, b) : b);
}

/// log f, as f says it.
struct own_logarithm {
  static constexpr symbol apply(symbol x) {
    return x.operands() == 1 ? x.operation()->logarithm(x.operand(0)) : symbol{};
  }
};

constexpr symbol log_form(symbol x);

/// Whether x is positive wherever it is a real number, as far as its operations tell.
constexpr bool is_term(symbol x) {
  if (is_positive(x))
    return true;
  for (const along axis : {along::rows, along::columns})
    if (is_along<slice_operation>(x, axis))
      return is_term(x.operand(0));
  const bool keeps_sign = is<transpose_operation>(x) || is<reshape_operation>(x) ||
                          is<fill_operation>(x) || is<sum_operation>(x) ||
                          is<row_sums_operation>(x) || is<column_sums_operation>(x);
  return keeps_sign && is_term(x.operand(0));
}

/// Whether log x may be computed from those of the operands of a sum, where they are positive and
/// can over- or underflow, or of a product of which not both may be negative.
constexpr bool asks_for_operands(symbol x) {
  if (is<multiply_operation>(x) || is<divide_operation>(x))
    return is_term(x.operand(0)) || is_term(x.operand(1));
  if (!is<add_operation>(x) && !is<subtract_operation>(x))
    return false;
  const symbol a = x.operand(0), b = x.operand(1);
  return ((!a.is_number() && !b.is_number()) ||
          x.home->nodes.items[x.index].is_finite == finiteness::may_be_infinite) &&
         is_term(b) && is_term(a);
}

/// log(a + b) or log(a - b) of which one has a logarithm.
constexpr symbol log_of_two_terms(symbol a, symbol b, bool is_difference) {
  symbol second = log_form(b);
  const symbol first = log_form(a);
  if (!first.exists() && !second.exists())
    return {};
  second = second.exists() ? second : log(b);
  const symbol from = first.exists() ? first : log(a);
  return is_difference ? from + log1mexp(second - from) : logaddexp(from, second);
}

/// The log of the sums of x by rows, by columns, or of all.
constexpr symbol log_of_sums(symbol sums, symbol x) {
  symbol logs = is_term(x) ? log_form(x) : symbol{}, weights;
  if (!logs.exists() && is<multiply_operation>(x))
    for (int i = 0; i < 2 && !logs.exists(); ++i)
      if (is_term(x.operand(i))) {
        logs = log_form(x.operand(i));
        weights = x.operand(1 - i);
      }
  if (!logs.exists())
    return {};
  const auto in_columns = [&](symbol of) {
    of = filled(of, x.shape());
    return is<column_sums_operation>(sums) ? of
           : is<row_sums_operation>(sums)  ? apply_operation<transpose_operation>(of)
                                           : reshaped(of, {x.shape().size(), 1});
  };
  const symbol result =
      weights.exists()
          ? apply_operation<weighted_logsumexp_operation>(in_columns(weights), in_columns(logs))
          : logsumexp(in_columns(logs));
  return is<row_sums_operation>(sums) ? apply_operation<transpose_operation>(result) : result;
}

/// The log of a part, or of what is put together, from those of what it is made of.
constexpr symbol log_of_moved(symbol x) {
  for (const along axis : {along::rows, along::columns}) {
    if (is_along<slice_operation>(x, axis)) {
      const symbol logs = log_form(x.operand(0));
      return logs.exists() ? slice(filled(logs, x.operand(0).shape()), axis, whole_operand(x, 1),
                                   whole_operand(x, 2))
                           : logs;
    }
    if (is_along<join_operation>(x, axis)) {
      bool is_known = false;
      for (int i = 0; i < x.operands() && !is_known; ++i)
        is_known = log_form(x.operand(i)).exists();
      symbols parts;
      for (int i = 0; i < x.operands() && is_known; ++i)
        parts.push(filled(log(x.operand(i)), x.operand(i).shape()));
      return is_known ? join(parts, axis) : symbol{};
    }
  }
  if (!is<transpose_operation>(x) && !is<reshape_operation>(x) && !is<fill_operation>(x))
    return {};
  symbol logs = log_form(x.operand(0));
  if (!logs.exists())
    return logs;
  logs = filled(logs, x.operand(0).shape());
  return is<transpose_operation>(x) ? apply_operation<transpose_operation>(logs)
         : is<reshape_operation>(x) ? reshaped(logs, x.shape())
                                    : filled(logs, x.shape());
}

struct log_of_made_of {
  static constexpr std::string_view formula =
      "log of products, quotients, powers, sums and parts is computed from logarithms"sv;
  static constexpr std::string_view domain = "real numbers of which one has a logarithm"sv;
  static constexpr std::string_view gain = "overflow above 709, -inf below -745"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (x.operands() == 0)
      return {};
    if (x.operation()->has_log)
      return x.operation()->log_of(*x.home, x.home->inputs_of(x.index));
    if (!x.operation()->is_elementwise) {
      const bool is_sum =
          is<sum_operation>(x) || is<row_sums_operation>(x) || is<column_sums_operation>(x);
      return is_sum ? log_of_sums(x, x.operand(0)) : log_of_moved(x);
    }
    const symbol a = x.operand(0), b = x.operand(x.operands() - 1);
    if (is<add_operation>(x) || is<subtract_operation>(x))
      return asks_for_operands(x) ? log_of_two_terms(a, b, is<subtract_operation>(x)) : symbol{};
    if (is<multiply_operation>(x) || is<divide_operation>(x)) {
      if (!asks_for_operands(x))
        return {};
      const symbol second = log_form(b), first = second.exists() ? log(a) : log_form(a);
      if (!first.exists())
        return {};
      return is<divide_operation>(x) ? first - log(b) : first + log(b);
    }
    if (is<pow_operation>(x)) {
      const bool is_known = a.is_number() || log_form(a).exists();
      return is_known && is_term(a) ? b * log(a) : symbol{};
    }
    if (is<square_operation>(x))
      return 2 * log(abs(a));
    if (!is<sqrt_operation>(x) && !(is<abs_operation>(x) && is_term(a)))
      return {};
    const symbol logs = log_form(a);
    if (!logs.exists() || is<abs_operation>(x))
      return logs;
    return x.home->constant(math::reduced(1, 2)) * logs;
  }
};

struct log_of_one_minus_exp {
  static constexpr std::string_view formula = "log(1 - exp(x)) = log1mexp(x)"sv;
  static constexpr std::string_view domain = "x < 0"sv;
  static constexpr std::string_view gain = "digits near 0 and far below it"sv;

  static constexpr symbol apply(symbol x) {
    return is<negate_operation>(x) && is<expm1_operation>(x.operand(0)) // 1 - exp(x)
               ? log1mexp(x.operand(0).operand(0))
               : symbol{};
  }
};

struct log_of_odds {
  static constexpr std::string_view formula = "log(p / (1 - p)) = logit(p)"sv;
  static constexpr std::string_view domain = "0 < p < 1"sv;
  static constexpr std::string_view gain = "digits near p = 1/2"sv;

  static constexpr symbol apply(symbol x) {
    return is<divide_operation>(x) && is<subtract_operation>(x.operand(1)) &&
                   x.operand(1).operand(0).is(1) && x.operand(1).operand(1) == x.operand(0)
               ? logit(x.operand(0))
               : symbol{};
  }
};

struct log_of_sum_of_exponentials {
  static constexpr std::string_view formula = "log(column_sums(exp(z))) = logsumexp(z)"sv;
  static constexpr std::string_view domain = "all z"sv;
  static constexpr std::string_view gain = "overflow above 709, -inf below -745"sv;

  static constexpr symbol apply(symbol x) {
    const symbol z = exponents_summed(x);
    return z.exists() ? logsumexp(z) : z;
  }
};

struct log_of_one_plus_exp {
  static constexpr std::string_view formula = "log(1 + exp(x)) = softplus(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "overflow above x = 709, 0 below -37"sv;

  static constexpr symbol apply(symbol x) {
    const symbol z = exponent_beside_one(x);
    return z.exists() ? softplus(z) : z;
  }
};

struct log_of_exponentials {
  static constexpr std::string_view formula = "log(exp(a) + exp(b)) = logaddexp(a, b)"sv;
  static constexpr std::string_view domain = "all a, b"sv;
  static constexpr std::string_view gain = "overflow above 709, -inf below -745"sv;

  static constexpr symbol apply(symbol x) {
    return is<add_operation>(x) ? log_of_terms(x) : symbol{};
  }
};

struct log_of_one_plus {
  static constexpr std::string_view formula = "log(1 + x) = log1p(x)"sv;
  static constexpr std::string_view domain = "x > -1"sv;
  static constexpr std::string_view gain = "digits of x below 1"sv;

  static constexpr symbol apply(symbol x) {
    if (is<add_operation>(x))
      for (int i = 0; i < 2; ++i)
        if (x.operand(i).is(1))
          return log1p(x.operand(1 - i));
    return is<subtract_operation>(x) && x.operand(0).is(1) ? log1p(-x.operand(1)) : symbol{};
  }
};

/// log x as rules have it, or none where it stays log x. It asks for that of the first operand of
/// sums and products, which is therefore looked for before, from the innermost on: in it, 40
/// factors were 600 calls one in another.
constexpr symbol log_form(symbol x) {
  list<int> inner;
  for (symbol next = x; !answer(question::log_form, next).is_known(); next = next.operand(0)) {
    inner.push(next.index);
    if (!asks_for_operands(next))
      break;
  }
  while (inner.size > 0) {
    const symbol next = x.home->at(inner.items[--inner.size]);
    answer(question::log_form, next)
        .keep(first_of<own_logarithm, log_of_one_minus_exp, log_of_odds, log_of_sum_of_exponentials,
                       log_of_one_plus_exp, log_of_exponentials, log_of_made_of>(next));
  }
  return answer(question::log_form, x).node();
}

/// The same with log(1 + x) as log1p(x), to a base or to e.
constexpr symbol rewritten_logarithm(symbol x, int base = 0) {
  symbol logs = log_form(x);
  if (!logs.exists())
    logs = applied<log_of_one_plus>(x);
  return logs.exists() && base != 0 ? logs / log(x.home->constant(base)) : logs;
}

/// log(1 + x) and log(1 - x) of an x that has a logarithm.
struct log1p_of_made_of : log_of_made_of {
  static constexpr symbol apply(symbol x) {
    const bool is_minus = is<negate_operation>(x);
    const symbol of = is_minus ? x.operand(0) : x;
    if (!is_minus && x.home->nodes.items[x.index].is_finite != finiteness::may_be_infinite)
      return {};
    if (is_minus && of.operands() == 1)
      if (const symbol rest = of.operation()->complement(of.operand(0)); rest.exists())
        return log_form(rest);
    const symbol logs = is_term(of) ? log_form(of) : symbol{};
    return !logs.exists() ? logs : is_minus ? log1mexp(logs) : softplus(logs);
  }
};

/// log1p of exp(x), -exp(x) and -sigmoid(x) is log of what they are with the 1.
struct log1p_of_exp : log_of_one_plus_exp {
  static constexpr symbol apply(symbol x) {
    return is<exp_operation>(x) ? softplus(x.operand(0)) : symbol{};
  }
};

struct log1p_of_minus_exp : log_of_one_minus_exp {
  static constexpr symbol apply(symbol x) {
    return is<negate_operation>(x) && is<exp_operation>(x.operand(0))
               ? log1mexp(x.operand(0).operand(0))
               : symbol{};
  }
};

struct log1p_of_minus_sigmoid : sigmoid_operation::logarithm {
  static constexpr symbol apply(symbol x) {
    return is<negate_operation>(x) && is<sigmoid_operation>(x.operand(0))
               ? -softplus(x.operand(0).operand(0))
               : symbol{};
  }
};

struct logit_of_sigmoid {
  static constexpr std::string_view formula = "logit(sigmoid(x)) = x"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "infinity above x = 37"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol p) {
    return is<sigmoid_operation>(p) ? p.operand(0) : symbol{};
  }
};

/// With the logarithm of a probability that comes from a logit; that of a sigmoid is finite.
struct xlogy_of_probability {
  static constexpr symbol apply(symbol x, symbol y) {
    if (is<sigmoid_operation>(y))
      return x * log(y);
    return log_form(y).exists() ? apply_operation<weighted_log_operation>(x, y) : symbol{};
  }
};

/// Of a probability p that has a logarithm, or 1 - p has.
struct cross_entropy_of_logarithms : log_of_made_of {
  static constexpr symbol apply(symbol p, symbol y) {
    const symbol rest = 1 - p;
    if (!log_form(p).exists() && !log_form(rest).exists())
      return {};
    return -(apply_operation<weighted_log_operation>(y, p) +
             apply_operation<weighted_log_operation>(1 - y, rest));
  }
};

} // namespace chainrule::detail
