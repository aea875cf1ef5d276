// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(x = 0.5, x = 0.7): a variable, named in this message, is given two values
// NAMES: named<'x'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto step = compile(sigmoid(w * x));
#ifdef ACCEPT
constexpr double y = step(x = 0.5, w = 0.25);
#else
constexpr double y = step(x = 0.5, w = 0.25, x = 0.7);
#endif
