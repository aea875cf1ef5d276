// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Identities of sums, products, norms and softmax: what is proved, beside each what is
// false by a sign, a factor, a transposition or an index.
#include <chainrule/chainrule.hpp>
#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"s"> s;
constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"v", 3> v;
constexpr variable<"z", 3> z;
constexpr variable<"A", 3, 3> A;
constexpr variable<"B", 3, 3> B;
constexpr variable<"M", 2, 3> M;
constexpr variable<"X", 3, 4> X;
constexpr auto I3 = diagonal(0_c * v + 1_c);
static_assert(dot(v, z) == transpose(v) * z);
static_assert(compare(dot(v, z), transpose(v) * v).is_different);
static_assert(dot(v, z) == sum(elementwise_product(v, z)));
static_assert(compare(dot(v, z), sum(v) * sum(z)).is_different);
static_assert(dot(A * v, z) == dot(v, transpose(A) * z));
static_assert(compare(dot(A * v, z), dot(v, A *z)).is_different);
static_assert(dot(v, v) == squared_norm(v));
static_assert(compare(dot(v, v), norm(v)).is_different);
static_assert(square(norm(v)) == dot(v, v));
static_assert(compare(square(norm(v)), sum(v)).is_different);
static_assert(norm(v) == sqrt(dot(v, v)));
static_assert(compare(norm(v), sqrt(sum(v))).is_different);
static_assert(partial(norm(v), v) == v / norm(v));
static_assert(compare(partial(norm(v), v), -v / norm(v)).is_different);
static_assert(partial(squared_norm(v), v) == 2_c * v);
static_assert(compare(partial(squared_norm(v), v), v).is_different);
static_assert(partial(dot(v, z), v) == z);
static_assert(compare(partial(dot(v, z), v), v).is_different);
static_assert(partial(dot(v, A *v), v) == (A + transpose(A)) * v);
static_assert(compare(partial(dot(v, A *v), v), 2_c * A * v).is_different);
static_assert(hessian(dot(v, A *v), v) == A + transpose(A));
static_assert(compare(hessian(dot(v, A *v), v), 2_c * A).is_different);
static_assert(partial(dot(v, A *z), A) == v * transpose(z));
static_assert(compare(partial(dot(v, A *z), A), z *transpose(v)).is_different);
static_assert(transpose(transpose(A)) == A);
static_assert(compare(transpose(A), A).is_different);
static_assert(transpose(A * B) == transpose(B) * transpose(A));
static_assert(compare(transpose(A * B), transpose(A) * transpose(B)).is_different);
static_assert((A * B) * v == A * (B * v));
static_assert(compare((A * B) * v, B *(A *v)).is_different);
static_assert(A * (v + z) == A * v + A * z);
static_assert(compare(A * (v + z), A *v - A * z).is_different);
static_assert((A + B) * v == A * v + B * v);
static_assert(compare((A + B) * v, A *v + v).is_different);
static_assert(A * (s * v) == s * (A * v));
static_assert(compare(A * (s * v), A *v).is_different);
static_assert(row_sums(A) == transpose(column_sums(transpose(A))));
static_assert(compare(row_sums(A), transpose(column_sums(A))).is_different);
static_assert(sum(A) == sum(transpose(A)));
static_assert(compare(sum(A), sum(row_sums(A)) * 2_c).is_different);
static_assert(sum(row_sums(A)) == sum(A));
static_assert(compare(sum(row_sums(A)), sum(A) / 3_c).is_different);
static_assert(sum(column_sums(X)) == sum(X));
static_assert(compare(sum(column_sums(X)), sum(X) / 4_c).is_different);
static_assert(sum(v + s) == sum(v) + 3_c * s);
static_assert(compare(sum(v + s), sum(v) + s).is_different);
static_assert(sum(s * v) == s * sum(v));
static_assert(compare(sum(s * v), sum(v)).is_different);
static_assert(mean(v) == sum(v) / 3_c);
static_assert(compare(mean(v), sum(v) / 2_c).is_different);
static_assert(sum(softmax(z)) == 1_c);
static_assert(compare(sum(softmax(z)), 3_c).is_different);
static_assert(softmax(z + s) == softmax(z));
static_assert(compare(softmax(z + s), softmax(z) + s).is_different);
static_assert(softmax(z) == exp(z) / sum(exp(z)));
static_assert(compare(softmax(z), exp(z) * sum(exp(z))).is_different);
static_assert(log_softmax(z) == z - logsumexp(z));
static_assert(compare(log_softmax(z), z + logsumexp(z)).is_different);
static_assert(log_softmax(z) == log(softmax(z)));
static_assert(compare(log_softmax(z), softmax(z)).is_different);
static_assert(exp(log_softmax(z)) == softmax(z));
static_assert(compare(exp(log_softmax(z)), z).is_different);
static_assert(logsumexp(z) == log(sum(exp(z))));
static_assert(compare(logsumexp(z), sum(log(exp(z)))).is_different);
static_assert(logsumexp(z + s) == logsumexp(z) + s);
static_assert(compare(logsumexp(z + s), logsumexp(z) + 3_c * s).is_different);
static_assert(partial(logsumexp(z), z) == softmax(z));
static_assert(compare(partial(logsumexp(z), z), log_softmax(z)).is_different);
static_assert(jacobian(softmax(z), z) == diagonal(softmax(z)) - softmax(z) * transpose(softmax(z)));
static_assert(compare(jacobian(softmax(z), z),
                      diagonal(softmax(z)) + softmax(z) * transpose(softmax(z)))
                  .is_different);
