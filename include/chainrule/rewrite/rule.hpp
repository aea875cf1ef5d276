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

/// The answer, looked for once as long as the same rules take effect: a shared part would be asked
/// as often as there are ways to it, 2^n times where x + x y is taken n times.
constexpr int answer(question what, symbol x, auto look_for) {
  const std::uint64_t key = 16 * static_cast<std::uint64_t>(x.index) +
                            4 * static_cast<std::uint64_t>(x.home->rules) +
                            static_cast<std::uint64_t>(what);
  if (const int known = x.home->answers.find(key); known >= 0)
    return known;
  const int found = look_for();
  x.home->answers.insert(key, found);
  return found;
}

/// The same where the answer is another node, or none.
constexpr symbol node_answered(question what, symbol x, auto look_for) {
  const int found = answer(what, x, [&] {
    const symbol result = look_for();
    return result.exists() ? result.index : x.index;
  });
  return found == x.index ? symbol{} : x.home->at(found);
}

/// Whether a = -b.
constexpr bool opposite(symbol a, symbol b) {
  return (is<negate_operation>(a) && a.operand(0) == b) ||
         (is<negate_operation>(b) && b.operand(0) == a);
}

} // namespace chainrule::detail
