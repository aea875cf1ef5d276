// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Memory of the caller's: step.into(value, slope)(x = 0.5) writes the outputs there instead of
// handing them back, step.workspace(buffer)(x = 0.5) keeps the matrices in between there instead of
// on the stack. Neither may overlap an argument: outputs are written while arguments are read.
// Read next: compile.hpp.
#pragma once

#include <chainrule/call/results.hpp>
#include <chainrule/call/values.hpp>

namespace chainrule::detail {

/// Outputs are handed back.
struct returned {
  static constexpr bool are_returned = true;

  template <class Scalar, class Outputs>
  using held = typename results_of<Outputs>::template result<Scalar>;

  template <class Scalar, class Outputs>
  static constexpr bool check() {
    constexpr std::size_t bytes = sizeof(held<Scalar, Outputs>);
    static_assert(bytes <= 1048576,
                  "step(x = 0.5): the results are more than 1 MB, and what is handed back by value "
                  "lies on the stack; write them to memory of yours, step.into(value, slope)(...)");
    return bytes <= 1048576;
  }
  template <class Outputs, class Scalar>
  CHAINRULE_INLINE constexpr void locate(held<Scalar, Outputs> &result, Scalar **begins) const {
    results_of<Outputs>::locate(result, begins, std::make_index_sequence<Outputs::count>{});
  }
};

template <class Derived, class Variables>
Variables variables_of_values(const by_variable<Derived, Variables> &);

/// Whether a destination is for the variables of an output, as far as it knows of any.
template <class Output, class Destination>
constexpr bool has_variables_of() {
  constexpr auto knows_variables = []<class T>(const T *values) {
    return requires { variables_of_values(*values); };
  };
  if constexpr (!knows_variables(static_cast<const Destination *>(nullptr)))
    return true;
  else if constexpr (!knows_variables(static_cast<const Output *>(nullptr)))
    return false;
  else
    return std::same_as<decltype(variables_of_values(std::declval<const Output &>())),
                        decltype(variables_of_values(std::declval<const Destination &>()))>;
}

/// Where the compiler does not know how large a destination is: stops the program.
inline void wrong_size_of_destination(std::size_t needed, std::size_t found) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr,
               "chainrule: step.into(values): %zu values are stored, there is room for %zu\n",
               needed, found);
  __builtin_abort();
}

/// Where the values of an output go. A pointer is to as many as there are.
template <class Scalar, std::size_t Elements, class Destination>
CHAINRULE_INLINE constexpr auto *first_of_destination(Destination &to) {
  using plain = std::remove_cv_t<Destination>;
  if constexpr (std::same_as<plain, Scalar>) {
    return &to;
  } else if constexpr (std::is_pointer_v<plain>) {
    return &*to;
  } else {
    if constexpr (elements_of<plain>::count == 0)
      if (const auto size = static_cast<std::size_t>(std::size(to)) * elements_of<plain>::in_a_row;
          size != Elements)
        wrong_size_of_destination(Elements, size);
    return elements_of<plain>::first(to);
  }
}

/// Whether so many values of an output, which would be handed back as Output, go there.
template <class Scalar, std::size_t Elements, class Output, class Destination>
constexpr bool check_destination() {
  using plain = std::remove_cv_t<Destination>;
  using pointer = decltype(first_of_destination<Scalar, Elements>(std::declval<Destination &>()));
  constexpr std::size_t room = std::is_pointer_v<plain> ? Elements : elements_of<plain>::count;
  constexpr bool is_stored = std::same_as<pointer, Scalar *>;
  constexpr bool is_named = has_variables_of<Output, plain>();
  constexpr bool fits = room == Elements || room == 0;
  static_assert(is_stored,
                "step.into(value): a destination is const, a temporary, or of another type than "
                "the call computes with; name an object of that type, outputs are not converted");
  static_assert(is_named || !is_stored,
                "step.into(slope): the variables of a destination are not those of the output; "
                "they are the same in the same order, as in gradient(f, ...)");
  static_assert(fits || !is_stored || !is_named ||
                    have_equal_size<elements<Elements>, elements<room>>,
                "step.into(values): an output has another number of elements (named first in this "
                "message) than its destination (named second)");
  return is_stored && is_named && fits;
}

/// Outputs are written to these: references, or by value what refers to memory itself, as a span.
template <class... Destinations>
struct destinations {
  static constexpr bool are_returned = false;

  std::tuple<Destinations...> all;

