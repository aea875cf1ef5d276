// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random pairs of formulas, of numbers and small matrices, that are likely to be equal: one is
// made from the other by laws that hold wherever both sides are defined. Some are changed once
// more, in one place, so that they are nearly equal.

#pragma once

#include "formula.hpp"

#include "../own_operations.hpp"

#include <deque>
#include <random>

namespace fuzz {

using detail::operation_record;
using detail::shape;
using term = const detail::expression_record *;

/// Makes terms and keeps them. Without one operand, or where shapes do not fit, there is no term.
class workshop {
public:
  term make(const operation_record *operation, std::vector<term> operands) {
    for (const term each : operands)
      if (each == nullptr)
        return nullptr;
    operand_lists.push_back(std::move(operands));
    const std::vector<term> &kept = operand_lists.back();
    detail::expression_record fresh{.operation = operation, .fingerprint = operation->fingerprint};
    for (const term each : kept)
      fresh.fingerprint = detail::mix(fresh.fingerprint, each->fingerprint);
    fresh.operands = kept.data();
    fresh.operand_count = static_cast<int>(kept.size());
    fresh.shape = shape_of(*operation, {fresh.operands, fresh.operand_count});
    return fresh.shape == detail::no_shape ? nullptr : keep(fresh);
  }
  template <class Operation, class... Operands>
  term of(const Operands &...operands) {
    return make(record_of<Operation>(), {operands...});
  }
  term number(std::int64_t over, std::int64_t under = 1) {
    return number(math::reduced(over, under));
  }
  term number(const math::number &value) {
    std::uint64_t print =
        detail::mix(detail::hash("number"), static_cast<std::uint64_t>(value.numerator));
    print = detail::mix(print, static_cast<std::uint64_t>(value.denominator));
    print = detail::mix(print, static_cast<std::uint64_t>(value.exponent));
    return keep({.operation = &detail::number_record, .fingerprint = print, .value = value});
  }
  term variable(std::string_view name, const shape &of) {
    return keep({.operation = &detail::variable_record,
                 .fingerprint = detail::hash(name),
                 .shape = of,
                 .name = name});
  }

  // the language
  term plus(term a, term b) { return of<add_operation>(a, b); }
  term minus(term a, term b) { return of<subtract_operation>(a, b); }
  term minus(term a) { return of<negate_operation>(a); }
  term times(term a, term b) { return of<multiply_operation>(a, b); }
  term over(term a, term b) { return of<divide_operation>(a, b); }
  term product(term a, term b) { return of<matrix_product_operation>(a, b); }
  term transposed(term a) { return of<transpose_operation>(a); }
  term choice(term condition, term a, term b) { return of<select_operation>(condition, a, b); }
  term above_zero(term a) { return of<greater_operation>(a, number(0)); }

private:
  std::deque<detail::expression_record> records;
  std::deque<std::vector<term>> operand_lists;

  term keep(const detail::expression_record &fresh) {
    records.push_back(fresh);
    return &records.back();
  }
};

template <class Operation>
bool is(term t) {
  return *t->operation == *record_of<Operation>();
}
inline term operand(term t, int which) { return t->operands[which]; }
inline bool is_leaf(term t) { return t->operand_count == 0; }

inline constexpr shape number_shape{1, 1}, square_shape{2, 2}, column_shape{2, 1}, row_shape{1, 2},
    wide_shape{2, 3}, tall_shape{3, 2}, long_row_shape{1, 3};

struct named_variable {
  std::string_view name;
  detail::shape shape;
};
inline constexpr std::array<named_variable, 10> variables{{{"x", number_shape},
                                                           {"y", number_shape},
                                                           {"z", number_shape},
                                                           {"A", square_shape},
                                                           {"B", square_shape},
                                                           {"u", column_shape},
                                                           {"v", column_shape},
                                                           {"W", wide_shape},
                                                           {"T", tall_shape},
                                                           {"r", long_row_shape}}};

class pair_generator {
public:
  workshop make;

  explicit pair_generator(std::mt19937_64 &from) : source(from) {}

  struct pair {
    term left, right;
    bool is_mutated;
  };

