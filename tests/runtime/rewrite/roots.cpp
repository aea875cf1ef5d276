// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Roots of sums of squares and squares of roots at 0, where an infinite slope meets one that is 0:
// limits by hand.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"p"> p;
constexpr variable<"u", 3> u;
constexpr variable<"v", 3> v;
constexpr variable<"A", 3, 2> A;
using column = matrix<double, 3>;

constexpr column zero{}, point{2, 2, 2};

bool is_none(double x) { return !std::isfinite(x); }

} // namespace

TEST_CASE("distances have the slope 0 at 0, in any spelling") {
  const auto slopes = [](auto f) { return compile(gradient(f, a, b))(a = 0.0, b = 0.0); };
  const auto check = [&](auto f) {
    const auto by = slopes(f);
    CHECK((by[a] == 0 && by[b] == 0));
    const auto second = compile(hessian(f, a, b))(a = 0.0, b = 0.0);
    for (const double each : second)
      CHECK(is_none(each));
    const auto beside = compile(gradient(f, a, b))(a = 3.0, b = 4.0);
    CHECK((beside[a] > 0 && beside[b] > 0));
  };
  check(sqrt(a * a + b * b));
  check(sqrt(square(a) + 3_c * square(b)));
  check(sqrt(pow(a, 2_c) + b * b / 2_c));
  check(pow(a * a + b * b, 0.5_c));
  const auto check_vector = [](auto f) {
    CHECK(compile(partial(f, v))(u = point, v = point) == zero);
  };
  check_vector(sqrt(squared_norm(u - v)));
  check_vector(sqrt(sum(square(u - v))));
  check_vector(sqrt(mean(squared_error(u, v))));
  check_vector(sum(sqrt(square(u - v) + square(v - u))));
  const auto check_spread = [](auto f) { CHECK(compile(partial(f, v))(v = point) == zero); };
  check_spread(sqrt(mean(square(v - mean(v)))));
  check_spread(sqrt(sum(square(v - mean(v))) / 2_c));
  CHECK(compile(partial(sqrt(dot(v, v)), v))(v = zero) == zero);
  CHECK(compile(partial(sqrt(transpose(v) * v), v))(v = zero) == zero);
  CHECK(compile(partial(sum(sqrt(column_sums(square(A)))), A))(
            A = matrix<double, 3, 2>{0, 0, 0, 4, 0, 0}) == matrix<double, 3, 2>{0, 0, 0, 1, 0, 0});
  CHECK(compile(partial(sqrt(a * a + b * b), a))(a = 0.0f, b = 0.0f) == 0);
  constexpr double beside = compile(partial(sqrt(a * a + b * b), a))(a = 3.0, b = 4.0);
  static_assert(beside > 0.6 - 1e-15 && beside < 0.6 + 1e-15);
}

TEST_CASE("squares of roots are smooth at 0") {
  constexpr matrix<double, 3, 3> twice{2, 0, 0, 0, 2, 0, 0, 0, 2};
  CHECK(compile(hessian(square(norm(v)), v))(v = zero) == twice);
  CHECK(compile(hessian(norm(v) * norm(v), v))(v = zero) == twice);
  CHECK(compile(hessian(pow(norm(v), 2_c), v))(v = zero) == twice);
  CHECK(compile(hessian(square(sqrt(squared_norm(v))), v))(v = zero) == twice);
  CHECK(compile(hessian(pow(norm(v), 4_c), v))(v = zero) == matrix<double, 3, 3>{});
  const auto laplacian = [](auto f) {
    return compile(partial(partial(f, a), a) + partial(partial(f, b), b))(a = 0.0, b = 0.0);
  };
  CHECK(laplacian(exp(-square(hypot(a, b)))) == -4);
  CHECK(laplacian(exp(-hypot(a, b) * hypot(a, b))) == -4);
  CHECK(laplacian(exp(-square(sqrt(a * a + b * b)))) == -4);
  CHECK(laplacian(exp(-pow(hypot(a, b), 2_c))) == -4);
  CHECK(laplacian(square(square(hypot(a, b)))) == 0);
}

