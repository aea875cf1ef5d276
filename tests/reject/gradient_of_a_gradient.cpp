// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: f and what it is differentiated by are expressions
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * x);
#ifdef ACCEPT
constexpr auto g = gradient(partial(f, w), w);
#else
constexpr auto g = gradient(gradient(f, w), w);
#endif
