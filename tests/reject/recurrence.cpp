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
// EXPECT 18: there is a value for each state
// EXPECT 19: there is a value for each state
// EXPECT 20: there is a value for each state
// EXPECT 21: there is a value for each state
// EXPECT 22: there is a value for each state
// EXPECT 23: there is a value for each state
// EXPECT 24: the number of steps is a constant and stands in < >
// EXPECT 25: the number of steps is a constant and stands in < >
// EXPECT 26: the number of steps is a constant and stands in < >
// EXPECT 27: and a function is called, f(h)
// EXPECT 28: X has as many rows as there are inputs
// EXPECT 29: X has as many rows as there are inputs
// EXPECT 30: what is updated, or bound first, is a state
// EXPECT 31: h is a state or an input of a recurrence in f
// EXPECT 32: h is a state or an input of a recurrence in f
// EXPECT 33: h is a state or an input of a recurrence in f
// EXPECT 34: numbers that only the run knows are a variable
// EXPECT 35: after the body comes what the variables of the body stand for
// EXPECT 36: after the body comes what the variables of the body stand for
// EXPECT 37: recurrences stand in the bodies of others, deeper than is allowed
// EXPECT 38: is more than 2^31 numbers
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
constexpr variable<"c", 2> c;
constexpr auto both = fold(update(h = cell, c = h), h = h0, c = 0_c, u = X);
constexpr double numbers[2]{};
[[maybe_unused]] int count = 5;

#ifdef ACCEPT
constexpr auto f = fold(cell, h = h0, u = X);
constexpr auto g = both[h] + iterate<5>(tanh(c), c = both[c]) - 1_c;
constexpr auto by_W = gradient(sum(both[h]), W, h0, X, k); // of k nothing is in it
constexpr auto by_h = partial(sum(f + h), h);              // which stands outside, too
constexpr auto sequence = lstm<"a", 3, 4>()(X);
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
#elif MISTAKE == 18
constexpr auto f = sum(both);
#elif MISTAKE == 19
constexpr auto f = compile(both);
#elif MISTAKE == 20
constexpr auto f = h0 * both;
#elif MISTAKE == 21
constexpr auto f = scan(update(h = cell), h = h0, u = X) - 1_c;
#elif MISTAKE == 22
constexpr auto f = gradient(both, W);
#elif MISTAKE == 23
constexpr auto f = fold(cell, h = both, u = X);
#elif MISTAKE == 24
constexpr auto f = iterate(tanh(h), h = h0) + h0;
#elif MISTAKE == 25
const auto f = orbit(count, tanh(h), h = h0);
#elif MISTAKE == 26
constexpr auto f = orbit(update(h = tanh(h)), h = h0)[h];
#elif MISTAKE == 27
constexpr auto f = fold([](auto x) { return tanh(x); }, h = h0, u = X);
#elif MISTAKE == 28
constexpr auto f = lstm<"a", 2, 4>()(X);
#elif MISTAKE == 29
constexpr auto f = sequential(gru<"a", 2, 4>(), dense<"b", 4, 1>(linear))(X);
#elif MISTAKE == 30
constexpr auto f = fold(update(h = cell, u = u), h = h0, u = X)[h];
#elif MISTAKE == 31
constexpr auto f = gradient(sum(fold(cell, h = h0, u = X)), W, h);
#elif MISTAKE == 32
constexpr auto f = partial(sum(fold(cell, h = h0, u = X)), u);
#elif MISTAKE == 33
constexpr auto f = jacobian(fold(cell, h = h0, u = X), h);
#elif MISTAKE == 34
constexpr auto f = fold(cell, h = numbers, u = X);
#elif MISTAKE == 35
constexpr auto f = fold(update(h = 1.0), h = h0, u = X)[h];
#elif MISTAKE == 36
constexpr auto f = scan(h, update(h = 1.0), h = h0, u = X);
#elif MISTAKE == 37
template <int Depth>
constexpr auto nested() {
  if constexpr (Depth == 0)
    return tanh(h);
  else
    return iterate<2>(nested<Depth - 1>(), h = h);
}
const auto f = compile(nested<32>())(h = numbers);
#elif MISTAKE == 38
constexpr auto inner = iterate<100000>(sin(W * c), c = h);
constexpr auto whole = sum(iterate<30000>(inner, h = h0));
const auto f = compile(gradient(whole, h0))(h0 = numbers, W = matrix<double, 2, 2>{});
#endif
