// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Complex scalars: the step into the imaginary direction (Squire, Trapp 1998) through formulas of
// every kind is their derivative; rules of the real line are not applied.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <cmath>
#include <complex>
#include <numbers>

using namespace chainrule;

namespace {

using complex = std::complex<double>;
constexpr variable<"x"> x;
constexpr variable<"v", 3> v;

bool is_close(double value, double expected, double bound = 1e-13) {
  return std::fabs(value - expected) <= bound * (1e-9 + std::fabs(expected));
}
bool is_close(const complex &value, const complex &expected) {
  return std::abs(value - expected) <= 1e-14 * (1 + std::abs(expected));
}

/// f(x + i h) = f(x) + i h f'(x), with f and f' of real numbers.
template <class Formula>
void check_step(Formula f, std::initializer_list<double> points) {
  INFO(to_string(f));
  constexpr double h = 1e-40;
  for (const double at : points) {
    INFO(at);
    const auto [value, slope] = compile(f, partial(f, x))(x = at);
    const complex ahead = compile(f)(x = complex(at, h));
    CHECK(is_close(ahead.real(), value));
    CHECK(is_close(ahead.imag() / h, slope));
  }
}

/// The same along a direction of a column.
template <class Formula>
void check_step_of_column(Formula f) {
  INFO(to_string(f));
  constexpr double h = 1e-40;
  const matrix<double, 3> at{0.3, -1.2, 2.1}, along{1, -0.5, 0.25};
  matrix<complex, 3> ahead{};
  for (int i = 0; i < 3; ++i)
    ahead(i, 0) = complex(at(i, 0), h * along(i, 0));
  const auto [value, slope] = compile(f, partial(f, v))(v = at);
  double expected = 0;
  for (int i = 0; i < 3; ++i)
    expected += slope(i, 0) * along(i, 0);
  const complex result = compile(f)(v = ahead);
  CHECK(is_close(result.real(), value));
  CHECK(is_close(result.imag() / h, expected));
}

} // namespace

TEST_CASE("a complex step is the derivative of every analytic formula") {
  const auto positive = {1e-3, 0.4, 1.0, 3.5, 20.0};
  const auto all = {-20.0, -3.5, -1.0, -0.4, -1e-3, 1e-3, 0.4, 1.0, 3.5, 20.0};
  const auto probabilities = {1e-3, 0.3, 0.45, 0.6, 0.999};
  check_step(sqrt(square(x)), all);
  check_step(sqrt(square(x) + 1_c), all);
  check_step(log(exp(x)), {-1.0, 0.5, 3.0});
  check_step(log(square(x)), all);
  check_step(log(x * exp(x)), positive);
  check_step(log(exp(x) - 1_c), positive);
  check_step(log(1_c + x), positive);
  check_step(log(1_c - exp(-x)), positive);
  check_step(log(exp(x) + exp(2_c * x)), all);
  check_step(log(sigmoid(x)), all);
  check_step(log(cosh(x)), {-20.0, -3.5, -0.4, 1.0, 20.0});
  check_step(log2(1_c + exp(x)), all);
  check_step(log10(x) + log2(x) + exp2(x), positive);
  check_step(log1p(x) + expm1(x), positive);
  check_step(cbrt(x), all);
  check_step(logit(x), probabilities);
  check_step(logit(sigmoid(x)), {-1.0, 0.5, 3.0});
  check_step(asin(x) + acos(x) * x + atanh(x), probabilities);
  check_step(atan(x) + asinh(x) + sinh(x / 10_c), all);
  check_step(acosh(1_c + x), positive);
  check_step(tan(x / 20_c) * cosh(x / 10_c), all);
  check_step(pow(x, 1.7_c) + pow(x, x / 7_c) + pow(x, -3_c), positive);
  check_step(xlogy(x, x) + xlogy(2_c, x), positive);
  check_step(softplus(x) + silu(x) + tanh(x) + mish(x), all);
  check_step(gelu_tanh(x), all);
  check_step(logaddexp(x, 2_c) + logaddexp(1_c, -x), all);
  check_step(log1mexp(-x), positive);
  check_step(hypot(x, 3_c), all);
  check_step(binary_cross_entropy(sigmoid(x), 0.3_c), {-20.0, -1.0, 0.5, 20.0});
  check_step(binary_cross_entropy(x, 0.7_c), probabilities);
  check_step(reciprocal(1_c + exp(-x)) + exp(x) / (1_c + exp(x)), all);
  check_step(relu(x) * x, all);
  check_step(sigmoid(-x) * (1_c - sigmoid(x)), all);
  check_step(normal_density(x) * x, {-3.5, -1.0, -0.4, 1e-3, 0.4, 1.0, 3.5});
  check_step(atan2(x, 0.5_c) + atan2(-2_c, x), {-20.0, -3.5, -1.0, -0.4, -1e-3, 0.4, 3.5});
  check_step(asin(tanh(x)) + acos(tanh(x)) * x, {-3.5, -0.4, 0.4, 1.0});
  check_step(select(x > 1_c && x < 4_c, square(x), x - 3_c) * elu(x), all);
  check_step_of_column(norm(v) + squared_norm(v));
  check_step_of_column(sum(softmax(v) * 3_c) + element_of<1, 0>(softmax(v)));
  check_step_of_column(sum(logsumexp(v)) + element_of<0, 0>(log_softmax(v)));
  check_step_of_column(log(sum(exp(v))) + log(element_of<2, 0>(softmax(v))));
  check_step_of_column(sum(kullback_leibler(softmax(v), softmax(2_c * v))));
  check_step_of_column(mean(tanh(v * transpose(v) * v)));
}

