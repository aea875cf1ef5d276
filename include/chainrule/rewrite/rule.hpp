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

#include <chainrule/graph/answer.hpp>
#include <chainrule/operation/arithmetic.hpp>

namespace chainrule::detail {

/// What the first rule that applies makes of the operands, or none.
template <class... Rules>
constexpr symbol first_of(auto... operands) {
  symbol result;
  static_cast<void>((... || (result = applied<Rules>(operands...)).exists()));
  return result;
}

/// Whether a = -b.
constexpr bool opposite(symbol a, symbol b) {
  return (is<negate_operation>(a) && a.operand(0) == b) ||
         (is<negate_operation>(b) && b.operand(0) == a);
}

} // namespace chainrule::detail
