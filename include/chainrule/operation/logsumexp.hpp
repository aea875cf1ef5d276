// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// logsumexp of each column z, log(sum(e^z)), and with weights, from the steps of softmax. With D
// what flows back and a = softmax(z):
//   logsumexp: a D, with a = 0 for a column all of -infinity, where the sum is 0
// Read next: loss.hpp.
#pragma once

#include <chainrule/operation/softmax.hpp>

namespace chainrule {

namespace detail {

// Operands w, w', ..., z: weights, of which only the first may be negative, and logarithms.

/// z + log|w| + log w' + ..., but for the logarithm of one weight.
constexpr symbol exponent_of_terms(const symbols &all, int without = -1) {
  symbol result = all.items[all.size - 1];
  for (int i = 0; i < all.size - 1; ++i)
    if (i != without && !all.items[i].is(1))
      result = result + apply_operation<log_operation>(i == 0 ? abs(all.items[i]) : all.items[i]);
  return result;
}
constexpr symbol with_sign(symbol x, const symbols &all) {
  return all.size == 1 || all.items[0].is_number() ? x : sign(all.items[0]) * x;
}

/// What flows back where `d` flows to the logarithm of the sums of the terms: d times the shares
/// to z, and to a weight d times what its term is beside it, over the sums; so that there is a
/// slope where the weight is 0.
constexpr symbols flows_to_terms(symbol d, const symbols &all, symbol shares, symbol log_of_sums) {
  symbols result;
  for (int i = 0; i < all.size - 1; ++i) {
    const symbol term =
        exp(exponent_of_terms(all, i) - apply_operation<raised_operation>(log_of_sums));
    result.push(collected_from(d * (i == 0 ? term : with_sign(term, all)), shares.shape(),
                               all.items[i].shape()));
  }
  result.push(shares * d);
  return result;
}

} // namespace detail

/// w w' ... e^z over its sum in each column; 0 where that is 0, in columns of weights that are 0 or
/// of z that are -infinity, which have no softmax.
struct shares_operation : operation {
  static constexpr std::string_view name = "shares"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;
  static constexpr bool by_columns = true;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return all.items[all.size - 1].shape;
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result);
  static constexpr symbol definition(const symbols &all) {
    const symbol parts = detail::with_sign(softmax(detail::exponent_of_terms(all)), all);
    return all.size == 1 ? parts : parts / apply_operation<column_sums_operation>(parts);
  }
  static constexpr symbol code(const symbols &original, const symbols &all) {
    const detail::shifted_exponentials from(detail::exponent_of_terms(all));
    if (all.size == 1)
      return from.shares(detail::has_rest(original.items[0]));
    const symbol terms = detail::with_sign(from.exponentials, all);
    return apply_operation<absorbing_quotient_operation>(
        terms, apply_operation<column_sums_operation>(terms));
  }
};

struct logsumexp_operation : operation {
  static constexpr std::string_view name = "logsumexp"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool by_columns = true;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return {1, x.shape.columns};
  }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum = T(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        sum = sum + math::exp(z[i] - largest);
      out[j] = largest + math::log(sum);
    }
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol) {
    return {{apply_operation<shares_operation>(z) * d}};
  }
  static constexpr symbol element(symbol, const symbols &of) {
    return detail::as_written<log_operation>(detail::sum_of_exponentials(of, 0));
  }
  static constexpr void announce(symbol z) { detail::announce_rest(z); }
  static constexpr symbol code(symbol, symbol z) {
    const detail::shifted_exponentials from(z);
    return apply_operation<detail::column_shift_step>(z) + from.logarithm();
  }
};

/// The logarithm of the sum of e^z in each column, without overflow. Shape: m x n becomes a row of
/// n.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(logsumexp, Operand)
(const Operand &z) { return apply_operation<logsumexp_operation>(z); }

/// The same by row, logsumexp(Z, by_row), or by column. Shape: m x n becomes a column of m by row,
/// a row of n by column.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto logsumexp(const Operand &z, detail::by<Axis>) {
  return detail::of_each<Axis>(z, [](const auto &columns) { return logsumexp(columns); });
}

