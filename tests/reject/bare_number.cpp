// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: 1 - x, max(x, 0): a bare number cannot be part of a network
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = 1_c - w * x;
#else
constexpr auto f = 1 - w * x;
#endif
