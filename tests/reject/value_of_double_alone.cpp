// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: it has a template value(a, b, ...) or
// NAMES: twice_operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct twice_operation : operation {
  static constexpr std::string_view name = "twice";
#ifdef ACCEPT
  template <class T>
  static constexpr T value(const T &x) {
    return T(2.0) * x;
  }
#else
  static constexpr double value(double x) { return 2 * x; }
#endif
  static constexpr symbol derivative(symbol x, symbol) { return x.home->constant(2); }
};

constexpr variable<"x"> x;

static_assert(gradient_is_right(apply_operation<twice_operation>(x), at(x = 1.0)));
