// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a variable is given a number, as in x = 0.5
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * x);
#ifdef ACCEPT
constexpr double y = compile(f)(x = 0.5, w = 0.25);
#else
constexpr double y = compile(f)(x = "0.5", w = 0.25);
#endif
