// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The normal form of a node: a fraction of polynomials over unknowns, which are variables, and
// functions of arguments in normal form. Arithmetic, powers, exp and choices are its language; what
// else there is to know of an operation, it says itself: definition, mirrored, in_exponentials,
// is_linear.
// Read next: equality.hpp.
#pragma once

#include <chainrule/prove/transcendental.hpp>

namespace chainrule::detail {

/// What is known of the sign of a node wherever a side is defined.
inline constexpr int sign_nonnegative = 1, sign_nonzero = 2;

/// Normal forms of the nodes of a graph.
class normal_forms : transcendental_forms {
public:
  constexpr normal_forms(graph &of, written_out parts, const list<int> &signs, int &work_left)
      : transcendental_forms(of, parts, work_left), known(signs) {}

  /// Whether two nodes are equal; `needed` are what they are made of.
  constexpr bool equal(int a, int b, const list<bool> &needed) {
    forms.append(home.nodes.size, -1);
    for (int i = 0; i < needed.size && exact.certain; ++i)
      if (needed.items[i]) {
        all.push(form_of(home.at(i)));
        forms.items[i] = all.size - 1;
        if (i < known.size && (known.items[i] & sign_nonnegative) != 0)
          note_nonnegative(at(i));
        if (i < known.size && (known.items[i] & sign_nonzero) != 0)
          note_nonzero(at(i));
      }
    // With both, a denominator may be 0 on the side of a choice that is not taken.
    if (exact.may_have_zero_divisors && !(exact.indicators == monomial{}) && exact.has_divided)
      return false;
    return exact.certain && exact.equal(at(a), at(b));
  }

private:
  const list<int> &known; // of nodes
  list<int> forms;        // of nodes, as indices into
  list<fraction> all;

  constexpr const fraction &at(int node) const { return all.items[forms.items[node]]; }

  /// f, linear in each argument, of sums: the sum over their terms, from the argument at `place`
  /// on, where what is a number stands in front. What is 0 where its first operand is has only
  /// numbers behind it, as places and sizes, in which it is not linear.
  constexpr fraction by_terms(const function &f, const list<fraction> &arguments, int place = 0) {
    if (place == (f.operation->zero_if == zero_rule::first ? 1 : arguments.size))
      return regrouped(f, arguments);
    const fraction &sum = arguments.items[place];
    if (!is_of_numbers(sum.under))
      return by_terms(f, arguments, place + 1);
    fraction result = constant(0);
    for (int i = 0; i < sum.over.size && exact.certain; ++i) {
      const monomial_term &term = sum.over.items[i];
      list<fraction> alone = arguments;
      alone.items[place] = constant(1);
      alone.items[place].over.items[0].product = part_of(term.product, false);
      fraction factor{{}, sum.under};
      factor.over.push({term.coefficient, part_of(term.product, true)});
      const fraction rest = by_terms(f, alone, place + 1);
      result = exact.sum(result, exact.product(factor, rest));
    }
    return result;
  }

  /// (A B) C as A (B C), where A B is no column that stands for many.
  constexpr fraction regrouped(const function &f, const list<fraction> &arguments) {
    if (*f.operation != operation_record_of<matrix_product_operation>::value)
      return unknown_for(f, arguments);
    for (int i = 0; i < unknowns.size; ++i) {
      const function g = unknowns.items[i];
      if (*g.operation != *f.operation)
        continue;
      const shape a = g.shapes.items[0], b = g.shapes.items[1], c = f.shapes.items[1];
      if (shape{a.rows, b.columns} == f.shapes.items[0] &&
          exact.equal(arguments.items[0], unknown_alone(i))) {
        list<fraction> outer(1, arguments_of_unknowns.items[g.first]);
        list<fraction> inner(1, arguments_of_unknowns.items[g.first + 1]);
        inner.push(arguments.items[1]);
        const bool is_number = b.rows == 1 && c.columns == 1;
        outer.push(by_terms(product_of(b, c, is_number), inner));
        return by_terms(product_of(a, {b.rows, c.columns}, f.is_number), outer);
      }
    }
    return unknown_for(f, arguments);
  }

