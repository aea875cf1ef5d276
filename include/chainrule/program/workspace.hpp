// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Where matrices are between the groups of a program, and which loops can share one function.
// Read next: program.hpp.
#pragma once

#include <limits>

#include <chainrule/graph/record.hpp>
#include <chainrule/program/instruction.hpp>

namespace chainrule::detail {

/// What is free in the workspace, from the lowest place on; the last part has no end.
class free_places {
public:
  constexpr free_places() { gaps.push({0, std::numeric_limits<int>::max()}); }

  /// The lowest place for so many elements, which is taken from now on; -1 where there is none.
  constexpr int take(int size) {
    int at = 0;
    while (gaps.items[at].end - gaps.items[at].begin < size)
      if (++at == gaps.size)
        return -1;
    const int begin = gaps.items[at].begin;
    gaps.items[at].begin += size;
    if (gaps.items[at].begin == gaps.items[at].end)
      remove(at);
    return begin;
  }

  constexpr void release(int begin, int size) {
    int at = 0;
    while (gaps.items[at].begin < begin)
      ++at;
    const bool joins_next = gaps.items[at].begin == begin + size;
    if (at > 0 && gaps.items[at - 1].end == begin) {
      gaps.items[at - 1].end = joins_next ? gaps.items[at].end : begin + size;
      if (joins_next)
        remove(at);
    } else if (joins_next) {
      gaps.items[at].begin = begin;
    } else {
      gaps.push({});
      for (int i = gaps.size - 1; i > at; --i)
        gaps.items[i] = gaps.items[i - 1];
      gaps.items[at] = {begin, begin + size};
    }
  }

private:
  struct gap {
    int begin, end;
  };
  list<gap> gaps;

  constexpr void remove(int at) {
    for (int i = at + 1; i < gaps.size; ++i)
      gaps.items[i - 1] = gaps.items[i];
    --gaps.size;
  }
};

/// Gives the matrices that outlive their group places in one workspace; a place is free again after
/// the last group that reads it. The body of a recurrence works in what is free while that runs;
/// what it reads from outside is read by the recurrence.
template <class Program>
class workspace_planning {
public:
  constexpr explicit workspace_planning(Program &of)
      : plan(of), last_reader(static_cast<int>(plan.code.size()), -1),
        first_done(static_cast<int>(plan.groups.size()), -1), next_done(last_reader) {
    find_readers();
    plan_groups(0, static_cast<int>(plan.outer_groups()));
    if (!has_room)
      plan.workspace = -1;
  }

private:
  Program &plan;
  list<int> last_reader; // of each result, a group beside its own
  list<int> first_done;  // what a group is the last to read,
  list<int> next_done;   // one after another
  free_places places;
  bool has_room = true;

  /// The group beside that of a result in whose run another group falls.
  constexpr int beside(int reader, int result) const {
    const int parent = plan.groups.items[plan.placings.items[result].group].parent;
    while (plan.groups.items[reader].parent != parent)
      reader = plan.groups.items[reader].parent;
    return reader;
  }
  constexpr void read(int place, int by_group, bool is_stored = false) {
    int from = place - plan.first_result;
    while (from >= 0 && plan.placings.items[from].turned >= 0)
      from = plan.placings.items[from].turned - plan.first_result;
    if (from < 0)
      return;
    const int reader = beside(by_group, from);
    if ((is_stored || reader != plan.placings.items[from].group) &&
        reader > last_reader.items[from])
      last_reader.items[from] = reader;
  }
  constexpr void find_readers() {
    for (int g = 0; g < static_cast<int>(plan.groups.size()); ++g) {
      const group here = plan.groups.items[g];
      for (int i = here.first; i < here.first + here.count; ++i) {
        const instruction what = plan.code.items[i];
        for (int k = 0; k < what.input_count; ++k)
          read(plan.inputs.items[what.first_input + k], g);
      }
    }
    for (const recurrence &loop : plan.loops)
      for (int i = loop.first_link; i < loop.first_link + loop.link_count; ++i) {
        const link each = plan.links.items[i];
        const int last =
            loop.group_count > 0 ? loop.first_group + loop.group_count - 1 : loop.group;
        if (each.what == link::state || each.what == link::element)
          read(each.from, loop.group);
        else if (each.what != link::last)
          read(each.from, last, true);
        if (each.what == link::state)
          read(each.next, last, true);
      }
  }

  static constexpr int most = std::numeric_limits<int>::max() - 7;
  static constexpr int size_of(const shape &each) {
    return each.count() > most ? most : whole_lines(each.size());
  }
  constexpr int take(const shape &of) {
    const int begin = has_room ? places.take(size_of(of)) : -1;
    if (begin < 0 || size_of(of) == most) {
      has_room = false;
      return 0;
    }
    if (begin + size_of(of) > plan.workspace)
      plan.workspace = begin + size_of(of);
    return begin;
  }

