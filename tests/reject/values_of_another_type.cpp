// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = values: the values of a matrix, named in this message, are of another type
// NAMES: named<'x'>, double, float>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr variable<"s"> s;
constexpr double f = compile(sum(s * x))(x = matrix<double, 3>{1, 2, 3}, s = 1);
#else
constexpr variable<"s"> s;
constexpr double f = compile(sum(s * x))(x = matrix<float, 3>{1, 2, 3}, s = 1.0);
#endif