  pair next() {
    const bool is_matrix = below(2) == 0;
    term left = nullptr;
    while (left == nullptr || is_leaf(left))
      left = formula(is_matrix ? any_shape() : number_shape, 2 + below(3));
    term right = left;
    for (int laws = 1 + below(4); laws > 0; --laws)
      for (int tries = 0; tries < 12; ++tries)
        if (const term changed = somewhere(right, [this](term t) { return by_law(t); });
            changed != nullptr) {
          right = changed;
          break;
        }
    const bool is_mutated = below(2) == 0;
    if (is_mutated)
      for (int tries = 0; tries < 12; ++tries)
        if (const term changed = somewhere(right, [this](term t) { return mutated(t); });
            changed != nullptr) {
          right = changed;
          break;
        }
    if (below(2) == 0)
      std::swap(left, right);
    return {left, right, is_mutated};
  }

private:
  std::mt19937_64 &source;

  int below(int limit) { return static_cast<int>(source() % static_cast<std::uint64_t>(limit)); }

  shape any_shape() {
    constexpr std::array<shape, 6> all{number_shape, square_shape, square_shape,
                                       column_shape, row_shape,    wide_shape};
    return all[static_cast<std::size_t>(below(6))];
  }

  term any_number() {
    static constexpr std::array<std::array<std::int64_t, 2>, 12> values{{{0, 1},
                                                                         {1, 1},
                                                                         {2, 1},
                                                                         {-1, 1},
                                                                         {1, 2},
                                                                         {3, 1},
                                                                         {-2, 1},
                                                                         {1, 3},
                                                                         {1, 10},
                                                                         {1, 1},
                                                                         {-1, 2},
                                                                         {4, 1}}};
    const auto &value = values[static_cast<std::size_t>(below(12))];
    return make.number(value[0], value[1]);
  }

  /// A variable of a shape, or a transposed one.
  term leaf(const shape &of) {
    if (of.is_scalar())
      if (const int which = below(5); which < 2)
        return which == 0 ? any_number() : make.variable("x", number_shape);
    for (;;) {
      const named_variable &which =
          variables[static_cast<std::size_t>(below(static_cast<int>(variables.size())))];
      if (which.shape == of)
        return make.variable(which.name, of);
      if (!of.is_scalar() && which.shape == shape{of.columns, of.rows})
        return make.transposed(make.variable(which.name, which.shape));
    }
  }

  /// Of the shape, or now and then a smaller one that is repeated to it.
  term operand_for(const shape &of, int depth) {
    if (below(6) == 0)
      return formula(number_shape, depth);
    return formula(below(12) == 0 && of.columns > 1 && of.rows == 2 ? column_shape : of, depth);
  }

  term condition(const shape &of, int depth) {
    const shape within = below(3) == 0 ? number_shape : of;
    switch (below(12)) {
    case 0:
      return make.of<not_operation>(condition(of, depth));
    case 1:
      return make.of<and_operation>(condition(of, 0), condition(of, 0));
    case 2:
      return make.of<or_operation>(condition(of, 0), condition(of, 0));
    case 3:
      return make.of<own::near_operation>(formula(within, 0), formula(within, 0));
    default:
      return make.make(
          comparisons[static_cast<std::size_t>(below(4))],
          {formula(within, depth), below(3) != 0 ? make.number(0) : formula(number_shape, 0)});
    }
  }

  term unary(term a) {
    static const auto all =
        records_of<negate_operation, negate_operation, abs_operation, abs_operation, relu_operation,
                   relu_operation, relu_operation, sign_operation, square_operation, exp_operation,
                   sigmoid_operation, tanh_operation, softplus_operation, sin_operation,
                   cos_operation, log_operation, sqrt_operation, erf_operation, erfc_operation,
                   normal_cdf_operation, softsign_operation, log1p_operation, cbrt_operation,
                   no_rewrite_operation, logit_operation>();
    return make.make(all[static_cast<std::size_t>(below(static_cast<int>(all.size())))], {a});
  }