// Of degree 3 and above in the distance: second derivatives are 0 at the origin. Beside it at
// (3, 4) for hypot(x, y)^3: (x^2 + r^2) 3 / r and 3 x y / r.
TEST_CASE("squares beside roots have second derivatives at 0") {
  constexpr matrix<double, 3, 3> none{};
  const auto check_vector = [&](auto f) {
    const auto [slope, second] = compile(partial(f, v), hessian(f, v))(v = zero);
    CHECK(slope == zero);
    CHECK(second == none);
  };
  check_vector(norm(v) * squared_norm(v));
  check_vector(norm(v) * norm(v) * norm(v));
  check_vector(2_c * dot(v, v) * norm(v) / 3_c);
  check_vector(pow(norm(v), 3_c));
  check_vector(pow(norm(v), 5_c));
  check_vector(pow(squared_norm(v), 1.5_c));
  check_vector(sqrt(squared_norm(v)) * square(element_of<1, 0>(v)));
  const auto check = [](auto f) {
    const auto [value, second] = compile(f, hessian(f, a, b))(a = 0.0, b = 0.0);
    CHECK(value == 0);
    CHECK(second == matrix<double, 2, 2>{});
  };
  check(hypot(a, b) * square(a));
  check(square(a) * hypot(a, b) * b);
  check(b * hypot(a, b) * square(a));
  check(hypot(a, b) * a * a);
  check(hypot(a, b) * pow(a, 3_c));
  check(hypot(a, b) * square(hypot(a, b)));
  check(sin(hypot(a, b)) * (a * a + b * b));
  check(sqrt(a * a + b * b) * (square(a) + square(b)));
  constexpr auto cube = hypot(a, b) * (square(a) + square(b));
  const auto at_four = compile(hessian(cube, a, b))(a = 3.0, b = 4.0);
  CHECK(std::abs(at_four(0, 0) - 20.4) < 1e-14);
  CHECK(std::abs(at_four(0, 1) - 7.2) < 1e-14);
  CHECK(std::abs(at_four(1, 1) - 24.6) < 1e-14);
  for (const double each : compile(hessian(hypot(a, b) * a, a, b))(a = 0.0, b = 0.0))
    CHECK(is_none(each));
  CHECK(compile(hessian(cube, a, b))(a = 0.0f, b = 0.0f) == matrix<float, 2, 2>{});
}

TEST_CASE("a second derivative that does not exist is no 0") {
  for (const double each : compile(hessian(norm(v), v))(v = zero))
    CHECK(is_none(each));
  for (const double each : compile(hessian(hypot(a, b), a, b))(a = 0.0, b = 0.0))
    CHECK(is_none(each));
  for (const double each : compile(hessian(atan2(a, b), a, b))(a = 0.0, b = 0.0))
    CHECK(is_none(each));
  constexpr auto entropy = xlogy(a, b);
  CHECK(is_none(compile(partial(partial(entropy, a), b))(a = 0.0, b = 0.0)));
  CHECK(is_none(compile(partial(partial(entropy, b), a))(a = 0.0, b = 0.0)));
  CHECK(compile(partial(partial(entropy, a), b))(a = 0.0, b = 2.0) == 0.5);
  CHECK(compile(partial(partial(entropy, b), a))(a = 0.0, b = 2.0) == 0.5);
}

