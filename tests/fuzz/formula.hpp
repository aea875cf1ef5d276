// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Random formulas. A formula is a list of nodes, operands before users, that a graph can be made of
// in two ways: as it is written, or through the rewrites of the library. Half of what is generated
// are the patterns that the rewrites look for, the rest is any operation on any earlier part.

#pragma once

#include <chainrule/chainrule.hpp>

#include "../dual.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace fuzz {

using namespace chainrule;

inline constexpr int most_variables = 3;

/// A node of a formula; without an operation a variable or, if it has no place, a constant.
struct part {
  const detail::operation_record *operation = nullptr;
  std::array<int, 3> inputs{-1, -1, -1};
  int variable = -1;
  math::number constant{};
  int depth = 0;

  std::size_t count() const { // of its operands
    std::size_t result = 0;
    while (result < inputs.size() && inputs[result] >= 0)
      ++result;
    return result;
  }
};

/// The value rules on dual numbers of the operations that formulas are made of, by fingerprint and
/// number of operands.
using dual_rule = math::dual (*)(const math::dual *operands);

inline std::unordered_map<std::uint64_t, dual_rule> &dual_rules() {
  static std::unordered_map<std::uint64_t, dual_rule> all;
  return all;
}

/// Null of what is not computed element by element.
template <class Operation, std::size_t... I>
dual_rule rule_on_duals(std::index_sequence<I...>) {
  if constexpr (detail::is_elementwise<Operation>)
    return [](const math::dual *in) { return math::dual{Operation::value(in[I]...)}; };
  else
    return nullptr;
}

template <class Operation, std::size_t Count>
bool is_known_of() {
  using of = detail::operation_record_of<Operation>;
  return dual_rules()
      .emplace(detail::mix(of::value.fingerprint, Count),
               rule_on_duals<Operation>(std::make_index_sequence<Count>{}))
      .second;
}

/// The record of an operation; one of any number of operands is used of two and three.
template <class Operation>
const detail::operation_record *record_of() {
  if constexpr (Operation::arity == any_number) {
    static const bool is_known = is_known_of<Operation, 2>() && is_known_of<Operation, 3>();
    (void)is_known;
  } else {
    static const bool is_known = is_known_of<Operation, Operation::arity>();
    (void)is_known;
  }
  return &detail::operation_record_of<Operation>::value;
}

inline math::dual on_duals(const part &of, const math::dual *operands) {
  return dual_rules().at(detail::mix(of.operation->fingerprint, of.count()))(operands);
}

template <class... Operations>
auto records_of() {
  return std::array{record_of<Operations>()...};
}

inline const auto unary_operations =
    records_of<negate_operation, abs_operation, sign_operation, relu_operation, exp_operation,
               expm1_operation, exp2_operation, log_operation, log1p_operation, log2_operation,
               log10_operation, square_operation, sqrt_operation, cbrt_operation, sin_operation,
               cos_operation, tan_operation, asin_operation, acos_operation, atan_operation,
               erf_operation, erfc_operation, normal_density_operation, normal_cdf_operation,
               log_normal_cdf_operation, sigmoid_operation, softplus_operation, tanh_operation,
               sinh_operation, cosh_operation, asinh_operation, acosh_operation, atanh_operation,
               logit_operation, log1mexp_operation, softsign_operation, lgamma_operation,
               digamma_operation, trigamma_operation, no_rewrite_operation>();

inline const auto binary_operations =
    records_of<add_operation, subtract_operation, multiply_operation, divide_operation,
               add_operation, subtract_operation, multiply_operation, divide_operation,
               pow_operation, hypot_operation, atan2_operation, max_operation, min_operation,
               logaddexp_operation, xlogy_operation, binary_cross_entropy_operation,
               binary_cross_entropy_with_logits_operation>();

inline const auto ternary_operations =
    records_of<hypot_operation, max_operation, min_operation, clamp_operation>();

inline const auto comparisons =
    records_of<less_operation, less_equal_operation, greater_operation, greater_equal_operation>();

/// Writes a formula from a source of choices: below(n) is one of 0 ... n - 1.
template <class Source>
class generator {
public:
  std::vector<part> parts;
  int variable_count = 0;

  generator(Source &from, int deepest) : source(from), depth_limit(deepest) {
    variable_count = 1 + choice(most_variables);
    for (int i = 0; i < variable_count; ++i)
      remember(add({nullptr, {-1, -1, -1}, i, {}, 0}));
    const int steps = 2 + choice(8);
    for (int i = 0; i < steps; ++i)
      remember(choice(2) == 0 ? pattern() : operation());
  }

