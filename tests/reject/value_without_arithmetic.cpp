// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: the value is of a type that cannot be computed with
#include <chainrule/chainrule.hpp>

using namespace chainrule;

struct height {
  double metres;
};
constexpr variable<"x"> x;
constexpr height top{2.5};
#ifdef ACCEPT
constexpr auto y = compile(sigmoid(x))(x = top.metres);
#else
constexpr auto y = compile(sigmoid(x))(x = top);
#endif
