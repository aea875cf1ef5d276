// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT 1: a == b: the two sides have different rows and columns
// EXPECT 2: a == b: the two sides have different rows and columns
// EXPECT 3: a == b: the two sides have different rows and columns
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"v", 2> v;
constexpr variable<"W", 2, 2> W;

#ifdef ACCEPT
static_assert(gradient(squared_norm(v), v) == 2_c * v);
#elif MISTAKE == 1
static_assert(gradient(squared_norm(v), v) == 2_c * transpose(v));
#elif MISTAKE == 2
constexpr bool is_proved = partial(sum(W * v), v) == W;
#elif MISTAKE == 3
static_assert(partial(sum(v), v) == 1_c);
#endif
