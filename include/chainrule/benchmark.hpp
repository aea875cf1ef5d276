// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.63)): value and gradient by the compiled
// function beside tapes, duals and differences, in a table. All gradients are compared first.
// docs/benchmark.md says what each row does. Read next: benchmark/dual.hpp.
#pragma once

#include <chainrule/chainrule.hpp>

// As in chainrule.hpp: parameters may be called like globals of the user.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

#include <chainrule/benchmark/methods.hpp>
#include <chainrule/benchmark/timing.hpp>

namespace chainrule {
namespace detail {

/// A way of the user's, and what it is called.
template <class Function>
struct named_way {
  std::string name;
  Function function;
};
template <class T>
inline constexpr bool is_named_way = false;
template <class Function>
inline constexpr bool is_named_way<named_way<Function>> = true;

template <class T>
inline constexpr bool is_benchmark_option = is_named_way<T> || std::same_as<T, benchmark_options>;

} // namespace detail

/// A row for code of yours: f(p, slopes), which reads the values p[w] and p[W](i, j) of the point,
/// writes the slopes in the order of the gradient, matrices row by row, and hands back the value;
/// or f(p) that hands back both, as a compiled function does.
template <class Function>
[[nodiscard]] auto against(std::string name, Function function) {
  return detail::named_way<Function>{std::move(name), std::move(function)};
}

namespace detail::CHAINRULE_FLAGS {

/// The compiled function. The slopes of a small one are handed back by value, as users take them.
template <class Step, class Point, int Count>
struct compiled_way {
  static constexpr bool is_on_stack = Step::workspace_bytes <= 65536;
  static constexpr bool is_by_value = is_on_stack && Count <= 64;

  const Point *where;
  std::vector<double> slopes = std::vector<double>(Count);
  std::vector<double> memory = std::vector<double>(is_on_stack ? 0 : Step::workspace_size);

  CHAINRULE_INLINE inline double operator()() {
    double value = 0;
    if constexpr (is_by_value) {
      const auto result = Step{}(*where);
      value = std::get<0>(result);
      asm volatile("" : : "r"(&result) : "memory");
    } else if constexpr (is_on_stack) {
      Step{}.into(value, slopes.data())(*where);
    } else {
      Step{}.into(value, slopes.data()).workspace(memory)(*where);
    }
    return value;
  }
  /// The same, with the slopes where they are compared.
  double gradient() {
    if constexpr (is_by_value) {
      const auto result = Step{}(*where);
      std::copy_n(std::get<1>(result).data(), std::size_t{Count}, slopes.begin());
      return std::get<0>(result);
    } else {
      return (*this)();
    }
  }
};

/// A value in double and row by row, in memory of its own.
template <class Variable, class Value>
auto in_own_memory(const binding<Variable, Value> &given) {
  constexpr shape of = record<Variable>.shape;
  const auto converted = row_by_row(in_double(given));
  double number = 0;
  const double *const first =
      place_of<double, matrix_variable<binding<Variable, Value>>>(converted.value, number);
  result_type<double, of.rows, of.columns> result{};
  std::copy_n(first, std::size_t{of.size()}, result_of<Variable>::template begin<double>(result));
  return binding<Variable, decltype(result)>{result};
}

/// Whether each is a variable that is given a value.
template <class Parts, class Variables>
constexpr bool are_given() {
  for (const expression_record *part : Parts::records)
    if (!(*part->operation == variable_record) || Variables::place_of(*part) < 0)
      return false;
  return true;
}

/// All ways to one gradient at a point.
template <class Function, class Gradient, class Parts, class... Variables>
class comparison {
  using step = decltype(compile(Function{}, Gradient{}));
  using point_type = point<decltype(in_own_memory(std::declval<Variables>()))...>;
  using given = keys<typename Variables::variable_type...>;
  using problem = benchmarked<Function, given, Parts>;

  std::unique_ptr<point_type> where;
  std::vector<double *> inputs = inputs_of(*where);
  std::vector<std::unique_ptr<contestant>> all;

  static std::vector<double *> inputs_of(point_type &of) {
    std::vector<double *> result;
    (..., result.push_back(result_of<typename Variables::variable_type>::template begin<double>(
              of[typename Variables::variable_type{}])));
    return result;
  }

  template <class Way>
  contestant &add(std::string name, double tolerance, Way way) {
    all.push_back(std::make_unique<contestant_by<Way>>(std::move(name), tolerance, std::move(way)));
    return *all.back();
  }
  /// One that does so often what a call of another does.
  static void in_passes(contestant &one, double passes, contestant &pass) {
    one.passes = passes;
    one.pass = &pass;
  }
  template <class Library>
  bool add_library() {
    if constexpr (!std::same_as<Library, no_library>) {
      using way = library_tape<problem, Library>;
      add(Library::name, 1e-9, way(inputs.data()));
      if constexpr (requires { Library::name_again; }) {
        auto recorded = std::make_unique<way>(inputs.data());
        (*recorded)();
        add(Library::name_again, 1e-9,
            library_tape_again<problem, Library>{std::move(recorded), inputs.data()});
      }
    }
    return !std::same_as<Library, no_library>;
  }
  void add_option(const benchmark_options &) {}
  template <class Way>
  void add_option(const named_way<Way> &way) {
    constexpr bool fits = is_way<Way, point_type>();
    static_assert(
        fits, "against(\"by hand\", f): f takes a point and a double *, f(p, slopes), reads p[w], "
              "writes the slopes in the order of the gradient and hands back the value; or it "
              "takes a point alone and hands back both, as a compiled function");
    if constexpr (fits)
      add(way.name, 1e-9, other_way<problem, Way, point_type>{where.get(), way.function});
  }

public:
  explicit comparison(const Variables &...values)
      : where(new point_type{{{{in_own_memory(values)}}...}}) {}

