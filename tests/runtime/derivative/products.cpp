// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Products with derivatives, and large matrices of derivatives, against closed forms.

#include <chainrule/chainrule.hpp>

#include <cmath>
#include <span>

#include "catch.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x", 3> x;
constexpr variable<"v", 3> v;
constexpr variable<"A", 2, 3> A;
constexpr variable<"u", 2> u;
constexpr variable<"c"> c;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"T", 1, 50> T;
constexpr variable<"z", 40> z;
constexpr variable<"Z", 5, 8> Z;

constexpr matrix<double, 3> at_x{0.5, -0.25, 1}, in_v{1, 2, -1};
constexpr matrix<double, 2, 3> at_A{1, 2, 3, -1, 0.5, 0.25};

constexpr auto f = c * tanh(A * x);

// c (1 - tanh^2(A x)) A
double slope(int row, int column) {
  double inner = 0;
  for (int k = 0; k < 3; ++k)
    inner += at_A(row, k) * at_x(k, 0);
  return 2 / (std::cosh(inner) * std::cosh(inner)) * at_A(row, column);
}

double near(double value) { return 1e-14 * (1 + std::abs(value)); }

matrix<double, 40> points() {
  matrix<double, 40> result{};
  for (int i = 0; i < 40; ++i)
    result(i, 0) = std::sin(1.7 * i);
  return result;
}
const matrix<double, 40> in_z = points();

} // namespace

TEST_CASE("products with a Jacobian") {
  const auto forward = compile(jacobian_times(f, v, x))(x = at_x, A = at_A, c = 2.0, v = in_v);
  const auto back =
      compile(times_jacobian(u, f, x))(x = at_x, A = at_A, c = 2.0, u = matrix<double, 2>{3, 4});
  const auto both = compile(gauss_newton_times(f, v, x))(x = at_x, A = at_A, c = 2.0, v = in_v);
  double change[2]{};
  for (int i = 0; i < 2; ++i) {
    for (int k = 0; k < 3; ++k)
      change[i] += slope(i, k) * in_v(k, 0);
    CHECK(std::abs(forward(i, 0) - change[i]) < near(change[i]));
  }
  for (int k = 0; k < 3; ++k) {
    const double by_u = 3 * slope(0, k) + 4 * slope(1, k);
    CHECK(std::abs(back(k, 0) - by_u) < near(by_u));
    const double twice = change[0] * slope(0, k) + change[1] * slope(1, k);
    CHECK(std::abs(both(k, 0) - twice) < near(twice));
  }
}

TEST_CASE("products with several parts take and give one column") {
  // x^T x c: the gradient is (2 c x, x^T x), the Hessian ((2 c I, 2 x), (2 x^T, 0))
  constexpr auto g = squared_norm(x) * c;
  const auto product =
      compile(hessian_times(g, stack(v, 0.5_c), x, c))(x = at_x, v = in_v, c = 2.0);
  CHECK((product.rows() == 4 && product.columns() == 1));
  for (int k = 0; k < 3; ++k)
    CHECK(product(k, 0) == 4 * in_v(k, 0) + at_x(k, 0));
  CHECK(product(3, 0) == 2 * (0.5 - 0.5 - 1));
  const auto change =
      compile(jacobian_times(g, stack(v, 0.5_c), x, c))(x = at_x, v = in_v, c = 2.0);
  CHECK(change == 2 * 2 * (0.5 - 0.5 - 1) + 0.5 * 1.3125);
  const auto slopes = compile(times_jacobian(3_c, g, x, c))(x = at_x, c = 2.0);
  for (int k = 0; k < 3; ++k)
    CHECK(slopes(k, 0) == 12 * at_x(k, 0));
  CHECK(slopes(3, 0) == 3 * 1.3125);
}

