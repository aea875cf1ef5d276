// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A network with skip connections, y = w4 (a1 + a2 + a3) + b4 and half squared error E, in two
// versions: every layer of the input, and every layer of the one before. relu'(0) = 0.
#include <chainrule/chainrule.hpp>

#include "expect.hpp"

using namespace chainrule;

constexpr variable<"x"> x;
constexpr variable<"target"> target;
constexpr variable<"w11"> w11;
constexpr variable<"b11"> b11;
constexpr variable<"w12"> w12;
constexpr variable<"b12"> b12;
constexpr variable<"w13"> w13;
constexpr variable<"b13"> b13;
constexpr variable<"w4"> w4;
constexpr variable<"b14"> b14;

constexpr auto error_of(auto a1, auto a2, auto a3) {
  return 0.5_c * squared_error(w4 * (a1 + a2 + a3) + b14, target);
}

constexpr auto a1 = w11 * x + b11;

constexpr auto of_input = error_of(a1, w12 *relu(x) + b12, w13 *relu(relu(x)) + b13);

constexpr auto chain_a2 = w12 * relu(a1) + b12;
constexpr auto chain_a3 = w13 * relu(chain_a2) + b13;
constexpr auto chain = error_of(a1, chain_a2, chain_a3);

// dE/dx by hand, with H the unit step
constexpr auto step_at(auto z) { return select(z > 0_c, 1_c, 0_c); }
constexpr auto output = w4 * (a1 + chain_a2 + chain_a3) + b14;
static_assert(partial(chain, output) == output - target);

constexpr auto point = at(w11 = 0.7, b11 = 0.1, w12 = -1.2, b12 = 0.3, w13 = 0.45, b13 = -0.2,
                          w4 = 1.5, b14 = 0.05, x = 0.8, target = 0.25);
static_assert(gradient_is_right(of_input, point));
static_assert(gradient_is_right(chain, point));

namespace {

void compare(const char *name, auto loss, const double (&expected)[10]) {
  const auto [value, slope] =
      compile(loss, gradient(loss, x, w11, b11, w12, b12, w13, b13, w4, b14))(
          w11 = 0.7, b11 = 0.1, w12 = -1.2, b12 = 0.3, w13 = 0.45, b13 = -0.2, w4 = 1.5, b14 = 0.05,
          x = 0.8, target = 0.25);
  const char *const names[] = {"dE/dx",   "dE/dw11", "dE/db11", "dE/dw12", "dE/db12",
                               "dE/dw13", "dE/db13", "dE/dw4",  "dE/db14"};
  std::puts(name);
  // the inputs are decimals and the error is a small difference: 1e-13 of the output's digits
  expect("E", value, expected[0], 1e-12);
  for (int i = 0; i < 9; ++i)
    expect(names[i], slope.values[i], expected[i + 1], 1e-12);
}

} // namespace

int main() {
  compare("every layer of the input", of_input,
          {0.0008, -0.003, 0.048, 0.06, 0.048, 0.06, 0.048, 0.06, 0.0064, 0.04});
  compare("every layer of the one before", chain,
          {0.030752, 0.05208, 0.05952, 0.0744, -0.24552, -0.372, 0, -0.372, 0.007936, -0.248});
  return result();
}