  /// The index of the part that is the whole formula.
  int result() const { return numbers.back(); }

private:
  Source &source;
  int depth_limit;
  std::vector<int> numbers; // parts that others may use

  int choice(int below) { return source.below(below); }
  void remember(int index) { numbers.push_back(index); }

  int add(const part &fresh) {
    parts.push_back(fresh);
    return static_cast<int>(parts.size()) - 1;
  }

  // Braces, not arguments, wherever an operand makes a choice or a part: what stands in braces is
  // evaluated from left to right, arguments in the order of the compiler's choice.
  struct application {
    const detail::operation_record *operation;
    int a, b = -1, c = -1;
  };
  struct operands {
    int a, b, c = -1;
  };

  int apply(const application &what) {
    part fresh{what.operation, {what.a, what.b, what.c}, -1, {}, 0};
    for (const int input : fresh.inputs)
      if (input >= 0) {
        const int below = parts[static_cast<std::size_t>(input)].depth + 1;
        fresh.depth = below > fresh.depth ? below : fresh.depth;
      }
    return add(fresh);
  }
  template <class Operation>
  int of(int a) {
    return apply({record_of<Operation>(), a});
  }
  template <class Operation>
  int of(const operands &in) {
    return apply({record_of<Operation>(), in.a, in.b, in.c});
  }

  int constant(std::int64_t over, std::int64_t under = 1, int exponent = 0) {
    return add({nullptr, {-1, -1, -1}, -1, math::reduced(over, under, exponent), 0});
  }

  int any_constant() {
    static constexpr std::array<std::array<std::int64_t, 3>, 18> values{{
        {0, 1, 0},
        {1, 1, 0},
        {2, 1, 0},
        {-1, 1, 0},
        {1, 2, 0},
        {3, 1, 0},
        {1, 10, 0},
        {-2, 1, 0},
        {-1, 2, 0},
        {1, 3, 0},
        {7, 10, 0},
        {10, 1, 0},
        {-3, 1, 0},
        {5, 4, 0},
        {1, 1, -10},
        {1, 4, 0},
        {-7, 10, 0},
        {100, 1, 0},
    }};
    const auto &value = values[static_cast<std::size_t>(choice(18))];
    return constant(value[0], value[1], static_cast<int>(value[2]));
  }

  /// An earlier part that is not too deep: mostly a late one, so that formulas grow.
  int any() {
    if (choice(8) == 0)
      return any_constant();
    const int count = static_cast<int>(numbers.size());
    int place = count - 1 - choice(choice(3) == 0 ? count : (count < 3 ? count : 3));
    while (place > 0 &&
           parts[static_cast<std::size_t>(numbers[static_cast<std::size_t>(place)])].depth >=
               depth_limit)
      place -= 1 + choice(place);
    return numbers[static_cast<std::size_t>(place)];
  }

  template <std::size_t Count>
  const detail::operation_record *
  one_of(const std::array<const detail::operation_record *, Count> &list) {
    return list[static_cast<std::size_t>(choice(static_cast<int>(Count)))];
  }

  int condition(int levels = 2) {
    const int which = levels == 0 ? 0 : choice(6);
    if (which == 1)
      return of<and_operation>({condition(levels - 1), condition(levels - 1)});
    if (which == 2)
      return of<or_operation>({condition(levels - 1), condition(levels - 1)});
    if (which == 3)
      return of<not_operation>(condition(levels - 1));
    return apply({one_of(comparisons), any(), choice(2) == 0 ? any_constant() : any()});
  }

  int operation() {
    const int which = choice(20);
    if (which < 9)
      return apply({one_of(unary_operations), any()});
    if (which < 10)
      return apply({one_of(ternary_operations), any(), any(), any()});
    if (which < 18) {
      const detail::operation_record *record = one_of(binary_operations);
      const bool is_power = *record == *record_of<pow_operation>();
      return apply({record, any(), is_power && choice(3) != 0 ? any_constant() : any()});
    }
    return of<select_operation>({condition(), any(), any()});
  }

  int minus(int x) { return of<negate_operation>(x); }
  int exp_of(int x) { return of<exp_operation>(x); }
  int log_of(int x) { return of<log_operation>(x); }
  int sigmoid_of(int x) { return of<sigmoid_operation>(x); }
  int one_minus(int x) { return of<subtract_operation>({constant(1), x}); }
  int sum(const operands &in) {
    return choice(2) == 0 ? of<add_operation>(in) : of<add_operation>({in.b, in.a});
  }
  int product(const operands &in) {
    return choice(2) == 0 ? of<multiply_operation>(in) : of<multiply_operation>({in.b, in.a});
  }

