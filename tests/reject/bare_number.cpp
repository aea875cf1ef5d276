// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a bare number, whose type is named in this message after the operation
// NAMES: takes<chainrule::subtract_operation, int>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = 1_c - w * x;
#else
constexpr auto f = 1 - w * x;
#endif
