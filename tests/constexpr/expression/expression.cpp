// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Expression types: spelled out while short, abbreviated when long, equal for equal formulas.
#include <type_traits>

#include <chainrule/rewrite/rewrite.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr auto short_one = sigmoid(x * x + 1_c) - 0.5_c;
constexpr auto doubled(auto h) { return sigmoid(h) * h; }
constexpr auto long_one = doubled(doubled(doubled(doubled(x))));

static_assert(detail::record<decltype(short_one)>.names == 8);
static_assert(std::is_empty_v<decltype(long_one)>);
static_assert(detail::record<decltype(long_one)>.names <= detail::names_spelled_out);
static_assert(std::is_same_v<decltype(doubled(doubled(doubled(doubled(x))))),
                             std::remove_const_t<decltype(long_one)>>);
static_assert(!std::is_same_v<decltype(x + 1_c), decltype(1_c + x)>);
static_assert(std::is_same_v<decltype(0.5_c), literal<1, 2>>);
static_assert(std::is_same_v<decltype(1e-3_c), literal<1, 1000>>);

} // namespace
