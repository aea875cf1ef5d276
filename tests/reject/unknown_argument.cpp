// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(q = 0.5): the network has no variable of the name in this message
// NAMES: named<'q'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr variable<"q"> q;
constexpr auto step = compile(sigmoid(w * x));
#ifdef ACCEPT
constexpr double y = step(x = 0.5, w = 0.25);
#else
constexpr double y = step(x = 0.5, w = 0.25, q = 0.5);
#endif
