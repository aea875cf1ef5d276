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

/// A part of a formula: its elements, which are among those of all parts, and what they are.
/// Nothing here points to a record, whose rules would be in the object file of a check at run time.
struct traced_part {
  enum class kind : std::uint8_t { input, number, elements, whole };

  kind what = kind::input;
  detail::shape shape{};
  int first = 0;
  int from = 0; // of an input, its place; of an operation, its rule
  double number = 0;
  int first_operand = 0;
  int operand_count = 0;
};

/// Where the elements of an operand are, and how far apart those beside one of the result.
struct traced_operand {
  int first, by_row, by_column;
};

struct traced_plan {
  list<traced_part> parts;
  list<traced_operand> operands;
  list<const expression_record *> ruled; // for each rule, a part that is computed by it
  int elements = 0;
};

/// The same, frozen to its size.
template <std::size_t Parts, std::size_t Operands, std::size_t Rules>
struct traced_order {
  fixed_list<traced_part, Parts> parts;
  fixed_list<traced_operand, Operands> operands;
  fixed_list<const expression_record *, Rules> ruled;
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
    result = mix(mix(result, key_of(operand.shape)), static_cast<std::uint64_t>(operand.number));
  }
  return result;
}

/// The rule of a part, a new one if it shares none.
constexpr int rule_of(const expression_record &part, index_table &rules,
                      list<const expression_record *> &ruled) {
  const std::uint64_t key = key_of_rule(part);
  const int known = rules.find(key, [&](int rule) { return share_rule(*ruled.items[rule], part); });
  if (known >= 0)
    return known;
  rules.insert(key, ruled.size);
  ruled.push(&part);
  return ruled.size - 1;
}

/// The order in which a formula is run; the elements of the variables are the inputs.
template <std::size_t Variables>
constexpr traced_plan planned(const expression_record &formula,
                              const std::array<const expression_record *, Variables> &variables) {
  traced_plan plan;
  formula_table inputs, known;
  list<int> first_of_inputs, first_of_known;
  index_table rules;
  int input = 0;
  for (const expression_record *variable : variables) {
    inputs.add(*variable);
    first_of_inputs.push(input);
    input += variable->shape.size();
  }
  visit_parts(std::array{&formula}, [&](const expression_record &next) {
    traced_part part{.shape = next.shape,
                     .first = plan.elements,
                     .first_operand = plan.operands.size,
                     .operand_count = next.operand_count};
    for (int i = 0; i < next.operand_count; ++i) {
      const shape &of = next.operands[i]->shape;
      plan.operands.push({first_of_known.items[known.find(*next.operands[i])],
                          of.rows == 1 ? 0 : of.columns, of.columns == 1 ? 0 : 1});
    }
    if (*next.operation == variable_record) {
      part.from = first_of_inputs.items[inputs.find(next)];
    } else if (*next.operation == number_record) {
      part.what = traced_part::kind::number;
      part.number = math::rounded<double>(next.value);
    } else {
      part.what =
          next.operation->is_elementwise ? traced_part::kind::elements : traced_part::kind::whole;
      part.from = rule_of(next, rules, plan.ruled);
    }
    known.add(next);
    first_of_known.push(plan.elements);
    plan.elements += next.shape.size();
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
    if constexpr (sizeof...(I) == 0)
      return requires { Operation::template value<math::traced>(); };
    else if constexpr (is_elementwise<Operation>)
      return requires(const math::traced &x) { Operation::value(((void)I, x)...); };
    else
      return requires(math::traced * to, const math::traced *x) {
        Operation::template run<Operands...>(to, ((void)I, x)...);
      };
  }
  static constexpr bool is_checked = check_rule<Operation, has_rule()>();

  static constexpr void run([[maybe_unused]] math::traced *to,
                            [[maybe_unused]] const math::traced *const *operands) {
    if constexpr (is_checked && sizeof...(I) == 0)
      *to = Operation::template value<math::traced>();
    else if constexpr (is_checked && is_elementwise<Operation>)
      *to = Operation::value(*operands[I]...);
    else if constexpr (is_checked)
      Operation::template run<Operands...>(to, operands[I]...);
  }
};

/// A formula with what it takes to run it. What the compiler's flags change is in the name of
/// Traced, and so in that of the table of rules.
template <expression Function, class Variables, class Traced = math::traced>
struct traced_formula {
  static constexpr traced_plan plan() { return planned(record<Function>, Variables::records); }

  static constexpr std::array<std::size_t, 3> sizes = [] {
    const traced_plan all = plan();
    const auto size_of = [](const auto &part) { return static_cast<std::size_t>(part.size); };
    return std::array{size_of(all.parts), size_of(all.operands), size_of(all.ruled)};
  }();
  static constexpr auto order = [] {
    const traced_plan all = plan();
    return traced_order<sizes[0], sizes[1], sizes[2]>{shortened<sizes[0]>(all.parts),
                                                      shortened<sizes[1]>(all.operands),
                                                      shortened<sizes[2]>(all.ruled), all.elements};
  }();
  // What is read at run time.
  static constexpr auto parts = order.parts;
  static constexpr auto operands = order.operands;

  /// The operation of a rule: a type again, which records are not.
  template <std::size_t Rule>
  static constexpr auto operation() {
    using type = typename type_at<*order.ruled[Rule]->operation->type>::type;
    return []<std::size_t... I>(std::index_sequence<I...> indices) {
      if constexpr (is_elementwise<type>)
        return traced_operation<type, decltype(indices)>{};
      else
        return traced_operation<type, decltype(indices),
                                extent_of(*order.ruled[Rule]->operands[I])...>{};
    }
    (std::make_index_sequence<order.ruled[Rule]->operand_count>{});
  }

  /// Whether every operation has a rule; it says so, if one has none.
  static constexpr bool has_rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    for (const bool is_checked : {true, decltype(operation<Rule>())::is_checked...})
      if (!is_checked)
        return false;
    return true;
  }
  (std::make_index_sequence<order.ruled.size()>{});

  static constexpr auto rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    return std::array<traced_rule, sizeof...(Rule)>{&decltype(operation<Rule>())::run...};
  }
  (std::make_index_sequence<order.ruled.size()>{});
};

/// The value of the formula, a number, at the inputs.
template <class Formula>
constexpr math::traced traced_value(const math::traced *inputs) {
  list<math::traced> elements(Formula::order.elements, {});
  list<const math::traced *> at; // the operands of what is run next
  for (const traced_part &part : Formula::parts) {
    math::traced *const to = elements.items + part.first;
    const traced_operand *const operands = Formula::operands.data() + part.first_operand;
    at.size = 0;
    for (int k = 0; k < part.operand_count; ++k)
      at.push(elements.items + operands[k].first);
    if (part.what == traced_part::kind::input)
      for (int i = 0; i < part.shape.size(); ++i)
        to[i] = inputs[part.from + i];
    else if (part.what == traced_part::kind::number)
      *to = part.number;
    else if (const traced_rule rule = Formula::rules[static_cast<std::size_t>(part.from)];
             part.what == traced_part::kind::whole || part.shape.is_scalar())
      rule(to, at.items);
    else
      for (int i = 0; i < part.shape.size(); ++i) {
        const int row = i / part.shape.columns, column = i % part.shape.columns;
        for (int k = 0; k < part.operand_count; ++k)
          at.items[k] = elements.items + operands[k].first + row * operands[k].by_row +
                        column * operands[k].by_column;
        rule(to + i, at.items);
      }
  }
  return elements.items[Formula::parts.items[Formula::parts.size() - 1].first];
}

} // namespace chainrule::detail
