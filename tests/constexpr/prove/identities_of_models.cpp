// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Option prices and their Greeks, losses and small networks: what is proved, beside each what is
// false by a sign, a factor, a transposition or an index.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"s"> s;
constexpr variable<"w"> w;
constexpr variable<"a"> a;
constexpr variable<"b"> b;
constexpr variable<"c"> c;
constexpr variable<"S"> S;
constexpr variable<"K"> K;
constexpr variable<"r"> r;
constexpr variable<"q"> sigma;
constexpr variable<"tau"> tau;
constexpr auto d1 = (log(S / K) + (r + sigma * sigma / 2_c) * tau) / (sigma * sqrt(tau));
constexpr auto d2 = d1 - sigma * sqrt(tau);
constexpr auto call = S * normal_cdf(d1) - K * exp(-r * tau) * normal_cdf(d2);
constexpr auto put = K * exp(-r * tau) * normal_cdf(-d2) - S * normal_cdf(-d1);
static_assert(partial(call, S) == normal_cdf(d1));
static_assert(compare(partial(call, S), normal_cdf(d2)).is_different);
static_assert(partial(put, S) == normal_cdf(d1) - 1_c);
static_assert(compare(partial(put, S), 1_c - normal_cdf(d1)).is_different);
static_assert(partial(call, K) == -exp(-r * tau) * normal_cdf(d2));
static_assert(compare(partial(call, K), exp(-r *tau) * normal_cdf(d2)).is_different);
static_assert(partial(partial(call, S), S) == normal_density(d1) / (S * sigma * sqrt(tau)));
static_assert(
    compare(partial(partial(call, S), S), normal_density(d1) / (S * sigma * tau)).is_different);
static_assert(partial(call, sigma) == S * normal_density(d1) * sqrt(tau));
static_assert(compare(partial(call, sigma), S *normal_density(d2) * sqrt(tau)).is_different);
static_assert(partial(call, r) == K * tau * exp(-r * tau) * normal_cdf(d2));
static_assert(compare(partial(call, r), K *exp(-r *tau) * normal_cdf(d2)).is_different);
static_assert(partial(put, r) == -K * tau * exp(-r * tau) * normal_cdf(-d2));
static_assert(compare(partial(put, r), K *tau *exp(-r *tau) * normal_cdf(-d2)).is_different);
static_assert(partial(call, tau) == S * normal_density(d1) * sigma / (2_c * sqrt(tau)) +
                                        r * K * exp(-r * tau) * normal_cdf(d2));
static_assert(compare(partial(call, tau), S *normal_density(d1) * sigma / (2_c * sqrt(tau)) -
                                              r * K * exp(-r * tau) * normal_cdf(d2))
                  .is_different);
static_assert(call - put == S - K * exp(-r * tau));
static_assert(compare(call - put, S + K * exp(-r * tau)).is_different);
static_assert(partial(partial(call, S), sigma) == -normal_density(d1) * d2 / sigma);
static_assert(
    compare(partial(partial(call, S), sigma), normal_density(d1) * d2 / sigma).is_different);
static_assert(partial(partial(call, sigma), sigma) ==
              S * normal_density(d1) * sqrt(tau) * d1 * d2 / sigma);
static_assert(compare(partial(partial(call, sigma), sigma),
                      S *normal_density(d1) * sqrt(tau) * d1 / sigma)
                  .is_different);
static_assert(S * normal_density(d1) == K * exp(-r * tau) * normal_density(d2));
static_assert(compare(S * normal_density(d1), K *normal_density(d2)).is_different);
constexpr auto l2 = sigmoid(b + w * sigmoid(c + a * x));
static_assert(partial(l2, a) ==
              l2 * (1_c - l2) * w * sigmoid(c + a * x) * (1_c - sigmoid(c + a * x)) * x);
static_assert(compare(partial(l2, a),
                      l2 *(1_c - l2) * w * sigmoid(c + a * x) * (1_c - sigmoid(c + a * x)))
                  .is_different);
static_assert(partial(square(l2 - y), b) == 2_c * (l2 - y) * l2 * (1_c - l2));
static_assert(compare(partial(square(l2 - y), b), 2_c * (l2 - y) * l2).is_different);
constexpr auto hid = tanh(w * x + b);
static_assert(partial(-(y * log(sigmoid(x)) + (1_c - y) * log(1_c - sigmoid(x))), x) ==
              sigmoid(x) - y);
static_assert(compare(partial(-(y * log(sigmoid(x)) + (1_c - y) * log(1_c - sigmoid(x))), x),
                      y - sigmoid(x))
                  .is_different);
static_assert(partial(binary_cross_entropy_with_logits(x, y), x) == sigmoid(x) - y);
static_assert(
    compare(partial(binary_cross_entropy_with_logits(x, y), x), sigmoid(x) + y).is_different);
static_assert(partial(a * hid, w) == a * x * (1_c - square(hid)));
static_assert(compare(partial(a * hid, w), a *w *(1_c - square(hid))).is_different);
static_assert(partial(exp(-square(x - a) / (2_c * square(s))), a) ==
              (x - a) / square(s) * exp(-square(x - a) / (2_c * square(s))));
static_assert(compare(partial(exp(-square(x - a) / (2_c * square(s))), a),
                      (a - x) / square(s) * exp(-square(x - a) / (2_c * square(s))))
                  .is_different);
static_assert(partial(log(x * x + y * y), x) == 2_c * x / (x * x + y * y));
static_assert(compare(partial(log(x * x + y * y), x), x / (x * x + y * y)).is_different);
static_assert(partial(x * log(x) - x, x) == log(x));
static_assert(compare(partial(x * log(x) - x, x), log(x) + 1_c).is_different);
static_assert(partial(sin(x * y) * exp(x), x) == (y * cos(x * y) + sin(x * y)) * exp(x));
static_assert(
    compare(partial(sin(x * y) * exp(x), x), (cos(x * y) + sin(x * y)) * exp(x)).is_different);
static_assert(partial(partial(x * x * y * y * y, x), y) == 6_c * x * y * y);
static_assert(compare(partial(partial(x * x * y * y * y, x), y), 6_c * x * x * y).is_different);
static_assert(partial(x * x * x / (1_c + x), x) ==
              (3_c * x * x * (1_c + x) - x * x * x) / square(1_c + x));
static_assert(compare(partial(x * x * x / (1_c + x), x),
                      (3_c * x * x * (1_c + x) + x * x * x) / square(1_c + x))
                  .is_different);
static_assert(partial(sqrt(x * x + y * y), x) == x / sqrt(x * x + y * y));
static_assert(compare(partial(sqrt(x * x + y * y), x), 2_c * x / sqrt(x * x + y * y)).is_different);

} // namespace
