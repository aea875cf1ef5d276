// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// by_variable: what a gradient is, values looked up by the expressions they belong to, `slope[w1]`.
// hana.hpp makes it a Searchable and Foldable of Boost.Hana.
// Read next: operation/operation.hpp.
#pragma once

#include <tuple>
#include <utility>

#include <chainrule/expression/expression.hpp>
#include <chainrule/math/inline.hpp>

namespace chainrule {

/// The Hana tag of values looked up by expressions.
struct by_variable_tag {};

namespace detail {

/// Expressions by which values are looked up, in order.
template <expression... Keys>
struct key_list {
  static constexpr std::size_t count = sizeof...(Keys);
  static constexpr std::array<const expression_record *, count> records{&record<Keys>...};

  /// The elements of all values, and where those of each begin, if they lie one after another.
  static constexpr std::size_t elements = (std::size_t{0} + ... + size_of<Keys>);
  static constexpr std::array<std::size_t, count> first_elements = [] {
    std::array<std::size_t, count> result{};
    std::size_t next = 0, place = 0;
    ((result[place++] = next, next += size_of<Keys>), ...);
    return result;
  }();

  template <int Place>
  using at = std::tuple_element_t<std::size_t{Place}, std::tuple<Keys...>>;

  /// The place of an expression, or -1.
  static constexpr int place_of(const expression_record &key) {
    for (std::size_t i = 0; i < count; ++i)
      if (records[i]->fingerprint == key.fingerprint)
        return static_cast<int>(i);
    return -1;
  }
  /// f of all of them.
  template <class F>
  CHAINRULE_INLINE static constexpr decltype(auto) unpack(F &&f) {
    return f(Keys{}...);
  }
};

/// A list too long to spell out: it would stand in the name of all that has to do with a gradient,
/// and filled two thirds of the debug information of 200 layers.
template <class List>
struct abbreviated_keys : structure_of<List> {};

template <expression... Keys>
constexpr auto list_of_keys() {
  constexpr std::uint64_t fingerprint = [] {
    std::uint64_t result = hash("keys");
    ((result = mix(result, record<Keys>.fingerprint)), ...);
    return result;
  }();
  if constexpr ((0 + ... + record<Keys>.names) <= names_spelled_out)
    return key_list<Keys...>{};
  else
    return abbreviated_keys<defined<identity<fingerprint>, key_list<Keys...>>>{};
}

/// The list of these expressions.
template <expression... Keys>
using keys = decltype(list_of_keys<Keys...>());

} // namespace detail

/// Derived is the type that holds the values, with `template <int> constexpr auto &get() const`.
template <class Derived, class Keys>
struct by_variable {
  using hana_tag = by_variable_tag;
  using keys = Keys;

  static constexpr std::size_t size() { return Keys::count; }

  friend constexpr bool operator==(const by_variable &, const by_variable &) = default;

  /// The value that belongs to the key.
  template <expression Key>
  constexpr decltype(auto) operator[](Key) const {
    constexpr int place = Keys::place_of(detail::record<Key>);
    static_assert(place >= 0, "slope[h]: the gradient was not taken with respect to h; name it in "
                              "gradient(f, ..., h)");
    return static_cast<const Derived &>(*this).template get<(place < 0 ? 0 : place)>();
  }
};

} // namespace chainrule
