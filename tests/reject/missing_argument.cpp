// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(x = 0.5, ...): a variable of the network, named in this message, has no value
// NAMES: named<'w'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto step = compile(sigmoid(w * x));
#ifdef ACCEPT
constexpr double y = step(x = 0.5, w = 0.25);
#else
constexpr double y = step(x = 0.5);
#endif
