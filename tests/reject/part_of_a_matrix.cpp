// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: there is no such part of x, or the parts do not fit
// EXPECT 2: there is no such part of x, or the parts do not fit
// EXPECT 3: there is no such part of x, or the parts do not fit
// NAMES: rows_and_columns<4, 3>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 4, 3> W;
#ifdef ACCEPT
constexpr auto f = rows_of<2, 2>(W) * transpose(rows_of<3, 2, -2>(W));
#elif MISTAKE == 1
constexpr auto f = rows_of<3, 2>(W);
#elif MISTAKE == 2
constexpr auto f = columns_of<0, 3, 2>(W);
#elif MISTAKE == 3
constexpr auto f = rows_of<0, 2, 0>(W);
#endif
