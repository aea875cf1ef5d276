// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: f and what it is differentiated by are expressions
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"v", 2> v;

#ifdef ACCEPT
constexpr auto f = jacobian(square(v), v);
#else
constexpr auto f = jacobian(square(v), 0.5);
#endif
