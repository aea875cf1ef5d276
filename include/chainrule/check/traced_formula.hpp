// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A formula as it was written, run on traced numbers: every operation by its own value or run, in
// an order that is planned beforehand, as a constant of its own. partial(f, x) is f run on numbers
// that are traced once more. Nothing here knows an operation, a graph, a rewrite or a rule of a
// derivative.
// Read next: gradient_check.hpp.
#pragma once

#include <chainrule/check/traced.hpp>
#include <chainrule/operation/operation.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail {

/// Runs an operation on traced numbers: for one element of the result, or for all of them.
template <class Traced>
using traced_rule = void (*)(Traced *to, const Traced *const *operands);

/// A part of a formula: its elements, which are among those of all parts, and what they are.
/// Nothing here points to a record, whose rules would be in the object file of a check at run time.
struct traced_part {
  enum class kind : std::uint8_t { input, number, elements, whole, derivative };

  kind what = kind::input;
  detail::shape shape{};
  int first = 0;
  int from = 0; // of an input, its place; of an operation, its rule; of a derivative, its run
  double number = 0;
  int first_operand = 0;
  int operand_count = 0;
};

/// Where the elements of an operand are, and how far apart those beside one of the result.
struct traced_operand {
  int first, by_row, by_column;
};

/// A formula of those that are run, the whole or one that is differentiated: its parts stand
/// together, and it is their last. What it is differentiated by are inputs or one of its parts.
struct traced_run {
  int first_part = 0;
  int part_count = 0;
  int elements = 0;
  int depth = 0; // how often it is differentiated
  int first_input = -1;
  int by_part = -1;
  int size = 0; // of what it is differentiated by
};

struct traced_plan {
  list<traced_part> parts;
  list<traced_operand> operands;
  list<const expression_record *> ruled; // for each rule, a part that is computed by it
  list<traced_run> runs;                 // the whole is the first
  int inputs = 0;
  int depth = 0;
  bool is_complete = true; // what it is differentiated by is found
};

/// The same, frozen to its size.
template <std::size_t Parts, std::size_t Operands, std::size_t Rules, std::size_t Runs>
struct traced_order {
  fixed_list<traced_part, Parts> parts;
  fixed_list<traced_operand, Operands> operands;
  fixed_list<const expression_record *, Rules> ruled;
  fixed_list<traced_run, Runs> runs;
  int inputs = 0;
  int depth = 0;
  bool is_complete = true;
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

/// The operands that are run before a part: what is differentiated runs apart.
constexpr int operands_run(const expression_record &part) {
  return part.operation->is_derivative ? 0 : part.operand_count;
}

/// Plans how formulas are run; the elements of the variables are the inputs.
class traced_planning {
public:
  traced_plan plan;

  template <std::size_t Variables>
  constexpr traced_planning(const expression_record &formula,
                            const std::array<const expression_record *, Variables> &variables) {
    for (const expression_record *variable : variables) {
      inputs.add(*variable);
      first_of_inputs.push(plan.inputs);
      plan.inputs += variable->shape.size();
    }
    plan.runs.push({});
    add(formula, nullptr, 0);
    for (int i = 0; i < differentiated.size; ++i) // more are found on the way
      add(*differentiated.items[i]->operands[0], differentiated.items[i]->operands[1], i + 1);
  }

private:
  formula_table inputs;
  list<int> first_of_inputs;
  index_table rules;
  list<const expression_record *> differentiated; // what each run but the first is for

  /// Adds the parts of a formula, which is differentiated by `by`.
  constexpr void add(const expression_record &formula, const expression_record *by, int run) {
    traced_run made = plan.runs.items[run];
    made.first_part = plan.parts.size;
    plan.depth = made.depth > plan.depth ? made.depth : plan.depth;
    formula_table known;
    list<int> first_of_known;
    const auto add_part = [&](const expression_record &next) {
      plan.parts.push(part_of(next, known, first_of_known, made));
      known.add(next);
      first_of_known.push(made.elements);
      made.elements += next.shape.size();
    };
    visit_parts(std::array{&formula}, add_part, operands_run);
    made.part_count = plan.parts.size - made.first_part;
    if (by != nullptr) {
      made.size = by->shape.size();
      if (*by->operation != variable_record)
        made.by_part = known.find(*by);
      else if (const int variable = inputs.find(*by); variable >= 0)
        made.first_input = first_of_inputs.items[variable];
      plan.is_complete =
          plan.is_complete && (*by->operation == variable_record || made.by_part >= 0);
    }
    plan.runs.items[run] = made;
  }

