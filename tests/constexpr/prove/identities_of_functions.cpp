// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Identities of trigonometric and hyperbolic functions and their inverses, of sigmoids and of the
// normal distribution: what is proved, beside each what is false by a sign, a factor, a
// transposition or an index.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

static_assert(square(sin(x)) + square(cos(x)) == 1_c);
static_assert(compare(square(sin(x)) - square(cos(x)), 1_c).is_different);
static_assert(square(cosh(x)) - square(sinh(x)) == 1_c);
static_assert(compare(square(cosh(x)) + square(sinh(x)), 1_c).is_different);
static_assert(sin(2_c * x) == 2_c * sin(x) * cos(x));
static_assert(compare(sin(2_c * x), 2_c * sin(x)).is_different);
static_assert(cos(2_c * x) == 2_c * square(cos(x)) - 1_c);
static_assert(compare(cos(2_c * x), 2_c * square(cos(x)) + 1_c).is_different);
static_assert(cos(2_c * x) == 1_c - 2_c * square(sin(x)));
static_assert(compare(cos(2_c * x), 1_c - square(sin(x))).is_different);
static_assert(sin(x + y) == sin(x) * cos(y) + cos(x) * sin(y));
static_assert(compare(sin(x + y), sin(x) * cos(y) - cos(x) * sin(y)).is_different);
static_assert(sin(x - y) == sin(x) * cos(y) - cos(x) * sin(y));
static_assert(compare(sin(x - y), sin(x) * sin(y) - cos(x) * cos(y)).is_different);
static_assert(cos(x + y) == cos(x) * cos(y) - sin(x) * sin(y));
static_assert(compare(cos(x + y), cos(x) * cos(y) + sin(x) * sin(y)).is_different);
static_assert(tan(x) == sin(x) / cos(x));
static_assert(compare(tan(x), cos(x) / sin(x)).is_different);
static_assert(tan(2_c * x) == 2_c * tan(x) / (1_c - square(tan(x))));
static_assert(compare(tan(2_c * x), 2_c * tan(x) / (1_c + square(tan(x)))).is_different);
static_assert(1_c + square(tan(x)) == 1_c / square(cos(x)));
static_assert(compare(1_c - square(tan(x)), 1_c / square(cos(x))).is_different);
static_assert(sin(-x) == -sin(x));
static_assert(compare(sin(-x), sin(x)).is_different);
static_assert(cos(-x) == cos(x));
static_assert(compare(cos(-x), -cos(x)).is_different);
static_assert(sin(x) * sin(y) == (cos(x - y) - cos(x + y)) / 2_c);
static_assert(compare(sin(x) * sin(y), (cos(x - y) + cos(x + y)) / 2_c).is_different);
static_assert(sin(3_c * x) == 3_c * sin(x) - 4_c * pow(sin(x), 3_c));
static_assert(compare(sin(3_c * x), 4_c * sin(x) - 3_c * pow(sin(x), 3_c)).is_different);
static_assert(partial(sin(x), x) == cos(x));
static_assert(compare(partial(sin(x), x), -cos(x)).is_different);
static_assert(partial(cos(x), x) == -sin(x));
static_assert(compare(partial(cos(x), x), sin(x)).is_different);
static_assert(partial(tan(x), x) == 1_c / square(cos(x)));
static_assert(compare(partial(tan(x), x), 1_c / cos(x)).is_different);
static_assert(partial(tan(x), x) == 1_c + square(tan(x)));
static_assert(compare(partial(tan(x), x), 1_c - square(tan(x))).is_different);
static_assert(partial(asin(x), x) == 1_c / sqrt(1_c - x * x));
static_assert(compare(partial(asin(x), x), 1_c / sqrt(1_c + x * x)).is_different);
static_assert(partial(acos(x), x) == -1_c / sqrt(1_c - x * x));
static_assert(compare(partial(acos(x), x), 1_c / sqrt(1_c - x * x)).is_different);
static_assert(partial(atan(x), x) == 1_c / (1_c + x * x));
static_assert(compare(partial(atan(x), x), 1_c / (1_c - x * x)).is_different);
static_assert(partial(atan2(y, x), x) == -y / (x * x + y * y));
static_assert(compare(partial(atan2(y, x), x), y / (x * x + y * y)).is_different);
static_assert(partial(atan2(y, x), y) == x / (x * x + y * y));
static_assert(compare(partial(atan2(y, x), y), y / (x * x + y * y)).is_different);
static_assert(sin(asin(x)) == x);
static_assert(compare(sin(asin(x)), -x).is_different);
static_assert(cos(acos(x)) == x);
static_assert(compare(cos(acos(x)), 1_c - x).is_different);
static_assert(tan(atan(x)) == x);
static_assert(compare(tan(atan(x)), 1_c / x).is_different);
static_assert(cos(asin(x)) == sqrt(1_c - x * x));
static_assert(compare(cos(asin(x)), sqrt(1_c + x * x)).is_different);
static_assert(sin(acos(x)) == sqrt(1_c - x * x));
static_assert(compare(sin(acos(x)), x).is_different);
static_assert(asin(x) + acos(x) == pi_c / 2_c);
static_assert(compare(asin(x) - acos(x), pi_c / 2_c).is_different);
static_assert(sin(x + pi_c) == -sin(x));
static_assert(compare(sin(x + pi_c), sin(x)).is_different);
static_assert(cos(x + pi_c / 2_c) == -sin(x));
static_assert(compare(cos(x + pi_c / 2_c), sin(x)).is_different);
static_assert(sinh(x) == (exp(x) - exp(-x)) / 2_c);
static_assert(compare(sinh(x), (exp(x) + exp(-x)) / 2_c).is_different);
static_assert(cosh(x) == (exp(x) + exp(-x)) / 2_c);
static_assert(compare(cosh(x), exp(x)).is_different);
static_assert(tanh(x) == sinh(x) / cosh(x));
static_assert(compare(tanh(x), cosh(x) / sinh(x)).is_different);
static_assert(tanh(x) == (exp(2_c * x) - 1_c) / (exp(2_c * x) + 1_c));
static_assert(compare(tanh(x), (exp(x) - 1_c) / (exp(x) + 1_c)).is_different);
static_assert(tanh(x) == 2_c * sigmoid(2_c * x) - 1_c);
static_assert(compare(tanh(x), 2_c * sigmoid(x) - 1_c).is_different);
static_assert(sinh(2_c * x) == 2_c * sinh(x) * cosh(x));
static_assert(compare(sinh(2_c * x), sinh(x) * cosh(x)).is_different);
static_assert(tanh(x + y) == (tanh(x) + tanh(y)) / (1_c + tanh(x) * tanh(y)));
static_assert(compare(tanh(x + y), (tanh(x) + tanh(y)) / (1_c - tanh(x) * tanh(y))).is_different);
static_assert(partial(tanh(x), x) == 1_c - square(tanh(x)));
static_assert(compare(partial(tanh(x), x), 1_c + square(tanh(x))).is_different);
static_assert(partial(tanh(x), x) == 1_c / square(cosh(x)));
static_assert(compare(partial(tanh(x), x), 1_c / cosh(x)).is_different);
static_assert(partial(sinh(x), x) == cosh(x));
static_assert(compare(partial(sinh(x), x), -cosh(x)).is_different);
static_assert(partial(cosh(x), x) == sinh(x));
static_assert(compare(partial(cosh(x), x), -sinh(x)).is_different);
static_assert(partial(asinh(x), x) == 1_c / sqrt(x * x + 1_c));
static_assert(compare(partial(asinh(x), x), 1_c / sqrt(x * x - 1_c)).is_different);
static_assert(partial(acosh(x), x) == 1_c / sqrt(x * x - 1_c));
static_assert(compare(partial(acosh(x), x), 1_c / sqrt(x * x + 1_c)).is_different);
static_assert(partial(atanh(x), x) == 1_c / (1_c - x * x));
static_assert(compare(partial(atanh(x), x), 1_c / (1_c + x * x)).is_different);
static_assert(sinh(asinh(x)) == x);
static_assert(compare(sinh(asinh(x)), 2_c * x).is_different);
static_assert(asinh(x) == log(x + sqrt(x * x + 1_c)));
static_assert(compare(asinh(x), log(x + sqrt(x * x - 1_c))).is_different);
static_assert(atanh(x) == log((1_c + x) / (1_c - x)) / 2_c);
static_assert(compare(atanh(x), log((1_c + x) / (1_c - x))).is_different);
static_assert(tanh(atanh(x)) == x);
static_assert(compare(tanh(atanh(x)), x / 2_c).is_different);
static_assert(sigmoid(x) == 1_c / (1_c + exp(-x)));
static_assert(compare(sigmoid(x), 1_c / (1_c + exp(x))).is_different);
static_assert(sigmoid(-x) == 1_c - sigmoid(x));
static_assert(compare(sigmoid(-x), sigmoid(x) - 1_c).is_different);
static_assert(sigmoid(x) == exp(x) / (1_c + exp(x)));
static_assert(compare(sigmoid(x), exp(x) / (1_c - exp(x))).is_different);
static_assert(partial(sigmoid(x), x) == sigmoid(x) * (1_c - sigmoid(x)));
static_assert(compare(partial(sigmoid(x), x), sigmoid(x) * (1_c + sigmoid(x))).is_different);
static_assert(partial(sigmoid(x), x) == sigmoid(x) * sigmoid(-x));
static_assert(compare(partial(sigmoid(x), x), sigmoid(x) * sigmoid(x)).is_different);
static_assert(partial(partial(sigmoid(x), x), x) ==
              sigmoid(x) * (1_c - sigmoid(x)) * (1_c - 2_c * sigmoid(x)));
