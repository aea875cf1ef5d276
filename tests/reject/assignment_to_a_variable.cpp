// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A formula that begins with a variable and is to become another one: it would be a binding.
//
// EXPECT: x = value gives x the value in a call, and changes no x
// FLAGS: -Werror=unused-result
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

void write() {
  const auto e = x;
#ifdef ACCEPT
  const auto next = e * w;
#else
  e = e * w;
#endif
}
