// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Solutions of linear systems, inverses, determinants, factors, triangles and diagonals as
// operations.
// Read next: operation/matrix.hpp.
#pragma once

#include <chainrule/linear_algebra/elimination.hpp>

namespace chainrule {

namespace detail {

constexpr bool is_square(const extent &a) { return a.shape.rows == a.shape.columns; }
constexpr shape shape_of_solution(const extent &a, const extent &b) {
  return is_square(a) && a.shape.columns == b.shape.rows ? b.shape : no_shape;
}
constexpr symbol transposed(symbol x) { return apply_operation<transpose_operation>(x); }

/// What a solution of n x n with so many columns costs: factors of A, and two substitutions.
constexpr long long operations_of_elimination(const extents &all) {
  const long long n = all.items[0].shape.rows;
  return 2 * n * n * n / 3;
}
constexpr long long operations_of_substitution(const extents &all) {
  return 1LL * all.items[0].shape.rows * all.items[1].shape.size();
}

} // namespace detail

/// The columns of a solution, and 0 of what flows back where all of that is 0.
template <class Solution>
struct gated_solution_operation : operation {
  static constexpr std::string_view name = Solution::gated_name;
  static constexpr notation written = notation::definition;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &flow, const detail::extent &) {
    return flow.shape;
  }
  static constexpr symbols adjoint(symbol d, symbol flow, symbol a, symbol x) {
    const symbols back = Solution::adjoint(d, a, flow, x);
    return {back.items[1], back.items[0]};
  }
  static constexpr symbol definition(symbol flow, symbol a) {
    return apply_operation<Solution>(a, flow);
  }
  template <detail::extent Flow, detail::extent A, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *flow, const T *a) {
    constexpr int rows = Flow.shape.rows, columns = Flow.shape.columns;
    Solution::template run<A, Flow>(out, a, flow);
    for (int j = 0; j < columns; ++j) {
      T size(0.0);
      for (int i = 0; i < rows; ++i)
        size = size + T(math::abs(flow[i * columns + j]));
      const T is_closed = detail::is_zero(size);
      for (int i = 0; i < rows; ++i)
        out[i * columns + j] = detail::chosen(is_closed, T(0.0), out[i * columns + j]);
    }
  }
  static constexpr long long all_operations(const detail::extents &all) {
    detail::extents turned;
    turned.push(all.items[1]);
    turned.push(all.items[0]);
    return Solution::all_operations(turned);
  }
};

namespace detail {

/// The solution for what flows back. What is 0 because a gate is closed stays 0, however singular A
/// is.
template <class Solution>
constexpr symbol flow_through(symbol a, symbol flow) {
  return flow.home->nodes.items[flow.index].gate == gating::open
             ? apply_operation<Solution>(a, flow)
             : apply_operation<gated_solution_operation<Solution>>(flow, a);
}

} // namespace detail

/// A column as the diagonal of a matrix, and the diagonal as a column.
template <bool IsTaken>
struct diagonal_operation : detail::moving_operation {
  static constexpr std::string_view name = IsTaken ? "diagonal_of"sv : "diagonal"sv;
  static constexpr int operations = 0;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) {
    if (IsTaken ? !detail::is_square(x) : x.shape.columns != 1)
      return detail::no_shape;
    return {x.shape.rows, IsTaken ? 1 : x.shape.rows};
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<diagonal_operation<!IsTaken>>(d)};
  }
  static constexpr void sources(const detail::extents &, int row, int column,
                                detail::element_blocks &to) {
    if (IsTaken || row == column)
      to.push({0, row, IsTaken ? row : 0});
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr int n = X.shape.rows;
    for (int i = 0; i < (IsTaken ? n : n * n); ++i)
      out[i] = IsTaken ? x[i * n + i] : i % (n + 1) == 0 ? x[i / (n + 1)] : T(0.0);
  }
};

template <bool IsUpper, bool HalfDiagonal>
struct triangle_operation;
template <bool IsUpper, bool IsTransposed>
struct solve_triangular_operation;