  constexpr void release(int begin, const shape &of) {
    if (has_room)
      places.release(begin, size_of(of));
  }

  constexpr void plan_groups(int first, int end) {
    for (int g = first; g < end; ++g) {
      const group here = plan.groups.items[g];
      for (int i = here.first; i < here.first + here.count; ++i) {
        if (here.shape.is_scalar() || plan.code.items[i].output >= 0 ||
            (last_reader.items[i] < 0 && here.role != loop_role::seen))
          continue;
        plan.placings.items[i].offset = take(here.shape);
        if (last_reader.items[i] >= 0) {
          next_done.items[i] = first_done.items[last_reader.items[i]];
          first_done.items[last_reader.items[i]] = i;
        }
      }
      if (here.role == loop_role::loop)
        plan_recurrence(g);
      for (int i = first_done.items[g]; i >= 0; i = next_done.items[i]) {
        const placing there = plan.placings.items[i];
        release(there.offset, plan.groups.items[there.group].shape);
      }
    }
  }

  /// What is needed until a round ends is read by its last group, so that after it nothing is left
  /// but the states.
  constexpr void plan_recurrence(int g) {
    for (const recurrence &loop : plan.loops) {
      if (loop.group != g)
        continue;
      for (int i = loop.first_link; i < loop.first_link + loop.link_count; ++i)
        if (link &each = plan.links.items[i];
            each.what == link::state && !plan.extent_of(each.place).shape.is_scalar())
          each.buffer = take(twice(each));
      plan_groups(loop.first_group, loop.first_group + loop.group_count);
      for (int i = loop.first_link; i < loop.first_link + loop.link_count; ++i)
        if (const link each = plan.links.items[i]; each.buffer >= 0)
          release(each.buffer, twice(each));
    }
  }
  constexpr shape twice(const link &state) const {
    return {2, size_of(plan.extent_of(state.place).shape)};
  }
};

template <class Program>
constexpr void plan_workspace(Program &plan) {
  if (plan.groups.size() > 1) // nothing outlives the only group
    workspace_planning<Program>{plan};
}

/// What a loop is apart from where its operands are: equal for loops that can share one function.
template <class Program>
constexpr list<std::uint64_t> signature_of(const Program &plan, const group &loop) {
  const list<int> operands =
      operands_of(loop, plan.code.items, plan.inputs.items, plan.first_result);
  index_table numbers;
  list<std::uint64_t> result;
  const auto add = [&](int part) { result.push(static_cast<std::uint64_t>(part)); };
  add(loop.shape.rows), add(loop.shape.columns);
  for (int i = 0; i < operands.size; ++i) {
    const shape of = plan.extent_of(operands.items[i]).shape;
    add(of.rows), add(of.columns);
    numbers.insert(static_cast<unsigned>(operands.items[i]), i);
  }
  for (int i = loop.first; i < loop.first + loop.count; ++i) {
    const instruction what = plan.code.items[i];
    result.push(what.fingerprint);
    add(what.output >= 0 || plan.placings.items[i].offset >= 0 ? 1 : 0); // whether it is stored
    for (int k = 0; k < what.input_count; ++k) {
      const int input = plan.inputs.items[what.first_input + k], from = input - plan.first_result;
      add(loop.computes(from) ? from - loop.first
                              : loop.count + numbers.find(static_cast<unsigned>(input)));
    }
  }
  return result;
}

/// Finds the loops that can share one function, as those of equal layers.
template <class Program>
constexpr void share_loops(Program &plan) {
  index_table loops;
  for (int g = 0; g < static_cast<int>(plan.groups.size()); ++g) {
    group &here = plan.groups.items[g];
    here.same_loop = g;
    if (!here.is_loop())
      continue;
    const list<std::uint64_t> signature = signature_of(plan, here);
    std::uint64_t key = 0;
    for (const std::uint64_t part : signature)
      key = mix(key, part);
    const int same = loops.find(key, [&](int other) {
      const list<std::uint64_t> its = signature_of(plan, plan.groups.items[other]);
      bool is_equal = its.size == signature.size;
      for (int i = 0; i < its.size && is_equal; ++i)
        is_equal = its.items[i] == signature.items[i];
      for (int i = 0; i < here.count && is_equal; ++i)
        is_equal = is_same_object(*plan.code.items[here.first + i].operation,
                                  *plan.code.items[plan.groups.items[other].first + i].operation);
      return is_equal;
    });
    if (same < 0)
      loops.insert(key, g);
    else
      here.same_loop = same;
  }
}

} // namespace chainrule::detail
