// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices: every operation against the slopes of its run, derivatives proved and printed.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"W", 3, 2> W;
constexpr variable<"X", 2, 4> X;
constexpr variable<"b", 3> b;
constexpr variable<"Y", 3, 4> Y;
constexpr variable<"s"> s;
constexpr auto P = W * X;

constexpr matrix<double, 3, 2> some_W{0.1, 0.2, -0.3, 0.4, 0.5, -0.6};
constexpr matrix<double, 2, 4> some_X{1, 2, 3, -4, 0.5, 0.25, 0.125, -1};
constexpr matrix<double, 3> some_b{0.1, -0.1, 0.3};
constexpr matrix<double, 3, 4> some_Y{1, 0, 0, 0.2, 0, 1, 0, 0.3, 0, 0, 1, 0.5};

constexpr bool is_right(auto f) {
  return gradient_is_right(f, W = some_W, X = some_X, b = some_b, Y = some_Y, s = 0.7);
}
constexpr auto all = sum(W) * sum(X) * sum(b) * sum(Y) * s; // names every variable
static_assert(is_right(all + squared_norm(P + b - Y)));
static_assert(is_right(all + norm(P + b - Y) * s) && is_right(all + norm(P - P)));
static_assert(is_right(all + sum(relu(W * exp(X))) + sum(select(X > 0.2_c, log(X), X))));
static_assert(is_right(all + sum(select(P > Y, sqrt(P + 9_c), 0_c)) + norm(relu(P))));
static_assert(is_right(all + mean(tanh(P + b))));
static_assert(is_right(all + square(max(P)) + sum(erf(P) + sin(b) + atan(P) + gelu(P))));
static_assert(is_right(all + sum(softmax_cross_entropy(P + b, Y)) + s * squared_norm(W)));
static_assert(is_right(all + mean(cross_entropy(softmax(P), Y))));
static_assert(is_right(all + sum(kullback_leibler(softmax(Y), softmax(P)))));
static_assert(is_right(all + logsumexp(element_of<0, 1>(P) * b) + sum(logsumexp(P))));
static_assert(is_right(all + sum(huber(P, Y, 0.5_c)) + sum(hinge(P, Y))));
static_assert(is_right(all + mean_absolute_error(P, Y) + mean_squared_error(P, Y)));
static_assert(is_right(all + half_squared_error(sigmoid(P), Y)));
static_assert(is_right(all + dot(row_sums(X), transpose(rows_of<1, 1>(W)))));
static_assert(is_right(all + sum(outer(b, row_sums(X)))));
static_assert(is_right(all + sum(stack(X, X, W *X) * transpose(X))));
static_assert(is_right(all + sum(square(beside(X, transpose(W)))) * s));
static_assert(is_right(all + sum(square(reshape<4, 2>(X) * X))));
static_assert(is_right(all + sum(square(block_of<0, 1, 2, 2>(X))) + element_of<1, 3>(X)));
static_assert(is_right(all + sum(elementwise_quotient(X, 9_c + row_sums(X)))));
static_assert(is_right(all + transpose(b) * b * s + sum(max(P, Y)) + sum(select(P > Y, P, s))));
static_assert(is_right(all + sum(affine(W, X, b)) + sum(exp(s * X)) / s));

// dL/dW = (dL/dP) X^T and dL/dX = W^T (dL/dP), whatever L does with P = W X
constexpr bool has_product_rule(auto f) {
  return partial(f, W) == partial(f, P) * transpose(X) &&
         partial(f, X) == transpose(W) * partial(f, P);
}
static_assert(has_product_rule(squared_norm(P - Y)) && has_product_rule(sum(tanh(P))));
static_assert(has_product_rule(sum(softmax_cross_entropy(P + b, Y))));
static_assert(has_product_rule(dot(exp(P), Y) * s + logsumexp(element_of<1, 1>(P) * b)));
static_assert(!(sum(b + Y - Y) == sum(b)) && !(sum(tanh(b + Y - Y)) == sum(tanh(b))));
static_assert(!(row_sums(P) == b));

static_assert(partial(half_squared_error(P, Y), P) == P - Y);
static_assert(partial(sum(softmax_cross_entropy(P, Y)), P) ==
              elementwise_product(softmax(P), column_sums(Y)) - Y);
