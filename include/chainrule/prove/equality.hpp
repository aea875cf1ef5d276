// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// a == b: whether the compiler proves that two expressions are the same function: equal at every
// finite real point where both are defined in exact arithmetic, that is, where nothing on the way
// is infinite or undefined; the side of a choice that is not taken need not be defined. Both are
// lowered and simplified; what still differs is compared in normal form.
// `true` is a proof. `false` means "not proved", which may also be for want of a rule.
// Read next: print/to_string.hpp.
#pragma once

#include <chainrule/program/lower.hpp>
#include <chainrule/prove/normal_form.hpp>

namespace chainrule {
namespace detail {

/// The definition of operation(operands), or what it is at -t by what it is at t; rules might make
/// of it what it defines.
constexpr symbol defined_as(graph &home, const operation_record &operation, operand_list operands) {
  const rewriting_as defining(home, rewriting::but_named_rules_rest);
  if (operation.has_definition)
    return operation.definition(home, operands);
  if (operands.count == 1 && is<negate_operation>(home.at(operands.at[0])))
    return operation.mirrored(home.at(operands.at[0]).operand(0));
  return {};
}

/// Without the factors that both sides have, for c p == c q where p == q: written out as a
/// polynomial, the derivative of 10 layers has 1,024 terms.
constexpr void cancel_factors(graph &home, list<int> &sides) {
  if (!home.at(sides.items[0]).shape().is_scalar())
    return;
  list<int> times(home.nodes.size, 0); // more on the first side than on the second
  bool is_negative = false, is_common = false;
  for (const int side : {1, -1}) {
    list<int> pending(1, sides.items[side > 0 ? 0 : 1]);
    while (pending.size > 0) {
      const symbol factor = home.at(pending.items[--pending.size]);
      if (is<multiply_operation>(factor)) {
        pending.push(factor.operand(0).index);
        pending.push(factor.operand(1).index);
      } else if (is<negate_operation>(factor)) {
        is_negative = !is_negative;
        pending.push(factor.operand(0).index);
      } else {
        is_common = is_common || (side < 0 && times.items[factor.index] > 0);
        times.items[factor.index] += side;
      }
    }
  }
  if (!is_common)
    return;
  symbol first = home.constant(is_negative ? -1 : 1), second = home.constant(1);
  for (int i = 0; i < times.size; ++i) {
    for (int k = times.items[i]; k > 0; --k)
      first = first * home.at(i);
    for (int k = times.items[i]; k < 0; ++k)
      second = second * home.at(i);
  }
  sides.items[0] = first.index;
  sides.items[1] = second.index;
}

/// Whether an operation is undefined where an operand is: what chooses, or has a limit, may not be.
constexpr bool needs_operands(const operation_record &operation, int operands) {
  if (operation.conditions > 0 || operation.role != loop_role::none)
    return false;
  return operands == 1 || operation.is_linear || operation.zero_if == zero_rule::first ||
         operation == operation_record_of<add_operation>::value ||
         operation == operation_record_of<subtract_operation>::value ||
         operation == operation_record_of<multiply_operation>::value ||
         operation == operation_record_of<pow_operation>::value;
}

/// Nodes whose sign is known wherever both sides are defined, by what is taken of them on the way.
struct signs_on_the_way {
  list<int> nonnegative, nonzero;

