// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The unknowns of normal forms: variables, and functions of arguments in normal form. What is known
// of their signs: what a logarithm or a square root is taken of is not negative, and what is
// divided by is not 0, wherever a side is defined. Read next: transcendental.hpp.
#pragma once

#include <chainrule/graph/rebuild.hpp>
#include <chainrule/operation/trigonometric.hpp>
#include <chainrule/prove/polynomial.hpp>
#include <chainrule/rewrite/rewrite.hpp>

namespace chainrule::detail {

/// What a normal form writes out: arithmetic and choices alone; what operations are in
/// exponentials, as sigmoid and tanh; what conditions say of each other; what is linear, as
/// products of matrices, by terms. All else are unknowns.
enum class written_out { arithmetic, exponentials, conditions, products };

// The functions that normal forms know.
inline constexpr const operation_record &less_record = operation_record_of<less_operation>::value;
inline constexpr const operation_record &log_record = operation_record_of<log_operation>::value;
inline constexpr const operation_record &exp_record = operation_record_of<exp_operation>::value;
inline constexpr const operation_record &sqrt_record = operation_record_of<sqrt_operation>::value;
inline constexpr const operation_record &cbrt_record = operation_record_of<cbrt_operation>::value;
inline constexpr const operation_record &half_angle_tangent_record =
    operation_record_of<half_angle_tangent_operation>::value;
inline constexpr const operation_record &pi_record = operation_record_of<pi_operation>::value;
inline constexpr const operation_record &asin_record = operation_record_of<asin_operation>::value;
inline constexpr const operation_record &atan_record = operation_record_of<atan_operation>::value;

/// Unknowns and fractions of polynomials in them.
class unknown_functions {
protected:
  struct function {
    const operation_record *operation = nullptr;
    int content = -1; // of a variable or a place
    int first = 0;    // of its arguments
    bool is_number = false;
    // the shapes of the arguments of what is not elementwise: sum(b) is not sum(b + X - X)
    list<shape> shapes{};
    int count = 0; // of its arguments
  };

  graph &home;
  written_out what;
  exact_arithmetic exact;
  list<function> unknowns;
  list<fraction> arguments_of_unknowns;
  list<int> nonnegative, nonzero;   // unknowns
  list<fraction> nonnegative_forms; // in which first coefficients are 1 or -1
  list<fraction> nonzero_forms;     // of several terms over 1

  constexpr unknown_functions(graph &of, written_out parts, int &work_left)
      : home(of), what(parts), exact(work_left) {}

  static constexpr fraction constant(const math::number &value) {
    return {exact_arithmetic::constant(value), exact_arithmetic::constant(1)};
  }

  /// The unknown that stands for operation(arguments), by elements.
  constexpr fraction unknown_for(const operation_record &operation, int content,
                                 const list<fraction> &arguments) {
    bool is_number = true;
    for (const fraction &argument : arguments)
      is_number = is_number && is_of_numbers(argument.over) && is_of_numbers(argument.under);
    return unknown_for(function{&operation, content, 0, is_number}, arguments);
  }

  constexpr fraction unknown_for(function wanted, const list<fraction> &arguments) {
    wanted.first = arguments_of_unknowns.size;
    wanted.count = arguments.size;
    int found = 0;
    for (; found < unknowns.size; ++found) {
      const function &other = unknowns.items[found];
      bool same = *other.operation == *wanted.operation && other.content == wanted.content &&
                  other.count == wanted.count;
      for (int i = 0; same && i < wanted.shapes.size; ++i)
        same = other.shapes.items[i] == wanted.shapes.items[i];
      for (int i = 0; same && i < arguments.size; ++i)
        same = exact.equal(arguments_of_unknowns.items[other.first + i], arguments.items[i]);
      if (same)
        break;
    }
    if (found == unknowns.size) {
      exact.certain = exact.certain && found < 32;
      if (!exact.certain)
        return constant(0);
      unknowns.push(wanted);
      if (wanted.operation->is_condition)
        exact.indicators.powers[found / 8] |= unknown(found).powers[found / 8];
      for (const fraction &argument : arguments)
        arguments_of_unknowns.push(argument);
    }
    return unknown_alone(found);
  }

  /// The powers of the unknowns that are numbers, or of the others.
  constexpr monomial part_of(const monomial &whole, bool of_numbers) const {
    monomial result = whole;
    for (int i = 0; i < unknowns.size; ++i)
      if (unknowns.items[i].is_number != of_numbers)
        result.powers[i / 8] &= ~(std::uint64_t{0xff} << (8 * (i % 8)));
    return result;
  }
  constexpr bool is_of_numbers(const polynomial &x) const {
    for (const monomial_term &term : x)
      if (!(part_of(term.product, false) == monomial{}))
        return false;
    return true;
  }
  constexpr fraction unknown_of(const operation_record &f, const fraction &argument) {
    return unknown_for(f, -1, list<fraction>(1, argument));
  }

  static constexpr bool is_negative(const fraction &x) {
    return x.over.size > 0 && x.under.size > 0 && // it is empty where nothing is certain
           x.over.items[0].coefficient.is_negative() != x.under.items[0].coefficient.is_negative();
  }
  constexpr fraction negative(const fraction &x) { return exact.sum(constant(0), x, -1); }

