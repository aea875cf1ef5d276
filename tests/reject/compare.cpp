// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: static_assert(compare(a, b)): the two sides are not proved to be equal
// EXPECT 2: static_assert(compare(a, b)): the two sides are not proved to be equal
// EXPECT 3: a == b: the two sides have different rows and columns
// EXPECT 4: A * B: the left operand has not as many columns as the right has rows
// EXPECT 5: a bare number
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"v", 2> v;
constexpr variable<"W", 2, 2> W;

#ifdef ACCEPT
static_assert(compare(partial(sin(x), x), cos(x)));
#elif MISTAKE == 1
static_assert(compare(partial(sin(x), x), -cos(x)));
#elif MISTAKE == 2
static_assert(compare(atan(x) + atan(1_c / x), sign(x) * pi_c / 2_c));
#elif MISTAKE == 3
static_assert(compare(partial(squared_norm(v), v), 2_c * transpose(v)));
#elif MISTAKE == 4
static_assert(compare(sum(v * v), squared_norm(v)));
#elif MISTAKE == 5
static_assert(compare(x * 2_c, 2.0));
#endif
