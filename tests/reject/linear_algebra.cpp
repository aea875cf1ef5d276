// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices for which there is no such function.
//
// EXPECT 1: A is square and b has as many rows
// EXPECT 2: A is square and b has as many rows
// EXPECT 3: diagonal: v is a column
#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

constexpr variable<"A", 3, 3> A;
constexpr variable<"B", 3, 2> B;
constexpr variable<"b", 3> b;
constexpr variable<"c", 2> c;

#ifdef ACCEPT
constexpr auto f = solve(A, B) * inverse(transpose(B) * solve(A, B)) * diagonal(c) * c + b;
#elif MISTAKE == 1
constexpr auto f = solve(A, c);
#elif MISTAKE == 2
constexpr auto f = inverse(B);
#elif MISTAKE == 3
constexpr auto f = diagonal(B);
#endif
