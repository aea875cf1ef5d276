// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// no_rewrite(f) keeps f as it is written: no rewrite applies to it or looks into it.
// Read next: rewrite/rule.hpp.
#pragma once

#include <chainrule/operation/operation.hpp>

namespace chainrule {

/// The operand as it is written: no rewrite applies to it or looks into it.
struct no_rewrite_operation : operation {
  static constexpr std::string_view name = "no_rewrite"sv;
  static constexpr int operations = 0;
  static constexpr zero_rule zero_if = zero_rule::any;
  static constexpr bool takes_packs = true;

  template <class T>
  CHAINRULE_INLINE static constexpr T value(const T &x) {
    return x;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) { return {d}; }
  static constexpr symbol definition(symbol x) { return x; }
  static constexpr symbol code(symbol, symbol x) { return x; }
};

/// f as it is written: no rewrite is applied to it, and it is differentiated as it stands. Domain:
/// that of f. Shape: unchanged.
CHAINRULE_FORMULA(no_rewrite, Operand)
(const Operand &f) { return apply_operation<no_rewrite_operation>(f); }

} // namespace chainrule
