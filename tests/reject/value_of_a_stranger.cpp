// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: p[h]: the point has no value for h
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr double y = at(x = 0.5, w = 0.25)[w];
#else
constexpr double y = at(x = 0.5)[w];
#endif
