// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// squared_error, binary_cross_entropy, and what stands beside the logarithm of a class. The
// cross-entropy of a probability that is a sigmoid is computed from the sigmoid's argument, which
// is exact where the probability rounds to 0 or 1:
//   -(y log p + (1 - y) log(1 - p)) = softplus z - y z = z (h - y) + log1p(exp(-|z|)), p = sigmoid
//   z
// with h = 1 for z > 0, else 0; its derivative is sigmoid z - y.
// Read next: no_rewrite.hpp.
#pragma once

#include <chainrule/operation/dot.hpp>
#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/logsumexp.hpp>

namespace chainrule {

namespace detail {

/// Whether x is a softmax, parts or a mean of them: what is 0 only of a class that is masked.
constexpr bool is_softmax(symbol x) {
  while (is<transpose_operation>(x) || is_along<slice_operation>(x, along::rows) ||
         is_along<slice_operation>(x, along::columns) ||
         (is<divide_operation>(x) && x.operand(1).is_number()))
    x = x.operand(0);
  if (is<add_operation>(x))
    return answer(question::is_softmax, x, [](symbol of) {
             return is_softmax(of.operand(0)) && is_softmax(of.operand(1)) ? 1 : 0;
           }) == 1;
  if (is<multiply_operation>(x) && x.operand(0).is_number())
    return is_softmax(x.operand(1));
  return is<softmax_operation>(x);
}

/// x, and 0 where it is -infinity beside a weight of 0.
constexpr symbol zero_where_out(symbol weight, symbol x) {
  const symbol is_out = x < apply_operation<raised_operation>(x);
  return zero_where(weight <= weight.home->constant(0) && is_out, x);
}

/// The same of each logarithm in a sum of multiples of them, or none where an exponential is in it,
/// or where it is deeper: sums that share parts are met 2^levels times.
constexpr symbol logs_beside(symbol weight, symbol x, int levels = 8) {
  const graph &home = *x.home;
  if (levels == 0)
    return {};
  if (home.nodes.items[x.index].is_finite != finiteness::may_be_infinite)
    return x;
  const bool is_sum = is<add_operation>(x), is_product = is<multiply_operation>(x);
  if (is_sum || is<subtract_operation>(x)) {
    const symbol a = logs_beside(weight, x.operand(0), levels - 1);
    const symbol b = logs_beside(weight, x.operand(1), levels - 1);
    return !a.exists() || !b.exists() ? symbol{} : is_sum ? a + b : a - b;
  }
  const bool is_to_base = is<divide_operation>(x) && !home.nodes.items[x.operand(1).index].varies;
  if (is_to_base || (is_product && x.operand(0).is_number())) {
    const symbol logs = logs_beside(weight, x.operand(is_product ? 1 : 0), levels - 1);
    return !logs.exists() ? logs : is_product ? x.operand(0) * logs : logs / x.operand(1);
  }
  return x.operation()->is_positive == positivity::always ? symbol{} : zero_where_out(weight, x);
}

/// A logarithm beside its weight: -infinity beside a softmax of 0 is taken as 0, else the logit of
/// the class would have its slope, 0 times infinity.
constexpr symbol log_beside(symbol weight, symbol logarithm) {
  if (!is_softmax(weight) ||
      weight.home->nodes.items[logarithm.index].is_finite != finiteness::may_be_infinite)
    return logarithm;
  const symbol logs = logs_beside(weight, logarithm);
  return logs.exists() ? logs : zero_where_out(weight, logarithm);
}

} // namespace detail

/// (a - b)^2 of each entry. Domain: any numbers.
CHAINRULE_FORMULA_OF_TWO(squared_error, Left, Right)
(const Left &left, const Right &right) { return square(left - right); }

/// z (h - y) + log1p(t) of the tail's t
struct cross_entropy_of_decay_operation : operation {
  static constexpr std::string_view name = "cross-entropy of exp(-abs)"sv;
  static constexpr bool takes_packs = true;
  static constexpr int arity = 3;
  static constexpr int operations = 5;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &log_tail, const T &z, const T &y) {
    if constexpr (detail::has_sign<T>)
      return z * (detail::heaviside(z) - y) + log_tail;
    else
      return math::log1p(math::exp(z)) - z * y;
  }
};

