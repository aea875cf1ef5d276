// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What a user calls his own: after `using namespace chainrule` these names still mean his.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

constexpr int graph = 1, number = 2, list = 3, node = 4, record = 5, hash = 6, mix = 7, term = 8;
constexpr int program = 9, instruction = 10, construct = 11, dual = 12, reduced = 13, parts = 14;
constexpr int product = 15, draft = 16, lowering = 17, rebuild = 18, negated = 19, rounded = 20;

constexpr int sum_of_names = graph + number + list + node + record + hash + mix + term + program +
                             instruction + construct + dual + reduced + parts + product + draft +
                             lowering + rebuild + negated + rounded;
static_assert(sum_of_names == 210);

constexpr variable<"step"> step;
static_assert(partial(square(step), step) == 2_c * step);
