// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The words in which graphs speak of operations. operation_record: what the library knows of an
// operation, its properties and its rules, as a value; whoever needs to know of an operation asks
// its record. symbol: one node of a graph, in which rules are written as formulas.
// Read next: node.hpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string_view>

#include <chainrule/graph/identity.hpp>
#include <chainrule/graph/list.hpp>
#include <chainrule/graph/shape.hpp>
#include <chainrule/math/number.hpp>

namespace chainrule {

/// Names and formulas are "log"sv, which tells their length: counted a character at a time in
/// constant evaluation, they took a fiftieth of the header.
using std::string_view_literals::operator""sv;

namespace detail {

class graph;
struct operation_record;

/// What the shape rule of an operation is told of its operands.
using extents = list<extent>;

/// A block of elements of an operand, and the blocks that an element is made of.
struct element_block {
  int operand, row, column, rows = 1, columns = 1;
};
using element_blocks = list<element_block>;

/// Operands by index: those that a node has, or is to have.
struct operand_list {
  const int *at = nullptr;
  int count = 0;

  constexpr operand_list(const int *first, int size) : at(first), count(size) {}
  constexpr operand_list(const list<int> &all) : at(all.items), count(all.size) {}
  template <std::size_t Count>
  constexpr operand_list(const int (&all)[Count]) : at(all), count(static_cast<int>(Count)) {}
  constexpr int operator[](int which) const { return at[which]; }
};

} // namespace detail

/// The arity of an operation that takes any number of operands.
inline constexpr int any_number = -1;

/// One node of a graph, named by its index. Not a number: `a + b` adds a node.
struct symbol {
  detail::graph *home = nullptr;
  int index = -1;

  constexpr bool exists() const { return index >= 0; }
  friend constexpr bool operator==(const symbol &a, const symbol &b) { return a.index == b.index; }

  constexpr const detail::operation_record *operation() const;
  constexpr int operands() const; // their number
  constexpr symbol operand(int which) const;
  constexpr bool is_number() const;
  constexpr const math::number &value() const; // of a number
  constexpr bool is(const math::number &expected) const;
  constexpr bool is(std::int64_t expected) const; // the same, with fewer calls
  constexpr detail::shape shape() const;
};

/// What an adjoint rule hands back: for each operand the node that flows to it, or none.
struct symbols : detail::list<symbol> {
  constexpr symbols() = default;
  constexpr symbols(std::initializer_list<symbol> parts)
      : list(static_cast<int>(parts.size()), symbol{}) {
    int next = 0;
    for (const symbol part : parts)
      items[next++] = part;
  }
};

/// How an operation is written: f(a, b), -a, a + b, as its definition in other operations, or with
/// the numbers that follow its operand in front, f<0, 2>(a).
enum class notation : std::uint8_t { function, prefix, infix, definition, part };

/// Whether the result is positive wherever it is a real number: always, as exp(x), where all
/// operands are, as a + b, or not for certain; never negative: a root, a square. (exp(sqrt(x)) is
/// NaN for x < 0.)
enum class positivity : std::uint8_t { uncertain, with_operands, never_negative, always };

/// When the result is 0 because operands are: if any is (a * b), the first (a / b), or all (a + b);
/// of a choice, where a side is taken that is the number 0 or 0 because its operands are. Of what
/// moves elements, with factors of one sign: an element, if all are that it is made of.
enum class zero_rule : std::uint8_t { none, any, first, all, choice };

/// What flows back may be 0 because it is saturated, as the slope of tanh at infinity: exp(x) grows
/// there, but what is made of it falls faster, and a density falls faster than any power. Or
/// because something is not taken: by a rectifier, which takes or leaves what its condition is made
/// of, or by a choice, beside which anything may stand.
enum class gating : std::uint8_t { open, saturated, vanishing, rectified, chosen };

/// Whether a result is finite: as the arguments are, or where products of arguments do not
/// overflow, or not at all finite arguments.
enum class finiteness : std::uint8_t { as_arguments, may_overflow, may_be_infinite };

/// A loop, or what sees something of one, its first operand; a recurrence as it is written.
enum class loop_role : std::uint8_t { none, loop, seen, written };

namespace detail {

/// Families of operations, and matrices, each a bit: where a graph has none of one, its rules are
/// passed over, which were half of the compiler's rewriting where nothing is there to rewrite.
struct family {
  static constexpr int growing = 1, roots = 2, softplus = 4, choices = 8, matrices = 16;
};

/// So often can be differentiated what has all its derivatives.
inline constexpr int unlimited = std::numeric_limits<int>::max();

constexpr symbol no_answer(symbol) { return {}; }

/// What the graph code knows of an operation; written by operation/rules.hpp.
struct operation_record {
  const mark *type = nullptr;    // what it is
  std::uint64_t fingerprint = 0; // a hash of that
  std::string_view name;
  int arity = 0; // or any_number
  notation written = notation::function;
  int precedence = 10;
  bool is_commutative = false;  // of two operands
  bool may_be_infinite = false; // for finite operands: 1/x, log x, exp x
  bool may_overflow = false;    // for finite operands that are no constants: a * b, a^2
  bool is_rectifier = false;    // what it makes counts as an argument: layers are no products
  zero_rule zero_if = zero_rule::none;
  gating gate = gating::open; // of a choice, or of what falls
  bool is_growing = false;    // as exp
  int families = 0;
  bool is_odd = false; // f(-x) = -f(x)
  positivity is_positive = positivity::uncertain;
  bool is_foreign = false;   // not one of the library's
  bool is_linear = false;    // in each operand
  bool is_rewritten = false; // rules of rewrite/ speak of it
  bool is_condition = false;
  int conditions = 0;   // how many of the operands are conditions, the first ones
  int operations = 1;   // of the floating-point unit
  int exponentials = 0; // calls of exp
  int transcendentals = 0;
  bool is_elementwise = true;
  bool is_placement = false; // of all elements of the first operand, each once; the rest is 0
  bool is_transpose = false; // so that a vector's numbers stay in order
  loop_role role = loop_role::none;
  bool is_derivative = false;  // of the first operand
  int derivatives = unlimited; // that the library has of it
  // The rules, null where an operation has none, and whether it has them: under
  // -fsanitize=undefined g++ 12 compares no addresses in constant evaluation.
  symbol (*simplified)(graph &, operand_list) = nullptr;
  symbol (*derivative)(symbol operand, symbol result) = nullptr;
  void (*adjoint)(symbol flow, operand_list operands, symbol result, list<symbol> &parts) = nullptr;
  symbol (*definition)(graph &, operand_list) = nullptr;
  void (*announce)(graph &, operand_list) = nullptr;                               // before code
  symbol (*code)(graph &, operand_list original, operand_list operands) = nullptr; // machine steps
  symbol (*squared)(graph &, operand_list) = nullptr; // the square, of a root of squares
  symbol (*log_of)(graph &, operand_list) = nullptr;  // the logarithm of the result
  shape (*result_shape)(const extents &operands) = nullptr;
  long long (*all_operations)(const extents &operands) = nullptr;
  void (*sources)(const extents &operands, int row, int column, element_blocks &to) = nullptr;
  symbol (*element)(symbol whole, const symbols &sources) = nullptr; // of numbers
  bool has_simplified = false;
  bool has_derivative = false;
  bool has_adjoint = false;
  bool has_definition = false;
  bool is_root_of_squares = false;
  bool has_announcement = false;
  bool has_code = false;
  bool has_all_operations = false;
  bool has_log = false;
  bool has_element = false;
  // What others ask of an operation of one operand; no symbol where it has no answer.
  symbol (*logarithm)(symbol operand) = no_answer;
  symbol (*complement)(symbol operand) = no_answer;
  symbol (*mirrored)(symbol operand) = no_answer;
  symbol (*in_exponentials)(symbol operand) = no_answer;
  void (*announce_difference)(symbol operand) = [](symbol) {};
  symbol (*difference)(symbol result, symbol other) = [](symbol, symbol) { return symbol{}; };

