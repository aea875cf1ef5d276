// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Linear algebra of singular matrices on a side that is not taken, and what linear algebra costs.

#include <chainrule/linear_algebra.hpp>

#include <array>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"A", 3, 3> A;
constexpr variable<"B", 3, 2> B;
constexpr variable<"b", 3> b;
constexpr variable<"P", 2, 2> P;

} // namespace

TEST_CASE("what is singular has no influence where it is not taken") {
  // at the singular P the other side is taken: sum(P p) + sum(p), of which slopes are known
  constexpr variable<"p", 2> p;
  constexpr variable<"s"> s;
  constexpr auto taken = sum(P * p) + sum(p);
  const auto check = [&](auto singular) {
    constexpr auto f = select(s > 0_c, decltype(singular){}, taken);
    constexpr auto by_P = partial(f, P);
    constexpr auto by_p = partial(f, p);
    const auto [value, in_P, in_p, second] =
        compile(f, by_P, by_p, partial(squared_norm(by_P) + squared_norm(by_p), P))(
            P = std::array{1.0, 2.0, 2.0, 4.0}, p = std::array{1.0, 1.0}, s = -1.0);
    CHECK(value == 11);
    for (int i = 0; i < 4; ++i) {
      CHECK(in_P.data()[i] == 1);
      CHECK(second.data()[i] == (i % 2 == 0 ? 8 : 14)); // of 4^2 + 7^2
    }
    CHECK((in_p.data()[0] == 4 && in_p.data()[1] == 7));
  };
  check(sum(sin(solve(P, p))));
  check(sum(exp(solve(P, solve(P, p)))));
  check(sum(solve(P, square(p))) / sum(P));
  check(sum(square(inverse(P))));
  check(log_determinant(P) + 1_c / determinant(P) + log(determinant(P)));
  check(sum(cholesky(P - 10_c)));
  check(dot(p, solve_positive_definite(P - 10_c, p)));
  check(sum(sin(solve_lower(P - P, p))) + relu(sum(solve_upper(P - P, p))));
}

TEST_CASE("what it costs") {
  // 2/3 n^3 for the factors and 2 n^2 for each column
  static_assert(cost(compile(solve(A, B))).operations == 18 + 36);
  static_assert(cost(compile(inverse(A))).operations == 72);
  // Small matrices are numbers: of an element of A B three products and two sums. As loops they are
  // counted with a sum for each term, 2 n^2 m.
  static_assert(cost(compile(A * B)).operations == 30);
  static_assert(cost(compile(sum(A))).operations == 8);
  constexpr variable<"L", 64, 64> L;
  static_assert(cost(compile(L * L)).operations == 2 * 64 * 64 * 64);
  static_assert(cost(compile(solve_lower(A, b))).operations == 9);
  static_assert(cost(compile(cholesky(A))).operations == 9);
}
