// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Small linear algebra with exact derivatives of any order: solve, inverse, determinant,
// log_determinant, cholesky, solve_triangular, diagonal, diagonal_of, trace, and products and sums
// along a matrix. It is not in chainrule.hpp, so that who does not need it does not compile it.
// Shapes are constants, nothing is allocated, no branch depends on a value.
// Read next: linear_algebra/elimination.hpp.
#pragma once

#include <chainrule/linear_algebra/solutions.hpp>

namespace chainrule {

namespace detail {

/// The operation on matrices, if they have shapes for which it is there.
template <class Operation, class... Operands>
constexpr auto of_shapes(Operands... operands) {
  constexpr bool fits = !any_mistaken<Operands...> &&
                        !(Operation::result_shape(extent{record<Operands>.shape}...) == no_shape);
  static_assert(fits || any_mistaken<Operands...> || shapes_fit<shape_named<Operands>...>,
                "solve(A, b), inverse, determinant, log_determinant, cholesky, solve_lower, "
                "solve_upper, trace, diagonal_of: A is square and b has as many rows; diagonal: v "
                "is a column; shapes are named in this message");
  if constexpr (fits)
    return apply_operation<Operation>(operands...);
  else
    return mistaken{};
}

} // namespace detail

/// X of A X = B, for any square A, by elimination with row exchanges; NaN where a pivot is exactly
/// 0. Shape: A n x n, B n x m; n x m.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve(Matrix A, Right B) {
  return detail::of_shapes<solve_operation>(A, B);
}

/// X of L X = B, L being the lower triangle of A; NaN where its diagonal has a 0. Shape: A n x n, B
/// n x m; n x m.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_lower(Matrix A, Right B) {
  return detail::of_shapes<solve_triangular_operation<false, false>>(A, B);
}
/// X of U X = B, U being the upper triangle of A; NaN where its diagonal has a 0. Shape: A n x n, B
/// n x m; n x m.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_upper(Matrix A, Right B) {
  return detail::of_shapes<solve_triangular_operation<true, false>>(A, B);
}

/// The lower triangle L of A = L L^T, for a symmetric, positive definite A, of which only the lower
/// triangle is read; NaN where A is not positive definite. Shape: n x n.
template <expression Matrix>
[[nodiscard]] constexpr auto cholesky(Matrix A) {
  return detail::of_shapes<cholesky_operation>(A);
}

/// X of A X = B, for a symmetric, positive definite A, by its Cholesky factor; NaN where it is not.
/// Shape: A n x n, B n x m; n x m.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_positive_definite(Matrix A, Right B) {
  const auto L = cholesky(A);
  return detail::of_shapes<solve_triangular_operation<false, true>>(L, solve_lower(L, B));
}

/// The inverse; NaN where A is singular. solve(A, b) is cheaper and more accurate than inverse(A) *
/// b. Shape: n x n.
template <expression Matrix>
[[nodiscard]] constexpr auto inverse(Matrix A) {
  return detail::of_shapes<inverse_operation>(A);
}

/// The determinant of a square matrix. Shape: n x n becomes a number. Slope: NaN where it is 0.
template <expression Matrix>
[[nodiscard]] constexpr auto determinant(Matrix A) {
  return detail::of_shapes<determinant_operation<false>>(A);
}

/// log |det A|, which neither over- nor underflows; -infinity where A is singular. Shape: n x n
/// becomes a number. Slope: NaN where A is singular.
template <expression Matrix>
[[nodiscard]] constexpr auto log_determinant(Matrix A) {
  return detail::of_shapes<determinant_operation<true>>(A);
}

/// The matrix that has v on its diagonal and 0 elsewhere. Shape: a column of n becomes n x n.
template <expression Column>
[[nodiscard]] constexpr auto diagonal(Column v) {
  return detail::of_shapes<diagonal_operation<false>>(v);
}

/// The diagonal of a square matrix. Shape: n x n becomes a column of n.
template <expression Matrix>
[[nodiscard]] constexpr auto diagonal_of(Matrix A) {
  return detail::of_shapes<diagonal_operation<true>>(A);
}

/// The elements on and below the diagonal, and 0 above. Shape: unchanged.
template <expression Matrix>
[[nodiscard]] constexpr auto lower_triangle(Matrix A) {
  return detail::of_shapes<triangle_operation<false, false>>(A);
}
/// The elements on and above the diagonal, and 0 below. Shape: unchanged.
template <expression Matrix>
[[nodiscard]] constexpr auto upper_triangle(Matrix A) {
  return detail::of_shapes<triangle_operation<true, false>>(A);
}

/// The sum of the diagonal. Shape: n x n becomes a number.
template <expression Matrix>
[[nodiscard]] constexpr auto trace(Matrix A) {
  return sum(diagonal_of(A));
}

namespace detail {

/// Of each row what `join` makes of it and all rows above.
template <class Matrix, class Start, class Join>
constexpr auto running(Matrix x, Start start, Join join) {
  constexpr variable<"so far", record<Matrix>.shape.columns> so_far;
  constexpr variable<"here", record<Matrix>.shape.columns> here;
  return transpose(scan(join(so_far, here), so_far = start, here = transpose(x)));
}

} // namespace detail

/// For each element, the sum of its column down to it. Shape: unchanged.
template <expression Matrix>
[[nodiscard]] constexpr auto cumulative_sum(Matrix x) {
  return detail::running(x, literal<0>{}, [](auto sum, auto here) { return sum + here; });
}

/// For each element, the product of its column down to it. Shape: unchanged. Slope: right even
/// where elements are 0.
template <expression Matrix>
[[nodiscard]] constexpr auto cumulative_product(Matrix x) {
  return detail::running(
      x, literal<1>{}, [](auto product, auto here) { return elementwise_product(product, here); });
}

/// The product of all elements. Shape: a number. Slope: right even where elements are 0.
template <expression Matrix>
[[nodiscard]] constexpr auto product(Matrix x) {
  constexpr variable<"so far"> so_far;
  constexpr variable<"here"> here;
  return fold(so_far * here, so_far = literal<1>{},
              here = reshape<1, detail::record<Matrix>.shape.size()>(x));
}

// Of others.

CHAINRULE_EXPRESSIONS_ONLY(solve, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(solve_lower, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(solve_upper, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(solve_positive_definite, 2, 2)
CHAINRULE_EXPRESSIONS_ONLY(cholesky, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(inverse, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(determinant, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(log_determinant, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(diagonal, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(diagonal_of, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(trace, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(cumulative_sum, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(cumulative_product, 1, 1)
CHAINRULE_EXPRESSIONS_ONLY(product, 1, 1)

} // namespace chainrule
