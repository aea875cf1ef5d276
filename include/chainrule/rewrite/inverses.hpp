// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of their inverses, exponentials of logarithms and powers among them: where the inner
// one is infinite, an infinite slope meets one that is 0, though what they make together is x, or
// smooth. Read next: gates.hpp.
#pragma once

#include <chainrule/rewrite/logarithms.hpp>
#include <chainrule/rewrite/roots.hpp>

namespace chainrule::detail {

/// e^x where x is a logarithm, and NaN where the logarithm is.
constexpr symbol exponential_of(symbol x) {
  if (x.operands() != 1)
    return {};
  const symbol y = x.operand(0);
  return is<log_operation>(x)              ? half_line(y)
         : is<log1p_operation>(x)          ? half_line(1 + y)
         : is<log1mexp_operation>(x)       ? half_line(-expm1(y))
         : is<logit_operation>(x)          ? half_line(y / (1 - y))
         : is<log_normal_cdf_operation>(x) ? normal_cdf(y)
         : is<log_erfc_operation>(x)       ? erfc(y)
         : is<log_softmax_operation>(x)    ? softmax(y)
                                           : symbol{};
}

struct exp_of_log {
  static constexpr std::string_view formula =
      "exp(log(x)) = x, exp(c log(x)) = pow(x, c), to any bases, exp(log(x) + log(y)) = x y,"
      " exp(log1p(x)) = 1 + x, exp(log1mexp(x)) = 1 - exp(x), exp(logit(p)) = p / (1 - p),"
      " exp(log_softmax(z)) = softmax(z)"sv;
  static constexpr std::string_view domain = "x, y >= 0, NaN below"sv;
  static constexpr std::string_view gain = "digits, NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  /// Of a base, or of e.
  static constexpr symbol apply(symbol x, symbol base = {}) {
    if (!base.exists()) {
      const symbol of_e =
          is<add_operation>(x) ? of_sum(x.operand(0), x.operand(1)) : exponential_of(x);
      if (of_e.exists())
        return of_e;
    }
    const bool is_product = is<multiply_operation>(x) && x.operand(0).is_number(),
               is_quotient = is<divide_operation>(x) && x.operand(1).is_number();
    const symbol logarithm = is_product ? x.operand(1) : is_quotient ? x.operand(0) : x;
    const int of = is<log_operation>(logarithm)     ? 1
                   : is<log2_operation>(logarithm)  ? 2
                   : is<log10_operation>(logarithm) ? 10
                                                    : 0;
    if (of == 0)
      return {};
    const symbol one = x.home->constant(1), factor = is_product    ? x.operand(0)
                                                     : is_quotient ? one / x.operand(1)
                                                                   : one;
    const bool is_same = base.exists() ? base.is(of) : of == 1;
    const symbol over = base.exists() && !is_same ? log(base) : one,
                 under = of > 1 && !is_same ? log(x.home->constant(of)) : one;
    const symbol y = logarithm.operand(0);
    if (base.exists() && is_positive_number(y)) // would be pow(y, log(base)), and that this again
      return {};
    const symbol exponent = factor * over / under;
    return pow(exponent.is_number() && is_whole(exponent.value()) ? half_line(y) : y, exponent);
  }

private:
  static constexpr symbol of_sum(symbol a, symbol b) {
    if (is<log1mexp_operation>(b) && opposite(a, b.operand(0))) // an inverse of softplus
      return half_line(expm1(a));
    return is<log_operation>(a) && is<log_operation>(b) ? apply(a) * apply(b) : symbol{};
  }
};

struct power_by_logarithm {
  static constexpr std::string_view formula =
      "pow(f, y) and sqrt(f) have the slopes of exp(y log(f))"sv;
  static constexpr std::string_view domain = "f that is positive and has a logarithm, constants"sv;
  static constexpr std::string_view gain = "NaN slopes where f over- or underflows"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol base, symbol exponent) {
    const bool is_of_constant = is_positive_number(base);
    if (base.home->rules != rewriting::all || !is_term(base) ||
        (exponent.is_number() && (is_of_constant || is_whole_above_0(exponent.value()))))
      return {};
    const symbol logs = is_of_constant ? log(base) : log_form(base);
    if (!logs.exists())
      return {};
    const int operands[]{base.index, exponent.index};
    return apply_operation<by_logarithm_operation>(
        base.home->written(operation_record_of<pow_operation>::value, operands), exponent * logs);
  }

private:
  static constexpr bool is_whole_above_0(const math::number &x) {
    return x.denominator == 1 && x.exponent == 0 && x.numerator > 0;
  }
};

struct root_by_logarithm : power_by_logarithm {
  static constexpr symbol apply(symbol x, const operation_record *root, int degree) {
    const symbol logs = x.home->rules == rewriting::all && is_term(x) ? log_form(x) : symbol{};
    return logs.exists()
               ? apply_operation<by_logarithm_operation>(x.home->written(*root, {&x.index, 1}),
                                                         logs / x.home->constant(degree))
               : logs;
  }
};

struct gudermannian {
  static constexpr std::string_view formula =
      "asin(tanh(x)) = atan(sinh(x)), acos(tanh(x)) = 2 atan(exp(-x))"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "infinite slopes above |x| = 19"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol inner, const operation_record *f) {
    if (!is<tanh_operation>(inner))
      return {};
    const symbol x = inner.operand(0);
    if (f->fingerprint == operation_record_of<asin_operation>::fingerprint)
      return atan(sinh(x));
    return f->fingerprint == operation_record_of<acos_operation>::fingerprint ? 2 * atan(exp(-x))
                                                                              : symbol{};
  }
};

