// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Values and derivatives of three orders where parts of a formula over- or underflow, or are
// infinite, and the formula does not: beside ordinary points, limits of mpmath in 450 digits.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"w"> w;

struct expected {
  double at;
  std::array<double, 4> orders;
};

/// Within some units in the last place of the largest of them; what is below 1e-170 is 0 here.
template <class T, class Results>
void check_point(const Results &got, const expected &point) {
  constexpr double unit = static_cast<double>(std::numeric_limits<T>::epsilon());
  const std::array<T, 4> all{std::get<0>(got), std::get<1>(got), std::get<2>(got),
                             std::get<3>(got)};
  double largest = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto value = static_cast<double>(all[i]);
    INFO(point.at << ", order " << i << ": " << value);
    largest = std::fmax(largest, std::fabs(point.orders[i]));
    CHECK(std::fabs(value - point.orders[i]) <= 256 * unit * largest + 1e-170);
  }
}

template <class Formula>
void check(Formula formula, std::initializer_list<expected> points) {
  constexpr auto first = partial(Formula{}, x);
  constexpr auto second = partial(first, x);
  INFO(to_string(formula));
  for (const expected &point : points) {
    const auto run = [&](auto at) {
      const auto [a, b, c, d] = compile(formula, first, second, partial(second, x))(x = at);
      return std::array{a, b, c, d};
    };
    check_point<double>(run(point.at), point);
    const auto at = static_cast<float>(point.at);
    if (static_cast<double>(at) == point.at && std::fabs(point.orders[3]) < 1e30)
      check_point<float>(run(at), point);
  }
}

} // namespace

