// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: compile(f): an argument is neither an expression nor a gradient
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto step = compile(w * x);
#else
constexpr auto step = compile(3.0);
#endif
