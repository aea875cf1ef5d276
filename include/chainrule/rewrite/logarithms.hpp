// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logarithms of what has a logarithm of its own: log asks its operand, which says it as a rule
// (`logarithm` in its slice), and the sums of exponentials stand here.
// Read next: cross_entropy.hpp.
#pragma once

#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/loss.hpp>
#include <chainrule/rewrite/exponentials.hpp>

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
  const symbol a = log_of_terms(sum.operand(0));
  const symbol b = a.exists() ? log_of_terms(sum.operand(1)) : a;
  return b.exists() ? logaddexp(a, b) : b;
}

/// log f, as f says it.
struct own_logarithm {
  static constexpr symbol apply(symbol x) {
    return x.operands() == 1 ? x.operation()->logarithm(x.operand(0)) : symbol{};
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
    return is<softmax_operation>(y) ? apply_operation<weighted_operation>(x, log(y)) : symbol{};
  }
};

} // namespace chainrule::detail