struct binary_cross_entropy_with_logits_operation : operation {
  static constexpr std::string_view name = "binary_cross_entropy_with_logits"sv;
  static constexpr int arity = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &z, const T &y) {
    return z * ((z < T(0.0) ? T(0.0) : T(1.0)) - y) + math::log1p(math::exp(-math::abs(z)));
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol y, symbol) {
    return {d * (sigmoid(z) - y), -(d * z)};
  }
  static constexpr symbol definition(symbol z, symbol y) { return softplus(z) - y * z; }
  static constexpr void announce(symbol z, symbol) { detail::announce_decay(z); }
  static constexpr symbol code(symbol, symbol, symbol z, symbol y) {
    return apply_operation<cross_entropy_of_decay_operation>(detail::log_tail(z), z, y);
  }
};

/// binary_cross_entropy(sigmoid(z), y) of each entry, from the logit z. Domain: every z, 0 <= y <=
/// 1.
CHAINRULE_FORMULA_OF_TWO(binary_cross_entropy_with_logits, Logit, Label)
(const Logit &logit, const Label &label) {
  return apply_operation<binary_cross_entropy_with_logits_operation>(logit, label);
}

struct binary_cross_entropy_operation : operation {
  static constexpr std::string_view name = "binary_cross_entropy"sv;
  static constexpr bool is_rewritten = true;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int operations = 6;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &p, const T &y) {
    return -(weighted_operation::value(y, T(math::log(p))) +
             weighted_operation::value(T(T(1.0) - y), T(math::log1p(-p))));
  }
  // (p - y) / (p (1 - p)) and log(1 - p) - log p
  static constexpr symbols adjoint(symbol d, symbol p, symbol y, symbol) {
    return {d * (apply_operation<weighted_quotient_operation>(1 - y, 1 - p) -
                 apply_operation<weighted_quotient_operation>(y, p)),
            d * (log1p(-p) - log(p))};
  }
  static constexpr symbol definition(symbol p, symbol y) {
    return -(y * log(p) + (1 - y) * log1p(-p));
  }
};

/// -(y log p + (1 - y) log(1 - p)) of each entry, where 0 log 0 is 0. Domain: 0 <= p <= 1, 0 <= y
/// <= 1.
CHAINRULE_FORMULA_OF_TWO(binary_cross_entropy, Probability, Label)
(const Probability &probability, const Label &label) {
  return apply_operation<binary_cross_entropy_operation>(probability, label);
}

/// |a - b| of each entry. Domain: any numbers. Slope: 0 where they are equal.
CHAINRULE_FORMULA_OF_TWO(absolute_error, Left, Right)
(const Left &left, const Right &right) { return abs(left - right); }

/// Half the sum of (a - b)^2 over all entries; its derivative by a is a - b. Shape: a number.
/// Domain: any numbers.
CHAINRULE_FORMULA_OF_TWO(half_squared_error, Left, Right)
(Left left, Right right) { return sum(squared_error(left, right)) / literal<2>{}; }

/// The mean of (a - b)^2 over all entries. Shape: a number. Domain: any numbers.
CHAINRULE_FORMULA_OF_TWO(mean_squared_error, Left, Right)
(Left left, Right right) { return mean(squared_error(left, right)); }

/// The mean of |a - b| over all entries. Shape: a number. Domain: any numbers. Slope: 0 where they
/// are equal.
CHAINRULE_FORMULA_OF_TWO(mean_absolute_error, Left, Right)
(Left left, Right right) { return mean(absolute_error(left, right)); }

/// Of each entry, with e = a - b: e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2). Domain:
/// delta above 0.
CHAINRULE_FORMULA_OF_THREE(huber, Left, Right, Delta)
(Left left, Right right, Delta delta) {
  constexpr auto error = decltype(left - right){};
  constexpr auto limit = decltype(detail::as_expression<less_equal_operation>(delta)){};
  constexpr auto beyond = elementwise_product(limit, abs(error) - limit / literal<2>{});
  if constexpr (detail::any_mistaken<std::remove_const_t<decltype(beyond)>>)
    return beyond; // which has been said
  else
    return select(abs(error) <= limit, square(error) / literal<2>{}, beyond);
}

