// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences of vectors and matrices, against the same steps written one after another, which are
// straight-line code, and by gradient_is_right, which runs the body on traced numbers.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>

using namespace chainrule;
using Catch::Matchers::WithinRel;

namespace {

constexpr variable<"h", 3> h;
constexpr variable<"c", 3> c;
constexpr variable<"u", 2> u;
constexpr variable<"W", 3, 3> W;
constexpr variable<"U", 3, 2> U;
constexpr variable<"b", 3> b;
constexpr variable<"X", 2, 4> X;
constexpr variable<"h0", 3> h0;
constexpr variable<"c0", 3> c0;

template <std::size_t Size>
std::array<double, Size> numbers(int seed) {
  std::array<double, Size> result{};
  for (std::size_t i = 0; i < Size; ++i)
    result[i] = std::sin(1.0 + 7.0 * seed + 2.3 * static_cast<double>(i));
  return result;
}

const auto at_W = numbers<9>(1);
const auto at_U = numbers<6>(2);
const auto at_b = numbers<3>(3);
const auto at_X = numbers<8>(4);
const auto at_h = numbers<3>(5);
const auto at_c = numbers<3>(6);

constexpr auto cell = [](auto state, auto input) { return tanh(W * state + U * input + b); };

template <class Looped, class Unrolled>
void check(Looped looped, Unrolled unrolled) {
  const auto [value, by_loop, slope, expected] =
      compile(looped, unrolled, gradient(looped, W, U, b, X, h0, c0),
              gradient(unrolled, W, U, b, X, h0, c0))(W = at_W, U = at_U, b = at_b, X = at_X,
                                                      h0 = at_h, c0 = at_c);
  CHECK_THAT(value, WithinRel(by_loop, 1e-14));
  for (std::size_t i = 0; i < std::size(slope.values); ++i)
    CHECK(std::abs(slope.values[i] - expected.values[i]) <=
          1e-12 * std::abs(expected.values[i]) + 1e-15);
}

/// Kernels of the library's, which count what is added in place.
struct counting_kernels {
  static inline int added = 0;

  template <class Operation>
  static constexpr bool adds = detail::own_kernels::adds<Operation>;
  template <class Operation, detail::extent... Operands, class T>
  static constexpr void run(T *to, const auto *...operands) {
    detail::own_kernels::run<Operation, Operands...>(to, operands...);
  }
  template <class Operation, detail::extent... Operands, class T>
  static constexpr void add(T *to, const auto *...operands) {
    ++added;
    detail::own_kernels::add<Operation, Operands...>(to, operands...);
  }
};

/// Kernels that only compute.
struct plain_kernels {
  template <class Operation, detail::extent... Operands, class T>
  static constexpr void run(T *to, const auto *...operands) {
    detail::own_kernels::run<Operation, Operands...>(to, operands...);
  }
};

template <int Column>
constexpr auto column = columns_of<Column, 1>(X);

constexpr auto h1 = cell(h0, column<0>);
constexpr auto h2 = cell(h1, column<1>);
constexpr auto h3 = cell(h2, column<2>);
constexpr auto h4 = cell(h3, column<3>);

} // namespace

TEST_CASE("a recurrent network, by everything, to the second order") {
  constexpr auto last = fold(cell(h, u), h = h0, u = X);
  constexpr auto path = scan(cell(h, u), h = h0, u = X);
  constexpr auto of_last = squared_norm(last - c0);
  constexpr auto unrolled = squared_norm(h4 - c0);
  check(of_last, unrolled);
  check(squared_norm(partial(of_last, W)), squared_norm(partial(unrolled, W)));
  constexpr auto of_path = squared_norm(path) + sum(path * transpose(path)) + sum(c0);
  constexpr auto all = beside(h1, h2, h3, h4);
  check(of_path, squared_norm(all) + sum(all * transpose(all)) + sum(c0));
}

TEST_CASE("slopes of weights are added step by step where their sum is") {
  constexpr variable<"S", 3, 2> S;
  constexpr variable<"S0", 3, 2> S0;
  constexpr auto loss = squared_norm(fold(tanh(W * S + U * u), S = S0, u = X));
  constexpr auto step = compile(gradient(loss, W));
  const auto at = [&](const auto &function) {
    return function(W = at_W, U = at_U, X = at_X, S0 = numbers<6>(7));
  };
  counting_kernels::added = 0;
  const auto added = at(step.kernels(counting_kernels{})),
             stored = at(step.kernels(plain_kernels{}));
  CHECK(counting_kernels::added == 4);
  for (std::size_t i = 0; i < 9; ++i)
    CHECK_THAT(added[W].data()[i], WithinRel(stored[W].data()[i], 1e-14));
}

