// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gradients of recurrences by the compiler, against the body run on traced numbers.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"a"> a;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"h", 2> h;
constexpr variable<"u", 3> u;
constexpr variable<"W", 2, 2> W;
constexpr variable<"U", 2, 3> U;
constexpr variable<"X", 3, 4> X;
constexpr variable<"h0", 2> h0;

constexpr double at_W[] = {0.1, -0.3, 0.5, 0.7};
constexpr double at_U[] = {1, -1, 0.5, 0.2, 0.3, -0.4};
constexpr double at_X[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -0.1, -0.2, -0.3, 0.7, 0.8, 0.9};
constexpr double at_h[] = {0.3, -0.2};

constexpr auto logistic = iterate<5>(y + a * (1_c - y * y), y = p);
static_assert(gradient_is_right(logistic, a = 0.3, p = 0.2));
static_assert(gradient_is_right(partial(logistic, a), a = 0.3, p = 0.2));

constexpr auto oscillation = iterate<7>(update(y = z, z = -a * y), y = p, z = q);
static_assert(gradient_is_right(oscillation[y] * oscillation[z], a = 0.3, p = 0.2, q = 0.7));

constexpr auto network = sum(square(scan(tanh(W * h + U * u), h = h0, u = X)));
static_assert(gradient_is_right(network, W = at_W, U = at_U, X = at_X, h0 = at_h));

// A derivative in the body: through steps of gradient descent.
constexpr auto descent = iterate<3>(y - 0.1_c * partial(square(sin(y * a) - 0.3_c), y), y = p);
static_assert(gradient_is_right(descent, a = 0.3, p = 0.2));
static_assert(gradient_is_right(partial(descent, a), a = 0.3, p = 0.2));

// A loop in a loop, of which the inner one begins with the state of the outer one.
constexpr auto nested = iterate<3>(iterate<2>(y + a * y * z, y = z * a), z = p * a);
static_assert(gradient_is_right(nested, a = 0.3, p = 0.2));
static_assert(gradient_is_right(partial(nested, a), a = 0.3, p = 0.2));

constexpr auto columns = sum(map_columns(tanh(U * u) * a, u = X)) +
                         sum(scan_backward(relu(h + U * u) * a, h = h0, u = X));
static_assert(gradient_is_right(columns, a = 0.3, U = at_U, X = at_X, h0 = at_h));
static_assert(gradient_is_right(partial(columns, a), a = 0.3, U = at_U, X = at_X, h0 = at_h));

constexpr auto choices =
    fold(select(y > z, y + a * z, y - a * z * z), y = 0.5_c, z = rows_of<1, 1>(X));
static_assert(gradient_is_right(choices, a = 0.3, X = at_X));

// Rounds of rounds are counted, up to a number that no call comes to an end of.
constexpr auto often =
    iterate<2000000000>(iterate<2000000000>(iterate<2000000000>(y * a, y = z), z = p), p = 0.5_c);
static_assert(cost(compile(iterate<100000>(iterate<100000>(y * a, y = p), p = 0.5_c))).operations ==
              10000000000);
static_assert(cost(compile(often)).operations == 1000000000000);

} // namespace
