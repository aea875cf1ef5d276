// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// CHAINRULE_FORMULA(gelu, Operand)(const Operand &x) { ... }: a function of expressions, together
// with what it says where it is called with numbers only, gelu(0.5), or with too few or too many
// operands, gelu(x, y, z): one sentence. That overload is chosen where nothing else fits: a
// conversion by a constructor is worse than any conversion of numbers, and a template worse than a
// function. So exp(2) is std::exp where that is in sight, and a user's own gelu(double) stays the
// one that is called. Read next: arithmetic.hpp.
#pragma once

#include <chainrule/expression/expression.hpp>

namespace chainrule::detail {

/// One, or one and what varies the function: a slope, a scale, by_row.
inline constexpr int one_or_two = -1;

/// What a call comes to that no formula is made of: the error. Of so many operands there is one.
template <class T, int Operands, class Result = mistaken>
constexpr Result refused() {
  constexpr bool is_right = sizeof(T) == 0;
  static_assert(
      is_right || Operands != 1,
      "gelu(0.5), sigmoid(x, w): this function of chainrule makes a formula of one expression and "
      "was given another number of them, or numbers only; its value at a number is compile(f(x))(x "
      "= 0.5), and a constant in a formula is a literal, 0.5_c");
  static_assert(is_right || Operands != one_or_two,
                "relu(0.5), softmax(Z, x): this function of chainrule makes a formula of one "
                "expression, or of one and a second operand of its kind, relu(x, 0.5_c), "
                "softmax(Z, by_row), and was given others, or numbers only; its value at a number "
                "is compile(f(x))(x = 0.5), and a constant in a formula is a literal, 0.5_c");
  static_assert(
      is_right || Operands != 2,
      "pow(2, 3), dot(v): this function of chainrule makes a formula of two operands, one of them "
      "an expression at least, and was given another number of them, or numbers only; of each row "
      "or column dot and weighted_logsumexp have an axis behind them, dot(A, B, by_row); its value "
      "at a number is compile(f(x))(x = 0.5), and a constant in a formula is a literal, 0.5_c");
  static_assert(is_right || Operands != 3,
                "clamp(2, 0, 1), select(a, b): this function of chainrule makes a formula of three "
                "operands, one of them an expression at least, and was given another number of "
                "them, or numbers only; its value at a number is compile(f(x))(x = 0.5), and a "
                "constant in a formula is a literal, 0.5_c");
  static_assert(is_right || Operands != 0,
                "max(1, 2), hypot(x): this function of chainrule makes a formula of two operands "
                "or more, one of them an expression at least, and was given another number of "
                "them, or numbers only; the largest element of one matrix is max(X), and of each "
                "row or column max(X, by_row), so of min; its value at a number is compile(f(x))(x "
                "= 0.5), and a "
                "constant in a formula is a literal, 0.5_c");
  return {};
}

// False, but only once they are known: the compiler prints with the message of how many expressions
// at least and at most a formula is made.
template <int Least, int Most>
inline constexpr bool takes_expressions = false;

/// The same of a function all of whose operands are expressions.
template <class T, int Least, int Most>
constexpr mistaken refused_expressions() {
  static_assert(
      sizeof(T) == 0 || takes_expressions<Least, Most>,
      "rows_of<0, 2>(x), gather(W, labels), gru()(X): this function of chainrule makes a formula "
      "of expressions, of as many as takes_expressions<least, most> in this message says, behind "
      "the "
      "whole numbers in angle brackets where there are any, and was given another number of them, "
      "other brackets, or numbers; a constant is a literal, 0.5_c, and what is known only at run "
      "time a variable");
  return {};
}

/// The same of a derivative with respect to parts.
template <class T, int Least>
constexpr mistaken refused_parts() {
  static_assert(sizeof(T) == 0 || takes_expressions<Least, 0>,
                "jacobian(f, x, y), hessian_times(f, v, x): f, a direction where there is one, and "
                "behind them a variable or part of f at least, by which it is differentiated; "
                "there are fewer operands");
  return {};
}

/// The same of what makes a layer.
template <class T, class...>
constexpr mistaken refused_layer() {
  static_assert(
      sizeof(T) == 0,
      "dense<name, Inputs, Outputs>(activation), conv1d, conv2d, sequential(layer, layer), "
      "rnn<name, Inputs, Units>(), gru, lstm, embedding<name, Words, Size>(): a layer is "
      "made of one activation, a function as tanh is, of layers, or of nothing, and was given "
      "something else; "
      "what goes into a layer stands behind it in parentheses of its own, rnn<\"r\", 3, "
      "2>()(X)");
  return {};
}

} // namespace chainrule::detail

