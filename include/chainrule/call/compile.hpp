// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// compile(outputs...): a stateless function that computes expressions and gradients together, in
// straight-line code. `auto [value, slope] = compile(f, gradient(f, w))(w = 0.25, x = 1.0);`
// Read next: check/gradient_check.hpp.
#pragma once

#include <chainrule/call/arguments.hpp>
#include <chainrule/call/destinations.hpp>
#include <chainrule/call/point.hpp>
#include <chainrule/code/run.hpp>

namespace chainrule {

/// A function of named arguments; constexpr, without allocation or branch, and stateless but for
/// what into() and workspace() were given.
template <class List, class Results = detail::returned, class Workspace = detail::on_stack,
          class Kernels = detail::own_kernels>
struct compiled {
  using outputs = detail::structure_of<List>;
  using program = detail::program_of<List>;

  /// What a call on Scalars hands back.
  template <class Scalar>
  using result = typename detail::results_of<outputs>::template result<Scalar>;

  /// Elements of the matrices that are neither arguments nor outputs, and their bytes if double;
  /// 0 where all are numbers to the code, as those of small matrices.
  static constexpr std::size_t workspace_size = program::value.workspace;
  static constexpr std::size_t workspace_bytes = sizeof(double) * workspace_size;

  [[no_unique_address]] Results results{};
  [[no_unique_address]] Workspace buffer{};

  /// The same function, but the outputs are written to these, in order: numbers, matrices, slopes,
  /// parameters, any contiguous values, or pointers. They overlap no argument.
  template <class... Destinations>
  [[nodiscard]] CHAINRULE_INLINE constexpr auto into(Destinations &&...destinations) const {
    return compiled<List, detail::destinations<Destinations...>, Workspace, Kernels>{
        {{static_cast<Destinations &&>(destinations)...}}, buffer};
  }

  /// The same function, but the matrices in between are in this array, span or vector and not on
  /// the stack: workspace_size elements of the type that is computed with.
  template <class Buffer>
  [[nodiscard]] CHAINRULE_INLINE constexpr auto
  workspace([[maybe_unused]] Buffer &&elements) const {
    if constexpr (workspace_size == 0) {
      return compiled<List, Results, detail::on_stack, Kernels>{results};
    } else {
      using given = detail::elements_of<std::remove_cvref_t<Buffer>>;
      // A temporary is const here, unless it refers to memory itself, as a span.
      std::conditional_t<std::is_lvalue_reference_v<Buffer>, Buffer, const Buffer &> held =
          elements;
      auto *const first = given::first(held);
      using storage =
          detail::in_buffer<std::remove_pointer_t<decltype(given::first(held))>, given::count>;
      if constexpr (given::count == 0)
        return compiled<List, Results, storage, Kernels>{
            results, {first, static_cast<std::size_t>(std::size(held))}};
      else
        return compiled<List, Results, storage, Kernels>{results, {first, given::count}};
    }
  }

  /// The same function, but products of matrices and the like are computed by these, as
  /// eigen_kernels of eigen.hpp.
  template <class Others>
  [[nodiscard]] CHAINRULE_INLINE constexpr auto kernels(Others) const {
    return compiled<List, Results, Workspace, Others>{results, buffer};
  }

