// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What == proves of products of matrices, sums and transposes, and what is not so.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"A", 3, 3> A;
constexpr variable<"B", 3, 3> B;
constexpr variable<"x", 3> x;
constexpr variable<"y", 3> y;
constexpr variable<"s"> s;
constexpr variable<"t"> t;
constexpr variable<"X", 3, 5> X;
constexpr variable<"Y", 5, 3> Y;

// gradients as one writes them by hand
static_assert(partial(squared_norm(A * x), x) == 2_c * transpose(A) * (A * x));
static_assert(partial(squared_norm(A * (B * x)), x) ==
              2_c * transpose(B) * transpose(A) * (A * (B * x)));
static_assert(partial(squared_norm(A * x + s * y), s) == 2_c * dot(y, A *x + s * y));
static_assert(partial(squared_norm(s * x), s) == 2_c * s * squared_norm(x));
static_assert(partial(dot(x, A *x), x) == A * x + transpose(A) * x);
static_assert(partial(squared_norm(A * x - y), A) == 2_c * (A * x - y) * transpose(x));

// sums and factors
static_assert(A * (x + y) == A * x + A * y && !(A * (x + y) == A * x + y));
static_assert((A + B) * (x - y) == A * x - A * y + B * x - B * y);
static_assert(A * (s * x) == s * (A * x) && !(A * (s * x) == A * x));
static_assert((s * A) * (t * x / s) == t * (A * x));
static_assert(sum(s * x + t * y) == s * sum(x) + t * sum(y));
static_assert(transpose(s * X + X) == (s + 1_c) * transpose(X));
static_assert(row_sums(s * X) == s * row_sums(X) && column_sums(2_c * X - X) == column_sums(X));
static_assert(!(sum(elementwise_product(x, y)) == sum(x) * sum(y)));
static_assert(!(sum(sigmoid(x + y)) == sum(sigmoid(x)) + sum(sigmoid(y))));

// order
static_assert((A * B) * x == A * (B * x) && !((A * B) * x == B * (A * x)));
static_assert(((A * B) * A) * (s * x) == s * (A * (B * (A * x))));
static_assert(!(A * B == B * A));
static_assert(!(((A * x + y) / exp(x)) * transpose(x) == (A * x / exp(x)) * transpose(x)));

// A column that stands for many is no matrix of one column.
static_assert((A * x + X) * Y == X * Y + (A * x + X - X) * Y);
static_assert(!((A * x + X) * Y == X * Y + A * x));
static_assert(!(sum(X + x) == sum(X) + sum(x)));
static_assert(!(sum(X + s) == sum(X) + s));

// What a definition makes of a matrix may be a number, which stands for all elements.
static_assert(!(sum(binary_cross_entropy_with_logits(0_c, X)) == softplus(0_c)));
static_assert(sum(binary_cross_entropy_with_logits(0_c, X)) == 15_c * softplus(0_c));
static_assert(transpose(xlogy(X, 1_c)) * X == transpose(X - X) * X);
static_assert(!(row_sums(binary_cross_entropy_with_logits(s, X - X)) == softplus(s) + x - x));

} // namespace
