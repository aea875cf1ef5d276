// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// parameters<double>(W1, b1, ...), parameters<double>(model): the values of variables in one array,
// in the order in which they were named, which is that of gradient(loss, W1, b1, ...). A pack is an
// argument of compiled functions, step(pack, x = ...); pack[W1] is a number or a matrix.
// random_numbers: uniform and normal numbers, the same on every platform.
// Read next: layers.hpp.
#pragma once

#include <chainrule/call/compile.hpp>

namespace chainrule {

/// Uniform and normal numbers from a seed: SplitMix64 (Steele 2014) and the polar method (Marsaglia
/// 1964), in basic arithmetic and with the library's own logarithm, so that all digits are the same
/// on every platform.
class random_numbers {
public:
  constexpr explicit random_numbers(std::uint64_t seed) : state(seed) {}

  /// In [0, 1).
  CHAINRULE_INLINE constexpr double uniform() {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }
  /// In [low, high).
  CHAINRULE_INLINE constexpr double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// With mean 0 and standard deviation 1.
  CHAINRULE_INLINE constexpr double normal() {
    for (;;) {
      const double u = uniform(-1, 1), v = uniform(-1, 1);
      const double square = u * u + v * v;
      if (square < 1 && square > 0)
        return u * math::detail::sqrt_constant(-2 * math::detail::log_constant(square) / square);
    }
  }

private:
  std::uint64_t state;
};

namespace detail::CHAINRULE_FLAGS {

/// values -= rate * slopes
template <class Scalar>
CHAINRULE_OPTIMIZED constexpr void descend(Scalar *values, const Scalar *slopes, std::size_t count,
                                           Scalar rate) {
  for (std::size_t i = 0; i < count; ++i)
    values[i] -= rate * slopes[i];
}

} // namespace detail::CHAINRULE_FLAGS

/// The values of variables, one after another.
template <class Scalar, class Variables>
struct parameter_pack : by_variable<parameter_pack<Scalar, Variables>, Variables> {
  static constexpr std::size_t count = Variables::elements;

  Scalar values[count];

  /// The number or matrix_view of a variable, to be changed; of a temporary a copy.
  template <expression Variable>
  constexpr decltype(auto) operator[](Variable) & {
    return detail::part_of<Variables, place<Variable>()>(values);
  }
  template <expression Variable>
  constexpr decltype(auto) operator[](Variable) const & {
    return get<place<Variable>()>();
  }
  template <expression Variable>
  constexpr auto operator[](Variable) const && {
    return copy<place<Variable>()>();
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
    return open(call, std::make_index_sequence<Variables::count>{}, others...);
  }

  /// Minus rate times the gradient, whose variables are the same in the same order.
  CHAINRULE_INLINE constexpr void descend(const slopes<Scalar, Variables> &gradient, Scalar rate) {
    detail::descend(values, gradient.values, count, rate);
  }
  /// The same, where step.into(value, gradient) has written the gradient into a pack.
  CHAINRULE_INLINE constexpr void descend(const parameter_pack &gradient, Scalar rate) {
    detail::descend(values, gradient.values, count, rate);
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

} // namespace chainrule
