// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operations of a user, one of every kind, in programs: loops over elements, float, packs of
// parameters, kernels of others, several lanes, gates before and behind them.
#include "../../own_operations.hpp"
#include "../../catch.hpp"

#include <cmath>
#include <vector>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u", 4> u;
constexpr variable<"v", 4> v;
constexpr variable<"A", 2, 3> A;
constexpr variable<"B", 2, 2> B;
constexpr variable<"M", 3, 11> M;

template <class T, std::size_t Size>
std::array<T, Size> numbers(int seed) {
  std::array<T, Size> result{};
  for (T &each : result) {
    seed = (seed * 37 + 11) % 101;
    each = static_cast<T>((seed - 50) / 64.0);
  }
  return result;
}

constexpr auto every_kind =
    sum(sin(own::kronecker(A, own::mix(B, x)))) + dot(own::cumulative_sum(u), own::flip(exp(v))) +
    own::total(x * y, own::algebraic(y), sum(own::leaky(u > v, elementwise_product(u, v))),
               sum(own::algebraic(M)));

} // namespace

TEST_CASE("operations of a user: the gradient is checked at values known at run time") {
  for (int seed = 1; seed < 20; ++seed) {
    const auto where = at(u = numbers<double, 4>(seed), v = numbers<double, 4>(seed + 1),
                          A = numbers<double, 6>(seed + 2), B = numbers<double, 4>(seed + 3),
                          M = numbers<double, 33>(seed + 4), x = 0.25 * seed, y = 1.0 - seed);
    CHECK(gradient_is_right(every_kind, where));
    CHECK_FALSE(gradient_is_right(
        every_kind + dot(apply_operation<own::wrong_cumulative_sum_operation>(u), v), where));
  }
}

TEST_CASE("operations of a user: values and slopes of a program are those of constant evaluation") {
  constexpr auto step = compile(every_kind, gradient(every_kind, u, v, A, B, M, x, y));
  constexpr auto result = [=](auto value) {
    using T = decltype(value);
    const auto filled = [](auto array) {
      int i = 0;
      for (T &each : array)
        each = static_cast<T>(++i * 5 % 7 - 3) / 4;
      return array;
    };
    return step(u = filled(std::array<T, 4>{}), v = filled(std::array<T, 4>{}),
                A = filled(std::array<T, 6>{}), B = filled(std::array<T, 4>{}),
                M = filled(std::array<T, 33>{}), x = T(0.5), y = T(-1.5));
  };
  constexpr auto expected = result(0.0);
  const auto check = [&](auto zero, double tolerance) {
    volatile auto hidden = zero;
    const auto [value, slope] = result(static_cast<decltype(zero)>(hidden));
    CHECK(std::fabs(static_cast<double>(value) - std::get<0>(expected)) < tolerance);
    for (std::size_t i = 0; i < slope.count; ++i)
      CHECK(std::fabs(static_cast<double>(slope.values[i]) - std::get<1>(expected).values[i]) <
            tolerance);
  };
  check(0.0, 1e-13);
  check(0.0F, 1e-5);
  check(0.0L, 1e-13);
}

TEST_CASE("operations of a user: loops over elements") {
  const auto values = numbers<double, 33>(5);
  const auto [value, slope] =
      compile(own::algebraic(M), gradient(sum(own::algebraic(M)), M))(M = values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double root = std::sqrt(1 + values[i] * values[i]);
    CHECK(std::fabs(value.values[i] - values[i] / root) < 1e-15);
    CHECK(std::fabs(slope.values[i] - 1 / (root * root * root)) < 1e-15);
  }
}

TEST_CASE("operations of a user: operands behind the third, of every kind that a loop reads") {
  constexpr variable<"P", 3, 7> P;
  constexpr variable<"Q", 3, 7> Q;
  constexpr variable<"column", 3> column;
  constexpr variable<"row", 1, 7> row;
  const auto check = [=](auto zero) {
    using number = decltype(zero);
    matrix<number, 3, 7> a, b;
    for (std::size_t i = 0; i < a.size(); ++i) {
      a.values[i] = static_cast<number>(i % 5) - 2;
      b.values[i] = static_cast<number>(3 * i % 7) - 4;
    }
    const matrix<number, 3> c{-3, 2, -1};
    const matrix<number, 1, 7> r{1, -2, 3, -4, 0, -1, 2};
    const auto [one, other, of_four] =
        compile(own::total(P * x, Q, x, P, column, row, Q - P, x),
                own::total(row, column, x, elementwise_product(P, Q), row, Q, column),
                own::total(Q, Q, Q, column))(P = a, Q = b, column = c, row = r, x = number(0.5));
    const number at(0.5);
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 7; ++j) {
        CHECK(one(i, j) ==
              a(i, j) / 2 + b(i, j) + at + a(i, j) + c(i) + r(0, j) + (b(i, j) - a(i, j)) + at);
        CHECK(other(i, j) == r(0, j) + c(i) + at + a(i, j) * b(i, j) + r(0, j) + b(i, j) + c(i));
        CHECK(of_four(i, j) == 3 * b(i, j) + c(i));
      }
  };
  check(0.0);
  check(0.0F);
}

