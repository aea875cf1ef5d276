// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A formula as it was written, run on the numbers of a tape, in code as straight as a user of the
// tape would write it: nothing is looked up while it runs. What depends on no parameter is computed
// in double. What moves, adds or multiplies matrices runs element by element.
// Read next: libraries.hpp.
#pragma once

#include <cstddef>
#include <memory>

#include <chainrule/benchmark/activity.hpp>
#include <chainrule/benchmark/node.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// Runs a formula. Inputs are where the values of each variable are, in double.
template <class Formula, class Activity, class Number>
class formula_on {
  static constexpr const auto &order = Formula::order;
  using flags = typename Activity::flags;
  static constexpr const flags &active = Activity::found;
  using kind = traced_part::kind;

  static constexpr std::size_t room_for(int count, std::size_t size) {
    return (static_cast<std::size_t>(count) * size + 63) / 64 * 64;
  }
  /// Of the elements of a run, in double and as numbers, and of its loops.
  static constexpr std::size_t bytes_of(int run) {
    const traced_run &of = order.runs.items[run];
    std::size_t result =
        room_for(of.elements, sizeof(Number)) + room_for(of.elements, sizeof(double));
    for (int k = 0; run > 0 && k < of.loop.states + of.loop.elements; ++k)
      result +=
          2 * room_for(order.places.items[of.loop.first_place + k].shape.size(),
                       active.places[of.loop.first_place + k] ? sizeof(Number) : sizeof(double));
    for (int i = of.first_part; i < of.first_part + of.part_count; ++i)
      if (order.parts.items[i].what == kind::loop)
        result += bytes_of(order.parts.items[i].from);
    return result;
  }
  static constexpr std::size_t bytes = bytes_of(0) + 64;
  static constexpr bool is_small = bytes <= 65536;

  std::unique_ptr<std::byte[]> memory =
      std::make_unique_for_overwrite<std::byte[]>(is_small ? 1 : bytes);

  struct frame {
    Number *numbers;
    double *values;
  };
  /// Where what is given from outside is: values of variables, and of what loops bind.
  struct surroundings {
    const double *const *inputs;
    Number *variables;
    std::byte *free;
    frame places[order.places.size() + 1];
  };

  template <class T>
  CHAINRULE_INLINE inline static T *take(surroundings &at, int count) {
    T *const first = reinterpret_cast<T *>(at.free); // NOLINT: raw memory for them
    at.free += room_for(count, sizeof(T));
    return first;
  }

  /// The elements of a part, as numbers or as doubles.
  template <int Run, int Part, bool AsNumbers>
  CHAINRULE_INLINE inline static auto *elements(const frame &here, const surroundings &at) {
    constexpr traced_part part = order.parts.items[Part];
    if constexpr (part.what == kind::input && AsNumbers == active.parts[Part]) {
      constexpr input_source from = Activity::source(Run, part.from);
      if constexpr (AsNumbers && from.is_place)
        return static_cast<const Number *>(at.places[from.index].numbers);
      else if constexpr (AsNumbers)
        return static_cast<const Number *>(at.variables + Activity::first_slope(from.index));
      else if constexpr (from.is_place)
        return static_cast<const double *>(at.places[from.index].values);
      else
        return at.inputs[from.index];
    } else if constexpr (AsNumbers) {
      return here.numbers + part.first;
    } else {
      return here.values + part.first;
    }
  }
  template <int Run, int Part, int Which>
  CHAINRULE_INLINE inline static const auto &operand(const frame &here, const surroundings &at,
                                                     int row, int column) {
    constexpr int from = Activity::operand_of(Run, Part, Which);
    constexpr traced_operand steps =
        order.operands.items[order.parts.items[Part].first_operand + Which];
    return elements<Run, from, active.parts[from]>(
        here, at)[row * steps.by_row + column * steps.by_column];
  }
  /// All of an operand, as the operation wants it.
  template <int Run, int Part, int Which>
  CHAINRULE_INLINE inline static auto *whole_operand(const frame &here, const surroundings &at) {
    return elements<Run, Activity::operand_of(Run, Part, Which), active.parts[Part]>(here, at);
  }

