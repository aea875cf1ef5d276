// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Short names for long types: each type is registered under an identity, a 64-bit fingerprint of
// what it says, and found again from the identity alone. `defined<I, T>` is I and injects a friend
// function that takes I and returns T; `structure_of<I>` calls it. Identity and structure
// determine each other, so the order of registration does not matter, and two structures with
// one identity are a redefinition: a compile error, never a wrong answer.
// Nothing else in the library knows this mechanism.
#pragma once

#include <cstdint>

namespace chainrule::detail {

template <class T>
struct type_of {
  using type = T;
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-template-friend" // one friend for each identity is intended
#endif
/// What a type goes by.
template <std::uint64_t Fingerprint>
struct identity {
  friend constexpr auto registered(identity);
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <class Identity, class T>
struct registration {
  using of = Identity;
  friend constexpr auto registered(Identity) { return type_of<T>{}; }
};

/// Registers T under an identity, and is that.
template <class Identity, class T>
using defined = typename registration<Identity, T>::of;

/// The type registered under an identity.
template <class Identity>
using structure_of = typename decltype(registered(Identity{}))::type;

} // namespace chainrule::detail
