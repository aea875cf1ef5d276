// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What does not fit where it is to be repeated, or placed among zeros.
//
// EXPECT 1: is a number, a column of Rows or a row of Columns
// EXPECT 2: does not fit between First, counted from 0, and Total
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"v", 2> v;

#ifdef ACCEPT
constexpr auto f = sum(fill<2, 3>(v)) + sum(place_rows<1, 3>(v));
#elif MISTAKE == 1
constexpr auto f = sum(fill<3, 2>(v)) + 1_c;
#elif MISTAKE == 2
constexpr auto f = sum(place_rows<2, 3>(v)) + 1_c;
#endif
