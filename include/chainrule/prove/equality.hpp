// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// a == b: whether the compiler proves that two expressions are the same function: equal at every
// finite real point where both are defined in exact arithmetic, that is, where nothing on the way
// is infinite or undefined; the side of a choice that is not taken need not be defined. Both are
// lowered and simplified; what still differs is compared in normal form, at last element by
// element. `true` is a proof. `false` means "not proved", which may also be for want of a rule.
// Read next: print/to_string.hpp.
#pragma once

#include <chainrule/program/lower.hpp>
#include <chainrule/prove/proof.hpp>

namespace chainrule {
namespace detail {

/// Ways to look for a proof, added up: with recurrences of few steps written out, with small
/// matrices written out by elements. And what came of it.
enum proof_way : int { proof_as_it_stands = 0, proof_unrolled = 1, proof_by_elements = 2 };
enum proof_result : int {
  proof_is_found = 1,
  proof_is_too_large = 2,
  proof_has_loops = 4,
  proof_has_matrices = 8
};

/// Looks for a proof of a == b in one way, with the work that one constant evaluation may do.
constexpr int proof_of(const expression_record &a, const expression_record &b, int way) {
  graph home;
  int work_left = proof_work();
  const list<int> sides =
      lowered_within(work_left, home, std::array{&a, &b}, form::simplified,
                     (way & proof_unrolled) != 0 ? recurrences::unrolled : recurrences::as_loops);
  if (sides.size == 0)
    return proof_is_too_large;
  if ((way & proof_by_elements) != 0 ? are_proved_by_elements(home, sides, work_left)
                                     : are_proved(home, sides, work_left))
    return proof_is_found;
  int result = work_left > 0 ? 0 : proof_is_too_large;
  for (const node &each : home.nodes) {
    result |= each.operation->role == loop_role::loop ? proof_has_loops : 0;
    result |= each.is_scalar() ? 0 : proof_has_matrices;
  }
  return result;
}

/// The way that is tried after one that has led to this result, or -1.
constexpr int next_way(int way, int result) {
  if ((result & proof_is_found) != 0)
    return -1;
  if ((way & proof_unrolled) == 0 && (result & proof_has_loops) != 0)
    return proof_unrolled;
  if ((way & proof_by_elements) == 0 && (result & proof_has_matrices) != 0)
    return way | proof_by_elements;
  return -1;
}

/// Whether a == b is proved.
constexpr bool proved(const expression_record &a, const expression_record &b) {
  int result = 0;
  if (a.shape == b.shape)
    for (int way = proof_as_it_stands; way >= 0; way = next_way(way, result))
      result = proof_of(a, b, way);
  return (result & proof_is_found) != 0;
}

struct equality; // what the message on a bare number names

template <class Left, class Right, int Way>
inline constexpr int proof_found = proof_of(record<Left>, record<Right>, Way);

/// What came of all ways, each of which is a constant of its own.
template <class Left, class Right, int Way = proof_as_it_stands>
constexpr int proof_in_any_way() {
  constexpr int result = proof_found<Left, Right, Way>, next = next_way(Way, result);
  if constexpr (next >= 0)
    return (result & proof_is_too_large) | proof_in_any_way<Left, Right, next>();
  else
    return result;
}

template <class Left, class Right>
inline constexpr bool is_proved = (proof_in_any_way<Left, Right>() & proof_is_found) != 0;

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