  static constexpr function product_of(const shape &left, const shape &right, bool is_number) {
    function result{&operation_record_of<matrix_product_operation>::value, -1, 0, is_number};
    result.shapes.push(left);
    result.shapes.push(right);
    return result;
  }

  /// 1 where x > 0, else 0.
  constexpr fraction positive(const fraction &x) {
    if (is_positive(x.over) && is_positive(x.under))
      return constant(1);
    const fraction form = exact.signed_form(x);
    if (form.over.size == 0)
      return constant(0);
    if (is_one(form.under) && is_one(form.over))
      return constant(1);
    if (is_one(form.under) && exact_arithmetic::same(form.over, exact_arithmetic::constant(-1)))
      return constant(0);
    if (what == written_out::conditions)
      return related_condition(form);
    return unknown_of(less_record, form);
  }

  /// The indicator of x > 0, with what it has to do with others.
  constexpr fraction related_condition(const fraction &x) {
    const bool is_product = is_one(x.under) && x.over.size == 1 && unknown_of_form(x) < 0;
    polynomial by_factors;
    if (is_product)
      by_factors = sign_of_product(x.over.items[0]);
    const int before = unknowns.size;
    fraction result = unknown_of(less_record, x);
    if (unknowns.size == before || !exact.certain)
      return result;
    for (int i = 0; i < before; ++i)
      if (is_unknown_of(less_record, i))
        relate_conditions(i, before);
    if (by_factors.size > 0) { // where a factor is 0, both sides are
      monomial factors = unknown(before);
      for (int i = 0; i < before; ++i)
        if (power_of(x.over.items[0].product, i) > 0)
          factors.powers[i / 8] |= repeated(i, 1).powers[i / 8];
      polynomial others;
      others.push({1, factors});
      others.items[0].product.powers[before / 8] -= unknown(before).powers[before / 8];
      relate({factors, exact.product(by_factors, others)});
    }
    return result;
  }

  /// The indicator of a product > 0 by those of its factors, where none is 0; nothing where one may
  /// be no real number.
  constexpr polynomial sign_of_product(const monomial_term &product) {
    polynomial sign = exact_arithmetic::constant(product.coefficient.is_negative() ? -1 : 1);
    for (int i = 0, factors = unknowns.size; i < factors; ++i) {
      const int power = power_of(product.product, i);
      if (power > 0 && !is_real(i))
        return {};
      if (power % 2 == 1 && !is_nonnegative(i)) {
        const fraction factor = positive(unknown_alone(i));
        sign = exact.product(sign, exact.sum(exact_arithmetic::constant(-1), factor.over, 2));
      }
    }
    const polynomial half = exact_arithmetic::constant(math::reduced(1, 2));
    return exact.sum(half, exact.product(half, sign));
  }

  /// One may exclude or include the other: where arguments add up to a number, or differ by one.
  constexpr void relate_conditions(int one, int other) {
    const fraction first = argument_of(one), second = argument_of(other);
    for (const int sign : {1, -1}) {
      const fraction rest = exact.sum(second, first, sign);
      const bool is_number =
          is_one(rest.under) && (rest.over.size == 0 ||
                                 (rest.over.size == 1 && rest.over.items[0].product == monomial{}));
      if (!is_number)
        continue;
      const bool is_zero = rest.over.size == 0;
      const bool is_below = !is_zero && rest.over.items[0].coefficient.is_negative();
      monomial both = unknown(one);
      both.powers[other / 8] |= unknown(other).powers[other / 8];
      polynomial to; // first + second <= 0 excludes, first + second > 0 is either
      if (sign == 1 && !is_zero && !is_below)
        to = exact.sum(exact.sum(unknown_alone(one).over, unknown_alone(other).over),
                       exact_arithmetic::constant(1), -1);
      if (sign == -1) // the one that has the smaller argument includes the other
        to = unknown_alone(is_below ? other : one).over;
      exact.relations.push({both, to});
    }
  }

