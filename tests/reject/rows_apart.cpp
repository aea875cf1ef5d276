// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = values: the rows of a value, for the variable that is named in this message, are
// NAMES: named<'W'>
#include <vector>

#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 2, 3> W;
#ifdef ACCEPT
inline const std::vector<double> rows(6);
#else
inline const std::vector<std::vector<double>> rows(2, std::vector<double>(3));
#endif
inline const double f = compile(sum(W))(W = rows);
