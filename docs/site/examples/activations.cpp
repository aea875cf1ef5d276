// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Examples of the reference, one for each function below its name; compiling is passing.
#include <chainrule/chainrule.hpp>
#include <chainrule/fast_tanh.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;

constexpr bool is_close(double a, double b) { return math::abs(a - b) <= 1e-14 * math::abs(b); }

// -- sigmoid
static_assert(compile(sigmoid(x))(x = 0.0) == 0.5);
static_assert(to_string(partial(sigmoid(x), x)) == "sigmoid(x) * (1 - sigmoid(x))");

// -- softplus
static_assert(compile(softplus(x))(x = 1000.0) == 1000); // e^1000 overflows
static_assert(to_string(partial(softplus(x), x)) == "sigmoid(x)");

// -- log_sigmoid
static_assert(compile(log_sigmoid(x))(x = -1000.0) == -1000); // sigmoid(-1000) is 0
static_assert(to_string(partial(log_sigmoid(x), x)) == "sigmoid(-x)");

// -- tanh
static_assert(compile(tanh(x))(x = 0.0) == 0);
static_assert(to_string(partial(tanh(x), x)) == "1 - square(tanh(x))");

// -- relu
static_assert(compile(relu(x))(x = -2.0) == 0);
static_assert(compile(partial(relu(x, 0.5_c), x))(x = 0.0) == 0.5);
static_assert(to_string(partial(relu(x), x)) == "select(x > 0, 1, 0)");

// -- leaky_relu
static_assert(compile(leaky_relu(x))(x = -2.0) == -0.02);
static_assert(compile(leaky_relu(x, 0.25_c))(x = -2.0) == -0.5);
static_assert(to_string(partial(leaky_relu(x), x)) == "select(x > 0, 1, 0.01)");

// -- elu
static_assert(compile(elu(x))(x = 2.0) == 2);
static_assert(to_string(partial(elu(x), x)) == "select(x > 0, 1, exp(x))");

// -- selu
static_assert(compile(selu(x))(x = 0.0) == 0);
static_assert(
    to_string(partial(selu(x), x)) ==
    "select(x > 0, 1.050700987355480493, 1.050700987355480493 * 1.673263242354377285 * exp(x))");

// -- celu
static_assert(compile(celu(x, 2_c))(x = 2.0) == 2);
static_assert(to_string(partial(celu(x, 2_c), x)) ==
              "select(x > 0, 1, 0) + select(x > 0, 0, 2 * exp(x / 2)) / 2");

// -- gelu
static_assert(compile(gelu(x))(x = 0.0) == 0);
static_assert(to_string(partial(gelu(x), x)) == "normal_cdf(x) + x * normal_density(x)");

// -- gelu_tanh
static_assert(compile(gelu_tanh(x))(x = 0.0) == 0);

// -- silu
static_assert(compile(silu(x))(x = 0.0) == 0);
static_assert(to_string(partial(silu(x), x)) == "sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))");

// -- mish
static_assert(compile(mish(x))(x = 0.0) == 0);
static_assert(to_string(partial(mish(x), x)) ==
              "tanh(softplus(x)) + x * (1 - square(tanh(softplus(x)))) * sigmoid(x)");

// -- softsign
static_assert(compile(softsign(x))(x = 1.0) == 0.5);
static_assert(to_string(partial(softsign(x), x)) == "square(1 / (1 + abs(x)))");

// -- hard_sigmoid
static_assert(compile(hard_sigmoid(x))(x = 0.0) == 0.5);
static_assert(to_string(partial(hard_sigmoid(x), x)) ==
              "select(x / 6 + 0.5 < 0, 0, select(1 < max(x / 6 + 0.5, 0), 0, 1)) / 6");

// -- hard_swish
static_assert(compile(hard_swish(x))(x = 3.0) == 3);
static_assert(to_string(partial(hard_swish(x), x)) ==
              "clamp(x / 6 + 0.5, 0, 1) + select(x / 6 + 0.5 < 0, 0, select(1 < max(x / 6 + 0.5, "
              "0), 0, x)) / 6");

// -- hard_tanh
static_assert(compile(hard_tanh(x))(x = 5.0) == 1);
static_assert(to_string(partial(hard_tanh(x), x)) ==
              "select(x < -1, 0, select(1 < max(x, -1), 0, 1))");

// -- fast_tanh
static_assert(compile(fast_tanh(x))(x = 0.0) == 0);
static_assert(to_string(partial(fast_tanh(x), x)) == "1 - square(fast_tanh(x))");

} // namespace
