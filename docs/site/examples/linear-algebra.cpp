// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 2> A;
constexpr variable<"b", 2> b;

constexpr std::array numbers{4.0, 2.0, 2.0, 5.0}; // the rows 4 2 and 2 5

// -- solve
static_assert(compile(solve(A, b))(A = numbers, b = {6.0, 7.0})(0) == 1);

// -- solve_lower
static_assert(compile(solve_lower(A, b))(A = numbers, b = {4.0, 7.0})(1) == 1);

// -- solve_upper
static_assert(compile(solve_upper(A, b))(A = numbers, b = {6.0, 5.0})(0) == 1);

// -- cholesky
static_assert(compile(cholesky(A))(A = numbers)(1, 1) == 2); // the rows 2 0 and 1 2

// -- solve_positive_definite
static_assert(compile(solve_positive_definite(A, b))(A = numbers, b = {6.0, 7.0})(0) == 1);

// -- inverse
static_assert(compile(16_c * inverse(A))(A = numbers)(0, 0) == 5);

// -- determinant
static_assert(compile(determinant(A))(A = numbers) == 16);

// -- log_determinant
static_assert(math::abs(compile(log_determinant(A))(A = numbers) - 2.772588722239781) < 1e-14);

// -- diagonal
static_assert(compile(diagonal(b))(b = {6.0, 7.0})(1, 1) == 7);

// -- diagonal_of
static_assert(compile(diagonal_of(A))(A = numbers)(1) == 5);

// -- lower_triangle
static_assert(compile(lower_triangle(A))(A = numbers)(0, 1) == 0);

// -- upper_triangle
static_assert(compile(upper_triangle(A))(A = numbers)(0, 1) == 2);

// -- trace
static_assert(compile(trace(A))(A = numbers) == 9);

// -- cumulative_sum
static_assert(compile(cumulative_sum(A))(A = numbers)(1, 0) == 6);

// -- cumulative_product
static_assert(compile(cumulative_product(A))(A = numbers)(1, 0) == 8);

// -- product
static_assert(compile(product(A))(A = numbers) == 80);

} // namespace
