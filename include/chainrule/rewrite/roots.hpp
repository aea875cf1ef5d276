// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Roots of what is made of squares, squares and other functions of roots: as they are written, an
// infinite slope meets one that is 0 where the root is 0, though what they make together is smooth
// there or has the slope 0 by convention.
// Read next: parity.hpp.
#pragma once

#include <chainrule/operation/dot.hpp>
#include <chainrule/operation/error_function.hpp>
#include <chainrule/operation/logarithm.hpp>
#include <chainrule/operation/rectifier.hpp>
#include <chainrule/operation/softmax.hpp>
#include <chainrule/operation/trigonometric.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

constexpr bool is_whole(const math::number &x) { return x.denominator == 1 && x.exponent == 0; }

constexpr bool is_sum_of_squares(symbol x);
constexpr bool is_made_of_squares(symbol x) {
  if (is<log1p_operation>(x) || is<expm1_operation>(x) || is<tanh_operation>(x) ||
      is<atan_operation>(x) || is<asinh_operation>(x))
    return is_sum_of_squares(x.operand(0));
  if (is<negate_operation>(x)) // 1 - e^-s
    return is<expm1_operation>(x.operand(0)) && is<negate_operation>(x.operand(0).operand(0)) &&
           is_sum_of_squares(x.operand(0).operand(0).operand(0));
  if (is<subtract_operation>(x))
    return (is<cosh_operation>(x.operand(0)) && x.operand(1).is(1)) ||
           (is<cos_operation>(x.operand(1)) && x.operand(0).is(1));
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
  return is<add_operation>(x) && is_sum_of_squares(x.operand(0)) && is_sum_of_squares(x.operand(1));
}

/// Whether x is made of squares by sums, products and positive constants, or grows as a square
/// where it is 0: there its slope is 0, too.
constexpr bool is_sum_of_squares(symbol x) {
  return is<square_operation>(x) || is<log_cosh_operation>(x) ||
         (x.operands() > 0 && answer(question::is_sum_of_squares, x, [](symbol of) {
                                return is_made_of_squares(of) ? 1 : 0;
                              }) == 1);
}

constexpr bool is_root(symbol x) {
  return is<sqrt_operation>(x) || x.operation()->is_root_of_squares || is_real_abs(x);
}

/// Whether x is of squares or, before it is differentiated, a root of them: where it is 0 its slope
/// is taken as 0.
constexpr bool is_flat_at_zero(symbol x) {
  return is_sum_of_squares(x) ||
         (x.home->rules == rewriting::all && is_root(x) && !is<sqrt_operation>(x));
}

struct sqrt_of_squares {
  static constexpr std::string_view formula =
      "sqrt(square(x) + square(y)), sqrt(abs(x)) with the slope 0 at 0"sv;
  static constexpr std::string_view domain = "all x, y"sv;
  static constexpr std::string_view gain = "NaN slopes at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    if (!is_flat_at_zero(x))
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
    const operation_record &root = *x.operation();
    return root.is_root_of_squares ? root.squared(*x.home, x.home->inputs_of(x.index)) : symbol{};
  }
};

struct square_of_choice {
  static constexpr std::string_view formula =
      "square(min(norm(x), y)) = min(squared_norm(x), square(y)), so of max and clamp"sv;
  static constexpr std::string_view domain = "all x, y >= 0"sv;
  static constexpr std::string_view gain = "second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  /// Of what is never negative the order of squares is that of numbers.
  static constexpr symbol apply(symbol x) {
    if (!is<min_operation>(x) && !is<max_operation>(x) && !is<clamp_operation>(x))
      return {};
    list<int> squares;
    bool are_better = false;
    for (int i = 0; i < x.operands(); ++i) {
      const symbol each = x.operand(i), squared = square(each);
      if (!each.is(0) && !is_positive_number(each) && !is_never_negative(each) &&
          each.operation()->is_positive != positivity::always)
        return {};
      are_better = are_better || !(is<square_operation>(squared) || each.is_number());
      squares.push(squared.index);
    }
    return are_better ? x.home->make(*x.operation(), squares) : symbol{};
  }
};

