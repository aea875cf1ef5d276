// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"s"> s; // a state
constexpr variable<"t"> t; // another
constexpr variable<"u"> u; // the input of a step
constexpr variable<"n"> n;
constexpr variable<"U", 1, 4> U;

constexpr std::array inputs{1.0, 2.0, 3.0, 4.0};

// -- update
// two states: sum and product
constexpr auto both = fold(update(s = s + u, t = t * u), s = 0_c, t = 1_c, u = U);
static_assert(compile(both[s])(U = inputs) == 10);
static_assert(compile(both[t])(U = inputs) == 24);

// -- steps
static_assert(compile(fold(s + u, s = 0_c, u = U, steps(n)))(U = inputs, n = 2.0) == 3);

// -- recomputed
constexpr variable<"start"> start;       // of a block
constexpr variable<"block", 1, 2> block; // its columns
constexpr auto in_blocks =
    fold(fold(s + u, s = start, u = block, recomputed), start = 0_c, block = U);
static_assert(compile(in_blocks)(U = inputs) == 10);

// -- fold
static_assert(compile(fold(s / 2_c + u, s = 0_c, u = U))(U = inputs) == 6.125);
static_assert(gradient_is_right(fold(s / 2_c + u, s = 0_c, u = U), at(U = inputs)));

// -- scan
static_assert(compile(scan(s + u, s = 0_c, u = U))(U = inputs)(2) == 6); // 1 3 6 10

// -- fold_backward
static_assert(compile(fold_backward(s / 2_c + u, s = 0_c, u = U))(U = inputs) == 3.25);

// -- scan_backward
static_assert(compile(scan_backward(s + u, s = 0_c, u = U))(U = inputs)(0) == 10); // 10 9 7 4

// -- iterate
static_assert(compile(iterate<10>(2_c * s, s = 1_c))() == 1024);

// -- orbit
static_assert(compile(orbit<3>(2_c * s, s = 1_c))()(2) == 8); // 2 4 8

// -- map_columns
static_assert(compile(map_columns(square(u), u = U))(U = inputs)(3) == 16);

// -- step_indices
static_assert(compile(fold(s + u * n, s = 0_c, u = U, n = step_indices<4>))(U = inputs) == 20);

} // namespace
