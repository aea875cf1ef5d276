// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is not taken has no influence, whatever it is: slopes beside NaN, infinity and what
// overflows, against slopes of the same networks without the masked elements, and by hand.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"m"> m;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

template <class T>
constexpr T small = 64 * std::numeric_limits<T>::epsilon();

template <class T>
void check_same(const auto &result, const auto &expected) {
  REQUIRE(result.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const T a = *(result.begin() + i), b = *(expected.begin() + i);
    CHECK(std::abs(a - b) <= small<T> * (1 + std::abs(b)));
  }
}

template <class T, int Rows, int Columns>
matrix<T, Rows, Columns> numbers(int seed) {
  matrix<T, Rows, Columns> result{};
  for (int i = 0; i < Rows * Columns; ++i)
    result.values[static_cast<std::size_t>(i)] = T(std::sin(0.7 * seed + 1.3 * i));
  return result;
}

/// A network with targets that are missing and a sample that is, against factors 0 beside numbers.
template <class T, int Outputs, int Hidden, int Inputs, int Samples>
void check_network() {
  constexpr variable<"W", Outputs, Hidden> W;
  constexpr variable<"V", Hidden, Inputs> V;
  constexpr variable<"b", Hidden> b;
  constexpr variable<"X", Inputs, Samples> X;
  constexpr variable<"Y", Outputs, Samples> Y;
  constexpr variable<"M", Outputs, Samples> M;
  const auto check = [&](auto hidden) {
    constexpr auto error = squared_error(W * decltype(hidden){}, Y);
    constexpr auto masked = mean(select(M > 0_c, error, 0_c));
    constexpr auto product = mean(elementwise_product(M, error));
    auto inputs = numbers<T, Inputs, Samples>(3);
    auto targets = numbers<T, Outputs, Samples>(4);
    matrix<T, Outputs, Samples> mask{};
    for (int i = 0; i < Outputs; ++i)
      for (int j = 1; j < Samples; ++j)
        mask(i, j) = (i + 2 * j) % 3 == 0 ? T(0) : T(1);
    const auto bad = [](int i) { return T(i % 3 == 0 ? not_a_number : i % 3 == 1 ? inf : -inf); };
    auto holes = targets;
    auto missing = inputs;
    for (int i = 0; i < Outputs; ++i)
      for (int j = 0; j < Samples; ++j)
        if (mask(i, j) == 0)
          holes(i, j) = bad(i + j);
    for (int i = 0; i < Inputs; ++i)
      missing(i, 0) = bad(i);
    const auto weights = numbers<T, Outputs, Hidden>(1);
    const auto lower = numbers<T, Hidden, Inputs>(2);
    const auto bias = numbers<T, Hidden, 1>(5);
    const auto run = [&](auto f, const auto &of_inputs, const auto &of_targets) {
      constexpr auto slope = partial(sum(partial(decltype(f){}, W)), V);
      return compile(gradient(f, W, V, b), slope)(W = weights, V = lower, b = bias, X = of_inputs,
                                                  Y = of_targets, M = mask);
    };
    const auto [slopes, second] = run(masked, missing, holes);
    const auto [expected, expected_second] = run(product, inputs, targets);
    check_same<T>(slopes[W], expected[W]);
    check_same<T>(slopes[V], expected[V]);
    check_same<T>(slopes[b], expected[b]);
    check_same<T>(second, expected_second);
  };
  check(tanh(V * X + b));
  check(relu(V * X + b));
  check(sigmoid(V * X + b));
  check(softmax(V * X + b));
  check(leaky_relu(gelu(V * X), 0.1_c) - b);
  check(elementwise_product(V * X, sin(V * X + b)));
  check(stack(rows_of<0, 1>(V * X), exp(rows_of<1, Hidden - 1>(V * X + b))));
}