/// max(0, 1 - y s) of each entry, for a score s and a label y. Domain: y is -1 or 1. Slope: 0 where
/// y s is 1.
CHAINRULE_FORMULA_OF_TWO(hinge, Score, Label)
(Score score, Label label) { return relu(literal<1>{} - elementwise_product(label, score)); }

/// w log p, and 0 where w is 0, as are its slopes by p there: 0 / 0 would be none.
struct weighted_log_operation : operation {
  static constexpr std::string_view name = "weighted_log"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr int operations = 3;
  static constexpr int transcendentals = 1;
  static constexpr zero_rule zero_if = zero_rule::first;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &weight, const T &p) {
    return weighted_operation::value(weight, T(math::log(p)));
  }
  static constexpr symbols adjoint(symbol d, symbol weight, symbol p, symbol) {
    return {{d * detail::log_beside(weight, log(p)),
             d * apply_operation<weighted_quotient_operation>(weight, p)}};
  }
  static constexpr symbol simplified(symbol weight, symbol p) {
    if (is<square_operation>(p) && p.home->is_real)
      return 2 * apply_operation<weighted_log_operation>(weight, abs(p.operand(0)));
    const symbol logarithm = log(p);
    if (is<log_operation>(logarithm) || is<log1p_operation>(logarithm))
      return {};
    for (const detail::along axis : {detail::along::rows, detail::along::columns})
      if (detail::is_along<join_operation>(p, axis)) // some of its parts have a logarithm
        return of_parts(weight, p, axis);
    return apply_operation<weighted_operation>(weight, logarithm);
  }
  static constexpr symbol definition(symbol weight, symbol p) {
    return detail::as_written<multiply_operation>(weight, log(p));
  }
  static constexpr symbol code(symbol, symbol, symbol weight, symbol p) {
    const symbol logarithm = is<subtract_operation>(p) && p.operand(0).is(1)
                                 ? apply_operation<log1p_operation>(-p.operand(1))
                                 : apply_operation<log_operation>(p);
    return apply_operation<weighted_operation>(weight, logarithm);
  }

private:
  static constexpr symbol of_parts(symbol weight, symbol p, detail::along axis) {
    symbols parts;
    int first = 0;
    for (const symbol part : p.home->symbols_of(p.home->inputs_of(p.index))) {
      const int count = length(part.shape(), axis);
      parts.push(filled(apply_operation<weighted_log_operation>(
                            detail::slice_of_repeated(weight, axis, first, count), part),
                        part.shape()));
      first += count;
    }
    return detail::join(parts, axis);
  }
};

/// The cross-entropy of each column, -sum(y log p) of probabilities p and labels y, one-hot or
/// soft, where 0 log 0 is 0. With p = softmax(z) it is computed from z. Domain: p, y >= 0. Shape:
/// two of m x n become a row of n.
CHAINRULE_FORMULA_OF_TWO(cross_entropy, Probabilities, Labels)
(const Probabilities &probabilities, const Labels &labels) {
  if constexpr (detail::have_equal_shapes<Probabilities, Labels>())
    return -column_sums(apply_operation<weighted_log_operation>(labels, probabilities));
  else
    return detail::mistaken{};
}

/// cross_entropy(softmax(z), y) of each column, from the logits z; its derivative is softmax(z)
/// sum(y) - y. Domain: y >= 0. Shape: two of m x n become a row of n.
CHAINRULE_FORMULA_OF_TWO(softmax_cross_entropy, Logits, Labels)
(const Logits &logits, const Labels &labels) {
  if constexpr (detail::have_equal_shapes<Logits, Labels>())
    return -column_sums(apply_operation<weighted_operation>(
        labels, log_softmax(detail::as_expression<weighted_operation>(logits))));
  else
    return detail::mistaken{};
}

/// sum(p log(p / q)) of each column, how far q is from p, where 0 log 0 is 0. Domain: p, q >= 0.
/// Shape: two of m x n become a row of n.
CHAINRULE_FORMULA_OF_TWO(kullback_leibler, Truth, Model)
(const Truth &truth, const Model &model) {
  if constexpr (detail::have_equal_shapes<Truth, Model>()) {
    const auto p = detail::as_expression<weighted_log_operation>(truth);
    return column_sums(apply_operation<weighted_log_operation>(p, p) -
                       apply_operation<weighted_log_operation>(p, model));
  } else {
    return detail::mistaken{};
  }
}

} // namespace chainrule