  term formula(const shape &of, int depth) {
    if (depth <= 0)
      return leaf(of);
    --depth;
    switch (below(of.is_scalar() ? 18 : 17)) {
    case 0:
      return make.plus(operand_for(of, depth), operand_for(of, depth));
    case 1:
      return make.minus(operand_for(of, depth), operand_for(of, depth));
    case 2:
    case 3:
      return make.times(operand_for(of, depth), operand_for(of, depth));
    case 4:
    case 5:
      return make.over(operand_for(of, depth), operand_for(of, depth));
    case 6:
    case 7:
    case 8:
      return make.choice(condition(of, depth), operand_for(of, depth), operand_for(of, depth));
    case 9:
      return below(2) == 0 ? make.of<max_operation>(operand_for(of, depth), operand_for(of, depth))
                           : make.of<min_operation>(operand_for(of, depth), operand_for(of, depth));
    case 10:
      return rare(of, depth);
    case 11:
      return matrix(of, depth);
    case 16:
      return quotient_by_gate(of, depth);
    case 17:
      return below(2) == 0 ? make.of<sum_operation>(formula(any_shape(), depth))
                           : make.of<norm_operation>(formula(column_shape, depth));
    default:
      return unary(formula(of, depth));
    }
  }

  /// a / relu(b) where b > 0 and the like: as one guards a division.
  term quotient_by_gate(const shape &of, int depth) {
    const term inside = formula(below(2) == 0 ? number_shape : of, depth - 1);
    const auto gate = [&]() -> term {
      const term side = below(2) == 0 ? inside : make.minus(inside);
      switch (below(4)) {
      case 0:
        return make.choice(make.above_zero(side), make.number(1), make.number(0));
      case 1:
        return make.of<max_operation>(side, make.number(0));
      case 2:
        return make.choice(condition(of, 0), side, make.number(0));
      default:
        return make.of<relu_operation>(side);
      }
    };
    const term quotient = make.over(formula(of, depth - 1), gate());
    const term other = below(3) == 0 ? make.over(leaf(of), gate()) : operand_for(of, depth - 1);
    if (below(4) == 0)
      return quotient;
    return below(2) == 0 ? make.choice(make.above_zero(inside), quotient, other)
                         : make.choice(make.above_zero(inside), other, quotient);
  }

  term rare(const shape &of, int depth) {
    switch (below(6)) {
    case 0:
      return make.of<pow_operation>(formula(of, depth),
                                    below(2) == 0 ? make.number(below(6) - 2) : leaf(of));
    case 1:
      return make.of<xlogy_operation>(formula(of, depth), formula(of, depth));
    case 2:
      return make.of<logaddexp_operation>(formula(of, depth), formula(of, depth));
    case 3:
      return make.of<hypot_operation>(formula(of, depth), formula(of, depth));
    case 4:
      return make.of<clamp_operation>(formula(of, depth), make.number(-below(2)), make.number(1));
    default:
      return make.of<binary_cross_entropy_with_logits_operation>(formula(of, depth),
                                                                 formula(of, depth));
    }
  }

  term matrix(const shape &of, int depth) {
    if (of.is_scalar())
      return below(2) == 0 ? make.product(formula(row_shape, depth), formula(column_shape, depth))
                           : make.of<largest_operation>(formula(column_shape, depth));
    switch (below(6)) {
    case 0:
      return make.transposed(formula({of.columns, of.rows}, depth));
    case 1:
      if (of == column_shape)
        return make.of<row_sums_operation>(formula(wide_shape, depth));
      return of == row_shape ? make.of<column_sums_operation>(formula(square_shape, depth))
                             : make.of<softmax_operation>(formula(of, depth));
    case 2:
      return of.rows == 2 ? make.of<stack_operation>(formula({1, of.columns}, 0),
                                                     formula({1, of.columns}, 0))
                          : nullptr;
    default:
      return make.product(formula({of.rows, 2}, depth), formula({2, of.columns}, depth));
    }
  }

  /// The term with one part changed; none, if that part cannot be.
  template <class Change>
  term somewhere(term whole, Change change) {
    if (is_leaf(whole) || below(3) == 0)
      return change(whole);
    const int place = below(whole->operand_count);
    const term part = somewhere(operand(whole, place), change);
    if (part == nullptr || !(part->shape == operand(whole, place)->shape))
      return nullptr;
    std::vector<term> operands(whole->operands, whole->operands + whole->operand_count);
    operands[static_cast<std::size_t>(place)] = part;
    return make.make(whole->operation, operands);
  }

