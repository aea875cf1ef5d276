// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: to each element of one operand belongs an element of the other
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"z", 3, 2> z;
constexpr variable<"Y", 2, 3> Y;

#ifdef ACCEPT
constexpr auto f = sum(softmax_cross_entropy(z, transpose(Y)));
#else
constexpr auto f = sum(softmax_cross_entropy(z, Y));
#endif
