// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What compile(f, gradient(f, a, B)) hands back: a number or a matrix for an expression, `slopes`
// for a gradient, and where there are several outputs a tuple of these, in the order of the call.
// Read next: destinations.hpp.
#pragma once

#include <tuple>

#include <chainrule/call/matrix.hpp>
#include <chainrule/program/outputs.hpp>

namespace chainrule {

namespace detail {

/// The value of an expression from its first element, a number or a matrix_view.
template <expression Part, class T>
constexpr decltype(auto) value_from(T *first) {
  constexpr shape of = record<Part>.shape;
  if constexpr (of.is_scalar())
    return (*first);
  else
    return matrix_view<T, of.rows, of.columns>(first);
}

/// The part of values that belongs to the expression at this place.
template <class Keys, int Place, class T>
constexpr decltype(auto) part_of(T *values) {
  return value_from<typename Keys::template at<Place>>(values + Keys::first_elements[Place]);
}

/// A number or a matrix.
template <class Scalar, int Rows, int Columns>
using result_type = std::conditional_t<Rows * Columns == 1, Scalar, matrix<Scalar, Rows, Columns>>;

/// A copy of that part.
template <class Keys, int Place, class Scalar>
constexpr auto copy_of_part(const Scalar *values) {
  constexpr shape of = record<typename Keys::template at<Place>>.shape;
  const Scalar *const first = values + Keys::first_elements[Place];
  if constexpr (of.is_scalar()) {
    return *first;
  } else {
    matrix<Scalar, of.rows, of.columns> result{};
    for (std::size_t i = 0; i < result.size(); ++i)
      result.values[i] = first[i];
    return result;
  }
}

} // namespace detail

/// The value of a gradient: slope[w1], a number, or slope[W], a matrix_view in the shape of W. All
/// values lie one after another, in the order in which the variables were named.
template <class Scalar, class Parts>
struct slopes : by_variable<slopes<Scalar, Parts>, Parts> {
  static constexpr std::size_t count = Parts::elements;

  Scalar values[count];

  template <int Place>
  constexpr decltype(auto) get() const {
    return detail::part_of<Parts, Place>(values);
  }
  template <int Place>
  constexpr auto copy() const {
    return detail::copy_of_part<Parts, Place>(values);
  }
  constexpr Scalar *data() { return values; }
  constexpr const Scalar *data() const { return values; }
  constexpr const Scalar *begin() const { return values; }
  constexpr const Scalar *end() const { return values + count; }
  CHAINRULE_INLINE friend bool operator==(const slopes &, const slopes &) = default;

  /// 0.1 * slope, as in theta -= 0.1 * slope, and slope * 0.1.
  template <class Factor>
    requires(std::is_arithmetic_v<Factor> || std::same_as<Factor, Scalar>)
  CHAINRULE_INLINE friend constexpr slopes operator*(const Factor &factor, slopes gradient) {
    for (Scalar &each : gradient.values)
      each = static_cast<Scalar>(factor) * each;
    return gradient;
  }
  template <class Factor>
    requires(std::is_arithmetic_v<Factor> || std::same_as<Factor, Scalar>)
  CHAINRULE_INLINE friend constexpr slopes operator*(const slopes &gradient, const Factor &factor) {
    return factor * gradient;
  }

  template <std::floating_point Number>
  constexpr operator Number() const {
    static_assert(sizeof(Number) == 0,
                  "double g = step(x = 0.5): a gradient is values by variable and no number; take "
                  "one of them, step(x = 0.5)[x], or auto slope = step(x = 0.5) and slope[x]");
    return values[0];
  }
};

} // namespace chainrule

// auto [by_w1, by_w2] = slope;
template <class Scalar, class Parts>
struct std::tuple_size<chainrule::slopes<Scalar, Parts>>
    : std::integral_constant<std::size_t, Parts::count> {};
template <std::size_t Place, class Scalar, class Parts>
struct std::tuple_element<Place, chainrule::slopes<Scalar, Parts>> {
  using type = std::remove_reference_t<
      decltype(std::declval<const chainrule::slopes<Scalar, Parts> &>().template get<Place>())>;
};

namespace chainrule::detail {

/// What is handed back of an expression or a gradient, and its first element.
template <class Output>
struct result_of {
  static constexpr int rows = record<Output>.shape.rows;
  static constexpr int columns = record<Output>.shape.columns;

  template <class Scalar>
  using type = result_type<Scalar, rows, columns>;

  template <class Scalar>
  CHAINRULE_INLINE static constexpr Scalar *begin(type<Scalar> &value) {
    if constexpr (rows * columns == 1)
      return &value;
    else
      return value.values;
  }
};

/// Of a formula with a mistake in it a number: the shape is not known.
template <>
struct result_of<mistaken> {
  template <class Scalar>
  using type = Scalar;
};

template <class Function, class Parts>
struct result_of<gradient_of<Function, Parts>> {
  template <class Scalar>
  using type = slopes<Scalar, Parts>;

  template <class Scalar>
  CHAINRULE_INLINE static constexpr Scalar *begin(slopes<Scalar, Parts> &values) {
    return values.values;
  }
};

template <class... T>
struct alone_or_tuple {
  using type = std::tuple<T...>;
};
template <class T>
struct alone_or_tuple<T> {
  using type = T;
};

template <class List>
struct results_of;

template <class... Outputs>
struct results_of<output_list<Outputs...>> {
  /// What the caller receives: one output alone as it is, several as a tuple.
  template <class Scalar>
  using result =
      typename alone_or_tuple<typename result_of<Outputs>::template type<Scalar>...>::type;

  /// Where the values of each output begin in what the caller receives.
  template <class Scalar, std::size_t... I>
  CHAINRULE_INLINE static constexpr void locate(auto &result, Scalar **begins,
                                                std::index_sequence<I...>) {
    if constexpr (sizeof...(I) == 1)
      in_order{(begins[I] = result_of<Outputs>::template begin<Scalar>(result), 0)...};
    else
      in_order{(begins[I] = result_of<Outputs>::template begin<Scalar>(std::get<I>(result)), 0)...};
  }
};

} // namespace chainrule::detail
