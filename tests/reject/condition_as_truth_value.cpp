// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: if (x > y): an expression has no value while the network is being written
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;

#ifdef ACCEPT
constexpr auto f = select(x > w, x, w);
#else
constexpr auto f = [] {
  if (x > w)
    return 1;
  return 0;
}();
#endif
