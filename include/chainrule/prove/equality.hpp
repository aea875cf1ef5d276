// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// a == b: whether the compiler proves that two expressions are the same function, wherever both
// are defined. Both are lowered and simplified; what still differs is compared in normal form.
// `true` is a proof. `false` means "not proved", which may also be for want of a rule.
// Read next: check/gradient_check.hpp.
#pragma once

#include <chainrule/program/lower.hpp>
#include <chainrule/prove/normal_form.hpp>

namespace chainrule {
namespace detail {

/// The definition of operation(operands); rules might make of it what it defines.
constexpr symbol defined_as(graph &home, const operation_record &operation, operand_list operands) {
  if (!operation.has_definition)
    return {};
  const rewriting_as defining(home, rewriting::but_named_rules_rest);
  return operation.definition(home, operands);
}

/// Whether a == b is proved.
constexpr bool proved(const expression_record &a, const expression_record &b) {
  if (!(a.shape == b.shape))
    return false;
  graph home;
  list<int> sides = lowered(home, std::array{&a, &b});
  // Definitions may hold operations that have definitions: three rounds reach the bottom of all.
  for (int round = 0; round < 3 && sides.items[0] != sides.items[1]; ++round)
    rebuild(home, sides, [&](int index, operand_list operands, bool changed) {
      const operation_record &operation = *home.nodes.items[index].operation;
      if (const symbol defined = defined_as(home, operation, operands); defined.exists())
        return defined.index;
      // Parts of what is now written out are simpler; what is no function of elements is its own.
      return !changed                   ? index
             : operation.is_elementwise ? home.written(operation, operands).index
                                        : home.make(operation, operands).index;
    });
  bool equal = sides.items[0] == sides.items[1];
  for (const written_out what :
       {written_out::arithmetic, written_out::exponentials, written_out::products}) {
    bool matters = what != written_out::products;
    for (int i = 0; i < home.nodes.size; ++i)
      matters = matters || home.nodes.items[i].operation->is_linear;
    if (equal || !matters)
      break;
    normal_forms forms(home, what);
    equal = forms.equal(sides.items[0], sides.items[1]);
  }
  return equal;
}

struct equality; // what the message on a bare number names

template <class Left, class Right>
inline constexpr bool is_proved = proved(record<Left>, record<Right>);

} // namespace detail

/// Proves, at compile time, that two expressions are the same function wherever both are defined.
/// `false` means "not proved".
template <class Left, class Right>
  requires(expression<Left> || expression<Right>)
[[nodiscard]] constexpr bool operator==(const Left &left, const Right &right) {
  return detail::is_proved<decltype(detail::as_expression<detail::equality>(left)),
                           decltype(detail::as_expression<detail::equality>(right))>;
}

/// There is no proof of difference: say !(a == b) for "not proved equal".
template <expression Left, expression Right>
constexpr bool operator!=(Left, Right) {
  static_assert(sizeof(Left) == 0, "a != b: the compiler proves expressions equal, never "
                                   "different; write !(a == b) for \"not proved equal\"");
  return true;
}

} // namespace chainrule
