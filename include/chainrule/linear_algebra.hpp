// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Small linear algebra with exact derivatives of any order: solve, inverse, determinant,
// log_determinant, cholesky, solve_triangular, diagonal, diagonal_of, trace, and products and sums
// along a matrix. It is not in chainrule.hpp, so that who does not need it does not compile it.
// Shapes are constants, nothing is allocated, no branch depends on a value.
// Read next: operation/matrix.hpp.
#pragma once

#include <limits>

#include <chainrule/chainrule.hpp>

namespace chainrule {

namespace detail {

/// A condition of numbers as a mask, and what it chooses: lane by lane where a scalar is a pack.
template <class T>
CHAINRULE_INLINE constexpr T chosen(const T &mask, const T &then, const T &otherwise) {
  return choose_operation::value(mask, then, otherwise);
}
template <class T>
CHAINRULE_INLINE constexpr T is_below(const T &a, const T &b) {
  return mask_operation<false>::value(a, b);
}
template <class T>
CHAINRULE_INLINE constexpr T is_zero(const T &a) {
  return mask_operation<true>::value(T(math::abs(a)), T(0.0));
}

/// A matrix of N x N in triangles, P A = L U: rows are exchanged so that the largest of a column is
/// the pivot. What is done to its rows is done to those of `beside`, N x Columns. Returns 1, or -1
/// for an odd number of exchanges. Where A is singular a pivot is 0 and is divided by as 1.
template <int N, int Columns, class T>
CHAINRULE_INLINE constexpr T eliminate(T *a, T *beside) {
  T sign(1.0);
  for (int k = 0; k < N; ++k) {
    for (int i = k + 1; i < N; ++i) {
      const T better = is_below(T(math::abs(a[k * N + k])), T(math::abs(a[i * N + k])));
      sign = chosen(better, T(-sign), sign);
      const auto exchange = [&](T &above, T &below) {
        const T before = above;
        above = chosen(better, below, before);
        below = chosen(better, before, below);
      };
      for (int j = k; j < N; ++j)
        exchange(a[k * N + j], a[i * N + j]);
      for (int j = 0; j < Columns; ++j)
        exchange(beside[k * Columns + j], beside[i * Columns + j]);
    }
    const T pivot = chosen(is_zero(a[k * N + k]), T(1.0), a[k * N + k]);
    for (int i = k + 1; i < N; ++i) {
      const T factor = a[i * N + k] / pivot;
      for (int j = k + 1; j < N; ++j)
        a[i * N + j] = a[i * N + j] - factor * a[k * N + j];
      for (int j = 0; j < Columns; ++j)
        beside[i * Columns + j] = beside[i * Columns + j] - factor * beside[k * Columns + j];
    }
  }
  return sign;
}

/// x of T x = b in the place of b, T being a triangle of a or the transpose of one. Where an
/// element of the diagonal is 0 all of it is NaN.
template <bool IsUpper, bool IsTransposed, int N, int Columns, class T>
CHAINRULE_INLINE constexpr void substitute(const T *a, T *x) {
  constexpr bool from_below = IsUpper != IsTransposed;
  const T nan(std::numeric_limits<double>::quiet_NaN());
  T defined(1.0);
  for (int i = 0; i < N; ++i)
    defined = chosen(is_zero(a[i * N + i]), nan, defined);
  for (int step = 0; step < N; ++step) {
    const int i = from_below ? N - 1 - step : step;
    const T pivot = chosen(is_zero(a[i * N + i]), nan, a[i * N + i]);
    for (int j = 0; j < Columns; ++j) {
      T rest = x[i * Columns + j] * defined;
      for (int before = 0; before < step; ++before) {
        const int k = from_below ? N - 1 - before : before;
        rest = rest - a[IsTransposed ? k * N + i : i * N + k] * x[k * Columns + j];
      }
      x[i * Columns + j] = rest / pivot;
    }
  }
}

constexpr bool is_square(const extent &a) { return a.shape.rows == a.shape.columns; }
constexpr shape shape_of_solution(const extent &a, const extent &b) {
  return is_square(a) && a.shape.columns == b.shape.rows ? b.shape : no_shape;
}
constexpr symbol transposed(symbol x) { return apply_operation<transpose_operation>(x); }

} // namespace detail

/// A triangle and the diagonal, or half the diagonal; 0 elsewhere.
template <bool IsUpper, bool HalfDiagonal>
struct triangle_operation : operation {
  static constexpr std::string_view name = IsUpper ? "upper_triangle"sv : "lower_triangle"sv;
  static constexpr bool is_linear = true;
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &x) { return x.shape; }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<triangle_operation>(d)};
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
  static constexpr std::string_view name = "solve"sv;
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return detail::shape_of_solution(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol, symbol x) {
    const symbol back = apply_operation<solve_operation>(detail::transposed(a), d);
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
};

/// x of T x = B, T being a triangle of A or the transpose of one.
template <bool IsUpper, bool IsTransposed>
struct solve_triangular_operation : operation {
  static constexpr std::string_view name = "solve_triangular"sv;
  static constexpr int arity = 2;

  static constexpr detail::shape result_shape(const detail::extent &a, const detail::extent &b) {
    return detail::shape_of_solution(a, b);
  }
  static constexpr symbols adjoint(symbol d, symbol a, symbol, symbol x) {
    const symbol back = apply_operation<solve_triangular_operation<IsUpper, !IsTransposed>>(a, d);
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
};

/// The inverse W of A; -W^T d W^T flows back.
struct inverse_operation : operation {
  static constexpr std::string_view name = "inverse"sv;

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
};

/// The determinant of A, or the logarithm of its size. d det A^-T flows back, or d A^-T.
template <bool IsLogarithm>
struct determinant_operation : operation {
  static constexpr std::string_view name = IsLogarithm ? "log_determinant"sv : "determinant"sv;

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
};

/// The lower triangle L of L L^T = A, of which the lower triangle is read.
struct cholesky_operation : operation {
  static constexpr std::string_view name = "cholesky"sv;

