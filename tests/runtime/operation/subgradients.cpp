// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The table of docs/numerics.md: what a derivative is where there is none, or where it is infinite.

#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"v", 3> v;
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// df/dx at a point.
template <class Formula>
double slope(Formula, double at) {
  return compile(partial(Formula{}, x))(x = at);
}

} // namespace

TEST_CASE("slopes at kinks") {
  CHECK(slope(abs(x), 0) == 0);
  CHECK(slope(sign(x), 0) == 0);
  CHECK(slope(relu(x), 0) == 0);
  CHECK(slope(relu(x, 1_c), 0) == 1);
  CHECK(slope(relu(x, 0.5_c), 0) == 0.5);
  CHECK(slope(relu(x, 0.5_c), 2) == 1);
  CHECK(slope(leaky_relu(x, 0.1_c), 0) == 0.1);
  CHECK(slope(elu(x), 0) == 1);
  CHECK(slope(clamp(x, -1_c, 1_c), -1) == 1);
  CHECK(slope(clamp(x, -1_c, 1_c), 1) == 1);
  CHECK(slope(clamp(x, -1_c, 1_c), 1.5) == 0);
  CHECK(slope(hard_tanh(x), 1) == 1);
  CHECK(slope(softsign(x), 0) == 1);
}

TEST_CASE("slopes where two operands are equal") {
  const auto larger = compile(gradient(max(x, y), x, y))(x = 2.0, y = 2.0);
  CHECK(larger[x] == 1);
  CHECK(larger[y] == 0);
  const auto smaller = compile(gradient(min(x, y), x, y))(x = 2.0, y = 2.0);
  CHECK(smaller[x] == 1);
  CHECK(smaller[y] == 0);
  const auto largest = compile(gradient(max(v), v))(v = matrix<double, 3>{4, 1, 4});
  CHECK(largest[v](0) == 0.5);
  CHECK(largest[v](1) == 0);
  CHECK(largest[v](2) == 0.5);
}

TEST_CASE("the largest element of what has a NaN is NaN") {
  CHECK(std::isnan(compile(max(v))(v = matrix<double, 3>{1, not_a_number, 3})));
  CHECK(std::isnan(compile(max(v))(v = matrix<double, 3>{not_a_number, 2, 3})));
  CHECK(std::isnan(compile(max(v))(v = matrix<double, 3>{5, 2, not_a_number})));
}

TEST_CASE("slopes at 0") {
  CHECK(slope(sqrt(x), 0) == inf);
  CHECK(slope(cbrt(x), 0) == inf);
  CHECK(slope(log(x), 0) == inf);
  CHECK(slope(pow(x, 3_c), 0) == 0);
  CHECK(slope(pow(x, 1_c), 0) == 1);
  CHECK(slope(pow(x, 0.5_c), 0) == inf);
  CHECK(slope(pow(x, 0_c), 0) == 0);
  CHECK(slope(hypot(x, 0_c), 0) == 0); // |x|
  const auto length = compile(gradient(hypot(x, y), x, y))(x = 0.0, y = 0.0);
  CHECK(length[x] == 0);
  CHECK(length[y] == 0);
  const auto angle = compile(gradient(atan2(y, x), x, y))(x = 0.0, y = 0.0);
  CHECK(angle[x] == 0);
  CHECK(angle[y] == 0);
  const auto power = compile(gradient(pow(x, y), x, y))(x = 0.0, y = 2.0);
  CHECK(power[x] == 0);
  CHECK(power[y] == 0);
  const auto norms = compile(gradient(norm(v), v))(v = matrix<double, 3>{});
  CHECK(norms[v](0) == 0);
  const auto entropy = compile(gradient(xlogy(x, y), x, y))(x = 0.0, y = 0.0);
  CHECK(entropy[x] == 0);
  CHECK(entropy[y] == 0);
  CHECK(compile(xlogy(x, y))(x = 0.0, y = 0.0) == 0);
  CHECK(slope(xlogy(x, 0.5_c), 0) == std::log(0.5));
}

TEST_CASE("slopes at the ends of a domain") {
  CHECK(slope(asin(x), 1) == inf);
  CHECK(slope(acos(x), -1) == -inf);
  CHECK(slope(acosh(x), 1) == inf);
  CHECK(slope(atanh(x), 1) == inf);
  CHECK(slope(logit(x), 0) == inf);
  CHECK(slope(log1p(x), -1) == inf);
}

TEST_CASE("slopes at infinity and NaN") {
  CHECK(slope(sigmoid(x), inf) == 0);
  CHECK(slope(sigmoid(x), -inf) == 0);
  CHECK(slope(tanh(x), inf) == 0);
  CHECK(slope(softplus(x), inf) == 1);
  CHECK(slope(softplus(x), -inf) == 0);
  CHECK(slope(exp(x), -inf) == 0);
  CHECK(slope(atan(x), inf) == 0);
  CHECK(slope(partial(atan(x), x), -inf) == 0);
  CHECK(slope(partial(softsign(x), x), inf) == 0);
  CHECK(slope(erf(x), -inf) == 0);
  for (const double of_nan :
       {slope(sigmoid(x), not_a_number), slope(exp(x), not_a_number), slope(tanh(x), not_a_number),
        slope(log(x), not_a_number), slope(sin(x), not_a_number), slope(erf(x), not_a_number)})
    CHECK(std::isnan(of_nan));
}

