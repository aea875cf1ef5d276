// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: pack[h]: h is none of the variables
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr double y = parameters<double>(x, w)[w];
#else
constexpr double y = parameters<double>(x)[w];
#endif
