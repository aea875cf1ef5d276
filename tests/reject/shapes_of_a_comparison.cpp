// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a + b, f(a, b): the rows and columns of the operands
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"A", 2, 3> A;
constexpr variable<"B", 3, 2> B;

#ifdef ACCEPT
constexpr auto f = select(A > transpose(B), A, transpose(B));
#else
constexpr auto f = select(A > B, A, A);
#endif