  static constexpr bool is_comparison(symbol condition) {
    return is<less_operation>(condition) || is<less_equal_operation>(condition) ||
           is<greater_operation>(condition) || is<greater_equal_operation>(condition);
  }
  static constexpr bool is_of_conditions(symbol condition) {
    return is<not_operation>(condition) || is<and_operation>(condition) ||
           is<or_operation>(condition);
  }

  /// Whether a side is the root of what is below 0 where it is taken.
  static constexpr bool is_undefined_where_taken(symbol side, symbol condition) {
    return is<less_operation>(condition) && condition.operand(1).is(0) &&
           is<sqrt_operation>(side) && side.operand(0) == condition.operand(0);
  }

  /// a where the condition holds, else b.
  constexpr fraction chosen(symbol condition, const fraction &a, const fraction &b) {
    if (is<not_operation>(condition))
      return chosen(condition.operand(0), b, a);
    if (is<and_operation>(condition))
      return chosen(condition.operand(0), chosen(condition.operand(1), a, b), b);
    if (is<or_operation>(condition))
      return chosen(condition.operand(0), a, chosen(condition.operand(1), a, b));
    if (!is_comparison(condition)) // a user's: 1 or 0, and nothing else is known of it
      return exact.sum(b, exact.product(at(condition.index), exact.sum(a, b, -1)));
    if (condition.operand(1).is(0) &&
        condition.operand(0).operation()->is_positive == positivity::always) {
      if (is<greater_operation>(condition) || is<greater_equal_operation>(condition))
        return a;
      return b;
    }
    const fraction left = at(condition.operand(0).index), right = at(condition.operand(1).index);
    if (is<less_operation>(condition))
      return choice(exact.sum(right, left, -1), a, b);
    if (is<greater_operation>(condition))
      return choice(exact.sum(left, right, -1), a, b);
    if (is<less_equal_operation>(condition))
      return choice(exact.sum(left, right, -1), b, a);
    return choice(exact.sum(right, left, -1), b, a);
  }

  /// a where x > 0, else b.
  constexpr fraction choice(const fraction &x, const fraction &a, const fraction &b) {
    const fraction gain = exact.sum(a, b, -1);
    // [-z > 0] = 1 - [z > 0] but where z is 0, and there it does not matter if the gain is 0 too,
    // which it is not where its denominator may be 0 with it: z / z.
    if (is_negative(x) && (is_nonzero(x) || (exact_arithmetic::vanishes_with(gain.over, x.over) &&
                                             is_one(gain.under))))
      return exact.sum(a, exact.product(positive(negative(x)), gain), -1);
    return exact.sum(b, exact.product(positive(x), gain));
  }

  /// f(a) of one operand, whose sign is made positive where f says what f(-t) is, as a formula or
  /// by its rules: 1 - f(t), f(t) - t, -f(t), f(t).
  constexpr fraction function_of(const operation_record &f, const fraction &a) {
    if (is_negative(a)) {
      const symbol t = home.variable({}, fingerprint_of(kind::part), {}),
                   plain = home.written(f, {&t.index, 1});
      const symbol minus = -t;
      symbol mirrored = f.mirrored(t);
      if (!mirrored.exists() && f.has_simplified)
        mirrored = f.simplified(home, {&minus.index, 1});
      if (mirrored.exists() && is_sum_of(mirrored, t, plain))
        return sum_of(mirrored, t, negative(a), plain,
                      unknown_for(f, -1, list<fraction>(1, negative(a))));
    }
    return unknown_for(f, -1, list<fraction>(1, a));
  }

  /// Whether a node consists of numbers, t and f, with + - and a minus sign.
  static constexpr bool is_sum_of(symbol node, symbol t, symbol f) {
    if (node.is_number() || node == t || node == f)
      return true;
    if (is<negate_operation>(node))
      return is_sum_of(node.operand(0), t, f);
    return (is<add_operation>(node) || is<subtract_operation>(node)) &&
           is_sum_of(node.operand(0), t, f) && is_sum_of(node.operand(1), t, f);
  }

