// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// An element of a small matrix as a number: what operations on matrices do with single elements
// where a program has numbers in their place. A rule is told the elements that `sources` names.
// Read next: matrix.hpp.
#pragma once

#include <chainrule/operation/arithmetic.hpp>

namespace chainrule::detail {

// As it stands, but for numbers, which are 0 and 1 as a rule.

constexpr symbol product_of_elements(symbol a, symbol b) {
  return a.is_number() || b.is_number() ? a * b : as_written<multiply_operation>(a, b);
}
/// The sum, of many in halves.
constexpr symbol sum_of_elements(const symbols &of, int first, int count) {
  const auto sum = [](symbol a, symbol b) {
    return a.is_number() || b.is_number() ? a + b : as_written<add_operation>(a, b);
  };
  if (count > 8)
    return sum(sum_of_elements(of, first, count / 2),
               sum_of_elements(of, first + count / 2, count - count / 2));
  symbol result = of.items[first];
  for (int k = first + 1; k < first + count; ++k)
    result = sum(result, of.items[k]);
  return result;
}

/// What only moves elements: each is one that there was, or 0.
struct moving_operation : operation {
  static constexpr symbol element(symbol whole, const symbols &of) {
    return of.size == 0 ? whole.home->constant(0) : of.items[0];
  }
};

/// What adds elements up.
struct adding_operation : operation {
  static constexpr symbol element(symbol whole, const symbols &of) {
    return of.size == 0 ? whole.home->constant(0) : sum_of_elements(of, 0, of.size);
  }
};

} // namespace chainrule::detail
