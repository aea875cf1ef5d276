// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// softmax, log_softmax, logsumexp of each column z, with m = max z (0 where that is infinite),
// e = exp(z - m), s = sum e:
//   softmax z = a = e / s      log_softmax z = (z - m) - log s      logsumexp z = m + log s
// They share e and s, and no exponential overflows. With D what flows back:
//   softmax: a (D - sum(a D))      log_softmax: D - a sum(D)      logsumexp: a D
// with a = 0 for logsumexp of a column all of -infinity, where s = 0.
// Read next: loss.hpp.
#pragma once

#include <chainrule/lanes/scalar.hpp>
#include <chainrule/operation/dot.hpp>
#include <chainrule/operation/slice.hpp>

namespace chainrule {

namespace detail {

// Through math::value_of they hold for each lane of a scalar with several.

struct larger_or_undefined : operation {
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return a == a && !(b <= a) ? b : a; // NaN stays
  }
};
struct finite_or_zero : operation {
  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    if constexpr (math::complex_number<T>)
      return T(value(x.real())); // logsumexp is analytic, and its imaginary part within pi
    else
      return T(0.5) * x == x ? T(0.0) : x; // +-infinity, and 0 itself
  }
};

/// What is subtracted from each column, a row: its largest element where that is finite; from
/// infinity it would leave NaN. A machine step.
struct column_shift_step : operation {
  static constexpr std::string_view name = "column_shift"sv;

  static constexpr shape result_shape(const extent &x) { return {1, x.shape.columns}; }
  template <extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    for (int j = 0; j < X.shape.columns; ++j)
      out[j] = x[j];
    for (int i = 1; i < X.shape.rows; ++i)
      for (int j = 0; j < X.shape.columns; ++j) {
        const T &next = x[i * X.shape.columns + j];
        out[j] = math::value_of<max_operation, T>(out[j], next);
      }
    for (int j = 0; j < X.shape.columns; ++j)
      out[j] = math::value_of<finite_or_zero, T>(out[j]);
  }
};

/// m of a column of z from its first element, where a run follows the definition.
template <extent X, class T>
constexpr T largest_of_column(const T *z) {
  T result = z[0];
  for (int i = 1; i < X.shape.rows; ++i)
    if (result < z[i * X.shape.columns])
      result = z[i * X.shape.columns];
  return result;
}

/// z - m, exp(z - m) and its sums.
struct shifted_exponentials {
  symbol shifted, exponentials, sums;

  constexpr explicit shifted_exponentials(symbol z)
      : shifted(apply_operation<subtract_operation>(z, apply_operation<column_shift_step>(z))),
        exponentials(apply_operation<exp_operation>(shifted)),
        sums(apply_operation<column_sums_operation>(exponentials)) {}
};

} // namespace detail

struct largest_operation : operation {
  static constexpr std::string_view name = "max"sv;

  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  // equal largest elements share the slope
  static constexpr symbols adjoint(symbol d, symbol x, symbol result) {
    const symbol is_largest = select(x >= result, d.home->constant(1), d.home->constant(0));
    return {{d / apply_operation<sum_operation>(is_largest) * is_largest}};
  }
  static constexpr symbol simplified(symbol x) { return x.shape().is_scalar() ? x : symbol{}; }

  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    *out = x[0];
    for (int i = 1; i < X.shape.size(); ++i)
      *out = math::value_of<detail::larger_or_undefined, T>(*out, x[i]);
    if constexpr (math::carries_slopes<T>)
      share(out, x, X.shape.size());
  }

private:
  /// The mean of the elements that are the largest: the same value, and the slope of each.
  template <class T>
  static constexpr void share(T *out, const T *x, int size) {
    const T largest = *out;
    double count = 0;
    for (int i = 0; i < size; ++i)
      count += x[i] == largest ? 1 : 0;
    for (int i = 0; i < size; ++i)
      if (x[i] == largest)
        *out = *out + (x[i] - largest) / T(count);
  }
};

/// The largest element; where several are the largest, they share the slope.
CHAINRULE_FORMULA(max, Operand)
(const Operand &x) { return apply_operation<largest_operation>(x); }

struct softmax_operation : operation {
  static constexpr std::string_view name = "softmax"sv;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns) {
        out[i] = math::exp(z[i] - largest);
        sum = sum + out[i];
      }
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        out[i] = out[i] / sum;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol result) {
    return {{result * (d - apply_operation<column_sums_operation>(result * d))}};
  }
  static constexpr symbol code(symbol, symbol z) {
    const detail::shifted_exponentials from(z);
    return from.exponentials / from.sums;
  }

  struct logarithm {
    static constexpr std::string_view formula = "log(softmax(z)) = log_softmax(z)"sv;
    static constexpr std::string_view domain = "all z"sv;
    static constexpr std::string_view gain = "-inf where a probability is below 1e-324"sv;
    static constexpr bool is_of_reals = true;

    static constexpr symbol apply(symbol z);
  };
};

/// e^z over the sum of e^z in its column: each column sums to 1.
CHAINRULE_FORMULA(softmax, Operand)
(const Operand &z) { return apply_operation<softmax_operation>(z); }

struct log_softmax_operation : operation {
  static constexpr std::string_view name = "log_softmax"sv;
  static constexpr bool may_be_infinite = true; // of a masked class

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns) {
        out[i] = z[i] - largest;
        sum = sum + math::exp(out[i]);
      }
      sum = math::log(sum);
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        out[i] = out[i] - sum;
    }
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol) {
    return {{d - softmax(z) * apply_operation<column_sums_operation>(d)}};
  }
  static constexpr symbol code(symbol, symbol z) {
    const detail::shifted_exponentials from(z);
    return from.shifted - apply_operation<log_operation>(from.sums);
  }
};