TEST_CASE("what falls beside what overflows") {
  check(exp(x) * exp(-exp(x)), {{800, {0, 0, 0, 0}},
                                {2,
                                 {0.0045662814201279156, -0.02917422815670197, 0.15265527075934114,
                                  -0.57792358126996215}}});
  check(exp(3_c * x) * exp(-x), {{30,
                                  {1.1420073898156843e+26, 2.2840147796313686e+26,
                                   4.5680295592627371e+26, 9.1360591185254743e+26}},
                                 {200,
                                  {5.221469689764144e+173, 1.0442939379528288e+174,
                                   2.0885878759056576e+174, 4.1771757518113152e+174}}});
  check(exp(x) / exp(2_c * x + 1_c),
        {{800, {0, 0, 0, 0}},
         {0.5,
          {0.22313016014842983, -0.22313016014842983, 0.22313016014842983, -0.22313016014842983}}});
  check(exp(x * x) * exp(-x * x - x),
        {{40,
          {4.248354255291589e-18, -4.248354255291589e-18, 4.248354255291589e-18,
           -4.248354255291589e-18}},
         {0.5,
          {0.60653065971263342, -0.60653065971263342, 0.60653065971263342, -0.60653065971263342}}});
  check(exp(x - exp(x)), {{800, {0, 0, 0, 0}},
                          {2,
                           {0.0045662814201279156, -0.02917422815670197, 0.15265527075934114,
                            -0.57792358126996215}}});
  check(exp(x) * expm1(-x),
        {{0.5,
          {-0.64872127070012815, -1.6487212707001281, -1.6487212707001281, -1.6487212707001281}}});
  check(softsign(exp(x)), {{800, {1, 0, 0, 0}},
                           {0.5,
                            {0.62245933120185456, 0.23500371220159449, -0.057556794852320741,
                             -0.096356756289584614}}});
  check(softsign(sinh(x)), {{800, {1, 0, 0, 0}}, {-800, {-1, 0, 0, 0}}});
  check(softsign(2_c * cosh(x)), {{800, {1, 0, 0, 0}}});
  check(1_c / sqrt(1_c + exp(2_c * x)),
        {{800, {0, 0, 0, 0}},
         {0.5,
          {0.51859562413309575, -0.37912377986248123, 0.073237515168338725, 0.43309384489208259}}});
  check(pow(1_c + exp(x), -0.3_c), {{8000, {0, 0, 0, 0}},
                                    {0.5,
                                     {0.74660195403963137, -0.13941880589565201,
                                      -0.026601508218452663, 0.037517473917600925}}});
  check(pow(0.5_c, exp(x)),
        {{800, {0, 0, 0, 0}},
         {0.5,
          {0.31892270797168947, -0.36446694376811053, 0.052048248720029292, 0.40908236424090754}}});
  check(pow(2_c, -exp(x)),
        {{800, {0, 0, 0, 0}},
         {0.5,
          {0.31892270797168947, -0.36446694376811053, 0.052048248720029292, 0.40908236424090754}}});
  check(pow(0.3_c, cosh(x)), {{800, {0, 0, 0, 0}}, {-800, {0, 0, 0, 0}}});
  check(sqrt(sigmoid(x) * (1_c - sigmoid(x))),
        {{800, {0, 0, 0, 0}},
         {-800, {0, 0, 0, 0}},
         {2,
          {0.3240271368319427, -0.12338858689114327, 0.012965242479949139, 0.046882914090653596}}});
  check(sqrt(sigmoid(x)), {{-800, {0, 0, 0, 0}},
                           {2,
                            {0.93850789979513888, 0.055936441998210629, -0.045934760997649524,
                             0.028911972997527265}}});
  check(pow(sigmoid(x), 0.3_c), {{-3000, {0, 0, 0, 0}},
                                 {2,
                                  {0.96263746396612905, 0.034424759565817044, -0.029090168056616539,
                                   0.019883552498305009}}});
  check(
      sqrt(normal_cdf(x)),
      {{-60, {0, 0, 0, 0}},
       {1, {0.91724846474035755, 0.1319003159016664, -0.15086757941176025, 0.065084267181729648}}});
  check(sqrt(softplus(x)), {{-800, {0, 0, 0, 0}},
                            {1,
                             {1.1459763032097229, 0.3189675809972727, -0.0029968779431927578,
                              -0.037139645028447278}}});
  check(cbrt(sigmoid(x)),
        {{-3000, {0, 0, 0, 0}},
         {2,
          {0.95857321252953793, 0.03808824263521641, -0.03203460287947615, 0.021611083646087123}}});
  check(cbrt(2_c + exp(x)),
        {{1, {1.6772377402135892, 0.322094993967844, 0.19838541761889547, 0.069751557824092929}}});
  check(log_normal_cdf(exp(x)), {{800, {0, 0, 0, 0}},
                                 {0.5,
                                  {-0.050874829540976025, 0.17778068094766274, -0.33708328404165873,
                                   -0.26745811575013155}}});
  check(log_normal_cdf(sinh(x)), {{800, {0, 0, 0, 0}}});
  check(asinh(exp(x)),
        {{800, {800.69314718055995, 1, 0, 0}},
         {-800, {0, 0, 0, 0}},
         {0.5,
          {1.2745261254229909, 0.85501963640024366, 0.22995019631273795, -0.27437099470350443}}});
  check(asinh(cosh(x)), {{800, {800, 1, 0, 0}}, {-800, {800, -1, 0, 0}}});
  check(asinh(3_c * exp(x)), {{800, {801.79175946922806, 1, 0, 0}}});
  check(
      acosh(exp(x)),
      {{800, {800.69314718055995, 1, 0, 0}},
       {0.5, {1.0850385019483878, 1.2577665549971212, -0.73199083768760216, 2.7419865269030554}}});
  check(
      acosh(2_c * cosh(x)),
      {{800, {800.69314718055995, 1, 0, 0}},
       {0.5, {1.4531764193945705, 0.51557209664178592, 0.81911157558689155, -1.0349589355782063}}});
}

