// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: A * B: the left operand has not as many columns
// NAMES: rows_and_columns<3, 1>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr auto f = W * x;
#else
constexpr auto f = x * W;
#endif
