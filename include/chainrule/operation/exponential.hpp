// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// exp log and their relatives: exp expm1 exp2, log log1p log2 log10 log1mexp.
// (e^x)' = e^x, (2^x)' = log(2) 2^x, (log x)' = 1 / x, (log(1 + x))' = 1 / (1 + x),
// (log(1 - e^x))' = e^x / (e^x - 1).
// Read next: power.hpp.
#pragma once

#include <chainrule/math/exponential.hpp>
#include <chainrule/operation/absolute_value.hpp>

namespace chainrule {

namespace detail {

/// f(-x) = -f(x), f(0) = 0
template <class Odd>
constexpr symbol odd(symbol x) {
  if (x.is(0))
    return x;
  return is<negate_operation>(x) ? -apply_operation<Odd>(x.operand(0)) : symbol{};
}

/// f(-x) = f(|x|) = f(x)
template <class Even>
constexpr symbol even(symbol x) {
  const symbol other = without_sign(x);
  return other.exists() ? apply_operation<Even>(other) : other;
}

} // namespace detail

struct exp_operation : operation {
  static constexpr std::string_view name = "exp"sv;
  static constexpr bool is_growing = true;
  static constexpr gating gate = gating::saturated;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr positivity is_positive = positivity::always;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::exp(x);
  }
  static constexpr symbol derivative(symbol, symbol result) { return result; }
  static constexpr symbol simplified(symbol x) { return x.is(0) ? x.home->constant(1) : symbol{}; }

  struct logarithm {
    static constexpr std::string_view formula = "log(exp(x)) = x"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "overflow above x = 709, -inf below -745"sv;
    static constexpr bool is_of_reals = true;

    static constexpr symbol apply(symbol x) { return x; }
  };
  struct complement {
    static constexpr std::string_view formula = "exp(x) - 1 = expm1(x)"sv;
    static constexpr std::string_view domain = "all x"sv;
    static constexpr std::string_view gain = "digits near 0"sv;

    static constexpr symbol apply(symbol x);
  };
};

/// e^x. Domain: every x.
CHAINRULE_FORMULA(exp, Operand)
(const Operand &x) { return apply_operation<exp_operation>(x); }

/// e^(a + b) where e^a and e^b may over- and underflow. What rounding a + b has lost is put back.
struct exp_of_sum_operation : operation {
  static constexpr std::string_view name = "exp_of_sum"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr bool is_growing = true;
  static constexpr gating gate = gating::saturated;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr positivity is_positive = positivity::always;
  static constexpr int operations = 10;
  static constexpr int exponentials = 1;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    const T sum = a + b;
    if constexpr (math::is_pack<T> || math::fits_lane<T>) {
      const T part = sum - a, lost = (a - (sum - part)) + (b - part);
      const T is_number = mask_operation<true>::value(T(math::abs(lost)), T(1.0)); // not infinite
      return math::exp(sum) * (T(1.0) + keep_operation::value(is_number, lost));
    } else {
      return math::exp(sum);
    }
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol result) {
    return {d * result, d * result};
  }
  static constexpr symbol definition(symbol a, symbol b) {
    return detail::as_written<multiply_operation>(exp(a), exp(b));
  }
  static constexpr symbol log_of(symbol a, symbol b) { return a + b; }
};

struct log1p_operation : operation {
  static constexpr std::string_view name = "log1p"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log1p(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {d / (1 + x)}; }
  static constexpr symbol simplified(symbol x) { return x.is(0) ? x : symbol{}; }
  static constexpr symbol definition(symbol x);
};

/// log(1 + x), without rounding 1 + x. Domain: x >= -1; -infinity at -1, NaN below.
CHAINRULE_FORMULA(log1p, Operand)
(const Operand &x) { return apply_operation<log1p_operation>(x); }

struct log_operation : operation {
  static constexpr std::string_view name = "log"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) { return {d / x}; }
  static constexpr symbol simplified(symbol x) { return x.is(1) ? x.home->constant(0) : symbol{}; }
};

/// The natural logarithm. Domain: x >= 0; -infinity at 0, NaN below.
CHAINRULE_FORMULA(log, Operand)
(const Operand &x) { return apply_operation<log_operation>(x); }

constexpr symbol log1p_operation::definition(symbol x) {
  return detail::as_written<log_operation>(
      detail::as_written<add_operation>(x.home->constant(1), x));
}