TEST_CASE("a direction that depends on the point is held fixed, and not its derivative") {
  constexpr auto cubes = sum(x * 0_c + pow(x, 3_c));
  const auto product = compile(hessian_times(cubes, x, x))(x = at_x); // 6 x x
  const auto slopes = compile(partial(sum(hessian_times(cubes, x, x)), x))(x = at_x);
  const auto left = compile(times_jacobian(square(x), pow(x, 3_c), x))(x = at_x); // 3 x^4
  const auto twice =
      compile(partial(sum(gauss_newton_times(square(x), v, x)), x))(x = at_x, v = in_v);
  for (int k = 0; k < 3; ++k) {
    const double here = at_x(k, 0);
    CHECK(std::abs(product(k, 0) - 6 * here * here) < near(6));
    CHECK(std::abs(slopes(k, 0) - 12 * here) < near(12));
    CHECK(std::abs(left(k, 0) - 3 * std::pow(here, 4)) < near(3));
    CHECK(std::abs(twice(k, 0) - 8 * here * in_v(k, 0)) < near(8)); // of 4 x^2 v
  }
  static_assert(gradient_is_right(sum(hessian_times(cubes, x, x)), at(x = at_x)));
}

TEST_CASE("a tall Jacobian is swept forward") {
  constexpr auto residuals = p * exp(-q * T);
  matrix<double, 1, 50> at_T{};
  for (int i = 0; i < 50; ++i)
    at_T(0, i) = 0.1 * i;
  const auto j = compile(jacobian(residuals, p, q))(p = 2.0, q = 0.3, T = at_T);
  REQUIRE((j.rows() == 50 && j.columns() == 2));
  for (int i = 0; i < 50; ++i) {
    const double t = at_T(0, i), e = std::exp(-0.3 * t);
    CHECK(std::abs(j(i, 0) - e) < near(e));
    CHECK(std::abs(j(i, 1) + 2 * t * e) < near(t));
  }
  const auto one = compile(jacobian(residuals, q))(p = 2.0, q = 0.3, T = at_T);
  CHECK((one.rows() == 50 && one.columns() == 1));
  CHECK(std::abs(one(7, 0) + 1.4 * std::exp(-0.21)) < near(1));
}

TEST_CASE("large matrices of derivatives are loops") {
  double sines = 0, squares = 0, total = 0;
  for (int i = 0; i < 40; ++i) {
    sines += std::sin(in_z(i, 0));
    squares += in_z(i, 0) * in_z(i, 0);
    total += in_z(i, 0);
  }
  const auto h = compile(hessian(sum(sin(z)) * squared_norm(z), z))(z = in_z);
  const auto j = compile(jacobian(sin(z) * sum(z), z))(z = in_z);
  // the same elements as a matrix, and as two parts
  const auto of_matrix = compile(hessian(sum(sin(Z)) * sum(square(Z)), Z))(
      Z = std::span<const double, 40>(in_z.data(), 40));
  constexpr auto whole = stack(z, x);
  const auto of_two = compile(hessian(sum(sin(whole)) * squared_norm(whole), x, z))(
      z = in_z, x = matrix<double, 3>{0, 0, 0});
  double worst = 0;
  for (int i = 0; i < 40; ++i)
    for (int k = 0; k < 40; ++k) {
      const double a = in_z(i, 0), b = in_z(k, 0);
      const double second = 2 * b * std::cos(a) + 2 * a * std::cos(b) +
                            (i == k ? 2 * sines - std::sin(a) * squares : 0);
      const double first = std::sin(a) + (i == k ? std::cos(a) * total : 0);
      worst = std::fmax(worst, std::abs(h(i, k) - second));
      worst = std::fmax(worst, std::abs(j(i, k) - first));
      worst = std::fmax(worst, std::abs(of_matrix(i, k) - second));
      worst = std::fmax(worst, std::abs(of_two(3 + i, 3 + k) - second));
    }
  CHECK(worst < 1e-13);
  CHECK(std::abs(of_two(0, 3) - (2 * in_z(0, 0))) < near(2)); // 2 b cos 0 + 0
}

