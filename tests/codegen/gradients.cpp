// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gradients as functions that return their results, and beside each one its twin written by hand,
// as good as we can write it with the same accuracy at every argument. check.sh reads the
// disassembly.
#include <chainrule/chainrule.hpp>
#include <cmath>
#include <limits>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"y"> y;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"w3"> w3;

template <int I>
constexpr variable<fixed_string<3>({'v', static_cast<char>('a' + I), '\0'})> v;

template <int I>
constexpr auto chain(auto input) {
  if constexpr (I == 20)
    return input;
  else
    return chain<I + 1>(sigmoid(v<I> * input));
}

/// sigmoid z and its derivative, sigmoid z sigmoid(-z), in which no digit cancels.
struct logistic {
  double value;
  double slope;

  explicit logistic(double z) {
    constexpr double largest = std::numeric_limits<double>::max();
    const double e = std::exp(-z);
    value = 1 / (1 + e);
    slope = value * ((e < largest ? e : largest) * value);
  }
};

} // namespace

template <std::size_t Size>
struct result {
  double value;
  double slopes[Size];
};

auto three_layers(const double *in) {
  constexpr auto loss = binary_cross_entropy(sigmoid(w3 * sigmoid(w2 * sigmoid(w1 * x))), y);
  return compile(loss, gradient(loss, w1, w2, w3))(w1 = in[0], w2 = in[1], w3 = in[2], x = in[3],
                                                   y = in[4]);
}

result<3> three_layers_by_hand(const double *in) {
  const double a = in[0], b = in[1], c = in[2], input = in[3], label = in[4];
  const logistic first(a * input), second(b * first.value);
  const double z = c * second.value;
  const double decay = std::exp(-std::fabs(z)), u = 1 + decay, tail = decay / u;
  const double side = 0.5 + std::copysign(0.5, z) - label;
  const double d3 = side - std::copysign(tail, z);
  const double d2 = d3 * c * second.slope;
  return {z * side + (std::log(u) + (decay - (u - 1)) * (1 - tail)),
          {d2 * b * first.slope * input, d2 * first.value, d3 * second.value}};
}

auto choices(const double *in) {
  constexpr auto hidden = relu(w1 * x);
  constexpr auto f = select(hidden > w2, hidden * w3, max(hidden, w3)) - abs(x * w2);
  return compile(f, gradient(f, w1, w2, w3))(w1 = in[0], w2 = in[1], w3 = in[2], x = in[3]);
}

namespace {

using pair_of_doubles [[gnu::vector_size(16)]] = double;
using pair_of_masks [[gnu::vector_size(16)]] = long long;

/// A mask over a comparison: what ?: would be, without the jump that compilers make of it.
struct mask {
  pair_of_masks bits;

  static pair_of_doubles wide(double a) {
#if defined(__clang__)
    pair_of_doubles result = pair_of_doubles(__builtin_ia32_undef128());
    result[0] = a;
#else
    pair_of_doubles result;
    asm("" : "=x"(result) : "0"(a));
#endif
    return result;
  }
  mask(double smaller, double larger)
      : bits(pair_of_masks(__builtin_ia32_cmpltsd(wide(smaller), wide(larger)))) {}
  double keep(double a) const { return pair_of_doubles(pair_of_masks(wide(a)) & bits)[0]; }
  double drop(double a) const { return pair_of_doubles(~bits & pair_of_masks(wide(a)))[0]; }
  /// weight * a, and 0 where the weight is 0, whatever a is: behind a choice it may be anything.
  static double absorbing_product(double weight, double a) {
    const auto nonzero = pair_of_masks(__builtin_ia32_cmpneqsd(wide(weight), wide(0)));
    return pair_of_doubles(pair_of_masks(wide(weight * a)) & nonzero)[0];
  }
  double choose(double a, double b) const {
    return pair_of_doubles((pair_of_masks(wide(a)) & bits) | (~bits & pair_of_masks(wide(b))))[0];
  }
};

} // namespace

result<3> choices_by_hand(const double *in) {
  const double a = in[0], b = in[1], c = in[2], input = in[3];
  const double z = a * input, product = input * b;
  const double hidden = z < 0 ? 0 : z;
  const mask above(b, hidden), less(hidden, c), active(0, z);
  const double sign = mask(0, product).keep(1) - mask(product, 0).keep(1);
  return {above.choose(hidden * c, hidden < c ? c : hidden) - std::fabs(product),
          {mask::absorbing_product(active.keep(above.keep(c) + less.drop(above.drop(1))), input),
           -sign * input, above.keep(hidden) + less.keep(above.drop(1))}};
}

namespace {

template <std::size_t... I>
[[gnu::always_inline]] inline auto run_chain(const double *in, std::index_sequence<I...>) {
  constexpr auto loss = squared_error(chain<0>(x), y);
  return compile(loss, gradient(loss, v<I>...))((v<I> = in[I])..., x = in[20], y = in[21]);
}

} // namespace

auto chain_of_20(const double *in) { return run_chain(in, std::make_index_sequence<20>{}); }

result<20> chain_of_20_by_hand(const double *in) {
  result<20> out;
  double value[20], slope[20];
  value[0] = in[20];
#pragma GCC unroll 19
  for (int i = 0; i < 19; ++i) {
    const logistic layer(in[i] * value[i]);
    value[i + 1] = layer.value;
    slope[i] = layer.slope;
  }
  // the last layer from its tail: sigmoid z - y is exact where y is 0 or 1
  const double z = in[19] * value[19];
  const double decay = std::exp(-std::fabs(z)), tail = decay / (1 + decay);
  slope[19] = tail * (1 - tail);
  const double error = 0.5 + std::copysign(0.5, z) - in[21] - std::copysign(tail, z);
  out.value = error * error;
  double flow = 2 * error;
#pragma GCC unroll 20
  for (int i = 19; i >= 0; --i) {
    flow *= slope[i];
    out.slopes[i] = flow * value[i];
    flow *= in[i];
  }
  return out;
}
