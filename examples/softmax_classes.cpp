// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Several classes: z = W x + b, a = softmax(z), cross-entropy. Every link of the chain by itself
// and their product, one sample and a batch, extreme logits, and a bias shared by all classes,
// which changes nothing.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"W", 3, 2> W;
constexpr variable<"b", 3> b;
constexpr variable<"x", 2> x;
constexpr variable<"y", 3> y;
constexpr variable<"shared"> shared;

constexpr auto z = W * x + b;
constexpr auto a = softmax(z);
constexpr auto loss = cross_entropy(a, y);
static_assert(partial(loss, z) == a * sum(y) - y);
static_assert(partial(loss, W) == partial(loss, z) * transpose(x));
static_assert(partial(loss, b) == partial(loss, z));
static_assert(partial(loss, a) == -elementwise_quotient(y, a));

constexpr variable<"Z", 3> Z;
constexpr auto of_logits = softmax_cross_entropy(Z, y);
constexpr auto with_shared_bias = softmax_cross_entropy(Z + shared, y);

// a batch: one sample in each column
constexpr variable<"Zs", 3, 4> Zs;
constexpr variable<"Ys", 3, 4> Ys;
constexpr auto of_batch = mean(softmax_cross_entropy(Zs, Ys));
static_assert(partial(of_batch, Zs) ==
              (elementwise_product(softmax(Zs), column_sums(Ys)) - Ys) / 4_c);

constexpr matrix<double, 3> one_hot(int label) {
  matrix<double, 3> result{};
  result(label) = 1;
  return result;
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  show("L", loss);
  show("dL/da", partial(loss, a));
  show("dL/dz", partial(loss, z));
  show("dL/dW", partial(loss, W));
  show("dL/db", partial(loss, b));

  std::puts("logits 0.3, -0.2, 1.1: da_k/dz_j = a_k (delta_kj - a_j)");
  const auto [share, table] =
      compile(softmax(Z), jacobian(softmax(Z), Z))(Z = matrix<double, 3>{0.3, -0.2, 1.1});
  const double expected[] = {0.1928577073905372,   -0.04130337417366767, -0.1515543332168695,
                             -0.04130337417366767, 0.1332257238820038,   -0.09192234970833615,
                             -0.1515543332168695,  -0.09192234970833615, 0.2434766829252057};
  show_matrix("a", share);
  show_matrix("da/dz", table);
  for (int k = 0; k < 3; ++k)
    for (int j = 0; j < 3; ++j) {
      check("da/dz", table(k, j), expected[3 * k + j]);
      check("formula", share(k) * ((k == j ? 1 : 0) - share(j)), expected[3 * k + j], 1e-12);
    }

  std::puts("logits 1000, 0, -1000");
  constexpr auto step = compile(of_logits, gradient(of_logits, Z));
  const double slopes[3][3] = {{0, 0, 0}, {1, -1, 0}, {1, 0, -1}};
  for (int label = 0; label < 3; ++label) {
    const auto [value, slope] = step(Z = matrix<double, 3>{1000, 0, -1000}, y = one_hot(label));
    std::printf("  class %d      L = %g, dL/dz = %g %g %g\n", label, value + 0.0, slope[Z](0) + 0.0,
                slope[Z](1) + 0.0, slope[Z](2) + 0.0);
    check("L", value, 1000 * label);
    for (int k = 0; k < 3; ++k)
      check("dL/dz", slope[Z](k), slopes[label][k]);
  }
  std::puts("logits 1000, 1001, 999, class 2");
  expect("L", std::get<0>(step(Z = matrix<double, 3>{1000, 1001, 999}, y = one_hot(2))),
         2.407605964444380304);

  std::puts("four samples, the first and the last with soft labels");
  const auto [batch_loss, batch_slope] = compile(of_batch, gradient(of_batch, Zs))(
      Zs = matrix<double, 3, 4>{0.3, 1, -2, 0, -0.2, 2, 0.5, 0, 1.1, -1, 0.25, 0},
      Ys = matrix<double, 3, 4>{0.7, 0, 0, 0.2, 0.2, 1, 0, 0.3, 0.1, 0, 1, 0.5});
  expect("L", batch_loss, 0.920520662033846427);
  const double batch_expected[] = {
      -0.109761135264412643,  0.0648741150856047794,  0.0110276782475490975,
      0.0333333333333333333,  -0.0104306283330209443, -0.0736538718254397104,
      0.134344623651347944,   0.00833333333333333333, 0.120191763597433588,
      0.00877975673983493105, -0.145372301898897042,  -0.0416666666666666667};
  show_matrix("dL/dz", batch_slope[Zs]);
  for (std::size_t i = 0; i < batch_slope.count; ++i)
    check("dL/dz", batch_slope.values[i], batch_expected[i]);

  std::puts("one bias for all classes");
  const auto by_shared = compile(gradient(with_shared_bias, shared));
  expect("dL/dshared",
         by_shared(Z = matrix<double, 3>{0.5, -1, 2}, y = one_hot(1), shared = 0.25)[shared], 0);
  return result();
}
