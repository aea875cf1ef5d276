// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Where the formula as a student writes it overflows, cancels or divides zero by zero: value and
// gradient, by the compiler and at run time.
#include "check.hpp"

namespace {

constexpr variable<"z"> z;
constexpr variable<"y"> y;
constexpr variable<"x"> x;

constexpr auto fused = binary_cross_entropy(sigmoid(z), y);
constexpr auto by_hand = -(y * log(sigmoid(z)) + (1_c - y) * log(1_c - sigmoid(z)));

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

constexpr bool all_losses_are_right(auto loss) {
  for (const point_of_loss &at : losses) {
    const auto [value, slope] = compile(loss, gradient(loss, z))(z = at.z, y = at.y);
    if (!is_near(value, at.loss) || !is_near(slope[z], at.slope))
      return false;
  }
  return true;
}
static_assert(all_losses_are_right(fused));
static_assert(all_losses_are_right(by_hand));

constexpr auto slope_of_log_sigmoid = compile(partial(log(sigmoid(x)), x));
static_assert(is_near(slope_of_log_sigmoid(x = -400.0), 1));
constexpr auto slope_of_sigmoid = compile(partial(sigmoid(x), x));
static_assert(is_near(slope_of_sigmoid(x = 40.0), 4.248354255291589e-18));
static_assert(is_near(slope_of_sigmoid(x = -40.0), 4.248354255291589e-18));
static_assert(slope_of_sigmoid(x = 800.0) == 0 && slope_of_sigmoid(x = -800.0) == 0);
constexpr auto slope_of_tanh = compile(partial(tanh(x), x));
static_assert(is_near(slope_of_tanh(x = 20.0), 1.6993417021166355e-17));

} // namespace

void hard_points() {
  for (const point_of_loss &at : losses) {
    check("fused cross-entropy", 1, compile(fused, gradient(fused, z))(z = at.z, y = at.y),
          {at.loss, at.slope});
    check("cross-entropy by hand", 1, compile(by_hand, gradient(by_hand, z))(z = at.z, y = at.y),
          {at.loss, at.slope});
  }
  check("log sigmoid", "slope at -400", slope_of_log_sigmoid(x = -400.0), 1);
  for (const double at : {40.0, -40.0})
    check("sigmoid", "slope at 40", slope_of_sigmoid(x = at), 4.248354255291589e-18);
  for (const double at : {800.0, -800.0})
    check("sigmoid", "slope at 800", slope_of_sigmoid(x = at), 0);
  check("tanh", "slope at 20", slope_of_tanh(x = 20.0), 1.6993417021166355e-17);
}
