// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The same function in a translation unit that knows nothing of Eigen.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

double of_the_other_unit(const matrix<double, 64, 64> &left, const matrix<double, 64, 64> &right);

double of_the_other_unit(const matrix<double, 64, 64> &left, const matrix<double, 64, 64> &right) {
  constexpr variable<"L", 64, 64> L;
  constexpr variable<"R", 64, 64> R;
  return std::get<3>(
      compile(L * R, transpose(L) * R, L * transpose(R), sum(L * R))(L = left, R = right));
}
