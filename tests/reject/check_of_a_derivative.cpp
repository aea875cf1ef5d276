// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: gradient_is_right(f, at(...)): f contains partial(partial(g, x), h)
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr auto h = square(x);

#ifdef ACCEPT
static_assert(gradient_is_right(partial(partial(sin(h), x), x), at(x = 0.5)));
#else
constexpr bool right = gradient_is_right(partial(partial(sin(h), x), h), at(x = 0.5));
#endif