  term anything(const shape &of) { return below(2) == 0 ? leaf(of) : formula(of, 1 + below(2)); }

  /// The same wherever both are defined.
  term by_law(term t) {
    if (t->operation->is_condition)
      return condition_by_law(t);
    const int which = below(10);
    if (which < 6)
      return by_law_of_operation(t);
    return which < 8 ? with_anything(t) : through(t);
  }

  term condition_by_law(term t) {
    const auto with = [&](const operation_record *other, bool swapped) {
      return make.make(other, {operand(t, swapped ? 1 : 0), operand(t, swapped ? 0 : 1)});
    };
    const auto both = [&](term by) {
      return make.make(t->operation,
                       {make.times(by, operand(t, 0)), make.times(by, operand(t, 1))});
    };
    const int law = below(3);
    const bool less = is<less_operation>(t), greater = is<greater_operation>(t),
               less_equal = is<less_equal_operation>(t);
    if (less || greater || less_equal || is<greater_equal_operation>(t)) {
      if (law == 0)
        return with(less         ? record_of<greater_operation>()
                    : greater    ? record_of<less_operation>()
                    : less_equal ? record_of<greater_equal_operation>()
                                 : record_of<less_equal_operation>(),
                    true);
      if (law == 1)
        return make.of<not_operation>(with(less         ? record_of<greater_equal_operation>()
                                           : greater    ? record_of<less_equal_operation>()
                                           : less_equal ? record_of<greater_operation>()
                                                        : record_of<less_operation>(),
                                           false));
      return both(make.number(1 + below(3), 1 + below(2)));
    }
    if (is<not_operation>(t) && is<and_operation>(operand(t, 0)))
      return make.of<or_operation>(make.of<not_operation>(operand(operand(t, 0), 0)),
                                   make.of<not_operation>(operand(operand(t, 0), 1)));
    return make.of<not_operation>(make.of<not_operation>(t));
  }

  /// Laws that bring in another formula.
  term with_anything(term t) {
    const shape of = t->shape;
    const term c = anything(below(3) == 0 ? number_shape : of);
    switch (below(9)) {
    case 0:
      return make.minus(make.plus(t, c), c);
    case 1:
      return make.over(make.times(t, c), c);
    case 2:
      return make.times(make.over(t, c), c);
    case 3:
      return make.choice(condition(of, 1), t, t);
    case 4: {
      const term where = condition(of, 1);
      return make.plus(make.choice(where, t, make.number(0)),
                       make.choice(where, make.number(0), t));
    }
    case 5: {
      const term where = condition(of, 1);
      return make.choice(where, make.choice(where, t, c), t);
    }
    case 6: {
      const term gate = make.choice(condition(of, 1), make.number(1), make.number(0));
      return make.plus(make.times(gate, t), make.times(make.minus(make.number(1), gate), t));
    }
    case 7:
      return is<divide_operation>(t)
                 ? make.over(make.times(operand(t, 0), c), make.times(c, operand(t, 1)))
                 : make.plus(t, make.times(make.number(0), c));
    default:
      return make.over(make.number(1), make.over(make.number(1), t));
    }
  }

  /// A choice, a sum or a factor among the operands is brought out.
  term through(term t) {
    for (int i = 0; i < t->operand_count; ++i) {
      const term a = operand(t, i);
      const auto with = [&](term other) {
        std::vector<term> operands(t->operands, t->operands + t->operand_count);
        operands[static_cast<std::size_t>(i)] = other;
        return make.make(t->operation, operands);
      };
      if (t->operation->is_elementwise && is<select_operation>(a) && !t->operation->conditions)
        return make.choice(operand(a, 0), with(operand(a, 1)), with(operand(a, 2)));
      const bool is_linear = t->operation->is_linear || is<multiply_operation>(t) ||
                             (is<divide_operation>(t) && i == 0);
      if (is_linear && is<add_operation>(a) && operand(a, 0)->shape == operand(a, 1)->shape)
        return make.plus(with(operand(a, 0)), with(operand(a, 1)));
      if (is_linear && is<multiply_operation>(a) && operand(a, 0)->shape.is_scalar())
        return make.times(operand(a, 0), with(operand(a, 1)));
    }
    return nullptr;
  }

