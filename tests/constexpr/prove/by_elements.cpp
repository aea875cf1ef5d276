// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Proofs element by element: beside each what is false by a sign, a factor, a transposition or an
// index. What conditions say of each other, and what is known not to be 0.
#include <chainrule/chainrule.hpp>
#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

namespace {

constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"s"> s;
constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"v", 3> v;
constexpr variable<"u", 3> u;
constexpr variable<"A", 3, 3> A;
constexpr variable<"B", 3, 3> B;
constexpr variable<"M", 2, 3> M;
constexpr variable<"L", 3, 2> logits;
constexpr auto p = softmax(v);
constexpr auto second = stack(0_c, 1_c, 0_c);

// softmax and its relatives
static_assert(jacobian(p, v) == diagonal(p) - p * transpose(p));
static_assert(!(jacobian(p, v) == p * transpose(p) - diagonal(p)));
static_assert(!(jacobian(p, v) == diagonal(v) - p * transpose(p)));
static_assert(!(jacobian(p, v) == diagonal(p) - 2_c * p * transpose(p)));
static_assert(jacobian(log_softmax(v), v) ==
              diagonal(0_c * v + 1_c) - (0_c * v + 1_c) * transpose(p));
static_assert(!(jacobian(log_softmax(v), v) ==
                diagonal(0_c * v + 1_c) - p * transpose(0_c * v + 1_c)));
static_assert(partial(softmax_cross_entropy(v, second), v) == p - second);
static_assert(!(partial(softmax_cross_entropy(v, second), v) == second - p));
static_assert(!(partial(softmax_cross_entropy(v, second), v) == p - stack(0_c, 0_c, 1_c)));
static_assert(column_sums(softmax(logits)) == transpose(stack(1_c, 1_c)));
static_assert(!(row_sums(softmax(logits)) == stack(1_c, 1_c, 1_c)));
static_assert(row_softmax(M) == transpose(softmax(transpose(M))));
static_assert(!(row_softmax(A) == softmax(A)));
static_assert(log_softmax(v + s) == v - logsumexp(v));
static_assert(!(log_softmax(v + u) == v - logsumexp(v)));
static_assert(exp(logsumexp(logits)) == column_sums(exp(logits)));
static_assert(!(exp(logsumexp(A)) == transpose(row_sums(exp(A)))));

// products
static_assert(dot(A * v, u) == dot(v, transpose(A) * u));
static_assert(!(dot(A * v, u) == dot(A * u, v)));
static_assert(hessian(dot(v, A *v), v) == A + transpose(A));
static_assert(!(hessian(dot(v, A *v), v) == A - transpose(A)));
static_assert(hessian(dot(v, A *v) / 2_c, v) == (transpose(A) + A) / 2_c);
static_assert(!(hessian(dot(v, A *v) / 2_c, v) == A));
static_assert(trace(A * B) == sum(elementwise_product(A, transpose(B))));
static_assert(!(trace(A * B) == sum(elementwise_product(A, B))));
static_assert(trace(M * transpose(M)) == squared_norm(M));
static_assert(!(trace(M * transpose(M)) == square(trace(transpose(M) * M))));
static_assert(transpose(v) * A * u == transpose(u) * transpose(A) * v);
static_assert(!(transpose(v) * A * u == transpose(u) * A * v));
static_assert(diagonal(v) * diagonal(u) == diagonal(elementwise_product(u, v)));
static_assert(!(diagonal(v) * A == A * diagonal(v)));

// sums and parts
static_assert(row_sums(M) == transpose(column_sums(transpose(M))));
static_assert(!(row_sums(A) == transpose(column_sums(A))));
static_assert(sum(v + s) == sum(v) + 3_c * s && !(sum(v + s) == sum(v) + s));
static_assert(sum(v) == element_of<0>(v) + element_of<1>(v) + element_of<2>(v));
static_assert(!(sum(v) == element_of<0>(v) + element_of<1>(v) + element_of<1>(v)));
static_assert(stack(x, y) * transpose(stack(a, b)) ==
              stack(beside(x * a, x *b), beside(y *a, y *b)));
static_assert(!(stack(x, y) * transpose(stack(a, b)) ==
                stack(beside(x * a, y *a), beside(x *b, y *b))));

// norms: what is divided by is not 0
static_assert(partial(norm(v), v) == v / norm(v) && !(partial(norm(v), v) == v / sum(v)));
static_assert(hessian(norm(v), v) ==
              (diagonal(0_c * v + 1_c) - v * transpose(v) / squared_norm(v)) / norm(v));
static_assert(!(hessian(norm(v), v) ==
                (diagonal(0_c * v + 1_c) + v * transpose(v) / squared_norm(v)) / norm(v)));
static_assert(norm(stack(x, y, z)) == sqrt(x * x + y * y + z * z));
static_assert(!(norm(stack(x, y, z)) == sqrt(x * x + y * y + y * z)));

// The root of 0 is no unknown.
static_assert(!(norm(square(v * x)) == norm(v - v)) && norm(v - v) == 0_c);
static_assert(!(sqrt(x * x + square(y + 1_c)) == sqrt(square(x + y) - x * (x + 2_c * y) - y * y)));

// What an element does not need says nothing of it: log(u) at 1 is not on the way of 0.
static_assert(!(element_of<0>(log(stack(x, y))) + element_of<0>(stack(sqrt(y * y), x)) ==
                log(x) + y));
static_assert(element_of<0>(log(stack(x, y))) + sqrt(x * x) == log(x) + x);

// the sign of a product, where no factor is 0
static_assert(abs(x) * abs(y) == abs(x * y) && !(abs(x) * abs(y) == abs(x * z)));
static_assert(abs(x) * abs(y) * abs(z) == abs(-2_c * x * y * z) / 2_c);
static_assert(!(abs(x) * abs(y) == x * y));
static_assert(sign(x) * abs(x) == x && !(sign(x) * abs(y) == x));
static_assert(sign(x) * sign(y) * abs(x * y) == x * y);
static_assert(!(sign(x) * sign(y) == sign(x * y) * sign(z)));
static_assert(!(select(x * y > 0_c, 1_c, 0_c) ==
                select(x > 0_c, select(y > 0_c, 1_c, 0_c), select(y > 0_c, 0_c, 1_c))));

// One condition excludes another, or includes it.
constexpr auto above = [](auto limit) { return select(x > limit, 1_c, 0_c); };
constexpr auto below = [](auto limit) { return select(x < limit, 1_c, 0_c); };
static_assert(above(0_c) * below(-1_c) * y == 0_c && !(above(0_c) * below(1_c) * y == 0_c));
static_assert(above(1_c) * above(0_c) == above(1_c) && !(above(1_c) * above(0_c) == above(0_c)));
static_assert(select(x > -1_c, y, select(x < 0_c, z, s)) == select(x > -1_c, y, z));
static_assert(!(select(x > -1_c, y, select(x < -1_c, z, s)) == select(x > -1_c, y, z)));
static_assert(!(select(x > 0_c, y, select(-x > 0_c, z, s)) == select(x > 0_c, y, z)));

// A quotient that is not taken says nothing of its divisor.
constexpr auto guarded = select(y > 0_c, exp(x) * z * x / z, exp(x) * x);
static_assert(!(1_c / guarded + select(-z > 0_c, 1_c, 0_c) ==
                1_c / guarded + 1_c - select(z > 0_c, 1_c, 0_c)));
static_assert(1_c / z + select(-z > 0_c, 1_c, 0_c) == 1_c / z + 1_c - select(z > 0_c, 1_c, 0_c));

// gamma functions
static_assert(lgamma(x + 2_c) == lgamma(x) + log(x) + log(x + 1_c));
static_assert(!(lgamma(x + 2_c) == lgamma(x) + 2_c * log(x)));
static_assert(exp(lgamma(x + 1_c) - lgamma(x)) == abs(x));
static_assert(!(exp(lgamma(x + 1_c) - lgamma(x)) == x)); // not below 0
static_assert(digamma(x - 1_c) == digamma(x) - 1_c / (x - 1_c));
static_assert(!(digamma(x - 1_c) == digamma(x) - 1_c / x));

} // namespace
