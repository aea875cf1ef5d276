// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logarithms of what has a logarithm of its own: log asks its operand, which says it as a rule
// (`logarithm` in its slice, or `log_of`), and what is made of such operands, products, quotients,
// powers, sums and parts, is computed from their logarithms: no exponential over- or underflows.
// Read next: quotients.hpp.
#pragma once

#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/rounding.hpp>
#include <chainrule/operation/slice.hpp>
#include <chainrule/rewrite/terms.hpp>

namespace chainrule::detail {

/// log f, as f says it.
struct own_logarithm {
  static constexpr symbol apply(symbol x) {
    return x.operands() == 1 ? x.operation()->logarithm(x.operand(0)) : symbol{};
  }
};

constexpr symbol log_form(symbol x);
/// The logarithms of several, if one of them has a form.
constexpr symbols logs_if_known(const symbols &all) {
  symbols logs;
  bool is_known = false;
  for (const symbol each : all) {
    logs.push(log_form(each));
    is_known = is_known || logs.items[logs.size - 1].exists();
  }
  for (int i = 0; i < logs.size && is_known; ++i)
    if (!logs.items[i].exists())
      logs.items[i] = log(all.items[i]);
  if (!is_known)
    return {};
  return logs;
}

/// log(f(x) - f(y)) of an f for which 1 - f(x) = f(-x): from the side on which both are small.
constexpr symbol log_of_interval(symbol a, symbol b) {
  const symbol x = a.operand(0), y = b.operand(0);
  if (is<sigmoid_operation>(a)) // = sigmoid(x) sigmoid(-y) (1 - e^(y - x))
    return -(softplus(-x) + softplus(y)) + log1mexp(y - x);
  const symbol is_right = x + y > 0;
  const symbol upper = log_form(normal_cdf(select(is_right, -y, x)));
  const symbol lower = log_form(normal_cdf(select(is_right, -x, y)));
  return upper + log1mexp(lower - upper);
}

/// log(a b) or log(a / b) with a factor of a in front whose logarithm is known: of exp(x) y y.
constexpr symbol log_without_factor(symbol a, symbol b, bool is_quotient) {
  if (is<multiply_operation>(a))
    for (int i = 0; i < 2; ++i)
      if (const symbol factor = a.operand(i); is_term(factor))
        if (const symbol first = log_form(factor); first.exists()) {
          const symbol rest = a.operand(1 - i);
          return first + log(is_quotient ? rest / b : rest * b);
        }
  return {};
}

/// log(a + b) or log(a - b) of positive a and b of which one has a logarithm; where they cannot
/// over- or underflow it stays as it is.
constexpr symbol log_of_two_terms(symbol x, symbol a, symbol b, bool is_difference) {
  const symbol other = a.is_number() ? b : a;
  const bool is_bounded = x.home->nodes.items[x.index].is_finite != finiteness::may_be_infinite &&
                          !(other.operation()->has_log && other.operation()->is_foreign);
  if (const symbol f = tanh_beside_number(x); f.exists()) {
    const symbol twice = 2 * f.operand(0); // 1 + tanh(z) = 2 sigmoid(2 z)
    return log(2 * (a.is_number() ? a : b)) - softplus(is_difference ? twice : -twice);
  }
  if (is_difference && a.is(1) && is<square_operation>(b)) // (1 - f) (1 + f)
    if (const symbol root = b.operand(0), rest = complement::apply(a, root); rest.exists())
      return log(rest) + log(1 + root);
  if (!is_difference && is_term(a) != is_term(b)) { // beside what may be 0: y y
    const symbol term = is_term(a) ? a : b, rest = is_term(a) ? b : a;
    const symbol logs = is_never_negative(rest) && !is_bounded ? log_form(term) : symbol{};
    return logs.exists() ? logaddexp(logs, as_written<log_operation>(rest)) : logs;
  }
  if (((a.is_number() || b.is_number()) && is_bounded) || !is_term(b) || !is_term(a))
    return {};
  if (is_difference && ((is<sigmoid_operation>(a) && is<sigmoid_operation>(b)) ||
                        (is<normal_cdf_operation>(a) && is<normal_cdf_operation>(b))))
    return log_of_interval(a, b);
  const symbols logs = logs_if_known({a, b});
  if (logs.size == 0)
    return {};
  const symbol first = logs.items[0], second = logs.items[1];
  return is_difference ? first + log1mexp(second - first) : logaddexp(first, second);
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
      symbols parts = logs_if_known(x.home->symbols_of(x.home->inputs_of(x.index)));
      for (int i = 0; i < parts.size; ++i)
        parts.items[i] = filled(parts.items[i], x.operand(i).shape());
      return parts.size > 0 ? join(parts, axis) : symbol{};
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

/// log |a - b| of positive a and b.
constexpr symbol log_of_distance(symbol a, symbol b) {
  const symbol first = is_term(a) && is_term(b) ? log_form(a) : symbol{};
  if (!first.exists())
    return {};
  const symbol second = log(b);
  return max(first, second) + log1mexp(-abs(first - apply_operation<raised_operation>(second)));
}

/// log of the larger, the smaller, a choice or the hypotenuse of positive numbers.
constexpr symbol log_of_several(symbol x) {
  if (!is_term(x))
    return {};
  symbols sides;
  for (int i = is<select_operation>(x) ? 1 : 0; i < x.operands(); ++i)
    sides.push(x.operand(i));
  const symbols logs = logs_if_known(sides);
  if (logs.size == 0)
    return {};
  if (is<select_operation>(x))
    return select(x.operand(0), logs.items[0], logs.items[1]);
  if (!is<hypot_operation>(x))
    return is<max_operation>(x) ? apply_operation<max_operation>(logs)
                                : apply_operation<min_operation>(logs);
  symbol sum = 2 * logs.items[0];
  for (int i = 1; i < logs.size; ++i)
    sum = logaddexp(sum, 2 * logs.items[i]);
  return x.home->constant(math::reduced(1, 2)) * sum;
}

/// log of the norm or the largest of positive elements, or of a product of matrices of which one
/// over- or underflows: log(A e^Z) = log(A e^(Z - s)) + s, s = logsumexp(Z), which has no
/// influence; where s is -infinity, so is the result.
constexpr symbol log_of_elements(symbol x) {
  const symbol a = x.operand(0);
  if (is<norm_operation>(x) || is<largest_operation>(x)) {
    const symbol logs = is_term(a) ? log_form(a) : symbol{};
    if (!logs.exists())
      return {};
    if (is<largest_operation>(x))
      return apply_operation<largest_operation>(filled(logs, a.shape()));
    return x.home->constant(math::reduced(1, 2)) *
           logsumexp(reshaped(2 * filled(logs, a.shape()), {a.shape().size(), 1}));
  }
  if (!is<matrix_product_operation>(x))
    return {};
  const auto logs_of = [](symbol factor) {
    const symbol inner = is<transpose_operation>(factor) ? factor.operand(0) : factor;
    const bool overflows =
        factor.home->nodes.items[factor.index].is_finite == finiteness::may_be_infinite ||
        is<normal_density_operation>(inner); // all elements may be 0
    const symbol logs = overflows && is_term(factor) ? log_form(factor) : symbol{};
    return logs.exists() ? filled(logs, factor.shape()) : logs;
  };
  symbol left = a, right = x.operand(1), of_rows, of_columns;
  const symbol rows = logs_of(left), columns = logs_of(right);
  if (!rows.exists() && !columns.exists())
    return {};
  if (rows.exists()) {
    of_rows = apply_operation<transpose_operation>(
        stop_gradient(logsumexp(apply_operation<transpose_operation>(rows))));
    left = exp(rows - apply_operation<raised_operation>(of_rows));
  }
  if (columns.exists()) {
    of_columns = stop_gradient(logsumexp(columns));
    right = exp(columns - apply_operation<raised_operation>(of_columns));
  }
  symbol result = as_written<log_operation>(apply_operation<matrix_product_operation>(left, right));
  for (const symbol scale : {of_rows, of_columns})
    result = scale.exists() ? result + scale : result;
  return result;
}

constexpr bool is_sums(symbol x) {
  return is<sum_operation>(x) || is<row_sums_operation>(x) || is<column_sums_operation>(x);
}

/// Weights and logarithms of terms, one after the other. Of factors that products share so many are
/// looked at: in products of products they are met 2^n times.
struct weighted_terms {
  symbols all;
  bool are_exponentials = true, have_exponential = false;
  bool of_quotient = false;
  int factors = 256;
};

/// Whether to take the logarithm of a factor. In quotients what only over- or underflows together
/// with others: at 0, as sinh(abs(x)) may be, and of what stays finite it would cost digits.
constexpr bool is_exponential(symbol x, bool of_quotient) {
  if (!of_quotient)
    return is_term(x) || is<softmax_operation>(x);
  const bool is_infinite_sum =
      is_sums(x) && x.home->nodes.items[x.index].is_finite == finiteness::may_be_infinite;
  return is_positive(x) &&
         (x.operation()->may_be_infinite || is<normal_density_operation>(x) || is_infinite_sum);
}

constexpr weight_and_logarithm split_term(symbol x, weighted_terms &to) {
  if (--to.factors < 0)
    return {x, {}};
  if (const symbol logs = is_exponential(x, to.of_quotient) ? log_form(x) : symbol{};
      logs.exists()) {
    to.have_exponential = true;
    return {x.home->constant(1), logs};
  }
  if (is<quotient_of_terms_operation>(x) && !to.of_quotient)
    return split_quotient(x.home->symbols_of(x.home->inputs_of(x.index)));
  const bool is_quotient = is<divide_operation>(x);
  if (!is_quotient && !is<multiply_operation>(x) && !is<weighted_operation>(x))
    return {x, {}};
  const symbol beside = x.operand(1); // what keeps -infinity from a softmax has nothing to keep
  const weight_and_logarithm a = split_term(x.operand(0), to),
                             b = split_term(is<weighted_operation>(x) &&
                                                    is<zero_where_operation>(beside)
                                                ? beside.operand(1)
                                                : beside,
                                            to);
  if (!a.logarithm.exists() && !b.logarithm.exists())
    return {x, {}};
  const symbol zero = x.home->constant(0), first = a.logarithm.exists() ? a.logarithm : zero,
               second = b.logarithm.exists() ? b.logarithm : zero;
  return is_quotient ? weight_and_logarithm{a.weight / b.weight, first - second}
                     : weight_and_logarithm{a.weight * b.weight, first + second};
}

/// Elements of x in the order in which sums of columns sum up what `sums` does of x, and back.
constexpr symbol as_columns(symbol sums, symbol elements) {
  const shape whole = sums.operand(0).shape();
  elements = filled(elements, whole);
  return is<column_sums_operation>(sums) ? elements
         : is<row_sums_operation>(sums)  ? apply_operation<transpose_operation>(elements)
                                         : reshaped(elements, {whole.size(), 1});
}
constexpr symbol from_columns(symbol sums, symbol elements) {
  return is<row_sums_operation>(sums) ? apply_operation<transpose_operation>(elements)
         : is<sum_operation>(sums) && !elements.shape().is_scalar()
             ? reshaped(elements, sums.operand(0).shape())
             : elements;
}

/// The log of the sums of x by rows, by columns, or of all.
constexpr symbol log_of_sums(symbol sums) {
  weighted_terms terms;
  const weight_and_logarithm term = split_term(sums.operand(0), terms);
  if (!term.logarithm.exists())
    return {};
  const symbol logs = as_columns(sums, term.logarithm);
  return from_columns(sums, term.weight.is(1) ? logsumexp(logs)
                                              : apply_operation<weighted_logsumexp_operation>(
                                                    as_columns(sums, term.weight), logs));
}

/// Of a sum; a term that has no exponential has 0 as its logarithm. Whether there are few enough.
constexpr bool split_terms(symbol x, weighted_terms &to, bool is_negative = false) {
  const bool is_difference = is<subtract_operation>(x);
  if (is<negate_operation>(x))
    return split_terms(x.operand(0), to, !is_negative);
  if (is_difference || is<add_operation>(x))
    return split_terms(x.operand(0), to, is_negative) &&
           split_terms(x.operand(1), to, is_negative != is_difference);
  const weight_and_logarithm term = split_term(x, to);
  const bool is_exponential = term.logarithm.exists();
  to.are_exponentials =
      to.are_exponentials && (is_exponential || (to.of_quotient && term.weight.is_number()));
  to.all.push(is_negative ? -term.weight : term.weight);
  to.all.push(is_exponential ? term.logarithm : x.home->constant(0));
  return to.all.size <= 2 * 32;
}

/// log(w e^a + v e^b + ...) of a mixture whose weights are not known to be positive. Beside a term
/// without an exponential the sum stays as it is: it does not underflow, and takes one logarithm.
constexpr symbol log_of_weighted_terms(symbol sum) {
  weighted_terms terms;
  return split_terms(sum, terms) && terms.are_exponentials
             ? apply_operation<log_of_terms_operation>(terms.all)
             : symbol{};
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
      if (is_sums(x))
        return log_of_sums(x);
      const symbol logs = log_of_moved(x);
      return logs.exists() ? logs : log_of_elements(x);
    }
    const symbol a = x.operand(0), b = x.operand(x.operands() - 1);
    if (is<add_operation>(x) || is<subtract_operation>(x)) {
      const symbol logs = log_of_two_terms(x, a, b, is<subtract_operation>(x));
      return logs.exists() ? logs : log_of_weighted_terms(x);
    }
    if (is<multiply_operation>(x) || is<divide_operation>(x)) {
      const bool may_be_negative = !is_term(a) && !is_softmax(a);
      if (may_be_negative && !is_term(b) && !is_softmax(b)) {
        const bool is_quotient = is<divide_operation>(x);
        const symbol in_front = log_without_factor(a, b, is_quotient);
        return in_front.exists() || is_quotient ? in_front : log_without_factor(b, a, false);
      }
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
    if (is<abs_operation>(x) && is<sinh_operation>(a))
      return log_form(sinh(abs(a.operand(0))));
    if (is<abs_operation>(x) && is<subtract_operation>(a))
      return log_of_distance(a.operand(0), a.operand(1));
    if (is<max_operation>(x) || is<min_operation>(x) || is<select_operation>(x) ||
        is<hypot_operation>(x))
      return log_of_several(x);
    const bool is_cbrt = is<cbrt_operation>(x);
    if (!is<sqrt_operation>(x) && !is_cbrt && !(is<abs_operation>(x) && is_term(a)))
      return {};
    const symbol logs = log_form(a);
    if (!logs.exists() || is<abs_operation>(x))
      return logs;
    return x.home->constant(math::reduced(1, is_cbrt ? 3 : 2)) * logs;
  }
};

/// log x as rules have it, or none where it stays log x.
constexpr symbol log_form(symbol x) {
  return node_of(
      x, answer(question::log_form, x, [](symbol of) {
        return as_answer(
            first_of<own_logarithm, log_of_one_minus_exp, log_of_odds, log_of_sum_of_exponentials,
                     log_of_one_plus_exp, log_of_exponentials, log_of_made_of>(of));
      }));
}

/// The same with log(1 + x) as log1p(x), to a base or to e.
constexpr symbol rewritten_logarithm(symbol x, int base = 0) {
  symbol logs = log_form(x);
  if (!logs.exists())
    logs = applied<log_of_one_plus>(x);
  return logs.exists() && base != 0 ? logs / log(x.home->constant(base)) : logs;
}

} // namespace chainrule::detail