// x^p at x = 0: the limits of p x^(p - 1), x^p log x and their derivatives.
TEST_CASE("powers at 0, in any order of differentiation") {
  constexpr auto f = pow(a, p);
  constexpr auto aa = partial(partial(f, a), a);
  constexpr auto ap = partial(partial(f, a), p);
  constexpr auto pa = partial(partial(f, p), a);
  constexpr auto pp = partial(partial(f, p), p);
  const auto at = [=](double exponent) {
    return compile(partial(f, a), partial(f, p), aa, ap, pa, pp, partial(aa, a),
                   partial(ap, p))(a = 0.0, p = exponent);
  };
  using eight = std::array<double, 8>;
  const auto values = [&](double exponent) {
    const auto [i, j, k, l, m, n, o, q] = at(exponent);
    return eight{i, j, k, l, m, n, o, q};
  };
  CHECK(values(4) == eight{});
  CHECK(values(3) == eight{0, 0, 0, 0, 0, 0, 6, 0});
  const auto [by_a, by_p, second, mixed, other, by_p_twice, third, by_p_last] = at(2.0);
  CHECK((by_a == 0 && by_p == 0 && second == 2 && mixed == 0 && other == 0 && by_p_twice == 0));
  CHECK((third == 0 && by_p_last == 0));
  const eight of_line = values(1);
  CHECK((of_line[0] == 1 && of_line[1] == 0 && of_line[2] == 0 && of_line[5] == 0));
  CHECK((is_none(of_line[3]) && is_none(of_line[4])));
  const eight constant = values(0);
  CHECK((constant[0] == 0 && constant[1] == 0));
  CHECK((is_none(constant[3]) && is_none(constant[4])));
  CHECK(compile(partial(f, a))(a = 1e-310, p = 0.0) == 0);
}

TEST_CASE("roots and logarithms of what they are multiplied with or undone by") {
  const auto check = [](auto f, double first, double second) {
    const auto [by_a, twice] = compile(partial(f, a), partial(partial(f, a), a))(a = 0.0);
    CHECK(by_a == first);
    CHECK(twice == second);
    CHECK(std::isnan(compile(f)(a = -1.0)));
    CHECK(std::isnan(compile(f)(a = std::numeric_limits<double>::quiet_NaN())));
  };
  constexpr double inf = std::numeric_limits<double>::infinity();
  check(square(sqrt(a)), 1, 0);
  check(sqrt(a) * sqrt(a), 1, 0);
  check(pow(sqrt(a), 2_c), 1, 0);
  check(exp(log(a)), 1, 0);
  check(square(pow(a, 0.5_c)), 1, 0);
  check(square(pow(a, 1.5_c)), 0, 0);
  check(exp(2_c * log(a)), 0, 2);
  check(exp(1.5_c * log(a)), 0, inf);
  check(exp2(log2(a)), 1, 0);
  check(a * sqrt(a), 0, inf);
  check(sqrt(a) * a, 0, inf);
  CHECK(compile(exp(log(a)))(a = 3.0) == 3);
  CHECK(std::abs(compile(exp2(log(a)))(a = 3.0) - std::exp2(std::log(3.0))) < 1e-15);
  CHECK(std::abs(compile(exp2(2_c * log(a)))(a = 3.0) - std::exp2(2 * std::log(3.0))) < 1e-14);
  CHECK(std::abs(compile(exp(log2(a)))(a = 3.0) - std::exp(std::log2(3.0))) < 1e-14);
  CHECK(compile(partial(exp(log(a) + log(b)), a))(a = 0.0, b = 2.0) == 2);
  CHECK(std::isnan(compile(exp(log(a) + log(b)))(a = -1.0, b = -2.0)));
  CHECK(compile(partial(a * sqrt(a), a))(a = 4.0) == 3);
  CHECK(compile(a * sqrt(a))(a = 4.0) == 8);
}

TEST_CASE("roots of products and of even powers have the slope 0 where they are 0") {
  const auto check = [](auto f, double second_argument) {
    const auto by = compile(gradient(f, a, b))(a = 0.0, b = second_argument);
    CHECK((by[a] == 0 && by[b] == 0));
  };
  check(sqrt(pow(a, 4_c) + pow(b, 4_c)), 0);
  check(sqrt(a * a * b * b), 0);
  check(sqrt(a * a * b * b), 2);
  check(sqrt(square(a) * square(b) + square(a)), 2);
  check(pow(a * a + b * b, 0.75_c), 0);
  check(pow(square(a) + 2_c * square(b), 1.25_c), 0);
  const auto beside = compile(gradient(pow(a * a + b * b, 0.75_c), a, b))(a = 3.0, b = 4.0);
  CHECK(std::abs(beside[a] - 4.5 / std::sqrt(5.0)) < 1e-15); // 1.5 r^(1/2) x / r
  CHECK(compile(partial(pow(cbrt(a), 3_c), a))(a = 0.0) == 1);
  CHECK(compile(pow(cbrt(a), 6_c))(a = -3.0) == 9);
  CHECK(compile(partial(pow(a, -2.5_c), a))(a = 4.0) == -2.5 / 128);
}

