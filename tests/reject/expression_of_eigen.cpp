// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: give them as (a + b).eval()
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"A", 2, 3> A;

/// What of an expression of Eigen's is asked for, and of what it makes of it.
struct eigen_matrix {
  using PlainObject = eigen_matrix;
  using Scalar = double;
  static constexpr bool IsRowMajor = false, IsVectorAtCompileTime = false;
  static constexpr int SizeAtCompileTime = 6, RowsAtCompileTime = 2, ColsAtCompileTime = 3,
                       InnerStrideAtCompileTime = 1;

  constexpr double operator()(int i, int j) const { return 10 * i + j; }
};
struct eigen_sum : eigen_matrix {
  constexpr eigen_matrix eval() const { return {}; }
};

#ifdef ACCEPT
const double f = compile(sum(A))(A = eigen_sum{}.eval());
#else
const double f = compile(sum(A))(A = eigen_sum{});
#endif