  /// The outputs at the arguments: one alone as it is, several as a std::tuple. Inlined whatever
  /// its size, so that results go from registers to where the caller wants them. Of scalars that
  /// are no numbers of the language an operation may throw.
  template <class... Arguments>
  CHAINRULE_INLINE constexpr auto operator()(const Arguments &...arguments) const
      noexcept(detail::are_of_numbers<Arguments...>()) {
    if constexpr (detail::any_of({detail::is_point<Arguments>...})) {
      return detail::with_points_opened(*this, arguments...);
    } else if constexpr (detail::are_arguments<program, Arguments...>()) {
      using scalar = typename detail::common_scalar<detail::element_type<Arguments>...>::type;
      if constexpr (!detail::check_scalar<scalar>()) {
        return typename Results::template held<double, outputs>{};
      } else if constexpr (detail::is_real<List> && !detail::has_sign<scalar>) {
        return compiled<detail::of_complex<List>, Results, Workspace, Kernels>{results, buffer}(
            arguments...);
      } else if constexpr (detail::any_of(
                               {false, detail::is_copied<
                                           std::remove_cvref_t<decltype(arguments.value)>>...}) &&
                           detail::all_of(
                               {true, detail::check_value<
                                          detail::matrix_variable<Arguments>,
                                          std::remove_cvref_t<decltype(arguments.value)>>()...})) {
        return (*this)(detail::row_by_row(arguments)...);
      } else if constexpr (detail::check_types<scalar, Arguments...>() &&
                           detail::all_of({detail::check_value<
                               detail::matrix_variable<Arguments>,
                               std::remove_cvref_t<decltype(arguments.value)>>()...}) &&
                           Results::template check<scalar, outputs>() &&
                           Workspace::template check<scalar, workspace_size>()) {
        if constexpr (detail::any_of(
                          {detail::is_in_rows<detail::matrix_variable<Arguments>,
                                              std::remove_cvref_t<decltype(arguments.value)>>...}))
          if (__builtin_is_constant_evaluated())
            return (*this)(detail::row_by_row(arguments)...);
        constexpr auto where = detail::argument_order<program, Arguments...>();
        scalar converted[sizeof...(Arguments) + 1];
        std::size_t next = 0;
        const scalar *given[sizeof...(Arguments) + 1]{
            detail::place_of<scalar, detail::matrix_variable<Arguments>>(arguments.value,
                                                                         converted[next++])...};
        return detail::run<List, Kernels>(
            given, where, results, buffer,
            std::make_index_sequence<program::value.variables.size() +
                                     program::value.elements.size()>{},
            std::make_index_sequence<program::value.constants.size()>{},
            std::make_index_sequence<detail::blocks<List>>{},
            std::make_index_sequence<detail::outputs_left<List>().size()>{});
      } else {
        return typename Results::template held<scalar, outputs>{};
      }
    } else {
      return typename Results::template held<double, outputs>{};
    }
  }
};

namespace detail {

template <class Output>
inline constexpr bool is_mistaken_output = std::same_as<Output, mistaken>;
template <class Parts>
inline constexpr bool is_mistaken_output<gradient_of<mistaken, Parts>> = true;

/// In the place of a function with a mistake in its formulas: it takes what that would take and has
/// results of the same types.
template <class... Outputs>
struct not_compiled {
  static constexpr std::size_t workspace_size = 1, workspace_bytes = sizeof(double);

  constexpr auto operator()(const auto &...) const {
    return typename results_of<output_list<Outputs...>>::template result<double>{};
  }
  constexpr auto into(const auto &...) const { return *this; }
  constexpr auto workspace(const auto &) const { return *this; }
  constexpr auto kernels(const auto &) const { return *this; }
};

} // namespace detail

/// Instead of the compiler's list of all that can be written.
template <class Stream, class List, class... More>
  requires requires(Stream &stream) { stream << 0.0; }
Stream &operator<<(Stream &stream, const compiled<List, More...> &) {
  static_assert(sizeof(List *) == 0,
                "std::cout << compile(f): a compiled function is called first, "
                "std::cout << compile(f)(x = 0.5); the formula is std::cout << f");
  return stream;
}

/// Formulas and gradients as one function of named arguments, compile(loss, gradient(loss, w1,
/// w2)), which hands back one result for each.
template <class... Outputs>
[[nodiscard]] constexpr auto compile(Outputs...) {
  static_assert(sizeof...(Outputs) > 0, "compile(): name what is to be computed, as in "
                                        "compile(loss, gradient(loss, w))");
  constexpr bool are_outputs = detail::all_of({detail::is_output<Outputs>...});
  static_assert(are_outputs,
                "compile(f): an argument is neither an expression nor a gradient; build it from "
                "variables and literals, as in compile(sigmoid(w * x))");
  if constexpr (sizeof...(Outputs) == 0 || !are_outputs) {
    return detail::mistaken{};
  } else if constexpr (detail::any_of({detail::is_mistaken_output<Outputs>...})) {
    return detail::not_compiled<Outputs...>{};
  } else {
    using list = detail::output_list<Outputs...>;
    return compiled<detail::defined<
        typename detail::name_of_formulas<detail::listed, list::fingerprint, list::networks>::type,
        list>>{};
  }
}

} // namespace chainrule