  /// The unknown that x is, or -1.
  static constexpr int unknown_of_form(const fraction &x) {
    const bool is_alone =
        is_one(x.under) && x.over.size == 1 && x.over.items[0].coefficient == math::number(1);
    for (int i = 0; is_alone && i < 32; ++i)
      if (x.over.items[0].product == unknown(i))
        return i;
    return -1;
  }
  static constexpr bool is_one(const polynomial &x) {
    return exact_arithmetic::same(x, exact_arithmetic::constant(1));
  }
  static constexpr int power_of(const monomial &product, int unknown) {
    return static_cast<int>(product.powers[unknown / 8] >> (8 * (unknown % 8)) & 0xff);
  }
  static constexpr monomial repeated(int unknown, int times) {
    monomial result;
    result.powers[unknown / 8] = static_cast<std::uint64_t>(times) << (8 * (unknown % 8));
    return result;
  }
  constexpr const fraction &argument_of(int unknown) const {
    return arguments_of_unknowns.items[unknowns.items[unknown].first];
  }
  constexpr bool is_unknown_of(const operation_record &f, int unknown) const {
    return *unknowns.items[unknown].operation == f;
  }

  constexpr void relate(const relation &known) {
    exact.relations.push(known);
    exact.may_have_zero_divisors = true;
  }

  static constexpr bool contains(const list<int> &all, int wanted) {
    for (const int each : all)
      if (each == wanted)
        return true;
    return false;
  }

  /// x without its size: the first coefficient is 1 or -1.
  constexpr polynomial scaled(const polynomial &x) {
    const math::number first = x.items[0].coefficient;
    return exact.product(x, exact_arithmetic::constant(math::reciprocal(
                                first.is_negative() ? math::negated(first) : first)));
  }

  /// Notes that x is not negative, or not 0.
  constexpr void note_nonnegative(const fraction &x) {
    if (!exact.certain || x.over.size == 0)
      return;
    const fraction form{scaled(x.over), scaled(x.under)};
    if (const int alone = unknown_of_form(form); alone >= 0)
      nonnegative.push(alone);
    else
      nonnegative_forms.push(form);
  }
  /// A denominator may be 0 where a side of a choice is not taken, and the numerator with it.
  constexpr void note_nonzero(const fraction &x) {
    if (!exact.certain || !is_one(x.under))
      return;
    for (int i = 0; i < unknowns.size && x.over.size == 1; ++i)
      if (power_of(x.over.items[0].product, i) > 0)
        nonzero.push(i);
    if (x.over.size > 1)
      nonzero_forms.push(x);
  }
  /// Whether x is known not to be 0.
  constexpr bool is_nonzero(int unknown) const {
    return contains(nonzero, unknown) ||
           (is_unknown_of(sqrt_record, unknown) && is_nonzero(argument_of(unknown))) ||
           (unknowns.items[unknown].operation->is_positive == positivity::always &&
            is_real(unknown));
  }
  constexpr bool is_nonzero(const monomial &product) const {
    for (int i = 0; i < unknowns.size; ++i)
      if (power_of(product, i) > 0 && !is_nonzero(i))
        return false;
    return true;
  }
  constexpr bool is_nonzero(const polynomial &x) const {
    if (x.size == 1)
      return is_nonzero(x.items[0].product);
    for (const fraction &each : nonzero_forms)
      if (exact_arithmetic::are_proportional(each.over, x))
        return true;
    return false;
  }
  constexpr bool is_nonzero(const fraction &x) const { return is_nonzero(x.over); }

  /// Whether an unknown is a real number wherever a side is defined, and not only a form that
  /// stands for one: pow(x, y) is written exp(y log(x)), and x may be negative where y is whole.
  constexpr bool is_real(int unknown) const {
    const function &f = unknowns.items[unknown];
    for (int i = 0; i < f.count; ++i)
      if (!is_real(arguments_of_unknowns.items[f.first + i]))
        return false;
    return !(is_unknown_of(log_record, unknown) || is_unknown_of(sqrt_record, unknown)) ||
           is_nonnegative(argument_of(unknown));
  }
  constexpr bool is_real(const fraction &x) const {
    const polynomial *const parts[]{&x.over, &x.under};
    for (const polynomial *part : parts)
      for (const monomial_term &term : *part)
        for (int i = 0; i < unknowns.size; ++i)
          if (power_of(term.product, i) > 0 && !is_real(i))
            return false;
    return true;
  }
  constexpr bool is_nonnegative(int unknown) const {
    if (contains(nonnegative, unknown))
      return true;
    const positivity sign = unknowns.items[unknown].operation->is_positive;
    return (is_unknown_of(sqrt_record, unknown) || sign == positivity::always ||
            sign == positivity::never_negative) &&
           is_real(unknown);
  }
  constexpr bool is_nonnegative(const polynomial &x) const {
    for (const fraction &each : nonnegative_forms)
      if (exact_arithmetic::same(each.over, x) && is_one(each.under))
        return true;
    for (const monomial_term &term : x) {
      if (term.coefficient.is_negative())
        return false;
      for (int i = 0; i < unknowns.size; ++i)
        if (const int power = power_of(term.product, i);
            power > 0 && !(power % 2 == 0 ? is_real(i) : is_nonnegative(i)))
          return false;
    }
    return true;
  }
  /// Whether x is a sum of terms that are not negative, one of which is not 0 either.
  constexpr bool is_positive(const polynomial &x) const {
    bool result = is_nonzero(x);
    for (const monomial_term &term : x)
      result = result || is_nonzero(term.product);
    return result && is_nonnegative(x);
  }
  constexpr bool is_nonnegative(const fraction &x) const {
    for (const fraction &each : nonnegative_forms)
      if (exact_arithmetic::same(each.over, x.over) && exact_arithmetic::same(each.under, x.under))
        return true;
    return is_nonnegative(x.over) && is_nonnegative(x.under);
  }
};

} // namespace chainrule::detail
