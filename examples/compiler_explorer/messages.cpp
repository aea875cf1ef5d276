// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// g++ or clang, -std=c++20 -DMISTAKE=1, 2, 3 or 4, and read the first error. Without, it compiles.
#include "chainrule_all.hpp"

namespace net {

using namespace chainrule;

constexpr variable<"x", 4> x;
constexpr variable<"W", 8, 3> W;
constexpr variable<"w"> w;

#if MISTAKE == 1
constexpr auto f = W * x; // 3 columns, 4 rows
#elif MISTAKE == 2
constexpr auto f = w * 0.5; // a number that has a type
#elif MISTAKE == 3
constexpr auto f = compile(square(w))(); // w has no value
#elif MISTAKE == 4
constexpr auto f = w ^ 2_c;
#else
constexpr auto f = square(w) * sum(W) + sum(x);
#endif

} // namespace net

int main() { [[maybe_unused]] const auto formula = net::f; }