  static constexpr detail::shape result_shape(const detail::extent &a) {
    return detail::is_square(a) ? a.shape : detail::no_shape;
  }
  /// With P the lower triangle of L^T d, its diagonal halved, and S = L^-T P L^-1, the lower
  /// triangle of S + S^T flows back, its diagonal halved (Murray 2016).
  static constexpr symbols adjoint(symbol d, symbol, symbol lower) {
    using halved = triangle_operation<false, true>;
    const auto divided = [lower](symbol x) {
      return apply_operation<solve_triangular_operation<false, true>>(lower, x);
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
};

/// A column as the diagonal of a matrix, and the diagonal as a column.
template <bool IsTaken>
struct diagonal_operation : operation {
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
  template <detail::extent X, class T>
  CHAINRULE_INLINE static constexpr void run(T *out, const T *x) {
    constexpr int n = X.shape.rows;
    for (int i = 0; i < (IsTaken ? n : n * n); ++i)
      out[i] = IsTaken ? x[i * n + i] : i % (n + 1) == 0 ? x[i / (n + 1)] : T(0.0);
  }
};

namespace detail {

/// The operation on matrices, if they have shapes for which it is there.
template <class Operation, class... Operands>
constexpr auto of_shapes(Operands... operands) {
  constexpr bool fits = !(Operation::result_shape(extent{record<Operands>.shape}...) == no_shape);
  static_assert(fits || shapes_fit<shape_named<Operands>...>,
                "solve(A, b), inverse, determinant, log_determinant, cholesky, solve_lower, "
                "solve_upper, trace, diagonal_of: A is square and b has as many rows; diagonal: v "
                "is a column; shapes are named in this message");
  if constexpr (fits)
    return apply_operation<Operation>(operands...);
  else
    return literal<0>{};
}

} // namespace detail

/// X of A X = B, for any square A, with exchange of rows. NaN where A is singular.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve(Matrix A, Right B) {
  return detail::of_shapes<solve_operation>(A, B);
}

/// X of L X = B with the lower triangle L of A; NaN where its diagonal has a 0.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_lower(Matrix A, Right B) {
  return detail::of_shapes<solve_triangular_operation<false, false>>(A, B);
}
/// X of U X = B with the upper triangle U of A.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_upper(Matrix A, Right B) {
  return detail::of_shapes<solve_triangular_operation<true, false>>(A, B);
}

/// The lower triangle L of A = L L^T, for a symmetric A that is positive definite; the upper
/// triangle of A is not read. NaN where A is not positive definite.
template <expression Matrix>
[[nodiscard]] constexpr auto cholesky(Matrix A) {
  return detail::of_shapes<cholesky_operation>(A);
}

/// X of A X = B, for a symmetric A that is positive definite, by its Cholesky factor.
template <expression Matrix, expression Right>
[[nodiscard]] constexpr auto solve_positive_definite(Matrix A, Right B) {
  const auto L = cholesky(A);
  return detail::of_shapes<solve_triangular_operation<false, true>>(L, solve_lower(L, B));
}

/// The inverse; NaN where A is singular. solve(A, b) is cheaper than inverse(A) * b, and more
/// exact.
template <expression Matrix>
[[nodiscard]] constexpr auto inverse(Matrix A) {
  return detail::of_shapes<inverse_operation>(A);
}

/// The determinant of a square matrix. Where it is 0 its slope is NaN.
template <expression Matrix>
[[nodiscard]] constexpr auto determinant(Matrix A) {
  return detail::of_shapes<determinant_operation<false>>(A);
}

/// log |det A|, which neither over- nor underflows; -infinity where A is singular.
template <expression Matrix>
[[nodiscard]] constexpr auto log_determinant(Matrix A) {
  return detail::of_shapes<determinant_operation<true>>(A);
}

/// The matrix with a column v on its diagonal, and 0 elsewhere.
template <expression Column>
[[nodiscard]] constexpr auto diagonal(Column v) {
  return detail::of_shapes<diagonal_operation<false>>(v);
}

/// The diagonal of a square matrix, a column.
template <expression Matrix>
[[nodiscard]] constexpr auto diagonal_of(Matrix A) {
  return detail::of_shapes<diagonal_operation<true>>(A);
}

/// The sum of the diagonal.
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

/// Of each element the sum of the column down to it.
template <expression Matrix>
[[nodiscard]] constexpr auto cumulative_sum(Matrix x) {
  return detail::running(x, literal<0>{}, [](auto sum, auto here) { return sum + here; });
}

/// Of each element the product of the column down to it; slopes are right where elements are 0.
template <expression Matrix>
[[nodiscard]] constexpr auto cumulative_product(Matrix x) {
  return detail::running(
      x, literal<1>{}, [](auto product, auto here) { return elementwise_product(product, here); });
}

/// The product of all elements.
template <expression Matrix>
[[nodiscard]] constexpr auto product(Matrix x) {
  constexpr variable<"so far"> so_far;
  constexpr variable<"here"> here;
  return fold(so_far * here, so_far = literal<1>{},
              here = reshape<1, detail::record<Matrix>.shape.size()>(x));
}

} // namespace chainrule
