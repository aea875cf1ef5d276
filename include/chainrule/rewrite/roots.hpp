// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Roots of what is made of squares, squares of roots, and functions of their inverses: as they are
// written, an infinite slope meets one that is 0 where the root is 0, though what they make
// together is smooth there or has the slope 0 by convention.
// Read next: gates.hpp.
#pragma once

#include <chainrule/operation/dot.hpp>
#include <chainrule/operation/error_function.hpp>
#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/trigonometric.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

constexpr bool is_whole(const math::number &x) { return x.denominator == 1 && x.exponent == 0; }

/// Whether x is made of squares by sums, products and positive constants: where it is 0, so is its
/// slope.
constexpr bool is_sum_of_squares(symbol x) {
  if (is<square_operation>(x))
    return true;
  if (is<pow_operation>(x) && x.operand(1).is_number()) {
    const math::number &exponent = x.operand(1).value();
    return is_whole(exponent) && exponent.numerator > 0 && exponent.numerator % 2 == 0;
  }
  if (is<sum_operation>(x) || is<row_sums_operation>(x) || is<column_sums_operation>(x))
    return is_sum_of_squares(x.operand(0));
  if (is<matrix_product_operation>(x)) // x^T x
    return x.shape().is_scalar() && is<transpose_operation>(x.operand(0)) &&
           x.operand(0).operand(0) == x.operand(1);
  if (is<multiply_operation>(x))
    return is_sum_of_squares(x.operand(1))
               ? is_positive_number(x.operand(0)) || is_sum_of_squares(x.operand(0))
               : is<multiply_operation>(x.operand(0)) && // x x y y
                     x.operand(0).operand(1) == x.operand(1) &&
                     is_sum_of_squares(x.operand(0).operand(0));
  if (is<divide_operation>(x))
    return is_positive_number(x.operand(1)) && is_sum_of_squares(x.operand(0));
  if (!is<add_operation>(x))
    return false;
  const answer kept(question::is_sum_of_squares, x);
  return kept.is_known()
             ? kept.is_yes()
             : kept.keep(is_sum_of_squares(x.operand(0)) && is_sum_of_squares(x.operand(1)));
}

struct sqrt_of_squares {
  static constexpr std::string_view formula = "sqrt(square(x) + square(y)) with the slope 0 at 0"sv;
  static constexpr std::string_view domain = "all x, y"sv;
  static constexpr std::string_view gain = "NaN slopes at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (!is_sum_of_squares(x))
      return {};
    return is<sum_operation>(x) && is<square_operation>(x.operand(0))
               ? apply_operation<norm_operation>(x.operand(0).operand(0))
               : apply_operation<root_of_squares_operation>(x);
  }
};

struct square_of_root {
  static constexpr std::string_view formula = "square(norm(x)) = squared_norm(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (is<root_of_squares_operation>(x))
      return x.operand(0);
    if (is<norm_operation>(x))
      return apply_operation<sum_operation>(square(x.operand(0)));
    return is<hypot_operation>(x) ? sum_of_squares(x) : symbol{};
  }

private:
  static constexpr symbol sum_of_squares(symbol hypot) {
    symbol sum = square(hypot.operand(0));
    for (int i = 1; i < hypot.operands(); ++i)
      sum = sum + square(hypot.operand(i));
    return sum;
  }
};

struct square_of_sqrt {
  static constexpr std::string_view formula =
      "square(sqrt(x)) = x, square(pow(x, p)) = pow(x, 2 p)"sv;
  static constexpr std::string_view domain = "x >= 0, NaN below"sv;
  static constexpr std::string_view gain = "NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (is<sqrt_operation>(x))
      return half_line(x.operand(0));
    if (!is<pow_operation>(x) || !x.operand(1).is_number() || is_whole(x.operand(1).value()))
      return {};
    const math::number twice = product(x.operand(1).value(), 2);
    const symbol base = x.operand(0);
    return pow(is_whole(twice) ? half_line(base) : base, twice);
  }
};

constexpr bool is_root(symbol x) {
  return is<sqrt_operation>(x) || is<norm_operation>(x) || is<hypot_operation>(x) ||
         is<root_of_squares_operation>(x);
}