  term by_law_of_operation(term t) {
    const bool law = below(2) == 0;
    const term a = is_leaf(t) ? nullptr : operand(t, 0);
    const term b = t->operand_count > 1 ? operand(t, 1) : nullptr;
    const term zero = make.number(0), one = make.number(1), two = make.number(2);
    if (is<add_operation>(t)) {
      if (law || !is<add_operation>(a))
        return make.plus(b, a);
      return make.plus(operand(a, 0), make.plus(operand(a, 1), b));
    }
    if (is<subtract_operation>(t))
      return law ? make.plus(a, make.minus(b)) : make.minus(make.minus(b, a));
    if (is<multiply_operation>(t)) {
      if (is<abs_operation>(a) && is<abs_operation>(b) && law)
        return make.of<abs_operation>(make.times(operand(a, 0), operand(b, 0)));
      if (is<sign_operation>(a) && is<sign_operation>(b) && law)
        return make.of<sign_operation>(make.times(operand(a, 0), operand(b, 0)));
      if (is<sqrt_operation>(a) && is<sqrt_operation>(b) && below(2) == 0)
        return make.of<sqrt_operation>(make.times(operand(a, 0), operand(b, 0)));
      if (law || !is<multiply_operation>(a))
        return make.times(b, a);
      return make.times(operand(a, 0), make.times(operand(a, 1), b));
    }
    if (is<divide_operation>(t)) {
      if (is<divide_operation>(a) && below(2) == 0)
        return make.over(operand(a, 0), make.times(operand(a, 1), b));
      return law ? make.times(a, make.over(one, b)) : make.minus(make.over(a, make.minus(b)));
    }
    if (is<select_operation>(t))
      return make.choice(make.of<not_operation>(a), operand(t, 2), b);
    if (is<relu_operation>(t))
      switch (below(4)) {
      case 0:
        return make.choice(make.above_zero(a), a, zero);
      case 1:
        return make.of<max_operation>(zero, a);
      case 2:
        return make.over(make.plus(a, make.of<abs_operation>(a)), two);
      default:
        return make.plus(a, make.of<relu_operation>(make.minus(a)));
      }
    if (is<abs_operation>(t))
      switch (below(5)) {
      case 0:
        return make.choice(make.of<less_operation>(a, zero), make.minus(a), a);
      case 3:
        return make.times(make.of<sign_operation>(a), a);
      case 4:
        return is<multiply_operation>(a) ? make.times(make.of<abs_operation>(operand(a, 0)),
                                                      make.of<abs_operation>(operand(a, 1)))
                                         : nullptr;
      case 1:
        return make.plus(make.of<relu_operation>(a), make.of<relu_operation>(make.minus(a)));
      default:
        return make.of<max_operation>(a, make.minus(a));
      }
    if (is<max_operation>(t))
      return law ? make.plus(a, make.of<relu_operation>(make.minus(b, a)))
                 : make.minus(make.of<min_operation>(make.minus(a), make.minus(b)));
    if (is<min_operation>(t))
      return law ? make.minus(make.plus(a, b), make.of<max_operation>(a, b))
                 : make.choice(make.of<less_operation>(b, a), b, a);
    if (is<sign_operation>(t))
      return make.minus(make.choice(make.above_zero(a), one, zero),
                        make.choice(make.of<less_operation>(a, zero), one, zero));
    if (is<square_operation>(t) && is<sqrt_operation>(a))
      return operand(a, 0);
    if (is<square_operation>(t))
      return law ? make.times(a, a) : make.of<square_operation>(make.of<abs_operation>(a));
    if (is<pow_operation>(t) && *b->operation == detail::number_record) {
      const std::int64_t n = b->value.numerator;
      return n < 0 ? make.over(one, make.of<pow_operation>(a, make.number(-n)))
                   : make.times(a, make.of<pow_operation>(a, make.number(n - 1)));
    }
    if (is<pow_operation>(t)) {
      if (is<pow_operation>(a))
        return make.of<pow_operation>(operand(a, 0), make.times(operand(a, 1), b));
      if (is<multiply_operation>(a))
        return make.times(make.of<pow_operation>(operand(a, 0), b),
                          make.of<pow_operation>(operand(a, 1), b));
      if (is<square_operation>(a))
        return make.of<pow_operation>(operand(a, 0), make.times(two, b));
      return law ? make.of<exp_operation>(make.times(b, make.of<log_operation>(a)))
                 : make.over(make.of<pow_operation>(a, make.plus(b, one)), a);
    }
    // Some of these hold where both sides are defined, others nowhere near 0 or below it.
    if (is<log_operation>(t)) {
      if (is<multiply_operation>(a) || is<divide_operation>(a)) {
        const term first = make.of<log_operation>(operand(a, 0));
        const term second = make.of<log_operation>(operand(a, 1));
        return is<multiply_operation>(a) ? make.plus(first, second) : make.minus(first, second);
      }
      if (is<square_operation>(a) || is<sqrt_operation>(a)) {
        const term inside =
            make.of<log_operation>(law ? operand(a, 0) : make.of<abs_operation>(operand(a, 0)));
        return is<square_operation>(a) ? make.times(two, inside) : make.over(inside, two);
      }
      if (is<exp_operation>(a))
        return operand(a, 0);
      if (is<pow_operation>(a))
        return make.times(operand(a, 1), make.of<log_operation>(operand(a, 0)));
      return law ? make.minus(make.of<log_operation>(make.over(one, a)))
                 : make.over(make.of<log_operation>(make.times(a, a)), two);
    }
    if (is<sqrt_operation>(t)) {
      if (is<multiply_operation>(a) || is<divide_operation>(a)) {
        const term first = make.of<sqrt_operation>(operand(a, 0));
        const term second = make.of<sqrt_operation>(operand(a, 1));
        return is<multiply_operation>(a) ? make.times(first, second) : make.over(first, second);
      }
      if (is<square_operation>(a))
        return law ? operand(a, 0) : make.of<abs_operation>(operand(a, 0));
      if (is<pow_operation>(a))
        return make.of<pow_operation>(operand(a, 0), make.over(operand(a, 1), two));
      return law ? make.of<exp_operation>(make.over(make.of<log_operation>(a), two))
                 : make.over(a, t);
    }
    if (!t->operation->is_elementwise && below(2) == 0)
      if (const term other = by_elements(t); other != nullptr)
        return other;
    if (is<cbrt_operation>(t) && is<multiply_operation>(a))
      return make.times(make.of<cbrt_operation>(operand(a, 0)),
                        make.of<cbrt_operation>(operand(a, 1)));
    if (is<exp_operation>(t) && is<log_operation>(a))
      return operand(a, 0);
    if (is<exp_operation>(t))
      return is<add_operation>(a) ? make.times(make.of<exp_operation>(operand(a, 0)),
                                               make.of<exp_operation>(operand(a, 1)))
                                  : make.over(one, make.of<exp_operation>(make.minus(a)));
    if (is<sigmoid_operation>(t))
      return law ? make.minus(one, make.of<sigmoid_operation>(make.minus(a)))
                 : make.over(one, make.plus(one, make.of<exp_operation>(make.minus(a))));
    if (is<tanh_operation>(t))
      return law ? make.minus(make.times(two, make.of<sigmoid_operation>(make.times(two, a))), one)
                 : make.minus(make.of<tanh_operation>(make.minus(a)));
    if (is<softplus_operation>(t))
      return make.plus(a, make.of<softplus_operation>(make.minus(a)));
    if (is<erfc_operation>(t))
      return make.minus(one, make.of<erf_operation>(a));
    if (is<normal_cdf_operation>(t))
      return make.minus(one, make.of<normal_cdf_operation>(make.minus(a)));
    if (is<softsign_operation>(t))
      return make.over(a, make.plus(one, make.of<abs_operation>(a)));
    if (is<xlogy_operation>(t))
      return make.times(a, make.of<log_operation>(b));
    if (is<hypot_operation>(t))
      return make.of<sqrt_operation>(
          make.plus(make.of<square_operation>(a), make.of<square_operation>(b)));
    if (is<matrix_product_operation>(t)) {
      if (is<matrix_product_operation>(a))
        return make.product(operand(a, 0), make.product(operand(a, 1), b));
      return make.transposed(make.product(make.transposed(b), make.transposed(a)));
    }
    if (is<sin_operation>(t) || is<erf_operation>(t) || is<cbrt_operation>(t))
      return make.minus(make.make(t->operation, {make.minus(a)}));
    if (is<cos_operation>(t))
      return make.make(t->operation, {law ? make.minus(a) : make.of<abs_operation>(a)});
    return nullptr;
  }

