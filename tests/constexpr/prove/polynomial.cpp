// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Quotients by what is 0 on one side of a choice: an indicator is a zero divisor, and where it is 0
// the quotient says nothing.
#include "../../own_operations.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"X", 2, 3> X;
constexpr variable<"Y", 2, 3> Y;

constexpr auto gate = select(x > 0_c, 1_c, 0_c);
constexpr auto above = select(x > 0_c, y / relu(x), 1_c);

// each side is taken somewhere and has the other's denominator
static_assert(!(select(x > 0_c, 1_c / relu(x), 1_c / relu(-x)) == 42_c));
static_assert(!(select(x > 0_c, 1_c / relu(x), 1_c / relu(-x)) == 1_c / x));
static_assert(select(x > 0_c, 1_c / relu(x), 1_c / relu(-x)) == 1_c / abs(x));
static_assert(!(above == select(x > 0_c, y / relu(x), 2_c)));
static_assert(!(above == 1_c) && !(above == y / x));
static_assert(!(above == select(x > 0_c, y / relu(2_c * x), 1_c)));
static_assert(above == select(x > 0_c, 2_c * y / relu(2_c * x), 1_c));
static_assert(above == select(x <= 0_c, 1_c, y / x));
static_assert(!(square(above) == select(x > 0_c, square(y / x), 4_c)));
static_assert(square(above) == select(x > 0_c, square(y / x), 1_c));
static_assert(!(select(x > 0_c, y, 1_c / gate) == z) && !(select(x > 0_c, 1_c / gate, y) == z));
static_assert(select(x > 0_c, 1_c / gate, y) == select(x > 0_c, 1_c, y));
static_assert(!(select(x > 0_c, pow(relu(x), -2_c), y) == select(x > 0_c, pow(x, -2_c), z)));
static_assert(select(x > 0_c, pow(relu(x), -2_c), y) == select(x > 0_c, pow(x, -2_c), y));

// two conditions, of which each closes what the other leaves open
constexpr auto two = select(x > 0_c && y > 0_c, 1_c / (relu(x) * relu(y)), 3_c);
static_assert(!(two == select(x > 0_c && y > 0_c, 1_c / (relu(x) * relu(y)), 4_c)));
static_assert(!(two == 1_c / (x * y)) && !(two == 3_c));
static_assert(two == select(x > 0_c && y > 0_c, 1_c / (x * y), 3_c));
static_assert(!(select(x > 0_c, 1_c / max(x, 0_c), z) == select(x > 0_c, 1_c / max(y, 0_c), z)));
static_assert(!(1_c / (relu(x) - relu(y)) == 1_c / (x - y)));
static_assert(!(1_c / (gate - select(y > 0_c, 1_c, 0_c)) == 1_c));

// what is defined nowhere is not proved, inside a function neither
static_assert(!(sin(1_c / relu(x) / relu(-x)) == y) && !(sin(1_c / (relu(x) * relu(-x))) == y));
static_assert(!(1_c / relu(x) / relu(-x) == 0_c) && !(1_c / relu(x) / relu(-x) == z));
static_assert(!(exp(y / relu(x) / relu(-x)) == 1_c));

// conditions of a user's are 1 or 0 as well
constexpr auto near = own::is_near(x, y);
constexpr auto by_near = 1_c / select(near, x, 0_c);
static_assert(!(select(near, by_near, 7_c) == 7_c + 1_c / x - 7_c * select(near, 1_c, 0_c)));
static_assert(select(near, by_near, 7_c) == select(near, 1_c / x, 7_c));
static_assert(!(select(near, by_near, 7_c) == select(near, by_near, 8_c)));
static_assert(select(near, x, y) * select(near, x, 1_c) == select(near, x *x, y));

// element by element, and under functions of all elements
static_assert(!(select(X > 0_c, Y / relu(X), 1_c) == select(X > 0_c, Y / relu(X), 2_c)));
static_assert(!(sum(select(X > 0_c, 1_c / relu(X), Y)) == sum(select(X > 0_c, 1_c / X, 2_c * Y))));
static_assert(sum(select(X > 0_c, 1_c / relu(X), Y)) == sum(select(X > 0_c, 1_c / X, Y)));
static_assert(!(sum(1_c / relu(X) / relu(-X)) == y));

// numbers beyond any type are different numbers
static_assert(!(1e1234567_c == 1e1234568_c) && !(1e-1234567_c * x == 1e-1234568_c * x));
static_assert(!(1e999999999_c * x * 1e999999999_c * 1e999999999_c == x));

} // namespace
