// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: slope[h]: the gradient was not taken with respect to h
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto slope = compile(gradient(w * x, w))(w = 2.0, x = 3.0);
#ifdef ACCEPT
constexpr double d = slope[w];
#else
constexpr double d = slope[x];
#endif
