// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// In which order a formula is run as it was written: its parts, those of what is differentiated in
// it, and those of the bodies of its recurrences.
// Read next: traced_formula.hpp.
#pragma once

#include <chainrule/math/decimal.hpp>
#include <chainrule/operation/operation.hpp>
#include <chainrule/operation/recurrence.hpp>

namespace chainrule::detail {

/// A part of a formula: its elements, which are among those of all parts, and what they are.
/// Nothing here points to a record, whose rules would be in the object file of a check at run time.
struct traced_part {
  enum class kind : std::uint8_t { input, number, elements, whole, derivative, loop };

  kind what = kind::input;
  detail::shape shape{};
  int first = 0;
  int from = 0; // of an input, its place; of an operation, its rule; of others, their run
  double number = 0;
  int first_operand = 0;
  int operand_count = 0;
};

/// Where the elements of an operand are, and how far apart those beside one of the result.
struct traced_operand {
  int first, by_row, by_column;
};

/// What changes in each round of a loop: its shape, and of a state where its next value is among
/// the elements of the body.
struct traced_place {
  detail::shape shape{};
  int next = 0;
  bool is_next_a_number = false; // for all elements
};

/// A recurrence. Of its body the outputs are what is shown and the next values of the states.
struct traced_loop {
  int states = 0, elements = 0; // of the first operands; then comes the number of rounds
  int first_place = 0;
  int shown = 0; // where it is among the elements of the body
  detail::shape shown_shape{};
  int which = 0; // of the states, or -1 where the path is shown
  int capacity = 0;
  bool is_backward = false;
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
  int size = 0;   // of what it is differentiated by
  int inputs = 0; // of the formula, and what stands for one element and the states in a loop
  int bound = -1; // the innermost of the variables that loops have bound
  traced_loop loop{};
};

/// A variable that a loop gives a value in each round.
struct traced_binding {
  const expression_record *variable;
  int first_input;
  int outer; // that around it, or -1
};

struct traced_plan {
  list<traced_part> parts;
  list<traced_operand> operands;
  list<const expression_record *> ruled; // for each rule, a part that is computed by it
  list<traced_run> runs;                 // the whole is the first
  list<traced_place> places;             // of the states and elements of loops
  int inputs = 0;
  int depth = 0;
  bool is_complete = true; // what it is differentiated by is found
};

/// The same, frozen to its size.
template <std::size_t Parts, std::size_t Operands, std::size_t Rules, std::size_t Runs,
          std::size_t Places>
struct traced_order {
  fixed_list<traced_part, Parts> parts;
  fixed_list<traced_operand, Operands> operands;
  fixed_list<const expression_record *, Rules> ruled;
  fixed_list<traced_run, Runs> runs;
  fixed_list<traced_place, Places> places;
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

/// Whether an operand is run before a part: what is differentiated runs apart, and so does the body
/// of a loop.
constexpr bool is_run_before(const expression_record &part, int operand) {
  if (part.operation->is_derivative)
    return false;
  return !is_recurrence(part) || recurrence_layout{part}.is_value(operand);
}

/// Plans how formulas are run; the elements of the variables are the inputs.
class traced_planning {
public:
  traced_plan plan;

  template <std::size_t Variables>
  constexpr traced_planning(const expression_record &formula,
                            const std::array<const expression_record *, Variables> &variables) {
    int innermost = -1;
    for (const expression_record *variable : variables)
      innermost = bind(*variable, innermost, plan.inputs);
    plan.runs.push({.inputs = plan.inputs, .bound = innermost});
    begun.push(nullptr);
    add(&formula, nullptr, 0);
    for (int i = 1; i < begun.size; ++i) // more are found on the way
      if (is_recurrence(*begun.items[i]))
        add_body(*begun.items[i], i);
      else
        add(begun.items[i]->operands[0], begun.items[i]->operands[1], i);
  }

private:
  list<traced_binding> bindings;
  index_table rules;
  list<const expression_record *> begun; // what each run but the first is for

  constexpr int bind(const expression_record &variable, int outer, int &inputs) {
    bindings.push({&variable, inputs, outer});
    inputs += variable.shape.size();
    return bindings.size - 1;
  }
  /// The place of a variable among the inputs, or -1.
  constexpr int place_of(const expression_record &variable, const traced_run &within) const {
    for (int i = within.bound; i >= 0; i = bindings.items[i].outer)
      if (*bindings.items[i].variable == variable)
        return bindings.items[i].first_input;
    return -1;
  }

  /// The parts of a run so far, and where their elements begin.
  struct known_parts {
    formula_table formulas;
    list<int> first;