static_assert(partial(sum(cross_entropy(softmax(P), Y)), P) ==
              elementwise_product(softmax(P), column_sums(Y)) - Y);
static_assert(partial(sum(X), s) == 0_c && partial(sum(s + X), s) == 8_c);
// dL/dW = dL/dP X^T for any function L of P = W X: one of which nothing is known but that it has a
// derivative, itself a function of which nothing is known.
struct any_slope_operation : operation {
  static constexpr std::string_view name = "any_slope";
  static constexpr detail::shape result_shape(const detail::extent &p) { return p.shape; }
  static constexpr symbols adjoint(symbol, symbol, symbol) { return {}; } // is not asked
};
struct any_function_operation : operation {
  static constexpr std::string_view name = "any_function";
  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  static constexpr symbols adjoint(symbol d, symbol p, symbol) {
    return {d * apply_operation<any_slope_operation>(p)};
  }
};
constexpr auto L = apply_operation<any_function_operation>(P);
static_assert(partial(L, W) == partial(L, P) * transpose(X));
static_assert(partial(L, X) == transpose(W) * partial(L, P));
static_assert(partial(square(L), W) == 2_c * L * partial(L, P) * transpose(X));
static_assert(to_string(partial(L, W)) == "any_slope(W * X) * transpose(X)");
static_assert(!(partial(L, W) == partial(L, P) * transpose(X) * 2_c));

static_assert(transpose(transpose(W)) == W && transpose(W * X) == transpose(X) * transpose(W));
static_assert(sum(s * X) == s * sum(X));

static_assert(norm(-X, by_row) == norm(X, by_row) &&
              sqrt(squared_norm(X, by_column)) == norm(X, by_column) &&
              !(norm(X, by_row) == sum(abs(X), by_row)) &&
              transpose(norm(transpose(X), by_column)) == norm(X, by_row));
static_assert(norm(-X) == norm(X) &&
              partial(norm(X), X) == select(norm(X) <= 0_c, 0_c, 1_c / norm(X)) * X);

// text
static_assert(to_string(P + b) == "W * X + b");
static_assert(to_string(elementwise_product(P, Y)) == "elementwise_product(W * X, Y)");
static_assert(to_string(partial(half_squared_error(P, Y), W)) == "(W * X - Y) * transpose(X)");
static_assert(to_string(partial(sum(P + b), b)) == "fill<3, 1>(4)");
static_assert(to_string(partial(sum(tanh(b)), b)) == "1 - square(tanh(b))");

// parts of what is put together, and of parts
constexpr variable<"t"> t;
constexpr variable<"v"> v;
constexpr variable<"A", 2, 2> A;
constexpr variable<"z", 2> z;
constexpr auto z0 = element_of<0>(z);
constexpr auto z1 = element_of<1>(z);
static_assert(element_of<0>(stack(t, v)) == t && element_of<0, 1>(beside(t, v)) == v);
static_assert(rows_of<1, 2>(stack(t, v, s)) == stack(v, s) && rows_of<0, 2>(A) == A);
static_assert(rows_of<1, 3>(stack(A, z *transpose(z), A)) ==
              stack(rows_of<1, 1>(A), z *transpose(z)));
static_assert(rows_of<1, 1>(rows_of<1, 2>(Y)) == rows_of<2, 1>(Y));
static_assert(rows_of<1, 1>(columns_of<2, 2>(X)) == columns_of<2, 2>(rows_of<1, 1>(X)));
static_assert(element_of<1, 2>(beside(W * A, b)) == element_of<1>(b));
static_assert(element_of<1, 2>(transpose(Y)) == element_of<2, 1>(Y));
static_assert(element_of<2>(reshape<4, 1>(A)) == element_of<1, 0>(A));
static_assert(reshape<1, 1>(t) == t && reshape<2, 4>(reshape<8, 1>(X)) == X);
static_assert(stack(rows_of<0, 1>(Y), rows_of<1, 1>(Y), rows_of<2, 1>(Y)) == Y);
static_assert(beside(stack(t, v), stack(v, s)) == stack(beside(t, v), beside(v, s)));
static_assert(element_of<1>(sin(stack(t, v))) == sin(v) &&
              rows_of<1, 1>(P) == rows_of<1, 1>(W) * X);
