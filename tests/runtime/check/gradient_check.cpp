// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include "../../own_operations.hpp"

#include "../../catch.hpp"

#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u", 3> u;

/// The norm as it is written by hand: at 1e-170 it and its slopes are 0, at 1e155 infinite and 0.
struct squares_first_operation : operation {
  static constexpr std::string_view name = "squares_first";
  static constexpr detail::shape result_shape(const detail::extent &) { return {}; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *in) {
    T squares = in[0] * in[0];
    for (int i = 1; i < X.shape.size(); ++i)
      squares = squares + in[i] * in[i];
    *out = squares == T(0.0) ? T(0.0) : math::sqrt(squares);
  }
  static constexpr symbols adjoint(symbol d, symbol of, symbol result) {
    const symbol zero = d.home->constant(0);
    return {select(result <= zero, zero, d / result) * of};
  }
};

bool is_right_at(auto f, double unit) {
  return gradient_is_right(f, u = matrix<double, 3>{3 * unit, -4 * unit, 2 * unit});
}

} // namespace

TEST_CASE("a gradient that is 0 as the function is, by underflow, is called wrong") {
  const auto squares_first = apply_operation<squares_first_operation>(u);
  for (const double unit : {0.0, 1.0, 1e-150, 1e150})
    CHECK(is_right_at(squares_first, unit));
  for (const double unit : {1e-160, 1e-170, 1e-300, 1e155, 1e300})
    CHECK_FALSE(is_right_at(squares_first, unit));
  for (const double unit : {0.0, 1.0, 1e-150, 1e-170, 1e-300, 1e150, 1e155, 1e300})
    CHECK(is_right_at(norm(u), unit));
}

TEST_CASE("what is infinite or NaN on both sides is called wrong") {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(gradient_is_right(1_c / x, x = 0.0));
  CHECK_FALSE(gradient_is_right(log(x) * y, x = -1.0, y = 1.0));
  CHECK_FALSE(gradient_is_right(x * y, x = nan, y = 1.0));
  CHECK_FALSE(gradient_is_right(x * y, x = infinity, y = 1.0));
  CHECK_FALSE(gradient_is_right(square(x), at(x = 1.0), nan));
}
