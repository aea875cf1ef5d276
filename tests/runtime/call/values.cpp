// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices as arguments in all their forms.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <span>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"x", 3> x;
constexpr auto product = compile(A * x);

} // namespace

TEST_CASE("matrices are given as any contiguous values") {
  const double nested[2][3] = {{1, 2, 3}, {4, 5, 6}};
  const std::array<std::array<double, 3>, 2> array_of_arrays{{{1, 2, 3}, {4, 5, 6}}};
  const std::array<double, 6> array{1, 2, 3, 4, 5, 6};
  const std::vector<double> vector{1, 2, 3, 4, 5, 6};
  const std::span<const double, 6> fixed_span(array);
  const std::span<const double> span(vector);
  const matrix<double, 2, 3> value{1, 2, 3, 4, 5, 6};
  const matrix_view<const double, 2, 3> view(array.data());
  const matrix<double, 2> expected{-2, -2};
  const auto check = [&](const auto &given) {
    CHECK(product(A = given, x = std::array<double, 3>{1, 0, -1}) == expected);
  };
  check(nested);
  check(array_of_arrays);
  check(array);
  check(vector);
  check(fixed_span);
  check(span);
  check(value);
  check(view);
}