  /// Laws of operations on matrices that are seen from their elements.
  term by_elements(term t) {
    const term a = operand(t, 0), squares = make.of<square_operation>(a);
    const int law = below(3);
    if (is<sum_operation>(t))
      return make.of<sum_operation>(law == 0   ? make.transposed(a)
                                    : law == 1 ? make.of<row_sums_operation>(a)
                                               : make.of<column_sums_operation>(a));
    if (is<row_sums_operation>(t))
      return make.transposed(make.of<column_sums_operation>(make.transposed(a)));
    if (is<column_sums_operation>(t))
      return make.transposed(make.of<row_sums_operation>(make.transposed(a)));
    if (is<norm_operation>(t))
      return law == 0 ? make.of<norm_operation>(make.transposed(a))
                      : make.of<sqrt_operation>(make.of<sum_operation>(squares));
    if (is<softmax_operation>(t) && law == 0)
      return make.of<softmax_operation>(make.plus(a, anything(number_shape)));
    if (is<softmax_operation>(t)) {
      const term terms = make.of<exp_operation>(a);
      return make.over(terms, make.of<column_sums_operation>(terms));
    }
    if (is<matrix_product_operation>(t) && t->shape.is_scalar())
      return make.of<sum_operation>(make.times(make.transposed(a), operand(t, 1)));
    if (is<transpose_operation>(t) && is<stack_operation>(a))
      return make.transposed(make.of<stack_operation>(make.plus(operand(a, 0), make.number(0)),
                                                      make.over(operand(a, 1), make.number(1))));
    return nullptr;
  }

