// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The parts of networks, each distinct one once and operands before users: what lowering does, one
// after another. Operands are numbers of parts, so that lowering is a loop that can stop anywhere.
// What stands in no_rewrite(...), and a function that is differentiated by one of its parts, are
// lowered in another way than the rest: a part is a formula and the way in which it is lowered.
// Read next: differentiate.hpp.
#pragma once

#include <chainrule/derivative/partial.hpp>
#include <chainrule/operation/no_rewrite.hpp>
#include <chainrule/operation/recurrence.hpp>

namespace chainrule::detail {

/// Whether rewrites take effect. Derivatives are always simplified.
enum class form : std::uint8_t { simplified, as_written };

/// What lowering does for a part.
enum class task : std::uint8_t {
  variable,
  number,
  make,          // operation(operands), and rewrites take effect
  write,         // operation(operands) as it is written
  place,         // a variable in the place of a part by which a function is differentiated
  round,         // what a variable stands for in each round of a loop: its way is -1 - key_of_place
  loop,          // a recurrence; its body is lowered in a way of its own
  differentiate, // the first operand by the second
  replace,       // the second operand by the first, in the third
  tidy           // the operand made anew, now that factors may move to the front
};

constexpr int key_of_place(int depth, int number) { return depth << 16 | number; }

struct part {
  task what;
  const expression_record *record;
  int way;           // in which it is lowered
  int first_operand; // in part_list::operands
  int operand_count;
  int first_derivative; // of this function; 0: none
  int last_derivative;
  int next_derivative; // of the same function; 0: none
  int before;          // 1 + the part with the same hash before it; 0: none
};

struct part_list {
  list<part> all;
  list<int> operands; // parts
  list<int> outputs;
  int deepest = 0; // recurrence, counted from 1
};

/// Collects the parts of networks. Constant evaluation pays for calls, so that there are few here.
class partition {
public:
  part_list result;

  constexpr explicit partition(form how) { ways.push({how, -1, 0, false, nullptr}); }

  /// Adds the parts of an output.
  constexpr void add_output(const expression_record &network) {
    pending.push({&network, 0, -1, task::make});
    while (pending.size > 0) {
      const step next = pending.items[--pending.size];
      if (next.operand_count >= 0)
        add(next);
      else if (const int known = found(next); known >= 0)
        numbers.push(known);
      else
        begin(next);
    }
    result.outputs.push(numbers.items[--numbers.size]);
  }

private:
  /// How parts are lowered, and which of them are variables: this one and those of `outer`.
  struct way {
    form how;
    int outer;
    int depth;         // of loops, the body of which it is; 0 where it is outside
    bool has_variable; // g++ 12 under -fsanitize=undefined compares no address with null
    const expression_record *variable; // or the recurrence that binds variables
    bool is_body = false;
  };
  /// Looks for a part, or adds it once its operands are the last numbers.
  struct step {
    const expression_record *network;
    int way;
    int operand_count; // -1: looks
    task what;
  };

  list<way> ways;
  list<step> pending;
  list<int> numbers; // of operands whose users are pending
  int chains[1024]{};

  /// The number of a part, or -1. Variables and numbers are the same in every way.
  constexpr int found(const step &of) const {
    const std::uint64_t fingerprint = of.network->fingerprint;
    for (int i = chains[fingerprint % 1024]; i > 0;) {
      const part &other = result.all.items[i - 1];
      if (other.record->fingerprint == fingerprint &&
          (other.way == of.way || other.what == task::number ||
           (other.what == task::variable && of.way >= 0 && way_with(*of.network, of.way) == 0)) &&
          *other.record == *of.network)
        return i - 1;
      i = other.before;
    }
    return -1;
  }

  constexpr bool is_held(const expression_record &network, int by) const {
    const way &here = ways.items[by];
    return here.has_variable &&
           (here.is_body ? recurrence_layout{*here.variable}.place_of(network) >= 0
                         : *here.variable == network);
  }
  /// The innermost way in which a part is a variable, or 0.
  constexpr int way_with(const expression_record &network, int in_way) const {
    int holding = in_way;
    while (holding > 0 && !is_held(network, holding))
      holding = ways.items[holding].outer;
    return holding > 0 && !is_bound_anew(network, in_way, holding) ? holding : 0;
  }
  /// Whether a body within the way in which a part is a variable binds a variable of the part:
  /// what is written so is another part there.
  constexpr bool is_bound_anew(const expression_record &network, int in_way, int holding) const {
    for (int i = in_way; i != holding; i = ways.items[i].outer)
      if (ways.items[i].is_body) {
        const recurrence_layout layout{*ways.items[i].variable};
        for (int k = 0; k < layout.places(); ++k)
          if (occurs(*layout.of.operands[layout.variable(k)], network))
            return true;
      }
    return false;
  }
  constexpr bool is_variable(const expression_record &network, int in_way) const {
    return network.operation->fingerprint == variable_record.fingerprint ||
           way_with(network, in_way) > 0;
  }
  /// The first way in which a part is a variable: it tells the part from others of its fingerprint.
  constexpr int first_way_with(const expression_record &network) const {
    int first = 0;
    while (!is_held(network, first))
      ++first;
    return first;
  }

