// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = values: the variable, named in this message, has another number of elements
// NAMES: named<'x'>, chainrule::detail::elements<3
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr double f = compile(sum(x))(x = matrix<double, 3>{1, 2, 3});
#else
constexpr double f = compile(sum(x))(x = matrix<double, 2>{1, 2});
#endif
