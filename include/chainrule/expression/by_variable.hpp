// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// by_variable: what a gradient is, values looked up by the expressions they belong to, `slope[w1]`.
// hana.hpp makes it a Searchable and Foldable of Boost.Hana.
// Read next: operation/operation.hpp.
#pragma once

#include <tuple>
#include <utility>

#include <chainrule/expression/abbreviation.hpp>
#include <chainrule/math/inline.hpp>

namespace chainrule {

/// The Hana tag of values looked up by expressions.
struct by_variable_tag {};

namespace detail {

/// Expressions by which values are looked up, in order.
template <class... Keys>
struct key_list {
  static constexpr std::size_t count = sizeof...(Keys);
  static constexpr std::array<const expression_record *, count> records{&record<Keys>...};
  static constexpr std::uint64_t fingerprint = fingerprint_of_all(records);
  static constexpr int names = [] {
    int result = 0;
    for (const expression_record *key : records)
      result += key->names;
    return result;
  }();

  /// The elements of all values, and where those of each begin, if they lie one after another.
  static constexpr std::array<std::size_t, count + 1> first_elements = [] {
    std::array<std::size_t, count + 1> result{};
    for (std::size_t i = 0; i < count; ++i)
      result[i + 1] = result[i] + static_cast<std::size_t>(records[i]->shape.size());
    return result;
  }();
  static constexpr std::size_t elements = first_elements[count];

  template <int Place>
  using at = std::tuple_element_t<std::size_t{Place}, std::tuple<Keys...>>;

  /// The place of an expression, or -1.
  static constexpr int place_of(const expression_record &key) {
    for (std::size_t i = 0; i < count; ++i)
      if (*records[i] == key)
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
template <std::uint64_t Fingerprint, class... Foreign>
struct abbreviated_keys : structure_of<abbreviated_keys<Fingerprint, Foreign...>> {};

template <class... Keys>
constexpr auto list_of_keys() {
  using list = key_list<Keys...>;
  if constexpr (list::names <= names_spelled_out)
    return list{};
  else
    return defined<
        typename name_of_formulas<abbreviated_keys, list::fingerprint, list::records>::type,
        list>{};
}

/// The list of these expressions.
template <class... Keys>
using keys = decltype(list_of_keys<Keys...>());

} // namespace detail

namespace detail {

/// What slope[0] comes to; it can be read and written.
template <class Key>
inline mistaken misread; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): empty

/// Whether it is a key; where not, it is said.
template <class Key>
constexpr bool is_key() {
  static_assert(expression<Key>,
                "slope[0], slope[\"x\"]: values by variable are looked up by the variable itself, "
                "slope[x]; by number they are data()[0], in the order of gradient(f, x, ...)");
  return expression<Key> && !any_mistaken<Key>;
}

} // namespace detail

/// Derived is the type that holds the values: get<Place>() is one of them, and where that may be a
/// view, copy<Place>() is the same apart from it.
template <class Derived, class Keys>
struct by_variable {
  using hana_tag = by_variable_tag;
  using keys = Keys;

  static constexpr std::size_t size() { return Keys::count; }

  friend constexpr bool operator==(const by_variable &, const by_variable &) = default;

  /// The value that belongs to the key.
  template <class Key>
  constexpr decltype(auto) operator[](const Key &) const & {
    if constexpr (detail::is_key<Key>())
      return static_cast<const Derived &>(*this).template get<place<Key>()>();
    else
      return detail::mistaken{};
  }
  /// Of a temporary, which a view would outlive, `step(w = 0.25)[W]`.
  template <class Key>
  constexpr auto operator[](const Key &) const && {
    if constexpr (detail::is_key<Key>())
      return static_cast<const Derived &>(*this).template copy<place<Key>()>();
    else
      return detail::mistaken{};
  }

  template <int Place>
  constexpr auto copy() const {
    return static_cast<const Derived &>(*this).template get<Place>();
  }

private:
  template <class Key>
  static constexpr int place() {
    constexpr int found = Keys::place_of(detail::record<Key>);
    static_assert(found >= 0, "slope[h]: the gradient was not taken with respect to h; name it in "
                              "gradient(f, ..., h), or, of a recurrence, in update(..., h = f)");
    return found < 0 ? 0 : found;
  }
};

} // namespace chainrule