TEST_CASE("angles of what overflows") {
  check(
      asin(tanh(x)),
      {{800, {1.5707963267948966, 0.0, 0.0, 0.0}},
       {-800, {-1.5707963267948966, 0.0, 0.0, 0.0}},
       {20,
        {1.5707963226725894, 4.1223072448771156e-9, -4.1223072448771156e-9, 4.1223072448771155e-9}},
       {0.5,
        {0.48038107913372945, 0.88681888397007391, -0.40981422166474499, -0.50805451772920299}}});
  check(acos(tanh(x)),
        {{800, {0.0, 0.0, 0.0, 0.0}},
         {-800, {3.1415926535897932, 0.0, 0.0, 0.0}},
         {20,
          {4.1223072448771157e-9, -4.1223072448771156e-9, 4.1223072448771156e-9,
           -4.1223072448771155e-9}},
         {-20,
          {3.141592649467486, -4.1223072448771156e-9, -4.1223072448771156e-9,
           -4.1223072448771155e-9}},
         {0.5,
          {1.0904152476611672, -0.88681888397007391, 0.40981422166474499, 0.50805451772920299}}});
  check(atan2(0.75_c, exp(x)),
        {{800, {0.0, 0.0, 0.0, 0.0}},
         {40,
          {3.1862656914686917e-18, -3.1862656914686917e-18, 3.1862656914686917e-18,
           -3.1862656914686917e-18}},
         {0.5,
          {0.42691962808095159, -0.37690435319372903, 0.2476615630560799, 0.051430533134910136}}});
  check(atan2(sinh(x), 0.75_c),
        {{-800, {-1.5707963267948966, 0.0, 0.0, 0.0}},
         {40,
          {1.5707963267948966, 6.3725313829373835e-18, -6.3725313829373835e-18,
           6.3725313829373835e-18}},
         {0.5,
          {0.60722327769334148, 1.0140031078275269, -0.96018881442841503, -0.032165786854838265}}});
  // of two that overflow the ratio counts, which is lost
  const auto both = compile(partial(atan2(w * exp(x), exp(x)), w))(x = 800.0, w = 1.0);
  CHECK(!(both == 0));
}

TEST_CASE("functions of logarithms at 0") {
  check(tanh(log(x)),
        {{0, {-1, 0, 4, 0}},
         {0.7,
          {-0.34228187919463093, 1.2612044502499888, -0.56832798812799094, -3.4766772827935376}}});
  check(tanh(2_c * log(x)), {{0, {-1, 0, 0, 0}}});
  check(tanh(log1p(x)), {{-1, {-1, 0, 4, 0}}});
  check(sigmoid(log2(x)),
        {{0.7,
          {0.37412208047146018, 0.48259127960592967, -0.43901542388725459, 0.066551983643979383}}});
  check(
      sigmoid(3_c * log(x)),
      {{0, {0, 0, 0, 6}},
       {0.7, {0.25539836187639609, 0.81501445125964085, 0.5444410971078127, -6.1076377478594972}}});
  check(
      softplus(3_c * log(x)),
      {{0, {0, 0, 0, 6}},
       {0.7, {0.29490591754110047, 1.0945644080416976, 1.9292556367674643, -3.1788399745878438}}});
  check(exp(log2(x)),
        {{0.7,
          {0.59775567854075789, 1.2319702187056697, 0.77912443763413099, -0.62029987551156968}}});
  check(exp(log10(x)),
        {{0.7,
          {0.85649914455582299, 0.53138978890778509, -0.42944305120771461, 0.96054479283460458}}});
  check(exp2(log(x)),
        {{0.7,
          {0.78096243275337864, 0.77331701198034333, -0.33899215063875274, 0.63287549690043111}}});
  check(
      exp2(3_c * log2(x)),
      {{0, {0, 0, 0, 6}}, {0.7, {0.34299999999999993, 1.4699999999999998, 4.1999999999999997, 6}}});
  check(exp(log(x) / 0.25_c),
        {{0, {0, 0, 0, 0}},
         {0.7, {0.24009999999999994, 1.3719999999999997, 5.8799999999999993, 16.799999999999999}}});
  check(pow(10_c, log10(x)),
        {{0, {0, 1, 0, 0}}, {0.7, {0.69999999999999996, 1, -5.8088878722739774e-121, 0}}});
  check(pow(3_c, log(x)),
        {{0.7,
          {0.67580718259657542, 1.0606429651011013, 0.14941775749764228, -0.19240475780449026}}});
  check(sigmoid(log1mexp(x)), {{0, {0, -1, -3, -13}},
                               {-0.7,
                                {0.33484752908038918, -0.21970314822131661, -0.36484121941158836,
                                 -0.79893682828161041}}});
  check(tanh(log1mexp(x)),
        {{0, {-1, 0, 4, 12}},
         {-0.7,
          {-0.59562625267432095, -0.63647609754367736, -0.51639982316953473, 0.6187589976901748}}});
  check(expm1(3_c * log(x)),
        {{0, {-1, 0, 0, 6}},
         {0.7, {-0.65700000000000007, 1.4699999999999998, 4.1999999999999997, 6}}});
  check(softplus(log_normal_cdf(x)),
        {{-50, {0, 0, 0, 0}},
         {0.5,
          {0.525593516426014, 0.20814255995910375, -0.14739460524588097, -0.073087076416084845}}});
  check(
      exp(log_normal_cdf(x)),
      {{-3,
        {0.0013498980316300945, 0.0044318484119380072, 0.013295545235814022, 0.035454787295504057}},
       {0.5,
        {0.6914624612740131, 0.35206532676429948, -0.17603266338214974, -0.26404899507322461}}});
  check(log1mexp(log1mexp(x)),
        {{0, {0, 1, 0, 0}},
         {-0.7, {-0.69999999999999996, 1, -9.6814797871232957e-122, 8.7133318084109661e-121}}});
  check(softplus(x + log1mexp(-x)),
        {{0, {0, 1, 0, 0}}, {0.7, {0.69999999999999996, 1, 0, 3.8725919148493183e-121}}});
}

