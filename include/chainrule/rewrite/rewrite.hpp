// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The rewrites in which several operations meet, by the operation that they begin with. They take
// effect while a network is lowered, before it is differentiated, so that derivatives are taken of
// the stable form. A rewrite only improves the result, and never changes where the function is NaN
// or infinite in exact arithmetic, but for what cancels (docs/numerics.md). explain(f) names those
// that apply to f; no_rewrite(f) keeps f as it is written.
// Read next: derivative/partial.hpp.
#pragma once

#include <chainrule/rewrite/blocks.hpp>
#include <chainrule/rewrite/cross_entropy.hpp>
#include <chainrule/rewrite/gates.hpp>
#include <chainrule/rewrite/inverses.hpp>
#include <chainrule/rewrite/log_weights.hpp>
#include <chainrule/rewrite/logarithms.hpp>
#include <chainrule/rewrite/parity.hpp>
#include <chainrule/rewrite/probabilities.hpp>
#include <chainrule/rewrite/quotients.hpp>
#include <chainrule/rewrite/roots.hpp>
#include <chainrule/rewrite/tidy.hpp>

namespace chainrule::detail {

// Whole groups of rules are passed over where the operands have nothing to do with them: each rule
// that is asked costs the compiler some twenty steps at each node, and so does each question.

constexpr bool have_matrix(symbol a, symbol b) {
  return (a.home->families & family::matrices) != 0 &&
         (!a.shape().is_scalar() || !b.shape().is_scalar());
}

/// Of operands of which one or both are matrices.
template <class Operation, class OfParts>
constexpr symbol beside_matrix_or_parts(symbol a, symbol b) {
  const symbol result = repeated_beside_matrix<Operation>(a, b);
  return result.exists() ? result : OfParts::apply(a, b);
}

constexpr symbol rewritten_sum(symbol a, symbol b) {
  if (have_matrix(a, b))
    if (const symbol result = beside_matrix_or_parts<add_operation, sum_of_parts>(a, b);
        result.exists())
      return result;
  if (const symbol tidy = first_of<sum_of_numbers, like_terms<1>, gates_and_minus_in_sum>(a, b);
      tidy.exists())
    return tidy;
  if (a.is_number() || b.is_number())
    if (const symbol tail = one_plus_erf::apply(a, b); tail.exists())
      return tail;
  return is_about_softplus(a, b)
             ? first_of<cross_entropy_of_sum, softplus_beside_argument, cross_entropy_of_softplus>(
                   a, b)
             : symbol{};
}

constexpr symbol rewritten_difference(symbol a, symbol b) {
  if (have_matrix(a, b))
    if (const symbol result = beside_matrix_or_parts<subtract_operation, difference_of_parts>(a, b);
        result.exists())
      return result;
  if (const symbol tidy =
          first_of<difference_of_numbers, like_terms<-1>, minus_in_difference>(a, b);
      tidy.exists())
    return tidy;
  if (is_about_softplus(a, b))
    if (const symbol loss =
            first_of<cross_entropy_of_difference, softplus_less_argument, softplus_less_product>(a,
                                                                                                 b);
        loss.exists())
      return loss;
  if (a.is_number() || b.is(1))
    if (const symbol rest = first_of<exp_minus_one, complement_of_squared_tanh, complement>(a, b);
        rest.exists())
      return rest;
  return a.is(1) && is<quotient_of_terms_operation>(b) ? applied<complement_of_share>(b) : symbol{};
}

constexpr symbol product_with_exponential(symbol a, symbol b) {
  symbol result;
  if (is<exp_operation>(b))
    result = applied<product_of_exponentials>(a, b.operand(0));
  return !result.exists() && is<exp_operation>(a)
             ? applied<product_of_exponentials>(b, a.operand(0))
             : result;
}

constexpr symbol product_with_root(symbol a, symbol b) {
  symbol result;
  if (is<sqrt_operation>(a) || is<sqrt_operation>(b))
    result = applied<product_with_own_root>(a, b);
  return !result.exists() && a.home->rules == rewriting::all
             ? first_of<root_beside_squares, root_beside_own_function>(a, b)
             : result;
}

constexpr symbol rewritten_product(symbol a, symbol b) {
  const bool are_numbers = !have_matrix(a, b);
  if (!are_numbers)
    if (const symbol result = beside_matrix_or_parts<multiply_operation, product_of_parts>(a, b);
        result.exists())
      return result;
  if (const symbol tidy =
          first_of<product_with_number, factors_in_front, product_as_other_operation>(a, b);
      tidy.exists())
    return tidy;
  if (!are_numbers)
    if (const symbol weighted = applied<product_with_softmax>(a, b); weighted.exists())
      return softmax_behind_gate(weighted);
  if (is<sigmoid_operation>(a))
    if (const symbol slope = applied<slope_of_sigmoid>(a, b); slope.exists())
      return slope;
  if (a.home->holds(family::growing))
    if (const symbol result = product_with_exponential(a, b); result.exists())
      return result;
  if (a.home->holds(family::roots))
    if (const symbol result = product_with_root(a, b); result.exists())
      return result;
  return product_behind_gate::apply(a, b);
}

constexpr symbol rewritten_quotient(symbol a, symbol b) {
  symbol result = quotient_with_number::apply(a, b);
  if (!result.exists() && have_matrix(a, b))
    result = quotient_of_parts::apply(a, b);
  if (!result.exists() && a.is(1))
    result = first_of<logistic, reciprocal_of_exp>(a, b);
  if (!result.exists() && a.home->holds(family::growing)) {
    if (is<exp_operation>(a) || is<sinh_operation>(a))
      result = applied<logistic_of_exp>(a, b);
    if (!result.exists() && is<exp_operation>(b))
      result = applied<product_of_exponentials>(a, -b.operand(0));
  }
  if (!result.exists() && is<normal_density_operation>(a))
    result = applied<density_over_cdf>(a, b);
  if (!result.exists())
    result = first_of<quotient_of_equals, minus_in_quotient, softmax_of_exp,
                      quotient_of_exponentials, quotient_behind_gate>(a, b);
  return result;
}

constexpr symbol rewritten_square(symbol x) {
  const symbol result =
      first_of<square_of_exp, square_of_root, square_of_sqrt, square_of_choice, square_of_parts>(x);
  return !result.exists() && x.home->rules == rewriting::all && is_gate(x)
             ? chosen_as(x, square(x.operand(1)), square(x.operand(2)))
             : result;
}

constexpr symbol rewritten_choice(const operation_record &operation, symbol condition, symbol a,
                                  symbol b) {
  if (!a.is(0) && !b.is(0))
    return {};
  const symbol placed = have_matrix(a, b) ? choice_of_placed(operation, condition, a, b) : symbol{};
  return placed.exists() ? placed : choice_as_gate(operation, condition, a, b);
}

/// Of operations that are not applied element by element.
constexpr symbol rewritten_matrix(const operation_record &operation, graph &home,
                                  operand_list operands) {
  const auto operand = [&](int which) { return symbol{&home, operands[which]}; };
  const std::uint64_t made_by = operation.fingerprint;
  if (made_by == operation_record_of<matrix_product_operation>::fingerprint)
    return first_of<product_of_placed, matrix_product_behind_gate>(operand(0), operand(1));
  if (made_by == operation_record_of<transpose_operation>::fingerprint)
    return first_of<transpose_of_join, transpose_of_placed>(operand(0));
  if (made_by == operation_record_of<sum_operation>::fingerprint)
    return first_of<sums_of_placed<sum_operation>>(operand(0));
  if (made_by == operation_record_of<row_sums_operation>::fingerprint)
    return first_of<sums_of_placed<row_sums_operation>>(operand(0));
  if (made_by == operation_record_of<column_sums_operation>::fingerprint)
    return first_of<sums_of_placed<column_sums_operation>>(operand(0));
  if (made_by == operation_record_of<logsumexp_operation>::fingerprint ||
      made_by == operation_record_of<weighted_logsumexp_operation>::fingerprint) {
    symbols weights;
    for (int i = 0; i < operands.count - 1; ++i)
      weights.push(operand(i));
    return applied<logsumexp_of_logarithms>(operand(operands.count - 1), weights);
  }
  for (const along axis : {along::rows, along::columns}) {
    if (made_by == record_along<slice_operation>(axis).fingerprint)
      return rewritten_slice(operand(0), axis, whole_number(operand(1)), whole_number(operand(2)));
    if (made_by == record_along<join_operation>(axis).fingerprint)
      return rewritten_join(home.symbols_of(operands), axis);
  }
  const auto shape_named = [&] {
    return shape{whole_number(operand(1)), whole_number(operand(2))};
  };
  if (made_by == operation_record_of<reshape_operation>::fingerprint)
    return rewritten_reshape(operand(0), shape_named());
  if (made_by == operation_record_of<fill_operation>::fingerprint)
    return first_of<fill_of_placed>(operand(0), shape_named());
  return {};
}

/// What the rules make of operation(operands), or none.
constexpr symbol rewritten(const operation_record &operation, graph &home, operand_list operands) {
  if (!operation.is_elementwise)
    return rewritten_matrix(operation, home, operands);
  const symbol a{&home, operands[0]}, b{&home, operands[operands.count - 1]};
  const std::uint64_t made_by = operation.fingerprint;
  if (made_by == operation_record_of<multiply_operation>::fingerprint)
    return rewritten_product(a, b);
  if (made_by == operation_record_of<add_operation>::fingerprint)
    return rewritten_sum(a, b);
  if (made_by == operation_record_of<subtract_operation>::fingerprint)
    return rewritten_difference(a, b);
  if (made_by == operation_record_of<divide_operation>::fingerprint)
    return rewritten_quotient(a, b);
  if (operation.zero_if == zero_rule::choice)
    return rewritten_choice(operation, a, {&home, operands[1]}, b);
  if (made_by == operation_record_of<log_operation>::fingerprint)
    return rewritten_logarithm(a);
  if (made_by == operation_record_of<log1p_operation>::fingerprint)
    if (const symbol logs =
            first_of<log1p_of_exp, log1p_of_minus_exp, log1p_of_minus_sigmoid, log1p_of_made_of>(a);
        logs.exists())
      return logs;
  if (made_by == operation_record_of<log2_operation>::fingerprint)
    return rewritten_logarithm(a, 2);
  if (made_by == operation_record_of<log10_operation>::fingerprint)
    return rewritten_logarithm(a, 10);
  if (made_by == operation_record_of<square_operation>::fingerprint)
    return rewritten_square(a);
  if (made_by == operation_record_of<exp_operation>::fingerprint)
    return applied<exp_of_log>(a);
  if (made_by == operation_record_of<exp2_operation>::fingerprint)
    return applied<exp_of_log>(a, a.home->constant(2));
  if (made_by == operation_record_of<pow_operation>::fingerprint) {
    const symbol result = is_positive_number(a) ? applied<exp_of_log>(b, a) : symbol{};
    return result.exists() ? result : first_of<power_of_root, power_by_logarithm>(a, b);
  }
  if (made_by == operation_record_of<weighted_quotient_operation>::fingerprint)
    return weighted_quotient_behind_gate(operation, a, b);
  if (made_by == operation_record_of<weighted_operation>::fingerprint)
    return weighted_by_softmax::apply(a, b);
  if (made_by == operation_record_of<logaddexp_operation>::fingerprint)
    return applied<logaddexp_of_logarithms>(a, b);
  if (made_by == operation_record_of<sqrt_operation>::fingerprint) {
    const symbol result = first_of<sqrt_of_square, sqrt_of_squares>(a);
    return result.exists() ? result : applied<root_by_logarithm>(a, &operation, 2);
  }
  if (made_by == operation_record_of<cbrt_operation>::fingerprint)
    return applied<root_by_logarithm>(a, &operation, 3);
  if (made_by == operation_record_of<logit_operation>::fingerprint)
    return first_of<logit_of_sigmoid, logit_of_logarithms>(a);
  if (made_by == operation_record_of<xlogy_operation>::fingerprint)
    return xlogy_of_probability::apply(a, b);
  if (made_by == operation_record_of<binary_cross_entropy_operation>::fingerprint)
    return first_of<cross_entropy_of_sigmoid, cross_entropy_of_logarithms>(a, b);
  if (made_by == operation_record_of<hypot_operation>::fingerprint)
    return applied<hypot_of_root>(a, home.symbols_of(operands));
  if (operands.count != 1)
    return {};
  return first_of<function_of_inverse, gudermannian, even_in_root, inverse_of_exp>(a, &operation);
}

} // namespace chainrule::detail
