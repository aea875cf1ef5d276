// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: f takes a point and a double *
#include <chainrule/benchmark.hpp>

using namespace chainrule;

constexpr variable<"w"> w;
constexpr variable<"x"> x;
constexpr auto f = sigmoid(w * x);

#ifdef ACCEPT
const auto result = benchmark(f, gradient(f, w), at(w = 0.25, x = 0.63),
                              against("none", [](const auto &, double *) { return 0.0; }));
#else
const auto result = benchmark(f, gradient(f, w), at(w = 0.25, x = 0.63),
                              against("none", [](double) { return 0.0; }));
#endif
