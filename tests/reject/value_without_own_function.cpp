// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A function that the standard library lacks for the value's type.
// EXPECT: the formula has a function that the namespace of the value's type does not
#include <chainrule/chainrule.hpp>

#include <complex>

using namespace chainrule;

constexpr variable<"x"> x;

#ifdef ACCEPT
constexpr auto f = normal_density(x);
#else
constexpr auto f = normal_cdf(x);
#endif
const auto y = compile(f)(x = std::complex<double>(0.5, 1));
