// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is one and the same. A fingerprint is a hash: things that differ in it are different, and
// things that agree in it are compared. Operations are the same if they are one type, which is if
// their records are one object: two of one name may live side by side.
// Read next: record.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace chainrule::detail {

/// Mixes b into the hash a.
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  a = (a ^ (b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccdull;
  return a ^ (a >> 33);
}

/// A hash of a name.
constexpr std::uint64_t hash(std::string_view text) {
  constexpr std::uint64_t prime = 1099511628211ull;
  std::uint64_t result = 1469598103934665603ull;
  const char *next = text.data();
  std::size_t left = text.size();
  for (; left >= 4; left -= 4, next += 4)
    result = ((((result ^ static_cast<unsigned char>(next[0])) * prime ^
                static_cast<unsigned char>(next[1])) *
                   prime ^
               static_cast<unsigned char>(next[2])) *
                  prime ^
              static_cast<unsigned char>(next[3])) *
             prime;
  for (; left > 0; --left, ++next)
    result = (result ^ static_cast<unsigned char>(*next)) * prime;
  return mix(result, text.size());
}

/// Fingerprints of different kinds begin differently: a variable may be named like a function.
enum class kind : std::uint64_t { variable = 1, part, number, operation, foreign, place };

constexpr std::uint64_t fingerprint_of(kind what) {
  return mix(0x6368'6169'6e72'756cull, static_cast<std::uint64_t>(what));
}

/// How the compiler prints a type, between other text.
template <class Type>
constexpr auto printed_type() {
  return __PRETTY_FUNCTION__;
}

/// Whether a type so printed is the library's: a name in its namespace, or a template with one
/// argument of which that is true. Compilers print ( or { for what is local, unnamed or in an
/// unnamed namespace, or, as clang of local types, no namespace. Built-in functions, for a loop
/// over the characters of all operations took a twentieth of the header.
constexpr bool is_of_the_library(const char *text) {
  text = __builtin_strchr(text, '=') + 1; // then comes a blank
  for (const char other : {'(', '{', ','})
    if (__builtin_strchr(text, other) != nullptr)
      return false;
  if (__builtin_strncmp(text + 1, "chainrule::", 11) != 0)
    return false;
  // not by what strchr finds, for g++ 12 counts from there wrongly
  for (; __builtin_strchr(text, '<') != nullptr; ++text)
    if (*text == '<' && __builtin_strncmp(text + 1, "chainrule::", 11) != 0)
      return false;
  return true;
}

/// One object for each type: types are one if their marks are.
struct mark {};
template <class Type>
inline constexpr mark mark_of{};

/// Whether two references are to one object. In constant evaluation g++ 12 cannot tell two inline
/// objects apart under -fsanitize=undefined: that &a == &b has no constant value says it then, as
/// it has one where they are one.
template <class T>
constexpr bool is_same_object(const T &a, const T &b) {
  if (__builtin_is_constant_evaluated() && !__builtin_constant_p(&a == &b))
    return false;
  return &a == &b;
}

} // namespace chainrule::detail
