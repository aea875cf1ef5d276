// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: benchmark(f, at(x = 0.5)): give the function, its gradient and a point
#include <chainrule/benchmark.hpp>

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr auto f = sigmoid(w * x);

#ifdef ACCEPT
const auto result = benchmark(f, gradient(f, w), at(w = 0.25, x = 0.63));
#else
const auto result = benchmark(f, at(w = 0.25, x = 0.63));
#endif
