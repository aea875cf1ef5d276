// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences of up to eight steps are proved to be what they are written out.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"u"> u;
constexpr variable<"a"> a;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"n"> n;
constexpr variable<"h", 2> h;
constexpr variable<"h0", 2> h0;
constexpr variable<"M", 2, 2> M;
constexpr variable<"W", 2, 2> W;
constexpr variable<"X", 1, 4> X;
constexpr variable<"Y", 2, 4> Y;
constexpr auto x0 = columns_of<0, 1>(X);
constexpr auto x1 = columns_of<1, 1>(X);
constexpr auto x2 = columns_of<2, 1>(X);
constexpr auto x3 = columns_of<3, 1>(X);

static_assert(iterate<3>(a * y, y = p) == a * a * a * p);
static_assert(!(iterate<3>(a * y, y = p) == a * a * p));
static_assert(!(iterate<3>(a * y, y = p) == iterate<2>(a * y, y = p)));
static_assert(iterate<3>(a * y, y = p) == iterate<2>(a * y, y = a * p));
static_assert(iterate<8>(a + y, y = p) == 8_c * a + p);
static_assert(iterate<2>(W * h, h = h0) == W * (W * h0));
static_assert(iterate<2>(M * W, M = 1_c * M) == M * W * W);
static_assert(orbit<2>(W * h, h = h0) == beside(W * h0, W *(W *h0)));
static_assert(iterate<2>(update(y = z, z = y + z), y = p, z = q)[z] == p + 2_c * q);

// In the order of the columns, or against it.
static_assert(fold(a * y + u, y = 0_c, u = X) == a * (a * (a * x0 + x1) + x2) + x3);
static_assert(fold_backward(a * y + u, y = 0_c, u = X) == a * (a * (a * x3 + x2) + x1) + x0);
static_assert(!(fold(a * y + u, y = 0_c, u = X) == fold_backward(a * y + u, y = 0_c, u = X)));
static_assert(scan_backward(y + u, y = 0_c, u = columns_of<0, 2>(X)) == beside(x0 + x1, x1));
static_assert(fold(h + y, h = h0, y = X) == h0 + x0 + x1 + x2 + x3);
static_assert(map_columns(tanh(W * h), h = columns_of<0, 2>(Y)) ==
              beside(tanh(W * columns_of<0, 1>(Y)), tanh(W *columns_of<1, 1>(Y))));

// Derivatives.
static_assert(partial(iterate<3>(a * y, y = p), p) == a * a * a);
static_assert(partial(iterate<3>(a * y, y = p), a) == 3_c * a * a * p);
static_assert(partial(iterate<4>(y * y, y = p), p) == 16_c * pow(p, 15_c));
static_assert(!(partial(iterate<3>(a * y, y = p), a) == 3_c * a * a));
static_assert(partial(fold(y * u, y = 1_c, u = X), X) == partial(x0 * x1 * x2 * x3, X));

// A recurrence in the body of another one.
static_assert(iterate<2>(iterate<2>(a * y + z, y = z), z = p) ==
              iterate<2>((a * a + a + 1_c) * z, z = p));
static_assert(iterate<2>(partial(iterate<2>(y * y, y = z), z), z = p) == 256_c * pow(p, 9_c));

// Not of nine, nor of as many as only the run knows.
static_assert(!(iterate<9>(a + y, y = p) == 9_c * a + p));
static_assert(!(iterate<3>(a + y, y = p, steps(n)) == 3_c * a + p));
static_assert(!(iterate<2>(iterate<9>(a + y, y = z), z = p) == 18_c * a + p));

} // namespace
