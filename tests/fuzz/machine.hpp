// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// From a formula to numbers by the library: a graph, its derivatives by the reverse sweep, machine
// steps, and their values on double, one step after another as the compiled program would run them.

#pragma once

#include "formula.hpp"

#include <cstdlib>
#include <string>

namespace fuzz {

using value_rule = double (*)(const double *operands, int count);

struct step_entry {
  std::uint64_t fingerprint;
  value_rule value;
};

/// So many operands an operation of any number has at most: hypot of hypots.
inline constexpr std::size_t most_operands = 27;

/// The value rule of an operation on numbers, of which it reads as many as it has operands.
template <class Operation, std::size_t Count = 2>
double value_of_any(const double *in, std::size_t count) {
  if constexpr (Count < most_operands)
    if (count > Count)
      return value_of_any<Operation, Count + 1>(in, count);
  return [in]<std::size_t... I>(std::index_sequence<I...>) { return Operation::value(in[I]...); }
  (std::make_index_sequence<Count>{});
}
template <class Operation>
double value_of(const double *in, [[maybe_unused]] int count) {
  if constexpr (Operation::arity == any_number)
    return value_of_any<Operation>(in, static_cast<std::size_t>(count));
  else if constexpr (Operation::arity == 1)
    return Operation::value(in[0]);
  else if constexpr (Operation::arity == 2)
    return Operation::value(in[0], in[1]);
  else
    return Operation::value(in[0], in[1], in[2]);
}

template <class... Operations>
auto steps_of() {
  return std::array{step_entry{record_of<Operations>()->fingerprint, value_of<Operations>}...};
}

/// Every operation that may be left once a graph is expanded.
inline const auto steps = steps_of<
    negate_operation, abs_operation, sign_operation, relu_operation, exp_operation, expm1_operation,
    exp2_operation, log_operation, log1p_operation, log2_operation, log10_operation,
    square_operation, sqrt_operation, cbrt_operation, sin_operation, cos_operation, tan_operation,
    asin_operation, acos_operation, atan_operation, atan_slope_operation, erf_operation,
    erf_slope_operation, erfc_operation, normal_density_operation, normal_cdf_operation,
    inverse_mills_operation, inverse_mills_slope_operation, log_normal_cdf_operation,
    sigmoid_operation, sigmoid_imbalance_operation, sigmoid_slope_operation, softplus_operation,
    tanh_operation, tanh_slope_operation, sinh_operation, cosh_operation, asinh_operation,
    acosh_operation, atanh_operation, logit_operation, log1mexp_operation, softsign_operation,
    lgamma_operation, digamma_operation, trigamma_operation, tetragamma_operation, add_operation,
    subtract_operation, multiply_operation, divide_operation, bounded_operation, raised_operation,
    pow_operation, hypot_operation, self_gated_operation, weighted_operation, atan2_operation,
    max_operation, min_operation, logaddexp_operation, xlogy_operation,
    binary_cross_entropy_operation, binary_cross_entropy_with_logits_operation,
    mask_operation<false>, mask_operation<true>, keep_operation, drop_operation, choose_operation,
    decay_operation, tail_operation, log_tail_operation, softplus_of_decay_operation,
    sigmoid_of_tail_operation, sigmoid_minus_operation, slope_of_tail_operation, growth_operation,
    sigmoid_of_growth_operation, other_side_operation, complement_operation, double_decay_operation,
    tanh_of_decay_operation, slope_of_double_decay_operation, cross_entropy_of_decay_operation,
    absorbing_product_operation, absorbing_quotient_operation, weighted_quotient_operation,
    weighted_log_operation, normal_density_slope_operation, inverse_mills_curvature_operation,
    log_erfc_operation, log_cosh_operation, floor_operation, fmod_operation, between_operation,
    root_of_squares_operation, inside_operation, product_with_root_operation,
    squares_beside_root_operation, power_log_operation, power_below_operation, exp_of_sum_operation,
    by_logarithm_operation, detail::is_largest_step, detail::below_largest_step,
    detail::log_of_rest_step>();

/// The value rule of an operation; null if it is not in the list.
inline value_rule rule_of(const detail::operation_record &operation) {
  struct table : detail::index_table {
    table() {
      for (std::size_t i = 0; i < steps.size(); ++i)
        insert(steps[i].fingerprint, static_cast<int>(i));
    }
  };
  static const table places;
  const int place = places.find(operation.fingerprint);
  return place < 0 ? nullptr : steps[static_cast<std::size_t>(place)].value;
}

inline constexpr std::array<std::string_view, most_variables> names{"x", "y", "z"};

using way = detail::form;

/// The records that the types of a formula would have.
struct formula_records {
  std::vector<detail::expression_record> records;
  std::vector<const detail::expression_record *> operands; // of all records
};

inline formula_records records_of(const std::vector<part> &parts) {
  formula_records result{std::vector<detail::expression_record>(parts.size()),
                         std::vector<const detail::expression_record *>(3 * parts.size())};
  std::vector<detail::expression_record> &records = result.records;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const part &from = parts[i];
    detail::expression_record &to = records[i];
    if (from.variable >= 0) {
      to.operation = &detail::variable_record;
      to.name = names[static_cast<std::size_t>(from.variable)];
      to.fingerprint = detail::hash(to.name);
    } else if (from.operation == nullptr) {
      to.operation = &detail::number_record;
      to.value = from.constant;
      to.fingerprint = detail::mix(static_cast<std::uint64_t>(from.constant.numerator),
                                   static_cast<std::uint64_t>(from.constant.denominator));
      to.fingerprint =
          detail::mix(to.fingerprint, static_cast<std::uint64_t>(from.constant.exponent));
    } else {
      to.operation = from.operation;
      to.fingerprint = from.operation->fingerprint;
      const detail::expression_record **const operands = &result.operands[3 * i];
      to.operands = operands;
      to.operand_count = static_cast<int>(from.count());
      for (std::size_t k = 0; k < from.count(); ++k) {
        operands[k] = &records[static_cast<std::size_t>(from.inputs[k])];
        to.fingerprint = detail::mix(to.fingerprint, operands[k]->fingerprint);
      }
    }
  }
  return result;
}

