// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// g++ or clang, -std=c++20. The compiler proves a derivative that was found by hand; it compiles,
// and that is all. Take away a factor, or turn a sign round, and it does not.
#include "chainrule_all.hpp"

namespace net {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w"> w;
constexpr variable<"b"> b;

constexpr auto a = sigmoid(w * x + b);
constexpr auto loss = -(y * log(a) + (1_c - y) * log(1_c - a));

static_assert(partial(loss, w) == (a - y) * x);
static_assert(partial(loss, b) == a - y);
static_assert(partial(partial(loss, w), w) == a * (1_c - a) * square(x));

} // namespace net

int main() {}
