// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: pi_c, e_c: they are known to 160 digits, and the scalar of the call has more
#include <chainrule/chainrule.hpp>

#ifdef ACCEPT
constexpr int digits = 150;
#else
constexpr int digits = 200;
#endif

struct long_number {
  double value = 0;

  long_number() = default;
  explicit long_number(double number) : value(number) {}
};
long_number operator+(long_number a, long_number b) { return long_number(a.value + b.value); }
long_number operator-(long_number a, long_number b) { return long_number(a.value - b.value); }
long_number operator-(long_number a) { return long_number(-a.value); }
long_number operator*(long_number a, long_number b) { return long_number(a.value * b.value); }
long_number operator/(long_number a, long_number b) { return long_number(a.value / b.value); }

template <>
struct std::numeric_limits<long_number> {
  static constexpr bool is_specialized = true;
  static constexpr int digits10 = ::digits;
};

using namespace chainrule;

constexpr variable<"x"> x;
const long_number y = compile(pi_c * x)(x = long_number(0.5));