  template <int Part>
  using operation_at =
      typename type_at<*order.ruled.items[order.parts.items[Part].from]->operation->type>::type;

  template <int Run, int Part, std::size_t... K>
  CHAINRULE_INLINE inline static void compute_elements(const frame &here, const surroundings &at,
                                                       std::index_sequence<K...>) {
    constexpr traced_part part = order.parts.items[Part];
    using Operation = operation_at<Part>;
    for (int row = 0, i = part.first; row < part.shape.rows; ++row)
      for (int column = 0; column < part.shape.columns; ++column, ++i)
        if constexpr (active.parts[Part])
          ::new (static_cast<void *>(here.numbers + i)) Number(applied<Operation, Number>(
              operand<Run, Part, static_cast<int>(K)>(here, at, row, column)...));
        else if constexpr (sizeof...(K) == 0)
          here.values[i] = Operation::template value<double>();
        else
          here.values[i] = Operation::value(
              as_double(operand<Run, Part, static_cast<int>(K)>(here, at, row, column))...);
  }

  /// A product of which one side is in double.
  template <int Run, int Part>
  CHAINRULE_INLINE inline static void multiply(const frame &here, const surroundings &at) {
    constexpr int left = Activity::operand_of(Run, Part, 0),
                  right = Activity::operand_of(Run, Part, 1);
    const auto *const a = elements<Run, left, active.parts[left]>(here, at);
    const auto *const b = elements<Run, right, active.parts[right]>(here, at);
    constexpr int inner = order.parts.items[left].shape.columns,
                  columns = order.parts.items[Part].shape.columns;
    Number *to = here.numbers + order.parts.items[Part].first;
    for (int i = 0; i < order.parts.items[Part].shape.rows; ++i)
      for (int j = 0; j < columns; ++j, ++to) {
        ::new (static_cast<void *>(to)) Number(a[i * inner] * b[j]);
        for (int k = 1; k < inner; ++k)
          *to = *to + a[i * inner + k] * b[k * columns + j];
      }
  }

  template <int Run, int Part, std::size_t... K>
  CHAINRULE_INLINE inline static void compute_whole(const frame &here, const surroundings &at,
                                                    std::index_sequence<K...>) {
    constexpr traced_part part = order.parts.items[Part];
    if constexpr (active.parts[Part] && Activity::is_product(part)) {
      multiply<Run, Part>(here, at);
    } else if constexpr (active.parts[Part]) {
      begin(here.numbers + part.first, part.shape.size());
      operation_at<Part>::template run<extent_of(*order.ruled.items[part.from]->operands[K])...>(
          here.numbers + part.first, whole_operand<Run, Part, static_cast<int>(K)>(here, at)...);
    } else {
      operation_at<Part>::template run<extent_of(*order.ruled.items[part.from]->operands[K])...>(
          here.values + part.first, whole_operand<Run, Part, static_cast<int>(K)>(here, at)...);
    }
  }

  CHAINRULE_INLINE inline static void begin(Number *first, int count) {
    for (int i = 0; i < count; ++i)
      ::new (static_cast<void *>(first + i)) Number(0.0);
  }
  CHAINRULE_INLINE inline static void end([[maybe_unused]] Number *first,
                                          [[maybe_unused]] int count) {
    if constexpr (!std::is_trivially_destructible_v<Number>)
      std::destroy_n(first, static_cast<std::size_t>(count));
  }

  /// Elements i of a state or of what a round is given, from what `from` is.
  template <int Place>
  CHAINRULE_INLINE inline static void give(const frame &to, int i, const auto &from) {
    if constexpr (active.places[Place])
      to.numbers[i] = Number(from);
    else
      to.values[i] = as_double(from);
  }
  template <int Place>
  CHAINRULE_INLINE inline static frame take_place(surroundings &at) {
    constexpr int size = order.places.items[Place].shape.size();
    frame result{};
    if constexpr (active.places[Place]) {
      result.numbers = take<Number>(at, size);
      begin(result.numbers, size);
    } else {
      result.values = take<double>(at, size);
    }
    return result;
  }

