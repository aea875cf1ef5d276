// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a variable of the network, named in this message, has no value
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
static_assert(gradient_is_right(sigmoid(w * x), at(x = 0.5, w = 0.25)));
#else
static_assert(gradient_is_right(sigmoid(w * x), at(x = 0.5)));
#endif
