// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logarithms of sums, differences and probabilities that would overflow or cancel as they are
// written: log_sigmoid logit logdiffexp inverse_softplus logaddexp xlogy.
// logit' = 1 / (p (1 - p)), logaddexp' = sigmoid(a - b), 0 where a is -infinity, whatever b is.
// Read next: hyperbolic.hpp.
#pragma once

#include <chainrule/operation/hyperbolic.hpp>

namespace chainrule {

/// log(sigmoid(z)) = -softplus(-z). Domain: every z.
CHAINRULE_FORMULA(log_sigmoid, Operand)
(const Operand &z) { return -softplus(-z); }

struct logit_operation : operation {
  static constexpr std::string_view name = "logit"sv;
  static constexpr bool is_rewritten = true;
  static constexpr bool may_be_infinite = true;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &p) {
    // near 1/2 the quotient is near 1, where its rounding is large beside its logarithm
    const T distance = math::abs(p - T(0.5));
    if (distance < T(0.25))
      return T(2.0) * math::atanh(T(2.0) * p - T(1.0));
    return math::log(p / (T(1.0) - p));
  }
  static constexpr symbols adjoint(symbol d, symbol p, symbol) {
    const symbol zero = p.home->constant(0), one = p.home->constant(1);
    return {d / apply_operation<between_operation>(p, zero, one)};
  }
  static constexpr symbol definition(symbol p) { return log(p) - log1p(-p); }
  static constexpr symbol code(symbol, symbol p) {
    if (!p.home->is_real)
      return apply_operation<log_operation>(apply_operation<divide_operation>(p, 1 - p));
    const symbol half = p.home->constant(math::reduced(1, 2));
    const symbol quarter = p.home->constant(math::reduced(1, 4));
    const symbol middle = 2 * apply_operation<atanh_operation>(2 * p - 1);
    return apply_operation<choose_operation>(
        detail::mask_of(abs(p - half) < quarter), middle,
        apply_operation<log_operation>(apply_operation<divide_operation>(p, 1 - p)));
  }
};

/// log(p / (1 - p)), the inverse of sigmoid. Domain: 0 <= p <= 1; infinite at 0 and 1, NaN beyond.
CHAINRULE_FORMULA(logit, Operand)
(const Operand &p) { return apply_operation<logit_operation>(p); }

/// log(e^a - e^b), without overflow. Domain: a >= b; -infinity where they are equal, NaN where b is
/// larger.
CHAINRULE_FORMULA_OF_TWO(logdiffexp, Left, Right)
(const Left &a, const Right &b) { return a + log1mexp(b - a); }

/// log(e^y - 1): the x for which softplus(x) is y. Domain: y >= 0; -infinity at 0, NaN below.
CHAINRULE_FORMULA(inverse_softplus, Operand)
(const Operand &y) { return y + log1mexp(-y); }

struct logaddexp_operation : operation {
  static constexpr std::string_view name = "logaddexp"sv;
  static constexpr int arity = 2;
  static constexpr bool is_commutative = true;
  static constexpr bool is_rewritten = true;
  static constexpr int transcendentals = 2;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b) {
    return math::logaddexp(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {d * sigmoid(a - apply_operation<raised_operation>(b)),
            d * sigmoid(b - apply_operation<raised_operation>(a))};
  }
  static constexpr symbol definition(symbol a, symbol b) { return b + softplus(a - b); }
  static constexpr symbol simplified(symbol a, symbol b) {
    return a.is(0) ? softplus(b) : b.is(0) ? softplus(a) : symbol{};
  }
};

/// logaddexp(a, b) of a = log(w) + log(w') + ... + u and b = ... + v, with its slope where a weight
/// w is 0: what its term is beside it, over the sum. Operands a, b, u, v, and each weight with its
/// a or b without its logarithm.
struct logaddexp_of_terms_operation : operation {
  static constexpr std::string_view name = "logaddexp_of_terms"sv;
  static constexpr notation written = notation::definition;
  static constexpr int arity = any_number;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &a, const T &b,
                                            const std::same_as<T> auto &...) {
    return math::logaddexp(a, b);
  }
  static constexpr symbols adjoint(symbol d, const symbols &all, symbol result) {
    symbols parts = logaddexp_operation::adjoint(d, all.items[0], all.items[1], result);
    parts = {{}, {}, parts.items[0], parts.items[1]};
    for (int i = 4; i < all.size; i += 2) {
      parts.push(d * exp(all.items[i + 1] - apply_operation<raised_operation>(result)));
      parts.push({});
    }
    return parts;
  }
  static constexpr symbol definition(const symbols &all) {
    return detail::as_written<logaddexp_operation>(all.items[0], all.items[1]);
  }
  static constexpr symbol code(const symbols &, const symbols &all) { return definition(all); }
};

/// log(e^a + e^b), without overflow. Domain: every a, b.
CHAINRULE_FORMULA_OF_TWO(logaddexp, Left, Right)
(const Left &a, const Right &b) { return apply_operation<logaddexp_operation>(a, b); }

struct xlogy_operation : operation {
  static constexpr std::string_view name = "xlogy"sv;
  static constexpr bool is_rewritten = true;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr int operations = 2;
  static constexpr int transcendentals = 1;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x, const T &y) {
    if constexpr (math::carries_slopes<T>)
      if (T(0.0) < y)
        return x * math::log(y); // log y is the slope by x
    return x == T(0.0) && y == y ? T(0.0) : x * math::log(y);
  }
  // log y and x / y; 0 where x is 0 and they are not finite, and only there: by x they have slopes
  static constexpr symbols adjoint(symbol d, symbol x, symbol y, symbol) {
    const symbol zero = d.home->constant(0), at_corner = abs(x) <= zero && y <= zero;
    return {d * detail::zero_where(at_corner, log(y)),
            d * apply_operation<weighted_quotient_operation>(x, y)};
  }
  static constexpr symbol definition(symbol x, symbol y) { return x * log(y); }
  static constexpr symbol code(symbol, symbol, symbol x, symbol y) {
    if (!x.home->is_real)
      return {};
    const symbol zero = x.home->constant(0);
    return apply_operation<drop_operation>(
        detail::mask_of(abs(x) <= zero && y <= y),
        apply_operation<multiply_operation>(x, apply_operation<log_operation>(y)));
  }
};

/// x log y, and 0 where x is 0, even for y = 0. Domain: y >= 0 or x = 0; NaN if either is NaN.
CHAINRULE_FORMULA_OF_TWO(xlogy, Left, Right)
(const Left &x, const Right &y) { return apply_operation<xlogy_operation>(x, y); }

} // namespace chainrule
