// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Where the formula as a student writes it overflows, cancels or divides zero by zero: value and
// gradient, by the compiler and at run time.
#include "check.hpp"

#include <tuple>

namespace {

constexpr variable<"z"> z;
constexpr variable<"y"> y;
constexpr variable<"x"> x;

constexpr auto fused = binary_cross_entropy(sigmoid(z), y);
constexpr auto p = sigmoid(z);
constexpr auto by_hand = -(y * log(p) + (1_c - y) * log(1_c - p));

// the same loss as others write it
constexpr auto with_two_minus_signs = -y * log(p) - (1_c - y) * log(1_c - p);
constexpr auto the_other_way_round = -(log(1_c - p) * (1_c - y) + log(p) * y);
constexpr auto times_minus_one = -1_c * (y * log(p) + (1_c - y) * log(1_c - p));
constexpr auto minus_inside = y * -log(p) + (1_c - y) * -log(1_c - p);
constexpr auto mean_of_two = (fused + by_hand) / 2_c;

struct point_of_loss {
  double z, y, loss, slope;
};
constexpr point_of_loss losses[] = {
    {40, 1, 4.248354255291589e-18, -4.248354255291589e-18},
    {40, 0, 40, 1},
    {-40, 0, 4.248354255291589e-18, 4.248354255291589e-18},
    {-40, 1, 40, -1},
    {800, 1, 0, 0},
    {800, 0, 800, 1},
    {-800, 1, 800, -1},
    {-800, 0, 0, 0},
};

constexpr bool is_near(double computed, double expected) {
  const double error = computed - expected;
  const double bound = tolerance * (expected < 0 ? -expected : expected) + 2.3e-308;
  return -bound <= error && error <= bound;
}

/// sigmoid'(z), the second derivative of the loss
constexpr double curvature(double at) { return at == 40 || at == -40 ? 4.248354255291589e-18 : 0; }

/// Loss, derivatives by z and y, second derivatives by z z and z y.
constexpr auto outputs_of(auto loss, double at_z, double at_y) {
  return compile(loss, gradient(loss, z, y), gradient(partial(loss, z), z, y))(z = at_z, y = at_y);
}

constexpr bool all_losses_are_right(auto loss) {
  for (const point_of_loss &at : losses) {
    const auto [value, slope, second] = outputs_of(loss, at.z, at.y);
    if (!is_near(value, at.loss) || !is_near(slope[z], at.slope) || slope[y] != -at.z ||
        !is_near(second[z], curvature(at.z)) || second[y] != -1)
      return false;
  }
  return true;
}
static_assert(all_losses_are_right(fused));
static_assert(all_losses_are_right(by_hand));
static_assert(all_losses_are_right(binary_cross_entropy_with_logits(z, y)));
static_assert(all_losses_are_right(with_two_minus_signs));
static_assert(all_losses_are_right(the_other_way_round));
static_assert(all_losses_are_right(times_minus_one));
static_assert(all_losses_are_right(minus_inside));
static_assert(all_losses_are_right(mean_of_two));

// value and derivative of log(sigmoid(x)) and of log(1 - sigmoid(x))
struct point_of_logarithm {
  double x, value, slope;
};
constexpr point_of_logarithm logarithms[] = {
    {40, -4.248354255291589e-18, 4.248354255291589e-18},
    {-40, -40, 1},
    {-400, -400, 1},
    {800, 0, 0},
    {-800, -800, 1},
};
constexpr auto log_of_sigmoid = compile(log(sigmoid(x)), gradient(log(sigmoid(x)), x));
constexpr auto log_rest = compile(log(1_c - sigmoid(x)), gradient(log(1_c - sigmoid(x)), x));

constexpr bool all_logarithms_are_right() {
  for (const point_of_logarithm &at : logarithms) {
    const auto [value, slope] = log_of_sigmoid(x = at.x);
    const auto [rest, slope_of_rest] = log_rest(x = -at.x);
    if (!is_near(value, at.value) || !is_near(slope[x], at.slope) || !is_near(rest, at.value) ||
        !is_near(slope_of_rest[x], -at.slope))
      return false;
  }
  return true;
}
static_assert(all_logarithms_are_right());

// sigmoid' is greatest at 0; sigmoid'' is there 0 and extreme at +-log(2 + sqrt 3).
constexpr auto first = partial(sigmoid(x), x);
constexpr auto derivatives = compile(first, partial(first, x), partial(partial(first, x), x));
constexpr double inflection = 1.3169578969248167;
static_assert(derivatives(x = 0.0) == std::tuple(0.25, 0.0, -0.125));
static_assert(is_near(std::get<1>(derivatives(x = inflection)), -0.09622504486493763));
static_assert(is_near(std::get<1>(derivatives(x = -inflection)), 0.09622504486493763));

constexpr auto slope_of_log_sigmoid = compile(partial(log(sigmoid(x)), x));
static_assert(is_near(slope_of_log_sigmoid(x = -400.0), 1));
constexpr auto slope_of_sigmoid = compile(partial(sigmoid(x), x));
static_assert(is_near(slope_of_sigmoid(x = 40.0), 4.248354255291589e-18));
static_assert(is_near(slope_of_sigmoid(x = -40.0), 4.248354255291589e-18));
static_assert(slope_of_sigmoid(x = 800.0) == 0 && slope_of_sigmoid(x = -800.0) == 0);
constexpr auto slope_of_tanh = compile(partial(tanh(x), x));
static_assert(is_near(slope_of_tanh(x = 20.0), 1.6993417021166355e-17));

} // namespace

