// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Exact constants: lowest terms, exact arithmetic, correct rounding of decimals.
#include <chainrule/math/number.hpp>

using chainrule::math::number;
using chainrule::math::reduced;

static_assert(reduced(5, 1, -1) == number(1, 2, 0));
static_assert(reduced(6, -4) == number(-3, 2, 0));
static_assert(reduced(0, 7, 12) == number(0));
static_assert(chainrule::math::sum(reduced(1, 10), reduced(2, 10)) == reduced(3, 10));
static_assert(chainrule::math::sum(number(1, 3, -40), number(0)) == number(1, 3, -40));
static_assert(!chainrule::math::sum(number(INT64_MAX), number(1)).exists());
static_assert(chainrule::math::product(reduced(2, 3), reduced(3, 2)) == number(1));
static_assert(chainrule::math::reciprocal(number(-4)) == reduced(-1, 4));
static_assert(chainrule::math::rounded<double>(reduced(1, 10)) == 0.1);
static_assert(chainrule::math::rounded<float>(reduced(1, 10)) == 0.1f);
static_assert(chainrule::math::rounded<double>(reduced(1, 1, -300)) == 1e-300);
static_assert(chainrule::math::rounded<double>(reduced(-5, 1, 300)) == -5e300);
static_assert(chainrule::math::detail::correctly_rounded<double>(17976931348623157, 1, 292) ==
              1.7976931348623157e308);
static_assert(chainrule::math::detail::correctly_rounded<double>(5, 1, -324) == 5e-324);
static_assert(chainrule::math::detail::correctly_rounded<double>(2, 1, -324) == 0);