  /// Something else in its place, that is often close to it.
  term mutated(term t) {
    if (is_leaf(t))
      return anything(t->shape);
    std::vector<term> operands(t->operands, t->operands + t->operand_count);
    const int place = below(t->operand_count);
    term &one = operands[static_cast<std::size_t>(place)];
    const std::size_t last = operands.size() - 1;
    if (t->operation->is_condition && t->operation->conditions == 0 && below(2) == 0)
      return make.make(comparisons[static_cast<std::size_t>(below(4))], operands);
    switch (below(6)) {
    case 0:
      return last > 0 && operands[last]->shape == operands[last - 1]->shape
                 ? (std::swap(operands[last], operands[last - 1]),
                    make.make(t->operation, operands))
                 : nullptr;
    case 1:
      one = one->operation->is_condition ? condition(one->shape, 1) : anything(one->shape);
      return make.make(t->operation, operands);
    case 2:
      return t->operation->is_condition ? nullptr : one->shape == t->shape ? one : nullptr;
    case 3: {
      static const auto alike = records_of<add_operation, subtract_operation, multiply_operation,
                                           divide_operation, max_operation, min_operation>();
      return t->operand_count == 2 && t->operation->is_elementwise && !t->operation->is_condition
                 ? make.make(alike[static_cast<std::size_t>(below(6))], operands)
                 : nullptr;
    }
    case 4:
      return t->operand_count == 1 && t->operation->is_elementwise && !t->operation->is_condition
                 ? unary(operands[0])
                 : nullptr;
    default:
      return t->operation->is_condition ? make.of<not_operation>(t)
             : below(2) == 0            ? make.minus(t)
                                        : make.of<abs_operation>(t);
    }
  }
};

} // namespace fuzz