    constexpr int find(const expression_record &formula) const {
      const int found = formulas.find(formula);
      return found < 0 ? -1 : first.items[found];
    }
  };

  constexpr void add_parts(const expression_record *formula, known_parts &known, traced_run &made) {
    const auto add_part = [&](const expression_record &next) {
      if (known.formulas.find(next) >= 0)
        return;
      plan.parts.push(part_of(next, known, made));
      known.formulas.add(next);
      known.first.push(made.elements);
      made.elements += next.shape.size();
    };
    visit_parts(std::array{formula}, add_part, is_run_before);
    made.part_count = plan.parts.size - made.first_part;
  }

  /// Adds the parts of a formula, which is differentiated by `by`, but in the first run.
  constexpr void add(const expression_record *formula, const expression_record *by, int run) {
    traced_run made = plan.runs.items[run];
    made.first_part = plan.parts.size;
    plan.depth = made.depth > plan.depth ? made.depth : plan.depth;
    known_parts known;
    add_parts(formula, known, made);
    if (run > 0) { // under -fsanitize=undefined g++ 12 compares no addresses in constant evaluation
      made.size = by->shape.size();
      made.first_input = place_of(*by, made);
      if (made.first_input < 0 && *by->operation != variable_record)
        made.by_part = known.formulas.find(*by);
      plan.is_complete =
          plan.is_complete && (*by->operation == variable_record || made.by_part >= 0);
    }
    plan.runs.items[run] = made;
  }

  /// Adds the parts of the body of a loop.
  constexpr void add_body(const expression_record &formula, int run) {
    const recurrence_layout layout{formula};
    using at = recurrence_layout;
    traced_run made = plan.runs.items[run];
    made.first_part = plan.parts.size;
    plan.depth = made.depth > plan.depth ? made.depth : plan.depth;
    made.loop = {.states = layout.number(at::states),
                 .elements = layout.number(at::elements),
                 .first_place = plan.places.size,
                 .which = *formula.operation == operation_record_of<fold_operation>::value
                              ? layout.number(at::which)
                              : -1,
                 .capacity = layout.number(at::capacity),
                 .is_backward = layout.is_backward()};
    for (int i = 0; i < layout.places(); ++i) {
      const expression_record &variable = *formula.operands[layout.variable(i)];
      made.bound = bind(variable, made.bound, made.inputs);
      plan.places.push({variable.shape, -1});
    }
    known_parts known;
    const auto added = [&](int operand) {
      add_parts(formula.operands[operand], known, made);
      return known.find(*formula.operands[operand]);
    };
    made.loop.shown = added(at::shown);
    made.loop.shown_shape = formula.operands[at::shown]->shape;
    for (int k = 0; k < made.loop.states; ++k) {
      const int next = added(layout.next(k));
      traced_place &place = plan.places.items[made.loop.first_place + k];
      place.next = next;
      place.is_next_a_number = formula.operands[layout.next(k)]->shape.is_scalar();
    }
    plan.runs.items[run] = made;
  }

  constexpr int begin_run(const expression_record &next, const traced_run &within, int depth) {
    plan.runs.push({.depth = depth, .inputs = within.inputs, .bound = within.bound});
    begun.push(&next);
    return plan.runs.size - 1;
  }

  constexpr traced_part part_of(const expression_record &next, const known_parts &known,
                                const traced_run &within) {
    traced_part part{
        .shape = next.shape, .first = within.elements, .first_operand = plan.operands.size};
    for (int i = 0; i < next.operand_count; ++i) {
      if (!is_run_before(next, i))
        continue;
      const shape &of = next.operands[i]->shape;
      plan.operands.push(
          {known.find(*next.operands[i]), of.rows == 1 ? 0 : of.columns, of.columns == 1 ? 0 : 1});
      ++part.operand_count;
    }
    if (*next.operation == variable_record) {
      part.from = place_of(next, within);
    } else if (*next.operation == number_record) {
      part.what = traced_part::kind::number;
      part.number = math::rounded<double>(next.value);
    } else if (next.operation->is_derivative) {
      part.what = traced_part::kind::derivative;
      part.from = begin_run(next, within, within.depth + 1);
    } else if (is_recurrence(next)) {
      part.what = traced_part::kind::loop;
      part.from = begin_run(next, within, within.depth);
    } else {
      part.what =
          next.operation->is_elementwise ? traced_part::kind::elements : traced_part::kind::whole;
      part.from = rule_of(next, rules, plan.ruled);
    }
    return part;
  }
};

} // namespace chainrule::detail
