// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A gradient is values by variable.
//
// EXPECT 1: values by variable are looked up by the variable itself, slope[x]
// EXPECT 2: values by variable are looked up by the variable itself, slope[x]
// EXPECT 3: values by variable are looked up by the variable itself, slope[x]
// EXPECT 4: values by variable are looked up by the variable itself, slope[x]
// EXPECT 5: a gradient is values by variable and no number
// EXPECT 6: a gradient of several variables is no one formula
// EXPECT 7: a gradient of several variables is no one formula
// EXPECT 8: take one of them, gradient(f, w)[w], which is partial(f, w)
// EXPECT 9: is none of theta's; name it in parameters<double>(..., W)
// EXPECT 10: give the function, of which the gradient by all variables is checked
// EXPECT 11: give the function, of which the gradient by all variables is checked
// EXPECT 12: a compiled function is called first
#include <chainrule/chainrule.hpp>

#include <iostream>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * x);
constexpr auto step = compile(gradient(f, w, x));
constexpr auto slope = step(w = 0.25, x = 0.5);

#ifdef ACCEPT
constexpr double g = slope[x];
static_assert(gradient(f, w) == partial(f, w));
static_assert(gradient_is_right(f, at(w = 0.25, x = 0.5)));
inline void print() { std::cout << f << step(w = 0.25, x = 0.5); }
#elif MISTAKE == 1
constexpr double g = slope[0];
#elif MISTAKE == 2
constexpr double g = slope["x"];
#elif MISTAKE == 3
void change() {
  auto theta = parameters<double>(x, w);
  theta[0] -= 0.1;
}
#elif MISTAKE == 4
constexpr auto g = gradient(f, w)[0] * x;
#elif MISTAKE == 5
const double g = compile(gradient(f, w))(w = 0.25, x = 0.5);
#elif MISTAKE == 6
static_assert(gradient(f, w, x) == f * (1_c - f) * x);
#elif MISTAKE == 7
static_assert(f * (1_c - f) * x == gradient(f, w, x));
#elif MISTAKE == 8
constexpr auto g = w - 0.1_c * gradient(f, w);
#elif MISTAKE == 9
void change() {
  auto theta = parameters<double>(w);
  theta.descend(slope, 0.1);
}
#elif MISTAKE == 10
static_assert(gradient_is_right(f, f *(1_c - f) * x, at(w = 0.25, x = 0.5)));
#elif MISTAKE == 11
static_assert(gradient_is_right(gradient(f, w), at(w = 0.25, x = 0.5)));
#elif MISTAKE == 12
void print() { std::cout << "f = " << compile(f) << '\n'; }
#endif