// The second derivatives of r^2.
TEST_CASE("choices between 0 and what is never negative are no kinks") {
  constexpr matrix<double, 3, 3> twice{2, 0, 0, 0, 2, 0, 0, 0, 2};
  const auto check_vector = [&](auto f) {
    CHECK(compile(hessian(f, v))(v = zero) == twice);
    CHECK(compile(partial(f, v))(v = point) == column{4, 4, 4});
  };
  const auto r = norm(v);
  check_vector(square(max(r, 0_c)));
  check_vector(square(max(0_c, r)));
  check_vector(square(relu(r)));
  check_vector(square(abs(r)));
  check_vector(r * max(r, 0_c));
  check_vector(max(r, 0_c) * relu(r));
  check_vector(relu(squared_norm(v)));
  check_vector(max(0_c, sum(square(v))));
  check_vector(3_c * max(squared_norm(v) / 3_c, 0_c));
  check_vector(square(max(sqrt(squared_norm(v)), 0_c)));
  const auto check = [](auto f) {
    CHECK(compile(hessian(f, a, b))(a = 0.0, b = 0.0) == matrix<double, 2, 2>{2, 0, 0, 2});
  };
  const auto h = hypot(a, b);
  check(square(max(h, 0_c)));
  check(square(max(0_c, h)));
  check(square(relu(h)));
  check(relu(h) * abs(h));
  check(relu(square(a) + relu(square(b))));
  check(max(0_c, a * a + b * b));
  check(abs(square(a) + square(b) + exp(a)) - exp(a));
  CHECK(compile(partial(relu(square(a)), a))(a = 3.0) == 6);
  CHECK(compile(partial(partial(abs(square(a)), a), a))(a = 0.0) == 2);
  // what is not known is no 0
  for (const double each : compile(hessian(square(max(r, element_of<0, 0>(v))), v))(v = zero))
    CHECK((is_none(each) || each == 2));
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(compile(max(sqrt(a), 0_c))(a = -1.0)));
  CHECK(compile(max(0_c, sqrt(a)))(a = -1.0) == 0);
  CHECK(std::isnan(compile(relu(square(a)))(a = nan)));
}

// By hand: r f(r) is f'(0) r^2 at 0.
TEST_CASE("roots beside functions of themselves and below other roots") {
  constexpr matrix<double, 3, 3> twice{2, 0, 0, 0, 2, 0, 0, 0, 2}, once{1, 0, 0, 0, 1, 0, 0, 0, 1};
  const auto check = [](auto f, const matrix<double, 3, 3> &curvature) {
    const auto [by, second] = compile(partial(f, v), hessian(f, v))(v = zero);
    INFO(to_string(f));
    CHECK((by == zero && second == curvature));
    CHECK(compile(partial(f, v))(v = matrix<float, 3>{}) == matrix<float, 3>{});
  };
  const auto r = norm(v);
  check(square(min(r, 1_c)), twice);
  check(square(clamp(r, 0_c, 1_c)), twice);
  check(r * sin(r), twice);
  check(tanh(r) * r, twice);
  check(r * atan(r), twice);
  check(r * expm1(r), twice);
  check(log1p(r) * r, twice);
  check(sinh(0.5_c * r) * r, once);
  check(hypot(r, 1_c), once);
  check(hypot(2_c, hypot(r, r)), once);
  check(log_cosh(r), once);
  for (const double at : {0.5, -0.5}) {
    const auto [sine, soft] = compile(partial(abs(a) * sin(abs(a)), a),
                                      partial(hypot(hypot(a, 2_c * a), 1_c), a))(a = at);
    CHECK(std::abs(sine - (std::sin(at) + at * std::cos(at))) < 4e-16);
    CHECK(std::abs(soft - 5 * at / std::sqrt(1 + 5 * at * at)) < 4e-16);
  }
  const auto even = compile(partial(partial(abs(a) * sin(abs(a)), a), a),
                            partial(partial(log_cosh(abs(a)), a), a),
                            partial(partial(relu(log_cosh(a)), a), a))(a = 0.0);
  CHECK((std::get<0>(even) == 2 && std::get<1>(even) == 1 && std::get<2>(even) == 1));
}

