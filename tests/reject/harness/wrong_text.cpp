// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The harness must be able to fail: this text is not what the compiler says.
// EXPECT: the moon is made of green cheese
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
#ifdef ACCEPT
constexpr auto f = 1_c - x;
#else
constexpr auto f = 1 - x;
#endif
