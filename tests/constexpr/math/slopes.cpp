// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// The slopes of math/slopes.hpp against derivatives computed with mpmath at 60 digits.

#include "../../dual.hpp"
#include "near.hpp"

namespace {

using math::dual;

constexpr dual at(double x) { return {x, {1, 0, 0}}; }
constexpr dual also_at(double x) { return {x, {0, 1, 0}}; }
constexpr dual finally_at(double x) { return {x, {0, 0, 1}}; }

constexpr bool is_close(double value, double expected) {
  return math::abs(value - expected) <= 1e-12 * math::abs(expected);
}
constexpr bool slope_is(const dual &result, double expected) {
  return is_close(result.slope[0], expected) && result.slope[1] == 0 && result.slope[2] == 0;
}
constexpr bool slopes_are(const dual &result, double first, double second, double third = 0) {
  return is_close(result.slope[0], first) && is_close(result.slope[1], second) &&
         is_close(result.slope[2], third);
}

static_assert(!is_close(1, 1 + 1e-11));

static_assert(slope_is(math::expm1(at(0.5)), 1.648721270700128146848651));
static_assert(slope_is(math::expm1(at(-20)), 2.06115362243855782796594e-9));
static_assert(slope_is(math::exp2(at(0.5)), 0.9802581434685471917139017));
static_assert(slope_is(math::exp2(at(-3)), 0.08664339756999316367715402));
static_assert(slope_is(math::log2(at(0.5)), 2.885390081777926814719849));
static_assert(slope_is(math::log2(at(100)), 0.01442695040888963407359925));
static_assert(slope_is(math::log10(at(0.5)), 0.8685889638065036553022578));
static_assert(slope_is(math::cbrt(at(0.5)), 0.5291336839893998249172352));
static_assert(slope_is(math::cbrt(at(100)), 0.01547196277870926297470025));
static_assert(slope_is(math::log1mexp(at(-0.5)), -1.541494082536798284131103));
static_assert(slope_is(math::log1mexp(at(-30)), -9.357622968841050255992102e-14));
static_assert(slope_is(math::sin(at(0.5)), 0.8775825618903727161162816));
static_assert(slope_is(math::sin(at(100)), 0.8623188722876839341019385));
static_assert(slope_is(math::cos(at(0.5)), -0.4794255386042030002732879));
static_assert(slope_is(math::cos(at(100)), 0.5063656411097587936565576));
static_assert(slope_is(math::tan(at(0.5)), 1.298446410409524836883766));
static_assert(slope_is(math::tan(at(100)), 1.34482018215392910001125));
static_assert(slope_is(math::asin(at(0.5)), 1.154700538379251529018298));
static_assert(slope_is(math::asin(at(-0.9375)), 2.873684832428398411416501));
static_assert(slope_is(math::acos(at(0.5)), -1.154700538379251529018298));
static_assert(slope_is(math::acos(at(-0.9375)), -2.873684832428398411416501));
static_assert(slope_is(math::atan(at(0.5)), 0.8));
static_assert(slope_is(math::atan(at(1000)), 0.000000999999000000999999000001));
static_assert(slope_is(math::sinh(at(0.5)), 1.127625965206380785226225));
static_assert(slope_is(math::sinh(at(-20)), 242582597.7048951400151302));
static_assert(slope_is(math::cosh(at(0.5)), 0.5210953054937473616224256));
static_assert(slope_is(math::cosh(at(-20)), -242582597.7048951379539766));
static_assert(slope_is(math::asinh(at(0.5)), 0.8944271909999158785636695));
static_assert(slope_is(math::asinh(at(1000)), 0.0009999995000003749996875003));
static_assert(slope_is(math::acosh(at(1.5)), 0.8944271909999158785636695));
static_assert(slope_is(math::acosh(at(1000)), 0.0010000005000003750003125));
static_assert(slope_is(math::atanh(at(0.5)), 1.333333333333333333333333));
static_assert(slope_is(math::atanh(at(-0.9375)), 8.258064516129032258064516));
static_assert(slope_is(math::erf(at(0.5)), 0.878782578935444794093724));
static_assert(slope_is(math::erf(at(-3)), 0.000139253051946747853890418));
static_assert(slope_is(math::erfc(at(0.5)), -0.878782578935444794093724));
static_assert(slope_is(math::erfc(at(5)), -1.567086653101733530824337e-11));
static_assert(slope_is(math::normal_density(at(0.5)), -0.1760326633821497388873402));
static_assert(slope_is(math::normal_density(at(-3)), 0.01329554523581402152680706));
static_assert(slope_is(math::normal_cdf(at(0.5)), 0.3520653267642994777746804));
static_assert(slope_is(math::normal_cdf(at(-8)), 5.052271083536892287950185e-15));
static_assert(slope_is(math::log_normal_cdf(at(0.5)), 0.5091604338370334858271861));
static_assert(slope_is(math::log_normal_cdf(at(-8)), 8.12136811223611268065352));
static_assert(slope_is(math::log_normal_cdf(at(3)), 0.004437839042125663793302104));
static_assert(slope_is(math::inverse_mills(at(0.5)), -0.513824564303632896772757));
static_assert(slope_is(math::inverse_mills(at(-8)), -0.9856751165566590898242645));
static_assert(slope_is(math::inverse_mills(at(-90)), -0.9998766345653870400305938));
static_assert(slope_is(math::inverse_mills(at(-1000)), -0.999999000005999950000518));
static_assert(slope_is(math::lgamma(at(0.5)), -1.963510026021423479440976));
static_assert(slope_is(math::lgamma(at(20)), 2.970523992242149050877257));
static_assert(slope_is(math::digamma(at(0.5)), 4.934802200544679309417245));
static_assert(slope_is(math::digamma(at(20)), 0.05127082293520311983153629));
static_assert(slope_is(math::trigamma(at(0.5)), -16.82879664423431999559633));
static_assert(slope_is(math::trigamma(at(20)), -0.002628122402314654593426209));

static_assert(slopes_are(math::hypot(at(3), also_at(-4)), 0.6, -0.8));
static_assert(slopes_are(math::hypot(at(2), also_at(-3), finally_at(6)), 2. / 7, -3. / 7, 6. / 7));
static_assert(slopes_are(math::atan2(at(3), also_at(-4)), -0.16, -0.12));
// 1 / (1 + e^-2) and 1 / (1 + e^2)
static_assert(slopes_are(math::logaddexp(at(3), also_at(1)), 0.8807970779778824440597,
                         0.1192029220221175559403));
static_assert(slopes_are(math::logaddexp(at(1), also_at(3)), 0.1192029220221175559403,
                         0.8807970779778824440597));

} // namespace
