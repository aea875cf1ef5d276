// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// by_row in the place of an operand, and functions that have it behind others.
//
// EXPECT 1: by_row and by_column are no operands of a formula
// EXPECT 2: by_row and by_column are no operands of a formula
// EXPECT 3: by_row and by_column are no operands of a formula
// EXPECT 4: of each row or column dot and weighted_logsumexp have an axis behind them
// EXPECT 5: and of each row or column max(X, by_row), so of min
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"X", 2, 3> X;
#ifdef ACCEPT
constexpr auto f = max(X, by_row) + dot(X, X, by_row) + weighted_logsumexp(X, X, by_row);
constexpr auto g = max(max(X), min(X));
#elif MISTAKE == 1
constexpr auto f = max(X, X, by_row);
#elif MISTAKE == 2
constexpr auto f = compile(dot(X, by_row));
#elif MISTAKE == 3
constexpr auto f = 1_c + weighted_logsumexp(X, by_row);
#elif MISTAKE == 4
constexpr auto f = dot(X, X, X);
#elif MISTAKE == 5
constexpr auto f = 2_c * min();
#endif
