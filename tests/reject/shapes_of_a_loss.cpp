// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: to each element of one operand belongs an element of the other
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"z", 3, 2> z;
constexpr variable<"y", 3> y;

#ifdef ACCEPT
constexpr auto loss = sum(softmax_cross_entropy(z, beside(y, y)));
#else
constexpr auto loss = sum(softmax_cross_entropy(z, y));
#endif
