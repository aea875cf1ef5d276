// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A formula as it was written, run on traced numbers: every operation by its own value or run, in
// an order that is planned beforehand, as a constant of its own. Nothing here knows an operation, a
// graph, a rewrite or a rule of a derivative.
// Read next: gradient_check.hpp.
#pragma once

#include <chainrule/check/traced.hpp>
#include <chainrule/operation/operation.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail {

/// Runs an operation on traced numbers: for one element of the result, or for all of them.
using traced_rule = void (*)(math::traced *to, const math::traced *const *operands);

/// A part of a formula, and where its elements are among those of all parts.
struct traced_part {
  const expression_record *what = nullptr;
  int first = 0;
  int first_operand = 0; // in traced_order::operands
  int rule = -1;         // that computes it; of a variable, its first input
};

struct traced_plan {
  list<traced_part> parts;
  list<int> operands;                     // the first elements of the operands of all parts
  list<const expression_record *> needed; // for each rule, a part that needs it
  int elements = 0;
};

/// The same, frozen to its size.
template <std::size_t Parts, std::size_t Operands, std::size_t Rules>
struct traced_order {
  std::array<traced_part, Parts> parts;
  std::array<int, Operands> operands;
  std::array<const expression_record *, Rules> needed;
  int elements = 0;
};

/// Whether two parts are computed by one rule: what is not computed element by element has one for
/// each shape of its operands.
constexpr bool share_rule(const expression_record &a, const expression_record &b) {
  if (!(*a.operation == *b.operation) || a.operand_count != b.operand_count)
    return false;
  for (int i = 0; i < a.operand_count && !a.operation->is_elementwise; ++i)
    if (!(extent_of(*a.operands[i]) == extent_of(*b.operands[i])))
      return false;
  return true;
}

constexpr std::uint64_t key_of_rule(const expression_record &part) {
  std::uint64_t result =
      mix(part.operation->fingerprint, static_cast<std::uint64_t>(part.operand_count));
  for (int i = 0; i < part.operand_count && !part.operation->is_elementwise; ++i) {
    const extent operand = extent_of(*part.operands[i]);
    result = mix(mix(result, key_of(operand.of)), static_cast<std::uint64_t>(operand.number));
  }
  return result;
}

/// The order in which a formula is run; the elements of the variables are the inputs.
template <std::size_t Variables>
constexpr traced_plan planned(const expression_record &formula,
                              const std::array<const expression_record *, Variables> &variables) {
  traced_plan plan;
  index_table inputs, places, rules;
  int input = 0;
  for (const expression_record *variable : variables) {
    inputs.insert(variable->fingerprint, input);
    input += variable->of.size();
  }
  visit_parts(std::array{&formula}, [&](const expression_record &next) {
    traced_part part{&next, plan.elements, plan.operands.size};
    for (int i = 0; i < next.operand_count; ++i)
      plan.operands.push(places.find(next.operands[i]->fingerprint));
    if (*next.operation == variable_record) {
      part.rule = inputs.find(next.fingerprint);
    } else if (next.operand_count > 0) {
      const std::uint64_t key = key_of_rule(next);
      part.rule =
          rules.find(key, [&](int rule) { return share_rule(*plan.needed.items[rule], next); });
      if (part.rule < 0) {
        part.rule = plan.needed.size;
        rules.insert(key, part.rule);
        plan.needed.push(&next);
      }
    }
    places.insert(next.fingerprint, plan.elements);
    plan.elements += next.of.size();
    plan.parts.push(part);
  });
  return plan;
}

// False, but only once the operation is known: the compiler prints it with the message.
template <class Operation>
inline constexpr bool runs_on_any_scalar = false;

/// Says that an operation has no rule.
template <class Operation, bool HasRule>
constexpr bool check_rule() {
  static_assert(
      HasRule || runs_on_any_scalar<Operation>,
      "gradient_is_right(f, at(...)): an operation of f, named in this message, cannot be "
      "run on any scalar; it has a template value(a, b, ...) or, beside result_shape, a "
      "template run<A, B, ...>(to, a, b, ...)");
  return HasRule;
}

/// An operation on traced numbers: of operands of these shapes, if it is not computed element by
/// element.
template <class Operation, class Indices, extent... Operands>
struct traced_operation;