TEST_CASE("a tall and wide Jacobian is a loop over its columns") {
  constexpr variable<"W", 100, 40> W;
  static matrix<double, 100, 40> weights{};
  for (int i = 0; i < 100; ++i)
    for (int k = 0; k < 40; ++k)
      weights(i, k) = std::cos(0.3 * i + k);
  const auto j = compile(jacobian(square(W * z), z))(W = weights, z = in_z);
  double worst = 0;
  for (int i = 0; i < 100; ++i) {
    double inner = 0;
    for (int k = 0; k < 40; ++k)
      inner += weights(i, k) * in_z(k, 0);
    for (int k = 0; k < 40; ++k)
      worst = std::fmax(worst, std::abs(j(i, k) - 2 * inner * weights(i, k)));
  }
  CHECK(worst < 1e-12);
}

TEST_CASE("products of recurrences go forward in time") {
  constexpr variable<"y", 2> y;
  constexpr variable<"start", 2> start;
  constexpr variable<"in"> in;
  constexpr variable<"way", 2> way;
  constexpr auto body = p * sin(y) + in * y;
  constexpr auto path = scan(body, y = start, in = T);
  static_assert(to_string(jacobian_times(fold(p * y, y = start, in = T), way, start)) ==
                "iterate<50>(_3 * p, _3 = way)");
  constexpr auto by_start = jacobian_times(path, way, start);
  static_assert(to_string(by_start).find("(left)") == std::string_view::npos &&
                to_string(by_start).find("backward") == std::string_view::npos);
  constexpr auto tall = jacobian(path, p, start);
  constexpr auto curved = gauss_newton_times(path, stack(1_c, way), p, start);
  const auto look = compile(path, by_start, jacobian_times(path, 1_c, p),
                            jacobian_times(path, square(T), T), tall, curved);
  matrix<double, 1, 50> at_T{};
  for (int t = 0; t < 50; ++t)
    at_T(0, t) = 0.9 * std::sin(0.5 * t);
  const matrix<double, 2> at_start{0.3, -0.5}, along{1, 2};
  const double at_p = 0.8;
  const auto [states, along_start, along_p, along_T, j, twice] =
      look(p = at_p, start = at_start, way = along, T = at_T);
  REQUIRE((j.rows() == 100 && j.columns() == 3));
  double squares[3]{};          // (J^T J (1, along))
  for (int i = 0; i < 2; ++i) { // the elements do not meet
    double here = at_start(i, 0), by_here = 1, by_p = 0, by_T = 0;
    for (int t = 0; t < 50; ++t) {
      const double push = at_T(0, t), factor = at_p * std::cos(here) + push;
      by_T = factor * by_T + here * push * push;
      by_p = factor * by_p + std::sin(here);
      by_here *= factor;
      here = at_p * std::sin(here) + push * here;
      CHECK(std::abs(states(i, t) - here) < near(here));
      CHECK(std::abs(along_start(i, t) - by_here * along(i, 0)) < near(by_here));
      CHECK(std::abs(along_p(i, t) - by_p) < near(by_p));
      CHECK(std::abs(along_T(i, t) - by_T) < near(by_T));
      const int row = 50 * i + t;
      CHECK(std::abs(j(row, 0) - by_p) < near(by_p));
      CHECK(std::abs(j(row, 1 + i) - by_here) < near(by_here));
      CHECK(j(row, 2 - i) == 0);
      const double change = by_p + by_here * along(i, 0);
      squares[0] += by_p * change;
      squares[1 + i] += by_here * change;
    }
  }
  for (int k = 0; k < 3; ++k)
    CHECK(std::abs(twice(k, 0) - squares[k]) < 1e-13 * (1 + std::abs(squares[k])));
}