  constexpr signs_on_the_way(graph &home, const list<int> &sides) {
    list<bool> seen(home.nodes.size, false);
    list<int> pending = sides;
    while (pending.size > 0) {
      const int index = pending.items[--pending.size];
      if (seen.items[index])
        continue;
      seen.items[index] = true;
      const symbol x = home.at(index);
      note(x);
      if (needs_operands(*x.operation(), x.operands()))
        for (int i = 0; i < x.operands(); ++i)
          pending.push(x.operand(i).index);
    }
  }

private:
  constexpr void note(symbol x) {
    if (*x.operation() == log_record || is<sqrt_operation>(x) || is<log2_operation>(x) ||
        is<log10_operation>(x))
      nonnegative.push(x.operand(0).index);
    if (is<log1p_operation>(x))
      nonnegative.push((1 + x.operand(0)).index);
    if (is<pow_operation>(x) && x.operand(1).is_number() && x.operand(1).value().denominator != 1)
      nonnegative.push(x.operand(0).index);
    if (is<divide_operation>(x))
      note_nonzero(x.operand(1));
  }
  constexpr void note_nonzero(symbol x) {
    if (is<multiply_operation>(x)) {
      note_nonzero(x.operand(0));
      note_nonzero(x.operand(1));
    } else if (is<abs_operation>(x) || is<negate_operation>(x) || is<square_operation>(x) ||
               is<sqrt_operation>(x)) {
      note_nonzero(x.operand(0));
    } else {
      nonzero.push(x.index);
    }
  }
};

/// Whether two nodes have one normal form.
constexpr bool have_equal_forms(graph &home, int a, int b, const list<int> &signs) {
  if (a == b)
    return true;
  for (const written_out what :
       {written_out::arithmetic, written_out::exponentials, written_out::products}) {
    bool matters = what != written_out::products;
    for (int i = 0; i < home.nodes.size; ++i)
      matters = matters || home.nodes.items[i].operation->is_linear;
    if (matters && normal_forms(home, what, signs).equal(a, b))
      return true;
  }
  return false;
}

/// Whether two nodes are proved to be equal.
constexpr bool are_proved(graph &home, list<int> sides) {
  const signs_on_the_way signs(home, sides);
  sides.append(signs.nonnegative.items, signs.nonnegative.size);
  sides.append(signs.nonzero.items, signs.nonzero.size);
  // Definitions may hold operations that have definitions: three rounds reach the bottom of all.
  for (int round = 0; round < 3 && sides.items[0] != sides.items[1]; ++round)
    rebuild(home, sides, [&](int index, operand_list operands, bool changed) {
      const operation_record &operation = *home.nodes.items[index].operation;
      // A definition may be smaller than what it defines and stands for its repetition.
      list<int> whole;
      for (int k = 0; k < operands.count && !operation.is_elementwise; ++k) {
        const shape before = home.nodes.items[home.input(index, k)].shape();
        whole.push(filled(home.at(operands[k]), before).index);
      }
      if (!operation.is_elementwise)
        operands = whole;
      if (const symbol defined = defined_as(home, operation, operands); defined.exists())
        return defined.index;
      // Parts of what is now written out are simpler; what is no function of elements is its own.
      return !changed                   ? index
             : operation.is_elementwise ? home.written(operation, operands).index
                                        : home.make(operation, operands).index;
    });
  // relu(x) relu(x) == relu(x) x is true, and relu(x) == x is not
  list<int> alone = sides;
  cancel_factors(home, alone);
  list<int> known(home.nodes.size, 0);
  for (int i = 2; i < sides.size; ++i)
    known.items[sides.items[i]] |= i < 2 + signs.nonnegative.size ? sign_nonnegative : sign_nonzero;
  return have_equal_forms(home, alone.items[0], alone.items[1], known) ||
         (alone.items[0] != sides.items[0] &&
          have_equal_forms(home, sides.items[0], sides.items[1], known));
}

/// Whether a == b is proved: as they stand, or with recurrences of few steps written out.
constexpr bool proved(const expression_record &a, const expression_record &b) {
  if (!(a.shape == b.shape))
    return false;
  const std::array sides{&a, &b};
  graph home, unrolled;
  if (are_proved(home, lowered(home, sides)))
    return true;
  for (const node &each : home.nodes)
    if (each.operation->role == loop_role::loop)
      return are_proved(unrolled,
                        lowered(unrolled, sides, form::simplified, recurrences::unrolled));
  return false;
}

struct equality; // what the message on a bare number names

template <class Left, class Right>
inline constexpr bool is_proved = proved(record<Left>, record<Right>);

/// Whether both sides have one shape; it says so if not.
template <class Left, class Right>
constexpr bool can_be_compared() {
  if constexpr (any_mistaken<Left, Right>) {
    return true;
  } else {
    constexpr bool result = record<Left>.shape == record<Right>.shape;
    static_assert(result || shapes_fit<shape_named<Left>, shape_named<Right>>,
                  "a == b: the two sides have different rows and columns, named in this message, "
                  "and are no one function; a partial(f, W) has the shape of W, and a number for "
                  "each element is written with a matrix, 2_c * W or 0_c * W + 1_c");
    return result;
  }
}

/// Whether the sides are proved to be equal, or it has been said why they are not to be compared:
/// false would add the error of a static_assert.
template <class Left, class Right>
constexpr bool checked_proof() {
  if constexpr (can_be_compared<Left, Right>() && !any_mistaken<Left, Right>)
    return is_proved<Left, Right>;
  else
    return true;
}

} // namespace detail

/// Proves, at compile time, that two expressions are equal wherever both are defined.
/// `false` means "not proved".
template <class Left, class Right>
  requires(expression<Left> || expression<Right>)
[[nodiscard]] constexpr bool operator==(const Left &left, const Right &right) {
  return detail::checked_proof<decltype(detail::as_expression<detail::equality>(left)),
                               decltype(detail::as_expression<detail::equality>(right))>();
}

namespace detail {

template <class T>
inline constexpr bool is_gradient = false;
template <class Function, class Parts>
inline constexpr bool is_gradient<gradient_of<Function, Parts>> = true;

template <class Gradient>
constexpr auto only_derivative(const Gradient &gradient) {
  if constexpr (Gradient::keys::count == 1) {
    return gradient.template get<0>();
  } else {
    static_assert(sizeof(Gradient) == 0,
                  "gradient(f, w, b) == formula: a gradient of several variables is no one "
                  "formula; compare each derivative, partial(f, w) == formula");
    return mistaken{};
  }
}

} // namespace detail

/// A gradient by one variable is the derivative by that.
template <class Gradient, expression Formula>
  requires detail::is_gradient<Gradient>
[[nodiscard]] constexpr bool operator==(const Gradient &gradient, const Formula &formula) {
  return detail::only_derivative(gradient) == formula;
}
template <expression Formula, class Gradient>
  requires detail::is_gradient<Gradient>
[[nodiscard]] constexpr bool operator==(const Formula &formula, const Gradient &gradient) {
  return formula == detail::only_derivative(gradient);
}
/// Two gradients by the same variables in one order are equal if all derivatives are.
template <class Left, class Right, class Parts>
[[nodiscard]] constexpr bool operator==(const gradient_of<Left, Parts> &left,
                                        const gradient_of<Right, Parts> &right) {
  return Parts::unpack([&](auto... parts) { return (... && (left[parts] == right[parts])); });
}

/// There is no proof of difference: say !(a == b) for "not proved equal".
template <expression Left, expression Right>
constexpr bool operator!=(Left, Right) {
  static_assert(sizeof(Left) == 0, "a != b: the compiler proves expressions equal, never "
                                   "different; write !(a == b) for \"not proved equal\"");
  return true;
}

} // namespace chainrule