static_assert(compare(partial(partial(sigmoid(x), x), x),
                      sigmoid(x) * (1_c - sigmoid(x)) * (1_c - sigmoid(x)))
                  .is_different);
static_assert(exp(-softplus(-x)) == sigmoid(x));
static_assert(compare(exp(-softplus(x)), sigmoid(x)).is_different);
static_assert(exp(log(x * sigmoid(y) + y * exp(y))) == x * sigmoid(y) + y * exp(y));
static_assert(partial(log(x * sigmoid(y) + y * exp(x)), x) ==
              (sigmoid(y) + y * exp(x)) / (x * sigmoid(y) + y * exp(x)));
static_assert(compare(partial(log(x * sigmoid(y) + y * exp(x)), y),
                      (sigmoid(y) + y * exp(x)) / (x * sigmoid(y) + y * exp(x)))
                  .is_different);
static_assert(softplus(x) == log(1_c + exp(x)));
static_assert(compare(softplus(x), log(1_c - exp(x))).is_different);
static_assert(partial(softplus(x), x) == sigmoid(x));
static_assert(compare(partial(softplus(x), x), sigmoid(-x)).is_different);
static_assert(softplus(x) - softplus(-x) == x);
static_assert(compare(softplus(x) + softplus(-x), x).is_different);
static_assert(log(sigmoid(x)) == -softplus(-x));
static_assert(compare(log(sigmoid(x)), softplus(-x)).is_different);
static_assert(log(1_c - sigmoid(x)) == -softplus(x));
static_assert(compare(log(1_c - sigmoid(x)), -softplus(-x)).is_different);
static_assert(silu(x) == x * sigmoid(x));
static_assert(compare(silu(x), x *sigmoid(-x)).is_different);
static_assert(partial(silu(x), x) == sigmoid(x) + x * sigmoid(x) * (1_c - sigmoid(x)));
static_assert(
    compare(partial(silu(x), x), sigmoid(x) - x * sigmoid(x) * (1_c - sigmoid(x))).is_different);