static_assert(jacobian(log_softmax(z), z) == I3 - (0_c * z + 1_c) * transpose(softmax(z)));
static_assert(
    compare(jacobian(log_softmax(z), z), I3 - softmax(z) * transpose(0_c * z + 1_c)).is_different);
static_assert(hessian(logsumexp(z), z) ==
              diagonal(softmax(z)) - softmax(z) * transpose(softmax(z)));
static_assert(compare(hessian(logsumexp(z), z), diagonal(softmax(z))).is_different);
static_assert(partial(softmax_cross_entropy(z, stack(0_c, 1_c, 0_c)), z) ==
              softmax(z) - stack(0_c, 1_c, 0_c));
static_assert(compare(partial(softmax_cross_entropy(z, stack(0_c, 1_c, 0_c)), z),
                      softmax(z) - stack(1_c, 0_c, 0_c))
                  .is_different);
static_assert(softmax_cross_entropy(z, stack(0_c, 1_c, 0_c)) == logsumexp(z) - element_of<1>(z));
static_assert(compare(softmax_cross_entropy(z, stack(0_c, 1_c, 0_c)),
                      logsumexp(z) - element_of<0>(z))
                  .is_different);
static_assert(partial(sum(exp(v)), v) == exp(v));
static_assert(compare(partial(sum(exp(v)), v), sum(exp(v)) * v).is_different);
static_assert(partial(sum(tanh(A * v)), v) == transpose(A) * (1_c - square(tanh(A * v))));
static_assert(compare(partial(sum(tanh(A * v)), v), A *(1_c - square(tanh(A * v)))).is_different);
static_assert(partial(sum(tanh(A * v)), A) == (1_c - square(tanh(A * v))) * transpose(v));
static_assert(
    compare(partial(sum(tanh(A * v)), A), v *transpose(1_c - square(tanh(A * v)))).is_different);
static_assert(partial(squared_norm(A * v - z), v) == 2_c * transpose(A) * (A * v - z));
static_assert(compare(partial(squared_norm(A * v - z), v), 2_c * A * (A * v - z)).is_different);
static_assert(partial(squared_norm(A * v - z), A) == 2_c * (A * v - z) * transpose(v));
static_assert(
    compare(partial(squared_norm(A * v - z), A), (A * v - z) * transpose(v)).is_different);