  friend constexpr bool operator==(const operation_record &a, const operation_record &b) {
    return a.fingerprint == b.fingerprint && is_same_object(*a.type, *b.type);
  }
};

/// A named input or an exact constant: what a node without operands stands for.
inline constexpr operation_record variable_record{.type = &mark_of<struct variable_node>,
                                                  .fingerprint = fingerprint_of(kind::variable),
                                                  .name = "variable",
                                                  .operations = 0};
inline constexpr operation_record number_record{.type = &mark_of<struct number_node>,
                                                .fingerprint = fingerprint_of(kind::number),
                                                .name = "number",
                                                .operations = 0};

/// What stands where a formula has a mistake; no graph has it.
inline constexpr operation_record mistake_record{
    .type = &mark_of<struct mistake_node>, .name = "mistake", .is_condition = true};

/// What is given a value in each round of a loop.
inline constexpr operation_record place_record{.type = &mark_of<struct place_node>,
                                               .fingerprint = fingerprint_of(kind::place),
                                               .name = "place",
                                               .operations = 0};

/// A variable as the graph sees it.
struct variable_name {
  std::string_view text;
  std::uint64_t fingerprint = 0;
  detail::shape shape{};

  friend constexpr bool operator==(const variable_name &a, const variable_name &b) {
    return a.fingerprint == b.fingerprint && a.shape == b.shape && a.text == b.text;
  }
};

/// Which rewrites take effect as nodes are made.
enum class rewriting : std::uint8_t {
  all,
  /// While a network is differentiated, constant factors and signs stay where they are: moved
  /// outward from a flow they would be paid again in each derivative that it reaches.
  but_factors_stay,
  /// While code or a proof is made, what has a name rests: softmax is made of just what it would
  /// make a softmax of.
  but_named_rules_rest
};

/// A rewrite in which several operations meet, as explain() names it.
struct rewrite_rule {
  std::string_view formula;
  std::string_view domain;
  std::string_view gain;
};

} // namespace detail
} // namespace chainrule
