// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Where matrices are while a program runs: the lowest free place of one workspace, until the last
// group that reads them is done.
// Read next: program.hpp.
#pragma once

#include <limits>

#include <chainrule/program/schedule.hpp>

namespace chainrule::detail {

/// What is free in the workspace, from the lowest place on; the last part has no end.
class free_places {
public:
  constexpr free_places() { gaps.push({0, std::numeric_limits<int>::max()}); }

  /// The lowest place for so many elements, which is taken from now on.
  constexpr int take(int size) {
    int at = 0;
    while (gaps.items[at].end - gaps.items[at].begin < size)
      ++at;
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
/// the last group that reads it.
template <class Draft>
constexpr void plan_workspace(Draft &plan) {
  if (plan.group_count < 2) // nothing outlives the only group
    return;
  const int first_result = plan.first_result();
  list<int> last_reader(plan.instruction_count, -1); // group
  for (int g = 0; g < plan.group_count; ++g)
    for (int i = plan.groups[g].first; i < plan.groups[g].first + plan.groups[g].count; ++i)
      for (int k = 0; k < plan.code[i].input_count; ++k) {
        const int from = plan.input(i, k) - first_result;
        if (from >= 0 && !plan.groups[g].computes(from))
          last_reader.items[from] = g;
      }
  free_places places;
  list<int> first_done(plan.group_count, -1);      // what a group is the last to read,
  list<int> next_done(plan.instruction_count, -1); // one after another
  const auto size_of = [](const group &each) {
    return (each.of.size() + 7) / 8 * 8; // whole cache lines of double
  };
  for (int g = 0; g < plan.group_count; ++g) {
    const group &here = plan.groups[g];
    for (int i = here.first; i < here.first + here.count; ++i) {
      if (here.of.is_scalar() || plan.code[i].output >= 0 || last_reader.items[i] < 0)
        continue;
      const int begin = places.take(size_of(here));
      plan.placings[i].offset = begin;
      next_done.items[i] = first_done.items[last_reader.items[i]];
      first_done.items[last_reader.items[i]] = i;
      if (begin + size_of(here) > plan.workspace)
        plan.workspace = begin + size_of(here);
    }
    for (int i = first_done.items[g]; i >= 0; i = next_done.items[i])
      places.release(plan.placings[i].offset, size_of(plan.groups[plan.placings[i].group]));
  }
}

} // namespace chainrule::detail
