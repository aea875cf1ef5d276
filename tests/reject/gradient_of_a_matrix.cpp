// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: f is a matrix (its shape is named in this message)
// NAMES: rows_and_columns<4, 1>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr auto f = gradient(sum(W * x), W);
#else
constexpr auto f = gradient(W * x, W);
#endif