/// logsumexp(Z, by_row). Shape: m x n becomes a column of m.
CHAINRULE_FORMULA(row_logsumexp, Operand)
(const Operand &z) { return logsumexp(z, by_row); }

/// The logarithm of the mean of e^z in each column. Shape: m x n becomes a row of n.
CHAINRULE_FORMULA_OF_ONE_OR_TWO(log_mean_exp, Operand)
(const Operand &z) {
  if constexpr (detail::is_symbol<Operand>)
    return logsumexp(z) - log(z.home->constant(z.shape().rows));
  else
    return logsumexp(z) - log(literal<detail::record<Operand>.shape.rows>{});
}

/// The same by row, log_mean_exp(Z, by_row), or by column. Shape: m x n becomes a column of m by
/// row, a row of n by column.
template <class Operand, detail::along Axis>
  requires operands_of_network<Operand>
constexpr auto log_mean_exp(const Operand &z, detail::by<Axis>) {
  return detail::of_each<Axis>(z, [](const auto &columns) { return log_mean_exp(columns); });
}

/// r = logsumexp v + log(sum s), v = z + log|w|, s = sign(w) softmax v. dz = D s / sum s,
/// dw = D e^(z - r). Rules give it more weights.
struct weighted_logsumexp_operation : operation {
  static constexpr std::string_view name = "weighted_logsumexp"sv;
  static constexpr int arity = any_number;
  static constexpr bool is_rewritten = true;
  static constexpr bool by_columns = true;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return {1, all.items[all.size - 1].shape.columns};
  }
  template <detail::extent W, detail::extent Z, class T>
  static constexpr void run(T *out, const T *w, const T *z) {
    for (int j = 0; j < Z.shape.columns; ++j) {
      const T largest = detail::largest_of_column<Z>(z + j);
      T sum = T(0.0);
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        sum = sum + w[i] * math::exp(z[i] - largest);
      out[j] = largest + math::log(sum);
    }
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result) {
    return detail::flows_to_terms(d, all, apply_operation<shares_operation>(all), result);
  }
  static constexpr symbol definition(const symbols &all) {
    symbol terms = exp(all.items[all.size - 1]);
    for (int i = 0; i < all.size - 1; ++i)
      terms = terms * all.items[i];
    return detail::as_written<log_operation>(apply_operation<column_sums_operation>(terms));
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const symbol exponents = detail::exponent_of_terms(all);
    const detail::shifted_exponentials from(exponents);
    return apply_operation<detail::column_shift_step>(exponents) +
           apply_operation<log_operation>(
               apply_operation<column_sums_operation>(detail::with_sign(from.exponentials, all)));
  }
};

constexpr symbols shares_operation::adjoint(symbol d, const symbols &all, symbol result) {
  if (all.size == 1)
    return {result * apply_operation<softmax_deviation_operation>(d, all.items[0])};
  return detail::flows_to_terms(d - apply_operation<column_sums_operation>(result * d), all, result,
                                apply_operation<weighted_logsumexp_operation>(all));
}

/// The logarithm of the sum of w e^z in each column, for weights of any size and sign whose sum is
/// positive. Shape: two of m x n, or w a column of m; a row of n.
CHAINRULE_FORMULA_OF_TWO(weighted_logsumexp, Weights, Operand)
(const Weights &weights, const Operand &z) {
  if constexpr (detail::have_equal_shapes<Weights, Operand>()) {
    return apply_operation<weighted_logsumexp_operation>(weights, z);
  } else {
    return detail::mistaken{};
  }
}

/// The same by row, weighted_logsumexp(W, Z, by_row), or by column. Shape: two of m x n; a column
/// of m by row, a row of n by column.
template <class Weights, class Operand, detail::along Axis>
  requires operands_of_network<Weights, Operand>
constexpr auto weighted_logsumexp(const Weights &weights, const Operand &z, detail::by<Axis>) {
  if constexpr (Axis == detail::along::columns)
    return weighted_logsumexp(weights, z);
  else
    return transpose(weighted_logsumexp(transpose(weights), transpose(z)));
}

} // namespace chainrule
