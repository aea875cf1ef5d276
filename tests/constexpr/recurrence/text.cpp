// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences as text: what is printed means what was written, whatever its variables are called.

#include <chainrule/linear_algebra.hpp>

using namespace chainrule;

namespace {

constexpr variable<"s"> s;
constexpr variable<"t"> t;
constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"a"> a;
constexpr variable<"n"> n;
constexpr variable<"X", 1, 6> X;
constexpr variable<"Y", 1, 3> Y;
constexpr variable<"A", 2, 2> A;
constexpr variable<"b", 2> b;

// Places are shared by recurrences; a name is not that of something else in the body.
static_assert(to_string(fold(s + x, s = 0_c, x = X) + fold(t * s + x, t = 1_c, x = X)) ==
              "fold(s + x, s = 0, x = X) + fold(t * s + x, t = 1, x = X)");
static_assert(to_string(fold(s + x, s = 0_c, x = X) + fold(t + a * s * x, t = 0_c, a = X)) ==
              "fold(s + x, s = 0, x = X) + fold(t + a * s * x, t = 0, a = X)");
static_assert(to_string(iterate<3>(s + x, s = 0_c) + iterate<3>(x + s, x = 0_c)) ==
              "iterate<3>(s + x, s = 0) + iterate<3>(x + s, x = 0)");
static_assert(to_string(fold(s + x, s = variable<"s">{}, x = X)) == "fold(s + x, s = s, x = X)");
// the same under other names is written by the first ones
static_assert(to_string(fold(s + x, s = 0_c, x = X) + fold(x + s, x = 0_c, s = X)) ==
              "fold(s + x, s = 0, x = X) + fold(s + x, s = 0, x = X)");
static_assert(to_string(fold(s * x, s = 1_c, x = X) + fold(x * s * t, t = s, x = X)) ==
              "fold(s * x, s = 1, x = X) + fold(x * s * t, t = s, x = X)");
// of a recurrence in another one
static_assert(to_string(sum(map_columns(fold(s + x * y, s = 0_c, y = Y), x = X)) +
                        sum(map_columns(x * fold(t + s * y, t = 0_c, y = Y), s = X))) ==
              "sum(scan(fold(s + x * y, s = 0, y = Y), x = X)) + "
              "sum(scan(x * fold(t + s * y, t = 0, y = Y), s = X))");

// How many steps there are.
static_assert(to_string(fold(s + x, s = 0_c, x = X, steps(n))) ==
              "fold(s + x, s = 0, x = X, steps(n))");
static_assert(to_string(iterate<5>(s * s, s = a, steps(n))) ==
              "iterate<5>(s * s, s = a, steps(n))");
static_assert(to_string(iterate<5>(s * s, s = a, steps(2.5_c))) ==
              "iterate<5>(s * s, s = a, steps(3))");
static_assert(to_string(iterate<5>(s * s, s = a, steps(5_c))) == "iterate<5>(s * s, s = a)");
static_assert(to_string(partial(fold(a * s, s = t, x = X, steps(n)), t)) ==
              "iterate_backward<6>(_2 * a, _2 = 1, steps(n))");

// The two triangles.
static_assert(to_string(solve_lower(A, b)) == "solve_lower(A, b)");
static_assert(to_string(solve_upper(A, b)) == "solve_upper(A, b)");
static_assert(to_string(partial(sum(solve_upper(A, b)), b)) ==
              "solve_lower(transpose(A), fill<2, 1>(1))");

// What a definition is made of is opened, too.
static_assert(to_string(partial(partial(normal_cdf(t), t), t)) ==
              "select(normal_density(t) <= 0, 0, -t * normal_density(t))");
static_assert(to_string(partial(sum(cholesky(A)), A)).find("transposed") == std::string_view::npos);

} // namespace