struct function_of_inverse {
  static constexpr std::string_view formula =
      "f(g(x)) = x of a function and its inverse, softplus(log(x)) = log1p(x), tanh(log(x)) = "
      "(x x - 1) / (x x + 1), log1mexp(log(p)) = log1p(-p)"sv;
  static constexpr std::string_view domain = "where g(x) is a real number, NaN elsewhere"sv;
  static constexpr std::string_view gain = "digits, infinite values, NaN slopes at the ends"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol inner, const operation_record *f) {
    if (inner.operands() == 0)
      return {};
    const symbol x = inner.operand(0);
    if (f->fingerprint == record<log1mexp_operation>::fingerprint)
      return is<log1mexp_operation>(inner)                              ? inside(x, -x)
             : is<log_operation>(inner)                                 ? log1p(-half_line(x))
             : is<log_normal_cdf_operation>(inner)                      ? log_normal_cdf(-x)
             : is<negate_operation>(inner) && is<softplus_operation>(x) ? -softplus(-x.operand(0))
                                                                        : symbol{};
    for (const pair &each : inverses) {
      if (each.f != f->fingerprint || each.g != inner.operation()->fingerprint)
        continue;
      const symbol low = x.home->constant(each.low), high = x.home->constant(each.high);
      return each.low == each.high  ? x
             : each.low > each.high ? abs(x)
             : each.high > 1        ? inside(x, x - low)
                                    : inside(x, apply_operation<between_operation>(x, low, high));
    }
    const bool is_expm1 = f->fingerprint == record<expm1_operation>::fingerprint;
    if (is_expm1 && is<log_operation>(inner))
      return half_line(x) - 1;
    const bool is_softplus = f->fingerprint == record<softplus_operation>::fingerprint;
    const bool is_tanh = f->fingerprint == record<tanh_operation>::fingerprint;
    if (!is_softplus && !is_tanh && !is_expm1 &&
        f->fingerprint != record<sigmoid_operation>::fingerprint)
      return {};
    const symbol e = exp_of_log::apply(inner);
    if (!e.exists())
      return e;
    // log1p of what may be infinite and has a logarithm would be softplus of that one again
    if (is_softplus && x.home->nodes.items[e.index].is_finite != finiteness::may_be_infinite)
      return log1p(e);
    if (is_softplus)
      return apply_operation<limit_operation>(inner.home->written(*f, {&inner.index, 1}), e,
                                              as_written<log1p_operation>(e));
    if (is_expm1)
      return apply_operation<limit_operation>(inner.home->written(*f, {&inner.index, 1}), e, e - 1);
    const symbol odds = is_tanh ? square(e) : e;
    return apply_operation<limit_operation>(inner.home->written(*f, {&inner.index, 1}), e,
                                            (is_tanh ? odds - 1 : odds) / (1 + odds));
  }

private:
  struct pair {
    std::uint64_t f, g;
    int low, high; // of the domain, 2: no end; 0, 0: all numbers; 1, 0: all, for |x|
  };
  template <class F>
  using record = operation_record_of<F>;
  static constexpr pair inverses[]{
      {record<tan_operation>::fingerprint, record<atan_operation>::fingerprint, 0, 0},
      {record<sinh_operation>::fingerprint, record<asinh_operation>::fingerprint, 0, 0},
      {record<asinh_operation>::fingerprint, record<sinh_operation>::fingerprint, 0, 0},
      {record<atanh_operation>::fingerprint, record<tanh_operation>::fingerprint, 0, 0},
      {record<log1p_operation>::fingerprint, record<expm1_operation>::fingerprint, 0, 0},
      {record<acosh_operation>::fingerprint, record<cosh_operation>::fingerprint, 1, 0},
      {record<sigmoid_operation>::fingerprint, record<logit_operation>::fingerprint, 0, 1},
      {record<tanh_operation>::fingerprint, record<atanh_operation>::fingerprint, -1, 1},
      {record<sin_operation>::fingerprint, record<asin_operation>::fingerprint, -1, 1},
      {record<cos_operation>::fingerprint, record<acos_operation>::fingerprint, -1, 1},
      {record<cosh_operation>::fingerprint, record<acosh_operation>::fingerprint, 1, 2},
      {record<expm1_operation>::fingerprint, record<log1p_operation>::fingerprint, -1, 2}};
};

struct inverse_of_exp {
  static constexpr std::string_view formula = "asinh(exp(x)) = logaddexp(x, softplus(2 x) / 2), "
                                              "acosh(exp(x)) = x + log1p(sqrt(1 - exp(-2 x)))"sv;
  static constexpr std::string_view domain = "all x; x >= 0; so of all that has a logarithm"sv;
  static constexpr std::string_view gain = "overflow above x = 709"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x, const operation_record *f) {
    const bool is_asinh = f->fingerprint == operation_record_of<asinh_operation>::fingerprint;
    if ((!is_asinh && f->fingerprint != operation_record_of<acosh_operation>::fingerprint) ||
        x.home->nodes.items[x.index].is_finite != finiteness::may_be_infinite || !is_term(x))
      return {};
    const symbol logs = log_form(x);
    if (!logs.exists())
      return {};
    return is_asinh ? logaddexp(logs, x.home->constant(math::reduced(1, 2)) * softplus(2 * logs))
                    : logs + log1p(sqrt(-expm1(-2 * logs)));
  }
};

} // namespace chainrule::detail
