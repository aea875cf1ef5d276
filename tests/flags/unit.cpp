// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Code of every kind that the library leaves in an object file: scalar steps, functions of math/ in
// and out of packs, loops that groups share, kernels, points, packs of parameters and random
// numbers. check.sh compiles it with different flags and links the objects in pairs.
#include <chainrule/samples.hpp>

#include <cstdio>

using namespace chainrule;

extern "C" void unit_results();

namespace {

/// A number that the compiler does not know.
double opaque(double x) {
  volatile double hidden = x;
  return hidden;
}

void print(const char *what, double x) { std::printf("%s %a\n", what, x); }

void print_all(const char *what, const auto &values) {
  for (const auto &value : values)
    print(what, static_cast<double>(value));
}

constexpr variable<"w"> w;
constexpr variable<"x"> x;

void scalars() {
  constexpr auto f = sigmoid(w * sigmoid(w * x)) * x;
  constexpr auto functions = lgamma(2_c + x) + hypot(w, x);
  constexpr auto step = compile(f, gradient(f, w, x), functions);
  const auto p = at(w = opaque(0.75), x = opaque(1.25));
  const auto [value, slope, other] = step(p);
  print("scalar", value);
  print_all("scalar", slope);
  print("functions", other);
  print("right", gradient_is_right(exp(w * x), p) ? 1 : 0);
}

void elements() {
  constexpr variable<"v", 37> v;
  constexpr auto f = sum(log(abs(v)) + exp(-v));
  float points[37];
  for (int i = 0; i < 37; ++i)
    points[i] = static_cast<float>(opaque(0.37 * i - 5.3));
  const auto [value, slope] = compile(f, gradient(f, v))(v = points);
  print("elements", static_cast<double>(value));
  print_all("elements", slope);
}

/// So many layers that they share loops, which are then not inlined.
void shared_loops() {
  constexpr auto wave = [](auto h) { return sigmoid(h); };
  constexpr auto model =
      sequential(dense<"a", 9, 9>(wave), dense<"b", 9, 9>(wave), dense<"c", 9, 9>(wave),
                 dense<"d", 9, 9>(wave), dense<"e", 9, 9>(wave), dense<"f", 9, 9>(wave));
  constexpr variable<"input", 9> input;
  constexpr variable<"label", 9> label;
  constexpr auto loss = squared_norm(model(input) - label);
  constexpr auto step = compile(loss, gradient(loss, model));
  static_assert(decltype(step)::program::value.groups.size() > 24);
  auto weights = parameters<double>(model);
  glorot(weights, 7);
  const double in[]{opaque(0.1), 0.2, -0.3, 0.4, 0.5, 0.6, -0.7, 0.8, 0.9},
      to[]{0, 1, 0, 0, 0, 1, 0, 1, 1};
  const auto [value, slope] = step(weights, input = in, label = to);
  weights.descend(slope, opaque(0.01));
  weights.each([](auto, auto &&part) {
    if constexpr (requires { part.data(); })
      print("weights", part.data()[0]);
  });
  print("network", value);
  print_all("network", slope);
}

template <int Batch>
void products() {
  constexpr variable<"W", 10, 20> W;
  constexpr variable<"V", 3, 10> V;
  constexpr variable<"X", 20, Batch> X;
  constexpr auto f = squared_norm(V * sigmoid(W * X));
  static double W_values[200], V_values[30], X_values[20 * Batch];
  random_numbers random(3);
  for (double &value : W_values)
    value = 0.1 * random.normal();
  for (double &value : V_values)
    value = 0.1 * random.normal();
  for (double &value : X_values)
    value = random.uniform(-1, 1);
  const auto [value, slope] =
      compile(f, gradient(f, W, V))(W = W_values, V = V_values, X = X_values);
  print("product", value);
  double total = 0, sign = 1;
  for (const double each : slope)
    total += (sign = -sign) * each;
  print("product", total);
}

/// In lanes where there are four of them.
void samples() {
  constexpr auto f = softplus(w * x);
  const double inputs[]{opaque(1), -2, 0.5, 3, -0.25, 8, -1};
  const auto [value, slope] =
      mean_over_samples(compile(f, gradient(f, w)))(w = opaque(0.75), x = in_rows(inputs));
  print("samples", value);
  print("samples", slope[w]);
}

} // namespace

void unit_results() {
  samples();
  scalars();
  elements();
  shared_loops();
  products<1>();
  products<9>();
}
