// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a + b, f(a, b): the rows and columns of the operands
// NAMES: rows_and_columns<4, 3>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr auto f = W + transpose(x);
#else
constexpr auto f = W + x;
#endif