  benchmark_result run(const auto &...given_options) {
    benchmark_options options;
    [[maybe_unused]] const auto read = [&options](const auto &option) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(option)>, benchmark_options>)
        options = option;
    };
    (..., read(given_options));
    constexpr int count = problem::count;
    using value = decltype(compile(Function{}));
    using duals = forward_duals<problem>;
    contestant &compiled =
        add("chainrule, compiled", 0, compiled_way<step, point_type, count>{where.get()});
    contestant &tape =
        add("reverse tape of the library", 1e-9, reverse_tape<problem>{inputs.data()});
    in_passes(add("forward duals, " + std::to_string(duals::lanes) + " slopes a pass", 1e-9,
                  duals{inputs.data()}),
              duals::passes, tape);
    auto own = std::make_unique<point_type>(*where);
    auto own_inputs = inputs_of(*own);
    in_passes(
        add("central differences of the compiled value", 1e-4,
            central_differences<problem, value, point_type>{std::move(own), std::move(own_inputs)}),
        2.0 * count + 1, compiled);
    (..., add_option(given_options));
    add_library<adolc_library>();
    add_library<sacado_library>();
    add_library<codipack_library>();
    add_library<cppad_library>();
    add_library<adept_library>();
    add_library<autodiff_library>();
    if (add_library<eigen_library<count>>())
      in_passes(*all.back(), duals::passes, tape);

    const double *slopes = nullptr;
    const double there = compiled.run(slopes);
    const std::vector<double> expected(slopes, slopes + count);
    for (std::size_t i = 1; i < all.size(); ++i)
      if (!takes_too_long(*all[i], options))
        compare(*all[i], there, expected);
    time_all(all, options);

    benchmark_result result{count, {}, libraries_not_present()};
    for (auto &each : all)
      result.rows.push_back(std::move(each->row));
    return result;
  }
};

} // namespace detail::CHAINRULE_FLAGS

/// Value and gradient of f at a point, by the compiled function, by the library's own tape, by
/// forward duals, by central differences, by what `against` names and by every library of tapes
/// that the compiler finds; all in double. The result is a table to read or to print. A way whose
/// gradient is another one is not timed and says so.
///   std::cout << benchmark(loss, gradient(loss, w), at(w = 0.25, x = 0.63),
///                          against("by hand", f), benchmark_options{.seconds = 2});
template <expression Function, class Of, class Parts, class... Variables, class... Values,
          class... Options>
  requires(... &&detail::is_benchmark_option<Options>)
[[nodiscard]] CHAINRULE_INLINE inline benchmark_result
benchmark(Function, const gradient_of<Of, Parts> &,
          const detail::point<binding<Variables, Values>...> &where, const Options &...options) {
  if constexpr (!detail::any_mistaken<Function> && !detail::any_mistaken<Of>) {
    constexpr bool is_one = std::same_as<Function, Of>;
    static_assert(is_one, "benchmark(f, gradient(g, w), at(...)): the gradient is of another "
                          "function than f; write benchmark(f, gradient(f, w), at(...))");
    using step = decltype(compile(Function{}, gradient_of<Of, Parts>{}));
    if constexpr (is_one) {
      if constexpr (detail::are_arguments<typename step::program,
                                          binding<Variables, Values>...>() &&
                    detail::all_of(
                        {true,
                         detail::check_value<detail::matrix_variable<binding<Variables, Values>>,
                                             Values>()...})) {
        using given = detail::keys<Variables...>;
        constexpr bool is_given = detail::are_given<Parts, given>();
        static_assert(is_given,
                      "benchmark(f, gradient(f, w), at(...)): the gradient is by something that is "
                      "no variable with a value in at(...), and tapes know slopes by variables; "
                      "name w there, or write the part of f as a variable");
        using formula = detail::traced_formula<Function, given, math::dual<1>>;
        static_assert(formula::depth == 0,
                      "benchmark(f, ...): f contains a derivative, partial(g, x), which tapes do "
                      "not differentiate once more; write the derivative out as a formula");
        if constexpr (is_given && formula::depth == 0 && formula::has_rules)
          return where.open([&](const auto &...values) {
            return detail::comparison<Function, gradient_of<Of, Parts>, Parts,
                                      binding<Variables, Values>...>(values...)
                .run(options...);
          });
      }
    }
  }
  return {};
}

/// Of anything else.
template <class... Given>
benchmark_result benchmark(const Given &...) {
  static_assert(sizeof...(Given) == std::size_t(-1),
                "benchmark(f, at(x = 0.5)): give the function, its gradient and a point, "
                "benchmark(f, gradient(f, w), at(w = 0.25, x = 0.5)), and then, if you like, "
                "against(\"by hand\", f) and benchmark_options{.seconds = 2}");
  return {};
}

} // namespace chainrule

#pragma GCC diagnostic pop