  constexpr traced_part part_of(const expression_record &next, const formula_table &known,
                                const list<int> &first_of_known, const traced_run &within) {
    traced_part part{.shape = next.shape,
                     .first = within.elements,
                     .first_operand = plan.operands.size,
                     .operand_count = operands_run(next)};
    for (int i = 0; i < part.operand_count; ++i) {
      const shape &of = next.operands[i]->shape;
      plan.operands.push({first_of_known.items[known.find(*next.operands[i])],
                          of.rows == 1 ? 0 : of.columns, of.columns == 1 ? 0 : 1});
    }
    if (*next.operation == variable_record) {
      part.from = first_of_inputs.items[inputs.find(next)];
    } else if (*next.operation == number_record) {
      part.what = traced_part::kind::number;
      part.number = math::rounded<double>(next.value);
    } else if (next.operation->is_derivative) {
      part.what = traced_part::kind::derivative;
      part.from = plan.runs.size;
      traced_run fresh;
      fresh.depth = within.depth + 1;
      plan.runs.push(fresh);
      differentiated.push(&next);
    } else {
      part.what =
          next.operation->is_elementwise ? traced_part::kind::elements : traced_part::kind::whole;
      part.from = rule_of(next, rules, plan.ruled);
    }
    return part;
  }
};

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
template <class Operation, class Traced, class Indices, extent... Operands>
struct traced_operation;

template <class Operation, class Traced, std::size_t... I, extent... Operands>
struct traced_operation<Operation, Traced, std::index_sequence<I...>, Operands...> {
  static constexpr bool has_rule() {
    if constexpr (sizeof...(I) == 0)
      return requires { Operation::template value<Traced>(); };
    else if constexpr (is_elementwise<Operation>)
      return requires(const Traced &x) { Operation::value(((void)I, x)...); };
    else
      return requires(Traced * to, const Traced *x) {
        Operation::template run<Operands...>(to, ((void)I, x)...);
      };
  }
  static constexpr bool is_checked = check_rule<Operation, has_rule()>();

  static constexpr void run([[maybe_unused]] Traced *to,
                            [[maybe_unused]] const Traced *const *operands) {
    if constexpr (is_checked && sizeof...(I) == 0)
      *to = Operation::template value<Traced>();
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
  static constexpr traced_plan plan() {
    return traced_planning(record<Function>, Variables::records).plan;
  }

  static constexpr std::array<std::size_t, 4> sizes = [] {
    const traced_plan all = plan();
    const auto size_of = [](const auto &part) { return static_cast<std::size_t>(part.size); };
    return std::array{size_of(all.parts), size_of(all.operands), size_of(all.ruled),
                      size_of(all.runs)};
  }();
  static constexpr auto order = [] {
    const traced_plan all = plan();
    return traced_order<sizes[0], sizes[1], sizes[2], sizes[3]>{shortened<sizes[0]>(all.parts),
                                                                shortened<sizes[1]>(all.operands),
                                                                shortened<sizes[2]>(all.ruled),
                                                                shortened<sizes[3]>(all.runs),
                                                                all.inputs,
                                                                all.depth,
                                                                all.is_complete};
  }();
  static constexpr int inputs = order.inputs;
  static constexpr int depth = order.depth;
  static constexpr bool is_complete = order.is_complete;
  // What is read at run time.
  static constexpr auto parts = order.parts;
  static constexpr auto operands = order.operands;
  static constexpr auto runs = order.runs;

  /// The operation of a rule: a type again, which records are not.
  template <std::size_t Rule, class Number>
  static constexpr auto operation() {
    using type = typename type_at<*order.ruled[Rule]->operation->type>::type;
    return []<std::size_t... I>(std::index_sequence<I...> indices) {
      if constexpr (is_elementwise<type>)
        return traced_operation<type, Number, decltype(indices)>{};
      else
        return traced_operation<type, Number, decltype(indices),
                                extent_of(*order.ruled[Rule]->operands[I])...>{};
    }
    (std::make_index_sequence<order.ruled[Rule]->operand_count>{});
  }

  /// Whether every operation has a rule; it says so, if one has none.
  static constexpr bool has_rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    for (const bool is_checked : {true, decltype(operation<Rule, Traced>())::is_checked...})
      if (!is_checked)
        return false;
    return true;
  }
  (std::make_index_sequence<order.ruled.size()>{});

