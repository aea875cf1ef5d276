// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences in a graph. The body of a loop is nodes of the same graph, which depend on places:
// nodes without operands that are given a value in each round. A loop is one node whose operands
// are all that it consists of; it has no value, three kinds of nodes see it: the last value of a
// state, the values of a part of the body in all rounds, and their sum. What of a body does not
// depend on its places is computed once, outside. A graph knows of each node on which places it
// depends: node::scope has a bit for each depth of nested loops.
// Read next: fold.hpp.
#pragma once

#include <chainrule/operation/slice.hpp>

namespace chainrule {

/// What a loop consists of, as its operands: numbers, how often it runs, then for each state its
/// place, its initial and its next value, and for each element its place and the sequence, whose
/// row t is the element of step t.
struct loop_operation : operation {
  static constexpr std::string_view name = "loop"sv;
  static constexpr int arity = any_number;
  static constexpr int operations = 0;
  static constexpr loop_role role = loop_role::loop;

  static constexpr detail::shape result_shape(const detail::extents &) { return {}; }
  // Of the operands:
  static constexpr int depth = 0, way = 1, capacity = 2, states = 3, elements = 4, generation = 5,
                       around = 6, rounds = 7, first_state = 8;
};

/// The last value of the state with this place, or the initial one if there is no round.
struct loop_final_operation : operation {
  static constexpr std::string_view name = "final"sv;
  static constexpr int arity = 2;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr loop_role role = loop_role::seen;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &place) {
    return place.shape;
  }
};

/// The values of a part of the body in all rounds, in the order of the sequences: a row each, its
/// elements row by row; 0 where there is no round.
struct loop_sequence_operation : operation {
  static constexpr std::string_view name = "sequence"sv;
  static constexpr int arity = 3;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr loop_role role = loop_role::seen;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &part,
                                              const detail::extent &capacity) {
    return {detail::whole_number(capacity), part.shape.size()};
  }
};

/// The sum of the values of a part of the body in all rounds.
struct loop_total_operation : operation {
  static constexpr std::string_view name = "total"sv;
  static constexpr int arity = 2;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr loop_role role = loop_role::seen;

  static constexpr detail::shape result_shape(const detail::extent &, const detail::extent &part) {
    return part.shape;
  }
};

/// 0, 1, ..., count - 1, a row.
struct step_indices_operation : operation {
  static constexpr std::string_view name = "step_indices"sv;
  static constexpr int arity = 1;
  static constexpr int operations = 0;

  static constexpr detail::shape result_shape(const detail::extent &count) {
    return {1, detail::whole_number(count)};
  }
  static constexpr symbols adjoint(symbol, symbol, symbol) { return {{}}; }
  template <detail::extent Count, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *) {
    for (int i = 0; i < int(Count.number); ++i)
      out[i] = T(double(i));
  }
};

/// The row 0, 1, ..., Count - 1: bound among the inputs, i = step_indices<50>, it is the number of
/// the step.
template <int Count>
inline constexpr auto step_indices = detail::construct<step_indices_operation>(literal<Count>{});

/// How blocks stand: beside each other, or as rows, each a block row by row.
namespace detail {
enum class arranged : bool { beside, as_rows };
}

/// x of r rows and T blocks of c columns as T rows, each a block row by row, and back.
template <detail::arranged To>
struct blocks_operation : operation {
  static constexpr std::string_view name =
      To == detail::arranged::beside ? "blocks_beside"sv : "blocks_as_rows"sv;
  static constexpr int arity = 2;
  static constexpr int operations = 0;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  /// `number` is T, or of the inverse r.
  static constexpr detail::shape result_shape(const detail::extent &x,
                                              const detail::extent &number) {
    const int size = x.shape.size(), rows = detail::whole_number(number);
    return {rows, size / rows};
  }
  static constexpr symbols adjoint(symbol d, symbol x, symbol, symbol) {
    return {apply_operation<blocks_operation<
        To == detail::arranged::beside ? detail::arranged::as_rows : detail::arranged::beside>>(
        d, math::number(x.shape().rows))};
  }
  static constexpr void sources(const detail::extents &all, int row, int column,
                                detail::element_blocks &to) {
    const int columns = all.items[0].shape.columns / detail::whole_number(all.items[1]);
    to.push({0, column / columns, row * columns + column % columns}); // one way as the other
  }