static_assert(hessian(squared_norm(A * v - z), v) == 2_c * transpose(A) * A);
static_assert(compare(hessian(squared_norm(A * v - z), v), 2_c * A * transpose(A)).is_different);
static_assert(jacobian(A * v, v) == A);
static_assert(compare(jacobian(A * v, v), transpose(A)).is_different);
static_assert(jacobian(sigmoid(v), v) ==
              diagonal(elementwise_product(sigmoid(v), 1_c - sigmoid(v))));
static_assert(compare(jacobian(sigmoid(v), v), diagonal(sigmoid(v))).is_different);
static_assert(I3 * v == v);
static_assert(compare(I3 * v, 3_c * v).is_different);
static_assert(A * I3 == A);
static_assert(compare(A * I3, transpose(A)).is_different);
static_assert(trace(A) == trace(transpose(A)));
static_assert(compare(trace(A), sum(A)).is_different);
static_assert(trace(A * B) == trace(B * A));
static_assert(compare(trace(A * B), trace(A) * trace(B)).is_different);
static_assert(trace(A) == sum(diagonal_of(A)));
static_assert(compare(trace(A), sum(row_sums(A))).is_different);
static_assert(partial(trace(A * B), A) == transpose(B));
static_assert(compare(partial(trace(A * B), A), B).is_different);
static_assert(diagonal(v) * z == elementwise_product(v, z));
static_assert(compare(diagonal(v) * z, v + z).is_different);
static_assert(partial(sum(relu(A * v)), v) == transpose(A) * select(A * v > 0_c, 1_c, 0_c));
static_assert(compare(partial(sum(relu(A * v)), v), A *select(A *v > 0_c, 1_c, 0_c)).is_different);
static_assert(partial(sum(elementwise_product(v, v)), v) == 2_c * v);
static_assert(compare(partial(sum(elementwise_product(v, v)), v), 3_c * v).is_different);
static_assert(squared_norm(v - z) == squared_norm(v) - 2_c * dot(v, z) + squared_norm(z));
static_assert(
    compare(squared_norm(v - z), squared_norm(v) + 2_c * dot(v, z) + squared_norm(z)).is_different);
static_assert(sum(v * transpose(z)) == sum(v) * sum(z));
static_assert(compare(sum(v * transpose(z)), dot(v, z)).is_different);
static_assert(mean(square(v - mean(v))) == mean(square(v)) - square(mean(v)));
static_assert(compare(mean(square(v - mean(v))), mean(square(v)) + square(mean(v))).is_different);
static_assert(sum(v - mean(v)) == 0_c);
static_assert(compare(sum(v - mean(v)), mean(v)).is_different);
static_assert(partial(mean(square(v - z)), v) == 2_c * (v - z) / 3_c);
static_assert(compare(partial(mean(square(v - z)), v), 2_c * (v - z)).is_different);
static_assert(stack(x, y) + stack(y, x) == stack(x + y, x + y));
static_assert(compare(stack(x, y), stack(y, x)).is_different);
static_assert(dot(stack(x, y), stack(a, b)) == x * a + y * b);
static_assert(compare(dot(stack(x, y), stack(a, b)), x *b + y * a).is_different);
static_assert(norm(stack(x, y)) == hypot(x, y));
static_assert(compare(norm(stack(x, y)), x + y).is_different);
static_assert(partial(sum(sigmoid(M * v)), M) ==
              elementwise_product(sigmoid(M * v), 1_c - sigmoid(M * v)) * transpose(v));
static_assert(compare(partial(sum(sigmoid(M * v)), M), sigmoid(M *v) * transpose(v)).is_different);
static_assert(column_sums(A * B) == column_sums(A) * B);
static_assert(compare(column_sums(A * B), column_sums(B) * A).is_different);
static_assert(partial(dot(z, softmax(v)), v) ==
              elementwise_product(softmax(v), z - dot(z, softmax(v))));
static_assert(
    compare(partial(dot(z, softmax(v)), v), elementwise_product(softmax(v), z)).is_different);

} // namespace
