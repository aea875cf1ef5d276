// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Laws of differentiation as proofs, every operation against dual numbers, and identities that are
// false and must not be proved.
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"z"> z;

constexpr auto f = exp(x) * y;
constexpr auto g = sigmoid(x * y) + square(x);

static_assert(partial(2_c * f + 3_c * g, x) == 2_c * partial(f, x) + 3_c * partial(g, x));
static_assert(partial(f * g, x) == partial(f, x) * g + f * partial(g, x));
static_assert(partial(f / g, x) == (partial(f, x) * g - f * partial(g, x)) / square(g));
static_assert(partial(log(g), y) == partial(g, y) / g);
static_assert(partial(partial(f * g, x), y) == partial(partial(f * g, y), x));
static_assert(partial(sigmoid(f), f) * partial(f, x) == partial(sigmoid(f), x));

// identities
static_assert((x + y) * (x - y) == square(x) - square(y));
static_assert(pow(x + y, 3_c) == x * x * x + 3_c * x * x * y + 3_c * x * y * y + pow(y, 3_c));
static_assert(x / y + y / x == (x * x + y * y) / (x * y));
static_assert(x * y / x == y);
static_assert(exp(x + y) == exp(x) * exp(y));
static_assert(exp(2_c * x) == square(exp(x)));
static_assert(exp(-x) * exp(x) == 1_c);
static_assert(sigmoid(x) == 1_c / (1_c + exp(-x)));
static_assert(sigmoid(-x) == 1_c - sigmoid(x));
static_assert(tanh(x) == 2_c * sigmoid(2_c * x) - 1_c);
static_assert(tanh(-x) == -tanh(x));
static_assert(softplus(x) - softplus(-x) == x);
static_assert(log(sigmoid(x)) == x - softplus(x));
static_assert(abs(x - y) == abs(y - x));
static_assert((x > y) == (y < x));
static_assert(0.1_c + 0.2_c == 0.3_c);
static_assert(1_c / 3_c + 1_c / 6_c == 0.5_c);
static_assert(-(y * log(sigmoid(z)) + (1_c - y) * log(1_c - sigmoid(z))) ==
              binary_cross_entropy(sigmoid(z), y));
static_assert(partial(binary_cross_entropy(sigmoid(z), y), z) == sigmoid(z) - y);
static_assert(partial(relu(x), x) == select(x > 0_c, 1_c, 0_c));

// not proved, because not true
static_assert(!(x + y == x - y));
static_assert(!(x * y == x));
static_assert(!(sigmoid(x) == sigmoid(2_c * x)));
static_assert(!(sigmoid(x) == tanh(x)));
static_assert(!(exp(x + y) == exp(x) + exp(y)));
static_assert(!(log(x + y) == log(x) + log(y)));
static_assert(!(square(x + y) == square(x) + square(y)));
static_assert(!(sqrt(square(x)) == x));
static_assert(!(abs(x) == x));
static_assert(!(relu(x) == x));
static_assert(!((x < y) == (x <= y)));
static_assert(!(select(x > y, x, y) == select(x > y, y, x)));
static_assert(!(max(x, y) == min(x, y)));
static_assert(!(partial(sigmoid(x), x) == sigmoid(x) * (1_c + sigmoid(x))));
static_assert(!(partial(binary_cross_entropy(sigmoid(z), y), z) == y - sigmoid(z)));
static_assert(!(0.1_c == 0.10000000000001_c));

// every operation against duals
constexpr auto at_all = [](auto function) {
  bool right = true;
  for (const double a : {-1.7, -0.3, 0.2, 2.5})
    for (const double b : {-0.9, 0.4, 3.0})
      right = right && gradient_is_right(function, at(x = a, y = b));
  return right;
};
constexpr auto where_positive = [](auto function) {
  bool right = true;
  for (const double a : {0.1, 0.9, 2.5})
    for (const double b : {0.2, 0.7})
      right = right && gradient_is_right(function, at(x = a, y = b));
  return right;
};
static_assert(at_all(x + 2_c * y) && at_all(x - y) && at_all(x * y) && at_all(x / y));
static_assert(at_all(-x * y) && at_all(square(x) * y) && at_all(exp(x) * y));
static_assert(at_all(sigmoid(x) * y) && at_all(tanh(x) * y) && at_all(softplus(x * y)));
static_assert(at_all(abs(x) * y) && at_all(relu(x - y)) && at_all(sign(x) * y));
static_assert(at_all(max(x, y) * x) && at_all(min(x, y) * y));
static_assert(at_all(select(x > y, x *y, x / y)) && at_all(select(x <= y, exp(x), y)));
static_assert(at_all(squared_error(x, y)) && at_all(binary_cross_entropy_with_logits(x, y)));
static_assert(where_positive(sqrt(x) * y) && where_positive(log(x) * y));
static_assert(where_positive(log1p(x) * y) && where_positive(pow(x, y)));
static_assert(where_positive(pow(x, 3_c) + pow(y, -2_c)) && where_positive(pow(x, 0.5_c) * y));
static_assert(where_positive(binary_cross_entropy(sigmoid(x), y)));

} // namespace
