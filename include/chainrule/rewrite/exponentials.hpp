// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Exponentials in sums, products and quotients: 1 - f and f - 1 without cancellation, the logistic
// function and softmax as they are written by hand, and the logarithms of all these.
// Read next: terms.hpp.
#pragma once

#include <chainrule/operation/error_function.hpp>
#include <chainrule/operation/hyperbolic.hpp>
#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/loss.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

/// x where a node is 1 + exp(x).
constexpr symbol exponent_beside_one(symbol node) {
  if (is<add_operation>(node))
    for (int i = 0; i < 2; ++i)
      if (node.operand(i).is(1) && is<exp_operation>(node.operand(1 - i)))
        return node.operand(1 - i).operand(0);
  return {};
}

/// z where a node is the sums of the columns of exp(z).
constexpr symbol exponents_summed(symbol node) {
  const bool is_sum = is<column_sums_operation>(node) ||
                      (is<sum_operation>(node) && node.operand(0).shape().columns == 1);
  return is_sum && is<exp_operation>(node.operand(0)) ? node.operand(0).operand(0) : symbol{};
}

struct exp_minus_one {
  static constexpr std::string_view formula = "exp(x) - 1 = expm1(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "digits near 0"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    return b.is(1) && is<exp_operation>(a) ? expm1(a.operand(0)) : symbol{};
  }
};

/// f where a node is c f.
constexpr symbol beside_factor(symbol c, symbol node) {
  return is<multiply_operation>(node) && node.operand(0) == c ? node.operand(1) : symbol{};
}

/// 1 - f, as f says it, and c - c f.
struct complement {
  static constexpr symbol apply(symbol a, symbol b) {
    const symbol f = a.is(1) ? b : beside_factor(a, b);
    if (!f.exists() || f.operands() != 1)
      return {};
    const symbol rest = f.operation()->complement(f.operand(0));
    return rest.exists() && !a.is(1) ? a * rest : rest;
  }
};

/// 1 + erf(x) = 1 - erf(-x), as erf says it, and c + c erf(x).
struct one_plus_erf {
  static constexpr symbol apply(symbol a, symbol b) {
    const symbol c = a.is_number() ? a : b, term = a.is_number() ? b : a;
    const symbol f = c.is(1) ? term : beside_factor(c, term);
    if (!f.exists() || !is<erf_operation>(f))
      return {};
    const symbol rest = f.operation()->complement(-f.operand(0));
    return rest.exists() ? c * rest : rest;
  }
};

struct complement_of_squared_tanh {
  static constexpr std::string_view formula = "1 - square(tanh(x)) = tanh'(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "0 above |x| = 19"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    return a.is(1) && is<square_operation>(b) && is<tanh_operation>(b.operand(0))
               ? apply_operation<tanh_slope_operation>(b.operand(0).operand(0))
               : symbol{};
  }
};

struct logistic {
  static constexpr std::string_view formula = "1 / (1 + exp(-x)) = sigmoid(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN slopes below x = -355"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    const symbol z = a.is(1) ? exponent_beside_one(b) : symbol{};
    return z.exists() ? sigmoid(-z) : symbol{};
  }
};

struct reciprocal_of_exp {
  static constexpr std::string_view formula = "1 / exp(x) = exp(-x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "a division"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    return a.is(1) && is<exp_operation>(b) ? exp(-b.operand(0)) : symbol{};
  }
};

struct logistic_of_exp {
  static constexpr std::string_view formula =
      "exp(x) / (1 + exp(x)) = sigmoid(x), over its square sigmoid'(x), sinh(x) / cosh(x) = tanh(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN above x = 709"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    const symbol x = a.operand(0);
    if (is<sinh_operation>(a))
      return is<cosh_operation>(b) && b.operand(0) == x ? tanh(x) : symbol{};
    if (exponent_beside_one(is<square_operation>(b) ? b.operand(0) : b) != x)
      return {};
    return is<square_operation>(b) ? apply_operation<sigmoid_slope_operation>(x) : sigmoid(x);
  }
};

struct density_over_cdf {
  static constexpr std::string_view formula =
      "normal_density(x) / normal_cdf(x), the inverse of Mills' ratio, is one function"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN below x = -38"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    if (!is<normal_cdf_operation>(b))
      return {};
    const symbol x = b.operand(0), z = a.operand(0);
    return x == z || opposite(x, z) ? apply_operation<inverse_mills_operation>(x) : symbol{};
  }
};

