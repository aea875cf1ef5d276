// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A network with skip connections, y = w4 (a1 + a2 + a3) + b14 and half squared error E, in two
// versions: every layer of the input, and every layer of the one before. The derivatives are proved
// to be those found by hand, unit steps H included. H(0) = 0, which is relu'(0) = 0.
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

constexpr auto error_of(auto output) { return 0.5_c * squared_error(output, target); }
constexpr auto output_of(auto a1, auto a2, auto a3) { return w4 * (a1 + a2 + a3) + b14; }

constexpr auto a1 = w11 * x + b11;

// every layer of the input
constexpr auto input_a2 = w12 * relu(x) + b12;
constexpr auto input_a3 = w13 * relu(relu(x)) + b13;
constexpr auto input_output = output_of(a1, input_a2, input_a3);
constexpr auto of_input = error_of(input_output);

// every layer of the one before
constexpr auto chain_a2 = w12 * relu(a1) + b12;
constexpr auto chain_a3 = w13 * relu(chain_a2) + b13;
constexpr auto chain_output = output_of(a1, chain_a2, chain_a3);
constexpr auto chain = error_of(chain_output);

// by hand
constexpr auto H(auto z) { return select(z > 0_c, 1_c, 0_c); }
constexpr auto input_by_x = (input_output - target) * w4 * (w11 + (w12 + w13) * H(x));
constexpr auto chain_by_x =
    (chain_output - target) * w4 * w11 * (1_c + w12 * H(a1) + w13 * H(chain_a2) * w12 * H(a1));
static_assert(partial(of_input, x) == input_by_x && partial(chain, x) == chain_by_x);
static_assert(partial(chain, chain_output) == chain_output - target);
static_assert(partial(of_input, w11) == (input_output - target) * w4 * x);
static_assert(partial(of_input, w12) == (input_output - target) * w4 * relu(x));
static_assert(partial(of_input, w4) == (input_output - target) * (a1 + input_a2 + input_a3));
static_assert(partial(chain, b13) == (chain_output - target) * w4);
static_assert(partial(chain, w13) == (chain_output - target) * w4 * relu(chain_a2));

constexpr auto point_at = [](auto x_value) {
  return at(w11 = 0.7, b11 = 0.1, w12 = -1.2, b12 = 0.3, w13 = 0.45, b13 = -0.2, w4 = 1.5,
            b14 = 0.05, x = x_value, target = 0.25);
};
static_assert(gradient_is_right(of_input, point_at(0.8)));
static_assert(gradient_is_right(chain, point_at(0.8)));

namespace {

void compare(const char *title, auto loss, auto by_hand, double input,
             const double (&expected)[10]) {
  const auto [value, hand, slope] =
      compile(loss, by_hand, gradient(loss, x, w11, b11, w12, b12, w13, b13, w4, b14))(
          w11 = 0.7, b11 = 0.1, w12 = -1.2, b12 = 0.3, w13 = 0.45, b13 = -0.2, w4 = 1.5, b14 = 0.05,
          x = input, target = 0.25);
  const char *const names[] = {"dE/dx",   "dE/dw11", "dE/db11", "dE/dw12", "dE/db12",
                               "dE/dw13", "dE/db13", "dE/dw4",  "dE/db14"};
  std::puts(title);
  // E comes from a small difference of outputs: digits cancel
  expect("E", value, expected[0], 1e-12);
  for (int i = 0; i < 9; ++i)
    expect(names[i], slope.values[i], expected[i + 1], 1e-12);
  check("by hand", hand, slope[x], 1e-12);
}

} // namespace

int main(int count, char **values) {
  begin(count, values);
  show("dE/dx", partial(of_input, x));
  show("dE/dx chain", partial(chain, x));
  compare("every layer of the input, x = 0.8", of_input, input_by_x, 0.8,
          {0.0008, -0.003, 0.048, 0.06, 0.048, 0.06, 0.048, 0.06, 0.0064, 0.04});
  compare("every layer of the one before, x = 0.8", chain, chain_by_x, 0.8,
          {0.030752, 0.05208, 0.05952, 0.0744, -0.24552, -0.372, 0, -0.372, 0.007936, -0.248});
  compare("every layer of the input, at the kink x = 0", of_input, input_by_x, 0.0,
          {0.005, 0.105, 0, 0.15, 0, 0.15, 0, 0.15, 0.02, 0.1});
  return result();
}
