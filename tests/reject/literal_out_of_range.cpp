// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the power of ten of a literal is beyond that of any scalar
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = 1e100000000_c * x;
#else
constexpr auto f = 1e1000000000_c * x;
#endif
