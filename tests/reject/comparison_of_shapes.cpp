// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a == b: the matrices have different shapes
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
constexpr variable<"x", 3> x;
#ifdef ACCEPT
constexpr bool f = matrix<double, 2>{1, 2} == matrix<double, 2>{1, 3};
#else
constexpr bool f = matrix<double, 2>{1, 2} == matrix<double, 1, 2>{1, 2};
#endif
