// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: f is a matrix (its shape is named in this message) and has no gradient
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x", 2> x;
#ifdef ACCEPT
static_assert(gradient_is_right(sum(tanh(x)), at(x = matrix<double, 2>{1, 2})));
#else
static_assert(gradient_is_right(tanh(x), at(x = matrix<double, 2>{1, 2})));
#endif
