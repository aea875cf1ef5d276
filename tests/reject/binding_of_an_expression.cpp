// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: x = expression: a variable is given a number
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto b = compile(x * w)(x = 0.5, w = 0.25);
#else
constexpr auto b = compile(x * w)(x = sigmoid(w), w = 0.25);
#endif
