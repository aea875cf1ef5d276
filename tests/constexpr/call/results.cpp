// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is looked up in a temporary outlives it.
#include <chainrule/chainrule.hpp>

#include <concepts>

using namespace chainrule;

namespace {

constexpr variable<"W", 2, 2> W;
constexpr variable<"s"> s;
constexpr auto f = s * squared_norm(W);
constexpr auto step = compile(gradient(f, W, s));
constexpr auto in = at(W = matrix<double, 2, 2>{1, 2, 3, 4}, s = 0.5);

// df/dW = 2 s W = W; df/ds = 1 + 4 + 9 + 16
constexpr auto by_W = step(in)[W];
static_assert(std::same_as<decltype(by_W), const matrix<double, 2, 2>>);
static_assert(by_W == matrix<double, 2, 2>{1, 2, 3, 4});
static_assert(std::same_as<decltype(step(in)[s]), double>);
static_assert(step(in)[s] == 30);
static_assert(std::get<1>(compile(f, gradient(f, W))(in))[W] == by_W);

constexpr double sum_over_a_temporary() {
  double result = 0;
  for (const double slope : step(in)[W])
    result += slope;
  for (const double slope : step(in))
    result += slope;
  for (const double value : at(W = matrix<double, 2, 2>{1, 2, 3, 4})[W])
    result += value;
  return result;
}
static_assert(sum_over_a_temporary() == 10 + 40 + 10);
static_assert(std::same_as<decltype(at(s = 0.5)[s]), double>);

// A step is scaled from either side.
static_assert((2 * step(in))[W] == matrix<double, 2, 2>{2, 4, 6, 8});
static_assert(step(in) * 2.0 == 2 * step(in));

constexpr auto weights_of_a_temporary_pack() {
  const auto made = [] {
    auto pack = parameters<double>(W, s);
    pack[W](1, 0) = 7;
    pack[s] = 9;
    return pack;
  };
  auto weights = made()[W];
  weights(0, 0) = made()[s];
  return weights;
}
static_assert(weights_of_a_temporary_pack() == matrix<double, 2, 2>{9, 0, 7, 0});

// Of an object it is a view: what is stored in a pack stays there.
constexpr bool views_of_an_object() {
  const auto slope = step(in);
  static_assert(std::same_as<decltype(slope[W]), matrix_view<const double, 2, 2>>);
  auto pack = parameters<double>(W, s);
  static_assert(std::same_as<decltype(pack[W]), matrix_view<double, 2, 2>>);
  const auto [slope_by_W, slope_by_s] = step(in);
  return slope[W].data() == slope.data() && slope_by_W == by_W && slope_by_s == 30;
}
static_assert(views_of_an_object());

} // namespace
