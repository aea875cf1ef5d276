// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a rewrite is: a struct with its formula, its domain, what goes wrong without it, and
// apply(operands...), the better node or none, and is_of_reals where it does not hold for complex
// numbers: the logarithm of exp(4 i) is not 4 i. A rule without a formula only tidies up: it goes
// without saying, and holds while code is made, too. A rule of one operation stands in its slice,
// as `simplified`; where several operations meet it stands in this folder.
// Read next: tidy.hpp.
#pragma once

#include <chainrule/operation/arithmetic.hpp>

namespace chainrule::detail {

/// What the first rule that applies makes of the operands, or none.
template <class... Rules>
constexpr symbol first_of(auto... operands) {
  symbol result;
  static_cast<void>((... || (result = applied<Rules>(operands...)).exists()));
  return result;
}

/// What is asked of a node that cannot say without its operands.
enum class question : std::uint8_t { is_positive, is_sum_of_squares, log_of_terms, log_form };

/// The answer, kept as long as the same rules take effect: a shared part would be asked as often as
/// there are ways to it, 2^n times where x + x y is taken n times. No function takes what looks for
/// it: of calls one in another compilers allow 512.
class answer {
public:
  constexpr answer(question what, symbol x)
      : of(x),
        key(16 * static_cast<std::uint64_t>(x.index) +
            4 * static_cast<std::uint64_t>(x.home->rules) + static_cast<std::uint64_t>(what)),
        known(x.home->answers.find(key)) {}

  constexpr bool is_known() const { return known >= 0; }
  constexpr bool is_yes() const { return known == 1; }
  /// Another node, or none.
  constexpr symbol node() const { return known == of.index ? symbol{} : of.home->at(known); }

  constexpr bool keep(bool found) const {
    of.home->answers.insert(key, found ? 1 : 0);
    return found;
  }
  constexpr symbol keep(symbol found) const {
    of.home->answers.insert(key, found.exists() ? found.index : of.index);
    return found;
  }

private:
  symbol of;
  std::uint64_t key;
  int known;
};

/// Whether a = -b.
constexpr bool opposite(symbol a, symbol b) {
  return (is<negate_operation>(a) && a.operand(0) == b) ||
         (is<negate_operation>(b) && b.operand(0) == a);
}

} // namespace chainrule::detail
