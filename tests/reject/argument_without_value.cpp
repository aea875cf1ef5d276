// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(x): the variable comes without a value
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * x);
#ifdef ACCEPT
constexpr double y = compile(f)(x = 0.5, w = 0.25);
#else
constexpr double y = compile(f)(x, w = 0.25);
#endif