namespace detail {

/// How a user writes triangles with half the diagonal, and solutions with what is transposed.
template <bool IsUpper, bool HalfDiagonal>
struct written_triangle : operation {};
template <bool IsUpper>
struct written_triangle<IsUpper, true> : operation {
  static constexpr notation written = notation::definition;

  static constexpr symbol definition(symbol x) {
    const symbol diagonal = apply_operation<diagonal_operation<true>>(x);
    return apply_operation<triangle_operation<IsUpper, false>>(x) -
           apply_operation<diagonal_operation<false>>(diagonal / 2);
  }
};
template <bool IsUpper, bool IsTransposed>
struct written_solution : operation {};
template <bool IsUpper>
struct written_solution<IsUpper, true> : operation {
  static constexpr notation written = notation::definition;

  static constexpr symbol definition(symbol a, symbol b) {
    return apply_operation<solve_triangular_operation<!IsUpper, false>>(transposed(a), b);
  }
};

} // namespace detail

/// A triangle and the diagonal, or half the diagonal; 0 elsewhere.
template <bool IsUpper, bool HalfDiagonal>
struct triangle_operation : detail::written_triangle<IsUpper, HalfDiagonal> {
  static constexpr std::string_view name = IsUpper ? "upper_triangle"sv : "lower_triangle"sv;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<triangle_operation>(d)};
  }
  static constexpr void sources(const detail::extents &, int row, int column,
                                detail::element_blocks &to) {
    if (IsUpper ? row <= column : row >= column)
      to.push({0, row, column});
  }
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr int columns = X.shape.columns;
    for (int i = 0; i < X.shape.rows; ++i)
      for (int j = 0; j < columns; ++j) {
        const bool is_in = IsUpper ? i <= j : i >= j;
        out[i * columns + j] = !is_in                   ? T(0.0)
                               : i == j && HalfDiagonal ? T(T(0.5) * x[i * columns + j])
                                                        : x[i * columns + j];
      }
  }
};

/// x of A x = B. A^T w = d flows back to B, and -w x^T to A.
struct solve_operation : operation {
  static constexpr std::string_view name = "solve"sv, gated_name = "gated_solve"sv;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return detail::shape_of_solution(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol, symbol x) {
    const symbol back = detail::flow_through<solve_operation>(detail::transposed(a), d);
    return {-detail::matrix_product(back, detail::transposed(x)), back};
  }
  template <detail::extent A, detail::extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    constexpr int n = A.shape.rows, columns = B.shape.columns;
    T parts[std::size_t{n * n}]{};
    detail::copied(parts, n, a, A.shape);
    detail::copied(out, columns, b, B.shape);
    detail::eliminate<n, columns>(parts, out);
    detail::substitute<true, false, n, columns>(parts, out);
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return detail::operations_of_elimination(all) + 2 * detail::operations_of_substitution(all);
  }
};

/// x of T x = B, T being a triangle of A or the transpose of one.
template <bool IsUpper, bool IsTransposed>
struct solve_triangular_operation : detail::written_solution<IsUpper, IsTransposed> {
  static constexpr std::string_view gated_name = "gated_solve_triangular"sv;
  static constexpr std::string_view name =
      IsTransposed ? IsUpper ? "solve_transposed_upper"sv : "solve_transposed_lower"sv
      : IsUpper    ? "solve_upper"sv
                   : "solve_lower"sv;
  static constexpr int arity = 2;
  static constexpr bool may_be_infinite = true;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return detail::shape_of_solution(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol, symbol x) {
    const symbol back =
        detail::flow_through<solve_triangular_operation<IsUpper, !IsTransposed>>(a, d);
    const symbol whole = IsTransposed ? detail::matrix_product(x, detail::transposed(back))
                                      : detail::matrix_product(back, detail::transposed(x));
    return {-apply_operation<triangle_operation<IsUpper, false>>(whole), back};
  }
  template <detail::extent A, detail::extent B, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a, const T *b) {
    constexpr int n = A.shape.rows, columns = B.shape.columns;
    detail::copied(out, columns, b, B.shape);
    detail::substitute<IsUpper, IsTransposed, n, columns>(a, out);
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return detail::operations_of_substitution(all);
  }
};

