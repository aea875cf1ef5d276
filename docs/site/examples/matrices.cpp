// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"a", 2> a;
constexpr variable<"b", 2> b;

constexpr std::array numbers{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}; // the rows 1 2 3 and 4 5 6

// -- transpose
static_assert(compile(transpose(A))(A = numbers)(2, 0) == 3);

// -- sum
static_assert(compile(sum(A))(A = numbers) == 21);
static_assert(compile(sum(A, by_row))(A = numbers)(1) == 15);
static_assert(compile(sum(A, by_column))(A = numbers)(2) == 9);
static_assert(to_string(partial(sum(square(a)), a)) == "2 * a");

// -- by_row
static_assert(compile(sum(A, by_row))(A = numbers).rows() == 2);      // 6, 15
static_assert(compile(A - mean(A, by_row))(A = numbers)(1, 0) == -1); // each row less its mean
static_assert(compile(softmax(0_c * A, by_row))(A = numbers)(0, 0) ==
              1.0 / 3); // each row sums to 1

// -- by_column
static_assert(compile(sum(A, by_column))(A = numbers).columns() == 3); // 5, 7, 9
static_assert(softmax(A, by_column) == softmax(A));

// -- row_sums
static_assert(compile(row_sums(A))(A = numbers)(1) == 15);

// -- column_sums
static_assert(compile(column_sums(A))(A = numbers)(2) == 9);

// -- mean
static_assert(compile(mean(A))(A = numbers) == 3.5);
static_assert(compile(mean(A, by_row))(A = numbers)(0) == 2);

// -- row_means
static_assert(compile(row_means(A))(A = numbers)(0) == 2);

// -- column_means
static_assert(compile(column_means(A))(A = numbers)(0) == 2.5);

// -- dot
static_assert(compile(dot(a, b))(a = {1.0, 2.0}, b = {3.0, 4.0}) == 11);
static_assert(partial(dot(a, b), a) == b);
static_assert(compile(dot(A, A, by_row))(A = numbers)(1) == 77);

// -- outer
static_assert(compile(outer(a, b))(a = {1.0, 2.0}, b = {3.0, 4.0})(1, 0) == 6);

// -- squared_norm
static_assert(compile(squared_norm(a))(a = {3.0, 4.0}) == 25);
static_assert(partial(squared_norm(a), a) == 2_c * a);
static_assert(compile(squared_norm(A, by_column))(A = numbers)(0) == 17);

// -- norm
static_assert(compile(norm(a))(a = {3.0, 4.0}) == 5);
static_assert(compile(norm(A, by_row))(A = {2.0, 3.0, 6.0, 4e-170, 0.0, 3e-170})(0) == 7);

// -- row_norms
static_assert(compile(row_norms(A))(A = {2.0, 3.0, 6.0, 0.0, 0.0, 0.0})(1) == 0);

// -- column_norms
static_assert(compile(column_norms(A))(A = {3.0, 2.0, 0.0, 4.0, 0.0, 0.0})(0) == 5);

// -- affine
constexpr variable<"x", 3> x;
static_assert(affine(A, x, b) == A * x + b);

// -- max
static_assert(compile(max(A))(A = numbers) == 6);
static_assert(compile(max(A, by_column))(A = numbers)(0) == 4);

// -- min
static_assert(compile(min(A))(A = numbers) == 1);
static_assert(compile(min(A, by_row))(A = numbers)(1) == 4);

// -- row_max
static_assert(compile(row_max(A))(A = numbers)(0) == 3);

// -- column_max
static_assert(compile(column_max(A))(A = numbers)(0) == 4);

// -- fill
static_assert(compile(fill<3, 1>(1_c))()(2) == 1);
static_assert(compile(fill<2, 3>(a))(a = {1.0, 2.0})(1, 2) == 2);

// -- label_sums
constexpr variable<"rows", 1, 3> rows;
static_assert(compile(label_sums(A, rows, 2_c))(A = numbers, rows = {0.0, 1.0, 0.0})(0, 0) == 4);

// -- place_rows
static_assert(compile(place_rows<1, 3>(a))(a = {1.0, 2.0})(2) == 2); // 0, 1, 2

// -- place_columns
static_assert(compile(place_columns<2, 3>(a))(a = {1.0, 2.0})(1, 2) == 2);

// -- rows_of
static_assert(compile(rows_of<1, 1>(A))(A = numbers)(0, 2) == 6);
static_assert(compile(rows_of<1, 2, -1>(A))(A = numbers)(0, 0) == 4); // upward

// -- columns_of
static_assert(compile(columns_of<1, 2>(A))(A = numbers)(0, 0) == 2);
static_assert(compile(columns_of<0, 2, 2>(A))(A = numbers)(0, 1) == 3); // every other

// -- block_of
static_assert(compile(block_of<0, 1, 2, 2>(A))(A = numbers)(1, 1) == 6);

// -- element_of
static_assert(compile(element_of<1, 0>(A))(A = numbers) == 4);

// -- reshape
static_assert(compile(reshape<3, 2>(A))(A = numbers)(1, 0) == 3);

// -- stack
static_assert(compile(stack(a, b))(a = {1.0, 2.0}, b = {3.0, 4.0})(2) == 3);

// -- beside
static_assert(compile(beside(a, b))(a = {1.0, 2.0}, b = {3.0, 4.0})(0, 1) == 3);

// -- flip_rows
static_assert(compile(flip_rows(A))(A = numbers)(0, 0) == 4);

// -- flip_columns
static_assert(compile(flip_columns(A))(A = numbers)(0, 0) == 3);

// -- roll_rows
static_assert(compile(roll_rows<1>(A))(A = numbers)(0, 0) == 4);

// -- roll_columns
static_assert(compile(roll_columns<1>(A))(A = numbers)(0, 0) == 3);

// -- one_hot
static_assert(compile(one_hot<3>(1_c))()(1) == 1);
constexpr variable<"labels", 1, 2> labels;
static_assert(compile(one_hot<3>(labels))(labels = {0.0, 2.0})(2, 1) == 1);

// -- gather
constexpr variable<"words", 1, 2> words;
static_assert(compile(gather(A, words))(A = numbers, words = {2.0, 0.0})(0, 0) == 3);

} // namespace