struct even_in_root {
  static constexpr std::string_view formula = "cos(norm(x)) is a function of squared_norm(x)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  /// f(x), x being a root or a multiple of one, is a + b s + c s^2 + ... of s = x^2. The power 5/2
  /// ends what is known: its third derivative by s is infinite, not 0.
  static constexpr symbol apply(symbol x, const operation_record *f) {
    const std::uint64_t made_by = f->fingerprint;
    const bool is_cos = made_by == operation_record_of<cos_operation>::fingerprint;
    const bool is_cosh = made_by == operation_record_of<cosh_operation>::fingerprint;
    const bool is_density = made_by == operation_record_of<normal_density_operation>::fingerprint;
    if (!is_cos && !is_cosh && !is_density &&
        made_by != operation_record_of<log_cosh_operation>::fingerprint)
      return {};
    const bool is_product = is<multiply_operation>(x), is_quotient = is<divide_operation>(x);
    const int which = is_product && !is_root(x.operand(0)) ? 1 : 0;
    const symbol root = is_product || is_quotient ? x.operand(which) : x;
    if (x.home->rules != rewriting::all || !is_root(root))
      return {};
    symbol s = square(root);
    if (is_product || is_quotient) {
      const symbol factor = square(x.operand(1 - which));
      s = is_product ? s * factor : s / factor;
    }
    const math::number first = math::reduced(is_cos || is_density ? -1 : 1, 2);
    const math::number second = math::reduced(1, is_density ? 8 : is_cos || is_cosh ? 24 : -12);
    const symbol rest = s * (s.home->constant(first) + s * s.home->constant(second)) +
                        pow(s, s.home->constant(math::reduced(5, 2)));
    const symbol near = is_cos || is_cosh || is_density ? 1 + rest : rest;
    return apply_operation<limit_operation>(
        x.home->written(*f, {&x.index, 1}), root,
        is_density ? s.home->constant(math::reduced(398942280401432678, 1, -18)) * near : near);
  }
};

struct product_with_own_root {
  static constexpr std::string_view formula = "x * sqrt(x) with the slope 3/2 sqrt(x)"sv;
  static constexpr std::string_view domain = "x >= 0"sv;
  static constexpr std::string_view gain = "NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    if (is<sqrt_operation>(b) && b.operand(0) == a)
      return apply_operation<product_with_root_operation>(a);
    return is<sqrt_operation>(a) && a.operand(0) == b
               ? apply_operation<product_with_root_operation>(b)
               : symbol{};
  }
};

/// Whether x has a root of squares in it, so many levels deep.
constexpr bool has_root(symbol x, int levels = 3) {
  if (is<norm_operation>(x) || is<hypot_operation>(x) || is<root_of_squares_operation>(x))
    return true;
  for (int i = 0; i < x.operands() && levels > 0 && x.operation()->is_elementwise; ++i)
    if (has_root(x.operand(i), levels - 1))
      return true;
  return false;
}

constexpr bool is_power_above_one(symbol x) {
  if (!is<pow_operation>(x) || !x.operand(1).is_number())
    return false;
  const math::number &exponent = x.operand(1).value();
  return exponent.exponent == 0 && exponent.numerator > exponent.denominator;
}

struct root_beside_squares {
  static constexpr std::string_view formula = "norm(x) * squared_norm(x) has second derivatives"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "NaN second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol a, symbol b) {
    for (const bool swapped : {false, true}) {
      const symbol root = swapped ? b : a, squares = swapped ? a : b;
      if ((is_sum_of_squares(squares) || is_power_above_one(squares)) && has_root(root))
        return root * apply_operation<squares_beside_root_operation>(squares);
      if (is<multiply_operation>(root)) // r x x
        for (int i = 0; i < 2; ++i)
          if (root.operand(i) == squares && has_root(root.operand(1 - i)))
            return root.operand(1 - i) * square(squares);
    }
    return {};
  }
};

