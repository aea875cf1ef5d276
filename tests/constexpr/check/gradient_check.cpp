// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"W", 2, 2> W;
constexpr variable<"b", 2> b;
constexpr variable<"s"> s;
constexpr variable<"x", 2> x;
constexpr auto loss = s * squared_norm(tanh(W * x + b));

constexpr auto pack = [] {
  auto result = parameters<double>(W, b, s);
  for (double next = 0.125; double &value : result)
    value = next *= -1.25;
  return result;
}();
constexpr matrix<double, 2> input{0.5, -0.25};

static_assert(gradient_is_right(loss, at(pack, x = input)));
static_assert(gradient_is_right(loss, at(x = input, pack)));
static_assert(gradient_is_right(loss, pack, x = input));
static_assert(gradient_is_right(loss, at(at(W = pack[W], b = pack[b]), at(s = 0.5), x = input)));

// The point keeps the values: it is no view of the pack.
constexpr double after_a_change() {
  auto changed = pack;
  const auto point = at(changed, x = input);
  changed.values[0] = 100;
  return point[W](0, 0);
}
static_assert(after_a_change() == pack[W](0, 0));
static_assert(at(pack)[s] == pack[s] && at(pack)[b](1) == pack[b](1));
static_assert(compile(loss)(at(pack, x = input)) == compile(loss)(pack, x = input));

// Other numbers are checked as double, in every form that a matrix is given in.
constexpr auto in_float = [] {
  auto result = parameters<float>(W, b, s);
  for (float next = 0.125F; float &value : result)
    value = next *= -1.25F;
  return result;
}();
constexpr float rows[2][2]{{0.5F, -1}, {2, 0.25F}};
static_assert(gradient_is_right(loss, at(in_float, x = std::array{0.5F, -0.25F})));
static_assert(gradient_is_right(loss, at(W = rows, b = std::array{1, 2}, s = std::array{0.5F},
                                         x = std::array{0.5L, -0.25L})));

// A wrong derivative is found through a pack, too.
struct wrong_operation : operation {
  static constexpr std::string_view name = "wrong";
  template <class T>
  static constexpr T value(const T &z) {
    return z * z;
  }
  static constexpr symbol derivative(symbol z, symbol) { return 3 * z; }
};
static_assert(!gradient_is_right(squared_norm(apply_operation<wrong_operation>(W * x)),
                                 at(pack, x = input)));
static_assert(!gradient_is_right(squared_norm(apply_operation<wrong_operation>(W * x)),
                                 at(in_float, x = std::array{0.5F, -0.25F})));

// Where a value rule chooses a side, and at kinks, whose slopes docs/numerics.md lists.
constexpr bool is_right_at_0(auto f) { return gradient_is_right(f, x = matrix<double, 2>{0, 1}); }
constexpr auto zero = element_of<0>(x);
constexpr auto one = element_of<1>(x);
static_assert(is_right_at_0(sigmoid(zero) * one) && is_right_at_0(softplus(zero) * one));
static_assert(is_right_at_0(log(sigmoid(zero)) * one) && is_right_at_0(tanh(zero) * one));
static_assert(is_right_at_0(binary_cross_entropy_with_logits(zero, one)));
static_assert(is_right_at_0(softsign(zero) * one) && is_right_at_0(silu(zero) + gelu(zero)));
static_assert(is_right_at_0(elu(zero) + mish(zero) + leaky_relu(zero, 0.1_c)));
static_assert(is_right_at_0(abs(zero) * one) && is_right_at_0(relu(zero) * one));
static_assert(is_right_at_0(sign(zero) * one) && is_right_at_0(clamp(zero, 0_c, one)));
static_assert(is_right_at_0(max(zero, 0_c) + min(zero, 0_c)) && is_right_at_0(max(x - x)));
static_assert(is_right_at_0(sum(softmax(x - x) * transpose(x))));

// Of derivatives of derivatives, too.
constexpr variable<"p"> p;
static_assert(gradient_is_right(partial(p * fmod(p, s), p), at(p = 5.5, s = 2.0)));

} // namespace
