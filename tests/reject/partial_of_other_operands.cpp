// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A derivative with respect to nothing, and to two variables at once.
//
// EXPECT 1: f is differentiated with respect to one variable or part, partial(f, x)
// EXPECT 2: f is differentiated with respect to one variable or part, partial(f, x)
// EXPECT 3: f is differentiated with respect to one variable or part, partial(f, x)
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr double slope = compile(partial(x * w, w))(x = 1.0, w = 2.0);
#elif MISTAKE == 1
constexpr auto f = compile(2_c * partial(x * w));
#elif MISTAKE == 2
constexpr auto f = compile(partial(x * w, x, w));
#elif MISTAKE == 3
constexpr auto f = compile(partial());
#endif
