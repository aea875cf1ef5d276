// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: this derivative needs one more than the library has of a function in f
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto third = partial(partial(partial(w * lgamma(x), x), x), x);

#ifdef ACCEPT
constexpr auto f = partial(third, w);
static_assert(f == partial(trigamma(x), x));
static_assert(partial(partial(third, w), w) == 0_c);
#else
constexpr auto f = partial(third, x);
#endif
