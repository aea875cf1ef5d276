// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What `std::cout <<` writes of formulas, gradients, parameters and matrices.
#include <chainrule/chainrule.hpp>

#include <sstream>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x", 2> x;
constexpr variable<"W", 2, 2> W;
constexpr variable<"b"> b;
constexpr auto f = sum(relu(W * x)) * b;

std::string written(const auto &what) {
  std::ostringstream stream;
  stream << what;
  return stream.str();
}

} // namespace

TEST_CASE("formulas and gradients in a stream") {
  CHECK(written(f) == "sum(relu(W * x)) * b");
  CHECK(written(gradient(f, b, x)) ==
        "b = sum(relu(W * x))\nx = transpose(W) * select(W * x > 0, b, 0)\n");
}

TEST_CASE("numbers in a stream") {
  auto theta = parameters<double>(W, b);
  theta[b] = 2;
  theta[W](0, 1) = 0.5;
  theta[W](1, 0) = -1;
  CHECK(written(theta) == "W =\n0 0.5\n-1 0\nb = 2\n");
  CHECK(written(theta[W]) == "0 0.5\n-1 0\n");
  const auto value_and_slope = compile(b * b, gradient(b * b, b));
  CHECK(written(value_and_slope(b = 3.0)) == "9\nb = 6\n");
  CHECK(written(matrix<int, 1, 3>{1, 2, 3}) == "1 2 3\n");
  // W x = (1, -1): only the first row passes
  const auto slope = compile(gradient(f, W, b))(theta, x = matrix<double, 2>{1, 2});
  CHECK(written(slope) == "W =\n2 4\n0 0\nb = 1\n");
}
