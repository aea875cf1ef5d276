// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"z", 2> z; // logits
constexpr variable<"p", 2> p; // probabilities
constexpr variable<"y", 2> y; // labels

constexpr bool is_close(double l, double r) { return math::abs(l - r) <= 1e-14 * math::abs(r); }

// -- squared_error
static_assert(compile(squared_error(a, b))(a = 3.0, b = 1.0) == 4);
static_assert(to_string(partial(squared_error(a, b), a)) == "2 * (a - b)");

// -- binary_cross_entropy_with_logits
static_assert(compile(binary_cross_entropy_with_logits(a, b))(a = -800.0, b = 1.0) == 800);
static_assert(to_string(partial(binary_cross_entropy_with_logits(a, b), a)) == "sigmoid(a) - b");

// -- binary_cross_entropy
static_assert(is_close(compile(binary_cross_entropy(a, b))(a = 0.5, b = 1.0), 0.6931471805599453));
static_assert(partial(binary_cross_entropy(sigmoid(a), b), a) == sigmoid(a) - b);

// -- absolute_error
static_assert(compile(absolute_error(a, b))(a = 1.0, b = 3.0) == 2);
static_assert(to_string(partial(absolute_error(a, b), a)) == "sign(a - b)");

// -- half_squared_error
static_assert(compile(half_squared_error(p, y))(p = {1.0, 2.0}, y = {0.0, 0.0}) == 2.5);
static_assert(partial(half_squared_error(p, y), p) == p - y);

// -- mean_squared_error
static_assert(compile(mean_squared_error(p, y))(p = {1.0, 2.0}, y = {0.0, 0.0}) == 2.5);

// -- mean_absolute_error
static_assert(compile(mean_absolute_error(p, y))(p = {1.0, 2.0}, y = {0.0, 0.0}) == 1.5);

// -- huber
static_assert(compile(huber(a, b, 1_c))(a = 3.0, b = 0.0) == 2.5);   // a line
static_assert(compile(huber(a, b, 1_c))(a = 0.5, b = 0.0) == 0.125); // a parabola

// -- hinge
static_assert(compile(hinge(a, b))(a = 0.25, b = -1.0) == 1.25);

// -- cross_entropy
static_assert(is_close(compile(cross_entropy(p, y))(p = {0.5, 0.5}, y = {1.0, 0.0}),
                       0.6931471805599453));

// -- softmax_cross_entropy
static_assert(compile(softmax_cross_entropy(z, y))(z = {0.0, 800.0}, y = {1.0, 0.0}) == 800);

// -- kullback_leibler
static_assert(compile(kullback_leibler(p, y))(p = {0.5, 0.5}, y = {0.5, 0.5}) == 0);

} // namespace
