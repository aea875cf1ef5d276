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
enum class kind : std::uint64_t { variable = 1, part, number, operation, foreign };

constexpr std::uint64_t fingerprint_of(kind what) {
  return mix(0x6368'6169'6e72'756cull, static_cast<std::uint64_t>(what));
}

/// How the compiler prints a type, between other text.
template <class Type>
constexpr auto printed_type() {
  return __PRETTY_FUNCTION__;
}

/// The name of a type in the namespace of the library, if no other type has it: it is made of names
/// in that namespace alone. Of local and unnamed types and those in unnamed namespaces the compiler
/// prints more, or, as clang does of local ones, no namespace. Others have none: they go by their
/// type.
constexpr std::string_view plain_name(const char *text) {
  constexpr std::string_view begin = "chainrule::";
  while (*text != '=')
    ++text;
  text += 2;
  std::size_t size = 0;
  do { // a template begins anew behind its <
    for (const char c : begin)
      if (text[size++] != c)
        return {};
    while (text[size] == ':' || text[size] == '_' || (text[size] >= 'a' && text[size] <= 'z') ||
           (text[size] >= 'A' && text[size] <= 'Z') || (text[size] >= '0' && text[size] <= '9'))
      ++size;
  } while (text[size++] == '<');
  while (text[size - 1] == '>')
    ++size;
  return text[size - 1] == ']' ? std::string_view(text, size - 1) : std::string_view{};
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
  if (std::is_constant_evaluated() && !__builtin_constant_p(&a == &b))
    return false;
  return &a == &b;
}

} // namespace chainrule::detail
