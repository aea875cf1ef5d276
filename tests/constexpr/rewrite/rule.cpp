// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What asks how a part is made asks once, and not one part inside another: compiling is passing.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"u", 3> u;
constexpr variable<"v", 3> v;

constexpr bool is_made(auto f, auto by) { return cost(compile(f, partial(f, by))).operations >= 0; }
constexpr bool is_made(auto f) { return is_made(f, x); }

// Each part stands twice in the next one: it would be asked 2^20 times.

template <int Count>
constexpr auto shared(auto part, auto next) {
  if constexpr (Count == 0)
    return part;
  else
    return shared<Count - 1>(next(part), next);
}

constexpr auto product = shared<20>(exp(x), [](auto t) { return (t + 1_c) * t; });
constexpr auto quotient = shared<20>(exp(x), [](auto t) { return (exp(y) + t) / t; });
constexpr auto total = shared<20>(exp(x), [](auto t) { return t + (t + exp(y)); });
constexpr auto squares = shared<20>(square(x), [](auto t) { return 3_c * t + (t + square(y)); });
static_assert(is_made(log(product)) && is_made(log(quotient)) && is_made(log(total)));
static_assert(is_made(sqrt(squares)));
static_assert(product / product == 1_c && cost(compile(product / product)).operations == 0);

constexpr auto largest = shared<20>(exp(x), [](auto t) { return max(t, sqrt(t)); });
constexpr auto scores = shared<20>(u, [](auto t) { return t + (t + v); });
constexpr auto weights = shared<20>(log(u), [](auto t) { return t + (t + v); });
constexpr auto shares = shared<20>(softmax(u), [](auto t) { return t + (t + softmax(v)); });
static_assert(is_made(log(largest)));
static_assert(is_made(sum(logsumexp(scores)), u) && is_made(sum(logsumexp(weights)), u));
static_assert(is_made(sum(elementwise_product(shares, log(u))), u));
static_assert(is_made(logaddexp(squares, y)));

// Of calls one in another compilers allow 512.

template <int Count>
constexpr auto repeated(auto first, auto next) {
  if constexpr (Count == 0)
    return first;
  else
    return repeated<Count - 1>(next(first, literal<Count>{} * y + x), next);
}

constexpr auto likelihood = repeated<40>(sigmoid(x), [](auto p, auto z) { return p * sigmoid(z); });
constexpr auto ratio = repeated<40>(exp(x), [](auto p, auto z) { return p / exp(z); });
constexpr auto mixture = repeated<40>(exp(x), [](auto p, auto z) { return p + 0.3_c * exp(z); });
constexpr auto radius = repeated<40>(square(x), [](auto r, auto z) { return r + square(z); });
static_assert(is_made(log(likelihood)) && is_made(log(ratio)) && is_made(log(mixture)));
static_assert(is_made(sqrt(radius)) && is_made(log1p(mixture)));

// Computed from logarithms: 40 factors e^-800 do not underflow.
static_assert(compile(log(likelihood))(x = -800.0, y = 0.0) == -41 * 800.0);
static_assert(compile(log(ratio))(x = 700.0, y = 0.0) == 700.0 - 40 * 700.0);

} // namespace
