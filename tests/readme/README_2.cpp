// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The first program's step as a function; the block stands in a namespace.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * x);
constexpr auto step = compile(f, gradient(f, w));

#include "README_2.inc"

int main() { return std::get<0>(value_and_slope(0.0, 1.0)) == 0.5 ? 0 : 1; }
