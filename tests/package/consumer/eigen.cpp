// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/eigen.hpp>

int main() {
  using namespace chainrule;
  constexpr variable<"x", 2> x;
  const auto slope = compile(gradient(squared_norm(x), x))(x = Eigen::Vector2d(3, 4));
  return as_eigen(slope[x]) == Eigen::Vector2d(6, 8) ? 0 : 1;
}