TEST_CASE("what a derivative of a recurrence does not need is not in it") {
  constexpr variable<"s"> s;
  constexpr variable<"k"> k;
  constexpr variable<"in"> in;
  // by the start the sines are not needed, and by p no slope by the input
  static_assert(to_string(partial(fold(p * sin(s), s = q, in = T), q)) ==
                "fold_backward(_2 * p * cos(s), _2 = 1, row cos(s) = scan(cos(s), "
                "update(s = p * sin(s)), s = q, in = T))");
  // nothing that is differentiated by gets into the second state
  constexpr auto two = fold(update(s = p * s, k = k * sin(k)), s = q, k = sum(T), in = T);
  static_assert(to_string(partial(two[s] + two[k], p)).find("cos") == std::string_view::npos);
  // where the number of steps is known at run time only, there is no variable but those of f
  constexpr variable<"n"> n;
  constexpr auto counted = jacobian_times(fold(s * in, s = q, in = T, steps(n)), T, T);
  const auto ones = [] {
    matrix<double, 1, 50> result{};
    for (double &each : result)
      each = 1;
    return result;
  }();
  CHECK(compile(counted)(q = 0.5, n = 3.0, T = ones) == 1.5); // d/dt 0.5 (1 + t)^3 at 0
  // an initial value that nothing depends on may be undefined
  constexpr auto unseen = fold(update(s = s * in, k = k * s), s = q, k = log(p), in = T)[s];
  CHECK(compile(gradient(unseen, q, p))(q = 2.0, p = -1.0, T = ones)[q] == 1);
  CHECK(compile(gradient(unseen, q, p))(q = 2.0, p = -1.0, T = ones)[p] == 0);
  // in loops of loops, too
  constexpr variable<"r"> r;
  constexpr variable<"Y", 1, 4> Y;
  constexpr auto inner = fold(s * r + sin(in), s = q, r = Y);
  constexpr auto outer = sum(map_columns(square(inner), in = T));
  const auto slopes =
      compile(partial(outer, q), jacobian_times(outer, 2_c, q), partial(partial(outer, q), q));
  const matrix<double, 1, 4> at_Y{0.5, 2, -1, 3};
  matrix<double, 1, 50> at_T{};
  for (int t = 0; t < 50; ++t)
    at_T(0, t) = 0.1 * t;
  const auto [first, along, second] = slopes(q = 0.7, Y = at_Y, T = at_T);
  double expected = 0;
  for (int t = 0; t < 50; ++t) {
    double value = 0.7;
    for (int i = 0; i < 4; ++i)
      value = value * at_Y(0, i) + std::sin(at_T(0, t));
    expected += 2 * value * -3;
  }
  CHECK(std::abs(first - expected) < 1e-13 * std::abs(expected));
  CHECK(std::abs(along - 2 * expected) < 1e-13 * std::abs(expected));
  CHECK(std::abs(second - 50 * 2 * 9) < 1e-11);
}

TEST_CASE("labels as columns") {
  constexpr variable<"label"> label;
  constexpr variable<"labels", 1, 4> labels;
  constexpr variable<"W3", 2, 3> W;
  const auto word = compile(W * one_hot<3>(label));
  const auto column = word(W = matrix<double, 2, 3>{1, 2, 3, 4, 5, 6}, label = 2.0);
  CHECK((column(0, 0) == 3 && column(1, 0) == 6));
  const auto all = compile(one_hot<3>(labels))(labels = matrix<double, 1, 4>{0, 2, -1, NAN});
  const double expected[]{1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};
  for (int i = 0; i < 12; ++i)
    CHECK(all.data()[i] == expected[i]);
  CHECK(compile(partial(sum(W * one_hot<3>(label)), label))(
            W = matrix<double, 2, 3>{1, 2, 3, 4, 5, 6}, label = 1.0) == 0);
  // the nearest, and of two none
  const auto nearest = [&](double at, int row) {
    const auto found = compile(one_hot<3>(label))(label = at);
    for (int i = 0; i < 3; ++i)
      CHECK(found(i, 0) == (i == row ? 1 : 0));
  };
  nearest(-0.5, -1), nearest(-0.25, 0), nearest(0.5, -1), nearest(0.49999999999999994, 0);
  static_assert(compile(one_hot<3>(3_c))() == matrix<double, 3>{} &&
                compile(one_hot<1>(0_c))() == 1);
  static_assert(cost(compile(one_hot<1>(0_c) * label)).operations == 0);
  nearest(0.75, 1), nearest(1.5, -1), nearest(2.25, 2), nearest(2.5, -1), nearest(1e300, -1);
  CHECK(gradient_is_right(sum(W * one_hot<3>(label)) * label,
                          at(label = 1.75, W = matrix<double, 2, 3>{1, 2, 3, 4, 5, 6})));
  static_assert(compile(one_hot<2>(label))(label = 1.0f) == matrix<float, 2>{0, 1});
}