// With odd f and g, f(|x|) g(|x|) is f(x) g(x): by hand from the series at 0, and beside it.
TEST_CASE("products and even functions of odd functions of |x| are smooth at 0") {
  const auto check = [](auto f, double curvature) {
    const auto [slope, second] = compile(partial(f, a), partial(partial(f, a), a))(a = 0.0);
    INFO(to_string(f));
    CHECK(slope == 0);
    CHECK(std::abs(second - curvature) < 1e-15);
  };
  const auto r = abs(a);
  check(square(sin(r)), 2);
  check(square(tanh(2_c * r)), 8);
  check(square(atan(r) / 2_c), 0.5);
  check(square(asin(-r)), 2);
  check(square(erf(r)), 8 / 3.14159265358979323846);
  check(square(softsign(sinh(r))), 2);
  check(square(exp(a) * tan(r)), 2);
  check(cos(asinh(r)), -1);
  check(hypot(atanh(r), 2_c), 0.5);
  check(exp(-square(sin(r))), -2);
  check(pow(sin(r), 4_c), 0);
  check(sin(r) * tanh(r), 2);
  check(sin(r) * sin(3_c * r), 6);
  check(r * erf(r), 4 / std::sqrt(3.14159265358979323846));
  check((atan(r) / (1_c + exp(a))) * sinh(r), 1);
  check(square(cos(r) - 1_c), 0);
  // the sign of one |x| is not that of another: |a b| has a kink
  CHECK(compile(sin(r) * sin(abs(b)))(a = -1.0, b = 1.0) > 0);
  CHECK(compile(sin(r) * (abs(b) * sin(r)))(a = -1.0, b = -1.0) > 0);
  CHECK(compile(partial(pow(sin(r), 3_c), a))(a = -0.5) < 0);
  constexpr auto f = pow(sin(r), 4_c) + sin(r) * tan(r);
  const auto at = [](double x) { // of sin^4 and of sin tan = 1 / cos - cos
    return 4 * std::pow(std::sin(x), 3) * std::cos(x) + std::sin(x) / std::pow(std::cos(x), 2) +
           std::sin(x);
  };
  for (const double x : {-4.0, -0.5, 0.5, 4.0})
    CHECK(std::abs(compile(partial(f, a))(a = x) - at(x)) < 1e-14);
  static_assert(square(sin(abs(a))) == square(sin(a)) && !(sin(abs(a)) == sin(a)));
}

