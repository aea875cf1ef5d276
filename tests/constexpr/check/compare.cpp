// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// compare(a, b): what is said, and what the points show.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"v", 2> v;
constexpr variable<"W", 2, 2> W;

static_assert(compare(partial(sigmoid(x * y), x), y *sigmoid(x *y) * sigmoid(-x * y)));
static_assert(compare(gradient(squared_norm(v), v), 2_c * v));
static_assert(compare(x + x, 2_c * x).text() == "equal, which is proved");

// The point is the same for all formulas, so that the values can be told by hand.
static_assert(compare(x, x + 1_c).is_different);
static_assert(compare(x, x + 1_c).text() ==
              "at x = 0.5625 the first is 0.5625 and the second 1.5625");
static_assert(compare(x - y, y - x).text() ==
              "at x = 0.5625, y = 0.9375 the first is -0.375 and the second 0.375");
static_assert(
    compare(W, transpose(W)).text() ==
    "at W = {0.5625, 0.9375; -0.375, -1.875} element (0, 1) of the first is 0.9375 and of "
    "the second -0.375");
static_assert(compare(1_c, 2_c).text() == "the first is 1 and the second 2");
static_assert(compare(x, x + 1e-12_c).text() ==
              "at x = 0.5625 the first is 0.5625 and the second 0.562500000001");
// One that is defined for positive numbers only, and one that differs there only.
static_assert(compare(log(x), log(2_c * x)).is_different);
static_assert(compare(sqrt(x - 4_c), 0_c * x).is_different);
static_assert(compare(hessian(x * x * y, x), 2_c * x).is_different);

// What is no proof and no difference: neither rounding errors nor what is undefined shows one.
constexpr auto quarter_turn = sign(x) * pi_c / 2_c;
static_assert(compare(atan(x) + atan(1_c / x), quarter_turn).is_undecided);
static_assert(compare(atan(x) + atan(1_c / x), quarter_turn).text() ==
              "not proved, and no difference was found: of 16 points 16 are defined on both sides, "
              "which agree there");
static_assert(compare(log(-square(x)), x).is_undecided);
static_assert(compare(1_c / (x - x), x).is_undecided);
static_assert(compare((x + 1e17_c) - 1e17_c, x).is_equal);
static_assert(!compare(exp(1000_c * x) / exp(1000_c * x), 2_c).is_equal);
// Differences that are out of range.
static_assert(compare(1.7e308_c * x / x, -1.7e308_c).is_different);
static_assert(!compare(1.7e308_c * x / x, 1.7e308_c * y / y).is_different);
static_assert(compare(select(1.7e308_c * x / x < 1.7e308_c, 1_c, 2_c), 1_c).is_undecided);
// At the ends of a choice the side is a convention.
static_assert(!compare(select(x > x, 1_c, 2_c), select(x >= x, 1_c, 2_c)).is_different);

// Recurrences, and what the recurrence gives a value is no variable.
constexpr variable<"h"> h;
static_assert(compare(iterate<20>(0.5_c * h, h = x), x).is_different);
static_assert(compare(iterate<20>(h * y, h = x), x *pow(y, 20_c)).is_different == false);

// Every kind of operation runs on estimates, and its derivatives do.
constexpr variable<"a", 3> a;
constexpr variable<"A", 3, 3> A;
constexpr variable<"X", 3, 4> X;
constexpr variable<"s", 3> s;
constexpr variable<"u", 3> u;
constexpr auto state = fold(tanh(A * s + u), s = 0_c * a, u = X);
static_assert(compare(state, a).is_different);
static_assert(compare(partial(sum(state), A), A).is_different);
static_assert(compare(scan(0.5_c * s + u, s = 0_c * a, u = X), X).is_different);
static_assert(compare(softmax(X), softmax(X, by_row)).is_different);
static_assert(compare(partial(max(a), a), a).is_different);
static_assert(compare(round(x), x).is_different);
static_assert(compare(partial(fmod(x, y), y), x).is_different);
static_assert(compare(partial(atan2(x, y), y), x).is_different);
static_assert(compare(partial(xlogy(x, y), x), x).is_different);
static_assert(compare(partial(lgamma(x), x), x).is_different);
static_assert(compare(partial(pow(x, y), y), x).is_different);
static_assert(compare(partial(gelu(x), x), relu(x)).is_different);
static_assert(compare(select(x > y && !(x < 0_c), x, y), y).is_different);
static_assert(compare(hessian(squared_norm(tanh(A * a)), a), A).is_different);
// The derivative of what is undefined is undefined.
static_assert(!compare(partial(log(x), x), 1_c / abs(x)).is_different);

} // namespace