  template <int Run, int Part, std::size_t... State, std::size_t... Element>
  static void compute_loop(const frame &here, surroundings &at, std::index_sequence<State...>,
                           std::index_sequence<Element...>) {
    constexpr traced_part part = order.parts.items[Part];
    constexpr int body = part.from;
    constexpr traced_run of = order.runs.items[body];
    constexpr traced_loop loop = of.loop;
    constexpr int states = loop.states;
    std::byte *const free = at.free;
    const int rounds =
        rounds_within(loop.capacity, as_double(operand<Run, Part, 0>(here, at, 0, 0)));
    frame next[sizeof...(State) + 1]{};
    const auto for_elements = [](const shape &size, const auto &visit) CHAINRULE_INLINE_CALL {
      for (int i = 0; i < size.size(); ++i)
        visit(i, i / size.columns, i % size.columns);
    };
    [[maybe_unused]] const auto begin_place =
        [&]<int K>(std::integral_constant<int, K>) CHAINRULE_INLINE_CALL {
          constexpr int place = loop.first_place + K;
          at.places[place] = take_place<place>(at);
          if constexpr (K < states) {
            next[K] = take_place<place>(at);
            for_elements(order.places.items[place].shape, [&](int i, int row, int column) {
              give<place>(at.places[place], i, operand<Run, Part, 1 + K>(here, at, row, column));
            });
          }
        };
    in_order{(begin_place(std::integral_constant<int, static_cast<int>(State)>{}), 0)...};
    in_order{
        (begin_place(std::integral_constant<int, states + static_cast<int>(Element)>{}), 0)...};
    const frame inner{take<Number>(at, of.elements), take<double>(at, of.elements)};
    if constexpr (active.parts[Part])
      begin(here.numbers + part.first, part.shape.size());
    else
      for (int i = 0; i < part.shape.size(); ++i)
        here.values[part.first + i] = 0;
    const auto show = [&](int i, const auto &x) CHAINRULE_INLINE_CALL {
      if constexpr (active.parts[Part])
        here.numbers[part.first + i] = Number(x);
      else
        here.values[part.first + i] = as_double(x);
    };
    for (int round = 0; round < rounds; ++round) {
      const int t = loop.is_backward ? rounds - 1 - round : round;
      [[maybe_unused]] const auto take_element =
          [&]<int K>(std::integral_constant<int, K>) CHAINRULE_INLINE_CALL {
            constexpr int place = loop.first_place + states + K;
            constexpr shape size = order.places.items[place].shape;
            for_elements(size, [&](int i, int row, int column) {
              give<place>(
                  at.places[place], i,
                  operand<Run, Part, 1 + states + K>(here, at, row, t * size.columns + column));
            });
          };
      in_order{(take_element(std::integral_constant<int, static_cast<int>(Element)>{}), 0)...};
      compute<body>(inner, at);
      if constexpr (loop.which < 0) {
        constexpr int shown = Activity::part_at(body, loop.shown);
        const auto *const from = elements<body, shown, active.parts[shown]>(inner, at);
        for_elements(loop.shown_shape, [&](int i, int row, int column) {
          const int columns = loop.shown_shape.columns;
          show((row * loop.capacity + t) * columns + column, from[i]);
        });
      }
      const auto advance = [&]<int K>(std::integral_constant<int, K>) CHAINRULE_INLINE_CALL {
        constexpr int place = loop.first_place + K;
        constexpr traced_place to = order.places.items[place];
        constexpr int source = Activity::part_at(body, to.next);
        const auto *const from = elements<body, source, active.parts[source]>(inner, at);
        for (int i = 0; i < to.shape.size(); ++i)
          give<place>(next[K], i, from[to.is_next_a_number ? 0 : i]);
      };
      in_order{(advance(std::integral_constant<int, static_cast<int>(State)>{}), 0)...};
      finish<body>(inner);
      in_order{
          (std::swap(at.places[loop.first_place + static_cast<int>(State)], next[State]), 0)...};
    }
    if constexpr (loop.which >= 0) {
      constexpr int place = loop.first_place + loop.which;
      for (int i = 0; i < part.shape.size(); ++i)
        if constexpr (active.places[place])
          show(i, at.places[place].numbers[i]);
        else
          show(i, at.places[place].values[i]);
    }
    const auto end_place = [&](int place, const frame &its) CHAINRULE_INLINE_CALL {
      if (active.places[place])
        end(its.numbers, order.places.items[place].shape.size());
    };
    for (int k = 0; k < states + loop.elements; ++k) {
      end_place(loop.first_place + k, at.places[loop.first_place + k]);
      if (k < states)
        end_place(loop.first_place + k, next[k]);
    }
    at.free = free;
  }

