// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// How a type is found again under a short name: `defined<Name, T>` is Name and injects a friend
// function that returns T; `structure_of<Name>` calls it. A name begins with a fingerprint of what
// T says, and ends with the types that no fingerprint tells apart. Name and structure determine
// each other, so the order of registration does not matter. Two structures of one name, which would
// be two formulas with one hash of 64 bits, are a redefinition in one unit: a compile error.
#pragma once

#include <cstdint>

namespace chainrule::detail {

template <class T>
struct type_of {
  using type = T;
};

/// Functions of one name are overloads, and compilers compare each with all there are: 2,000 types
/// in one set took them 2 to 4 s. There are 16 sets, and the fingerprint chooses.
template <int Number>
struct drawer;

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend" // one friend for each name is intended
#endif
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): the names of functions are no template arguments
#define CHAINRULE_DRAWER(number)                                                                   \
  template <>                                                                                      \
  struct drawer<number> {                                                                          \
    template <class Name>                                                                          \
    struct slot {                                                                                  \
      friend constexpr auto registered_##number(slot);                                             \
    };                                                                                             \
    template <class Name, class T>                                                                 \
    struct registration {                                                                          \
      using name = Name;                                                                           \
      friend constexpr auto registered_##number(slot<Name>) { return type_of<T>{}; }               \
    };                                                                                             \
    template <class Name>                                                                          \
    using found = decltype(registered_##number(slot<Name>{}));                                     \
  };
CHAINRULE_DRAWER(0)
CHAINRULE_DRAWER(1)
CHAINRULE_DRAWER(2)
CHAINRULE_DRAWER(3)
CHAINRULE_DRAWER(4)
CHAINRULE_DRAWER(5)
CHAINRULE_DRAWER(6)
CHAINRULE_DRAWER(7)
CHAINRULE_DRAWER(8)
CHAINRULE_DRAWER(9)
CHAINRULE_DRAWER(10)
CHAINRULE_DRAWER(11)
CHAINRULE_DRAWER(12)
CHAINRULE_DRAWER(13)
CHAINRULE_DRAWER(14)
CHAINRULE_DRAWER(15)
#undef CHAINRULE_DRAWER

/// A friend function registered(slot_of<the mark of a type>) returns the type.
template <const auto &Mark>
struct slot_of {
  friend constexpr auto registered(slot_of);
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// The type that a mark is of.
template <const auto &Mark>
struct type_at {
  using type = typename decltype(registered(slot_of<Mark>{}))::type;
};

template <class Name>
struct drawer_of;
template <template <std::uint64_t, class...> class Name, std::uint64_t Fingerprint, class... More>
struct drawer_of<Name<Fingerprint, More...>> : drawer<Fingerprint % 16> {};

/// Registers T under a name, and is that.
template <class Name, class T>
using defined = typename drawer_of<Name>::template registration<Name, T>::name;

/// The type registered under a name.
template <class Name>
struct structure {
  using type = typename drawer_of<Name>::template found<Name>::type;
};
template <class Name>
using structure_of = typename structure<Name>::type;

} // namespace chainrule::detail
