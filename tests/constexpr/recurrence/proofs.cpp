// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences are equal where they begin alike and their bodies are equal, whatever their variables
// are called.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"a"> a;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"h", 2> h;
constexpr variable<"g", 2> g;
constexpr variable<"u", 3> u;
constexpr variable<"W", 2, 2> W;
constexpr variable<"U", 2, 3> U;
constexpr variable<"X", 3, 4> X;
constexpr variable<"h0", 2> h0;

static_assert(fold(tanh(W * h + U * u), h = h0, u = X) == fold(tanh(U * u + W * g), g = h0, u = X));
static_assert(!(fold(tanh(W * h + U * u), h = h0, u = X) ==
                fold(tanh(W * h - U * u), h = h0, u = X)));
static_assert(iterate<3>(y * (1_c + a), y = p) == iterate<3>(z + z * a, z = p));
static_assert(!(iterate<3>(y * a, y = p) == iterate<4>(y * a, y = p)));
static_assert(!(iterate<3>(y * a, y = p) == iterate<3>(y * a, y = q)));
static_assert(!(fold(y * z + a, y = p, z = rows_of<0, 1>(X)) ==
                fold_backward(y * z + a, y = p, z = rows_of<0, 1>(X))));

// A place is another one than that of another number or depth.
static_assert(!(iterate<3>(update(y = z, z = y * a), y = p, z = q)[y] ==
                iterate<3>(update(y = 1_c * y, z = z * a), y = p, z = q)[y]));
static_assert(!(iterate<3>(iterate<2>(y * z, y = p), z = q) ==
                iterate<3>(iterate<2>(z * z, y = p), z = q)));

// What a body binds is not what is called so outside, nor in a body around it.
static_assert(!(iterate<3>(iterate<2>(y * a, y = y + 0_c), y = p) ==
                iterate<3>(iterate<2>(y * a, y = p), y = p)));
static_assert(!(y * iterate<3>(a * y, y = q) == y * iterate<3>(a * z, z = y)));
static_assert(!(iterate<3>(z * y, y = q) == iterate<3>(y * y, y = q)));
static_assert(!(iterate<2>(a * y, y = q) == iterate<2>(q * y, y = a)));
static_assert(!(iterate<3>(update(y = z, z = y), y = p, z = q)[y] ==
                iterate<3>(update(y = z, z = y), y = q, z = p)[y]));
static_assert(!(orbit<3>(y, update(y = a * y), y = p) == orbit<3>(a * y, y = p)));
static_assert(iterate<3>(iterate<2>(y * z, y = z), z = p) ==
              iterate<3>(iterate<2>(a * y, a = y), y = p));

} // namespace
