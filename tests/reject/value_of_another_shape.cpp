// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = values: the variable, named in this message, has other rows and columns
// NAMES: K'>, chainrule::detail::rows_and_columns<2, 3>, chainrule::detail::rows_and_columns<3, 2>
#include <array>

#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"K", 2, 3> K;
constexpr auto step = compile(sum(K));
#ifdef ACCEPT
constexpr double nested[2][3]{{1, 2, 3}, {4, 5, 6}};
constexpr double f = step(K = nested);
constexpr double g = step(K = matrix<double, 2, 3>{1, 2, 3, 4, 5, 6});
constexpr double h = step(K = std::array<double, 6>{1, 2, 3, 4, 5, 6});
#else
constexpr double nested[3][2]{{1, 2}, {3, 4}, {5, 6}};
constexpr double f = step(K = nested);
#endif
