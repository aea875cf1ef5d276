// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: a constant in the rule of an operation is exact
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct half_square_operation : operation {
  static constexpr std::string_view name = "half_square";

  template <class T>
  static constexpr T value(const T &x) {
    return T(0.5) * x * x;
  }
#ifdef ACCEPT
  static constexpr symbol derivative(symbol x, symbol) { return -0.5_c * x + 1.5_c * x; }
#else
  static constexpr symbol derivative(symbol x, symbol) { return -0.5 * x + 1.5_c * x; }
#endif
};
constexpr auto f = apply_operation<half_square_operation>(variable<"x">{});
#ifdef ACCEPT
static_assert(gradient_is_right(f, at(variable<"x">{} = 0.75)));
#endif
