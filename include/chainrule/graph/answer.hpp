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
  logarithms,
  mask
};

/// So many questions wait for each other: more than nodes lie in one another in the largest graph,
/// of which every sixteenth may be given up.
inline constexpr int most_given_up = 10'000;

/// Looks, and keeps what is found, if nothing was given up on the way.
constexpr int look_for(const open_question &asked, graph &home) {
  ++home.calls;
  ++home.questions;
  const int found = asked.look(asked.of);
  --home.questions;
  if (home.given_up.look == nullptr)
    home.answers.insert(asked.key, found);
  return found;
}

/// What look(x) says, a number of at least 0, kept as long as the same rules take effect: a shared
/// part would be asked as often as there are ways to it, 2^n times where x + x y is taken n times.
/// What lies deeper than compilers evaluate is found first: the outermost question is put again
/// once the one is answered at which it was given up. Should they ask for each other in a circle,
/// there is no answer.
constexpr int answer(question what, symbol x, int (*look)(symbol)) {
  graph &home = *x.home;
  // The index in the lower bits, by which index_table tells its chains apart.
  const open_question asked{static_cast<std::uint64_t>(x.index) +
                                (static_cast<std::uint64_t>(home.rules) << 32) +
                                (static_cast<std::uint64_t>(what) << 40),
                            x, look, home.rules};
  if (const int known = home.answers.find(asked.key); known >= 0)
    return known;
  if (home.questions > 0) {
    if (home.given_up.look == nullptr && home.questions == graph::most_questions)
      home.given_up = asked;
    if (home.given_up.look != nullptr)
      return 0;
    return look_for(asked, home);
  }
  list<open_question> open(1, asked);
  int found = 0;
  while (open.size > 0) {
    const open_question next = open.items[open.size - 1];
    const rewriting_as as(home, next.rules);
    found = look_for(next, home);
    if (home.given_up.look != nullptr)
      open.push(home.given_up);
    else
      --open.size;
    home.given_up = {};
    if (open.size > most_given_up) {
      home.is_in_circle = true;
      return 0;
    }
  }
  return found;
}

/// The answer that is a node, or none.
constexpr symbol node_of(symbol x, int answer) {
  return answer == 0 ? symbol{} : x.home->at(answer - 1);
}
/// The other way round.
constexpr int as_answer(symbol found) { return found.index + 1; }

} // namespace chainrule::detail
