// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every rule of rewrite/rewrite.hpp: the formula as it is written, with and without the rewrite,
// value and slope, against the formula itself in 400 digits. With the rewrite both are within some
// units in the last place over the whole domain; without it they are nowhere closer on the whole.

#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

namespace {

using namespace chainrule;
using wide = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<400>,
                                           boost::multiprecision::et_off>;

/// A value and its derivative by x in 400 digits: nothing of the library's.
struct slope_and_value {
  wide value, slope;

  slope_and_value(const wide &v, const wide &s = 0) : value(v), slope(s) {}

  friend slope_and_value operator-(const slope_and_value &a) { return {-a.value, -a.slope}; }
  friend slope_and_value operator+(const slope_and_value &a, const slope_and_value &b) {
    return {a.value + b.value, a.slope + b.slope};
  }
  friend slope_and_value operator-(const slope_and_value &a, const slope_and_value &b) {
    return a + -b;
  }
  friend slope_and_value operator*(const slope_and_value &a, const slope_and_value &b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
  friend slope_and_value operator/(const slope_and_value &a, const slope_and_value &b) {
    const wide quotient = a.value / b.value;
    return {quotient, (a.slope - quotient * b.slope) / b.value};
  }
  friend slope_and_value exp(const slope_and_value &a) {
    const wide result = exp(a.value);
    return {result, result * a.slope};
  }
  friend slope_and_value log(const slope_and_value &a) { return {log(a.value), a.slope / a.value}; }
  friend slope_and_value sin(const slope_and_value &a) {
    return {sin(a.value), cos(a.value) * a.slope};
  }
  friend slope_and_value abs(const slope_and_value &a) {
    return {abs(a.value), a.value < 0 ? wide(-a.slope) : a.slope};
  }
  friend slope_and_value erfc(const slope_and_value &a) {
    const wide pi = boost::math::constants::pi<wide>();
    return {boost::math::erfc(a.value), -2 / sqrt(pi) * exp(-a.value * a.value) * a.slope};
  }
};

const slope_and_value one(1), two(2), root_of_two(sqrt(wide(2)));

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z", 3> z;

/// |value - reference| in units in the last place of a double at the reference; 0 where both are
/// the same infinity.
double error_in_ulps(double value, const wide &reference) {
  const auto nearest = static_cast<double>(reference);
  if (value == nearest)
    return 0;
  if (!std::isfinite(value) || !std::isfinite(nearest))
    return std::numeric_limits<double>::infinity();
  // a sigmoid below the normal numbers is 0: docs/limitations.md
  if (value == 0 && std::abs(nearest) < std::numeric_limits<double>::min())
    return 0;
  const double size = std::max(std::abs(nearest), std::numeric_limits<double>::min());
  const wide ulp = wide(std::nextafter(size, 2 * size)) - size;
  return static_cast<double>(abs(wide(value) - reference) / ulp);
}

/// Both signs of numbers from tiny to large, and what lies around the thresholds.
std::vector<double> everywhere() {
  std::vector<double> result{0};
  for (const double size :
       {1e-200, 1e-9, 1e-3, 0.3, 0.69, 2.5, 18.0, 36.7, 100.0, 355.5, 708.0, 710.5, 746.5, 1e4})
    for (const double sign : {-1.0, 1.0})
      result.push_back(sign * size);
  return result;
}

std::vector<double> those(const std::vector<double> &points, auto condition) {
  std::vector<double> result;
  std::copy_if(points.begin(), points.end(), std::back_inserter(result), condition);
  return result;
}

struct errors {
  double value = 0, slope = 0;
};

/// The largest errors of a formula of x and of its derivative.
template <class Formula>
errors measure(Formula formula, auto reference, const std::vector<double> &points) {
  constexpr auto step = compile(Formula{}, partial(Formula{}, x));
  errors result;
  (void)formula;
  for (const double at : points) {
    const auto [value, slope] = step(x = at);
    const slope_and_value exact = reference(slope_and_value(at, 1));
    const double of_value = error_in_ulps(value, exact.value);
    const double of_slope = error_in_ulps(slope, exact.slope);
    if (of_value > 4 || of_slope > 8)
      UNSCOPED_INFO("at " << at << ": " << of_value << " and " << of_slope << " ulp");
    result.value = std::max(result.value, of_value);
    result.slope = std::max(result.slope, of_slope);
  }
  return result;
}

/// That the rule applies to the formula, makes it right, and was needed or does no harm.
template <class Formula>
void check(std::string_view rule, Formula formula, auto reference,
           const std::vector<double> &points) {
  INFO(rule);
  CHECK(explain(formula).find(rule) != std::string_view::npos);
  const errors after = measure(formula, reference, points);
  const errors before = measure(no_rewrite(formula), reference, points);
  CHECK(after.value <= 4);
  CHECK(after.slope <= 8);
  CHECK(after.value <= std::max(before.value, 4.0));
  CHECK(after.slope <= std::max(before.slope, 4.0));
}

const std::vector<double> all = everywhere();
const std::vector<double> narrow{-5, -1.5, -0.1, 1e-9, 0.1, 1.5, 5};

} // namespace

TEST_CASE("rewrites of logarithms") {
  check(
      "log(sigmoid(x))", log(sigmoid(x)), [](const auto &t) { return -log(one + exp(-t)); }, all);
  check(
      "log(exp(x))", log(exp(x)), [](const auto &t) { return t; }, all);
  check(
      "log(1 + x)", log(1_c + x), [](const auto &t) { return log(one + t); },
      those(all, [](double t) { return t > -1; }));
  check(
      "log(1 + x)", log(1_c - x), [](const auto &t) { return log(one - t); },
      those(all, [](double t) { return t < 1; }));
  check(
      "log(1 + exp(x))", log(1_c + exp(x)), [](const auto &t) { return log(one + exp(t)); }, all);
  check(
      "log(1 + exp(x))", log1p(exp(x)), [](const auto &t) { return log(one + exp(t)); }, all);
  check(
      "softplus(-z) + z", softplus(-x) + x, [](const auto &t) { return log(one + exp(t)); }, all);
  check(
      "max(z, 0)", log(1_c + exp(-abs(x))) + max(x, 0_c),
      [](const auto &t) { return log(one + exp(t)); }, all);
  check(
      "softplus(-z) + z", softplus(x) - x, [](const auto &t) { return log(one + exp(-t)); }, all);
  check(
      "log(1 - exp(x))", log(1_c - exp(x)), [](const auto &t) { return log(one - exp(t)); },
      those(all, [](double t) { return t < 0 && t > -700; }));
  check(
      "log(exp(a) + exp(b))", log(exp(x) + exp(2_c)),
      [](const auto &t) { return log(exp(t) + exp(two)); }, all);
  check(
      "log(normal_cdf(x))", log(normal_cdf(x)),
      [](const auto &t) { return log(erfc(-t / root_of_two) / two); }, narrow);
  check("log(p / (1 - p))", log(x / (1_c - x)), [](const auto &t) { return log(t / (one - t)); },
        {1e-300, 1e-9, 0.1, 0.25, 0.3, 0.4999, 0.5 + 1e-12, 0.5000001, 0.6, 0.75, 0.9, 0.999999,
         1 - 1e-15});
}

TEST_CASE("rewrites of quotients") {
  const auto logistic = [](const auto &t) { return one / (one + exp(-t)); };
  const std::vector<double> normal = those(all, [](double t) { return t > -700; });
  check("1 / (1 + exp(-x))", 1_c / (1_c + exp(-x)), logistic, normal);
  check("exp(x) / (1 + exp(x))", exp(x) / (1_c + exp(x)), logistic, normal);
  check(
      "1 / exp(x)", 1_c / exp(x), [](const auto &t) { return exp(-t); },
      those(all, [](double t) { return std::abs(t) < 700; }));
  check(
      "x / x = 1", (exp(x) + 1_c) / (exp(x) + 1_c), [](const auto &t) { return one + t - t; }, all);
  // where x may be 0 the quotient stays: it is NaN there
  CHECK(std::isnan(compile(x / x)(x = 0.0)));
  CHECK(std::isnan(compile(sin(x) / sin(x))(x = 0.0)));
}

TEST_CASE("rewrites of differences from one") {
  const std::vector<double> normal = those(all, [](double t) { return t < 700; });
  check(
      "1 - sigmoid(x)", 1_c - sigmoid(x), [](const auto &t) { return one / (one + exp(t)); },
      normal);
  check(
      "exp(x) - 1", exp(x) - 1_c, [](const auto &t) { return exp(t) - one; }, normal);
  check(
      "exp(x) - 1", 1_c - exp(x), [](const auto &t) { return one - exp(t); }, normal);
  check(
      "1 - square(tanh(x))", 1_c - square(tanh(x)),
      [](const auto &t) {
        const auto u = (exp(t) - exp(-t)) / (exp(t) + exp(-t));
        return one - u * u;
      },
      those(all, [](double t) { return std::abs(t) < 350; }));
  check(
      "1 - erf(x)", 1_c - erf(x), [](const auto &t) { return erfc(t); }, narrow);
  check(
      "1 - erfc(x)", 1_c - erfc(x), [](const auto &t) { return one - erfc(t); }, narrow);
  check(
      "1 - normal_cdf(x)", 1_c - normal_cdf(x),
      [](const auto &t) { return erfc(t / root_of_two) / two; }, narrow);
}

TEST_CASE("rewrites of products and powers") {
  check(
      "exp(x) * exp(-x)", exp(x) * exp(-x), [](const auto &t) { return one + t - t; }, all);
  check(
      "square(exp(x))", square(exp(x)), [](const auto &t) { return exp(two * t); },
      those(all, [](double t) { return std::abs(t) < 350; }));
  check(
      "sqrt(square(x))", sqrt(square(x)), [](const auto &t) { return abs(t); },
      those(all, [](double t) { return t != 0; }));
  check(
      "sigmoid(x) * sigmoid(-x)", sigmoid(x) * sigmoid(-x),
      [](const auto &t) { return exp(-t) / ((one + exp(-t)) * (one + exp(-t))); },
      those(all, [](double t) { return std::abs(t) < 700; }));
  check(
      "a x + b x", 2_c * sin(x) + 3_c * sin(x),
      [](const auto &t) { return slope_and_value(5) * sin(t); },
      those(all, [](double t) { return std::abs(t) < 1000; }));
}

TEST_CASE("cross-entropy of a sigmoid in every spelling") {
  constexpr auto p = sigmoid(x);
  const auto cross_entropy = [](const auto &t) {
    const auto s = one / (one + exp(-t));
    return -(one / slope_and_value(4) * log(s) +
             slope_and_value(3) / slope_and_value(4) * log(one - s));
  };
  // at -800 the probability needs 350 digits, which the reference has
  const std::vector<double> points = those(all, [](double t) { return std::abs(t) <= 800; });
  constexpr auto label = 0.25_c;
  const auto spelled = [&](auto formula) {
    check("-(y log(p) + (1 - y) log(1 - p))", formula, cross_entropy, points);
  };
  spelled(-(label * log(p) + (1_c - label) * log(1_c - p)));
  spelled(-label * log(p) - (1_c - label) * log(1_c - p));
  spelled(-(log(p) * label + log(1_c - p) * (1_c - label)));
  spelled((label - 1_c) * log(1_c - p) - label * log(p));
  spelled(-((1_c - label) * log(1_c - p)) - label * log(p));
  spelled(binary_cross_entropy(p, label));
}

TEST_CASE("cross-entropy of a sigmoid with a label that varies") {
  constexpr auto p = 1_c / (1_c + exp(-x));
  const auto is_right = [](auto formula) {
    INFO(to_string(formula));
    CHECK((explain(formula).find("-(y log(p)") != std::string_view::npos ||
           explain(formula).find("softplus(z) - y z") != std::string_view::npos));
    const auto step = compile(formula, gradient(formula, x, y));
    for (const double label : {0.0, 0.25, 1.0})
      for (const double at : {-800.0, -40.0, -2.0, 0.0, 3.0, 40.0, 800.0}) {
        const auto [value, slope] = step(x = at, y = label);
        const wide t(at), s = 1 / (1 + exp(-t));
        CHECK(error_in_ulps(value, -(label * log(s) + (1 - wide(label)) * log(1 - s))) <= 4);
        CHECK(error_in_ulps(slope[x], s - label) <= 4);
        CHECK(error_in_ulps(slope[y], -t) <= 1);
      }
  };
  is_right(-(y * log(p) + (1_c - y) * log(1_c - p)));
  is_right(-y * log(p) - (1_c - y) * log(1_c - p));
  is_right(-((1_c - y) * log(1_c - p) + y * log(p)));
  is_right((y - 1_c) * log(1_c - p) - y * log(p));
  is_right(-(log(p) * y) - log(1_c - p) * (1_c - y));
  is_right(-(y * log(p)) + (y - 1_c) * log(1_c - p));
  is_right(-(y * log(p) + (1_c - y) * log1p(-p)));
  is_right(y * -log(p) + (1_c - y) * -log(1_c - p));
  is_right(-(xlogy(y, p) + xlogy(1_c - y, 1_c - p)));
  is_right(-xlogy(y, p) - xlogy(1_c - y, 1_c - p));
  // of the logit, with and without the sigmoid's name
  is_right(softplus(x) - y * x);
  is_right(log(1_c + exp(x)) - x * y);
  is_right(logaddexp(0_c, x) - y * x);
  is_right((1_c - y) * x + softplus(-x));
  is_right(x - x * y + log(1_c + exp(-x)));
  is_right(max(x, 0_c) - x * y + log(1_c + exp(-abs(x))));
  is_right(relu(x) - x * y + log1p(exp(-abs(x))));
  is_right(log1p(exp(-abs(x))) + max(0_c, x) - y * x);
  is_right(y * softplus(-x) + (1_c - y) * (x + softplus(-x)));
}

TEST_CASE("cross-entropy of a softmax by xlogy") {
  constexpr variable<"labels", 3> labels;
  constexpr variable<"logits", 3> logits;
  constexpr auto by_hand = -sum(xlogy(labels, exp(logits) / sum(exp(logits))));
  constexpr auto loss = sum(softmax_cross_entropy(logits, labels));
  const auto [a, by_logits, b, expected] =
      compile(by_hand, partial(by_hand, logits), loss, partial(loss, logits))(
          labels = std::array{0.25, 0.0, 0.75}, logits = std::array{-800.0, 0.0, 800.0});
  CHECK(a == 400);
  CHECK(a == b);
  CHECK(by_logits == expected);
}

TEST_CASE("rewrites of columns") {
  constexpr auto hand_written = exp(z) / sum(exp(z));
  CHECK(explain(hand_written).find("softmax(z)") != std::string_view::npos);
  CHECK(explain(log(sum(exp(z)))).find("logsumexp(z)") != std::string_view::npos);
  CHECK(explain(log(hand_written)).find("log_softmax(z)") != std::string_view::npos);
  static_assert(hand_written == softmax(z));
  for (const double shift : {-1000.0, 0.0, 1000.0}) {
    const matrix<double, 3> at{1 + shift, 2 + shift, 4 + shift};
    wide sum = 0;
    for (const double each : at)
      sum += exp(wide(each));
    const auto [shares, total, logs] =
        compile(hand_written, log(column_sums(exp(z))), log(hand_written))(z = at);
    CHECK(error_in_ulps(total, log(sum)) <= 4);
    for (int i = 0; i < 3; ++i) {
      CHECK(error_in_ulps(shares(i), exp(wide(at(i))) / sum) <= 6);
      CHECK(error_in_ulps(logs(i), wide(at(i)) - log(sum)) <= 8);
    }
  }
}

TEST_CASE("a fence keeps a formula as it is written") {
  constexpr auto f = log(sigmoid(x));
  CHECK(explain(no_rewrite(f)) == "no rule applies\n");
  CHECK(compile(f)(x = -800.0) == -800);
  CHECK(compile(no_rewrite(f))(x = -800.0) == -std::numeric_limits<double>::infinity());
  CHECK(to_string(no_rewrite(f)) == "no_rewrite(log(sigmoid(x)))");
  CHECK(to_string(partial(no_rewrite(f), x)).find("softplus") == std::string_view::npos);
  static_assert(gradient_is_right(no_rewrite(f) * x, at(x = 0.5)));
}

TEST_CASE("a sigmoid ends in 0 and in 1, however it is written") {
  const auto ends = [](auto network, auto large, bool rises) {
    const auto slope = compile(network, gradient(network, x));
    for (const auto at : {large, -large}) {
      const auto [value, by_x] = slope(x = at);
      CHECK(value == ((at > 0) == rises ? 1 : 0));
      CHECK(by_x[x] == 0);
    }
    CHECK(std::isnan(compile(network)(x = NAN)));
  };
  const auto all_end = [ends](auto large) {
    ends(sigmoid(x), large, true);
    ends(sigmoid(-x), large, false);
    ends(1_c - sigmoid(x), large, false);
    ends(1_c / (1_c + exp(-x)), large, true);
    ends(1_c / (exp(x) + 1_c), large, false);
  };
  all_end(800.0);
  all_end(200.0f);
  CHECK(compile(log1p(exp(x)))(x = 800.0) == 800);
  CHECK(compile(log(1_c / (1_c + exp(-x))))(x = -800.0) == -800);
}

TEST_CASE("large constants stay where they are") {
  CHECK(std::fabs(compile(x * (1e-200_c * y))(x = 1e200, y = 1e200) / 1e200 - 1) < 1e-15);
}

TEST_CASE("a rewrite makes no result worse: constants that would over- or underflow together") {
  const auto at = [](auto formula, auto value) {
    const auto as_written = compile(no_rewrite(formula))(x = value);
    const auto rewritten = compile(formula)(x = value);
    CHECK(std::isfinite(rewritten));
    CHECK(std::fabs(rewritten - as_written) <=
          4 * std::numeric_limits<decltype(rewritten)>::epsilon() * std::fabs(as_written));
    return rewritten;
  };
  CHECK(at(1.5e308_c * x + 1.5e308_c * x, 0.5) == 1.5e308);
  CHECK(at(1.5e308_c * x - -1.5e308_c * x, 0.5) == 1.5e308);
  at(1e200_c * (1e200_c * x), 1e-300);
  at(1e-200_c * (1e-200_c * x), 1e300);
  at(1e-200_c * x / 1e200_c, 1e300);
  at(1e200_c * x / 1e-200_c, 1e-300);
  at(1e200_c * x * (1e200_c * x), 1e-250);
  at(2e38_c * x + 2e38_c * x, 0.5f);
  at(1e-30_c * (1e-30_c * x), 1e37f);
  at(1e30_c * (1e30_c * x), 1e-37f);
  at(x / 1e30_c / 1e-30_c, 1e37f);
  constexpr variable<"v", 2> v;
  const matrix<double, 2> large{1.7e308, 1.7e308};
  CHECK(std::fabs(compile(sum(1e-300_c * v))(v = large) / 3.4e8 - 1) < 1e-15);
  CHECK(std::fabs(compile(row_sums(transpose(1e-300_c * v)))(v = large) / 3.4e8 - 1) < 1e-15);
  // and where they fit they are one
  CHECK(to_string(partial(2_c * (3_c * x) + 4_c * x, x)) == "10");
}
