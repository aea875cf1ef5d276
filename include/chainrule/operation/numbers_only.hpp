// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// CHAINRULE_FORMULA(relu, Operand)(const Operand &x) { ... }: a function of expressions, together
// with what it says where it is called with numbers only, relu(0.5): one sentence. That overload is
// chosen where nothing else fits: a conversion by a constructor is worse than any conversion of
// numbers, and a template worse than a function. So exp(2) is std::exp where that is in sight, and
// a user's own relu(double) stays the one that is called. Read next: arithmetic.hpp.
#pragma once

namespace chainrule::detail {

/// A number of any type in the place of an expression.
struct bare {
  constexpr bare(long double) {}
};

/// What a call with numbers only comes to: the error.
template <class T>
constexpr double refused() {
  static_assert(sizeof(T) == 0,
                "relu(0.5), max(1, 2): a function of chainrule makes a formula of expressions and "
                "was given numbers only; its value at a number is compile(relu(x))(x = 0.5), and "
                "a constant in a formula is a literal, relu(0.5_c)");
  return 0;
}

} // namespace chainrule::detail

// NOLINTBEGIN(bugprone-macro-parentheses): these arguments are names that are declared

/// name of one operand; its parameters and its body follow.
#define CHAINRULE_FORMULA(name, Operand)                                                           \
  template <class Number = double>                                                                 \
  constexpr double name(detail::bare) {                                                            \
    return detail::refused<Number>();                                                              \
  }                                                                                                \
  template <class Operand>                                                                         \
    requires operands_of_network<Operand>                                                          \
  constexpr auto name

#define CHAINRULE_FORMULA_OF_TWO(name, First, Second)                                              \
  template <class Number = double>                                                                 \
  constexpr double name(detail::bare, detail::bare) {                                              \
    return detail::refused<Number>();                                                              \
  }                                                                                                \
  template <class First, class Second>                                                             \
    requires operands_of_network<First, Second>                                                    \
  constexpr auto name

#define CHAINRULE_FORMULA_OF_THREE(name, First, Second, Third)                                     \
  template <class Number = double>                                                                 \
  constexpr double name(detail::bare, detail::bare, detail::bare) {                                \
    return detail::refused<Number>();                                                              \
  }                                                                                                \
  template <class First, class Second, class Third>                                                \
    requires operands_of_network<First, Second, Third>                                             \
  constexpr auto name

/// Of two or more: Rest is a pack.
#define CHAINRULE_FORMULA_OF_MANY(name, First, Second, Rest)                                       \
  template <class Number = double>                                                                 \
  constexpr double name(detail::bare, detail::bare, ...) {                                         \
    return detail::refused<Number>();                                                              \
  }                                                                                                \
  template <class First, class Second, class... Rest>                                              \
    requires operands_of_network<First, Second, Rest...>                                           \
  constexpr auto name

// NOLINTEND(bugprone-macro-parentheses)
