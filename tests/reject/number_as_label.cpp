// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a bare number, whose type is named in this message after the operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"z", 3> z;

#ifdef ACCEPT
constexpr auto f = cross_entropy(softmax(z), stack(1_c, 0_c, 0_c));
#else
constexpr auto f = cross_entropy(softmax(z), 1);
#endif