// NOLINTBEGIN(bugprone-macro-parentheses): these arguments are names that are declared

#define CHAINRULE_REFUSED(name, Operands)                                                          \
  template <class Number = double>                                                                 \
  constexpr auto name(detail::bare = 0, ...) {                                                     \
    return detail::refused<Number, Operands>();                                                    \
  }

/// What stands behind the functions of that name, which take expressions only. Numbers in brackets
/// may be any, also too few of them.
#define CHAINRULE_EXPRESSIONS_ONLY(name, Least, Most)                                              \
  template <auto..., class Number = double>                                                        \
  constexpr auto name(detail::bare = 0, ...) {                                                     \
    return detail::refused_expressions<Number, Least, Most>();                                     \
  }

/// The same of a layer.
#define CHAINRULE_CALLED_WITH(Least, Most)                                                         \
  template <class Number = double>                                                                 \
  constexpr auto operator()(detail::bare = 0, ...) const {                                         \
    return detail::refused_expressions<Number, Least, Most>();                                     \
  }

/// What stands behind the functions of that name, which make layers: of
/// detail::bare, or where they are not made of nothing of detail::bare = 0.
#define CHAINRULE_LAYER(name, First)                                                               \
  template <fixed_string, auto..., class Number = double>                                          \
  constexpr auto name(First, ...) {                                                                \
    return detail::refused_layer<Number>();                                                        \
  }

/// What stands behind derivatives with respect to parts, of as many operands at least.
#define CHAINRULE_OF_PARTS(name, Least)                                                            \
  template <class Number = double>                                                                 \
  constexpr auto name(detail::bare = 0, ...) {                                                     \
    return detail::refused_parts<Number, Least>();                                                 \
  }

/// name of one operand; its parameters and its body follow.
#define CHAINRULE_FORMULA(name, Operand)                                                           \
  CHAINRULE_REFUSED(name, 1)                                                                       \
  CHAINRULE_OVERLOAD(name, Operand)

/// The same of a function that has an overload with a second operand.
#define CHAINRULE_FORMULA_OF_ONE_OR_TWO(name, Operand)                                             \
  CHAINRULE_REFUSED(name, detail::one_or_two)                                                      \
  CHAINRULE_OVERLOAD(name, Operand)

/// The same beside a formula of that name of another number of operands.
#define CHAINRULE_OVERLOAD(name, Operand)                                                          \
  template <class Operand>                                                                         \
    requires operands_of_network<Operand>                                                          \
  constexpr auto name

#define CHAINRULE_FORMULA_OF_TWO(name, First, Second)                                              \
  CHAINRULE_REFUSED(name, 2)                                                                       \
  CHAINRULE_OVERLOAD_OF_TWO(name, First, Second)

#define CHAINRULE_OVERLOAD_OF_TWO(name, First, Second)                                             \
  template <class First, class Second>                                                             \
    requires operands_of_network<First, Second>                                                    \
  constexpr auto name

#define CHAINRULE_FORMULA_OF_THREE(name, First, Second, Third)                                     \
  CHAINRULE_REFUSED(name, 3)                                                                       \
  template <class First, class Second, class Third>                                                \
    requires operands_of_network<First, Second, Third>                                             \
  constexpr auto name

/// Of two or more: Rest is a pack.
#define CHAINRULE_FORMULA_OF_MANY(name, First, Second, Rest)                                       \
  CHAINRULE_REFUSED(name, 0)                                                                       \
  template <class First, class Second, class... Rest>                                              \
    requires operands_of_network<First, Second, Rest...>                                           \
  constexpr auto name

// NOLINTEND(bugprone-macro-parentheses)