/// f, whose derivatives are taken of its logarithm: f' = f (log f)'. Where f over- or underflows,
/// those of its parts would be infinite beside a 0.
struct by_logarithm_operation : operation {
  static constexpr std::string_view name = "by_logarithm"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr int operations = 0;
  static constexpr bool is_growing = true;
  static constexpr gating gate = gating::saturated;
  static constexpr bool may_be_infinite = true;
  static constexpr positivity is_positive = positivity::always;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &f, const T &) {
    return f;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol, symbol result) {
    return {{}, d * result};
  }
  static constexpr symbol definition(symbol f, symbol) { return f; }
  static constexpr symbol code(symbol, symbol, symbol f, symbol) { return f; }
  static constexpr symbol log_of(symbol, symbol logarithm) { return logarithm; }
};

constexpr symbol limit_operation::log_of(symbol f, symbol distance, symbol near) {
  return apply_operation<limit_operation>(log(f), distance, log(near));
}

struct expm1_operation : operation {
  static constexpr std::string_view name = "expm1"sv;
  static constexpr bool is_growing = true;
  static constexpr bool is_rewritten = true;
  static constexpr bool takes_packs = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::expm1(x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return exp(x); }
  static constexpr symbol simplified(symbol x) { return x.is(0) ? x : symbol{}; }
  static constexpr symbol in_exponentials(symbol x) { return exp(x) - 1; }
  static constexpr symbol log_of(symbol x);
};

/// e^x - 1, without cancellation near 0. Domain: every x.
CHAINRULE_FORMULA(expm1, Operand)
(const Operand &x) { return apply_operation<expm1_operation>(x); }

constexpr symbol exp_operation::complement::apply(symbol x) { return -expm1(x); }

struct exp2_operation : operation {
  static constexpr std::string_view name = "exp2"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool is_growing = true;
  static constexpr gating gate = gating::saturated;
  static constexpr positivity is_positive = positivity::always;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::exp2(x);
  }
  static constexpr symbol derivative(symbol, symbol result) {
    return log(result.home->constant(2)) * result;
  }
  static constexpr symbol log_of(symbol x) { return log(x.home->constant(2)) * x; }
  static constexpr symbol in_exponentials(symbol x) { return exp(log_of(x)); }
  static constexpr symbol simplified(symbol x) { return x.is(0) ? x.home->constant(1) : symbol{}; }
};

/// 2^x. Domain: every x.
CHAINRULE_FORMULA(exp2, Operand)
(const Operand &x) { return apply_operation<exp2_operation>(x); }

struct log2_operation : operation {
  static constexpr std::string_view name = "log2"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log2(x);
  }
  // x log 2 would lose digits of a subnormal x, x log 10 overflow
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / log(x.home->constant(2)) / x};
  }
  static constexpr symbol in_exponentials(symbol x) { return log(x) / log(x.home->constant(2)); }
};

/// The logarithm to base 2. Domain: x >= 0; -infinity at 0, NaN below.
CHAINRULE_FORMULA(log2, Operand)
(const Operand &x) { return apply_operation<log2_operation>(x); }

struct log10_operation : operation {
  static constexpr std::string_view name = "log10"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log10(x);
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {d / log(x.home->constant(10)) / x};
  }
  static constexpr symbol in_exponentials(symbol x) { return log(x) / log(x.home->constant(10)); }
};

/// The logarithm to base 10. Domain: x >= 0; -infinity at 0, NaN below.
CHAINRULE_FORMULA(log10, Operand)
(const Operand &x) { return apply_operation<log10_operation>(x); }

struct log1mexp_operation : operation {
  static constexpr std::string_view name = "log1mexp"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return math::log1mexp(x);
  }
  // -1 / (e^-x - 1) would be 0 infinity in the second one; at 0 nothing flows of what has no
  // weight, nor does it in the second one: e^x stays outside of the quotient
  static constexpr symbols adjoint(symbol d, symbol x, symbol) {
    return {exp(x) * apply_operation<weighted_quotient_operation>(d, expm1(x))};
  }
};

/// log(1 - e^x), without cancellation. Domain: x <= 0; -infinity at 0, NaN above.
CHAINRULE_FORMULA(log1mexp, Operand)
(const Operand &x) { return apply_operation<log1mexp_operation>(x); }

constexpr symbol expm1_operation::log_of(symbol x) { return x + log1mexp(-x); }

} // namespace chainrule
