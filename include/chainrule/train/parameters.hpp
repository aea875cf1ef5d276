// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// parameters<double>(W1, b1, ...), parameters<double>(model): the values of variables in one array,
// in the order in which they were named, which is that of gradient(loss, W1, b1, ...). A pack is an
// argument of compiled functions, step(pack, x = ...); pack[W1] is a number or a matrix.
// Read next: initialization.hpp.
#pragma once

#include <chainrule/call/compile.hpp>

namespace chainrule {

namespace detail::CHAINRULE_FLAGS {

/// values -= rate * slopes
template <class Scalar>
CHAINRULE_OPTIMIZED constexpr void descend(Scalar *values, const Scalar *slopes, std::size_t count,
                                           Scalar rate) {
  for (std::size_t i = 0; i < count; ++i)
    values[i] -= rate * slopes[i];
}

} // namespace detail::CHAINRULE_FLAGS

namespace detail {

/// The variables of a pack that a call needs: of what is no compiled function all.
template <class Variables, class Call>
struct wanted {
  static constexpr std::size_t count = Variables::count;
};
template <class Variables, class List, class... More>
  requires(program_of<List>::is_done)
struct wanted<Variables, compiled<List, More...>> {
  static constexpr auto found = [] {
    variable_table mentioned;
    for (const variable_name &variable : program_of<List>::value.mentioned)
      mentioned.add(variable);
    std::array<int, Variables::count + 1> result{};
    for (std::size_t i = 0; i < Variables::count; ++i)
      if (mentioned.find(name_of_variable(*Variables::records[i])) >= 0)
        result[static_cast<std::size_t>(result[Variables::count]++)] = static_cast<int>(i);
    return result;
  }();
  static constexpr const auto &places = found;
  static constexpr std::size_t count = static_cast<std::size_t>(found[Variables::count]);
};

/// Says that a pack has no such variable; which place it has.
template <class Variables, class Key>
constexpr int place_in_pack() {
  constexpr int place = Variables::place_of(record<Key>);
  static_assert(place >= 0 || is_given<Key>,
                "theta += slope, theta.descend(slope, rate): a variable of the gradient, named in "
                "this message, is none of theta's; name it in parameters<double>(..., W)");
  return place < 0 ? 0 : place;
}

/// values -= rate * slopes of the variables that have some.
template <class Variables, class Scalar, class... Keys>
CHAINRULE_INLINE constexpr void descend_by(Scalar *values, const Scalar *slopes, Scalar rate,
                                           key_list<Keys...>) {
  using by = key_list<Keys...>;
  std::size_t next = 0;
  in_order{(
      detail::descend(
          values +
              Variables::first_elements[static_cast<std::size_t>(place_in_pack<Variables, Keys>())],
          slopes + by::first_elements[next++], size_of<Keys>, rate),
      0)...};
}

template <class Pack, class... Given>
inline constexpr bool is_step = false;
template <class Scalar>
inline constexpr bool numbers_of_pack = false;

} // namespace detail

/// The values of variables, one after another.
template <class Scalar, class Variables>
struct parameter_pack : by_variable<parameter_pack<Scalar, Variables>, Variables> {
  static constexpr std::size_t count = Variables::elements;

  Scalar values[count];

  /// The number or matrix_view of a variable, to be changed; of a temporary a copy.
  template <class Variable>
  constexpr decltype(auto) operator[](const Variable &) & {
    if constexpr (detail::is_key<Variable>())
      return detail::part_of<Variables, place<Variable>()>(values);
    else
      return (detail::misread<Variable>);
  }
  template <class Variable>
  constexpr decltype(auto) operator[](const Variable &) const & {
    if constexpr (detail::is_key<Variable>())
      return get<place<Variable>()>();
    else
      return detail::mistaken{};
  }
  template <class Variable>
  constexpr auto operator[](const Variable &) const && {
    if constexpr (detail::is_key<Variable>())
      return copy<place<Variable>()>();
    else
      return detail::mistaken{};
  }
  template <int Place>
  constexpr decltype(auto) get() const {
    return detail::part_of<Variables, Place>(values);
  }
  template <int Place>
  constexpr auto copy() const {
    return detail::copy_of_part<Variables, Place>(values);
  }

  /// use(name, value) for each variable in order; value is a number or a matrix_view.
  CHAINRULE_INLINE constexpr void each(auto use) { each_of(*this, use); }
  CHAINRULE_INLINE constexpr void each(auto use) const { each_of(*this, use); }

  static constexpr std::size_t size() { return count; }
  constexpr Scalar *data() { return values; }
  constexpr const Scalar *data() const { return values; }
  constexpr Scalar *begin() { return values; }
  constexpr const Scalar *begin() const { return values; }
  constexpr Scalar *end() { return values + count; }
  constexpr const Scalar *end() const { return values + count; }

  /// call(others..., W = pack[W], ...), which step(pack, ...) is.
  template <class... Others>
  CHAINRULE_INLINE constexpr auto open(const auto &call, const Others &...others) const {
    using wanted = detail::wanted<Variables, std::remove_cvref_t<decltype(call)>>;
    if constexpr (wanted::count == Variables::count)
      return open(call, std::make_index_sequence<Variables::count>{}, others...);
    else
      return open_wanted<wanted>(call, std::make_index_sequence<wanted::count>{}, others...);
  }

