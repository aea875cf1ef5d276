// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Outputs and workspace in all forms of memory that a caller can have. That nothing around it is
// written is seen by guards on both sides.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 3> A;
constexpr variable<"x", 3> x;
constexpr auto energy = squared_norm(A * x);
constexpr auto step = compile(energy, gradient(energy, A));

// A x = (-2, -2), |A x|^2 = 8, d/dA = 2 (A x) x^T
constexpr std::array<double, 6> a{1, 2, 3, 4, 5, 6};
constexpr std::array<double, 3> in{1, 0, -1};
constexpr std::array<double, 6> expected{-4, 0, 4, -4, 0, 4};

// The same of 12 x 12 ones, whose product needs a workspace: small matrices need none.
constexpr variable<"B", 12, 12> B;
constexpr auto large = compile(squared_norm(B * B), gradient(squared_norm(B *B), B));

void check_values(const double *found) {
  for (std::size_t i = 0; i < 6; ++i)
    CHECK(found[i] == expected[i]);
}

} // namespace

TEST_CASE("outputs go to any memory of the caller") {
  double value = 0;
  double flat[6], nested[2][3];
  std::array<double, 6> array{};
  std::vector<double> vector(6);
  matrix<double, 2, 3> square{};
  auto pack = parameters<double>(A);
  decltype(step)::result<double> all;
  const auto check = [&](auto &&to, const double *first) {
    value = 0;
    step.into(value, to)(A = a, x = in);
    CHECK(value == 8);
    check_values(first);
  };
  check(flat, flat);
  check(nested, nested[0]);
  check(array, array.data());
  check(vector, vector.data());
  check(square, square.data());
  check(pack, pack.data());
  check(std::get<1>(all), std::get<1>(all).data());
  array = {};
  check(array.data(), array.data());
  array = {};
  check(std::span(array), array.data());
  array = {};
  check(std::span(array.data(), 6), array.data());
  array = {};
  check(matrix_view<double, 2, 3>(array.data()), array.data());
}

TEST_CASE("nothing beside the outputs and the workspace is written") {
  constexpr std::size_t size = large.workspace_size, elements = 12 * 12;
  static_assert(size > 0 && step.workspace_size == 0);
  std::array<double, elements + 2> outputs{};
  std::array<double, size + 2> buffer{};
  outputs.front() = outputs.back() = buffer.front() = buffer.back() = 7;
  std::array<double, elements> ones;
  ones.fill(1);
  double value = 0;
  large.into(value, std::span(outputs).subspan<1, elements>())
      .workspace(std::span(buffer).template subspan<1, size>())(B = ones);
  CHECK(value == 12 * 12 * 12 * 12); // 144 elements, each 12, squared
  for (std::size_t i = 1; i <= elements; ++i)
    CHECK(outputs[i] == 2 * 2 * 12 * 12); // 2 (D B^T + B^T D), D = B B
  CHECK(outputs.front() == 7);
  CHECK(outputs.back() == 7);
  CHECK(buffer.front() == 7);
  CHECK(buffer.back() == 7);
}

TEST_CASE("a workspace of bytes serves several types") {
  alignas(long double) std::byte bytes[sizeof(long double) * large.workspace_size];
  const auto check = [&]<class T>(T) {
    std::array<T, 12 * 12> ones;
    ones.fill(1);
    const auto [value, slope] = large.workspace(bytes)(B = ones);
    CHECK(value == 12 * 12 * 12 * 12);
    CHECK(slope[B](1, 2) == 2 * 2 * 12 * 12);
  };
  check(1.0);
  check(1.0f);
  check(1.0L);
}

TEST_CASE("training with a gradient of the caller's") {
  auto theta = parameters<double>(A);
  auto slope = theta;
  theta.values[0] = 1;
  double value = 0;
  step.into(value, slope)(theta, x = in);
  CHECK(value == 1);
  theta.descend(slope, 0.25); // d/dA = 2 (1, 0)^T (1, 0, -1)
  CHECK(theta[A](0, 0) == 0.5);
  CHECK(theta[A](0, 2) == 0.5);
}
