// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a != b: the compiler proves expressions equal, never different
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr bool differ = !(x == w);
#else
constexpr bool differ = x != w;
#endif
