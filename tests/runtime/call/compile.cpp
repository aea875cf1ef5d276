// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What makes two outputs different.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <tuple>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;

} // namespace

TEST_CASE("a gradient and a derivative of one function are different outputs") {
  const auto together = compile(square(x), gradient(square(x), x));
  const auto apart = compile(square(x), partial(square(x), x));
  CHECK(std::get<1>(together(x = 3.0))[x] == std::get<1>(apart(x = 3.0)));
}
