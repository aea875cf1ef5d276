// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: variable<name> and variable<name, 3>: one name, shown in this message, stands for two
// variables NAMES: named<'x'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr variable<"b"> b;
constexpr double y = compile(x + b)(x = 0.5, b = 1.0);
#else
constexpr variable<"x", 3> b;
constexpr double y = compile(x + sum(b))(x = 0.5, b = matrix<double, 3>{});
#endif
