// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences: the groups of a body, run in rounds. A number that changes from round to round is a
// register; of a matrix the registers hold only where it is, which moves from round to round. A
// number is never read or written by its address, or compilers would leave it in memory.
// Read next: checks.hpp.
#pragma once

#include <chainrule/code/loops.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

template <class List, std::size_t First, std::size_t Count, class Scalar>
CHAINRULE_INLINE constexpr void run_groups(auto &r, const memory<Scalar> &where);

/// The shape of what changes in each round, or is seen of it.
template <class List, std::size_t Link>
inline constexpr shape shape_of_link = [] {
  constexpr link here = program_of<List>::value.links[Link];
  constexpr bool is_seen = here.what == link::sequence || here.what == link::total;
  return program_of<List>::value.extent_of(is_seen ? here.from : here.place).shape;
}();

template <class List, int Register>
CHAINRULE_INLINE constexpr auto &number_in(auto &r) {
  return r.results[Register - program_of<List>::value.first_constant];
}

/// The first element of a matrix that is seen of a recurrence.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr Scalar *place_of_link(const memory<Scalar> &where) {
  constexpr const auto &program = program_of<List>::value;
  return result_place<List, static_cast<std::size_t>(program.links[Link].place -
                                                     program.first_result)>(where);
}

/// The sum over all rounds to which a matrix of each round goes and nothing else: its link, or -1.
template <class List, std::size_t Instruction>
inline constexpr int total_of = [] {
  constexpr const auto &program = program_of<List>::value;
  const int result = program.first_result + static_cast<int>(Instruction);
  int found = -1, readers = program.code[Instruction].output >= 0 ? 1 : 0;
  for (const recurrence &loop : program.loops)
    for (int i = loop.first_link; i < loop.first_link + loop.link_count; ++i) {
      const link &each = program.links.items[i];
      if (each.from != result && (each.what != link::state || each.next != result))
        continue;
      ++readers;
      if (each.what == link::total &&
          program.groups.items[program.placings.items[Instruction].group].parent == loop.group)
        found = i;
    }
  if (found >= 0)
    for (const int input : program.inputs)
      readers += input == result ? 1 : 0;
  return readers == 1 && !program.extent_of(result).shape.is_scalar() ? found : -1;
}();

/// Whether kernels add an operation to a matrix that is there.
template <class Kernels, class Operation>
inline constexpr bool can_be_added = false;
template <class Kernels, class Operation>
  requires requires { requires Kernels::template adds<Operation>; }
inline constexpr bool can_be_added<Kernels, Operation> = true;

/// Whether an instruction adds its result to such a sum itself: a product that is stored and then
/// added passes over the sum once more.
template <class List, std::size_t Instruction, class Kernels>
inline constexpr bool is_added = [] {
  if constexpr (can_be_added<Kernels,
                             operation_of<*program_of<List>::value.code[Instruction].operation>>)
    return total_of<List, Instruction> >= 0;
  else
    return false;
}();
template <class List, std::size_t Link, class Kernels>
inline constexpr bool adds_itself = [] {
  constexpr const auto &program = program_of<List>::value;
  constexpr int from = program.links[Link].from - program.first_result;
  if constexpr (from >= 0)
    return is_added<List, std::size_t(from), Kernels>;
  else
    return false;
}();

template <class Scalar>
CHAINRULE_INLINE constexpr void copy_elements(Scalar *to, const Scalar *from, int count) {
  for (int i = 0; i < count; ++i)
    to[i] = from[i];
}

/// What happens to a link before the first round.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr void begin_link(auto &r, const memory<Scalar> &where) {
  constexpr link here = program_of<List>::value.links[Link];
  constexpr int size = shape_of_link<List, Link>.size();
  if constexpr (here.what == link::state) {
    if constexpr (size == 1)
      number_in<List, here.place>(r) = r[here.from];
    else
      r.arguments[here.place] = matrix_place<List, here.from>(r, where);
  } else if constexpr (here.what == link::total) {
    if constexpr (size == 1)
      number_in<List, here.place>(r) = Scalar(0.0);
    else
      for (int i = 0; i < size; ++i)
        place_of_link<List, Link>(where)[i] = Scalar(0.0);
  }
}

/// Before the round of step t.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr void give_link(auto &r, const memory<Scalar> &where, int t) {
  constexpr link here = program_of<List>::value.links[Link];
  constexpr int size = shape_of_link<List, Link>.size();
  if constexpr (here.what == link::element) {
    if constexpr (program_of<List>::value.extent_of(here.from).shape.is_scalar())
      number_in<List, here.place>(r) = r[here.from]; // in the only round
    else if constexpr (size == 1)
      number_in<List, here.place>(r) = matrix_place<List, here.from>(r, where)[t];
    else
      r.arguments[here.place] = matrix_place<List, here.from>(r, where) + t * size;
  }
}

