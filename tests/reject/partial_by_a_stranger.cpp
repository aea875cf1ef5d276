// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// EXPECT: partial(f, h): h is neither a variable nor a part of f
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto h = sigmoid(w * x);
#ifdef ACCEPT
constexpr auto d = partial(square(h), h);
#else
constexpr auto d = partial(square(w), h);
#endif