/// Slopes of three orders by x are 0.
void check_nothing(auto f, double at, double beside) {
  constexpr auto first = partial(decltype(f){}, x);
  constexpr auto second = partial(first, x);
  const auto [a, b, c] = compile(first + 0_c * (m + y), second + 0_c * (m + y),
                                 partial(second, x) + 0_c * (m + y))(x = at, y = beside, m = 0.0);
  CHECK(a == 0);
  CHECK(b == 0);
  CHECK(c == 0);
}

} // namespace

TEST_CASE("a masked network is as without what is masked") {
  check_network<double, 2, 3, 2, 4>();
  check_network<double, 5, 9, 7, 6>();
  check_network<float, 5, 9, 7, 6>();
}

TEST_CASE("nothing of a side that is not taken has slopes, in any order") {
  const auto check = [](auto side) {
    constexpr auto masked = select(m > 0_c, decltype(side){}, 0_c);
    for (const double beside : {not_a_number, inf, -inf})
      for (const double at : {1.0, 0.0, -1.0, 1e200, inf, not_a_number})
        check_nothing(masked, at, beside);
  };
  check(pow(x, 3_c) * y);
  check(sigmoid(x * y));
  check(sin(x * y) + cos(x - y));
  check(tanh(y) * x * x);
  check(squared_error(x, y));
  check(pow(x, y));
  check(pow(y, x));
  check(hypot(x, y));
  check(atan2(x, y) * x);
  check(softplus(x * y) / x);
  check(logaddexp(x, y));
  check(xlogy(x, y));
  check(max(x * y, x));
  check(clamp(x * y, x, y));
  check(relu(x * y) * y);
  check(exp(x * y) * sqrt(x));
  check(select(y > x, x / y, log(x)));
  check(log1mexp(x * y));
  check(inverse_softplus(x - y));
  check(log(sinh(x * y)));
}

// A rectifier behind a mask with the same condition is no weaker than the mask.
TEST_CASE("a mask stays one where a rectifier has its condition") {
  constexpr variable<"v", 3> v;
  constexpr auto masked = square(sum(select(v > 0_c, silu(relu(v)), 0_c)));
  const auto hessian_at = [&](double first) {
    return compile(hessian(masked, v))(v = std::array{first, 1.0, 2.0});
  };
  const auto expected = hessian_at(-1);
  for (const double first : {not_a_number, -inf}) {
    const auto found = hessian_at(first);
    CHECK(found(0, 0) == 0);
    CHECK(found(0, 1) == 0);
    CHECK(found(2, 0) == 0);
    CHECK(found(1, 2) == expected(1, 2));
  }
  constexpr auto of_logarithm = sum(select(v > 0_c, log1mexp(-v), 0_c));
  const auto slope = compile(partial(of_logarithm, v))(v = std::array{not_a_number, 1.0, 2.0});
  CHECK(slope(0, 0) == 0);
  CHECK(std::abs(slope(1, 0) - 0.58197670686932642) < 1e-15);
}

TEST_CASE("nor has what overflows behind a gate") {
  const auto slopes = [](auto f, double at) {
    constexpr auto first = partial(decltype(f){}, x);
    constexpr auto second = partial(first, x);
    const auto [a, b] = compile(first, second)(x = at);
    return a == 0 && b == 0;
  };
  CHECK(slopes(relu(-x * x * x), 1e200));
  CHECK(slopes(relu(-square(x * x)), 1e200));
  CHECK(slopes(relu(-exp(x) * exp(x) * x), 800.0));
  CHECK(slopes(select(x < 1_c, square(square(x)), 0_c), 1e200));
  CHECK(slopes(select(x < 1_c, square(square(x)), 0_c), inf));
  CHECK(slopes(max(0_c, -x * x * x), 1e200));
  CHECK(slopes(clamp(x * x * x * x, 0_c, 1_c), 1e200));
  CHECK(compile(partial(relu(-x * x * x), x))(x = 1e20f) == 0);
  const auto error = huber(x, y, 1_c);
  CHECK(compile(partial(error, x))(x = inf, y = 0.0) == 1);
  CHECK(compile(partial(error, x))(x = -1e200, y = 0.0) == -1);
  constexpr variable<"W", 2, 2> W;
  constexpr variable<"b", 2> b;
  constexpr variable<"v", 2> v;
  const auto all = compile(gradient(sum(relu(v - W * exp(b))), W, b, v))(
      W = numbers<double, 2, 2>(1), b = std::array{800.0, 900.0}, v = std::array{1e300, 1.0});
  static_cast<void>(all);
  const auto closed = compile(gradient(sum(relu(v - W * exp(b))), W, b, v))(
      W = matrix<double, 2, 2>{1, 2, 3, 4}, b = std::array{800.0, 900.0}, v = std::array{1.0, 1.0});
  for (const double slope : closed)
    CHECK(slope == 0);
}