TEST_CASE("two vectors as states that change together") {
  constexpr auto step = update(h = tanh(W * c + U * u), c = elementwise_product(c, h) + b);
  constexpr auto looped = squared_norm(fold(step, h = h0, c = c0, u = X)[h]);
  constexpr auto next_h = [](auto h_now, auto c_now, auto input) {
    (void)h_now;
    return tanh(W * c_now + U * input);
  };
  constexpr auto next_c = [](auto h_now, auto c_now) {
    return elementwise_product(c_now, h_now) + b;
  };
  constexpr auto p1 = next_h(h0, c0, column<0>);
  constexpr auto q1 = next_c(h0, c0);
  constexpr auto p2 = next_h(p1, q1, column<1>);
  constexpr auto q2 = next_c(p1, q1);
  constexpr auto p3 = next_h(p2, q2, column<2>);
  constexpr auto q3 = next_c(p2, q2);
  constexpr auto p4 = next_h(p3, q3, column<3>);
  check(looped, squared_norm(p4));
  // vectors that only change places
  check(squared_norm(fold(update(h = c, c = h), h = h0, c = c0, u = X)[h]) + sum(W) + sum(U) +
            sum(b) + sum(X) + sum(c0),
        squared_norm(h0) + sum(W) + sum(U) + sum(b) + sum(X) + sum(c0));
}

TEST_CASE("functions of columns need no state") {
  constexpr auto f = [](auto input) { return tanh(U * input + b); };
  constexpr auto looped = map_columns(f(u), u = X);
  constexpr auto unrolled = beside(f(column<0>), f(column<1>), f(column<2>), f(column<3>));
  constexpr auto rest = sum(W) + sum(h0) + sum(c0);
  check(squared_norm(looped) + rest, squared_norm(unrolled) + rest);
  check(squared_norm(partial(squared_norm(looped), U)) + rest,
        squared_norm(partial(squared_norm(unrolled), U)) + rest);
}

TEST_CASE("a recurrence is differentiated by a part of it") {
  constexpr auto start = tanh(h0);
  constexpr auto looped = sum(fold(cell(h, u), h = start, u = X));
  constexpr auto unrolled =
      sum(cell(cell(cell(cell(start, column<0>), column<1>), column<2>), column<3>));
  constexpr auto rest = sum(c0);
  check(squared_norm(partial(looped, start)) + rest, squared_norm(partial(unrolled, start)) + rest);
  constexpr auto scaled = exp(b);
  check(sum(partial(sum(fold(tanh(W * h + U * u + scaled), h = h0, u = X)), scaled)) + rest,
        sum(partial(
            [] {
              constexpr auto next = [](auto state, auto input) {
                return tanh(W * state + U * input + exp(b));
              };
              return sum(next(next(next(next(h0, column<0>), column<1>), column<2>), column<3>));
            }(),
            scaled)) +
            rest);
}

TEST_CASE("matrices as states, blocks of columns as inputs") {
  constexpr variable<"S", 2, 2> S;
  constexpr variable<"V", 2, 2> V;
  constexpr variable<"S0", 2, 2> S0;
  static constexpr variable<"B", 2, 6> B;
  constexpr auto next = [](auto state, auto input) {
    return tanh(state * input) + transpose(input);
  };
  constexpr auto block = [](auto first) { return columns_of<2 * decltype(first)::value, 2>(B); };
  constexpr auto s1 = next(S0, block(std::integral_constant<int, 0>{}));
  constexpr auto s2 = next(s1, block(std::integral_constant<int, 1>{}));
  constexpr auto s3 = next(s2, block(std::integral_constant<int, 2>{}));
  constexpr auto weights = reshape<2, 6>(B) + 1_c;
  constexpr auto looped = sum(elementwise_product(scan(next(S, V), S = S0, V = B), weights));
  constexpr auto unrolled = sum(elementwise_product(beside(s1, s2, s3), weights));
  const auto at_B = numbers<12>(7);
  const auto at_S = numbers<4>(8);
  const auto [value, expected, slope, expected_slope] = compile(
      looped, unrolled, gradient(looped, B, S0), gradient(unrolled, B, S0))(B = at_B, S0 = at_S);
  CHECK_THAT(value, WithinRel(expected, 1e-14));
  for (std::size_t i = 0; i < std::size(slope.values); ++i)
    CHECK_THAT(slope.values[i], WithinRel(expected_slope.values[i], 1e-12));
}

TEST_CASE("gradients of recurrences are checked on traced numbers") {
  constexpr auto of_last = squared_norm(fold(cell(h, u), h = h0, u = X));
  CHECK(gradient_is_right(of_last, at(W = at_W, U = at_U, b = at_b, X = at_X, h0 = at_h)));
  CHECK(gradient_is_right(squared_norm(partial(of_last, U)),
                          at(W = at_W, U = at_U, b = at_b, X = at_X, h0 = at_h)));
}
