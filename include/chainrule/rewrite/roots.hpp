// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Roots of what is made of squares, and squares of roots: as they are written, an infinite slope
// meets one that is 0 where the root is 0, though what they make together is smooth there or has
// the slope 0 by convention.
// Read next: gates.hpp.
#pragma once

#include <chainrule/operation/dot.hpp>
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
      return apply_operation<half_line_operation>(x.operand(0));
    if (!is<pow_operation>(x) || !x.operand(1).is_number() || is_whole(x.operand(1).value()))
      return {};
    const math::number twice = product(x.operand(1).value(), 2);
    const symbol base = x.operand(0);
    return pow(is_whole(twice) ? apply_operation<half_line_operation>(base) : base, twice);
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

struct exp_of_log {
  static constexpr std::string_view formula =
      "exp(log(x)) = x, exp(c log(x)) = pow(x, c), exp(log(x) + log(y)) = x y, exp2(log2(x)) = x"sv;
  static constexpr std::string_view domain = "x, y >= 0, NaN below"sv;
  static constexpr std::string_view gain = "digits, NaN slope at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x, bool is_of_two = false) {
    if (is_of_two ? is<log2_operation>(x) : is<log_operation>(x))
      return apply_operation<half_line_operation>(x.operand(0));
    if (is_of_two || (!is<multiply_operation>(x) && !is<add_operation>(x)))
      return {};
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