template <class Operation, std::size_t... I, extent... Operands>
struct traced_operation<Operation, std::index_sequence<I...>, Operands...> {
  static constexpr bool has_rule() {
    if constexpr (is_elementwise<Operation>)
      return requires(const math::traced &x) { Operation::value(((void)I, x)...); };
    else
      return requires(math::traced * to, const math::traced *x) {
        Operation::template run<Operands...>(to, ((void)I, x)...);
      };
  }
  static constexpr bool is_checked = check_rule<Operation, has_rule()>();

  static constexpr void run([[maybe_unused]] math::traced *to,
                            [[maybe_unused]] const math::traced *const *operands) {
    if constexpr (is_checked && is_elementwise<Operation>)
      *to = Operation::value(*operands[I]...);
    else if constexpr (is_checked)
      Operation::template run<Operands...>(to, operands[I]...);
  }
};

/// A formula with what it takes to run it.
template <expression Function, class Variables>
struct traced_formula {
  static constexpr traced_plan plan() { return planned(record<Function>, Variables::records); }

  static constexpr std::array<int, 3> sizes = [] {
    const traced_plan all = plan();
    return std::array{all.parts.size, all.operands.size, all.needed.size};
  }();
  static constexpr auto order = [] {
    const traced_plan all = plan();
    return traced_order<sizes[0], sizes[1], sizes[2]>{
        shortened<sizes[0]>(all.parts.items), shortened<sizes[1]>(all.operands.items),
        shortened<sizes[2]>(all.needed.items), all.elements};
  }();

  /// The operation of a rule: a type again, which records are not.
  template <std::size_t Rule>
  static constexpr auto operation() {
    using type = structure_of<identity<order.needed[Rule]->operation->fingerprint>>;
    return []<std::size_t... I>(std::index_sequence<I...> indices) {
      if constexpr (is_elementwise<type>)
        return traced_operation<type, decltype(indices)>{};
      else
        return traced_operation<type, decltype(indices),
                                extent_of(*order.needed[Rule]->operands[I])...>{};
    }
    (std::make_index_sequence<order.needed[Rule]->operand_count>{});
  }

  /// Whether every operation has a rule; it says so, if one has none.
  static constexpr bool has_rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    for (const bool is_checked : {true, decltype(operation<Rule>())::is_checked...})
      if (!is_checked)
        return false;
    return true;
  }
  (std::make_index_sequence<sizes[2]>{});

  static constexpr auto rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    return std::array<traced_rule, sizeof...(Rule)>{&decltype(operation<Rule>())::run...};
  }
  (std::make_index_sequence<sizes[2]>{});
};

/// Elements of one part of a formula, computed one by one from those of its operands.
constexpr void run_elements(const expression_record &what, traced_rule rule, math::traced *to,
                            const list<const math::traced *> &operands) {
  list<const math::traced *> here = operands;
  for (int i = 0; i < what.of.rows; ++i)
    for (int j = 0; j < what.of.columns; ++j) {
      for (int k = 0; k < here.size; ++k) {
        const shape &of = what.operands[k]->of;
        here.items[k] =
            operands.items[k] + (of.rows == 1 ? 0 : i * of.columns) + (of.columns == 1 ? 0 : j);
      }
      rule(to + i * what.of.columns + j, here.items);
    }
}

/// The value of the formula, a number, at the inputs.
template <class Formula>
constexpr math::traced traced_value(const double *inputs, math::trace &home) {
  list<math::traced> elements(Formula::order.elements, {});
  list<const math::traced *> operands;
  for (const traced_part &part : Formula::order.parts) {
    const expression_record &what = *part.what;
    math::traced *const to = elements.items + part.first;
    operands.size = 0;
    for (int i = 0; i < what.operand_count; ++i)
      operands.push(elements.items +
                    Formula::order.operands[static_cast<std::size_t>(part.first_operand + i)]);
    if (*what.operation == variable_record)
      for (int i = 0; i < what.of.size(); ++i)
        to[i] = {inputs[part.rule + i], part.rule + i, home};
    else if (*what.operation == number_record)
      *to = math::rounded<double>(what.value);
    else if (const traced_rule rule = Formula::rules[static_cast<std::size_t>(part.rule)];
             what.operation->is_elementwise && !what.of.is_scalar())
      run_elements(what, rule, to, operands);
    else
      rule(to, operands.items);
  }
  return elements.items[Formula::order.parts.back().first];
}

} // namespace chainrule::detail