// (g(|x|))'' is g''(|x|), by hand; at 0, where g'(0) is not 0, the limit from both sides.
TEST_CASE("second derivatives of functions of |x| are those of the function, also at 0") {
  const auto check = [](auto f, double curvature) {
    const auto [slope, second] =
        compile(partial(f, a) + b, partial(partial(f, a), a) + b)(a = 0.0, b = 0.5);
    INFO(to_string(f));
    CHECK(slope == 0.5);
    CHECK(std::abs(second - 0.5 - curvature) < 4e-15 * (1 + std::abs(curvature)));
  };
  constexpr auto r = abs(a);
  check(square(expm1(r)), 2);
  check(square(sin(r) + r), 8);
  check(square(silu(r)), 0.5);
  check(log(1_c + square(sinh(r))), 2);
  check(square(r + abs(2_c * a)), 18);
  check(square(abs(-a / 4_c) - abs(3_c * a)), 2 * 2.75 * 2.75);
  check(square(r + abs(b * a)), 4.5);
  check(square(abs(sin(a)) + abs(b * sin(a))), 4.5);
  check(cos(abs(b * a) - abs(a / b)), -2.25);
  check(cos(erf(square(r) + r)), -4 / 3.14159265358979323846);
  check(relu(1_c - r) * r, -2);
  check(select(b > 0_c, square(log1p(r)), a), 2);
  check(exp(r), 1);
  check(r * square(r), 0);
  const auto third = compile(partial(partial(partial(square(expm1(r)), a), a), a));
  for (const double x : {-0.5, 0.5}) { // of e^2|x| - 2 e^|x| + 1
    const double expected = 8 * std::exp(1.0) - 2 * std::exp(0.5);
    CHECK(std::abs(third(a = x) - (x < 0 ? -expected : expected)) < 1e-13);
  }
  // element by element: by a direction, in a matrix of derivatives, of what a product of matrices
  // is
  constexpr variable<"W", 2, 3> W;
  constexpr auto columns = squared_norm(expm1(abs(v)));
  const auto [along, matrix] =
      compile(hessian_times(columns, v, v) + 2_c * v, hessian(columns, v))(v = {0.0, 0.0, 0.0});
  CHECK((along(0) == 0 && matrix(0, 0) == 2 && matrix(1, 1) == 2 && matrix(0, 1) == 0));
  const auto in_product = compile(hessian(sum(square(abs(W * v) + square(W * v))), W))(
      W = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0}, v = {1.0, 0.0, -2.0});
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) { // 2 v v^T for each row
      const double of_v[]{1, 0, -2};
      CHECK(in_product(i, j) == (i / 3 == j / 3 ? 2 * of_v[i % 3] * of_v[j % 3] : 0));
    }
  // a sign as a user's factor is 0 where its argument is
  CHECK(compile(partial(sign(a) * sign(a) * b, b) + a)(a = 0.0) == 0);
  CHECK(compile(partial(square(sign(a)) * abs(b), b) + 0.5_c * a)(a = 0.0, b = 2.0) == 0);
}

// As norm has it; second derivatives are infinite.
TEST_CASE("roots of sizes and of what grows as a square have the slope 0 at 0") {
  const auto check = [](auto f) {
    const auto [value, slope, second] =
        compile(f, partial(f, a), partial(partial(f, a), a))(a = 0.0);
    INFO(to_string(f));
    CHECK((value == 0 && slope == 0));
    CHECK(is_none(second));
    CHECK(compile(partial(f, a))(a = 0.0f) == 0);
  };
  check(sqrt(abs(a)));
  check(pow(abs(a), 0.5_c));
  check(pow(abs(a), 0.7_c));
  check(pow(abs(a), 0.2_c));
  check(sqrt(sqrt(abs(a))));
  check(sqrt(abs(sin(a))));
  check(sqrt(hypot(a, 2_c * a)));
  check(sqrt(log_cosh(a)));
  check(sqrt(cosh(a) - 1_c));
  check(sqrt(1_c - cos(a)));
  check(sqrt(1_c - exp(-a * a)));
  check(sqrt(log1p(square(a))));
  CHECK(compile(partial(sqrt(norm(v)), v))(v = zero) == zero);
  CHECK(is_none(compile(partial(partial(pow(abs(a), 1.5_c), a), a))(a = 0.0)));
  CHECK(compile(partial(sqrt(abs(a)), a))(a = -4.0) == -0.25);
  CHECK(std::abs(compile(partial(pow(abs(a), 0.7_c), a))(a = -1.0) + 0.7) < 4e-16);
}

TEST_CASE("squares of what is put together are those of its parts") {
  const auto check = [](auto f, double second_derivative) {
    const auto [slope, second] = compile(partial(f, a), partial(partial(f, a), a))(a = 0.0);
    CHECK(slope == 1);
    CHECK(second == second_derivative);
  };
  check(squared_norm(stack(sqrt(a), a)), 2);
  check(sum(square(stack(a, sqrt(a)))), 2);
  check(squared_norm(transpose(stack(sqrt(a), pow(a, 1.5_c)))), 0);
}

