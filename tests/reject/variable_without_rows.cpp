// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: variable<name, rows, columns>: rows and columns count from 1
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr variable<"v", 3, 1> v;
#else
constexpr variable<"v", 0, 1> v;
#endif
