// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Matrices of any number of parts: values element by element, derivatives by hand, and the forms
// that stacks of stacks and parts of stacks have.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"B", 1, 3> B;
constexpr variable<"C", 3, 3> C;
constexpr variable<"u", 2> u;
constexpr variable<"x"> x;
constexpr variable<"y"> y;

constexpr matrix<double, 2, 3> some_A{1, 2, 3, 4, 5, 6};
constexpr matrix<double, 1, 3> some_B{7, 8, 9};
constexpr matrix<double, 3, 3> some_C{-1, -2, -3, -4, -5, -6, -7, -8, -9};

template <int... I>
constexpr auto all_elements(auto vector, std::integer_sequence<int, I...>) {
  return stack(element_of<I>(vector)...);
}
template <int... I>
constexpr auto largest_of_elements(auto vector, std::integer_sequence<int, I...>) {
  return max(element_of<I>(vector)...);
}

} // namespace

TEST_CASE("parts one below the other and side by side") {
  const auto [below, side] = compile(stack(A, B, C, sin(B), A), beside(A, u, cos(A), u + x))(
      A = some_A, B = some_B, C = some_C, u = std::array{0.5, -0.5}, x = 2.0);
  REQUIRE((below.rows() == 9 && below.columns() == 3 && side.rows() == 2 && side.columns() == 8));
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 2; ++i) {
      CHECK(below(i, j) == some_A(i, j));
      CHECK(below(7 + i, j) == some_A(i, j));
      CHECK(side(i, j) == some_A(i, j));
      CHECK(std::abs(side(i, 4 + j) - std::cos(some_A(i, j))) < 1e-15);
    }
    CHECK(below(2, j) == some_B(0, j));
    CHECK(std::abs(below(6, j) - std::sin(some_B(0, j))) < 1e-15);
    for (int i = 0; i < 3; ++i)
      CHECK(below(3 + i, j) == some_C(i, j));
  }
  for (int i = 0; i < 2; ++i) {
    CHECK(side(i, 3) == (i == 0 ? 0.5 : -0.5));
    CHECK(side(i, 7) == (i == 0 ? 2.5 : 1.5));
  }
}

TEST_CASE("what flows back to the parts") {
  // sum of weight * part, the weights being row by row the numbers from 1 on
  constexpr variable<"W", 6, 3> W;
  matrix<double, 6, 3> weights;
  for (std::size_t i = 0; i < weights.size(); ++i)
    weights.values[i] = static_cast<double>(i + 1);
  constexpr auto f = sum(elementwise_product(W, stack(B, exp(A), B, A)));
  const auto slope = compile(gradient(f, A, B, W))(A = some_A, B = some_B, W = weights);
  for (int j = 0; j < 3; ++j) {
    CHECK(slope[B](0, j) == weights(0, j) + weights(3, j));
    for (int i = 0; i < 2; ++i)
      CHECK(std::abs(slope[A](i, j) -
                     (weights(1 + i, j) * std::exp(some_A(i, j)) + weights(4 + i, j))) < 1e-11);
    CHECK(slope[W](3, j) == some_B(0, j));
  }
  // second derivatives of x^2 y + x y^3 by their list
  constexpr auto g = sum(elementwise_product(stack(square(x), x, y), stack(y, pow(y, 3_c), 0_c)));
  CHECK(compile(hessian(g, x, y))(x = 2.0, y = 3.0) == matrix<double, 2, 2>{6, 31, 31, 36});
}

TEST_CASE("parts that are placed on parts of a stack") {
  // all of u, and twice its first element, and x times its second
  constexpr auto whole = sum(square(stack(u, u, x)));
  constexpr auto f = whole + element_of<0>(stack(2_c * u, x)) + x * element_of<1>(stack(u, y));
  const auto [value, by_u, by_x] =
      compile(f, partial(f, u), partial(f, x))(u = std::array{3.0, 5.0}, x = 7.0, y = 1.0);
  CHECK(value == 2 * (9 + 25) + 49 + 6 + 35);
  CHECK(by_u == matrix<double, 2>{2 * 6 + 2, 2 * 10 + 7});
  CHECK(by_x == 14 + 5);
}

TEST_CASE("forms of stacks") {
  static_assert(to_string(stack(x, y, 1_c)) == "stack(x, y, 1)");
  static_assert(to_string(beside(u, A, u)) == "beside(u, A, u)");
  static_assert(stack(stack(x, y), stack(y, x)) == stack(x, y, y, x));
  static_assert(beside(x, beside(y, x), y) == beside(x, y, x, y));
  static_assert(!(stack(x, y, x) == stack(x, x, y)));
  // adjoining parts, also of a transpose and of numbers
  static_assert(stack(B, rows_of<0, 1>(A), rows_of<1, 1>(A), B) == stack(B, A, B));
  static_assert(beside(columns_of<1, 1>(A), columns_of<2, 1>(A), u) ==
                beside(columns_of<1, 2>(A), u));
  static_assert(beside(element_of<0>(u), element_of<1>(u)) == transpose(u));
  // parts of stacks
  static_assert(rows_of<1, 4>(stack(A, B, C)) == stack(rows_of<1, 1>(A), B, rows_of<0, 2>(C)));
  static_assert(rows_of<2, 1>(stack(A, B, C)) == B);
  static_assert(columns_of<1, 2>(stack(A, B, C)) ==
                stack(columns_of<1, 2>(A), columns_of<1, 2>(B), columns_of<1, 2>(C)));
  // stacks beside each other, cut where all can be
  static_assert(beside(stack(A, B, C), stack(A, B, C)) ==
                stack(beside(A, A), beside(B, B), beside(C, C)));
  static_assert(beside(stack(A, B, C), stack(stack(A, B), C)) ==
                stack(beside(A, A), beside(B, B), beside(C, C)));
  static_assert(beside(stack(A, C), stack(C, A)) == beside(stack(A, C), stack(C, A)));
  static_assert(transpose(stack(x, y, 2_c)) == beside(x, y, 2_c));
  static_assert(reshape<1, 5>(stack(u, x, u)) ==
                beside(element_of<0>(u), element_of<1>(u), x, element_of<0>(u), element_of<1>(u)));
  static_assert(jacobian(stack(x * y, x, square(y)), x, y) ==
                stack(beside(y, x), beside(1_c, 0_c), beside(0_c, 2_c * y)));
  static_assert(to_string(jacobian(stack(x * y, x, square(y)), x, y)) ==
                "stack(beside(y, x), beside(1, 0), beside(0, 2 * y))");
  SUCCEED();
}

TEST_CASE("more parts than the brackets that clang takes in an expression") {
  constexpr variable<"v", 300> v;
  constexpr auto all = std::make_integer_sequence<int, 300>{};
  static_assert(all_elements(v, all) == v);
  constexpr auto largest = largest_of_elements(v, all);
  static_assert(to_string(largest).substr(0, 22) == "max(columns_of<0, 1>(r");
  SUCCEED();
}
