// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = matrix, step.into(matrix): the values of an Eigen matrix are read
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"A", 2, 3> A;

/// What of Eigen::Matrix<double, 2, 3> is asked for.
template <bool ByRows>
struct eigen_matrix {
  using PlainObject = eigen_matrix;
  using Scalar = double;
  static constexpr bool IsRowMajor = ByRows, IsVectorAtCompileTime = false;
  static constexpr int SizeAtCompileTime = 6, InnerStrideAtCompileTime = 1;

  double values[6];

  static constexpr int rows() { return 2; }
  static constexpr int cols() { return 3; }
  static constexpr int outerStride() { return 3; }
  constexpr const double *data() const { return values; }
};

#ifdef ACCEPT
const double f = compile(sum(A))(A = eigen_matrix<true>{1, 2, 3, 4, 5, 6});
#else
const double f = compile(sum(A))(A = eigen_matrix<false>{1, 2, 3, 4, 5, 6});
#endif