  /// -(y log p + (1 - y) log(1 - p)) as people write it.
  int cross_entropy(int p, int y) {
    const int hit = product({y, log_of(p)}), miss = product({one_minus(y), log_of(one_minus(p))});
    switch (choice(3)) {
    case 0:
      return minus(sum({hit, miss}));
    case 1:
      return of<subtract_operation>({minus(hit), miss});
    default:
      return sum({minus(hit), minus(miss)});
    }
  }

  int pattern() {
    const int x = any(), y = any();
    switch (choice(44)) {
    case 0:
      return log_of(sigmoid_of(x));
    case 1:
      return one_minus(sigmoid_of(x));
    case 2:
      return cross_entropy(sigmoid_of(x), y);
    case 3:
      return log_of(sum({constant(1), exp_of(x)}));
    case 4:
      return log_of(sum({exp_of(x), exp_of(y)}));
    case 5:
      return of<divide_operation>({constant(1), sum({constant(1), exp_of(minus(x))})});
    case 6: {
      const int e = exp_of(x);
      return of<divide_operation>({e, sum({constant(1), e})});
    }
    case 7:
      return of<subtract_operation>({exp_of(x), constant(1)});
    case 8:
      return one_minus(exp_of(x));
    case 9:
      return log_of(one_minus(exp_of(x)));
    case 10:
      return one_minus(of<square_operation>(of<tanh_operation>(x)));
    case 11:
      return one_minus(of<erf_operation>(x));
    case 12:
      return one_minus(of<erfc_operation>(x));
    case 13:
      return one_minus(of<normal_cdf_operation>(x));
    case 14:
      return log_of(of<normal_cdf_operation>(x));
    case 15:
      return log_of(of<divide_operation>({x, one_minus(x)}));
    case 16:
      return of<logit_operation>(sigmoid_of(x));
    case 17:
      return product({exp_of(x), exp_of(minus(x))});
    case 18:
      return of<square_operation>(exp_of(x));
    case 19:
      return of<divide_operation>({constant(1), exp_of(x)});
    case 20:
      return of<sqrt_operation>(of<square_operation>(x));
    case 21:
      return of<divide_operation>({x, x});
    case 22:
      return sum({product({any_constant(), x}), product({any_constant(), x})});
    case 23:
      return of<subtract_operation>({product({any_constant(), x}), product({any_constant(), x})});
    case 24:
      return product({sigmoid_of(x), sigmoid_of(minus(x))});
    case 25:
      return of<subtract_operation>({sigmoid_of(x), y});
    case 26:
      return product({of<relu_operation>(x), y});
    case 27: // the side not taken is not defined
      return of<select_operation>({of<greater_operation>({x, constant(0)}), log_of(x), y});
    case 28:
      return of<select_operation>({condition(), of<sqrt_operation>(x), constant(0)});
    case 29:
      return of<divide_operation>({of<relu_operation>(x), y});
    case 30:
      return of<pow_operation>({x, any_constant()});
    case 31:
      return product({any_constant(), product({any_constant(), x})});
    case 32:
      return of<divide_operation>({product({any_constant(), x}), any_constant()});
    case 33:
      return of<subtract_operation>({x, minus(y)});
    case 34:
      return minus(of<subtract_operation>({x, y}));
    case 35:
      return product({minus(x), minus(y)});
    case 36:
      return of<square_operation>(of<subtract_operation>({sigmoid_of(x), y}));
    case 37:
      return product({x, sigmoid_of(x)});
    case 38:
      return of<log1p_operation>(minus(choice(2) == 0 ? exp_of(x) : sigmoid_of(x)));
    case 39:
      return of<binary_cross_entropy_operation>({sigmoid_of(x), y});
    case 40: // what flows back through two gates
      return of<relu_operation>(product({of<relu_operation>(x), log_of(y)}));
    case 41: // a fence around a part of a pattern, or between two parts
      return one_minus(of<no_rewrite_operation>(choice(2) == 0 ? sigmoid_of(x) : exp_of(x)));
    case 42:
      return of<no_rewrite_operation>(choice(2) == 0 ? of<multiply_operation>({x, y})
                                                     : log_of(sigmoid_of(x)));
    default: {
      const int where = condition(1);
      return sum({of<select_operation>({where, x, constant(0)}),
                  of<select_operation>({where, y, constant(0)})});
    }
    }
  }
};

} // namespace fuzz