  struct nothing {};
  template <class Scalar, class Outputs>
  using held = nothing;

  template <class Scalar, class Outputs>
  static constexpr bool check() {
    constexpr bool are_as_many = Outputs::count == sizeof...(Destinations);
    static_assert(are_as_many ||
                      have_equal_size<elements<Outputs::count>, elements<sizeof...(Destinations)>>,
                  "step.into(value, slope): compile(...) has another number of outputs (named "
                  "first in this message) than destinations are given (named second)");
    if constexpr (are_as_many)
      return check_each<Scalar>(static_cast<const Outputs *>(nullptr));
    else
      return false;
  }
  template <class Outputs, class Scalar>
  CHAINRULE_INLINE constexpr void locate(nothing, Scalar **begins) const {
    locate_each(static_cast<const Outputs *>(nullptr), begins,
                std::index_sequence_for<Destinations...>{});
  }

private:
  template <class Scalar, class... Outputs>
  static constexpr bool check_each(const output_list<Outputs...> *) {
    return all_of({check_destination<Scalar, output_of<Outputs>::elements,
                                     typename result_of<Outputs>::template type<Scalar>,
                                     std::remove_reference_t<const Destinations>>()...});
  }
  template <class... Outputs, class Scalar, std::size_t... I>
  CHAINRULE_INLINE constexpr void locate_each(const output_list<Outputs...> *, Scalar **begins,
                                              std::index_sequence<I...>) const {
    in_order{
        (begins[I] = first_of_destination<Scalar, output_of<Outputs>::elements>(std::get<I>(all)),
         0)...};
  }
};

/// Matrices in between are on the stack.
struct on_stack {
  template <class Scalar, std::size_t Needed>
  static constexpr bool check() {
    return true;
  }
  template <std::size_t Needed>
  static constexpr std::size_t on_the_stack = Needed;

  template <class Scalar, std::size_t Needed>
  CHAINRULE_INLINE constexpr Scalar *place(Scalar *own) const {
    return own;
  }
};

/// Where the compiler does not know how large a buffer is or where it lies: stops the program.
inline void too_small_workspace(std::size_t needed, std::size_t found) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr, "chainrule: step.workspace(buffer): %zu elements are needed, it has %zu\n",
               needed, found);
  __builtin_abort();
}
inline void misaligned_workspace(std::size_t alignment) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  std::fprintf(stderr,
               "chainrule: step.workspace(buffer): it does not begin at a multiple of %zu bytes; "
               "declare it with alignas\n",
               alignment);
  __builtin_abort();
}

/// They are in `size` elements from `first`; Count of them, if the compiler knows (else 0).
template <class Element, std::size_t Count>
struct in_buffer {
  Element *first;
  std::size_t size;

  template <class Scalar, std::size_t Needed>
  static constexpr bool check() {
    constexpr bool is_of_scalars = std::same_as<Element, Scalar>;
    constexpr bool is_usable =
        is_of_scalars || (std::same_as<Element, std::byte> && std::floating_point<Scalar>);
    constexpr bool fits = Count == 0 || Count * sizeof(Element) >= Needed * sizeof(Scalar);
    static_assert(is_usable,
                  "step.workspace(buffer): a workspace is an array, a span or a vector, not const, "
                  "of the type that the call computes with, or of std::byte for float, double "
                  "and long double");
    static_assert(
        fits || !is_usable ||
            have_equal_size<elements<Needed * sizeof(Scalar) / sizeof(Element)>, elements<Count>>,
        "step.workspace(buffer): more elements are needed (named first in this message) "
        "than the buffer has (named second); step.workspace_size are enough, or "
        "step.workspace_bytes of std::byte");
    return is_usable && fits;
  }
  template <std::size_t>
  static constexpr std::size_t on_the_stack = 0;

  template <class Scalar, std::size_t Needed>
  CHAINRULE_INLINE constexpr Scalar *place(Scalar *) const {
    constexpr std::size_t least = Needed * sizeof(Scalar) / sizeof(Element);
    if (size < least)
      too_small_workspace(least, size);
    if constexpr (std::same_as<Element, Scalar>) {
      return first;
    } else {
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): objects begin in bytes
      if (reinterpret_cast<std::uintptr_t>(first) % alignof(Scalar) != 0)
        misaligned_workspace(alignof(Scalar));
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      return reinterpret_cast<Scalar *>(first);
    }
  }
};

} // namespace chainrule::detail
