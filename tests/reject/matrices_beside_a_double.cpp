// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: W = values: the values of a matrix, named in this message, are of another type
// NAMES: named<'W'>, double, float>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"W", 2, 2> W;
constexpr variable<"b", 2> b;
constexpr variable<"x", 2> x;
constexpr auto step = compile(sum(tanh(W * x + b)));
#ifdef ACCEPT
constexpr auto theta = parameters<double>(W, b);
#else
constexpr auto theta = parameters<float>(W, b);
#endif
constexpr double f = step(theta, x = std::array{1.0, 2.0});