/// The inverse W of A; -W^T d W^T flows back.
struct inverse_operation : operation {
  static constexpr std::string_view name = "inverse"sv;
  static constexpr bool may_be_infinite = true;

  static constexpr detail::shape result_shape(const detail::extent &a) {
    return detail::is_square(a) ? a.shape : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol inverse) {
    const symbol turned = detail::transposed(inverse);
    return {-detail::matrix_product(detail::matrix_product(turned, d), turned)};
  }
  template <detail::extent A, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a) {
    constexpr int n = A.shape.rows;
    T parts[std::size_t{n * n}]{};
    detail::copied(parts, n, a, A.shape);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j)
        out[i * n + j] = i == j ? T(1.0) : T(0.0);
    detail::eliminate<n, n>(parts, out);
    detail::substitute<true, false, n, n>(parts, out);
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return 4 * detail::operations_of_elimination(all);
  }
};

/// The determinant of A, or the logarithm of its size. d det A^-T flows back, or d A^-T.
template <bool IsLogarithm>
struct determinant_operation : operation {
  static constexpr std::string_view name = IsLogarithm ? "log_determinant"sv : "determinant"sv;
  static constexpr bool may_be_infinite = IsLogarithm;
  static constexpr bool may_overflow = true;

  static constexpr detail::shape result_shape(const detail::extent &a) {
    return detail::is_square(a) ? detail::shape{} : detail::no_shape;
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol result) {
    const symbol by_elements = detail::transposed(apply_operation<inverse_operation>(a));
    return {(IsLogarithm ? d : d * result) * by_elements};
  }
  template <detail::extent A, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a) {
    constexpr int n = A.shape.rows;
    T parts[std::size_t{n * n}]{};
    detail::copied(parts, n, a, A.shape);
    T product = detail::eliminate<n, 0>(parts, static_cast<T *>(nullptr)), sum(0.0);
    for (int i = 0; i < n; ++i)
      if constexpr (IsLogarithm)
        sum = sum + log_operation::value(T(math::abs(parts[i * n + i])));
      else
        product = product * parts[i * n + i];
    *out = IsLogarithm ? sum : product;
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return detail::operations_of_elimination(all);
  }
};

/// The lower triangle L of L L^T = A, of which the lower triangle is read.
struct cholesky_operation : operation {
  static constexpr std::string_view name = "cholesky"sv;
  static constexpr bool may_be_infinite = true;

  static constexpr detail::shape result_shape(const detail::extent &a) {
    return detail::is_square(a) ? a.shape : detail::no_shape;
  }
  /// With P the lower triangle of L^T d, its diagonal halved, and S = L^-T P L^-1, the lower
  /// triangle of S + S^T flows back, its diagonal halved (Murray 2016).
  static constexpr symbols adjoint(symbol d, symbol, symbol lower) {
    using halved = triangle_operation<false, true>;
    const auto divided = [lower](symbol x) {
      return detail::flow_through<solve_triangular_operation<false, true>>(lower, x);
    };
    const symbol inner = apply_operation<halved>(detail::matrix_product(
        detail::transposed(lower), apply_operation<triangle_operation<false, false>>(d)));
    const symbol both = divided(detail::transposed(divided(detail::transposed(inner))));
    return {apply_operation<halved>(both + detail::transposed(both))};
  }
  template <detail::extent A, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *a) {
    constexpr int n = A.shape.rows;
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) {
        if (j > i) {
          out[i * n + j] = T(0.0);
          continue;
        }
        T rest = a[i * n + j];
        for (int k = 0; k < j; ++k)
          rest = rest - out[i * n + k] * out[j * n + k];
        // of 0 there is a root, by which nothing can be divided
        const T above = detail::is_below(T(0.0), rest);
        const T nan(std::numeric_limits<double>::quiet_NaN());
        out[i * n + j] = i == j ? T(sqrt_operation::value(T(detail::chosen(above, rest, nan))))
                                : T(rest / out[j * n + j]);
      }
  }
  static constexpr long long all_operations(const detail::extents &all) {
    return detail::operations_of_elimination(all) / 2;
  }
};

} // namespace chainrule
