// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The ways to a value and its gradient that benchmark() compares. Each is an object that is called
// and keeps what it needs between calls: operator()() hands back the value and leaves the slopes,
// in the order of gradient(f, ...), in `slopes`.
// Read next: benchmark.hpp.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <chainrule/benchmark/formula.hpp>
#include <chainrule/benchmark/libraries.hpp>
#include <chainrule/call/compile.hpp>

namespace chainrule::detail::CHAINRULE_FLAGS {

/// A formula, the variables whose values are given, and those that the gradient is by.
template <class Function, class Variables, class Parts>
struct benchmarked {
  using formula = traced_formula<Function, Variables, math::dual<1>>;
  using active = activity<formula, Variables, Parts>;
  static constexpr int count = static_cast<int>(Parts::elements);

  template <class Number>
  using on = formula_on<formula, active, Number>;

  /// The parameters in the order of the gradient: visit(which, where its value is).
  template <class Pointer>
  CHAINRULE_INLINE inline static void for_parameters(Pointer *const *inputs, const auto &visit) {
    [&]<std::size_t... K>(std::index_sequence<K...>) CHAINRULE_INLINE_CALL {
      in_order{(for_elements<K>(inputs[place<K>], visit), 0)...};
    }
    (std::make_index_sequence<Parts::count>{});
  }

private:
  template <std::size_t K>
  static constexpr int place = Variables::place_of(*Parts::records[K]);

  template <std::size_t K, class Pointer>
  CHAINRULE_INLINE inline static void for_elements(Pointer *first, const auto &visit) {
    for (std::size_t i = Parts::first_elements[K]; i < Parts::first_elements[K + 1]; ++i)
      visit(i, first + (i - Parts::first_elements[K]));
  }
};

/// The library's own tape. A few variables are on the stack, where no node can be in their place.
template <class Benchmarked>
struct reverse_tape {
  static constexpr std::size_t count = Benchmarked::count;
  static constexpr bool is_small = count <= 64;

  const double *const *inputs;
  std::vector<double> slopes = std::vector<double>(count);
  std::vector<tape::real> memory = std::vector<tape::real>(is_small ? 0 : count);
  typename Benchmarked::template on<tape::real> formula{};
  std::unique_ptr<tape::recording> recording = std::make_unique<tape::recording>();

  double operator()() {
    tape::real few[is_small ? count : 1];
    tape::real *const variables = is_small ? few : memory.data();
    recording->clear();
    Benchmarked::for_parameters(
        inputs, [&](std::size_t i, const double *at) { variables[i] = recording->variable(*at); });
    double value = 0;
    formula(inputs, variables, [&](const tape::real &result) {
      value = result.value;
      recording->backward(result);
    });
    for (std::size_t i = 0; i < count; ++i)
      slopes[i] = recording->slope(variables[i]);
    return value;
  }
};

/// Forward duals: a pass for so many parameters.
template <class Benchmarked>
struct forward_duals {
  static constexpr int lanes = Benchmarked::count > 4 ? 8 : Benchmarked::count > 2 ? 4 : 2;
  static constexpr int passes = (Benchmarked::count + lanes - 1) / lanes;
  using number = tape::forward<lanes>;

  const double *const *inputs;
  std::vector<double> slopes = std::vector<double>(Benchmarked::count);
  std::vector<number> variables = std::vector<number>(Benchmarked::count);
  typename Benchmarked::template on<number> formula{};

  double operator()() {
    Benchmarked::for_parameters(
        inputs, [&](std::size_t i, const double *at) { variables[i] = number(*at); });
    double value = 0;
    for (int first = 0; first < Benchmarked::count; first += lanes) {
      const int here = std::min(lanes, Benchmarked::count - first);
      for (int i = 0; i < here; ++i)
        variables[static_cast<std::size_t>(first + i)].slopes[i] = 1;
      formula(inputs, variables.data(), [&](const number &result) {
        value = result.value;
        for (int i = 0; i < here; ++i)
          slopes[static_cast<std::size_t>(first + i)] = result.slopes[i];
      });
      for (int i = 0; i < here; ++i)
        variables[static_cast<std::size_t>(first + i)].slopes[i] = 0;
    }
    return value;
  }
};

/// Central differences of the compiled value, with the step that rounding asks for.
template <class Benchmarked, class Value, class Point>
struct central_differences {
  std::unique_ptr<Point> where;
  std::vector<double *> inputs;
  std::vector<double> slopes = std::vector<double>(Benchmarked::count);