struct slope_of_sigmoid {
  static constexpr std::string_view formula = "sigmoid(x) * sigmoid(-x) = sigmoid'(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "one exponential instead of two"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    return is<sigmoid_operation>(a) && is<sigmoid_operation>(b) &&
                   opposite(a.operand(0), b.operand(0))
               ? apply_operation<sigmoid_slope_operation>(a.operand(0))
               : symbol{};
  }
};

struct product_of_exponentials {
  static constexpr std::string_view formula =
      "exp(x) * exp(-x) = 1, exp(x) * exp(y) = exp(x + y)"sv;
  static constexpr std::string_view domain = "all x, y, and 1 where x is NaN"sv;
  static constexpr std::string_view gain = "NaN above |x| = 709, an exponential"sv;

  /// Of x and e^y, before they are differentiated: what flows back has one of them already.
  /// Products that share factors are met 2^levels times.
  static constexpr symbol apply(symbol x, symbol y, int levels = 8) {
    if (is<exp_operation>(x) && opposite(x.operand(0), y))
      return x.home->constant(1);
    if (x.home->rules != rewriting::all || levels == 0)
      return {};
    if (is<exp_operation>(x)) {
      const symbol sum = x.operand(0) + y;
      return is<add_operation>(sum) || is<subtract_operation>(sum)
                 ? apply_operation<exp_of_sum_operation>(x.operand(0), y)
                 : exp(sum);
    }
    if (is<exp_of_sum_operation>(x))
      return apply_operation<exp_of_sum_operation>(x.operand(0) + x.operand(1), y);
    const bool is_product = is<multiply_operation>(x);
    for (int i = 1; i >= 0 && (is_product || is<divide_operation>(x)); --i)
      if (const symbol joined =
              i == 0 || is_product ? apply(x.operand(i), y, levels - 1) : symbol{};
          joined.exists())
        return is_product ? joined * x.operand(1 - i) : joined / x.operand(1);
    return {};
  }
};

struct product_with_softmax {
  static constexpr std::string_view formula = "softmax(z) * log(p) is 0 where softmax(z) is 0"sv;
  static constexpr std::string_view domain = "all z, p"sv;
  static constexpr std::string_view gain = "NaN of a logit of -infinity"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    for (const bool swapped : {false, true}) {
      const symbol share = swapped ? b : a, factor = swapped ? a : b;
      if (factor.home->nodes.items[factor.index].is_finite == finiteness::may_be_infinite &&
          is_softmax(share))
        return apply_operation<weighted_operation>(share, factor);
    }
    return {};
  }
};

/// Before it is differentiated; what flows back may be infinite.
struct weighted_by_softmax {
  static constexpr symbol apply(symbol weight, symbol x) {
    if (x.home->rules != rewriting::all || is<zero_where_operation>(x))
      return {};
    const symbol bounded = log_beside(weight, x);
    return bounded == x ? symbol{} : apply_operation<weighted_operation>(weight, bounded);
  }
};

struct square_of_exp {
  static constexpr std::string_view formula = "square(exp(x)) = exp(2 x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "one operation"sv;

  static constexpr symbol apply(symbol x) {
    return is<exp_operation>(x) ? exp(2 * x.operand(0)) : symbol{};
  }
};

struct sqrt_of_square {
  static constexpr std::string_view formula = "sqrt(square(x)) = abs(x), sqrt(exp(x)) = exp(x / 2),"
                                              " sqrt(softmax(x)) = exp(log_softmax(x) / 2)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "overflow above 1e154 and 709, NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (is<square_operation>(x))
      return abs(x.operand(0));
    if (is<multiply_operation>(x) &&
        (is<softmax_operation>(x.operand(0)) || is<softmax_operation>(x.operand(1))))
      return sqrt(x.operand(0)) * sqrt(x.operand(1)); // one of them is positive
    if (!is<exp_operation>(x) && !is<softmax_operation>(x))
      return {};
    const symbol logs = is<exp_operation>(x) ? x.operand(0) : log_softmax(x.operand(0));
    return exp(x.home->constant(math::reduced(1, 2)) * logs);
  }
};

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
  return node_of(sum, answer(question::log_of_terms, sum, [](symbol of) {
                   const symbol a = log_of_terms(of.operand(0));
                   const symbol b = a.exists() ? log_of_terms(of.operand(1)) : a;
                   return as_answer(b.exists() ? logaddexp(a, b) : b);
                 }));
}

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

} // namespace chainrule::detail