/// After it: what is seen, and the next value of a matrix, while all states are what they were.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr void take_link(auto &r, const memory<Scalar> &where, int t, int round) {
  constexpr link here = program_of<List>::value.links[Link];
  constexpr int size = shape_of_link<List, Link>.size();
  if constexpr (here.what == link::sequence) {
    if constexpr (program_of<List>::value.extent_of(here.place).shape.is_scalar())
      number_in<List, here.place>(r) = r[here.from]; // of the only round
    else if constexpr (size == 1)
      place_of_link<List, Link>(where)[t] = r[here.from];
    else
      copy_elements(place_of_link<List, Link>(where) + t * size,
                    matrix_place<List, here.from>(r, where), size);
  } else if constexpr (here.what == link::total) {
    if constexpr (size == 1) {
      number_in<List, here.place>(r) = number_in<List, here.place>(r) + r[here.from];
    } else if constexpr (!adds_itself<List, Link,
                                      typename std::remove_cvref_t<decltype(r)>::kernels>) {
      Scalar *const to = place_of_link<List, Link>(where);
      const Scalar *const from = matrix_place<List, here.from>(r, where);
      for (int i = 0; i < size; ++i)
        to[i] = to[i] + from[i];
    }
  } else if constexpr (here.what == link::state && size > 1) {
    copy_elements(where.workspace + here.buffer + round % 2 * whole_lines(size),
                  matrix_place<List, here.next>(r, where), size);
  }
}

/// The next value of a state that is a number.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr Scalar next_number(const auto &r) {
  constexpr link here = program_of<List>::value.links[Link];
  if constexpr (here.what == link::state && here.buffer < 0)
    return r[here.next];
  else
    return Scalar{};
}

/// Then the states become what they are next.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr void move_link(auto &r, const Scalar &next_value,
                                          const memory<Scalar> &where, int round) {
  constexpr link here = program_of<List>::value.links[Link];
  if constexpr (here.what == link::state && here.buffer < 0)
    number_in<List, here.place>(r) = next_value;
  else if constexpr (here.what == link::state)
    r.arguments[here.place] =
        where.workspace + here.buffer + round % 2 * whole_lines(shape_of_link<List, Link>.size());
}

/// After the last round.
template <class List, std::size_t Link, class Scalar>
CHAINRULE_INLINE constexpr void end_link(auto &r, const memory<Scalar> &where, int rounds) {
  constexpr const auto &program = program_of<List>::value;
  constexpr link here = program.links[Link];
  constexpr int size = shape_of_link<List, Link>.size();
  if constexpr (here.what == link::last) {
    if constexpr (size == 1)
      number_in<List, here.place>(r) = r[here.from];
    else
      copy_elements(place_of_link<List, Link>(where), matrix_place<List, here.from>(r, where),
                    size);
  } else if constexpr (here.what == link::sequence) {
    constexpr int all = program.extent_of(here.place).shape.size();
    if constexpr (all == 1) {
      if (rounds == 0)
        number_in<List, here.place>(r) = Scalar(0.0);
    } else {
      for (int i = rounds * size; i < all; ++i)
        place_of_link<List, Link>(where)[i] = Scalar(0.0);
    }
  }
  if constexpr (here.what >= link::last && program.extent_of(here.place).shape.is_scalar()) {
    constexpr int output =
        program.code[static_cast<std::size_t>(here.place - program.first_result)].output;
    if constexpr (output >= 0)
      store(where.outputs, location_of<List>(output), number_in<List, here.place>(r));
  }
}

template <class List, std::size_t First, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void move_states(auto &r, const memory<Scalar> &where, int round,
                                            std::index_sequence<I...>) {
  const auto move = [&](const auto &...next_value) CHAINRULE_INLINE_CALL {
    in_order{(move_link<List, First + I>(r, next_value, where, round), 0)...};
  };
  move(next_number<List, First + I, Scalar>(r)...);
}

template <class List, std::size_t Loop, class Scalar, std::size_t... I>
CHAINRULE_INLINE constexpr void run_recurrence(auto &r, const memory<Scalar> &where,
                                               std::index_sequence<I...> links) {
  constexpr const auto &program = program_of<List>::value;
  constexpr recurrence loop = program.loops[Loop];
  constexpr auto first = static_cast<std::size_t>(loop.first_link);
  int rounds = loop.capacity;
  if constexpr (program.extent_of(loop.rounds).number != loop.capacity)
    rounds = rounds_within(loop.capacity, r[loop.rounds]);
  in_order{(begin_link<List, first + I>(r, where), 0)...};
  for (int round = 0; round < rounds; ++round) {
    const int t = loop.is_backward ? rounds - 1 - round : round;
    in_order{(give_link<List, first + I>(r, where, t), 0)...};
    run_groups<List, static_cast<std::size_t>(loop.first_group),
               static_cast<std::size_t>(loop.group_count)>(r, where);
    in_order{(take_link<List, first + I>(r, where, t, round), 0)...};
    move_states<List, first>(r, where, round, links);
  }
  in_order{(end_link<List, first + I>(r, where, rounds), 0)...};
}

} // namespace chainrule::detail::CHAINRULE_FLAGS
