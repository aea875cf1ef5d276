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

// for any two functions of x and y
constexpr bool is_linear(auto a, auto b) {
  return partial(2_c * a - 3_c * b, x) == 2_c * partial(a, x) - 3_c * partial(b, x);
}
constexpr bool has_product_rule(auto a, auto b) {
  return partial(a * b, x) == partial(a, x) * b + a * partial(b, x);
}
constexpr bool has_quotient_rule(auto a, auto b) {
  return partial(a / b, x) == (partial(a, x) * b - a * partial(b, x)) / square(b);
}
constexpr bool have_rules(auto a, auto b) {
  return is_linear(a, b) && has_product_rule(a, b) && has_quotient_rule(a, b);
}
static_assert(have_rules(f, g) && have_rules(g, f) && have_rules(f, f));
static_assert(have_rules(x, y) && have_rules(y, x) && have_rules(x, 3_c));
static_assert(have_rules(tanh(x), exp(y)) && have_rules(sigmoid(x), 1_c - sigmoid(x)));
static_assert(have_rules(log(x), sqrt(x)) && have_rules(softplus(x * y), pow(x, 3_c)));
static_assert(have_rules(x / y, square(x + y)) && have_rules(abs(x), y));
static_assert(is_linear(relu(x), abs(y)) && has_product_rule(relu(x), abs(y)));
static_assert(has_product_rule(max(x, y), min(x, y)));

// outer(inner), where inner is a part by which one can differentiate
constexpr bool has_chain_rule(auto outer, auto inner) {
  return partial(outer, x) == partial(outer, inner) * partial(inner, x);
}
constexpr bool all_have_chain_rule(auto u) {
  return has_chain_rule(sigmoid(u), u) && has_chain_rule(tanh(u), u) && has_chain_rule(exp(u), u) &&
         has_chain_rule(log(u), u) && has_chain_rule(log1p(u), u) && has_chain_rule(sqrt(u), u) &&
         has_chain_rule(square(u), u) && has_chain_rule(pow(u, 3_c), u) &&
         has_chain_rule(pow(u, y), u) && has_chain_rule(softplus(u), u) &&
         has_chain_rule(abs(u), u) && has_chain_rule(1_c / u, u) &&
         has_chain_rule(binary_cross_entropy_with_logits(u, y), u) &&
         has_chain_rule(squared_error(u, y), u) && has_chain_rule(u * sigmoid(3_c * u), u);
}
static_assert(all_have_chain_rule(f) && all_have_chain_rule(g) && all_have_chain_rule(x / y));
static_assert(has_chain_rule(relu(f), f) && has_chain_rule(relu(x / y), x / y));
static_assert(partial(log(g), y) == partial(g, y) / g);

constexpr bool is_symmetric(auto a) {
  return partial(partial(a, x), y) == partial(partial(a, y), x);
}
static_assert(is_symmetric(f * g) && is_symmetric(tanh(x * y)) && is_symmetric(x / y));
static_assert(is_symmetric(sigmoid(x * sigmoid(y))) && is_symmetric(exp(x / y) * x));
static_assert(is_symmetric(log(square(x) + square(y))) && is_symmetric(sqrt(x * y)));
static_assert(is_symmetric(softplus(x * y)) && is_symmetric(log1p(x * y)));
static_assert(is_symmetric(binary_cross_entropy(sigmoid(x), y)) && is_symmetric(relu(x * y)));
static_assert(is_symmetric(binary_cross_entropy(x, y)) && is_symmetric(abs(x) * square(y)));

// choices
constexpr variable<"w"> w;
constexpr variable<"v"> v;
static_assert(w * select(x > 0_c, 1_c, 0_c) == select(x > 0_c, w, 0_c));
static_assert(v * select(x > 0_c, w, 0_c) == select(x > 0_c, v *w, 0_c));
static_assert(select(x > 0_c, w, 0_c) + select(x > 0_c, v, 0_c) == select(x > 0_c, w + v, 0_c));
static_assert(relu(x) == max(x, 0_c));
static_assert(relu(x) == max(0_c, x));
static_assert(-relu(-x) == min(x, 0_c));
static_assert(relu(x) == select(x > 0_c, x, 0_c));
static_assert(relu(x) == select(x < 0_c, 0_c, x));
static_assert(relu(x) == select(x <= 0_c, 0_c, x));
static_assert(abs(x) == select(x < 0_c, -x, x));
static_assert(abs(x) == relu(x) + relu(-x));
static_assert(x == relu(x) - relu(-x));
static_assert(max(x, y) == x + y - min(y, x));
static_assert(max(x, y) == (x + y + abs(x - y)) / 2_c);
static_assert(max(x, y) == select(x < y, y, x));
static_assert(max(x, y) == select(y >= x, y, x));
static_assert(square(abs(x)) == x * x);
static_assert(relu(2_c * x) == 2_c * relu(x));
static_assert(relu(relu(x)) == relu(x));
static_assert(select(2_c * x > 2_c * y, x, y) == select(y < x, x, y));
static_assert(sign(-x) == -sign(x));
static_assert(abs(-x) == abs(x));
static_assert(abs(-3_c * x) == 3_c * abs(x));
static_assert(select(x > 0_c, select(x > 0_c, w, v), y) == select(x > 0_c, w, y));
static_assert(relu(x) * relu(x) == relu(x) * x);

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
static_assert(!(x / y == y / x));
static_assert(!(exp(x * y) == square(exp(x))));
static_assert(!(exp(x + 1_c) == 2.71828182845904_c * exp(x)));
static_assert(!(tanh(2_c * x) == 2_c * tanh(x)));
static_assert(!(softplus(x) == relu(x)));
static_assert(!(log(sigmoid(x)) == -softplus(x)));
static_assert(!(log1p(x) == log(x)));
static_assert(!(abs(x + y) == abs(x) + abs(y)));
static_assert(!(max(x, y) == max(x, z)));
static_assert(!(pow(x, y) == pow(y, x)));
static_assert(!(pow(square(x), 1.5_c) == pow(x, 3_c)));
static_assert(!(select(x > 0_c, x, y) == select(x >= 0_c, x, y)));

