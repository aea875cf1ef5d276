// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The derivatives of the sigmoid as functions of their own. Proved: the formulas, the symmetry, and
// 1/4 - s' = (1/2 - s)^2, which is why s' is at most 1/4, and that only where s = 1/2, at 0.
// Evaluated, not proved: that s' has no least value: it falls towards 0 and never reaches it.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;

constexpr auto s = sigmoid(x);
constexpr auto first = partial(s, x);
constexpr auto second = partial(first, x);
constexpr auto third = partial(second, x);

static_assert(first == s * (1_c - s));
static_assert(second == s * (1_c - s) * (1_c - 2_c * s));
static_assert(third == s * (1_c - s) * (1_c - 6_c * s * (1_c - s)));
static_assert(0.25_c - first == square(0.5_c - s));
static_assert(first == sigmoid(-x) * (1_c - sigmoid(-x)));

constexpr auto all = compile(s, first, second, third);
static_assert(std::get<1>(all(x = 0.0)) == 0.25);
static_assert(std::get<2>(all(x = 0.0)) == 0.0);
static_assert(std::get<3>(all(x = 0.0)) == -0.125);
static_assert(gradient_is_right(s, at(x = 1.3)));

int main(int count, char **values) {
  begin(count, values);
  show("s", s);
  show("s'", first);
  show("s''", second);
  show("s'''", third);

  std::printf("%8s %14s %14s %14s %14s\n", "x", "s", "s'", "s''", "s'''");
  for (const double at : {-40.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 40.0}) {
    const auto [v0, v1, v2, v3] = all(x = at);
    std::printf("%8g %14.6g %14.6g %14.6g %14.6g\n", at, v0, v1, v2 + 0.0, v3); // no -0
    check("0 < s' <= 1/4", v1 > 0 && v1 <= 0.25, 1);
  }
  expect("s'(0.5)", std::get<1>(all(x = 0.5)), 0.2350037122015944890693);
  expect("s''(0.5)", std::get<2>(all(x = 0.5)), -0.05755679485232074055938);
  expect("s'(40)", std::get<1>(all(x = 40.0)), 4.248354255291588995e-18);
  return result();
}
