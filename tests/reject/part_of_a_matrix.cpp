// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: there is no such part of x, or the parts do not fit
// NAMES: rows_and_columns<4, 3>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
#ifdef ACCEPT
constexpr auto f = rows_of<2, 2>(W);
#else
constexpr auto f = rows_of<3, 2>(W);
#endif
