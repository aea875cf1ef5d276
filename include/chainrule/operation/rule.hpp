// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The rules of rewrite.hpp by name: what becomes of what, where, and what goes wrong without it.
// no_rewrite(f) keeps f as it is written.
// Read next: rewrite.hpp.
#pragma once

#include <chainrule/operation/operation.hpp>

namespace chainrule {

/// The operand as it is written: no rewrite applies to it or looks into it.
struct no_rewrite_operation : operation {
  static constexpr std::string_view name = "no_rewrite";
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol code(symbol, symbol x) { return x; }
};

/// f as it is written, without any rewrite; the same function, differentiated as it stands.
template <class Operand>
  requires operands_of_network<Operand>
constexpr auto no_rewrite(const Operand &f) { return apply_operation<no_rewrite_operation>(f); }

namespace detail::rule {

inline constexpr rewrite_rule log_of_sigmoid{"log(sigmoid(x)) = -softplus(-x)", "all x",
                                             "-inf below x = -745, NaN slopes with it"},
    log_of_softmax{"log(softmax(z)) = log_softmax(z)", "all z",
                   "-inf where a probability is below 1e-324"},
    log_of_exp{"log(exp(x)) = x", "all x", "overflow above x = 709, -inf below -745"},
    log_of_one_plus{"log(1 + x) = log1p(x)", "x > -1", "digits of x below 1"},
    log_of_one_plus_exp{"log(1 + exp(x)) = softplus(x)", "all x",
                        "overflow above x = 709, 0 below -37"},
    log_of_one_minus_exp{"log(1 - exp(x)) = log1mexp(x)", "x < 0",
                         "digits near 0 and far below it"},
    log_of_exponentials{"log(exp(a) + exp(b)) = logaddexp(a, b)", "all a, b",
                        "overflow above 709, -inf below -745"},
    log_of_sum_of_exponentials{"log(column_sums(exp(z))) = logsumexp(z)", "all z",
                               "overflow above 709, -inf below -745"},
    log_of_normal_cdf{"log(normal_cdf(x)) = log_normal_cdf(x)", "all x", "-inf below x = -38"},
    log_of_odds{"log(p / (1 - p)) = logit(p)", "0 < p < 1", "digits near p = 1/2"},
    logit_of_sigmoid{"logit(sigmoid(x)) = x", "all x", "infinity above x = 37"},
    logistic{"1 / (1 + exp(-x)) = sigmoid(x)", "all x", "NaN slopes below x = -355"},
    logistic_of_exp{"exp(x) / (1 + exp(x)) = sigmoid(x)", "all x", "NaN above x = 709"},
    softmax_of_exp{"exp(z) / column_sums(exp(z)) = softmax(z)", "all z",
                   "NaN above 709 and below -745"},
    complement_of_sigmoid{"1 - sigmoid(x) = sigmoid(-x)", "all x", "0 above x = 37"},
    complement_of_squared_tanh{"1 - square(tanh(x)) = tanh'(x)", "all x", "0 above |x| = 19"},
    complement_of_erf{"1 - erf(x) = erfc(x)", "all x", "0 above x = 6"},
    complement_of_erfc{"1 - erfc(x) = erf(x)", "all x", "digits near 0"},
    complement_of_normal_cdf{"1 - normal_cdf(x) = normal_cdf(-x)", "all x", "0 above x = 8"},
    slope_of_sigmoid{"sigmoid(x) * sigmoid(-x) = sigmoid'(x)", "all x",
                     "one exponential instead of two"},
    cross_entropy_of_sigmoid{"-(y log(p) + (1 - y) log(1 - p)) = softplus(z) - y z, p = sigmoid(z)",
                             "all z, y", "infinity and NaN above |z| = 37"},
    cross_entropy_of_softplus{"softplus(z) - y z is one function of z and y", "all z, y",
                              "0 where the label is met, |z| > 37"},
    softplus_beside_argument{"softplus(-z) + z = softplus(z), as softplus(-abs(z)) + max(z, 0)",
                             "all z", "0 below z = -37, digits"},
    exp_minus_one{"exp(x) - 1 = expm1(x)", "all x", "digits near 0"},
    product_of_exponentials{"exp(x) * exp(-x) = 1", "all x, and 1 where x is NaN",
                            "NaN above |x| = 709"},
    square_of_exp{"square(exp(x)) = exp(2 x)", "all x", "one operation"},
    reciprocal_of_exp{"1 / exp(x) = exp(-x)", "all x", "a division"},
    sqrt_of_square{"sqrt(square(x)) = abs(x)", "all x", "overflow above 1e154, NaN slope at 0"},
    quotient_of_equals{"x / x = 1", "x that is never 0, as exp(t), and 1 where t is NaN",
                       "NaN where x rounds to 0 or overflows"},
    like_terms{"a x + b x = (a + b) x", "all x, and 0 for a + b = 0 where x is NaN or infinite",
               "operations"};

} // namespace detail::rule

} // namespace chainrule