/// The logarithm of softmax, exact where softmax is 0.
CHAINRULE_FORMULA(log_softmax, Operand)
(const Operand &z) { return apply_operation<log_softmax_operation>(z); }

constexpr symbol softmax_operation::logarithm::apply(symbol z) { return log_softmax(z); }

namespace detail {

/// Whether x is a softmax, parts or a mean of them: what is 0 only of a class that is masked.
constexpr bool is_softmax(symbol x) {
  while (is<transpose_operation>(x) || is_along<slice_operation>(x, along::rows) ||
         is_along<slice_operation>(x, along::columns) ||
         (is<divide_operation>(x) && x.operand(1).is_number()))
    x = x.operand(0);
  if (is<add_operation>(x))
    return is_softmax(x.operand(0)) && is_softmax(x.operand(1));
  if (is<multiply_operation>(x) && x.operand(0).is_number())
    return is_softmax(x.operand(1));
  return is<softmax_operation>(x);
}

/// A logarithm beside its weight: -infinity beside a softmax of 0 is taken as 0, else the logit of
/// the class would have its slope, 0 times infinity.
constexpr symbol log_beside(symbol weight, symbol logarithm) {
  if (!is_softmax(weight))
    return logarithm;
  const symbol is_out = logarithm < apply_operation<raised_operation>(logarithm);
  return zero_where(weight <= weight.home->constant(0) && is_out, logarithm);
}

} // namespace detail

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

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return all.items[all.size - 1].shape;
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result);
  static constexpr symbol definition(const symbols &all) {
    const symbol parts = detail::with_sign(softmax(detail::exponent_of_terms(all)), all);
    return all.size == 1 ? parts : parts / apply_operation<column_sums_operation>(parts);
  }
  static constexpr symbol code(const symbols &, const symbols &all) {
    const detail::shifted_exponentials from(detail::exponent_of_terms(all));
    if (all.size == 1) // the sum is 0 or above 1
      return from.exponentials /
             apply_operation<max_operation>(from.sums, from.sums.home->constant(1));
    const symbol terms = detail::with_sign(from.exponentials, all);
    return apply_operation<absorbing_quotient_operation>(
        terms, apply_operation<column_sums_operation>(terms));
  }
};

struct logsumexp_operation : operation {
  static constexpr std::string_view name = "logsumexp"sv;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    return {1, x.shape.columns};
  }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *z) {
    for (int j = 0; j < X.shape.columns; ++j) {
      const T largest = detail::largest_of_column<X>(z + j);
      T sum(0.0);
      for (int i = j; i < X.shape.size(); i += X.shape.columns)
        sum = sum + math::exp(z[i] - largest);
      out[j] = largest + math::log(sum);
    }
  }
  static constexpr symbols adjoint(symbol d, symbol z, symbol) {
    return {{apply_operation<shares_operation>(z) * d}};
  }
  static constexpr symbol code(symbol, symbol z) {
    const detail::shifted_exponentials from(z);
    return apply_operation<detail::column_shift_step>(z) +
           apply_operation<log_operation>(from.sums);
  }
};

/// log of the sum of e^z of each column, a row.
CHAINRULE_FORMULA(logsumexp, Operand)
(const Operand &z) { return apply_operation<logsumexp_operation>(z); }

/// log of the mean of e^z of each column, a row.
CHAINRULE_FORMULA(log_mean_exp, Operand)
(const Operand &z) {
  if constexpr (detail::is_symbol<Operand>)
    return logsumexp(z) - log(z.home->constant(z.shape().rows));
  else
    return logsumexp(z) - log(literal<detail::record<Operand>.shape.rows>{});
}

/// r = logsumexp v + log(sum s), v = z + log|w|, s = sign(w) softmax v. dz = D s / sum s,
/// dw = D e^(z - r). Rules give it more weights.
struct weighted_logsumexp_operation : operation {
  static constexpr std::string_view name = "weighted_logsumexp"sv;
  static constexpr int arity = any_number;
  static constexpr bool is_rewritten = true;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    return {1, all.items[all.size - 1].shape.columns};
  }
  template <detail::extent W, detail::extent Z, class T>
  static constexpr void run(T *out, const T *w, const T *z) {
    for (int j = 0; j < Z.shape.columns; ++j) {
      const T largest = detail::largest_of_column<Z>(z + j);
      T sum(0.0);
      for (int i = j; i < Z.shape.size(); i += Z.shape.columns)
        sum = sum + w[i] * math::exp(z[i] - largest);
      out[j] = largest + math::log(sum);
    }
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result) {
    return detail::flows_to_terms(d, all, apply_operation<shares_operation>(all), result);
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
  const symbol rest = d - apply_operation<column_sums_operation>(result * d);
  return detail::flows_to_terms(rest, all, result,
                                all.size == 1 ? symbol{}
                                              : apply_operation<weighted_logsumexp_operation>(all));
}

/// log of the sum of w e^z of each column, a row: for weights of any size and sign whose sum is
/// positive.
CHAINRULE_FORMULA_OF_TWO(weighted_logsumexp, Weights, Operand)
(const Weights &weights, const Operand &z) {
  if constexpr (detail::have_equal_shapes<Weights, Operand>()) {
    return apply_operation<weighted_logsumexp_operation>(weights, z);
  } else {
    return literal<0>{};
  }
}

} // namespace chainrule
