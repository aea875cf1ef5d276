// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: what a step does stands in front, and what it begins with behind it
// EXPECT 2: what a step does stands in front, and what it begins with behind it
// EXPECT 3: W, U and b have 3 n in a gru and 4 n in an lstm
// EXPECT 4: W, U and b have 3 n in a gru and 4 n in an lstm
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"h"> h;
constexpr variable<"W", 3> W;
#ifdef ACCEPT
constexpr auto f = iterate<3>(tanh(h), h = x) + gru_cell(W, W, W, x, x, h);
#elif MISTAKE == 1
constexpr auto f = fold();
#elif MISTAKE == 2
constexpr auto f = 1_c + iterate<3>();
#elif MISTAKE == 3
constexpr auto f = gru_cell(x, x, x, x, x, h) + 1_c;
#elif MISTAKE == 4
constexpr auto f = lstm_cell(W, W, W, x, h, h).hidden;
#endif
