// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

// -- operator==
static_assert(square(x + y) == square(x) + 2_c * x * y + square(y)); // proved
static_assert(!(square(x) == x));                                    // not proved

// -- compare
static_assert(compare(partial(sin(x), x), cos(x)));
static_assert(compare(partial(sin(x), x), -cos(x)).is_different);

// -- comparison
static_assert(compare(x, x + 1_c).text() ==
              "at x = 0.5625 the first is 0.5625 and the second 1.5625");

// -- gradient_is_right
static_assert(gradient_is_right(sin(x * y), at(x = 0.5, y = 2.0)));
static_assert(gradient_is_right(sin(x * y), x = 0.5, y = 2.0));

// -- cost
constexpr auto spent = cost(compile(sigmoid(x * y)));
static_assert(spent.operations == 5 && spent.exponentials == 1);

// -- named_parts
constexpr auto h = sigmoid(x + y);
static_assert(to_string(h * tanh(h), named_parts) == "t1 = sigmoid(x + y)\nt1 * tanh(t1)");

// -- to_string
static_assert(to_string(partial(square(x), x)) == "2 * x");

// -- explain
static_assert(explain(x + y) == "no rule applies\n");

} // namespace
