// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Hidden layers that stay as they start, and only the last layer fitted to sin x, with a ridge of
// 0.1: E = 1/2 |w F + c - y|^2 + 0.1/2 |w|^2, F being what the hidden layers yield. The exact fit
// solves (F (F - mean F)^T + 0.1) w^T = (F - mean F) y^T; the gradient of E, by the library, is 0
// there.
#include "expect.hpp"
#include "sine.hpp"

using namespace chainrule;

namespace {

/// Solves A x = b, in place of b, by elimination: A is symmetric and positive definite.
template <int Size>
void solve(matrix<double, Size, Size> &a, matrix<double, Size> &b) {
  for (int k = 0; k < Size; ++k)
    for (int i = k + 1; i < Size; ++i) {
      const double factor = a(i, k) / a(k, k);
      for (int j = k; j < Size; ++j)
        a(i, j) -= factor * a(k, j);
      b(i) -= factor * b(k);
    }
  for (int i = Size - 1; i >= 0; --i) {
    for (int j = i + 1; j < Size; ++j)
      b(i) -= a(i, j) * b(j);
    b(i) /= a(i, i);
  }
}

/// Half the mean square error with the fitted last layer.
template <int Depth, int Width>
double error(auto activation, const sine::data &from) {
  constexpr auto model = sine::hidden_layers<Depth, Width>(decltype(activation){});
  constexpr variable<"weights", 1, Width> weights;
  constexpr variable<"bias"> bias;
  constexpr auto features = model(sine::x);
  constexpr auto means = row_sums(features) / literal<sine::samples>{};
  constexpr auto equations = compile(features * transpose(features - means),
                                     (features - means) * transpose(sine::y), means);
  constexpr auto prediction = weights * features + bias;
  constexpr auto ridge = half_squared_error(prediction, sine::y) + 0.05_c * squared_norm(weights);
  constexpr auto judge = compile(sine::error_of(prediction), gradient(ridge, weights, bias));

  const auto theta = sine::started(model, 1);
  auto [products, fit, mean_features] =
      equations(*theta, sine::x = from.inputs, sine::y = from.targets);
  for (int i = 0; i < Width; ++i)
    products(i, i) += 0.1;
  solve(products, fit);
  double offset = 0; // sin x has mean 0
  for (int i = 0; i < Width; ++i)
    offset -= fit(i) * mean_features(i);
  const auto [half_square, slope] =
      judge(*theta, weights = fit, bias = offset, sine::x = from.inputs, sine::y = from.targets);
  for (const double each : slope)
    if (!(std::fabs(each) < 1e-8))
      check("slope of E", each, 0);
  return half_square;
}

/// By hand: computed from the same hidden layers without the library, in 80 bits.
template <int Depth>
void row(const char *name, auto activation, const sine::data &from, const double (&by_hand)[4]) {
  const double of[4] = {error<Depth, 5>(activation, from), error<Depth, 10>(activation, from),
                        error<Depth, 25>(activation, from), error<Depth, 50>(activation, from)};
  std::printf("%-5s %5d %10.2g %10.2g %10.2g %10.2g\n", name, Depth, of[0], of[1], of[2], of[3]);
  for (int width = 0; width < 4; ++width)
    check("by hand", of[width], by_hand[width], 1e-8);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  const auto from = sine::points();
  constexpr auto with_relu = [](auto z) { return relu(z); };
  constexpr auto with_tanh = [](auto z) { return tanh(z); };
  std::printf("half the mean square error, hidden layers as they start\n");
  std::printf("%11s %10s %10d %10d %10d\n", "depth", "width 5", 10, 25, 50);
  row<1>("ReLU", with_relu, *from, {0.02815467179, 0.007738793472, 0.00688423816, 0.0005669817465});
  row<2>("ReLU", with_relu, *from, {0.0222187079, 0.004715629961, 0.00101810945, 3.603308842e-05});
  row<1>("tanh", with_tanh, *from,
         {0.003805064495, 0.0002530090548, 9.536200432e-05, 9.298017329e-05});
  row<2>("tanh", with_tanh, *from,
         {0.01329278387, 0.000413683158, 0.0001304947401, 4.699040079e-05});
  return result();
}
