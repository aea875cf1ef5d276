// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// + - * / keep a network in one tidy form: no zeros and ones, minus signs outside, exact constants
// folded and in front, like terms collected, gates outside of what flows through them.
// Read next: placements.hpp.
#pragma once

#include <chainrule/operation/power.hpp>
#include <chainrule/operation/sum.hpp>
#include <chainrule/rewrite/rule.hpp>

namespace chainrule::detail {

/// base and coefficient of coefficient * base: how like terms are recognised.
constexpr symbol base_of(symbol x) {
  if (is<negate_operation>(x))
    return base_of(x.operand(0));
  return is<multiply_operation>(x) && x.operand(0).is_number() ? x.operand(1) : x;
}
constexpr math::number coefficient_of(symbol x) {
  if (is<negate_operation>(x))
    return math::negated(coefficient_of(x.operand(0)));
  return is<multiply_operation>(x) && x.operand(0).is_number() ? x.operand(0).value() : 1;
}

/// (coefficient of a + sign * that of b) * base, if a and b have one base and the sum is exact.
constexpr symbol collected(symbol a, symbol b, int sign) {
  const symbol base = base_of(a);
  if (!(base == base_of(b)))
    return {};
  const math::number second = coefficient_of(b);
  const auto coefficient = sum(coefficient_of(a), sign > 0 ? second : math::negated(second));
  return is_moderate(coefficient) ? coefficient * base : symbol{};
}

/// A negative constant or a constant factor that is negative.
constexpr bool has_minus(symbol x) {
  return is<negate_operation>(x) || (x.is_number() && x.value().is_negative()) ||
         (is<multiply_operation>(x) && x.operand(0).is_number() &&
          x.operand(0).value().is_negative());
}

/// Whether x is positive wherever it is a real number.
constexpr bool is_positive(symbol x) {
  if (x.is_number())
    return is_positive_number(x);
  if (x.operation()->is_positive != positivity::with_operands)
    return x.operation()->is_positive == positivity::always;
  return answer(question::is_positive, x, [](symbol of) {
           for (int i = 0; i < of.operands(); ++i)
             if (!is_positive(of.operand(i)))
               return 0;
           return 1;
         }) == 1;
}

/// A gate that is 1 where it is open, times a factor: the factor behind the gate.
constexpr symbol through_gate(symbol gate, symbol factor) {
  if (!is_gate(gate) || !(gate.operand(1).is(1) || gate.operand(2).is(1)))
    return {};
  return chosen_as(gate, gate.operand(1) * factor, gate.operand(2) * factor);
}

/// A number repeated beside a matrix need not be written out.
template <class Operation>
constexpr symbol repeated_beside_matrix(symbol a, symbol b) {
  const symbol p = beside_matrix(a, b), q = beside_matrix(b, p);
  return p == a && q == b ? symbol{} : apply_operation<Operation>(p, q);
}

struct sum_of_numbers {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.is_number() && b.is_number())
      return exact(a, sum(a.value(), b.value()));
    return a.is(0) ? b : b.is(0) ? a : symbol{};
  }
};

struct difference_of_numbers {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.is_number() && b.is_number())
      return exact(a, sum(a.value(), math::negated(b.value())));
    return b.is(0) ? a : a.is(0) ? -b : symbol{};
  }
};

struct product_with_number {
  static constexpr symbol apply(symbol a, symbol b) {
    if (b.is_number())
      return a.is_number() ? exact(a, product(a.value(), b.value())) : b * a;
    if (!a.is_number())
      return {};
    if (a.is(0))
      return a;
    if (a.is(1))
      return b;
    if (a.is(-1))
      return -b;
    if (is<multiply_operation>(b) && b.operand(0).is_number())
      if (const auto c = product(a.value(), b.operand(0).value()); is_moderate(c))
        return c * b.operand(1);
    return {};
  }
};

struct quotient_with_number {
  static constexpr symbol apply(symbol a, symbol b) {
    if (b.is_number() && !b.is(0)) {
      if (b.is(1))
        return a;
      if (a.is_number())
        return exact(a, product(a.value(), math::reciprocal(b.value())));
      // A constant factor moves into the divisor exactly; the division itself stays a division.
      if (is<multiply_operation>(a) && a.operand(0).is_number())
        if (const auto c = product(a.operand(0).value(), math::reciprocal(b.value()));
            is_moderate(c))
          return c * a.operand(1);
    }
    return a.is(0) ? a : symbol{};
  }
};

template <int Sign>
struct like_terms {
  static constexpr std::string_view formula = "a x + b x = (a + b) x"sv;
  static constexpr std::string_view domain =
      "all x, and 0 for a + b = 0 where x is NaN or infinite"sv;
  static constexpr std::string_view gain = "operations"sv;

  static constexpr symbol apply(symbol a, symbol b) { return collected(a, b, Sign); }
};

/// The sum of two gates of one condition as one choice; a difference for a minus.
struct gates_and_minus_in_sum {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.home->holds(family::choices) && is_gate(a) && is_gate(b) && a.operand(0) == b.operand(0))
      return chosen_as(a.operation()->gate < b.operation()->gate ? b : a,
                       a.operand(1) + b.operand(1), a.operand(2) + b.operand(2));
    return has_minus(b) ? a - -b : has_minus(a) ? b - -a : symbol{};
  }
};

struct minus_in_difference {
  static constexpr symbol apply(symbol a, symbol b) {
    if (has_minus(b))
      return a + -b;
    return is<negate_operation>(a) ? -(a.operand(0) + b) : symbol{};
  }
};

/// Signs and constants to the front, but while a network is differentiated.
struct factors_in_front {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a.home->rules == rewriting::but_factors_stay)
      return {};
    if (is<negate_operation>(a))
      return -(a.operand(0) * b);
    if (is<negate_operation>(b))
      return -(a * b.operand(0));
    const auto has_factor = [](symbol x) {
      return is<multiply_operation>(x) && x.operand(0).is_number() && is_movable(x.operand(0));
    };
    if (!a.is_number() && has_factor(b))
      return b.operand(0) * (a * b.operand(1));
    return has_factor(a) ? a.operand(0) * (a.operand(1) * b) : symbol{};
  }
};

/// A square, a quotient, or a choice that the product draws in.
struct product_as_other_operation {
  static constexpr symbol apply(symbol a, symbol b) {
    if (a == b)
      return square(a);
    if (is<divide_operation>(b) && b.operand(0).is(1))
      return a / b.operand(1);
    if (is<divide_operation>(a) && a.operand(0).is(1))
      return b / a.operand(1);
    if (!a.home->holds(family::choices))
      return {};
    const symbol opened = through_gate(a, b);
    return opened.exists() ? opened : through_gate(b, a);
  }
};

struct quotient_of_equals {
  static constexpr std::string_view formula = "x / x = 1"sv;
  static constexpr std::string_view domain = "x that is never 0, as exp(t), and 1 where t is NaN"sv;
  static constexpr std::string_view gain = "NaN where x rounds to 0 or overflows"sv;

  static constexpr symbol apply(symbol a, symbol b) {
    return a == b && is_positive(a) ? a.home->constant(1) : symbol{};
  }
};

struct minus_in_quotient {
  static constexpr symbol apply(symbol a, symbol b) {
    return has_minus(a) ? -(-a / b) : has_minus(b) ? -(a / -b) : symbol{};
  }
};

} // namespace chainrule::detail
