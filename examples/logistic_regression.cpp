// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logistic regression: z = w1 x1 + w2 x2 + b, a = sigmoid(z), cross-entropy L. Every link of the
// chain rule by itself, their product, and the simplification dL/dz = a - y, which is proved.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"b"> b;
constexpr variable<"y"> y;

constexpr auto z = w1 * x1 + w2 * x2 + b;
constexpr auto a = sigmoid(z);
constexpr auto loss = binary_cross_entropy(a, y);

// the links
static_assert(partial(loss, a) == (1_c - y) / (1_c - a) - y / a);
static_assert(partial(a, z) == a * (1_c - a));
static_assert(partial(z, w1) == x1);
static_assert(partial(z, w2) == x2);
static_assert(partial(z, b) == 1_c);

// their product
static_assert(partial(loss, a) * partial(a, z) == a - y);
static_assert(partial(loss, z) == a - y);
static_assert(partial(loss, w1) == partial(loss, a) * partial(a, z) * partial(z, w1));
static_assert(partial(loss, w1) == (a - y) * x1);
static_assert(partial(loss, w2) == (a - y) * x2);
static_assert(partial(loss, b) == a - y);
static_assert(gradient_is_right(loss,
                                at(w1 = 0.4, w2 = -0.3, b = 0.1, x1 = 1.5, x2 = -2.0, y = 1.0)));

int main() {
  show("dL/da", to_string(partial(loss, a)));
  show("da/dz", to_string(partial(a, z)));
  show("dz/dw1", to_string(partial(z, w1)));
  show("dL/dz", to_string(partial(loss, z)));
  show("dL/dw1", to_string(partial(loss, w1)));

  constexpr auto links = compile(partial(loss, a), partial(a, z), partial(z, w1), partial(loss, z),
                                 gradient(loss, w1, w2, b));
  const auto [by_a, by_z, by_w1, product, slope] =
      links(w1 = 0.4, w2 = -0.3, b = 0.1, x1 = 1.5, x2 = -2.0, y = 1.0);
  // z = 1.3, a = sigmoid(1.3)
  const double activation = 1 / (1 + std::exp(-1.3));
  std::puts("at w = (0.4, -0.3), b = 0.1, x = (1.5, -2), y = 1");
  expect("dL/da", by_a, -1 / activation, 1e-14);
  expect("da/dz", by_z, activation * (1 - activation), 1e-14);
  expect("dz/dw1", by_w1, 1.5);
  expect("dL/dz", product, activation - 1, 1e-14);
  expect("product", by_a * by_z, product, 1e-14);
  expect("dL/dw1", slope[w1], (activation - 1) * 1.5, 1e-14);
  expect("dL/dw2", slope[w2], (activation - 1) * -2.0, 1e-14);
  expect("dL/db", slope[b], activation - 1, 1e-14);
  return result();
}
