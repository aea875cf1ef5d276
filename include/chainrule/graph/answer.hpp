// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Answers to questions about nodes, which rules ask of operands in turn, are kept in the graph.
// Read next: expression/expression.hpp.
#pragma once

#include <chainrule/graph/graph.hpp>

namespace chainrule::detail {

/// What is asked of a node that cannot say without its operands.
enum class question : std::uint8_t {
  is_positive,
  is_sum_of_squares,
  is_softmax,
  is_term,
  log_of_terms,
  log_form,
  logarithms
};

/// The answer, kept as long as the same rules take effect: a shared part would be asked as often as
/// there are ways to it, 2^n times where x + x y is taken n times. No function takes what looks for
/// it: of calls one in another compilers allow 512.
class answer {
public:
  constexpr answer(question what, symbol x)
      : of(x),
        key(32 * static_cast<std::uint64_t>(x.index) +
            8 * static_cast<std::uint64_t>(x.home->rules) + static_cast<std::uint64_t>(what)),
        known(x.home->answers.find(key)) {}

  constexpr bool is_known() const { return known >= 0; }
  constexpr bool is_yes() const { return known == 1; }
  constexpr int count() const { return known; }
  /// Another node, or none.
  constexpr symbol node() const { return known == of.index ? symbol{} : of.home->at(known); }

  constexpr int keep(int found) const {
    of.home->answers.insert(key, found);
    return found;
  }
  constexpr bool keep(bool found) const { return keep(found ? 1 : 0) == 1; }
  constexpr symbol keep(symbol found) const {
    of.home->answers.insert(key, found.exists() ? found.index : of.index);
    return found;
  }

private:
  symbol of;
  std::uint64_t key;
  int known;
};

} // namespace chainrule::detail
