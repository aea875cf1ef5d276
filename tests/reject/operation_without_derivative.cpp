// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: an operation says how it is differentiated
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct cube_operation : operation {
  static constexpr std::string_view name = "cube";

  template <class T>
  static constexpr T value(const T &x) {
    return x * x * x;
  }
#ifdef ACCEPT
  static constexpr symbol derivative(symbol x, symbol) { return 3 * square(x); }
};
constexpr auto f = apply_operation<cube_operation>(variable<"x">{});
#else
};
constexpr auto f = apply_operation<cube_operation>(variable<"x">{});
#endif
