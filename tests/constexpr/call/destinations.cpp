// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/chainrule.hpp>

#include <array>
#include <type_traits>

using namespace chainrule;

namespace {

constexpr variable<"A", 2, 2> A;
constexpr variable<"b", 2> b;
constexpr variable<"w"> w;
constexpr auto f = w * squared_norm(A * b);
constexpr auto step = compile(f, A *b, gradient(f, w, b));

constexpr std::array<double, 4> flat{1, 2, 3, 4};

static_assert(std::is_empty_v<decltype(step)>);
static_assert(step.workspace_bytes == sizeof(double) * step.workspace_size);

// A b = (5, 11); |A b|^2 = 146; d/db = 2 w A^T A b = 2 w (38, 54)
constexpr bool writes_all_outputs() {
  double value = 0;
  std::array<double, 2> product{};
  auto slope = parameters<double>(w, b);
  const auto in = at(w = 0.5, b = matrix<double, 2>{1, 2});
  step.into(value, product, slope)(in, A = flat);
  return value == 73 && product[0] == 5 && product[1] == 11 && slope[w] == 146 &&
         slope[b] == matrix<double, 2>{38, 54};
}
static_assert(writes_all_outputs());

// of small matrices there is nothing between that is no number
constexpr bool works_in_a_buffer() {
  std::array<double, step.workspace_size> buffer{};
  const auto [value, product, slope] =
      step.workspace(buffer)(w = 0.5, b = matrix<double, 2>{1, 2}, A = flat);
  return value == 73 && slope[b] == matrix<double, 2>{38, 54};
}
static_assert(step.workspace_size == 0 && works_in_a_buffer());

constexpr variable<"C", 12, 12> C;
constexpr auto large = compile(sum(elementwise_product(C * C, C)));
constexpr bool works_in_a_buffer_that_is_needed() {
  std::array<double, large.workspace_size> buffer{};
  matrix<double, 12, 12> ones;
  for (double &each : ones)
    each = 1;
  return large.workspace(buffer)(C = ones) == 12 * 12 * 12;
}
static_assert(large.workspace_size > 0 && works_in_a_buffer_that_is_needed());

constexpr bool writes_into_what_a_call_would_return() {
  decltype(step)::result<double> all{};
  auto &[value, product, slope] = all;
  std::array<double, step.workspace_size> buffer{};
  step.into(&value, product, slope).workspace(buffer)(w = 1, b = matrix<double, 2>{1, 2}, A = flat);
  return all == step(w = 1, b = matrix<double, 2>{1, 2}, A = flat) && slope[w] == 146;
}
static_assert(writes_into_what_a_call_would_return());

// an output that is an argument, and one that stands twice
constexpr bool copies_what_is_not_computed() {
  double first = 0, second = 0, argument = 0;
  compile(square(w), square(w), w).into(first, second, argument)(w = 3.0);
  return first == 9 && second == 9 && argument == 3;
}
static_assert(copies_what_is_not_computed());

} // namespace