  constexpr int number_of(const way &wanted) {
    for (int i = 0; i < ways.size; ++i) {
      const way &known = ways.items[i];
      if (known.how == wanted.how && known.outer == wanted.outer &&
          known.has_variable == wanted.has_variable && known.is_body == wanted.is_body &&
          (!known.has_variable ||
           (known.is_body ? recurrence_layout{*known.variable}.binds_as({*wanted.variable})
                          : *known.variable == *wanted.variable)))
        return i;
    }
    ways.push(wanted);
    return ways.size - 1;
  }
  constexpr int number_of(form how, way like) {
    like.how = how;
    return number_of(like);
  }

  constexpr void look_for(const expression_record *network, int in_way) {
    pending.push({network, in_way, -1, task::make});
  }

  /// What is done for a part, and before that for its operands, the first one first.
  constexpr void begin(step next) {
    const expression_record &network = *next.network;
    const std::uint64_t operation = network.operation->fingerprint;
    const way here = ways.items[next.way];
    next.operand_count = network.operand_count;
    if (const int holding = way_with(network, next.way); holding > 0) {
      const way &its = ways.items[holding];
      next.operand_count = 0;
      next.what = its.is_body ? task::round : task::place;
      next.way = its.is_body ? -1 - key_of_place(its.depth,
                                                 recurrence_layout{*its.variable}.place_of(network))
                             : first_way_with(network);
      if (const int known = found(next); known >= 0)
        numbers.push(known);
      else
        add(next);
    } else if (network.operand_count == 0) {
      next.what = operation == variable_record.fingerprint ? task::variable
                  : operation == number_record.fingerprint ? task::number
                                                           : task::make; // a constant, pi
      add(next);
    } else if (is_recurrence(network)) {
      next.what = task::loop;
      pending.push(next);
      const int body = number_of({here.how, next.way, here.depth + 1, true, &network, true});
      if (here.depth + 1 > result.deepest)
        result.deepest = here.depth + 1;
      const recurrence_layout layout{network};
      for (int i = network.operand_count - 1; i >= 0; --i)
        look_for(network.operands[i], layout.is_inside(i) ? body : next.way);
    } else if (operation == operation_record_of<partial_operation>::value.fingerprint) {
      begin_derivative(next, here);
    } else if (operation == operation_record_of<no_rewrite_operation>::value.fingerprint) {
      next.what = task::write;
      pending.push(next);
      look_for(network.operands[0], number_of(form::as_written, here));
    } else {
      next.what = here.how == form::simplified ? task::make : task::write;
      pending.push(next);
      for (int i = network.operand_count - 1; i >= 0; --i)
        look_for(network.operands[i], next.way);
    }
  }

  constexpr void begin_derivative(step next, const way &here) {
    const expression_record &function = *next.network->operands[0];
    const expression_record &by = *next.network->operands[1];
    if (here.how == form::as_written) {
      next.what = task::tidy;
      next.operand_count = 1;
      pending.push(next);
      look_for(next.network, number_of(form::simplified, here));
    } else if (is_variable(by, next.way)) {
      next.what = task::differentiate;
      pending.push(next);
      look_for(&by, next.way);
      look_for(&function, next.way);
    } else {
      // The function is lowered once more with a variable in the place of the part, so that no
      // rewrite can dissolve the part into its surroundings; after differentiation the part takes
      // its place again.
      const int inner = number_of({form::simplified, next.way, here.depth, true, &by});
      next.what = task::replace;
      next.operand_count = 3;
      pending.push(next);
      look_for(next.network, inner);
      look_for(&by, inner);
      look_for(&by, next.way);
    }
  }

  constexpr void add(const step &ready) {
    const int number = result.all.size, first = result.operands.size;
    numbers.size -= ready.operand_count;
    for (int i = 0; i < ready.operand_count; ++i)
      result.operands.push(numbers.items[numbers.size + i]);
    numbers.push(number);
    int &chain = chains[ready.network->fingerprint % 1024];
    result.all.push(
        {ready.what, ready.network, ready.way, first, ready.operand_count, 0, 0, 0, chain});
    chain = number + 1;
    if (ready.what == task::differentiate) {
      part &function = result.all.items[result.operands.items[first]];
      (function.last_derivative == 0 ? function.first_derivative
                                     : result.all.items[function.last_derivative].next_derivative) =
          number;
      function.last_derivative = number;
    }
  }
};

/// The parts of networks.
template <class Networks>
constexpr part_list parts_in(const Networks &networks, form how) {
  partition all(how);
  for (const expression_record *network : networks)
    all.add_output(*network);
  part_list result;
  result.all.swap(all.result.all);
  result.operands.swap(all.result.operands);
  result.outputs.swap(all.result.outputs);
  result.deepest = all.result.deepest;
  return result;
}

} // namespace chainrule::detail
