// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

constexpr bool is_close(double a, double b) { return math::abs(a - b) <= 1e-14 * math::abs(b); }

// -- erf
static_assert(compile(erf(x))(x = 0.0) == 0);
static_assert(gradient_is_right(erf(x), at(x = 0.5)));

// -- erfc
static_assert(compile(erfc(x))(x = 10.0) > 0); // 1 - erf(10) would be 0
static_assert(gradient_is_right(erfc(x), at(x = 0.5)));

// -- normal_density
static_assert(is_close(compile(normal_density(x))(x = 0.0), 0.3989422804014327));
static_assert(gradient_is_right(normal_density(x), at(x = 0.5)));

// -- normal_cdf
static_assert(compile(normal_cdf(x))(x = 0.0) == 0.5);
static_assert(to_string(partial(normal_cdf(x), x)) == "normal_density(x)");

// -- log_normal_cdf
static_assert(is_close(compile(log_normal_cdf(x))(x = -40.0),
                       -804.608442013754)); // normal_cdf(-40) is 0
static_assert(gradient_is_right(log_normal_cdf(x), at(x = 0.5)));

// -- inverse_mills_ratio
static_assert(is_close(compile(inverse_mills_ratio(x))(x = 0.0),
                       0.7978845608028654)); // sqrt(2 / pi)
static_assert(partial(log_normal_cdf(x), x) == inverse_mills_ratio(x));
static_assert(gradient_is_right(inverse_mills_ratio(x), at(x = -3.0)));

// -- log_erfc
static_assert(is_close(compile(log_erfc(x))(x = 0.0), 0)); // and finite where erfc(x) is 0
static_assert(gradient_is_right(log_erfc(x), at(x = 0.5)));

// -- erfcx
static_assert(compile(erfcx(x))(x = 0.0) == 1);
static_assert(gradient_is_right(erfcx(x), at(x = 0.5)));

// -- trigamma
static_assert(is_close(compile(trigamma(x))(x = 1.0), 1.6449340668482264)); // pi^2 / 6

// -- tetragamma
static_assert(is_close(compile(tetragamma(x))(x = 1.0), -2.404113806319188)); // -2 zeta(3)
static_assert(partial(trigamma(x), x) == tetragamma(x));

// -- digamma
static_assert(is_close(compile(digamma(x))(x = 1.0),
                       -0.5772156649015329)); // minus Euler's constant
static_assert(to_string(partial(digamma(x), x)) == "trigamma(x)");

// -- lgamma
static_assert(is_close(compile(lgamma(x))(x = 5.0), 3.1780538303479458)); // log 24
static_assert(to_string(partial(lgamma(x), x)) == "digamma(x)");

// -- lbeta
static_assert(is_close(compile(lbeta(x, y))(x = 2.0, y = 3.0), -2.4849066497880004)); // -log 12
static_assert(gradient_is_right(lbeta(x, y), at(x = 0.5, y = 2.0)));

} // namespace
