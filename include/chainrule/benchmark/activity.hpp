// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Which parts of a formula depend on what it is differentiated by: only these are worth a tape, the
// others are computed in double, as a user of a tape would. Of recurrences to the end: a state
// depends on it where its initial value does or what it becomes.
// Read next: formula.hpp.
#pragma once

#include <chainrule/check/traced_formula.hpp>
#include <chainrule/derivative/partial.hpp>

namespace chainrule::detail {

/// What an input of a run is: a variable, or what a loop gives a value in each round.
struct input_source {
  bool is_place;
  int index;
};

/// Variables are those whose values are given, Parts those that the gradient is by.
template <class Formula, class Variables, class Parts>
struct activity {
  static constexpr const auto &order = Formula::order;

  static constexpr int own_inputs(int run) {
    const traced_loop &loop = order.runs.items[run].loop;
    int result = 0;
    for (int k = 0; run > 0 && k < loop.states + loop.elements; ++k)
      result += order.places.items[loop.first_place + k].shape.size();
    return result;
  }
  /// The run in which this one is a part.
  static constexpr int outer(int run) {
    for (int i = 0; i < static_cast<int>(order.parts.size()); ++i)
      if (order.parts.items[i].what == traced_part::kind::loop && order.parts.items[i].from == run)
        for (int r = 0; r < static_cast<int>(order.runs.size()); ++r)
          if (const traced_run &each = order.runs.items[r];
              each.first_part <= i && i < each.first_part + each.part_count)
            return r;
    return 0;
  }
  /// The input that begins with this element.
  static constexpr input_source source(int run, int element) {
    for (; run > 0; run = outer(run)) {
      const traced_run &within = order.runs.items[run];
      int first = within.inputs - own_inputs(run);
      for (int k = within.loop.first_place; first <= element; ++k) {
        if (first == element)
          return {true, k};
        first += order.places.items[k].shape.size();
      }
    }
    int index = 0;
    while (Variables::first_elements[static_cast<std::size_t>(index)] <
           static_cast<std::size_t>(element))
      ++index;
    return {false, index};
  }
  /// Where the slopes of a variable begin among those of the gradient.
  static constexpr std::size_t first_slope(int variable) {
    const int place = Parts::place_of(*Variables::records[static_cast<std::size_t>(variable)]);
    return Parts::first_elements[static_cast<std::size_t>(place)];
  }
  /// The part of a run whose elements begin here.
  static constexpr int part_at(int run, int first) {
    int low = order.runs.items[run].first_part;
    int high = low + order.runs.items[run].part_count;
    while (high - low > 1) {
      const int middle = (low + high) / 2;
      (order.parts.items[middle].first <= first ? low : high) = middle;
    }
    return low;
  }
  static constexpr int operand_of(int run, int part, int which) {
    const int place = order.parts.items[part].first_operand + which;
    return part_at(run, order.operands.items[place].first);
  }
  static constexpr const operation_record &operation_of(const traced_part &part) {
    return *order.ruled.items[part.from]->operation;
  }
  static constexpr bool is_product(const traced_part &part) {
    return part.what == traced_part::kind::whole &&
           operation_of(part) == operation_record_of<matrix_product_operation>::value;
  }
  /// What has a value and no slope, whatever it depends on.
  static constexpr bool ends_here(const traced_part &part) {
    return (part.what == traced_part::kind::elements || part.what == traced_part::kind::whole) &&
           (operation_of(part).is_condition ||
            operation_of(part) == operation_record_of<stop_gradient_operation>::value);
  }

  struct flags {
    bool variables[Variables::count + 1]{};
    bool places[order.places.size() + 1]{};
    bool parts[order.parts.size() + 1]{};
    bool converted[order.parts.size() + 1]{}; // in double, and wanted as a number of the tape, too
  };

  static constexpr flags found = [] {
    flags result;
    for (std::size_t i = 0; i < Variables::count; ++i)
      result.variables[i] = Parts::place_of(*Variables::records[i]) >= 0;
    for (bool is_changed = true; is_changed;) {
      is_changed = false;
      const auto set = [&is_changed](bool &flag, bool value) {
        is_changed = is_changed || (value && !flag);
        flag = flag || value;
      };
      for (int run = 0; run < static_cast<int>(order.runs.size()); ++run) {
        const traced_run &of = order.runs.items[run];
        for (int i = of.first_part; i < of.first_part + of.part_count; ++i) {
          const traced_part &part = order.parts.items[i];
          bool &is_active = result.parts[i];
          if (part.what == traced_part::kind::input) {
            const input_source from = source(run, part.from);
            set(is_active,
                from.is_place ? result.places[from.index] : result.variables[from.index]);
          } else if (part.what == traced_part::kind::loop) {
            const traced_loop &loop = order.runs.items[part.from].loop;
            for (int k = 0; k < loop.states + loop.elements; ++k) {
              bool &place = result.places[loop.first_place + k];
              set(place, result.parts[operand_of(run, i, 1 + k)]);
              if (k < loop.states)
                set(place,
                    result
                        .parts[part_at(part.from, order.places.items[loop.first_place + k].next)]);
            }
            set(is_active, loop.which >= 0 ? result.places[loop.first_place + loop.which]
                                           : result.parts[part_at(part.from, loop.shown)]);
          } else if (!ends_here(part)) {
            for (int k = 0; k < part.operand_count; ++k)
              set(is_active, result.parts[operand_of(run, i, k)]);
          }
        }
      }
    }
    for (int run = 0; run < static_cast<int>(order.runs.size()); ++run) {
      const traced_run &of = order.runs.items[run];
      for (int i = of.first_part; i < of.first_part + of.part_count; ++i) {
        const traced_part &part = order.parts.items[i];
        if (result.parts[i] && part.what == traced_part::kind::whole && !is_product(part))
          for (int k = 0; k < part.operand_count; ++k)
            if (const int operand = operand_of(run, i, k); !result.parts[operand])
              result.converted[operand] = true;
      }
    }
    return result;
  }();
};

} // namespace chainrule::detail