/// e^x where x is a logarithm, and NaN where the logarithm is.
constexpr symbol exponential_of(symbol x) {
  if (x.operands() != 1)
    return {};
  const symbol y = x.operand(0);
  return is<log_operation>(x)        ? half_line(y)
         : is<log1p_operation>(x)    ? half_line(1 + y)
         : is<log1mexp_operation>(x) ? half_line(-expm1(y))
         : is<logit_operation>(x)    ? half_line(y / (1 - y))
                                     : symbol{};
}

struct exp_of_log {
  static constexpr std::string_view formula =
      "exp(log(x)) = x, exp(c log(x)) = pow(x, c), exp(log(x) + log(y)) = x y, exp2(log2(x)) = x,"
      " exp(log1p(x)) = 1 + x, exp(log1mexp(x)) = 1 - exp(x), exp(logit(p)) = p / (1 - p)"sv;
  static constexpr std::string_view domain = "x, y >= 0, NaN below"sv;
  static constexpr std::string_view gain = "digits, NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x, bool is_of_two = false) {
    if (is_of_two)
      return is<log2_operation>(x) ? half_line(x.operand(0)) : symbol{};
    if (!is<multiply_operation>(x) && !is<add_operation>(x))
      return exponential_of(x);
    const symbol a = x.operand(0), b = x.operand(1);
    if (!is<log_operation>(b))
      return {};
    if (is<add_operation>(x))
      return is<log_operation>(a) ? apply(a) * apply(b) : symbol{};
    if (!a.is_number())
      return {};
    return pow(is_whole(a.value()) ? apply(b) : b.operand(0), a);
  }
};

struct function_of_inverse {
  static constexpr std::string_view formula =
      "f(g(x)) = x of a function and its inverse, softplus(log(x)) = log1p(x)"sv;
  static constexpr std::string_view domain = "where g(x) is a real number, NaN elsewhere"sv;
  static constexpr std::string_view gain = "digits, infinite values, NaN slopes at the ends"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol inner, const operation_record *f) {
    if (inner.operands() != 1)
      return {};
    const symbol x = inner.operand(0);
    for (const pair &each : inverses) {
      if (each.f != f->fingerprint || each.g != inner.operation()->fingerprint)
        continue;
      const symbol low = x.home->constant(each.low), high = x.home->constant(each.high);
      return each.low == each.high  ? x
             : each.low > each.high ? abs(x)
             : each.high > 1        ? inside(x, x - low)
                                    : inside(x, apply_operation<between_operation>(x, low, high));
    }
    if (f->fingerprint == record<expm1_operation>::fingerprint)
      return is<log_operation>(inner) ? half_line(x) - 1 : symbol{};
    const bool is_softplus = f->fingerprint == record<softplus_operation>::fingerprint;
    if (!is_softplus && f->fingerprint != record<sigmoid_operation>::fingerprint)
      return {};
    // log1mexp has a weight of its own at 0, which the limit would not keep
    const symbol e =
        is_softplus || !is<log1mexp_operation>(inner) ? exponential_of(inner) : symbol{};
    if (!e.exists() || is_softplus)
      return e.exists() ? log1p(e) : e;
    return apply_operation<limit_operation>(inner.home->written(*f, {&inner.index, 1}), e,
                                            e / (1 + e));
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

struct power_of_root {
  static constexpr std::string_view formula =
      "pow(norm(x), 2 n) = pow(squared_norm(x), n), times norm(x) for 2 n + 1; so of any root;"
      " pow(cbrt(x), 3 n) = pow(x, n)"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x, symbol exponent) {
    if (!exponent.is_number() || exponent.value().numerator <= 0)
      return {};
    if (!is_whole(exponent.value())) {
      const math::number twice = product(exponent.value(), 2);
      return twice.exists() && is_sum_of_squares(x) ? pow(sqrt(x), twice) : symbol{};
    }
    if (is<cbrt_operation>(x) && exponent.value().numerator % 3 == 0)
      return pow(x.operand(0), math::number(exponent.value().numerator / 3));
    const symbol base = square_of_root::apply(x);
    if (!base.exists())
      return base;
    const symbol even = pow(base, math::number(exponent.value().numerator / 2));
    return exponent.value().numerator % 2 == 0 ? even : even * x;
  }
};

} // namespace chainrule::detail
