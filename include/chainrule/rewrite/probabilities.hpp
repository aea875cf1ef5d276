// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// log1p, logit, xlogy and the cross-entropy of probabilities and other numbers that have logarithms
// of their own.
// Read next: log_weights.hpp.
#pragma once

#include <chainrule/rewrite/logarithms.hpp>

namespace chainrule::detail {

/// log(1 + x) and log(1 - x) of an x that has a logarithm.
struct log1p_of_made_of : log_of_made_of {
  static constexpr symbol apply(symbol x) {
    const bool is_minus = is<negate_operation>(x);
    const symbol of = is_minus ? x.operand(0) : x;
    if (!is_minus && !is<erf_operation>(x) &&
        x.home->nodes.items[x.index].is_finite != finiteness::may_be_infinite)
      return {};
    if (is_minus && of.operands() == 1)
      if (const symbol rest = of.operation()->complement(of.operand(0)); rest.exists())
        return log_form(rest);
    if (is<erf_operation>(x))
      return log_form(1 + x);
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

/// log p - log(1 - p), where p is not near 1/2.
struct logit_of_logarithms : log_of_made_of {
  static constexpr symbol apply(symbol p) {
    const symbol log_of_p = is_term(p) ? log_form(p) : symbol{};
    if (!log_of_p.exists())
      return {};
    graph &home = *p.home;
    const symbol log_of_rest = log1p(-p), half = home.constant(math::reduced(1, 2));
    return select(abs(p - half) < home.constant(math::reduced(1, 4)),
                  as_written<logit_operation>(p), log_of_p - log_of_rest);
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
