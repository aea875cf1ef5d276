// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(0.5): arguments are given by name
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto step = compile(sigmoid(x));
#ifdef ACCEPT
constexpr double y = step(x = 0.5);
#else
constexpr double y = step(0.5);
#endif
