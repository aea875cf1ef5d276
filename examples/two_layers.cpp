// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Linear1 - ReLU - Linear2 - identity - squared error, and Linear1 - sigmoid - Linear2 - sigmoid
// with squared error or cross-entropy averaged over the outputs: every layer's input and output,
// every gradient as a product of named factors, every factor as a Jacobian, and training as a loop.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

namespace {

constexpr variable<"W1", 3, 2> W1;
constexpr variable<"b1", 3> b1;
constexpr variable<"W2", 2, 3> W2;
constexpr variable<"b2", 2> b2;
constexpr variable<"x", 2> x;
constexpr variable<"y", 2> y;

constexpr auto z1 = W1 * x + b1;

// ReLU, identity, squared error
constexpr auto z2 = relu(z1);
constexpr auto z3 = W2 * z2 + b2;
constexpr auto loss = squared_norm(z3 - y);
static_assert(partial(loss, z3) == 2_c * (z3 - y));
static_assert(partial(loss, W2) == partial(loss, z3) * transpose(z2));
static_assert(partial(loss, b2) == partial(loss, z3));
static_assert(partial(loss, z2) == transpose(W2) * partial(loss, z3));
static_assert(partial(loss, z1) == select(z1 > 0_c, partial(loss, z2), 0_c));
static_assert(partial(loss, W1) == partial(loss, z1) * transpose(x));
static_assert(partial(loss, b1) == partial(loss, z1));

// sigmoid, sigmoid, cross-entropy averaged over K = 2 outputs
constexpr auto s3 = W2 * sigmoid(z1) + b2;
constexpr auto yhat = sigmoid(s3);
constexpr auto entropy = mean(binary_cross_entropy(yhat, y));
static_assert(partial(entropy, s3) == (yhat - y) / 2_c);
static_assert(partial(entropy, yhat) ==
              -(elementwise_quotient(y, yhat) - elementwise_quotient(1_c - y, 1_c - yhat)) / 2_c);

// the same with squared error
constexpr auto squares = mean_squared_error(yhat, y);
static_assert(partial(squares, yhat) == yhat - y);
static_assert(partial(squares, s3) ==
              elementwise_product(yhat - y, elementwise_product(yhat, 1_c - yhat)));
static_assert(partial(squares, W2) == partial(squares, s3) * transpose(sigmoid(z1)));
static_assert(partial(squares, W1) == partial(squares, z1) * transpose(x));

constexpr matrix<double, 3, 2> some_W1{1, -1, 2, 0.5, -1, 1};
constexpr matrix<double, 3> some_b1{0, -1, 0};
constexpr matrix<double, 2, 3> some_W2{1, 2, 3, -1, 0.5, 0.25};
constexpr matrix<double, 2> some_b2{0.1, -0.2};
constexpr matrix<double, 2> some_x{0.5, 0.5}; // z1 is 0, 0.25, 0: two units at their kink
constexpr matrix<double, 2> some_y{1, 0};

void print(const char *name, const auto &m) { // a matrix in one line
  std::printf("  %-12s", name);
  for (int i = 0; i < m.rows(); ++i)
    for (int j = 0; j < m.columns(); ++j)
      std::printf(" %8.4f%s", m(i, j) + 0.0, j + 1 == m.columns() && i + 1 < m.rows() ? ";" : "");
  std::puts("");
}

/// A loss and its gradient by W1, b1, W2, b2 and x, in this order.
void compare(auto function, double expected, const double (&expected_slopes)[19]) {
  constexpr auto step = compile(function, gradient(function, W1, b1, W2, b2, x));
  const auto [value, slope] =
      step(W1 = some_W1, b1 = some_b1, W2 = some_W2, b2 = some_b2, x = some_x, y = some_y);
  expect("l", value, expected);
  print("dl/dW1", slope[W1]);
  print("dl/db1", slope[b1]);
  print("dl/dW2", slope[W2]);
  print("dl/db2", slope[b2]);
  print("dl/dx", slope[x]);
  for (std::size_t i = 0; i < slope.count; ++i)
    check("slope", slope.values[i], expected_slopes[i]);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  show("dl/dW2", partial(loss, W2));
  show("dl/dW1", partial(loss, W1));
  show("dl/dz3", partial(entropy, s3));

  std::puts("every layer and every factor");
  constexpr auto table = compile(z1, z2, z3, partial(loss, z3), jacobian(z3, z2), jacobian(z2, z1));
  const auto [first, hidden, output, by_output, output_by_hidden, hidden_by_first] =
      table(W1 = some_W1, b1 = some_b1, W2 = some_W2, b2 = some_b2, x = some_x, y = some_y);
  print("z1", first);
  print("z2", hidden);
  print("z3", output);
  print("dl/dz3", by_output);
  print("dz3/dz2", output_by_hidden);
  print("dz2/dz1", hidden_by_first);

  std::puts("gradients of ReLU, identity, squared error");
  compare(loss, 0.165625,
          {0, 0, -0.8375, -0.8375, 0, 0, 0, -1.675, 0, 0, -0.2, 0, 0, -0.0375, 0, -0.8, -0.15,
           -3.35, -0.8375});
  std::puts("gradients of sigmoid, sigmoid, squared error");
  compare(squares, 0.0919162410416272989,
          {-0.0132370712832695744, -0.0132370712832695744, 0.00608305899906073152,
           0.00608305899906073152, 0.0027373552164131615, 0.0027373552164131615,
           -0.0264741425665391487, 0.012166117998121463, 0.00547471043282632301,
           -0.000703892436189824106, -0.000791423573554350474, -0.000703892436189824106,
           0.0522443926968884734, 0.0587411397544806137, 0.0522443926968884734,
           -0.00140778487237964821, 0.104488785393776947, -0.00761661700312254566,
           0.0380319119984262033});
  std::puts("gradients of sigmoid, sigmoid, cross-entropy");
  compare(entropy, 0.297980641651263679,
          {-0.0290816230169798313, -0.0290816230169798313, 0.00843035419654592074,
           0.00843035419654592074, -0.00050105343832465625, -0.00050105343832465625,
           -0.0581632460339596627, 0.0168607083930918415, -0.0010021068766493125,
           -0.00956487285239337118, -0.0107542935031521365, -0.00956487285239337118,
           0.106761619215525954, 0.120037747038972733, 0.106761619215525954, -0.0191297457047867424,
           0.213523238431051908, -0.0234397223711266672, 0.0655914933538562709});

  std::puts("gradients of ReLU, identity, squared error: 200 steps of 0.05 on that sample");
  auto theta = parameters<double>(W1, b1, W2, b2); // 1. the model and where it starts
  he(theta, 7);
  constexpr auto train = compile(loss, gradient(loss, W1, b1, W2, b2));
  double last = 0;
  for (int i = 0; i < 200; ++i) {                              // 5. again
    const auto [l, by] = train(theta, x = some_x, y = some_y); // 2. forward and loss, 3. gradient
    theta.descend(by, 0.05);                                   // 4. update
    last = l;
  }
  std::printf("  %-12s %18.1e\n", "l", last);
  check("below 1e-9", last < 1e-9, 1);
  return result();
}