TEST_CASE("rotations as in the textbook, at none") {
  constexpr variable<"r", 3> r;
  constexpr variable<"p", 3> p;
  constexpr auto square_of_angle = squared_norm(r);
  constexpr auto angle = sqrt(square_of_angle);
  constexpr auto rotated = sum(select(square_of_angle > 0_c,
                                      p * cos(angle) + sin(angle) / angle * p +
                                          (1_c - cos(angle)) / square_of_angle * r * dot(r, p),
                                      p + r));
  const matrix<double, 3> zero{}, point{1, 2, 3}, ones{1, 1, 1};
  const auto [slopes, hessian_by_r, mixed] =
      compile(gradient(rotated, r, p), hessian(rotated, r),
              partial(sum(partial(rotated, p)), r))(r = zero, p = point);
  CHECK(slopes[r] == ones);
  CHECK(slopes[p] == ones);
  CHECK(hessian_by_r == matrix<double, 3, 3>{});
  CHECK(mixed == zero);

  constexpr variable<"v", 2> v;
  constexpr variable<"b", 2> b;
  constexpr variable<"W", 2, 2> W;
  constexpr auto direction = sum(select(norm(v) > 0_c, W * (v / norm(v)), b));
  const auto [first, second] = compile(gradient(direction, W, v, b),
                                       partial(sum(partial(direction, v)), W))(
      W = matrix<double, 2, 2>{1, 2, 3, 4}, v = matrix<double, 2>{}, b = matrix<double, 2>{5, 6});
  CHECK(first[W] == matrix<double, 2, 2>{});
  CHECK(first[v] == matrix<double, 2>{});
  CHECK(first[b] == matrix<double, 2>{1, 1});
  CHECK(second == matrix<double, 2, 2>{});
}

TEST_CASE("columns, rows and blocks that are not taken") {
  constexpr variable<"W", 2, 2> W;
  constexpr variable<"X", 2, 2> X;
  constexpr variable<"M", 2, 2> M;
  constexpr variable<"b", 2> b;
  using square = matrix<double, 2, 2>;
  const square weights{1, 2, 3, 4}, second_column{1, not_a_number, 2, inf}, mask{1, 0, 1, 0};
  const auto by_product = compile(gradient(sum(select(M > 0_c, transpose(W) * X, 0_c)), W, X))(
      W = weights, X = second_column, M = mask);
  CHECK(by_product[W] == square{1, 1, 2, 2});
  CHECK(by_product[X] == square{3, 0, 7, 0});
  const auto by_rows =
      compile(gradient(sum(select(b > 0_c, row_sums(elementwise_product(W, X)), 0_c)), W, X))(
          W = weights, X = square{not_a_number, 1, 2, 3}, b = std::array{0.0, 1.0});
  CHECK(by_rows[W] == square{0, 0, 2, 3});
  CHECK(by_rows[X] == square{0, 0, 3, 4});
  const auto by_norm = compile(gradient(select(m > 0_c, norm(W * X), 0_c), W, X))(
      W = weights, X = second_column, m = 0.0);
  CHECK(by_norm[W] == square{});
  CHECK(by_norm[X] == square{});
  // a softmax of each column, (s1, s2) of the logits (1, 2)
  const double s1 = 1 / (1 + std::exp(1.0)), s2 = 1 - s1;
  const auto by_softmax =
      compile(partial(sum(select(M > 0_c, elementwise_product(softmax(X), W), 0_c)), X))(
          X = second_column, W = weights, M = mask);
  check_same<double>(by_softmax, square{s1 * s2 * (1 - 3), 0, s1 * s2 * (3 - 1), 0});
  const auto by_logarithm =
      compile(partial(sum(select(M > 0_c, log_softmax(X), 0_c)), X))(X = second_column, M = mask);
  check_same<double>(by_logarithm, square{1 - 2 * s1, 0, 1 - 2 * s2, 0});
}

