// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the derivative of an operation has other operands than the operation
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct mix_operation : operation {
  static constexpr std::string_view name = "mix";
  static constexpr int arity = 2;
  template <class T>
  static constexpr T value(const T &a, const T &b) {
    return a * a * b;
  }
#ifdef ACCEPT
  static constexpr symbols adjoint(symbol d, symbol a, symbol b, symbol) {
    return {d * (2 * a * b), d * square(a)};
  }
#else
  static constexpr symbols adjoint(symbol d, symbol a, symbol b) {
    return {d * (2 * a * b), d * square(a)};
  }
#endif
};

constexpr variable<"x"> x;
constexpr auto f = partial(apply_operation<mix_operation>(x, 2_c), x);
constexpr double slope = compile(f)(x = 1.0);
