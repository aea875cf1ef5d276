// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: name the variable, parameters<double>(w), and set its value, theta[w] = 0.5
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"b"> b;

#ifdef ACCEPT
auto theta = parameters<double>(w, b);
void set() { theta[w] = 0.5; }
#else
auto theta = parameters<double>(w, 0.5);
#endif

int main() {}