TEST_CASE("complex values beyond the real line are those of the formula") {
  for (const complex at : {complex(1, 1), complex(-2, 4), complex(0.5, -5), complex(-0.3, 2)}) {
    INFO(at.real() << " + " << at.imag() << " i");
    CHECK(is_close(compile(sqrt(square(x)))(x = at), std::sqrt(at * at)));
    CHECK(is_close(compile(log(exp(x)))(x = at), std::log(std::exp(at))));
    CHECK(is_close(compile(logit(sigmoid(x)))(x = at), std::log(std::exp(at))));
    CHECK(is_close(compile(square(abs(x)))(x = at), std::norm(at)));
    CHECK(is_close(compile(cosh(abs(x)))(x = at), std::cosh(std::abs(at))));
    CHECK(is_close(compile(log(x * x * exp(x)))(x = at), std::log(at * at * std::exp(at))));
    CHECK(is_close(compile(log(square(x)))(x = at), std::log(at * at)));
    CHECK(is_close(compile(log2(exp(x)))(x = at), std::log(std::exp(at)) / std::numbers::ln2));
    CHECK(is_close(compile(softplus(-x) + x)(x = at), std::log(1.0 + std::exp(-at)) + at));
    CHECK(is_close(compile(partial(sqrt(square(x)), x))(x = at), at / std::sqrt(at * at)));
    CHECK(is_close(compile(1_c - sigmoid(x))(x = at), 1.0 / (1.0 + std::exp(at))));
    CHECK(is_close(compile(asin(tanh(x)))(x = at), std::asin(std::tanh(at))));
    CHECK(is_close(compile(log(exp(x) + exp(2_c * x)))(x = at),
                   std::log(std::exp(at) + std::exp(2.0 * at))));
    const complex density = std::exp(-at * at / 2.0) / std::sqrt(2 * std::numbers::pi);
    CHECK(is_close(compile(normal_density(x))(x = at), density));
    CHECK(is_close(compile(partial(normal_density(x), x))(x = at), -at * density));
    const complex root = std::sqrt(at * at + 9.0);
    CHECK(is_close(compile(partial(hypot(x, 3_c), x))(x = at), at / root));
    CHECK(is_close(compile(partial(atan2(x, 3_c), x))(x = at), 3.0 / (root * root)));
  }
  // a root of squares that is i by 2
  CHECK(is_close(compile(partial(square(hypot(x, 3_c)), x))(x = complex(0, 5)), complex(0, 10)));
  CHECK(is_close(compile(sigmoid(-x))(x = complex(-800, 1)), 1));
}

TEST_CASE("slopes of columns at complex numbers are those of the formula") {
  const matrix<complex, 3> at{complex(0, 2), complex(-1, 0.5), complex(-2, -1)};
  complex sum = 0;
  for (const complex &each : at)
    sum += std::exp(each);
  const auto [of_sum, of_logs, of_softmax] = compile(
      partial(chainrule::sum(logsumexp(v)), v), partial(element_of<0, 0>(log_softmax(v)), v),
      partial(element_of<0, 0>(softmax(v)), v))(v = at);
  const complex first = std::exp(at(0)) / sum;
  for (int i = 0; i < 3; ++i) {
    const complex share = std::exp(at(i)) / sum, is_first = i == 0 ? 1 : 0;
    CHECK(is_close(of_sum(i), share));
    CHECK(is_close(of_logs(i), is_first - share));
    CHECK(is_close(of_softmax(i), first * (is_first - share)));
  }
  // by hand, and where exp overflows: a softmax does not change with a number added to all
  matrix<complex, 3> higher{};
  for (int i = 0; i < 3; ++i)
    higher(i, 0) = at(i) + 800.0;
  CHECK(is_close(compile(element_of<0, 0>(exp(v) / chainrule::sum(exp(v))))(v = higher), first));
}
