// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The edge to Boost.Hana: gradients, slopes and packs of parameters, values by variable, are
// Searchable and Foldable. hana::at_key, find, keys, unpack, for_each, length and hana::to_map work
// on them. Only declarations of Hana are included here: who calls hana::find includes
// <boost/hana/find.hpp>, who calls hana::keys <boost/hana/tuple.hpp>, too. A hana::map itself would
// cost 8 ms of compile time for each key.
#pragma once

#include <boost/hana/fwd/any_of.hpp>
#include <boost/hana/fwd/at_key.hpp>
#include <boost/hana/fwd/equal.hpp>
#include <boost/hana/fwd/find_if.hpp>
#include <boost/hana/fwd/hash.hpp>
#include <boost/hana/fwd/integral_constant.hpp>
#include <boost/hana/fwd/keys.hpp>
#include <boost/hana/fwd/length.hpp>
#include <boost/hana/fwd/optional.hpp>
#include <boost/hana/fwd/pair.hpp>
#include <boost/hana/fwd/tuple.hpp>
#include <boost/hana/fwd/type.hpp>
#include <boost/hana/fwd/unpack.hpp>

#include <chainrule/expression/by_variable.hpp>
#include <chainrule/train/layers.hpp>

namespace chainrule {

/// The Hana tuple of the variables of a model.
template <detail::model Model>
constexpr auto variables_of(const Model &) {
  return Model::variables::unpack(
      [](auto... variables) { return boost::hana::make_tuple(variables...); });
}

} // namespace chainrule

namespace boost::hana {

template <>
struct unpack_impl<chainrule::by_variable_tag> {
  template <class Values, class F>
  CHAINRULE_INLINE static constexpr decltype(auto) apply(Values &&values, F &&f) {
    return std::remove_cvref_t<Values>::keys::unpack([&](auto... key) CHAINRULE_INLINE_CALL {
      return static_cast<F &&>(f)(make_pair(key, static_cast<Values &&>(values)[key])...);
    });
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
    return Values::keys::unpack([](auto... key) {
      return bool_c<(... || decltype(std::declval<Predicate>()(key))::value)>;
    });
  }
};

template <>
struct find_if_impl<chainrule::by_variable_tag> {
  template <class Values, class Predicate>
  CHAINRULE_INLINE static constexpr auto apply(Values &&values, const Predicate &) {
    using all_keys = typename std::remove_cvref_t<Values>::keys;
    constexpr int place = all_keys::unpack([](auto... key) {
      const bool fits[]{decltype(std::declval<Predicate>()(key))::value...};
      int first = 0;
      while (first < static_cast<int>(sizeof...(key)) && !fits[first])
        ++first;
      return first;
    });
    if constexpr (place == static_cast<int>(all_keys::count))
      return nothing;
    else
      return just(static_cast<Values &&>(values)[typename all_keys::template at<place>{}]);
  }
};

template <>
struct keys_impl<chainrule::by_variable_tag> {
  template <class Values>
  static constexpr auto apply(const Values &) {
    return Values::keys::unpack([](auto... key) { return make_tuple(key...); });
  }
};

template <>
struct at_key_impl<chainrule::by_variable_tag> {
  template <class Values, class Key>
  CHAINRULE_INLINE static constexpr decltype(auto) apply(Values &&values, const Key &key) {
    return static_cast<Values &&>(values)[key];
  }
};

/// Two expressions are equal to Hana if they are written alike: what keys are compared by.
template <>
struct equal_impl<chainrule::expression_tag, chainrule::expression_tag> {
  template <class Left, class Right>
  static constexpr auto apply(const Left &, const Right &) {
    return bool_c<chainrule::detail::record<Left> == chainrule::detail::record<Right>>;
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
