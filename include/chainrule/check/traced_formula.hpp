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
#include <chainrule/check/traced_plan.hpp>
#include <chainrule/program/program.hpp>

namespace chainrule::detail {

/// Runs an operation on traced numbers: for one element of the result, or for all of them.
template <class Traced>
using traced_rule = void (*)(Traced *to, const Traced *const *operands);

// False, but only once the operation is known: the compiler prints it with the message.
template <class Operation>
inline constexpr bool runs_on_any_scalar = false;

/// Says that an operation has no rule.
template <class Operation, bool HasRule>
constexpr bool check_rule() {
  static_assert(HasRule || runs_on_any_scalar<Operation>,
                "gradient_is_right(f, at(...)), benchmark(f, ...): an operation of f, named in "
                "this message, cannot be "
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

  static constexpr std::array<std::size_t, 5> sizes = [] {
    const traced_plan all = plan();
    const auto size_of = [](const auto &part) { return static_cast<std::size_t>(part.size); };
    return std::array{size_of(all.parts), size_of(all.operands), size_of(all.ruled),
                      size_of(all.runs), size_of(all.places)};
  }();
  static constexpr auto order = [] {
    const traced_plan all = plan();
    return traced_order<sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]>{
        shortened<sizes[0]>(all.parts),
        shortened<sizes[1]>(all.operands),
        shortened<sizes[2]>(all.ruled),
        shortened<sizes[3]>(all.runs),
        shortened<sizes[4]>(all.places),
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
  static constexpr auto places = order.places;
  static constexpr bool has_loops = places.size() > 0;

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
template <class Formula, int Depth, class Number>
constexpr void write_loop(const traced_run &body, const Number *inputs,
                          const traced_operand *operands, const Number *elements, Number *to);

/// The elements of all parts of a formula at the inputs. Where it is differentiated by a part, the
/// elements of that become those that are `varied`.
template <class Formula, int Depth, class Number>
constexpr list<Number> traced_elements(const traced_run &run, const Number *inputs,
                                       Number *varied) {
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
    } else if (part.what == traced_part::kind::loop) {
      if constexpr (Formula::has_loops)
        write_loop<Formula, Depth>(Formula::runs.items[part.from], inputs, operands, elements.items,
                                   to);
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
  return elements;
}

/// What a loop shows, all rounds one after another.
template <class Formula, int Depth, class Number>
constexpr void write_loop(const traced_run &body, const Number *inputs,
                          const traced_operand *operands, const Number *elements, Number *to) {
  const traced_loop &loop = body.loop;
  const traced_place *const places = Formula::places.data() + loop.first_place;
  list<Number> given, next;
  int states = 0;
  for (int k = 0; k < loop.states + loop.elements; ++k)
    states += k < loop.states ? places[k].shape.size() : 0;
  int outer = body.inputs;
  for (int k = 0; k < loop.states + loop.elements; ++k)
    outer -= places[k].shape.size();
  given.append(inputs, outer);
  const auto element = [&](int operand, int i, int j) {
    return elements[operands[operand].first + i * operands[operand].by_row +
                    j * operands[operand].by_column];
  };
  // Its operands: the number of rounds, the initial values, the sequences.
  for (int k = 0; k < loop.states; ++k)
    for (int i = 0; i < places[k].shape.size(); ++i)
      given.push(element(1 + k, i / places[k].shape.columns, i % places[k].shape.columns));
  given.append(body.inputs - outer - states, Number(0));
  const int rounds = rounds_within(loop.capacity, element(0, 0, 0));
  for (int round = 0; round < rounds; ++round) {
    const int t = loop.is_backward ? rounds - 1 - round : round;
    int place = outer + states;
    for (int k = 0; k < loop.elements; ++k) {
      const shape &of = places[loop.states + k].shape;
      for (int i = 0; i < of.size(); ++i)
        given.items[place++] =
            element(1 + loop.states + k, i / of.columns, t * of.columns + i % of.columns);
    }
    const list<Number> found = traced_elements<Formula, Depth, Number>(body, given.items, nullptr);
    next.size = 0;
    for (int k = 0; k < loop.states; ++k)
      for (int i = 0; i < places[k].shape.size(); ++i)
        next.push(found.items[places[k].next + (places[k].is_next_a_number ? 0 : i)]);
    if (loop.which < 0)
      for (int i = 0; i < loop.shown_shape.size(); ++i)
        to[(i / loop.shown_shape.columns * loop.capacity + t) * loop.shown_shape.columns +
           i % loop.shown_shape.columns] = found.items[loop.shown + i];
    for (int i = 0; i < states; ++i)
      given.items[outer + i] = next.items[i];
  }
  int first = outer;
  for (int k = 0; k < loop.which; ++k)
    first += places[k].shape.size();
  for (int i = 0; loop.which >= 0 && i < places[loop.which].shape.size(); ++i)
    to[i] = given.items[first + i];
}

/// The derivative of a formula: the slopes of numbers that are traced once more.
template <class Formula, int Depth, class Number>
constexpr void write_derivative(const traced_run &of, const Number *inputs, Number *to) {
  math::trace_of<Number> home;
  list<math::traced_of<Number>> lifted, varied;
  for (int i = 0; i < of.inputs; ++i) {
    const bool varies = 0 <= i - of.first_input && i - of.first_input < of.size;
    if (of.first_input >= 0 && varies)
      lifted.push({inputs[i], home});
    else
      lifted.push(inputs[i]);
  }
  for (int i = 0; of.by_part >= 0 && i < of.size; ++i)
    varied.push({Number(0), home});
  const list<math::traced_of<Number>> all =
      traced_elements<Formula, Depth>(of, lifted.items, varied.items);
  const math::traced_of<Number> result = all.items[of.elements - 1];
  const list<Number> slopes = math::derivatives_of(result, home);
  for (int i = 0; i < home.inputs; ++i)
    to[i] = slope_where(result.value, slopes.items[i]);
}

/// The value of the formula, a number, at the inputs.
template <class Formula>
constexpr math::traced traced_value(const math::traced *inputs) {
  const traced_run &whole = Formula::runs.items[0];
  const list<math::traced> all = traced_elements<Formula, 0, math::traced>(whole, inputs, nullptr);
  return all.items[whole.elements - 1];
}

} // namespace chainrule::detail