static void check_loss(const char *name, auto loss) {
  for (const point_of_loss &at : losses)
    check(name, error::of_each, 1, 3, outputs_of(loss, at_run_time(at.z), at_run_time(at.y)),
          {at.loss, at.slope, -at.z, curvature(at.z), -1});
}

static void hard_points() {
  check_loss("fused cross-entropy", fused);
  check_loss("cross-entropy by hand", by_hand);
  check_loss("cross-entropy of logits", binary_cross_entropy_with_logits(z, y));
  check_loss("with two minus signs", with_two_minus_signs);
  check_loss("the other way round", the_other_way_round);
  check_loss("times minus one", times_minus_one);
  check_loss("minus inside", minus_inside);
  check_loss("mean of two", mean_of_two);
  for (const point_of_logarithm &at : logarithms) {
    check("log sigmoid", error::of_each, 1, 2, log_of_sigmoid(x = at_run_time(at.x)),
          {at.value, at.slope});
    check("log(1 - sigmoid)", error::of_each, 1, 2, log_rest(x = at_run_time(-at.x)),
          {at.value, -at.slope});
  }
  check("log sigmoid", "slope at -400", slope_of_log_sigmoid(x = at_run_time(-400)), 1);
  for (const double at : {40.0, -40.0})
    check("sigmoid", "slope at 40", slope_of_sigmoid(x = at_run_time(at)), 4.248354255291589e-18);
  for (const double at : {800.0, -800.0})
    check("sigmoid", "slope at 800", slope_of_sigmoid(x = at_run_time(at)), 0);
  check("tanh", "slope at 20", slope_of_tanh(x = at_run_time(20)), 1.6993417021166355e-17);
  const auto [slope, second, third] = derivatives(x = at_run_time(0));
  check("sigmoid", "greatest slope", slope, 0.25);
  check("sigmoid", "second derivative at 0", second, 0);
  check("sigmoid", "third derivative at 0", third, -0.125);
  for (const double at : {inflection, -inflection})
    check("sigmoid", "extreme second derivative", std::get<1>(derivatives(x = at_run_time(at))),
          at > 0 ? -0.09622504486493763 : 0.09622504486493763);
}

static const registered cases{"hard_points", hard_points};
