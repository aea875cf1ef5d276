// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: step(x = a, y = b): the values have no type in common
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
inline const math::pack<double> a(1.0);
inline const math::pack<float> b(2.0f);
#ifdef ACCEPT
inline const auto f = compile(x * y)(x = a, y = 2.0f);
#else
inline const auto f = compile(x * y)(x = a, y = b);
#endif
