// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Short names for long types: each type is registered under a 64-bit fingerprint of what it says,
// and found again from the fingerprint alone. `defined<f, T>` injects a friend function that
// belongs to slot<f> and returns T; `structure_of<f>` calls it. Fingerprint and structure
// determine each other, so the order of registration does not matter, and two structures with
// one fingerprint are a redefinition: a compile error, never a wrong answer.
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
#pragma GCC diagnostic ignored "-Wnon-template-friend" // one friend for each slot is intended
#endif
template <std::uint64_t Fingerprint>
struct slot {
  friend constexpr auto registered(slot<Fingerprint>);
};
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <std::uint64_t Fingerprint, class T>
struct registration {
  static constexpr std::uint64_t fingerprint = Fingerprint;
  friend constexpr auto registered(slot<Fingerprint>) { return type_of<T>{}; }
};

/// Registers T under Fingerprint; the value is Fingerprint.
template <std::uint64_t Fingerprint, class T>
inline constexpr std::uint64_t defined = detail::registration<Fingerprint, T>::fingerprint;

/// The type registered under Fingerprint.
template <std::uint64_t Fingerprint>
using structure_of = typename decltype(registered(detail::slot<Fingerprint>{}))::type;

} // namespace chainrule::detail