  /// Minus rate times the gradient, whose variables are the same in the same order.
  CHAINRULE_INLINE constexpr void descend(const slopes<Scalar, Variables> &gradient, Scalar rate) {
    detail::descend(values, gradient.values, count, rate);
  }
  /// The same, where step.into(value, gradient) has written the gradient into a pack.
  CHAINRULE_INLINE constexpr void descend(const parameter_pack &gradient, Scalar rate) {
    detail::descend(values, gradient.values, count, rate);
  }
  /// The same of a gradient by some of the variables, in any order: the others stay.
  template <class Parts>
  CHAINRULE_INLINE constexpr void descend(const slopes<Scalar, Parts> &gradient, Scalar rate) {
    Parts::unpack([&](auto... parts) CHAINRULE_INLINE_CALL {
      detail::descend_by<Variables>(values, gradient.values, rate,
                                    detail::key_list<decltype(parts)...>{});
    });
  }
  /// Of anything else.
  template <class... Given>
    requires(!detail::is_step<parameter_pack, Given...>)
  constexpr void descend(const Given &...) {
    static_assert(detail::is_step<parameter_pack, Given...> || detail::numbers_of_pack<Scalar>,
                  "theta.descend(slope, rate): the gradient stands first, in numbers of theta's "
                  "type, named in this message, and then the rate, a number; the same is theta -= "
                  "rate * slope");
  }
  /// theta += slope, theta -= slope: of all variables or of some.
  CHAINRULE_INLINE constexpr parameter_pack &operator+=(const auto &change) {
    descend(change, Scalar(-1));
    return *this;
  }
  CHAINRULE_INLINE constexpr parameter_pack &operator-=(const auto &change) {
    descend(change, Scalar(1));
    return *this;
  }

private:
  CHAINRULE_INLINE static constexpr void each_of(auto &pack, auto &use) {
    Variables::unpack([&]<class... Variable>(Variable... variables) CHAINRULE_INLINE_CALL {
      detail::in_order{(use(detail::record<Variable>.name, pack[variables]), 0)...};
    });
  }

  template <class Variable>
  static constexpr int place() {
    constexpr int found = Variables::place_of(detail::record<Variable>);
    static_assert(found >= 0, "pack[h]: h is none of the variables of parameters<double>(...)");
    return found < 0 ? 0 : found;
  }

  template <class Wanted, std::size_t... I, class... Others>
  CHAINRULE_INLINE constexpr auto open_wanted(const auto &call, std::index_sequence<I...>,
                                              const Others &...others) const {
    return call(others..., bound<Wanted::places[I]>()...);
  }
  template <int Place>
  CHAINRULE_INLINE constexpr auto bound() const {
    using variable = typename Variables::template at<Place>;
    return binding<variable, decltype(get<Place>())>{get<Place>()};
  }

  // A table of first elements: to ask for each variable by name would cost n^2 template arguments.
  template <std::size_t... I, class... Others>
  CHAINRULE_INLINE constexpr auto open(const auto &call, std::index_sequence<I...>,
                                       const Others &...others) const {
    return Variables::unpack([&]<class... Variable>(Variable...) CHAINRULE_INLINE_CALL {
      return call(others...,
                  binding<Variable, decltype(detail::value_from<Variable>(values))>{
                      detail::value_from<Variable>(values + Variables::first_elements[I])}...);
    });
  }
};

namespace detail {

/// A gradient, by whatever, in numbers of the pack's type, or another pack of the same variables,
/// and a rate.
template <class Scalar, class Variables, class Parts, class Rate>
inline constexpr bool is_step<parameter_pack<Scalar, Variables>, slopes<Scalar, Parts>, Rate> =
    requires(Rate rate, void take(Scalar)) {
  take(rate);
};
template <class Scalar, class Variables, class Rate>
inline constexpr bool
    is_step<parameter_pack<Scalar, Variables>, parameter_pack<Scalar, Variables>, Rate> =
        requires(Rate rate, void take(Scalar)) {
  take(rate);
};

template <class Scalar, class Variables>
inline constexpr bool is_point<parameter_pack<Scalar, Variables>> = true;

// False, but only once the name is known: the compiler prints it with the message.
template <class Name>
inline constexpr bool is_named_once = false;

/// The place of the first variable that stands further in front, too, or -1.
template <class Variables>
constexpr int named_again() {
  formula_table named;
  for (const expression_record *next : Variables::records) {
    if (const int first = named.find(*next); first >= 0)
      return first;
    named.add(*next);
  }
  return -1;
}

template <class Variables>
constexpr void check_variables() {
  constexpr bool all = [] {
    for (const expression_record *next : Variables::records)
      if (!(*next->operation == variable_record))
        return false;
    return true;
  }();
  static_assert(all, "parameters<double>(f): f is no variable; name the variables of the network, "
                     "parameters<double>(W, b), or the model that they belong to");
  if constexpr (constexpr int again = named_again<Variables>(); all && again >= 0)
    static_assert(is_named_once<printed<name_of<typename Variables::template at<again>>>>,
                  "parameters<double>(W, W): a variable, named in this message, is there twice; "
                  "name it once, and give each layer a name of its own");
}

} // namespace detail

/// A pack of zeros for these variables.
template <class Scalar, class... Variables>
  requires(detail::all_of({expression<Variables>...}))
constexpr auto parameters(Variables...) {
  detail::check_variables<detail::keys<Variables...>>();
  return parameter_pack<Scalar, detail::keys<Variables...>>{};
}

/// Of expressions or layers without a type of number.
template <class First, class... Rest>
  requires(expression<First> || detail::is_model<First>)
constexpr auto parameters(const First &first, const Rest &...rest) {
  static_assert(sizeof(First) == 0, "parameters(model): the type of the numbers stands in < >, "
                                    "parameters<double>(model)");
  return parameters<double>(first, rest...);
}

} // namespace chainrule