static_assert(gelu(x) == x * normal_cdf(x));
static_assert(compare(gelu(x), x *normal_cdf(-x)).is_different);
static_assert(partial(gelu(x), x) == normal_cdf(x) + x * normal_density(x));
static_assert(compare(partial(gelu(x), x), normal_cdf(x) - x * normal_density(x)).is_different);
static_assert(partial(erf(x), x) == 2_c / sqrt(pi_c) * exp(-x * x));
static_assert(compare(partial(erf(x), x), 2_c / pi_c * exp(-x * x)).is_different);
static_assert(erf(x) + erfc(x) == 1_c);
static_assert(compare(erf(x) - erfc(x), 1_c).is_different);
static_assert(erf(-x) == -erf(x));
static_assert(compare(erf(-x), erf(x)).is_different);
static_assert(normal_cdf(x) == (1_c + erf(x / sqrt(2_c))) / 2_c);
static_assert(compare(normal_cdf(x), (1_c - erf(x / sqrt(2_c))) / 2_c).is_different);
static_assert(normal_cdf(-x) == 1_c - normal_cdf(x));
static_assert(compare(normal_cdf(-x), normal_cdf(x)).is_different);
static_assert(partial(normal_cdf(x), x) == normal_density(x));
static_assert(compare(partial(normal_cdf(x), x), -normal_density(x)).is_different);
static_assert(normal_density(x) == exp(-x * x / 2_c) / sqrt(2_c * pi_c));
static_assert(compare(normal_density(x), exp(-x *x) / sqrt(2_c * pi_c)).is_different);
static_assert(partial(normal_density(x), x) == -x * normal_density(x));
static_assert(compare(partial(normal_density(x), x), x *normal_density(x)).is_different);
static_assert(partial(lgamma(x), x) == digamma(x));
static_assert(compare(partial(lgamma(x), x), -digamma(x)).is_different);
static_assert(lgamma(x + 1_c) == lgamma(x) + log(x));
static_assert(compare(lgamma(x + 1_c), lgamma(x) - log(x)).is_different);
static_assert(digamma(x + 1_c) == digamma(x) + 1_c / x);
static_assert(compare(digamma(x + 1_c), digamma(x) - 1_c / x).is_different);

} // namespace
