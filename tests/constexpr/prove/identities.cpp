// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Identities of hyperbolic and trigonometric functions, and beside each what is false by a sign, a
// factor or a function.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

static_assert(square(cosh(x)) - square(sinh(x)) == 1_c);
static_assert(expm1(x) + 1_c == exp(x));
static_assert(partial(tanh(x), x) == 1_c / square(cosh(x)));
static_assert(sinh(x) / cosh(x) == tanh(x));
static_assert(cosh(x) + sinh(x) == exp(x));
static_assert(cosh(2_c * x) == 2_c * square(cosh(x)) - 1_c);
static_assert(sinh(2_c * x) == 2_c * sinh(x) * cosh(x));
static_assert(sinh(x + y) == sinh(x) * cosh(y) + cosh(x) * sinh(y));
static_assert(partial(expm1(x), x) == expm1(x) + 1_c);
static_assert(expm1(x) / (expm1(x) + 2_c) == tanh(x / 2_c));
static_assert(sigmoid(x) == (1_c + tanh(x / 2_c)) / 2_c);
static_assert(partial(1_c / cosh(x), x) == -tanh(x) / cosh(x));
static_assert(square(sin(x)) + square(cos(x)) == 1_c);
static_assert(partial(tan(x), x) == 1_c / square(cos(x)));
static_assert(tan(x) == sin(x) / cos(x));
static_assert(sin(2_c * x) == 2_c * sin(x) * cos(x));
static_assert(cos(2_c * x) == 1_c - 2_c * square(sin(x)));
static_assert(cos(2_c * x) == square(cos(x)) - square(sin(x)));
static_assert(sin(x + y) == sin(x) * cos(y) + cos(x) * sin(y));
static_assert(cos(x - y) == cos(x) * cos(y) + sin(x) * sin(y));
static_assert(sin(3_c * x) == 3_c * sin(x) - 4_c * sin(x) * square(sin(x)));
static_assert(partial(square(sin(x)), x) == sin(2_c * x));
static_assert(partial(log(cos(x)), x) == -tan(x));
static_assert(tan(x + y) == (tan(x) + tan(y)) / (1_c - tan(x) * tan(y)));
static_assert(sin(exp(x) * y) * cos(exp(x) * y) == sin(2_c * exp(x) * y) / 2_c);

static_assert(!(square(cosh(x)) + square(sinh(x)) == 1_c));
static_assert(!(expm1(x) == exp(x)));
static_assert(!(partial(tanh(x), x) == 1_c / cosh(x)));
static_assert(!(cosh(x) / sinh(x) == tanh(x)));
static_assert(!(cosh(x) - sinh(x) == exp(x)));
static_assert(!(cosh(2_c * x) == 2_c * square(cosh(x)) + 1_c));
static_assert(!(sinh(2_c * x) == sinh(x) * cosh(x)));
static_assert(!(sinh(x + y) == sinh(x) * cosh(y) - cosh(x) * sinh(y)));
static_assert(!(partial(1_c / cosh(x), x) == tanh(x) / cosh(x)));
static_assert(!(square(sin(x)) - square(cos(x)) == 1_c));
static_assert(!(partial(tan(x), x) == 1_c / cos(x)));
static_assert(!(tan(x) == cos(x) / sin(x)));
static_assert(!(sin(2_c * x) == sin(x) * cos(x)));
static_assert(!(cos(2_c * x) == 1_c - square(sin(x))));
static_assert(!(sin(x + y) == sin(x) * cos(y) - cos(x) * sin(y)));
static_assert(!(cos(x - y) == cos(x) * cos(y) - sin(x) * sin(y)));
static_assert(!(partial(log(cos(x)), x) == tan(x)));
static_assert(!(sin(0.1_c * x) == sin(0.2_c * x) / 2_c));
static_assert(!(cos(x) == -cos(x)));

} // namespace