TEST_CASE("operations of a user: packs of parameters and second derivatives") {
  constexpr auto loss = squared_norm(own::cumulative_sum(own::mix(u, x)) - own::flip(v));
  auto pack = parameters<double>(u, x);
  int i = 0;
  for (double &each : pack)
    each = ++i * 5 % 7 - 3;
  const auto target = numbers<double, 4>(7);
  CHECK(gradient_is_right(loss, pack, v = target));
  const auto [before, slope] = compile(loss, gradient(loss, u, x))(pack, v = target);
  pack.descend(slope, 1e-6);
  CHECK(compile(loss)(pack, v = target) < before);

  // a column of the Hessian against a difference of gradients
  constexpr auto slopes = gradient(loss, u);
  constexpr auto curvature = hessian(loss, u);
  const double width = 1e-5;
  auto lower = pack, upper = pack;
  lower[u](2, 0) -= width;
  upper[u](2, 0) += width;
  const auto left = compile(slopes)(lower, v = target), right = compile(slopes)(upper, v = target);
  const auto second = compile(curvature)(pack, v = target);
  for (int row = 0; row < 4; ++row)
    CHECK(std::fabs(second(row, 2) - (right.values[row] - left.values[row]) / (2 * width)) <
          1e-4 * std::fabs(second(2, 2)));
}

TEST_CASE("operations of a user: each lane of a pack is the function of its number") {
  constexpr auto f = own::every_kind(x, y);
  constexpr auto step = compile(f, gradient(f, x, y), hessian(f, x, y));
  using pack = math::pack<double>;
  pack wide_x(0), wide_y(0.75);
  for (int i = 0; i < pack::size; ++i)
    wide_x.lanes[i] = 0.4 * i - 0.5;
  const auto [value, slope, second] = step(x = wide_x, y = wide_y);
  const auto are_close = [](double a, double b) { return std::fabs(a - b) < 1e-14; };
  for (int i = 0; i < pack::size; ++i) {
    const auto [one, its_slope, its_second] = step(x = double(wide_x.lanes[i]), y = 0.75);
    CHECK(are_close(value.lanes[i], one));
    CHECK(are_close(slope[x].lanes[i], its_slope[x]));
    CHECK(are_close(slope[y].lanes[i], its_slope[y]));
    for (std::size_t k = 0; k < 4; ++k)
      CHECK(are_close(second.values[k].lanes[i], its_second.values[k]));
    CHECK(gradient_is_right(f, x = double(wide_x.lanes[i]), y = 0.75));
  }
}

namespace {

int kernels_run = 0;

struct counted_kernels {
  template <class Operation, detail::extent... Operands, class Scalar>
  static constexpr void run(Scalar *to, const auto *...operands) {
    if (!std::is_constant_evaluated())
      ++kernels_run;
    Operation::template run<Operands...>(to, operands...);
  }
};

} // namespace

TEST_CASE("operations of a user: kernels of others run those that have a shape of their own") {
  constexpr auto step = compile(sum(own::kronecker(own::flip(A), B)));
  kernels_run = 0;
  const auto a = numbers<double, 6>(3);
  const auto b = numbers<double, 4>(4);
  CHECK(step.kernels(counted_kernels{})(A = a, B = b) == step(A = a, B = b));
  CHECK(kernels_run == 3); // with the sum
}

TEST_CASE("operations of a user: closed gates before and behind them") {
  // the slope of log is infinite at 0, on the side that is not taken
  const auto slopes_at = [](auto f, double a, double b) {
    return compile(gradient(f, x, y))(x = a, y = b);
  };
  const auto chosen = slopes_at(select(x > 0_c, own::scaled_log(y, x), y), 0, 2);
  CHECK(chosen[x] == 0);
  CHECK(chosen[y] == 1);
  const auto behind = slopes_at(relu(own::scaled_log(y, x)) + x, 0, 2); // relu(-infinity)
  CHECK(behind[x] == 1);
  CHECK(behind[y] == 0);
  const auto before = slopes_at(own::mix(relu(own::scaled_log(y, x)), y) + x, 0, 2);
  CHECK(before[x] == 1);
  CHECK(before[y] == 0);
  const auto leaky = slopes_at(own::leaky(x > 0_c, relu(own::scaled_log(y, x))) + x, 0, 2);
  CHECK(leaky[x] == 1);
  CHECK(leaky[y] == 0);
  const auto total = slopes_at(own::total(relu(own::scaled_log(y, x)), x, y), 0, 2);
  CHECK(total[x] == 1);
  CHECK(total[y] == 1);
  const auto condition = slopes_at(select(own::is_near(x, y), own::scaled_log(y, x), y) + x, 0, 2);
  CHECK(condition[x] == 1);
  CHECK(condition[y] == 1);

  const double zeros[4]{0, 1, 0, 2};
  const auto open = [](double slope) { return std::isfinite(slope); };
  const auto flipped = compile(gradient(sum(own::flip(relu(log(u)))), u))(u = zeros);
  for (const double slope : flipped)
    CHECK(open(slope));
  const auto summed = compile(gradient(sum(own::cumulative_sum(relu(log(u)))), u))(u = zeros);
  for (const double slope : summed)
    CHECK(open(slope));
  const auto inside = compile(gradient(sum(relu(own::flip(log(u)))), u))(u = zeros);
  for (const double slope : inside)
    CHECK(open(slope));
}