struct square_of_parts {
  static constexpr std::string_view formula = "square(stack(sqrt(x), y)) = stack(x, square(y))"sv;
  static constexpr std::string_view domain = "x >= 0, NaN below"sv;
  static constexpr std::string_view gain = "NaN slopes at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x) {
    for (const along axis : {along::rows, along::columns}) {
      if (!is_along<join_operation>(x, axis))
        continue;
      symbols parts;
      bool are_better = false;
      for (const symbol part : x.home->symbols_of(x.home->inputs_of(x.index))) {
        const symbol squared = square(part);
        are_better = are_better || !is<square_operation>(squared);
        parts.push(filled(squared, part.shape()));
      }
      return are_better ? join(parts, axis) : symbol{};
    }
    return {};
  }
};

/// x where it is not negative; where it cannot be, x itself, whose rules stay in sight.
constexpr symbol half_line(symbol x) {
  return x.operation()->is_positive == positivity::always ? x : inside(x, x);
}

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

struct hypot_of_root {
  static constexpr std::string_view formula =
      "hypot(hypot(x, y), z) = hypot(x, y, z), hypot(norm(v), y) = norm(stack(v, y))"sv;
  static constexpr std::string_view domain = "all x, y, z, v"sv;
  static constexpr std::string_view gain = "NaN second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;
  static constexpr int most_parts = 16; // each of which is asked again for each that comes in

  /// Of the first operand and all of them.
  static constexpr symbol apply(symbol, const symbols &all) {
    symbols flat, parts;
    bool are_numbers = true, is_norm_there = false;
    for (const symbol each : all) {
      const bool is_norm = is<norm_operation>(each), is_hypot = is<hypot_operation>(each);
      for (int i = 0; i < (is_hypot ? each.operands() : 0); ++i)
        flat.push(each.operand(i));
      if (!is_hypot)
        flat.push(each);
      are_numbers = are_numbers && each.shape().is_scalar();
      is_norm_there = is_norm_there || is_norm;
      const symbol v = is_norm ? each.operand(0) : each;
      parts.push(is_norm ? reshaped(v, {v.shape().size(), 1}) : v);
    }
    if (flat.size > all.size && flat.size <= most_parts)
      return apply_operation<hypot_operation>(flat);
    return is_norm_there && are_numbers ? apply_operation<norm_operation>(join(parts, along::rows))
                                        : symbol{};
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
  if (x.operation()->is_root_of_squares)
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

struct power_of_root {
  static constexpr std::string_view formula =
      "pow(norm(x), 2 n) = pow(squared_norm(x), n), times norm(x) for 2 n + 1; so of any root;"
      " pow(f, p) = pow(f, n) pow(f, p - n) of a sum of squares f; pow(norm(x), p) with the slope 0"
      " at 0; pow(cbrt(x), 3 n) = pow(x, n); pow(softmax(x), p) = exp(p log_softmax(x))"sv;
  static constexpr std::string_view domain = "all x"sv;
  static constexpr std::string_view gain = "second derivatives at 0"sv;
  static constexpr bool is_of_reals = true;

  static constexpr symbol apply(symbol x, symbol exponent) {
    if (!exponent.is_number() || exponent.value().numerator <= 0)
      return {};
    if (!is_whole(exponent.value())) {
      if (is<softmax_operation>(x)) // where an element is 0, all slopes were NaN
        return exp(exponent * log_softmax(x.operand(0)));
      const math::number twice = product(exponent.value(), 2);
      const auto size = math::rounded<double>(exponent.value());
      if (size > 1 && !is_whole(twice) && exponent.value().exponent == 0 && is_sum_of_squares(x)) {
        const math::number whole = exponent.value().numerator / exponent.value().denominator;
        return pow(x, sum(exponent.value(), negated(whole))) * pow(x, whole);
      }
      if (size < 0.5 && is_flat_at_zero(x))
        return apply_operation<limit_operation>(as_written<pow_operation>(x, exponent), x, sqrt(x));
      return twice.exists() && (is_sum_of_squares(x) || (size < 1 && is_flat_at_zero(x)))
                 ? pow(sqrt(x), twice)
                 : symbol{};
    }
    if (is<cbrt_operation>(x) && exponent.value().numerator % 3 == 0)
      return pow(x.operand(0), math::number(exponent.value().numerator / 3));
    const symbol base = square_of_root::apply(x);
    if (!base.exists()) {
      const symbol other = exponent.value().numerator % 2 == 0 ? without_sign(x) : symbol{};
      return other.exists() ? pow(other, exponent) : other;
    }
    const symbol even = pow(base, math::number(exponent.value().numerator / 2));
    return exponent.value().numerator % 2 == 0 ? even : even * x;
  }
};

} // namespace chainrule::detail
