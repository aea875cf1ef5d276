// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Logistic regression: z = w1 x1 + w2 x2 + w3 x3 + b, a = sigmoid(z), cross-entropy L. Every link
// of the chain rule by itself, their product, and the simplification dL/dz = a - y, which is
// proved.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x1"> x1;
constexpr variable<"x2"> x2;
constexpr variable<"x3"> x3;
constexpr variable<"w1"> w1;
constexpr variable<"w2"> w2;
constexpr variable<"w3"> w3;
constexpr variable<"b"> b;
constexpr variable<"y"> y;

constexpr auto z = w1 * x1 + w2 * x2 + w3 * x3 + b;
constexpr auto a = sigmoid(z);
constexpr auto loss = binary_cross_entropy(a, y);

// the links
static_assert(partial(loss, a) == (1_c - y) / (1_c - a) - y / a);
static_assert(partial(a, z) == a * (1_c - a));
static_assert(partial(z, w1) == x1);
static_assert(partial(z, w2) == x2);
static_assert(partial(z, w3) == x3);
static_assert(partial(z, b) == 1_c);

// their product
static_assert(partial(loss, a) * partial(a, z) == a - y);
static_assert(partial(loss, z) == a - y);
static_assert(partial(loss, w1) == partial(loss, a) * partial(a, z) * partial(z, w1));
static_assert(partial(loss, w1) == (a - y) * x1);
static_assert(partial(loss, w2) == (a - y) * x2);
static_assert(partial(loss, w3) == (a - y) * x3);
static_assert(partial(loss, b) == a - y);
static_assert(gradient_is_right(loss, at(w1 = 0.5, w2 = -1.25, w3 = 2.0, b = 0.1, x1 = 1.0,
                                         x2 = 0.3, x3 = -0.7, y = 1.0)));

int main(int count, char **values) {
  begin(count, values);
  show("dL/da", partial(loss, a));
  show("da/dz", partial(a, z));
  show("dz/dw1", partial(z, w1));
  show("dz/db", partial(z, b));
  show("dL/dz", partial(loss, z));
  show("dL/dw1", partial(loss, w1));

  constexpr auto links = compile(loss, partial(loss, a), partial(a, z), partial(z, w2),
                                 partial(z, b), partial(loss, z), gradient(loss, w1, w2, w3, b));
  const auto [value, by_a, by_z, by_w2, by_b, product, slope] =
      links(w1 = 0.5, w2 = -1.25, w3 = 2.0, b = 0.1, x1 = 1.0, x2 = 0.3, x3 = -0.7, y = 1.0);
  std::puts("at w = (0.5, -1.25, 2), b = 0.1, x = (1, 0.3, -0.7), y = 1");
  expect("L", value, 1.444125188356568131638);
  expect("dL/da", by_a, -1 / (1 - 0.7640475997974660193831));
  expect("da/dz", by_z, 0.7640475997974660193831 * (1 - 0.7640475997974660193831));
  expect("dz/dw2", by_w2, 0.3);
  expect("dz/db", by_b, 1);
  expect("dL/dz", product, -0.7640475997974660193831);
  check("by links", by_a * by_z, product);
  expect("dL/dw1", slope[w1], -0.7640475997974660193831);
  expect("dL/dw2", slope[w2], -0.2292142799392398058149);
  expect("dL/dw3", slope[w3], 0.5348333198582262135681);
  expect("dL/db", slope[b], -0.7640475997974660193831);
  return result();
}
