// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Wrong rules of operations that a check might not notice: each is called wrong, or it is said
// where nothing can be seen of it.
#include "../../own_operations.hpp"

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"u", 3> u;
constexpr variable<"A", 2, 3> A;
constexpr matrix<double, 3> some_u{3, -4, 2};
constexpr matrix<double, 2, 3> some_A{1, 2, 3, -4, 0.5, 0.25};

// with a rule of its shape: the sum of all rows down to each, whose adjoint is the sum from below
constexpr auto wrong_sums = apply_operation<own::wrong_cumulative_sum_operation>(u);
static_assert(!gradient_is_right(squared_norm(wrong_sums), u = some_u));
static_assert(!gradient_is_right(element_of<2>(wrong_sums), u = some_u));
static_assert(gradient_is_right(squared_norm(own::cumulative_sum(u)), u = some_u));

/// The elements row by row in the other shape, with the adjoint of a transpose.
struct turned_operation : operation {
  static constexpr std::string_view name = "turned";
  static constexpr detail::shape result_shape(const detail::extent &of) {
    return {of.shape.columns, of.shape.rows};
  }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *in) {
    for (int i = 0; i < X.shape.size(); ++i)
      out[i] = in[i];
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<transpose_operation>(d)};
  }
};
static_assert(!gradient_is_right(squared_norm(apply_operation<turned_operation>(A)), A = some_A));

/// x^3; its slope is right, and the slope of that is not.
struct cube_slope_operation : operation {
  static constexpr std::string_view name = "cube_slope";
  template <class T>
  static constexpr T value(const T &of) {
    return T(3.0) * of * of;
  }
  static constexpr symbol derivative(symbol of, symbol) { return 3 * of; }
};
struct cube_operation : operation {
  static constexpr std::string_view name = "cube";
  template <class T>
  static constexpr T value(const T &of) {
    return of * of * of;
  }
  static constexpr symbol derivative(symbol of, symbol) {
    return apply_operation<cube_slope_operation>(of);
  }
};
constexpr auto cube = apply_operation<cube_operation>(x);
static_assert(gradient_is_right(cube * y, x = 0.7, y = 2.0));
static_assert(!gradient_is_right(partial(cube * y, x), x = 0.7, y = 2.0));

/// x^2 with the slope x + 1: right at 1 by coincidence, but the slope of the slope is not.
struct coincidence_operation : operation {
  static constexpr std::string_view name = "coincidence";
  template <class T>
  static constexpr T value(const T &of) {
    return of * of;
  }
  static constexpr symbol derivative(symbol of, symbol) { return of + 1; }
};
constexpr auto coincidence = apply_operation<coincidence_operation>(x);
static_assert(gradient_is_right(coincidence, x = 1.0) && !gradient_is_right(coincidence, x = 1.5));
static_assert(!gradient_is_right(partial(coincidence, x), x = 1.0));

// what is too small on the way back, 1e-200 * 1e-200 * 1e300, is 0 in the gradient, too
constexpr auto small_first = y * (y * (x * z));
static_assert(!gradient_is_right(small_first, x = 1e300, y = 1e-200, z = 0.5));
static_assert(gradient_is_right(small_first, x = 1e300, y = 1e-100, z = 0.5));

} // namespace