// Of sum(p^c), p = softmax(z), the slope by logit i is c (p_i^c - p_i sum(p^c)); a class that
// cannot be taken has none.
TEST_CASE("roots of softmax have slopes where an element is 0") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  const double high = 1 / (1 + std::exp(-1.0)), low = 1 / (1 + std::exp(1.0));
  const auto check = [&](auto f, double c) {
    INFO(to_string(f));
    const auto [value, slope, second] =
        compile(f, partial(f, v), hessian(f, v))(v = column{-inf, 1, 2});
    const double sum = std::pow(high, c) + std::pow(low, c);
    CHECK(std::abs(value - sum) < 1e-15);
    CHECK(slope(0, 0) == 0);
    CHECK(std::abs(slope(1, 0) - c * (std::pow(low, c) - low * sum)) < 1e-15);
    CHECK(std::abs(slope(2, 0) - c * (std::pow(high, c) - high * sum)) < 1e-15);
    for (const double each : second)
      CHECK(std::isfinite(each));
    for (const double each : compile(partial(f, v))(v = column{800, 0, -800}))
      CHECK(std::abs(each) < 1e-80);
  };
  check(sum(sqrt(softmax(v))), 0.5);
  check(sum(pow(softmax(v), 0.25_c)), 0.25);
  CHECK(compile(partial(sum(sqrt(elementwise_product(softmax(v), u))), v))(
            v = column{-inf, 0, 0}, u = column{1, 4, 4}) == zero);
}

// Of r^q, q > 2, second derivatives at the origin are 0; elsewhere values of mpmath.
TEST_CASE("powers of a sum of squares that are no whole numbers") {
  const auto check = [](auto f, std::array<double, 3> values) {
    const auto derivatives = compile(f, partial(f, a), partial(partial(f, a), a));
    const auto [at_0, slope_at_0, second_at_0] = derivatives(a = 0.0, b = 0.0);
    INFO(to_string(f));
    CHECK(at_0 == 0);
    CHECK(slope_at_0 == 0);
    CHECK(second_at_0 == 0);
    const auto [value, slope, second] = derivatives(a = -0.3, b = 0.3);
    CHECK(std::abs(value / values[0] - 1) < 1e-14);
    CHECK(std::abs(slope / values[1] - 1) < 1e-14);
    CHECK(std::abs(second / values[2] - 1) < 1e-14);
  };
  check(pow(a * a + b * b, 1.3_c),
        {0.10761040270431166928, -0.4663117450520172508, 2.0206842285587414949});
  check(pow(a * a + b * b, 2.3_c),
        {0.019369872486776099036, -0.14850235573195009811, 1.138518060611617461});
  check(pow(a * a + b * b, 100.3_c),
        {2.0129466366319466824e-75, -6.7299515884728086573e-73, 2.2500471477460757777e-70});
  check(pow(a * a + b * b, 5.75_c),
        {0.000052217599667029564787, -0.0010008373269514000288, 0.019182715433235167928});
}

// A root of a root of a root would do, too, 34 of them.
TEST_CASE("small powers of |a| and of a norm have the slope 0 at 0") {
  const auto check = [](auto f, double at, double value, double slope) {
    const auto [got, got_slope] = compile(f, partial(f, a))(a = at, b = 0.0);
    INFO(to_string(f));
    CHECK(std::abs(got - value) <= 1e-15 * value);
    CHECK(std::abs(got_slope - slope) <= 1e-14 * std::abs(slope));
  };
  const auto root = pow(a * a + b * b, 0.1_c);
  check(root, 0, 0, 0);
  check(root, 1, 1, 0.2);
  const auto small = pow(abs(a), 0.0000000001_c) + 0_c * b;
  check(small, 0, 0, 0);
  check(small, 1, 1, 1e-10);
}
