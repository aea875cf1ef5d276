// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a == b is a proof, not a condition
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr auto g = select(x <= w, x, w);
#else
constexpr auto g = select(x == w, x, w);
#endif
