// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: an operation whose derivative is made of digamma or trigamma says how many it has
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct log_factorial_operation : operation { // log x!
  static constexpr std::string_view name = "log_factorial";
#ifdef ACCEPT
  static constexpr int derivatives = 3;
#endif
  template <class T>
  static constexpr T value(const T &x) {
    return math::lgamma(T(1.0) + x);
  }
  static constexpr symbol derivative(symbol x, symbol) { return digamma(1 + x); }
};

constexpr variable<"x"> x;
constexpr auto third =
    partial(partial(partial(apply_operation<log_factorial_operation>(x), x), x), x);
#ifdef ACCEPT
inline const double f = compile(third)(x = 0.5);
#else
inline const double f = compile(partial(third, x))(x = 0.5);
#endif