/// The node that stands for the part `result` of a formula; the variables come first.
inline symbol made(detail::graph &home, const std::vector<part> &parts, int result, way how,
                   std::array<symbol, most_variables> &variables) {
  for (std::size_t i = 0; i < most_variables; ++i)
    variables[i] = home.variable(names[i], detail::hash(names[i]), {});
  const formula_records formula = records_of(parts);
  return detail::lowered(home, formula.records[static_cast<std::size_t>(result)], how);
}

/// The derivatives of a node by the variables.
inline std::array<symbol, most_variables>
derivatives_of(detail::graph &home, symbol result,
               const std::array<symbol, most_variables> &variables) {
  detail::reverse_sweep sweep(home, detail::flow_through_loop);
  for (sweep.begin(result.index); !sweep.is_done();)
    sweep.step();
  std::array<symbol, most_variables> slopes;
  for (std::size_t i = 0; i < most_variables; ++i) {
    const int slope = sweep.flow_into(variables[i].index);
    slopes[i] = slope < 0 ? home.constant(0) : home.at(slope);
  }
  return slopes;
}

/// The formula of a node as text.
inline std::string text_of(detail::graph &home, symbol node) {
  detail::text_writer out;
  detail::formula_writer(home).write(node, out);
  return {out.text.items, static_cast<std::size_t>(out.text.size)};
}

/// The values of the outputs, which must be in machine steps, at a point.
inline std::vector<double> run(const detail::graph &home, const detail::list<int> &outputs,
                               const std::array<double, most_variables> &at) {
  detail::list<bool> needed;
  mark_needed(home, outputs, needed);
  std::vector<double> values(static_cast<std::size_t>(needed.size), 0);
  for (int i = 0; i < needed.size; ++i) {
    if (!needed.items[i])
      continue;
    const detail::node &here = home.nodes.items[i];
    double &value = values[static_cast<std::size_t>(i)];
    if (*here.operation == detail::variable_record) {
      const std::string_view name = home.variables.items[here.content].text;
      for (std::size_t k = 0; k < most_variables; ++k)
        if (names[k] == name)
          value = at[k];
    } else if (*here.operation == detail::number_record) {
      value = math::rounded<double>(home.numbers.items[here.content]);
    } else {
      std::array<double, most_operands> in{};
      for (int k = 0; k < here.input_count; ++k)
        in.at(static_cast<std::size_t>(k)) = values[static_cast<std::size_t>(home.input(i, k))];
      const value_rule rule = rule_of(*here.operation);
      if (rule == nullptr)
        std::abort(); // an operation that is missing in `steps`
      value = rule(in.data(), here.input_count);
    }
  }
  std::vector<double> result;
  for (const int output : outputs)
    result.push_back(values[static_cast<std::size_t>(output)]);
  return result;
}

} // namespace fuzz
