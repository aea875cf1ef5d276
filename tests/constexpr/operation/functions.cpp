// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Every function of networks in constant evaluation: value and derivative at x = 0.6875, y = 1.25,
// against values computed with mpmath in 60 digits.

#include <chainrule/chainrule.hpp>

#include "../math/near.hpp"

namespace {

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"y"> y;

/// f and df/dx at x = 0.6875, and more, to two and four units in the last place.
template <class Formula>
constexpr bool agrees(Formula, double value, double slope, const auto &...more) {
  constexpr auto step = compile(Formula{}, gradient(Formula{}, x));
  const auto [computed, slopes] = step(x = 0.6875, more...);
  return near(computed, value, 2) && near(slopes[x], slope, 4);
}

static_assert(agrees(exp(x), 1.9887374695822918, 1.9887374695822918));
static_assert(agrees(expm1(x), 0.98873746958229183, 1.9887374695822918));
static_assert(agrees(exp2(x), 1.6104903319492543, 1.116306832909676));
static_assert(agrees(log(x), -0.37469344944141069, 1.4545454545454545));
static_assert(agrees(log1p(x), 0.52324814376454784, 0.59259259259259259));
static_assert(agrees(log2(x), -0.54056838136270274, 2.0984655140203104));
static_assert(agrees(log10(x), -0.16272729749769974, 0.63170106458654811));
static_assert(agrees(sqrt(x), 0.82915619758884996, 0.60302268915552725));
static_assert(agrees(cbrt(x), 0.88258708383151575, 0.42792101034255309));
static_assert(agrees(square(x), 0.47265625, 1.375));
static_assert(agrees(reciprocal(x), 1.4545454545454545, -2.115702479338843));
static_assert(agrees(pow(x, 5_c), 0.15359020233154297, 1.1170196533203125));
static_assert(agrees(pow(x, 2.5_c), 0.39190585901660486, 1.4251122146058359));
static_assert(agrees(pow(x, y), 0.62602384860051847, 1.1382251792736699, y = 1.25));
static_assert(agrees(pow(y, x), 1.1658042492312394, 0.26014170031065484, y = 1.25));
static_assert(agrees(hypot(x, y), 1.4265890263141659, 0.48191874977215586, y = 1.25));
static_assert(agrees(hypot(x, y, x), 1.5836074324149909, 0.86827074176024424, y = 1.25));
static_assert(agrees(sin(x), 0.6346070800152693, 0.77283494615247154));
static_assert(agrees(cos(x), 0.77283494615247154, -0.6346070800152693));
static_assert(agrees(tan(x), 0.82114180158989412, 1.674273858318297));
static_assert(agrees(asin(x), 0.75804076542623596, 1.3770607453181927));
static_assert(agrees(acos(x), 0.81275556136866066, -1.3770607453181927));
static_assert(agrees(atan(x), 0.60228734613496418, 0.67904509283819629));
static_assert(agrees(atan2(x, y), 0.50284321092786083, 0.61420345489443378, y = 1.25));
static_assert(agrees(sinh(x), 0.74295294580567544, 1.2457845237766164));
static_assert(agrees(cosh(x), 1.2457845237766164, 0.74295294580567544));
static_assert(agrees(tanh(x), 0.59637355547924234, 0.64433858232504706));
static_assert(agrees(asinh(x), 0.6423961022699508, 0.82404192419936759));
static_assert(agrees(acosh(1_c + x), 1.1140870013529365, 0.73568078379472458));
static_assert(agrees(atanh(x), 0.84319947678511435, 1.8962962962962963));
static_assert(agrees(erf(x), 0.66908466288608128, 0.70336873215760009));
static_assert(agrees(erfc(x), 0.33091533711391872, -0.70336873215760009));
static_assert(agrees(normal_density(x), 0.31497353542659331, -0.2165443056057829));
static_assert(agrees(normal_cdf(x), 0.75411614961973855, 0.31497353542659331));
static_assert(agrees(log_normal_cdf(x), -0.28220887824931761, 0.41767244420560154));
static_assert(agrees(lgamma(x), 0.27634107246666148, -1.255960476036936));
static_assert(agrees(digamma(x), -1.255960476036936, 2.9165565475136134));
static_assert(agrees(trigamma(x), 2.9165565475136134, -6.770130483369012));
static_assert(agrees(abs(-x), 0.6875, 1.0));
static_assert(agrees(min(x, y), 0.6875, 1.0, y = 1.25));
static_assert(agrees(max(x, y), 1.25, 0.0, y = 1.25));
static_assert(agrees(clamp(x, 0_c, 1_c), 0.6875, 1.0));
static_assert(agrees(sigmoid(x), 0.665410558746814, 0.22263934705506679));
static_assert(agrees(log_sigmoid(x), -0.40735104725372648, 0.334589441253186));
static_assert(agrees(logit(x), 0.78845736036427017, 4.6545454545454545));
static_assert(agrees(softplus(x), 1.0948510472537265, 0.665410558746814));
static_assert(agrees(relu(x), 0.6875, 1.0));
static_assert(agrees(leaky_relu(-x), -0.006875, -0.01));
static_assert(agrees(elu(-x), -0.49716842202905904, -0.50283157797094096));
static_assert(agrees(selu(-x), -0.87407147505941918, -0.88402786578795768));
static_assert(agrees(celu(-x, 2_c), -0.58178763512520318, -0.70910618243739841));
static_assert(agrees(gelu(x), 0.51845485286357025, 0.97066045522552145));
static_assert(agrees(gelu_tanh(x), 0.5184027048205461, 0.97041164900273634));
static_assert(agrees(silu(x), 0.45746975913843463, 0.81847510984717242));
static_assert(agrees(mish(x), 0.54906628761885106, 0.96432422570639377));
static_assert(agrees(softsign(x), 0.40740740740740741, 0.35116598079561043));
static_assert(agrees(hard_sigmoid(x), 0.61458333333333333, 0.16666666666666667));
static_assert(agrees(hard_swish(x), 0.42252604166666667, 0.72916666666666667));
static_assert(agrees(hard_tanh(x), 0.6875, 1.0));
static_assert(agrees(log1mexp(-x), -0.69882643296940896, 1.0113908198730106));
static_assert(agrees(logaddexp(x, y), 1.700937281595125, 0.36296920551961681, y = 1.25));
static_assert(agrees(log_cosh(x), 0.21976547104170262, 0.59637355547924234));
static_assert(agrees(log_erfc(x), -1.1058927154341583, -2.1255247287479548));
static_assert(agrees(log_erfc(-x), 0.51227537010739058, 0.42140985882727901));
static_assert(agrees(erfcx(x), 0.53087087241755447, -0.39843171752137517));
static_assert(agrees(erfcx(1_c + x), 0.29338164876527724, -0.1382161025127019));
static_assert(agrees(logdiffexp(y, x), 0.40653486097151612, -1.3244074330006826, y = 1.25));
static_assert(agrees(inverse_softplus(2_c * x), 1.0835246142843175, 2.6768013786198246));
static_assert(agrees(lbeta(x, y), 0.20321685544783719, -1.6376264682079049, y = 1.25));
static_assert(agrees(lbeta(x, 50_c), -2.4110290224038146, -5.1717430089611198));
static_assert(agrees(lbeta(x + 45_c, 50_c), -66.893130571919338, -0.74501232530106345));
static_assert(agrees(element_of<0, 0>(log_mean_exp(stack(x, y))), 1.0077901010351797,
                     0.36296920551961681, y = 1.25));
static_assert(agrees(element_of<0, 0>(weighted_logsumexp(stack(y, -x), stack(x, -x))),
                     0.76091102309078478, 1.088103741680947, y = 1.25));
static_assert(agrees(floor(4_c * x), 2.0, 0.0));
static_assert(agrees(ceil(4_c * x), 3.0, 0.0));
static_assert(agrees(round(-4_c * x), -3.0, 0.0));
static_assert(agrees(x * stop_gradient(x), 0.47265625, 0.6875));
static_assert(agrees(fmod(4_c * x, y), 0.25, 4.0, y = 1.25));
static_assert(agrees(fmod(y, -x), 0.5625, -1.0, y = 1.25));
static_assert(agrees(xlogy(x, y), 0.15341119152851921, 0.22314355131420976, y = 1.25));
static_assert(agrees(xlogy(y, x), -0.46836681180176337, 1.8181818181818182, y = 1.25));

} // namespace
