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
static_assert(to_string(partial(erf(x), x)) == "erf_slope(x)");

// -- erfc
static_assert(compile(erfc(x))(x = 10.0) > 0); // 1 - erf(10) would be 0
static_assert(to_string(partial(erfc(x), x)) == "-erf_slope(x)");

// -- normal_density
static_assert(is_close(compile(normal_density(x))(x = 0.0), 0.3989422804014327));
static_assert(to_string(partial(normal_density(x), x)) ==
              "select(normal_density(x) <= 0, 0, -bounded(x) * normal_density(x))");

// -- normal_cdf
static_assert(compile(normal_cdf(x))(x = 0.0) == 0.5);
static_assert(to_string(partial(normal_cdf(x), x)) == "normal_density(x)");

// -- log_normal_cdf
static_assert(is_close(compile(log_normal_cdf(x))(x = -40.0),
                       -804.608442013754)); // normal_cdf(-40) is 0
static_assert(to_string(partial(log_normal_cdf(x), x)) == "inverse_mills(x)");

// -- log_erfc
static_assert(is_close(compile(log_erfc(x))(x = 0.0), 0)); // and finite where erfc(x) is 0
static_assert(to_string(partial(log_erfc(x), x)) ==
              "-select(x < 0, erf_slope(x) / erfc(x), sqrt(2) * inverse_mills(-sqrt(2) * x))");

// -- erfcx
static_assert(compile(erfcx(x))(x = 0.0) == 1);
static_assert(
    to_string(partial(erfcx(x), x)) ==
    "select(x < 1, 0, -1.414213562373095049 * select(x < 1, 0, 0.797884560802865356 / "
    "inverse_mills(-1.414213562373095049 * max(x, 1)) / inverse_mills(-1.414213562373095049 * "
    "max(x, 1)) * inverse_mills_slope(-1.414213562373095049 * max(x, 1)))) + select(1 < x, 0, "
    "select(x < 1, erfc(min(x, 1)) * exp(square(floor(16 * min(x, 1)) / 16)) * exp((min(x, 1) - "
    "floor(16 * min(x, 1)) / 16) * (min(x, 1) + floor(16 * min(x, 1)) / 16)) * (min(x, 1) - "
    "floor(16 * min(x, 1)) / 16) + erfc(min(x, 1)) * exp(square(floor(16 * min(x, 1)) / 16)) * "
    "exp((min(x, 1) - floor(16 * min(x, 1)) / 16) * (min(x, 1) + floor(16 * min(x, 1)) / 16)) * "
    "(min(x, 1) + floor(16 * min(x, 1)) / 16) + -erf_slope(min(x, 1)) * exp(square(floor(16 * "
    "min(x, 1)) / 16)) * exp((min(x, 1) - floor(16 * min(x, 1)) / 16) * (min(x, 1) + floor(16 * "
    "min(x, 1)) / 16)), 0))");

// -- trigamma
static_assert(is_close(compile(trigamma(x))(x = 1.0), 1.6449340668482264)); // pi^2 / 6

// -- digamma
static_assert(is_close(compile(digamma(x))(x = 1.0),
                       -0.5772156649015329)); // minus Euler's constant
static_assert(to_string(partial(digamma(x), x)) == "trigamma(x)");

// -- lgamma
static_assert(is_close(compile(lgamma(x))(x = 5.0), 3.1780538303479458)); // log 24
static_assert(to_string(partial(lgamma(x), x)) == "digamma(x)");