  template <int Run, int Part>
  CHAINRULE_INLINE inline static void compute_part(const frame &here, surroundings &at) {
    constexpr traced_part part = order.parts.items[Part];
    constexpr auto operands =
        std::make_index_sequence<static_cast<std::size_t>(part.operand_count)>{};
    if constexpr (part.what == kind::number) {
      here.values[part.first] = part.number;
    } else if constexpr (part.what == kind::elements) {
      compute_elements<Run, Part>(here, at, operands);
    } else if constexpr (part.what == kind::whole) {
      compute_whole<Run, Part>(here, at, operands);
    } else if constexpr (part.what == kind::loop) {
      constexpr traced_loop loop = order.runs.items[part.from].loop;
      compute_loop<Run, Part>(here, at,
                              std::make_index_sequence<static_cast<std::size_t>(loop.states)>{},
                              std::make_index_sequence<static_cast<std::size_t>(loop.elements)>{});
    }
    if constexpr (active.converted[Part]) {
      const double *const from = elements<Run, Part, false>(here, at);
      for (int i = 0; i < part.shape.size(); ++i)
        ::new (static_cast<void *>(here.numbers + part.first + i)) Number(from[i]);
    }
  }
  template <int Run>
  CHAINRULE_INLINE inline static void compute(const frame &here, surroundings &at) {
    constexpr traced_run of = order.runs.items[Run];
    [&]<std::size_t... I>(std::index_sequence<I...>) CHAINRULE_INLINE_CALL {
      in_order{(compute_part<Run, of.first_part + static_cast<int>(I)>(here, at), 0)...};
    }
    (std::make_index_sequence<static_cast<std::size_t>(of.part_count)>{});
  }
  template <int Run>
  CHAINRULE_INLINE inline static void finish(const frame &here) {
    constexpr traced_run of = order.runs.items[Run];
    for (int i = of.first_part; i < of.first_part + of.part_count; ++i)
      if (active.converted[i] || (active.parts[i] && order.parts.items[i].what != kind::input))
        end(here.numbers + order.parts.items[i].first, order.parts.items[i].shape.size());
  }

public:
  /// use(f), the formula at the inputs; the variables that the gradient is by are numbers already,
  /// one after another.
  template <class Use>
  CHAINRULE_INLINE inline void operator()(const double *const *inputs, Number *variables,
                                          const Use &use) {
    alignas(64) std::byte local[is_small ? bytes : 1];
    std::byte *first = local;
    if constexpr (!is_small) {
      first = memory.get();
      first += (64 - reinterpret_cast<std::uintptr_t>(first) % 64) % 64; // NOLINT
    }
    surroundings at{inputs, variables, first, {}};
    constexpr traced_run whole = order.runs.items[0];
    const frame here{take<Number>(at, whole.elements), take<double>(at, whole.elements)};
    compute<0>(here, at);
    constexpr int last = whole.first_part + whole.part_count - 1;
    use(elements<0, last, active.parts[last]>(here, at)[0]);
    finish<0>(here);
  }
};

} // namespace chainrule::detail::CHAINRULE_FLAGS
