// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a unit with CHAINRULE_CHECKS and one without both compile.
#pragma once

#include <chainrule/chainrule.hpp>

#include <span>

inline constexpr chainrule::variable<"A", 2, 3> A;
inline constexpr chainrule::variable<"x", 3> x;
// in loops, for numbers need no workspace
inline constexpr auto f = norm(A * exp(tanh(exp(tanh(exp(outer(x, x)))))));
inline constexpr auto step = chainrule::compile(f, gradient(f, A));

namespace unchecked {

/// An element beyond a matrix, and a call whose outputs overlap its arguments: 0.
double read_and_call(double *memory);

} // namespace unchecked