// -- lbeta
static_assert(is_close(compile(lbeta(x, y))(x = 2.0, y = 3.0), -2.4849066497880004)); // -log 12
static_assert(
    to_string(partial(lbeta(x, y), x)) ==
    "select(x < y, select(select(x < y, x, y) < 40 || select(x < y, y, x) < 40, 0, "
    "-log1p(max(select(x < y, y, x), 40) / max(select(x < y, x, y), 40))) + select(select(x < y, "
    "x, y) < 40, 0, -0.5 * select(select(x < y, x, y) < 40, 0, select(select(x < y, y, x) < 40, 0, "
    "1)) / max(select(x < y, x, y), 40) - (select(select(x < y, x, y) < 40 || select(x < y, y, x) "
    "< 40, 0, (1 / 12 - square(1 / max(select(x < y, x, y), 40)) * (1 / 360 - square(1 / "
    "max(select(x < y, x, y), 40)) * (1 / 1260 - square(1 / max(select(x < y, x, y), 40)) / "
    "1680))) / max(select(x < y, x, y), 40) / max(select(x < y, x, y), 40)) + 2 * (select(select(x "
    "< y, x, y) < 40 || select(x < y, y, x) < 40, 0, square(1 / max(select(x < y, x, y), 40)) / "
    "max(select(x < y, x, y), 40) * (1 / 1260 - square(1 / max(select(x < y, x, y), 40)) / 1680) - "
    "(1 / 360 - square(1 / max(select(x < y, x, y), 40)) * (1 / 1260 - square(1 / max(select(x < "
    "y, x, y), 40)) / 1680)) / max(select(x < y, x, y), 40)) - select(select(x < y, x, y) < 40 || "
    "select(x < y, y, x) < 40, 0, square(1 / max(select(x < y, x, y), 40)) / max(select(x < y, x, "
    "y), 40) * square(1 / max(select(x < y, x, y), 40))) / 1680) / max(select(x < y, x, y), 40) / "
    "max(select(x < y, x, y), 40) / max(select(x < y, x, y), 40) + select(select(x < y, x, y) < 40 "
    "|| select(x < y, y, x) < 40, 0, -select(x < y, x, y) / (1 + max(select(x < y, y, x), 40) / "
    "max(select(x < y, x, y), 40)) / max(select(x < y, x, y), 40) * max(select(x < y, y, x), 40) / "
    "max(select(x < y, x, y), 40)))) + select(select(x < y, y, x) < 40, 0, (0.5 - max(select(x < "
    "y, y, x), 40)) / (1 + select(x < y, x, y) / max(select(x < y, y, x), 40)) / max(select(x < y, "
    "y, x), 40)) + select(select(x < y, x, y) < 40 && !(select(x < y, y, x) < 40), 1 - "
    "log(max(select(x < y, y, x), 40) + select(x < y, x, y)), 0) - (select(select(x < y, y, x) < "
    "40, 0, -(1 / 12 - square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, y))) * (1 / 360 "
    "- square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, y))) * (1 / 1260 - square(1 / "
    "(max(select(x < y, y, x), 40) + select(x < y, x, y))) / 1680))) / (max(select(x < y, y, x), "
    "40) + select(x < y, x, y)) / (max(select(x < y, y, x), 40) + select(x < y, x, y))) + 2 * "
    "(select(select(x < y, y, x) < 40, 0, (1 / 360 - square(1 / (max(select(x < y, y, x), 40) + "
    "select(x < y, x, y))) * (1 / 1260 - square(1 / (max(select(x < y, y, x), 40) + select(x < y, "
    "x, y))) / 1680)) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) - square(1 / "
    "(max(select(x < y, y, x), 40) + select(x < y, x, y))) / (max(select(x < y, y, x), 40) + "
    "select(x < y, x, y)) * (1 / 1260 - square(1 / (max(select(x < y, y, x), 40) + select(x < y, "
    "x, y))) / 1680)) - select(select(x < y, y, x) < 40, 0, -square(1 / (max(select(x < y, y, x), "
    "40) + select(x < y, x, y))) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) * square(1 "
    "/ (max(select(x < y, y, x), 40) + select(x < y, x, y)))) / 1680) / (max(select(x < y, y, x), "
    "40) + select(x < y, x, y)) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) / "
    "(max(select(x < y, y, x), 40) + select(x < y, x, y)) + select(select(x < y, x, y) < 40 && "
    "!(select(x < y, y, x) < 40), select(x < y, x, y) / (max(select(x < y, y, x), 40) + select(x < "
    "y, x, y)), 0)) + select(select(x < y, y, x) < 40, -digamma(min(select(x < y, y, x), 40) + "
    "select(x < y, x, y)), 0) + (select(select(x < y, x, y) < 40, select(select(x < y, y, x) < 40, "
    "0, 1), 0) + select(select(x < y, y, x) < 40, 1, 0)) * digamma(select(x < y, x, y)), "
    "select(select(x < y, y, x) < 40, 0, select(select(x < y, x, y) < 40 || select(x < y, y, x) < "
    "40, 0, -select(x < y, x, y) / (1 + max(select(x < y, y, x), 40) / max(select(x < y, x, y), "
    "40)) / max(select(x < y, x, y), 40)) - select(select(x < y, y, x) < 40, 0, (1 / 12 - square(1 "
    "/ max(select(x < y, y, x), 40)) * (1 / 360 - square(1 / max(select(x < y, y, x), 40)) * (1 / "
    "1260 - square(1 / max(select(x < y, y, x), 40)) / 1680))) / max(select(x < y, y, x), 40) / "
    "max(select(x < y, y, x), 40)) - 2 * (select(select(x < y, y, x) < 40, 0, square(1 / "
    "max(select(x < y, y, x), 40)) / max(select(x < y, y, x), 40) * (1 / 1260 - square(1 / "
    "max(select(x < y, y, x), 40)) / 1680) - (1 / 360 - square(1 / max(select(x < y, y, x), 40)) * "
    "(1 / 1260 - square(1 / max(select(x < y, y, x), 40)) / 1680)) / max(select(x < y, y, x), 40)) "
    "- select(select(x < y, y, x) < 40, 0, square(1 / max(select(x < y, y, x), 40)) / max(select(x "
    "< y, y, x), 40) * square(1 / max(select(x < y, y, x), 40))) / 1680) / max(select(x < y, y, "
    "x), 40) / max(select(x < y, y, x), 40) / max(select(x < y, y, x), 40) - select(select(x < y, "
    "y, x) < 40, 0, (0.5 - max(select(x < y, y, x), 40)) / (1 + select(x < y, x, y) / max(select(x "
    "< y, y, x), 40)) / max(select(x < y, y, x), 40) * select(x < y, x, y) / max(select(x < y, y, "
    "x), 40)) + select(select(x < y, y, x) < 40, 0, -log1p(select(x < y, x, y) / max(select(x < y, "
    "y, x), 40))) - (select(select(x < y, y, x) < 40, 0, -(1 / 12 - square(1 / (max(select(x < y, "
    "y, x), 40) + select(x < y, x, y))) * (1 / 360 - square(1 / (max(select(x < y, y, x), 40) + "
    "select(x < y, x, y))) * (1 / 1260 - square(1 / (max(select(x < y, y, x), 40) + select(x < y, "
    "x, y))) / 1680))) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) / (max(select(x < y, "
    "y, x), 40) + select(x < y, x, y))) + 2 * (select(select(x < y, y, x) < 40, 0, (1 / 360 - "
    "square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, y))) * (1 / 1260 - square(1 / "
    "(max(select(x < y, y, x), 40) + select(x < y, x, y))) / 1680)) / (max(select(x < y, y, x), "
    "40) + select(x < y, x, y)) - square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, y))) "
    "/ (max(select(x < y, y, x), 40) + select(x < y, x, y)) * (1 / 1260 - square(1 / (max(select(x "
    "< y, y, x), 40) + select(x < y, x, y))) / 1680)) - select(select(x < y, y, x) < 40, 0, "
    "-square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, y))) / (max(select(x < y, y, x), "
    "40) + select(x < y, x, y)) * square(1 / (max(select(x < y, y, x), 40) + select(x < y, x, "
    "y)))) / 1680) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) / (max(select(x < y, y, "
    "x), 40) + select(x < y, x, y)) / (max(select(x < y, y, x), 40) + select(x < y, x, y)) + "
    "select(select(x < y, x, y) < 40 && !(select(x < y, y, x) < 40), select(x < y, x, y) / "
    "(max(select(x < y, y, x), 40) + select(x < y, x, y)), 0))) + select(40 < select(x < y, y, x), "
    "0, select(select(x < y, y, x) < 40, digamma(min(select(x < y, y, x), 40)) - "
    "digamma(min(select(x < y, y, x), 40) + select(x < y, x, y)), 0)))");

} // namespace
