// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is wrong with a recurrence.
//
// EXPECT 1: after the body comes what the variables of the body stand for
// EXPECT 2: after the body comes what the variables of the body stand for
// EXPECT 3: neither an expression nor update(h = ..., c = ...)
// EXPECT 4: is bound twice
// EXPECT 5: has no initial value
// EXPECT 6: the next value of a state has another shape
// EXPECT 7: the initial value of a state has another shape
// EXPECT 8: an input has no whole number of columns of the shape of its variable
// EXPECT 9: without an input there is no number of steps
// EXPECT 10: the input has not as many columns as there are steps
// EXPECT 11: steps count from 1
// EXPECT 12: name it in gradient(f, ..., h), or, of a recurrence, in update(..., h = f)
// EXPECT 13: what changes from step to step of a recurrence is no part of that
// EXPECT 14: steps(n): n is a matrix
// EXPECT 15: an input has no whole number of columns
// EXPECT 16: steps(n): n is no expression
// EXPECT 17: The first binding is the state
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"h", 2> h;
constexpr variable<"h0", 2> h0;
constexpr variable<"k", 3> k;
constexpr variable<"u", 3> u;
constexpr variable<"W", 2, 2> W;
constexpr variable<"U", 2, 3> U;
constexpr variable<"X", 3, 4> X;
constexpr variable<"Y", 2, 5> Y;
constexpr auto cell = tanh(W * h + U * u);

#ifdef ACCEPT
constexpr auto f = fold(cell, h = h0, u = X);
#elif MISTAKE == 1
constexpr auto f = fold(cell);
#elif MISTAKE == 2
constexpr auto f = fold(cell, h = 0.0, u = X);
#elif MISTAKE == 3
constexpr auto f = fold(0.5, h = h0, u = X);
#elif MISTAKE == 4
constexpr auto f = fold(cell, h = h0, u = X, u = X);
#elif MISTAKE == 5
constexpr auto f = fold(update(h = cell), u = X);
#elif MISTAKE == 6
constexpr auto f = fold(k, h = h0, u = X);
#elif MISTAKE == 7
constexpr auto f = fold(cell, h = k, u = X);
#elif MISTAKE == 8
constexpr auto f = fold(cell, h = h0, u = Y);
#elif MISTAKE == 9
constexpr auto f = fold(tanh(h), h = h0);
#elif MISTAKE == 10
constexpr auto f = iterate<5>(cell, h = h0, u = X);
#elif MISTAKE == 11
constexpr auto f = iterate<0>(tanh(h), h = h0);
#elif MISTAKE == 12
constexpr auto f = fold(update(h = cell), h = h0, u = X)[k];
#elif MISTAKE == 13
constexpr auto f = partial(sum(fold(cell, h = h0, u = X)), cell);
#elif MISTAKE == 14
constexpr auto f = fold(cell, h = h0, u = X, steps(k));
#elif MISTAKE == 15
constexpr auto f = fold(update(h = cell), h = h0, u = Y)[h];
#elif MISTAKE == 16
constexpr auto f = fold(cell, h = h0, u = X, steps(3));
#elif MISTAKE == 17
constexpr auto f = fold(cell, u = X);
#endif