  /// Such a node where t and f are these.
  constexpr fraction sum_of(symbol node, symbol t, const fraction &of_t, symbol f,
                            const fraction &of_f) {
    if (node.is_number())
      return constant(node.value());
    if (node == t)
      return of_t;
    if (node == f)
      return of_f;
    const fraction first = sum_of(node.operand(0), t, of_t, f, of_f);
    if (is<negate_operation>(node))
      return negative(first);
    return exact.sum(first, sum_of(node.operand(1), t, of_t, f, of_f),
                     is<add_operation>(node) ? 1 : -1);
  }

  /// The form of a node that was not there at first.
  constexpr fraction form_of_new(symbol x) {
    if (x.index < forms.size && forms.items[x.index] >= 0)
      return at(x.index);
    for (int i = 0; i < x.operands(); ++i)
      form_of_new(x.operand(i));
    if (forms.size < home.nodes.size)
      forms.append(home.nodes.size - forms.size, -1);
    fraction result = form_of(x);
    all.push(result);
    forms.items[x.index] = all.size - 1;
    return result;
  }

  constexpr fraction form_of(symbol x) {
    const operation_record *operation = x.operation();
    list<int> in;
    for (int i = 0; i < x.operands(); ++i)
      in.push(home.input(x.index, i));
    if (x.is_number())
      return constant(x.value());
    if (what == written_out::exponentials && x.operands() == 1) {
      const rewriting_as defining(home, rewriting::but_named_rules_rest); // 1 / (1 + exp(-x))
      if (const symbol written = operation->in_exponentials(x.operand(0)); written.exists())
        return form_of_new(written);
    }
    const bool is_number = x.shape().is_scalar();
    if (*operation == variable_record)
      return unknown_for(function{operation, home.nodes.items[x.index].content, 0, is_number}, {});
    if (*operation == place_record)
      return unknown_for(function{operation, x.index, 0, is_number}, {});
    if (in.size == 0) // a constant, pi
      return unknown_for(function{operation, -1, 0, is_number}, {});
    const fraction &a = at(in.items[0]);
    if (is<add_operation>(x))
      return exact.sum(a, at(in.items[1]));
    if (is<subtract_operation>(x))
      return exact.sum(a, at(in.items[1]), -1);
    if (is<multiply_operation>(x))
      return exact.product(a, at(in.items[1]));
    if (is<divide_operation>(x))
      return exact.quotient(a, at(in.items[1]));
    if (is<square_operation>(x)) // of what was just written out
      return exact.product(a, a);
    if (is<negate_operation>(x))
      return negative(a);
    if (is<pow_operation>(x) && x.operand(1).is_number()) {
      const math::number &n = x.operand(1).value();
      if (n.denominator == 1 && n.exponent == 0 && -17 < n.numerator && n.numerator < 17)
        return exact.power(a, n.numerator);
    }
    if (is<exp_operation>(x))
      return exponential(a);
    if (what == written_out::exponentials) {
      if (is<log_operation>(x))
        return logarithm(a);
      if (is<sqrt_operation>(x))
        return root(a, 2);
      if (is<cbrt_operation>(x))
        return root(a, 3);
      if (is<pow_operation>(x))
        return exponential(exact.product(at(in.items[1]), logarithm(a)));
    }
    if (is<half_angle_tangent_operation>(x))
      return half_angle_tangent(a);
    if (is_comparison(x) || is_of_conditions(x))
      return chosen(x, constant(1), constant(0));
    if (is<select_operation>(x) && is_undefined_where_taken(x.operand(1), x.operand(0)))
      return at(in.items[2]);
    if (is<select_operation>(x))
      return chosen(x.operand(0), at(in.items[1]), at(in.items[2]));
    if (x.operands() == 1 && operation->is_elementwise)
      return function_of(*operation, a);
    list<fraction> arguments;
    for (int i = 0; i < x.operands(); ++i)
      arguments.push(at(in.items[i]));
    if (operation->is_elementwise)
      return unknown_for(*operation, -1, arguments);
    function result{operation, -1, 0, is_number};
    for (int i = 0; i < x.operands(); ++i)
      result.shapes.push(x.operand(i).shape());
    if (what == written_out::products && operation->is_linear)
      return by_terms(result, arguments);
    return unknown_for(result, arguments);
  }
};

} // namespace chainrule::detail
