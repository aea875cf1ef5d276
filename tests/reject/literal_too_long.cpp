// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a literal of an expression has at most 15 significant digits
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = 0.123456789012345_c * x;
#else
constexpr auto f = 0.12345678901234567891_c * x;
#endif