static_assert(!(element_of<0>(z) == element_of<1>(z)) && !(stack(t, v) == stack(v, t)));
static_assert(!(element_of<1>(stack(t, v)) == t) && !(beside(0_c, t) == beside(t, 0_c)));

// Jacobians: entries that are 0 by structure are the number 0
constexpr auto swing = stack(v, -9.81_c * sin(t) - 0.1_c * v + s);
constexpr auto J = jacobian(swing, t, v);
static_assert(element_of<0, 0>(J) == 0_c && element_of<1, 0>(J) == -9.81_c * cos(t));
static_assert(J == stack(beside(0_c, 1_c), beside(-9.81_c * cos(t), -0.1_c)));
static_assert(J == beside(jacobian(swing, t), jacobian(swing, v)));
static_assert(to_string(J) == "stack(beside(0, 1), beside(-9.81 * cos(t), -0.1))");
static_assert(partial(element_of<0>(swing), t) == 0_c);
static_assert(jacobian(sqrt(z), z) ==
              stack(beside(0.5_c / sqrt(z0), 0_c), beside(0_c, 0.5_c / sqrt(z1))));
static_assert(jacobian(z0 / z1, z) == beside(1_c / z1, -z0 / square(z1)));
static_assert(jacobian(stack(z0 * z1, sin(z0)), z) == stack(beside(z1, z0), beside(cos(z0), 0_c)));
static_assert(jacobian(A * z, z) == A && jacobian(transpose(z) * A, z) == transpose(A));
static_assert(jacobian(A * z, A) == stack(beside(z0, z1, 0_c, 0_c), beside(0_c, 0_c, z0, z1)));
static_assert(jacobian(beside(z, exp(z)), z) == stack(beside(1_c, 0_c), beside(exp(z0), 0_c),
                                                      beside(0_c, 1_c), beside(0_c, exp(z1))));
static_assert(jacobian(stack(sum(A), element_of<1, 0>(A)), A) ==
              stack(beside(1_c, 1_c, 1_c, 1_c), beside(0_c, 0_c, 1_c, 0_c)));
static_assert(jacobian(row_sums(A), A) ==
              stack(beside(1_c, 1_c, 0_c, 0_c), beside(0_c, 0_c, 1_c, 1_c)));
static_assert(jacobian(z + t, z, t) == stack(beside(1_c, 0_c, 1_c), beside(0_c, 1_c, 1_c)));
static_assert(hessian(sum(square(z)), z) == stack(beside(2_c, 0_c), beside(0_c, 2_c)));
static_assert(hessian(z0 * z0 * z1, z) == stack(beside(2_c * z1, 2_c * z0), beside(2_c * z0, 0_c)));
static_assert(partial(z0 * z1 + square(z0), z) == stack(z1 + 2_c * z0, z0));
static_assert(!(J == stack(beside(1_c, 0_c), beside(-9.81_c * cos(t), -0.1_c))));
static_assert(!(jacobian(sqrt(z), z) ==
                stack(beside(0.5_c / sqrt(z1), 0_c), beside(0_c, 0.5_c / sqrt(z0)))));
static_assert(is_right(all + sum(square(rows_of<1, 2>(stack(P, tanh(X))))) +
                       sum(exp(columns_of<1, 2>(beside(W, b))))));
static_assert(is_right(all + sum(square(transpose(stack(b, s)))) + element_of<2, 0>(relu(P))));

// constant evaluation
constexpr auto step = compile(P, jacobian(P, X), gradient(sum(P), W), X, 2_c);
constexpr auto result = step(W = some_W, X = some_X);
static_assert(std::get<0>(result)(2, 1) == 0.5 * 2 - 0.6 * 0.25);
static_assert(std::get<1>(result)(0, 0) == 0.1 && std::get<1>(result)(0, 4) == 0.2);
static_assert(std::get<1>(result).rows() == 12 && std::get<1>(result).columns() == 8);
static_assert(std::get<2>(result)[W](1, 0) == 2 && std::get<2>(result)[W](2, 1) == -0.125);
static_assert(std::get<3>(result) == some_X && std::get<4>(result) == 2);

} // namespace
