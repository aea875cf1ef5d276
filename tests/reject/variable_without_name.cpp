// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: variable<name>: the name is empty
#include <chainrule/chainrule.hpp>

using namespace chainrule;

#ifdef ACCEPT
constexpr variable<"x"> x;
#else
constexpr variable<""> x;
#endif
