// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: parameters<double>(W, W): a variable, named in this message, is there twice
// NAMES: named<'a', '.', 'W'>
#include <chainrule/chainrule.hpp>

using namespace chainrule;

#ifdef ACCEPT
constexpr auto model = sequential(dense<"a", 2, 2>(linear), dense<"b", 2, 2>(linear));
#else
constexpr auto model = sequential(dense<"a", 2, 2>(linear), dense<"a", 2, 2>(linear));
#endif
constexpr auto pack = parameters<double>(model);