  template <detail::extent X, detail::extent Number, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x, const T *) {
    constexpr bool is_inverse = To == detail::arranged::beside;
    constexpr int count = is_inverse ? X.shape.rows : int(Number.number);
    constexpr int rows = is_inverse ? int(Number.number) : X.shape.rows;
    constexpr int columns = X.shape.size() / (rows * count);
    for (int t = 0; t < count; ++t)
      for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j) {
          const int row_by_row = (t * rows + i) * columns + j;
          const int beside = (i * count + t) * columns + j;
          out[is_inverse ? beside : row_by_row] = x[is_inverse ? row_by_row : beside];
        }
  }
};

namespace detail {

/// A matrix of elements beside each other as a sequence.
constexpr symbol sequence_from_columns(symbol x, const shape &element, int count) {
  if (element.columns == 1)
    return apply_operation<transpose_operation>(x);
  if (element.rows == 1)
    return reshaped(x, {count, element.columns});
  return apply_operation<blocks_operation<arranged::as_rows>>(x, math::number(count));
}
/// A sequence as a matrix of its elements beside each other.
constexpr symbol columns_from_sequence(symbol x, const shape &element) {
  if (element.columns == 1)
    return apply_operation<transpose_operation>(x);
  if (element.rows == 1)
    return reshaped(x, {1, x.shape().size()});
  return apply_operation<blocks_operation<arranged::beside>>(x, math::number(element.rows));
}

/// How a loop goes, as one number.
constexpr int backward = 1, recomputed = 2;
constexpr int way_of_loop(bool is_backward, bool is_recomputed) {
  return (is_backward ? backward : 0) + (is_recomputed ? recomputed : 0);
}

/// A loop node, read.
struct loop_view {
  symbol node;

  constexpr int number(int which) const { return whole_operand(node, which); }
  constexpr int depth() const { return number(loop_operation::depth); }
  constexpr bool is_backward() const { return (number(loop_operation::way) & backward) != 0; }
  /// Whether nothing is kept of it for the way back.
  constexpr bool is_recomputed() const { return (number(loop_operation::way) & recomputed) != 0; }
  constexpr int capacity() const { return number(loop_operation::capacity); }
  constexpr int states() const { return number(loop_operation::states); }
  constexpr int elements() const { return number(loop_operation::elements); }
  constexpr symbol rounds() const { return node.operand(loop_operation::rounds); }

  constexpr symbol state(int k) const { return node.operand(first_of_state(k)); }
  constexpr symbol initial(int k) const { return node.operand(first_of_state(k) + 1); }
  constexpr symbol next(int k) const { return node.operand(first_of_state(k) + 2); }
  constexpr symbol element(int k) const { return node.operand(first_of_element(k)); }
  constexpr symbol sequence(int k) const { return node.operand(first_of_element(k) + 1); }

  static constexpr int first_of_state(int k) { return loop_operation::first_state + 3 * k; }
  constexpr int first_of_element(int k) const { return first_of_state(states()) + 2 * k; }
};

/// A loop in the making.
struct loop_parts {
  int depth = 1;
  bool is_backward = false, is_recomputed = false;
  int capacity = 0;
  symbol rounds;
  list<symbol> states;   // place, initial value, next value of each
  list<symbol> elements; // place and sequence of each

