// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: parameters<double>(f): f is no variable; name the variables of the network
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
#ifdef ACCEPT
constexpr auto pack = parameters<double>(w);
#else
constexpr auto pack = parameters<double>(sigmoid(w * x));
#endif