static_assert(!(relu(x) == x));
static_assert(!(relu(x) == relu(-x)));
static_assert(!(abs(x) == x));
static_assert(!(select(x < 0_c, 1_c, 2_c) == select(x <= 0_c, 1_c, 2_c)));
static_assert(!(sign(x) == select(x > 0_c, 1_c, -1_c)));
static_assert(!(select(x > 1_c, x, 0_c) == relu(x)));
static_assert(!(select(x < 1_c, x, 1_c) == select(x < 1_c, x *x, 1_c)));

// nor by a division by zero, a coefficient beyond 64 bits or a power beyond what is represented
static_assert(!(x / (y - y) == z / (y - y)));
static_assert(!(x / (sigmoid(y) + sigmoid(-y) - 1_c) == z / (sigmoid(y) + sigmoid(-y) - 1_c)));
static_assert(!(pow(2_c, 62_c) * x * 4_c == x - x));
static_assert(!(281474976710656_c * 281474976710656_c * x == x - x));
static_assert(!(1e-300_c * x * 1e-300_c == 0_c));
static_assert(!(pow(x, 64_c) * pow(x, 64_c) == 1_c));
static_assert(!(pow(x, 256_c) == 1_c));
constexpr auto undefined = pow(0_c, -1_c) * (sigmoid(x) + sigmoid(-x) - 1_c);
static_assert(!(log(undefined) + log(x) == log(undefined) + log(z)));
static_assert(!(abs(pow(x - x, -1_c)) == abs(y)));

// wrong derivatives, each by one slip
static_assert(!(partial(tanh(x), x) == 1_c - tanh(x)));
static_assert(!(partial(exp(2_c * x), x) == exp(2_c * x)));
static_assert(!(partial(log(x), x) == 1_c / square(x)));
static_assert(!(partial(sqrt(x), x) == 1_c / sqrt(x)));
static_assert(!(partial(x / y, y) == x / square(y)));
static_assert(!(partial(pow(x, 3_c), x) == 3_c * x));
static_assert(!(partial(pow(x, y), x) == y * pow(x, y)));
static_assert(!(partial(relu(x), x) == 1_c));
static_assert(!(partial(binary_cross_entropy(x, y), x) == (y - x) / (x * (1_c - x))));

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
static_assert(at_all(select(x < y, x *y, tanh(x))) && at_all(select(x >= y, x, square(y))));
static_assert(at_all(pow(x, 3_c) * y) && at_all(pow(x, -2_c) + pow(y, 5_c))); // x < 0 too
static_assert(at_all(-(x / y)));
static_assert(at_all(square(sigmoid(x * tanh(y)))) && at_all(exp(-square(x)) * softplus(y - x)));
static_assert(at_all(log(1_c + square(x)) / y) && at_all(sqrt(square(x) + square(y))));
static_assert(at_all(binary_cross_entropy(sigmoid(x * y), sigmoid(y))));

constexpr bool between_0_and_1(auto function) {
  bool right = true;
  for (const double a : {0.01, 0.3, 0.99})
    for (const double b : {0.05, 0.5, 0.8})
      right = right && gradient_is_right(function, at(x = a, y = b));
  return right;
}
static_assert(between_0_and_1(binary_cross_entropy(x, y)) && between_0_and_1(log1p(-x) * y));
static_assert(between_0_and_1(-(y * log(x) + (1_c - y) * log(1_c - x))));

// The check finds a wrong derivative: x^2 with its right one, with x, and with one that is off by
// 1e-9.
template <int Which>
struct square_by_hand_operation : operation {
  static constexpr std::string_view name = Which == 0   ? "square_by_hand"
                                           : Which == 1 ? "wrong_square"
                                                        : "slightly_wrong_square";

  template <class T>
  static constexpr T value(const T &a) {
    return a * a;
  }
  static constexpr symbol derivative(symbol a, symbol) {
    if (Which == 0)
      return 2 * a;
    return Which == 1 ? a : math::reduced(2000000002, 1000000000) * a;
  }
};
template <int Which>
constexpr auto by_hand = apply_operation<square_by_hand_operation<Which>>(x);
static_assert(at_all(by_hand<0> * y));
static_assert(!at_all(by_hand<1> * y) && !at_all(by_hand<2> * y));
static_assert(!gradient_is_right(sigmoid(by_hand<1>), at(x = 0.5)));

// where the formula overflows as it is written it says no, for right gradients too
static_assert(!gradient_is_right(by_hand<1>, at(x = 1e308)));
static_assert(!gradient_is_right(binary_cross_entropy(sigmoid(x), y), at(x = 40.0, y = 0.0)));
static_assert(gradient_is_right(square(x), x = 3.0));

// At 0 the left is 0 and the right 1.
static_assert(!(select(variable<"x">{} < 0_c, variable<"x">{} / variable<"x">{}, 0_c) ==
                select(variable<"x">{} <= 0_c, 1_c, 0_c)));

} // namespace
