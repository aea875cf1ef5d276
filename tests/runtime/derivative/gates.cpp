// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What flows back through a closed gate is 0, wherever its elements are moved before they meet an
// infinite slope: derivatives by hand, and those of one number at a time.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>

using namespace chainrule;

namespace {

constexpr variable<"v", 3> v;
constexpr variable<"M", 2, 3> M;

constexpr matrix<double, 2, 3> squares{0, 4, 0, 9, 16, 0};

/// The slope of square(relu(sqrt(t) - 1)) at t, 0 at 0.
double slope_at(double t) { return t > 1 ? 1 - 1 / std::sqrt(t) : 0; }

constexpr auto above_one(auto of) { return square(relu(of - 1_c)); }

/// The rows from the last to the first, as a user writes it; with another sign.
struct minus_flip : operation {
  static constexpr std::string_view name = "minus_flip";
  static constexpr zero_rule zero_if = zero_rule::first;

  static constexpr detail::shape result_shape(const detail::extent &of) { return of.shape; }
  template <detail::extent X, class T>
  static constexpr void run(T *out, const T *in) {
    for (int i = 0; i < X.shape.rows; ++i)
      for (int j = 0; j < X.shape.columns; ++j)
        out[i * X.shape.columns + j] = -in[(X.shape.rows - 1 - i) * X.shape.columns + j];
  }
  static constexpr symbols adjoint(symbol d, symbol, symbol) {
    return {apply_operation<minus_flip>(d)};
  }
};

} // namespace

TEST_CASE("closed gates meet infinite slopes elsewhere") {
  const auto root = sqrt(M);
  const auto check = [](auto f) {
    const auto by_M = compile(partial(f, M))(M = squares);
    for (std::size_t i = 0; i < squares.size(); ++i)
      CHECK(std::abs(by_M.values[i] - slope_at(squares.values[i])) < 1e-15);
  };
  check(sum(above_one(root)));
  check(sum(above_one(transpose(root))));
  check(sum(above_one(reshape<3, 2>(root))));
  check(sum(above_one(rows_of<0, 1>(root))) + sum(above_one(rows_of<1, 1>(root))));
  check(sum(above_one(columns_of<0, 1>(root))) + sum(above_one(columns_of<2, 1>(root))) +
        sum(above_one(columns_of<1, 1>(root))));
  check(sum(above_one(stack(transpose(root), transpose(columns_of<0, 1>(root))))) -
        sum(above_one(columns_of<0, 1>(root))));
  check(sum(above_one(beside(reshape<2, 2>(columns_of<1, 2>(root)), columns_of<0, 1>(root)))));
  check(sum(above_one(-apply_operation<minus_flip>(root))));
}

// Of select(u > 0, (u - 1)^2, 0), u = sqrt(t): at t = 1 the slope by u is 0, and has a slope.
TEST_CASE("a flow that happens to be 0 behind an open gate has slopes, wherever it is moved") {
  const auto root = sqrt(v);
  const auto gate = [](auto u) { return sum(select(u > 0_c, square(u - 1_c), 0_c)); };
  const auto check = [](auto f) {
    const auto second = compile(partial(sum(partial(f, v)), v))(v = std::array{0.0, 1.0, 4.0});
    CHECK(second == matrix<double, 3>{0, 0.5, 0.0625});
  };
  check(gate(root));
  check(gate(transpose(root)));
  check(gate(reshape<1, 3>(root)));
  check(gate(rows_of<0, 1>(root)) + gate(rows_of<1, 2>(root)));
  check(gate(rows_of<0, 1>(root)) + gate(rows_of<2, 1>(root)) + gate(rows_of<1, 1>(root)));
  check(gate(stack(rows_of<2, 1>(root), rows_of<0, 2>(root))));
  check(gate(rows_of<1, 3>(stack(element_of<0>(v), root))));
  check(gate(beside(transpose(root), transpose(root))) * 0.5_c);
  check(gate(-apply_operation<minus_flip>(root)));
}

// Each term is (u - 1)^2 behind a condition of its own, u = sqrt(t); all are open.
TEST_CASE("behind many open gates, too") {
  constexpr variable<"t"> t;
  constexpr auto u = sqrt(t);
  constexpr auto f = [&]<int... I>(std::integer_sequence<int, I...>) {
    return (... + select(u > literal<-1 - I>{}, square(u - 1_c), 0_c));
  }
  (std::make_integer_sequence<int, 40>{});
  // 40 (t - 2 sqrt t + 1)
  const auto [slope, second] = compile(partial(f, t), partial(partial(f, t), t))(t = 1.0);
  CHECK((slope == 0 && second == 20));
}