TEST_CASE("what overflows as its parts do is infinite, not 0") {
  const double at = 800;
  CHECK(std::isinf(compile(exp(-x) * exp(2_c * x))(x = at)));
  CHECK(std::isinf(compile(partial(exp(-x) * exp(2_c * x), x))(x = at)));
  CHECK(compile(exp(x) * exp(w))(x = 800.0, w = -800.0) == 1);
  CHECK(compile(exp(x) / exp(w))(x = 800.0f, w = 800.0f) == 1);
  // what rounding the sum of the exponents loses is put back
  CHECK(compile(exp(x) * exp(w))(x = 1.0, w = 0x1p-60) == std::exp(1.0));
  CHECK(std::abs(compile(exp(x) * exp(w))(x = 300.0, w = 0x1.8p-45) /
                     (std::exp(300.0) * (1 + 0x1.8p-45)) -
                 1) < 4e-16);
}

// By y and z of log(exp(x) + t): 1 / (exp(x) + t) times the slope of t.
TEST_CASE("the logarithm of a sum with a term that may be 0") {
  constexpr auto check_term = [](auto term, double slope, double beside) {
    constexpr auto f = log(exp(x) + decltype(term){});
    const auto [value, by, second] =
        compile(f, gradient(f, x, w), partial(partial(f, w), w))(x = 800.0, w = beside);
    CHECK(value == 800);
    CHECK((by[x] == 1 && by[w] == 0 && second == 0));
    const auto [low, by_low] = compile(f, gradient(f, x, w))(x = 0.0, w = 0.0);
    CHECK(low == 0);
    CHECK((by_low[x] == 1 && by_low[w] == slope));
  };
  for (const double beside : {0.0, 3.0}) {
    check_term(w * w, 0, beside);
    check_term(2_c * square(w), 0, beside);
    check_term(abs(w), 0, beside);
    check_term(relu(w), 0, beside);
  }
  constexpr auto f = log(w * w + exp(x));
  const auto [value, by, second] =
      compile(f, gradient(f, x, w), partial(partial(f, w), w))(x = 0.0, w = 1.0);
  CHECK(std::abs(value - std::log(2.0)) < 4e-16);
  CHECK((std::abs(by[x] - 0.5) < 4e-16 && std::abs(by[w] - 1) < 4e-16));
  CHECK(std::abs(second) < 4e-16); // 2 / s - 4 w^2 / s^2
  CHECK(compile(partial(f, x))(x = 800.0f, w = 0.0f) == 1);
}

// exp(-x) falls, and 2^(2 x) outgrows it: their product is not known where one is 0 and the other
// infinite, and its slope is not 0. What falls faster than the other grows has a slope of 0.
TEST_CASE("an exponential that another one outgrows") {
  const auto slope = [](auto f, double at) { return compile(partial(f, x))(x = at); };
  CHECK(std::isnan(slope(exp(-x) * exp2(2_c * x), 800)));
  CHECK(std::isnan(slope(exp2(-x) * exp2(2_c * x), 1200)));
  CHECK(std::isnan(slope(exp(-x) * sinh(2_c * x), 800)));
  CHECK(slope(exp(-exp(x)) * exp2(x), 1100) == 0);
  CHECK(slope(pow(x, 5.5_c) * exp(-x), 1e70) == 0);
}