  double operator()() {
    Benchmarked::for_parameters(inputs.data(), [&](std::size_t i, double *at) {
      const double x = *at, step = 6.06e-6 * (math::abs(x) < 1 ? 1 : math::abs(x));
      const double above = x + step, below = x - step;
      *at = above;
      const double up = Value{}(*where);
      *at = below;
      const double down = Value{}(*where);
      *at = x;
      slopes[i] = (up - down) / (above - below);
    });
    return Value{}(*where);
  }
};

/// A library of tapes.
template <class Benchmarked, class Library>
class library_tape {
  using number = tape::foreign<Library>;
  static constexpr int count = Benchmarked::count;

  const double *const *inputs;
  // Raw memory: what is recorded of a variable is recorded when it is made.
  std::unique_ptr<std::byte[]> memory =
      std::make_unique_for_overwrite<std::byte[]>(count * sizeof(number) + alignof(number));
  typename Benchmarked::template on<number> formula{};
  std::unique_ptr<Library> library = std::make_unique<Library>(); // Adept's stack stays in place

public:
  std::vector<double> slopes = std::vector<double>(count);

  explicit library_tape(const double *const *from) : inputs(from) {}

  double operator()() {
    void *first = memory.get();
    std::size_t room = count * sizeof(number) + alignof(number);
    auto *const variables =
        static_cast<number *>(std::align(alignof(number), count * sizeof(number), first, room));
    library->begin(count);
    Benchmarked::for_parameters(
        inputs, [&](std::size_t i, const double *at) { library->make(&variables[i].number, *at); });
    library->start(variables, count);
    double value = 0;
    formula(inputs, variables, [&](const number &result) {
      value = value_of(result);
      library->finish(result.number, variables, slopes.data(), count);
    });
    std::destroy_n(variables, count);
    return value;
  }
  Library &recorder() { return *library; }
};

/// What a library recorded once, run again.
template <class Benchmarked, class Library>
struct library_tape_again {
  std::unique_ptr<library_tape<Benchmarked, Library>> recorded;
  const double *const *inputs;
  std::vector<double> slopes = std::vector<double>(Benchmarked::count);
  std::vector<double> values = std::vector<double>(Benchmarked::count);

  double operator()() {
    Benchmarked::for_parameters(inputs, [&](std::size_t i, const double *at) { values[i] = *at; });
    return recorded->recorder().again(values.data(), slopes.data(), Benchmarked::count);
  }
};

/// Whether f(point) hands back the value and the slopes. Asked first: a compiled function says what
/// is wrong with a call that is none.
template <class Function, class Point>
inline constexpr bool hands_back_both = requires(const Function &f, const Point &p) {
  { std::get<0>(f(p)) } -> std::convertible_to<double>;
  std::data(std::get<1>(f(p)));
};
template <class Function, class Point>
constexpr bool is_way() {
  if constexpr (hands_back_both<Function, Point>)
    return true;
  else
    return std::is_invocable_r_v<double, const Function &, const Point &, double *>;
}

/// A function of the user's, f(point, slopes) or f(point).
template <class Benchmarked, class Function, class Point>
struct other_way {
  const Point *where;
  Function function;
  std::vector<double> slopes = std::vector<double>(Benchmarked::count);

  double operator()() {
    if constexpr (hands_back_both<Function, Point>) {
      const auto result = function(*where);
      std::copy_n(std::data(std::get<1>(result)), slopes.size(), slopes.begin());
      return std::get<0>(result);
    } else {
      return std::as_const(function)(*where, slopes.data());
    }
  }
};

} // namespace chainrule::detail::CHAINRULE_FLAGS
