// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Functions of their inverses, and even functions of a root, at the ends of the domain and at the
// origin: limits by hand, and values of mpmath.
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
constexpr variable<"v", 3> v;

bool is_none(double x) { return !std::isfinite(x); }

} // namespace

TEST_CASE("even functions of |x| are smooth where it has a kink") {
  const auto check = [](auto f, double value, double curvature) {
    const auto [got, slope, second] = compile(f, partial(f, a), partial(partial(f, a), a))(a = 0.0);
    INFO(to_string(f));
    CHECK(got == value);
    CHECK(slope == 0);
    CHECK(std::abs(second - curvature) <= 4e-16 * std::abs(curvature));
  };
  check(cos(abs(a)), 1, -1);
  check(log_cosh(abs(a)), 0, 1);
  check(log_cosh(-abs(a)), 0, 1);
  check(hypot(1_c, abs(a)), 1, 1);
  check(hypot(abs(a), -2_c * abs(a), 2_c), 2, 2.5);
  check(log_cosh(abs(a) / 2_c), 0, 0.25);
  check(cos(3_c * abs(a)), 1, -9);
  check(square(abs(a)), 0, 2);
  constexpr matrix<double, 3> beside{0.5, 0, -1}; // second derivatives by the middle: 1 / norm
  CHECK(std::abs(compile(hessian(norm(abs(v)), v))(v = beside)(1, 1) - 0.89442719099991588) <
        1e-15);
  CHECK(std::abs(compile(hessian(norm(-abs(v)), v))(v = beside)(0, 2) - 0.35777087639996635) <
        1e-15);
}

