// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// by_variable: what a gradient is, values looked up by the expressions they belong to, `slope[w1]`.
// It models Hana's Searchable and Foldable: hana::at_key, find, keys, unpack, for_each, length and
// hana::to_map work on it. A hana::map itself would cost 8 ms of compile time for each key.
// Read next: operation/operation.hpp.
#pragma once

#include <boost/hana/fwd/any_of.hpp>
#include <boost/hana/fwd/at_key.hpp>
#include <boost/hana/fwd/equal.hpp>
#include <boost/hana/fwd/find_if.hpp>
#include <boost/hana/fwd/hash.hpp>
#include <boost/hana/fwd/keys.hpp>
#include <boost/hana/fwd/length.hpp>
#include <boost/hana/fwd/unpack.hpp>
#include <boost/hana/integral_constant.hpp>
#include <boost/hana/optional.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>

#include <tuple>
#include <utility>

#include <chainrule/expression/expression.hpp>

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
  static constexpr decltype(auto) unpack(F &&f) {
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
  if constexpr ((0 + ... + record<Keys>.symbols) <= symbols_spelled_out)
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

  /// f of all (key, value) pairs.
  template <class F>
  constexpr decltype(auto) unpack(F &&f) const {
    return Keys::unpack(
        [&](auto... key) { return f(boost::hana::make_pair(key, (*this)[key])...); });
  }
};

} // namespace chainrule

namespace boost::hana {

template <>
struct unpack_impl<chainrule::by_variable_tag> {
  template <class Values, class F>
  static constexpr decltype(auto) apply(const Values &values, F &&f) {
    return values.unpack(static_cast<F &&>(f));
  }
};

template <>
struct length_impl<chainrule::by_variable_tag> {
  template <class Values>
  static constexpr auto apply(const Values &) {
    return size_c<Values::size()>;
  }
};

template <>
struct any_of_impl<chainrule::by_variable_tag> {
  template <class Values, class Predicate>
  static constexpr auto apply(const Values &, const Predicate &) {
    return Values::keys::unpack([](auto... keys) {
      return bool_c<(... || decltype(std::declval<Predicate>()(keys))::value)>;
    });
  }
};

template <>
struct find_if_impl<chainrule::by_variable_tag> {
  template <class Values, class Predicate>
  static constexpr auto apply(const Values &values, const Predicate &) {
    constexpr int place = Values::keys::unpack([](auto... keys) {
      const bool fits[]{decltype(std::declval<Predicate>()(keys))::value...};
      int first = 0;
      while (first < static_cast<int>(sizeof...(keys)) && !fits[first])
        ++first;
      return first;
    });
    if constexpr (place == static_cast<int>(Values::size()))
      return nothing;
    else
      return just(values.template get<place>());
  }
};

template <>
struct keys_impl<chainrule::by_variable_tag> {
  template <class Values>
  static constexpr auto apply(const Values &) {
    return Values::keys::unpack([](auto... keys) { return make_tuple(keys...); });
  }
};

template <>
struct at_key_impl<chainrule::by_variable_tag> {
  template <class Values, class Key>
  static constexpr decltype(auto) apply(const Values &values, const Key &key) {
    return values[key];
  }
};

/// Two expressions are equal to Hana if they are written alike: what keys are compared by.
template <>
struct equal_impl<chainrule::expression_tag, chainrule::expression_tag> {
  template <class Left, class Right>
  static constexpr auto apply(const Left &, const Right &) {
    return bool_c<chainrule::detail::record<Left>.fingerprint ==
                  chainrule::detail::record<Right>.fingerprint>;
  }
};

template <>
struct hash_impl<chainrule::expression_tag> {
  template <class Expression>
  static constexpr auto apply(const Expression &) {
    return type_c<Expression>;
  }
};

} // namespace boost::hana