  constexpr symbol made(graph &home) const {
    list<int> operands;
    for (const int number : {depth, way_of_loop(is_backward, is_recomputed), capacity,
                             states.size / 3, elements.size / 2, 0, 0})
      operands.push(home.constant(number).index);
    operands.push(rounds.index);
    for (const symbol each : states)
      operands.push(each.index);
    for (const symbol each : elements)
      operands.push(each.index);
    return home.make(operation_record_of<loop_operation>::value, operands);
  }
};

/// How many rounds a number means: the next whole number of them, from 0 to the capacity; of NaN
/// none. A scalar that is no number of the compiler's is counted up to.
template <class Scalar>
CHAINRULE_INLINE constexpr int rounds_within(int capacity, const Scalar &wanted) {
  if constexpr (std::floating_point<Scalar>) {
    if (!(wanted > 0))
      return 0;
    if (wanted >= Scalar(capacity))
      return capacity;
    const int below = static_cast<int>(wanted);
    return below + (Scalar(below) < wanted ? 1 : 0);
  } else {
    int result = 0;
    while (result < capacity && Scalar(result) < wanted)
      ++result;
    return result;
  }
}

constexpr symbol final_of(symbol loop, symbol state) {
  return apply_operation<loop_final_operation>(loop, state);
}
/// The loop of which a part is seen: once more as what is younger than the part, so that whoever
/// goes through the graph meets what is seen of a loop, then the loop, then the parts of its body;
/// code has only one of them. And where the part depends on places around the loop, which nothing
/// else in the loop may do, as one that depends on them, or it would be run outside.
constexpr symbol loop_around(symbol loop, symbol part) {
  graph &home = *loop.home;
  const std::uint32_t own = std::uint32_t{1} << loop_view{loop}.depth();
  const std::uint32_t before = home.nodes.items[loop.index].scope;
  const std::uint32_t after = before | (home.nodes.items[part.index].scope & ~own);
  if (part.index < loop.index && after == before)
    return loop;
  list<int> operands;
  operands.append(home.inputs_of(loop.index).at, loop.operands());
  if (after != before)
    operands.items[loop_operation::around] = home.place(after, 0, {}, gating::open).index;
  operands.items[loop_operation::generation] = home.constant(home.nodes.size).index;
  return home.make(operation_record_of<loop_operation>::value, operands);
}

constexpr symbol sequence_of(symbol loop, symbol part) {
  const loop_view view{loop};
  for (int k = 0; k < view.elements(); ++k)
    if (view.element(k) == part && view.rounds().is(view.capacity()))
      return view.sequence(k);
  return apply_operation<loop_sequence_operation>(loop_around(loop, part), part,
                                                  math::number(view.capacity()));
}
constexpr symbol total_of(symbol loop, symbol part) {
  return apply_operation<loop_total_operation>(loop_around(loop, part), part);
}

/// What a recurrence is written as. Its operands: numbers, how often it runs, what it shows of each
/// round, then the variables of its states, their initial values and their next ones, then those
/// of its elements and the matrices that they are columns of, or blocks of columns.
struct recurrence_layout {
  static constexpr int states = 0, elements = 1, which = 2, capacity = 3, way = 4, rounds = 5,
                       shown = 6, first_state = 7;

  const expression_record &of;

  constexpr int number(int which_one) const {
    return static_cast<int>(of.operands[which_one]->value.numerator);
  }
  constexpr bool is_backward() const { return (number(way) & backward) != 0; }
  constexpr bool is_recomputed() const { return (number(way) & recomputed) != 0; }
  static constexpr int state(int k) { return first_state + k; }
  constexpr int initial(int k) const { return state(k) + number(states); }
  constexpr int next(int k) const { return initial(k) + number(states); }
  constexpr int element(int k) const { return first_state + 3 * number(states) + k; }
  constexpr int sequence(int k) const { return element(k) + number(elements); }
  constexpr int places() const { return number(states) + number(elements); }
  constexpr int variable(int place) const {
    return place < number(states) ? state(place) : element(place - number(states));
  }
  /// The number of the place that a variable stands for in the body, or -1.
  constexpr int place_of(const expression_record &part) const {
    for (int i = 0; i < places(); ++i)
      if (*of.operands[variable(i)] == part)
        return i;
    return -1;
  }
  /// Whether an operand belongs to the body.
  constexpr bool is_inside(int operand) const {
    return operand == shown || (operand >= first_state && operand < initial(0)) ||
           (operand >= next(0) && operand < sequence(0));
  }
  /// Whether an operand is a value that it is given from outside.
  constexpr bool is_value(int operand) const {
    return operand == rounds || (operand >= initial(0) && operand < next(0)) ||
           operand >= sequence(0);
  }
  /// Whether both bind the same variables.
  constexpr bool binds_as(const recurrence_layout &other) const {
    bool result = number(states) == other.number(states) && places() == other.places();
    for (int i = 0; result && i < places(); ++i)
      result = *of.operands[variable(i)] == *other.of.operands[other.variable(i)];
    return result;
  }
};

/// What of a recurrence it is.
enum class shows : bool { last, path };

} // namespace detail

/// The last value of a state, or what is shown of all rounds, beside each other.
template <detail::shows What>
struct recurrence_operation : operation {
  static constexpr std::string_view name = What == detail::shows::path ? "scan"sv : "fold"sv;
  static constexpr int arity = any_number;
  static constexpr loop_role role = loop_role::written;

  static constexpr detail::shape result_shape(const detail::extents &all) {
    const auto number = [&](int which) { return detail::whole_number(all.items[which]); };
    using at = detail::recurrence_layout;
    if constexpr (What == detail::shows::path) {
      const detail::shape of = all.items[at::shown].shape;
      return {of.rows, of.columns * number(at::capacity)};
    } else {
      return all.items[at::first_state + number(at::which)].shape;
    }
  }
};

using fold_operation = recurrence_operation<detail::shows::last>;
using scan_operation = recurrence_operation<detail::shows::path>;

namespace detail {

constexpr bool is_recurrence(const expression_record &network) {
  return network.operation->role == loop_role::written;
}

} // namespace detail
} // namespace chainrule
