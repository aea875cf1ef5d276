// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a matrix of derivatives costs, and in which way it is computed.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x", 3> x;
constexpr variable<"A", 50, 3> A;
constexpr variable<"y", 50> y;
constexpr variable<"a"> a;

static_assert(cost(hessian(sum(exp(x)), x)).way == "a sweep back for each row");
static_assert(cost(jacobian(A * x, x)).way == "a sweep forward for each column");
static_assert(cost(hessian(sum(exp(y)), y)).way.starts_with("a loop over rows"));
static_assert(cost(jacobian(exp(A * transpose(A) * y), y)).way.starts_with("a loop over rows"));
static_assert(cost(a * a).way.empty() && cost(a * a).operations == 1);
static_assert(cost(jacobian(A * x, x)).operations > 0);

} // namespace
