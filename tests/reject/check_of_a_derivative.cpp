// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: gradient_is_right(f, at(...)): f contains partial(...)
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
static_assert(gradient_is_right(square(x), at(x = 0.5)));
#else
constexpr bool right = gradient_is_right(partial(square(x), x), at(x = 0.5));
#endif
