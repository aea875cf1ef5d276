// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"z", 3> z;
constexpr variable<"w", 3> w;
constexpr variable<"Z", 2, 3> Z;

constexpr bool is_close(double a, double b) { return math::abs(a - b) <= 1e-14 * math::abs(b); }

// -- softmax
static_assert(compile(softmax(z))(z = {5.0, 5.0, -1000.0})(0) == 0.5);
static_assert(compile(softmax(Z, by_row))(Z = {5.0, 5.0, -1000.0, 1.0, 1.0, 1.0})(0, 1) == 0.5);

// -- log_softmax
static_assert(compile(log_softmax(z))(z = {0.0, -1000.0, -1000.0})(1) ==
              -1000); // softmax is 0 there

// -- logsumexp
static_assert(compile(logsumexp(z))(z = {1000.0, 0.0, 0.0}) == 1000); // e^1000 overflows
static_assert(partial(logsumexp(z), z) == softmax(z));
static_assert(compile(logsumexp(Z, by_row))(Z = {1000.0, 0.0, 0.0, 5.0, -1000.0, -1000.0})(1) == 5);

// -- row_softmax
static_assert(compile(row_softmax(Z))(Z = {5.0, 5.0, -1000.0, 1.0, 1.0, 1.0})(0, 1) == 0.5);

// -- row_log_softmax
static_assert(compile(row_log_softmax(Z))(Z = {0.0, -1000.0, 0.0, 0.0, -1000.0, -1000.0})(1, 1) ==
              -1000);

// -- row_logsumexp
static_assert(compile(row_logsumexp(Z))(Z = {1000.0, 0.0, 0.0, 5.0, -1000.0, -1000.0})(1) == 5);

// -- log_mean_exp
static_assert(is_close(compile(log_mean_exp(z))(z = {2.0, 2.0, 2.0}), 2));

// -- weighted_logsumexp
static_assert(is_close(compile(weighted_logsumexp(w, z))(w = {2.0, -1.0, 0.0}, z = {7.0, 7.0, 0.0}),
                       7));

} // namespace