  template <class Number>
  static constexpr auto rules = []<std::size_t... Rule>(std::index_sequence<Rule...>) {
    return std::array<traced_rule<Number>, sizeof...(Rule)>{
        &decltype(operation<Rule, Number>())::run...};
  }
  (std::make_index_sequence<order.ruled.size()>{});
};

template <class Formula, int Depth, class Number>
constexpr void write_derivative(const traced_run &of, const Number *inputs, Number *to);

/// A formula at the inputs. Where it is differentiated by a part, the elements of that become those
/// that are `varied`.
template <class Formula, int Depth, class Number>
constexpr Number traced_value(const traced_run &run, const Number *inputs, Number *varied) {
  list<Number> elements(run.elements, {});
  list<const Number *> at; // the operands of what is run next
  for (int next = 0; next < run.part_count; ++next) {
    const traced_part &part = Formula::parts.items[run.first_part + next];
    Number *const to = elements.items + part.first;
    const traced_operand *const operands = Formula::operands.data() + part.first_operand;
    at.size = 0;
    for (int k = 0; k < part.operand_count; ++k)
      at.push(elements.items + operands[k].first);
    if (part.what == traced_part::kind::input) {
      for (int i = 0; i < part.shape.size(); ++i)
        to[i] = inputs[part.from + i];
    } else if (part.what == traced_part::kind::number) {
      *to = part.number;
    } else if (part.what == traced_part::kind::derivative) {
      if constexpr (Depth < Formula::depth)
        write_derivative<Formula, Depth + 1>(Formula::runs.items[part.from], inputs, to);
    } else if (const traced_rule<Number> rule =
                   Formula::template rules<Number>[static_cast<std::size_t>(part.from)];
               part.what == traced_part::kind::whole || part.shape.is_scalar()) {
      rule(to, at.items);
    } else {
      for (int i = 0; i < part.shape.size(); ++i) {
        const int row = i / part.shape.columns, column = i % part.shape.columns;
        for (int k = 0; k < part.operand_count; ++k)
          at.items[k] = elements.items + operands[k].first + row * operands[k].by_row +
                        column * operands[k].by_column;
        rule(to + i, at.items);
      }
    }
    for (int i = 0; next == run.by_part && i < run.size; ++i) {
      varied[i].value = to[i].value;
      to[i] = varied[i];
    }
  }
  return elements.items[run.elements - 1];
}

/// The derivative of a formula: the slopes of numbers that are traced once more.
template <class Formula, int Depth, class Number>
constexpr void write_derivative(const traced_run &of, const Number *inputs, Number *to) {
  math::trace_of<Number> home;
  list<math::traced_of<Number>> lifted, varied;
  for (int i = 0; i < Formula::inputs; ++i) {
    const bool varies = 0 <= i - of.first_input && i - of.first_input < of.size;
    if (of.first_input >= 0 && varies)
      lifted.push({inputs[i], home});
    else
      lifted.push(inputs[i]);
  }
  for (int i = 0; of.by_part >= 0 && i < of.size; ++i)
    varied.push({Number(0), home});
  const auto result = traced_value<Formula, Depth>(of, lifted.items, varied.items);
  const list<Number> slopes = math::derivatives_of(result, home);
  for (int i = 0; i < home.inputs; ++i)
    to[i] = slopes.items[i];
}

/// The value of the formula, a number, at the inputs.
template <class Formula>
constexpr math::traced traced_value(const math::traced *inputs) {
  return traced_value<Formula, 0, math::traced>(Formula::runs.items[0], inputs, nullptr);
}

} // namespace chainrule::detail
