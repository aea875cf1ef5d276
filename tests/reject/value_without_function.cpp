// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the formula has a function that the namespace of the value's type does not
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace own {
struct height {
  double metres = 0;
  constexpr height() = default;
  constexpr height(double number) : metres(number) {}
  friend constexpr height operator+(height a, height b) { return a.metres + b.metres; }
  friend constexpr height operator-(height a, height b) { return a.metres - b.metres; }
  friend constexpr height operator*(height a, height b) { return a.metres * b.metres; }
  friend constexpr height operator/(height a, height b) { return a.metres / b.metres; }
  friend constexpr height operator-(height a) { return -a.metres; }
};
#ifdef ACCEPT
constexpr height sin(height x) { return x.metres; }
#endif
} // namespace own

constexpr variable<"x"> x;
constexpr auto y = compile(sin(x))(x = own::height(2.5));
