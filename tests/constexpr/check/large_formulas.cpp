// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Checks that take a small part of what compilers allow one constant evaluation.
#include <chainrule/chainrule.hpp>

#include <utility>

using namespace chainrule;

namespace {

template <int Seed, int Rows, int Columns>
constexpr auto some = [] {
  matrix<double, Rows, Columns> result{};
  int seed = Seed;
  for (double &value : result.values) {
    seed = (seed * 37 + 11) % 101;
    value = (seed - 50) / 64.0;
  }
  return result;
}();

constexpr variable<"W", 64, 8> W;
constexpr variable<"b", 64> b;
constexpr variable<"V", 4, 64> V;
constexpr variable<"c", 4> c;
constexpr variable<"x", 8> x;
constexpr variable<"y", 4> y;
static_assert(gradient_is_right(squared_norm(V * tanh(W * x + b) + c - y), W = some<1, 64, 8>,
                                b = some<2, 64, 1>, V = some<3, 4, 64>, c = some<4, 4, 1>,
                                x = some<5, 8, 1>, y = some<6, 4, 1>));

/// "w000", "w001", ...
template <int I>
constexpr fixed_string<5> name({'w', '0' + I / 100, '0' + I / 10 % 10, '0' + I % 10, '\0'});
template <int I>
constexpr variable<name<I>> w;
template <int Layers>
constexpr auto chain = sigmoid(w<Layers> *chain<Layers - 1>);
template <>
constexpr auto chain<0> = w<0>;

static_assert([]<int... I>(std::integer_sequence<int, I...>) {
  return gradient_is_right(chain<200>, (w<I> = (I * 37 % 101 - 50) / 16.0)...);
}(std::make_integer_sequence<int, 201>{}));

} // namespace