TEST_CASE("what is not taken does no harm") {
  CHECK(slope(select(x > 0_c, sqrt(x), 0_c), 0) == 0);
  CHECK(slope(select(x > 0_c, log(x), x), 0) == 1);
  CHECK(slope(select(x > 0_c, log(x), x), -1) == 1);
  CHECK(slope(select(x > 0_c, 1_c / x, 2_c * x), 0) == 2);
  CHECK(slope(select(abs(x) < 1_c, asin(x), x), 1) == 1);
  const auto norms =
      compile(gradient(select(sum(v) > 0_c, norm(v), 0_c), v))(v = matrix<double, 3>{});
  CHECK(norms[v](2) == 0);
}

namespace {

/// A label or a true probability 0 beside a probability 0: as without that class.
template <class T>
void check_class_out() {
  constexpr variable<"p", 3> p;
  constexpr variable<"q", 3> q;
  constexpr auto entropy = sum(cross_entropy(q, p));
  constexpr auto distance = sum(kullback_leibler(p, q));
  const matrix<T, 3> truth{T(0.75), 0, T(0.25)}, model{T(0.5), 0, T(0.5)};
  const auto [a, by_entropy, b, by_distance, c] =
      compile(entropy, partial(entropy, q), distance, partial(distance, q),
              sum(kullback_leibler(p, softmax(q))))(p = truth, q = model);
  const T tolerance = 4 * std::numeric_limits<T>::epsilon();
  CHECK(std::abs(a - std::log(T(2))) <= tolerance);
  CHECK(std::abs(b - (std::log(T(27)) / 4 - std::log(T(2)))) <= tolerance);
  CHECK(std::isfinite(c));
  for (const auto &slopes : {by_entropy, by_distance})
    CHECK(slopes == matrix<T, 3>{T(-1.5), 0, T(-0.5)});
}

} // namespace

TEST_CASE("a class without label and without probability") {
  check_class_out<double>();
  check_class_out<float>();
  check_class_out<long double>();
  constexpr variable<"p", 2> p;
  constexpr variable<"q", 2> q;
  static_assert(compile(sum(kullback_leibler(p, q)))(p = std::array{0.0, 1.0},
                                                     q = std::array{0.5, 0.5}) > 0.69);
  static_assert(partial(sum(cross_entropy(q, p)), q) == -elementwise_quotient(p, q));
  static_assert(partial(sum(kullback_leibler(p, q)), q) == -elementwise_quotient(p, q));
  static_assert(partial(sum(kullback_leibler(p, q)), p) == log(p) - log(q) + 1_c);
}

TEST_CASE("powers of 0 and to the power of 0") {
  const auto slope = compile(gradient(pow(x, y), x, y));
  const auto at_0_2 = slope(x = 0.0, y = 2.0);
  CHECK((at_0_2[x] == 0 && at_0_2[y] == 0));
  const auto at_0_1 = slope(x = 0.0, y = 1.0);
  CHECK((at_0_1[x] == 1 && at_0_1[y] == 0));
  const auto at_0_0 = slope(x = 0.0, y = 0.0);
  CHECK((at_0_0[x] == 0 && at_0_0[y] == 0));
  const auto at_1_0 = slope(x = 1.0, y = 0.0);
  CHECK((at_1_0[x] == 0 && at_1_0[y] == 0));
}

TEST_CASE("NaN: every function of it is NaN, and a comparison is false") {
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  const auto at = [undefined](auto f) { return compile(f)(x = undefined); };
  const auto slope_at = [undefined](auto f) { return compile(partial(f, x))(x = undefined); };
  CHECK(std::isnan(compile(xlogy(x, y))(x = 0.0, y = undefined)));
  CHECK(std::isnan(compile(partial(xlogy(x, y), x))(x = 0.0, y = undefined)));
  CHECK(std::isnan(compile(partial(xlogy(x, y), y))(x = 0.0, y = undefined)));
  CHECK(compile(xlogy(x, y))(x = 0.0, y = 0.0) == 0);
  CHECK(compile(xlogy(x, y))(x = 0.0, y = std::numeric_limits<double>::infinity()) == 0);
  constexpr variable<"p", 5> p;
  constexpr variable<"t", 5> t;
  const matrix<double, 5> label{0, 1, 0, 0, 0};
  const auto cross = compile(cross_entropy(p, t));
  CHECK(std::isnan(cross(p = matrix<double, 5>{undefined, 1, 1, 1, 1}, t = label)));
  CHECK(cross(p = matrix<double, 5>{0, 1, 1, 1, 0}, t = label) == 0);
  CHECK(at(select(x > 0_c, 1_c, 2_c)) == 2);
  CHECK(at(sign(x)) == 0);
  CHECK(at(max(1_c, x)) == 1);
  CHECK(at(min(1_c, x)) == 1);
  CHECK(std::isnan(at(max(x, 1_c)) + at(min(x, 1_c)) * 0));
  for (const double each :
       {at(abs(x)), at(relu(x)), at(clamp(x, 0_c, 1_c)), at(leaky_relu(x)), at(elu(x)),
        at(huber(x, 0_c, 1_c)), at(hinge(x, 1_c)), at(hypot(x, 1_c)), at(logaddexp(x, 1_c)),
        at(silu(x)), at(atan2(x, 1_c))})
    CHECK(std::isnan(each));
  CHECK(slope_at(relu(x)) == 0);
  CHECK(slope_at(abs(x)) == 0);
  CHECK(slope_at(clamp(x, 0_c, 1_c)) == 1);
  CHECK(slope_at(leaky_relu(x)) == 0.01);
}