// PyTorch, JAX: NaN for all keys. The second query sees no key, and is left out.
TEST_CASE("attention of a query that sees nothing has no influence") {
  constexpr variable<"Q", 2, 2> Q;
  constexpr variable<"K", 2, 3> K;
  constexpr variable<"V", 2, 3> V;
  constexpr variable<"N", 3, 2> N;
  constexpr variable<"kept", 1, 2> kept;
  constexpr variable<"q", 2> q;
  constexpr variable<"n", 3> n;
  const auto keys = numbers<double, 2, 3>(1), values = numbers<double, 2, 3>(2);
  const matrix<double, 2, 2> queries{0.5, 1, -1, 2};
  constexpr auto masked = squared_norm(select(kept > 0_c, attention(Q, K, V, N), 0_c));
  constexpr auto alone = squared_norm(attention(q, K, V, n));
  const auto [slopes, second] = compile(gradient(masked, Q, K, V), hessian(masked, Q))(
      Q = queries, K = keys, V = values, N = {0.0, -inf, -1.0, -inf, 0.0, -inf}, kept = {1.0, 0.0});
  const auto [expected, expected_second] = compile(gradient(alone, q, K, V), hessian(alone, q))(
      q = {0.5, -1.0}, K = keys, V = values, n = {0.0, -1.0, 0.0});
  check_same<double>(slopes[K], expected[K]);
  check_same<double>(slopes[V], expected[V]);
  for (int i = 0; i < 2; ++i) {
    CHECK(std::abs(slopes[Q](i, 0) - expected[q](i)) < 1e-14);
    CHECK(slopes[Q](i, 1) == 0);
    for (int j = 0; j < 4; ++j)
      CHECK(std::abs(second(2 * i, j) - (j % 2 == 0 ? expected_second(i, j / 2) : 0)) < 1e-14);
  }
}

TEST_CASE("masks in scalars of several lanes") {
  using lanes = math::pack<double>;
  constexpr auto f = select(m > 0_c, sin(x * y), x) + relu(-x * x * x);
  lanes mask(1.0), beside(0.5);
  mask.lanes[1] = 0;
  beside.lanes[1] = not_a_number;
  const lanes slope = compile(partial(f, x))(x = lanes(2.0), y = beside, m = mask);
  CHECK(std::abs(slope.lanes[0] - std::cos(1.0) * 0.5) < 1e-16); // packs have their own cosine
  CHECK(slope.lanes[1] == 1);
}

// Constant evaluation has no NaN, but infinity.
static_assert(compile(partial(select(m > 0_c, x *y, x) + relu(-y * x), x))(x = 1.0, y = inf,
                                                                           m = 0.0) == 1);
static_assert([] {
  constexpr variable<"W", 2, 2> W;
  constexpr variable<"X", 2, 2> X;
  constexpr variable<"M", 2, 2> M;
  return compile(partial(sum(select(M > 0_c, transpose(W) * X, 0_c)), W))(
             W = matrix<double, 2, 2>{1, 2, 3, 4}, X = matrix<double, 2, 2>{1, inf, 2, inf},
             M = matrix<double, 2, 2>{1, 0, 1, 0}) == matrix<double, 2, 2>{1, 1, 2, 2};
}());
