// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// An operation on elements, run on the numbers of a tape. On the library's own ones it is one node,
// whatever its value is made of: its slopes are those of dual numbers. What is chosen is no node.
// On numbers of other libraries it is their operators and functions.
// Read next: activity.hpp.
#pragma once

#include <tuple>

#include <chainrule/benchmark/forward.hpp>
#include <chainrule/operation/loss.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// An operand of an operation on elements: a number of the tape, or a double.
CHAINRULE_INLINE inline double as_double(double x) { return x; }
template <tape::told_slopes Number>
CHAINRULE_INLINE inline double as_double(const Number &x) {
  return value_of(x);
}

template <class Operation>
inline constexpr bool is_choice =
    std::same_as<Operation, max_operation> || std::same_as<Operation, min_operation>;

/// The slopes of an operation by those operands that are no double: the dual numbers of the others
/// have none.
template <class Operation, class Number, class... Operands>
CHAINRULE_INLINE inline Number combined(const Operands &...operands) {
  constexpr int count = (... + (std::same_as<Operands, double> ? 0 : 1));
  int next = 0;
  const auto local = [&next](const auto &x) CHAINRULE_INLINE_CALL {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(x)>, double>)
      return math::dual<count>(x);
    else
      return math::dual<count>(value_of(x), next++);
  };
  const std::tuple<decltype(local(operands))...> locals{local(operands)...}; // in this order
  const auto result = std::apply(
      [](const auto &...each) CHAINRULE_INLINE_CALL { return Operation::value(each...); }, locals);
  const auto chosen = [](const auto &x) CHAINRULE_INLINE_CALL {
    if constexpr (std::same_as<std::remove_cvref_t<decltype(x)>, double>)
      return std::tuple<>{};
    else
      return std::tie(x);
  };
  return std::apply(
      [&](const auto &...each)
          CHAINRULE_INLINE_CALL { return Number::combined(result.value, result.slopes, each...); },
      std::tuple_cat(chosen(operands)...));
}

/// An operation on elements, of which one at least is no double.
template <class Operation, class Number, class... Operands>
CHAINRULE_INLINE inline Number applied(const Operands &...operands) {
  const auto run = [](const auto &f, const auto &...all)
                       CHAINRULE_INLINE_CALL { return Number(f(all...)); };
  if constexpr (std::same_as<Operation, add_operation>)
    return (... + operands);
  else if constexpr (std::same_as<Operation, subtract_operation>)
    return (... - operands);
  else if constexpr (std::same_as<Operation, multiply_operation>)
    return (... * operands);
  else if constexpr (std::same_as<Operation, divide_operation>)
    return (... / operands);
  else if constexpr (std::same_as<Operation, negate_operation>)
    return (-operands, ...);
  else if constexpr (std::same_as<Operation, select_operation>)
    return run([](double condition, const auto &a, const auto &b)
                   CHAINRULE_INLINE_CALL { return condition == 0 ? Number(b) : Number(a); },
               operands...);
  else if constexpr (std::same_as<Operation, relu_operation>)
    return run([](const auto &x)
                   CHAINRULE_INLINE_CALL { return value_of(x) > 0 ? x : Number(0.0); },
               operands...);
  else if constexpr (std::same_as<Operation, sigmoid_operation> && requires(Number x) { x.number; })
    return run([](const auto &z) CHAINRULE_INLINE_CALL { return 1.0 / (1.0 + exp(-z)); },
               operands...);
  else if constexpr (std::same_as<Operation, sigmoid_operation>)
    return tape::sigmoid(operands...);
  else if constexpr (std::same_as<Operation, softplus_operation> && tape::own_number<Number>)
    return tape::softplus(operands...);
  else if constexpr (std::same_as<Operation, binary_cross_entropy_with_logits_operation> &&
                     requires { tape::binary_cross_entropy_with_logits(operands...); })
    return tape::binary_cross_entropy_with_logits(operands...);
  else if constexpr (is_choice<Operation> || requires(Number x) { x.number; })
    return Operation::value(Number(operands)...);
  else
    return combined<Operation, Number>(operands...);
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
