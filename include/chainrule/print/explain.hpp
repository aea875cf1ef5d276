// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// explain(f): which rewrites the library applies to f before it differentiates and computes it, one
// line each: the rule, where it holds, and what goes wrong without it. The rules are those of
// rewrite/rewrite.hpp.
// Read next: check/gradient_check.hpp.
#pragma once

#include <chainrule/print/to_string.hpp>

namespace chainrule {
namespace detail {

/// Lowers the network, writes what was applied and hands on the text.
template <class Function>
constexpr auto with_explanation(const expression_record &network, Function use) {
  graph home;
  lowered(home, network);
  text_writer out;
  for (const rewrite_rule *rule : home.applied) {
    out.write(rule->formula);
    out.write("\n    for ");
    out.write(rule->domain);
    out.write("; without it: ");
    out.write(rule->gain);
    out.write("\n");
  }
  if (home.applied.size == 0)
    out.write("no rule applies\n");
  return use(out.text);
}

template <class Expression>
struct explanation_of {
  static constexpr std::size_t size = with_explanation(
      record<Expression>, [](const list<char> &text) { return std::size_t(text.size); });
  static constexpr auto value = with_explanation(
      record<Expression>, [](const list<char> &text) { return as_array<size>(text); });
};

} // namespace detail

/// The rewrites that apply to an expression, one a line, as text that lasts as long as the program.
template <expression Expression>
[[nodiscard]] constexpr std::string_view explain(Expression) {
  if constexpr (detail::any_mistaken<Expression>)
    return {};
  else
    return {detail::explanation_of<Expression>::value.data(),
            detail::explanation_of<Expression>::size};
}

} // namespace chainrule
