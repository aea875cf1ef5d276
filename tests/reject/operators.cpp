// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Operators of C++ that an expression does not have, and its elements.
//
// EXPECT 1: write pow(x, 2_c) or square(x)
// EXPECT 2: the remainder of a division is fmod(x, y)
// EXPECT 3: e = e * x, e += x, ++e: the type of an expression is its formula
// EXPECT 4: e = e * x, e += x, ++e: the type of an expression is its formula
// EXPECT 5: its place is a literal, v[0_c], M(0_c, 1_c) of a variable
// EXPECT 6: its place is a literal, v[0_c], M(0_c, 1_c) of a variable
// EXPECT 7: its place is a literal, v[0_c], M(0_c, 1_c) of a variable
// EXPECT 8: has its elements in rows and columns, M(0_c, 1_c)
// EXPECT 9: sum(x, w): sum adds up the elements of one matrix
// EXPECT 10: functions are chainrule's, exp(f) without std::
// EXPECT 11: functions are chainrule's, exp(f) without std::
// EXPECT 12: its value is compile(f)(x = 0.5)
// EXPECT 13: e = e * x, e += x, ++e: the type of an expression is its formula
// EXPECT 14: e = e * x, e += x, ++e: the type of an expression is its formula
#include <chainrule/chainrule.hpp>

#include <cmath>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr variable<"v", 2> v;
constexpr variable<"M", 2, 3> M;

#ifdef ACCEPT
constexpr auto f = pow(x, 2_c) + fmod(x, w) + v[0_c] * M(0_c, 1_c) + sum(v) + exp(x);
#elif MISTAKE == 1
constexpr auto f = x * w ^ 2; // which is (x * w) ^ 2
#elif MISTAKE == 2
constexpr auto f = sum(M % 2_c);
#elif MISTAKE == 3
constexpr auto sum_of(auto... terms) {
  auto all = 0_c;
  (..., (all += terms));
  return all;
}
constexpr auto f = sum_of(x);
#elif MISTAKE == 4
void change() {
  auto e = x * w;
  e = e * x;
}
#elif MISTAKE == 5
constexpr auto f = x * v[0] + 1_c;
#elif MISTAKE == 6
constexpr auto f = compile(sin(M(0, 1)), gradient(M(0, 1), M));
#elif MISTAKE == 7
constexpr auto f = (2_c * v)[0_c] * x;
#elif MISTAKE == 8
constexpr auto f = x * M[0_c];
#elif MISTAKE == 9
constexpr auto f = sigmoid(sum(x, w, 1_c));
#elif MISTAKE == 10
const auto f = std::exp(x * w);
#elif MISTAKE == 11
const auto f = std::pow(x, 2);
#elif MISTAKE == 12
const double f = x * w;
#elif MISTAKE == 13
void change() {
  auto e = x; // a variable, to which a value can be given
  e += w;
}
#elif MISTAKE == 14
void change() {
  auto e = x * w;
  e++;
}
#endif
