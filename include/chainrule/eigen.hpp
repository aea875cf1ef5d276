// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Beside Eigen, which this header needs and the rest does not: row_major(M) is an argument made of
// any matrix or expression of Eigen's, as_eigen(slope[W]) a map of values of ours, and
// step.kernels(eigen_kernels{}) a function whose largest products are Eigen's, which may allocate.
// Matrices, arrays and maps of Eigen's that lie row by row, and vectors, are arguments and outputs
// as they are, also without this header.
// Read next: call/matrix.hpp.
#pragma once

#include <Eigen/Core>

#include <chainrule/chainrule.hpp>

namespace chainrule {

namespace detail {

/// Eigen wants columns column by column, and rows row by row.
template <class T, int Rows, int Columns>
using eigen_matrix =
    Eigen::Matrix<T, Rows, Columns, Columns == 1 && Rows != 1 ? Eigen::ColMajor : Eigen::RowMajor>;

} // namespace detail

/// The values of a matrix or an expression of Eigen's, row by row.
template <class Derived>
[[nodiscard]] auto row_major(const Eigen::DenseBase<Derived> &values) {
  using result = detail::eigen_matrix<typename Derived::Scalar, Derived::RowsAtCompileTime,
                                      Derived::ColsAtCompileTime>;
  if constexpr (std::derived_from<Derived, Eigen::ArrayBase<Derived>>)
    return result(values.derived().matrix());
  else
    return result(values.derived());
}

/// The same values as Eigen sees them, to be read, or written where they can be.
template <class T, int Rows, int Columns>
[[nodiscard]] auto as_eigen(const matrix_view<T, Rows, Columns> &values) {
  using plain = detail::eigen_matrix<std::remove_const_t<T>, Rows, Columns>;
  return Eigen::Map<std::conditional_t<std::is_const_v<T>, const plain, plain>>(values.data());
}
template <class T, int Rows, int Columns>
[[nodiscard]] auto as_eigen(matrix<T, Rows, Columns> &values) {
  return as_eigen(matrix_view<T, Rows, Columns>(values.data()));
}
template <class T, int Rows, int Columns>
[[nodiscard]] auto as_eigen(const matrix<T, Rows, Columns> &values) {
  return as_eigen(matrix_view<const T, Rows, Columns>(values.data()));
}
/// Of a temporary, which a map would outlive, a matrix of Eigen's.
template <class T, int Rows, int Columns>
[[nodiscard]] detail::eigen_matrix<T, Rows, Columns> as_eigen(matrix<T, Rows, Columns> &&values) {
  return as_eigen(values);
}

} // namespace chainrule
namespace Eigen {
template <class Scalar, int Options, class Index>
class SparseMatrix;
} // namespace Eigen
namespace chainrule {

/// Values of sparse_hessian(f, x) or sparse_jacobian(f, x) as a sparse matrix that Eigen reads;
/// <Eigen/SparseCore> is for the caller to include.
template <class Sparse, class T>
[[nodiscard]] auto as_eigen(const Sparse &of, const matrix<T, Sparse::nonzeros> &values) {
  using sparse = Eigen::SparseMatrix<T, Eigen::RowMajor, int>;
  return Eigen::Map<const sparse>(of.rows, of.columns, of.nonzeros, of.row_starts,
                                  of.column_indices, values.data());
}
template <class Sparse, class T>
[[nodiscard]] Eigen::SparseMatrix<T, Eigen::RowMajor, int>
as_eigen(const Sparse &of, matrix<T, Sparse::nonzeros> &&values) {
  return as_eigen(of, values);
}

namespace detail::CHAINRULE_FLAGS {

/// Whether Eigen computes a step faster than we do: it first copies both operands into blocks for
/// each cache, which pays beyond 512 x 512 x 512, where ours do not fit those. 1024 x 1024 x 1024
/// takes ours 1.0 to 1.4 of its time with AVX2, 1.0 with AVX-512; docs/performance.md has the
/// smaller ones.
template <class Operation>
struct eigen_product {
  static constexpr bool is_faster(auto...) { return false; }
};
template <bool Left, bool Right>
struct eigen_product<product_step<Left, Right>> {
  static constexpr bool is_faster(const extent &a, const extent &b) {
    const int columns = Right ? b.shape.rows : b.shape.columns;
    return math::pack_bytes > 16 && columns >= 64 && a.shape.size() > (1 << 27) / columns;
  }
  /// Of matrices that Eigen takes to be of any size: for fixed ones it copies to the stack.
  template <extent A, extent B, class T>
  static void run(T *to, const T *a, const T *b) {
    using plain = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    constexpr shape of = product_step<Left, Right>::result_shape(A, B);
    const Eigen::Map<const plain> left(a, A.shape.rows, A.shape.columns);
    const Eigen::Map<const plain> right(b, B.shape.rows, B.shape.columns);
    Eigen::Map<plain> result(to, of.rows, of.columns);
    if constexpr (Left)
      result.noalias() = left.transpose() * right;
    else if constexpr (Right)
      result.noalias() = left * right.transpose();
    else
      result.noalias() = left * right;
  }
};

} // namespace detail::CHAINRULE_FLAGS

/// Products beyond 512 x 512 x 512 are Eigen's, except in constant evaluation. They allocate.
struct eigen_kernels {
  template <class Operation, detail::extent... Operands, class T>
  CHAINRULE_INLINE static constexpr void run(T *to, const auto *...operands) {
    using product = detail::eigen_product<Operation>;
    if constexpr (product::is_faster(Operands...))
      if (!__builtin_is_constant_evaluated())
        return product::template run<Operands...>(to, operands...);
    detail::own_kernels::run<Operation, Operands...>(to, operands...);
  }
};

} // namespace chainrule