// Beside the origin against mpmath.
TEST_CASE("even functions of a radius have second derivatives at the origin") {
  const auto check = [](auto f, double value, double curvature) {
    const auto [got, by, second] =
        compile(f, gradient(f, a, b), hessian(f, a, b))(a = 0.0, b = 0.0);
    INFO(to_string(f));
    CHECK(std::abs(got - value) < 1e-16);
    CHECK((by[a] == 0 && by[b] == 0));
    CHECK(std::abs(second(0, 0) - curvature) <= 4e-16 * std::abs(curvature));
    CHECK((second(0, 1) == 0 && second(1, 0) == 0));
    CHECK(second(1, 1) == second(0, 0));
  };
  constexpr auto r = hypot(a, b);
  constexpr auto root = sqrt(a * a + b * b);
  const double at_zero = 0.39894228040143268; // of the density
  check(cos(r), 1, -1);
  check(cos(root), 1, -1);
  check(cosh(root * 2_c), 1, 4);
  check(log_cosh(r), 0, 1);
  check(log_cosh(r / 4_c), 0, 0.0625);
  check(normal_density(root), at_zero, -at_zero);
  check(exp(-square(root)), 1, -2);
  CHECK(compile(partial(partial(partial(partial(log_cosh(r), a), a), a), a))(a = 0.0, b = 0.0) !=
        0);
  constexpr matrix<double, 3> zero{};
  constexpr matrix<double, 3, 3> one{1, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(compile(hessian(cosh(norm(v)), v))(v = zero) == one);
  constexpr auto of_multiple = cos(norm(v) * p);
  const auto [by_v, by_p] =
      compile(hessian(of_multiple, v), partial(of_multiple, p))(v = zero, p = 3.0);
  CHECK((by_v == matrix<double, 3, 3>{-9, 0, 0, 0, -9, 0, 0, 0, -9} && by_p == 0));
  const auto beside = [](auto f, std::array<double, 5> wanted) {
    const auto [value, by, second] = compile(f, partial(f, a), hessian(f, a, b))(a = 0.6, b = 0.8);
    const std::array got{value, by, second(0, 0), second(0, 1), second(1, 1)};
    INFO(to_string(f));
    for (std::size_t i = 0; i < got.size(); ++i)
      CHECK(std::abs(got[i] - wanted[i]) < 2e-15 * (1 + std::abs(wanted[i])));
  };
  beside(cos(r), {0.54030230586813972, -0.5048825908847379, -0.73305026038958406,
                  0.14456096589108326, -0.64872303028645216});
  beside(cosh(root * 2_c), {3.7621956910836315, 4.3522324894164225, 10.059943117204613,
                            3.7416297353474344, 12.24256046282395});
  beside(log_cosh(r / 3_c), {0.054556239625460081, 0.064302547506326869, 0.10445456639094524,
                             -0.0036217948261327269, 0.10234185274236781});
  beside(normal_density(r), {0.24197072451914335, -0.14518243471148601, -0.15486126369225174,
                             0.11614594776918881, -0.087109460826891606});
  // far out nothing is lost: log(cosh(r)) does not overflow, 1 / cosh(r) is flat
  CHECK(std::abs(compile(log(cosh(r)))(a = 600.0, b = 800.0) - 999.30685281944005) < 2e-13);
  CHECK(compile(partial(1_c / cosh(r), a))(a = 600.0, b = 800.0) == 0);
  constexpr auto half = cos(sqrt(a)); // 1 - a / 2 + a^2 / 24
  const auto at_edge = [](auto f) {
    return compile(f, partial(f, a), partial(partial(f, a), a),
                   partial(partial(partial(f, a), a), a))(a = 0.0);
  };
  const auto [c, c1, c2, c3] = at_edge(half);
  CHECK((c == 1 && c1 == -0.5 && std::abs(c2 - 1 / 12.0) < 1e-16 && is_none(c3)));
  const auto [l, l1, l2, l3] = at_edge(log_cosh(sqrt(a)));
  CHECK((l == 0 && l1 == 0.5 && std::abs(l2 + 1 / 6.0) < 1e-16 && is_none(l3)));
  const auto [n, n1, n2, n3] = at_edge(normal_density(sqrt(a))); // e^(-a / 2) / sqrt(2 pi)
  CHECK((n == at_zero && std::abs(n1 + at_zero / 2) < 1e-16 && std::abs(n2 - at_zero / 4) < 1e-16 &&
         is_none(n3)));
  CHECK(std::isnan(compile(half)(a = -1.0)));
}

// The limits at the ends of the domain, and beyond them NaN.
TEST_CASE("functions of their inverses") {
  const auto check = [](auto f, double at, std::array<double, 3> wanted) {
    constexpr auto slope = partial(decltype(f){}, a);
    const auto [value, by, second] = compile(f, slope, partial(slope, a))(a = at);
    INFO(to_string(f) << " at " << at);
    CHECK(std::abs(value - wanted[0]) <= 4e-16 * std::abs(wanted[0]));
    CHECK(std::abs(by - wanted[1]) <= 1e-14 * std::abs(wanted[1]));
    CHECK(std::abs(second - wanted[2]) <= 1e-14 * std::abs(wanted[2]));
  };
  const auto check_itself = [&](auto f, std::initializer_list<double> inside,
                                std::initializer_list<double> outside) {
    for (const double at : inside)
      check(f, at, {at, 1, 0});
    for (const double at : outside) {
      const auto [value, by] = compile(f, partial(f, a))(a = at);
      INFO(to_string(f) << " at " << at);
      CHECK((std::isnan(value) && (std::isnan(by) || std::isnan(at))));
    }
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  check_itself(tan(atan(a)), {0, -1, 1e300, 1e-300}, {nan});
  check_itself(sinh(asinh(a)), {0, -1, 1e300, 1e-300}, {nan});
  check_itself(asinh(sinh(a)), {0, -1, 800, 1e300, 1e-300}, {nan});
  check_itself(atanh(tanh(a)), {0, -1, 30, -800, 1e-300}, {nan});
  check_itself(log1p(expm1(a)), {0, -1, 800, -800, 1e-300}, {nan});
  check_itself(logit(sigmoid(a)), {0, -1, 800, -800, 1e-300}, {nan});
  check_itself(log(exp(a)), {0, -1, 800, -800, 1e-300}, {nan});
  check_itself(sigmoid(logit(a)), {0, 1, 0.3, 1 - 0x1p-53, 1e-300}, {-1e-300, 1 + 0x1p-52, nan});
  check_itself(tanh(atanh(a)), {0, 1, -1, 0.3, 1e-300}, {1 + 0x1p-52, -1 - 0x1p-52, nan});
  check_itself(sin(asin(a)), {0, 1, -1, 0.3, 1 - 0x1p-53}, {1 + 0x1p-52, -1 - 0x1p-52, nan});
  check_itself(cos(acos(a)), {0, 1, -1, 0.3, 1 - 0x1p-53}, {1 + 0x1p-52, -1 - 0x1p-52, nan});
  check_itself(cosh(acosh(a)), {1, 2, 1e300}, {1 - 0x1p-53, -2, nan});
  check_itself(expm1(log1p(a)), {0, -1, -1 + 0x1p-53, 1e300, 1e-300}, {-1 - 0x1p-52, nan});
  check(acosh(cosh(a)), 800, {800, 1, 0});
  check(acosh(cosh(a)), -800, {800, -1, 0});
  check(exp(log1p(a)), -1, {0, 1, 0});
  check(exp(log1p(a)), 1e300, {1e300, 1, 0});
  check(expm1(log(a)), 0, {-1, 1, 0});
  check(exp(log1mexp(a)), 0, {0, -1, -1});
  check(exp(logit(a)), 0, {0, 1, 2});
  check(exp(logit(a)), 0.25, {0.33333333333333333, 1.7777777777777778, 4.7407407407407407});
  check(softplus(log(a)), 0, {0, 1, -1});
  check(softplus(log(a)), 0.25, {0.22314355131420976, 0.8, -0.64});
  check(softplus(log1mexp(a)), 0, {0, -1, -2});
  check(softplus(logit(a)), 0, {0, 1, 1});
  check(sigmoid(log(a)), 0, {0, 1, -2});
  check(sigmoid(log(a)), 0.25, {0.2, 0.64, -1.024});
  check(sigmoid(log(a)), 1e10, {1 - 1e-10, 9.999999998e-21, -1.9999999994e-30});
  CHECK(compile(sigmoid(log(a)))(a = std::numeric_limits<double>::infinity()) == 1);
  for (const double beyond : {-1e-300, -2.0}) {
    CHECK(std::isnan(compile(softplus(log(a)))(a = beyond)));
    CHECK(std::isnan(compile(sigmoid(log(a)))(a = beyond)));
    CHECK(std::isnan(compile(expm1(log(a)))(a = beyond)));
    CHECK(std::isnan(compile(exp(log1p(a)))(a = beyond - 1.5)));
    CHECK(std::isnan(compile(exp(log1mexp(a)))(a = -beyond)));
    CHECK(std::isnan(compile(exp(logit(a)))(a = beyond)));
    CHECK(std::isnan(compile(exp(logit(a)))(a = 1.5 - beyond)));
  }
  CHECK(compile(sin(asin(no_rewrite(a))))(a = 0.5f) == 0.5f);
}

TEST_CASE("a slope that only happens to be 0 cuts no infinite one off") {
  CHECK(is_none(compile(partial(square(erf(sqrt(a))), a))(a = 0.0))); // 4 / pi
  CHECK(is_none(compile(partial(normal_density(erf(acos(a))), a))(a = 1.0)));
}

// Values of mpmath. Beside 1 what is added cancels with it: 1 + erf(-7) was 0.
TEST_CASE("complements behind a factor, and of erf on either side") {
  const auto check = [](auto f, double at, std::array<double, 3> wanted) {
    constexpr auto slope = partial(decltype(f){}, a);
    const auto [value, by, second] = compile(f, slope, partial(slope, a))(a = at);
    INFO(to_string(f) << " at " << at);
    CHECK(std::abs(value - wanted[0]) <= 4e-15 * std::abs(wanted[0]));
    CHECK(std::abs(by - wanted[1]) <= 1e-14 * std::abs(wanted[1]));
    CHECK(std::abs(second - wanted[2]) <= 1e-14 * std::abs(wanted[2]));
  };
  check(1_c + erf(a), -7, {4.1838256077794144e-23, 5.9159629580030694e-22, 8.2823481412042971e-21});
  check(erf(a) * 2_c + 2_c, -0.25,
        {2 * 0.72367360983176307, 2 * 1.0600141293761142, 2 * 0.53000706468805712});
  check(3_c - 3_c * sigmoid(a), 800, {0, 0, 0});
  check(3_c - 3_c * normal_cdf(-a), -0.25,
        {3 * 0.40129367431707628, 3 * 0.38666811680284921, 3 * 0.096667029200712303});
  check(log(1_c + erf(a)), -30, {-903.97411711064388, 60.033296398756228, -1.9988925755438381});
  check(log1p(erf(a)), 0.25, {0.24398594388138443, 0.83051963631057583, -1.1050226844527391});
  check(log(0.5_c + 0.5_c * erf(a / 2_c)), -20,
        {-103.57303620540483, 10.049512058367302, -0.49757202759678828});
  check(log(1_c - square(erf(a))), 7,
        {-50.835083913150208, -14.14008018642774, -1.9807450686179871});
  check(log(1_c - square(erf(a))), -30,
        {-903.28096993008393, 60.033296398756228, -1.9988925755438381});
  check(log(2_c - 2_c * sigmoid(a)), 40, {-39.306852819440055, -1, -4.248354255291589e-18});
  check(log(2_c - 2_c * sigmoid(a)), 800, {-799.30685281944005, -1, 0});
  check(log(0.5_c + 0.5_c * tanh(a)), -30, {-60, 2, -3.5026043050786081e-26});
  check(log(2_c - 2_c * tanh(a)), 400, {-798.61370563888011, -2, 0});
  check(sqrt(exp(a)), 800, {5.221469689764144e173, 2.610734844882072e173, 1.305367422441036e173});
  check(sqrt(exp(a)), -800,
        {1.9151695967140057e-174, 9.5758479835700285e-175, 4.7879239917850142e-175});
}

// Phi and erfc have a logarithm, of which softplus is log1p of them: neither asks for the other
// again, also where their arguments may be infinite. By e^a the slope is f' / (1 + f).
TEST_CASE("one more than a probability") {
  const auto slopes = [](auto probability, auto logarithm) {
    return compile(partial(log1p(probability), a), partial(softplus(logarithm), a))(a = 0.5);
  };
  const double z = std::exp(0.5), phi = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)),
               Phi = std::erfc(-z / std::sqrt(2.0)) / 2, bell = std::exp(-z * z);
  const auto [first, other] = slopes(normal_cdf(exp(a)), log_normal_cdf(exp(a)));
  CHECK(std::abs(first - phi * z / (1 + Phi)) < 1e-15);
  CHECK(std::abs(other - phi * z / (1 + Phi)) < 1e-15);
  const double of_tail = -2 / std::sqrt(std::acos(-1.0)) * bell * z / (1 + std::erfc(z));
  const auto [tail, same] = slopes(erfc(exp(a)), log_erfc(exp(a)));
  CHECK(std::abs(tail - of_tail) < 1e-15);
  CHECK(std::abs(same - of_tail) < 1e-15);
}
