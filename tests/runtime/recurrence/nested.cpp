// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Loops in loops of which the inner one shows what depends on the outer one, against the same loops
// over dual numbers; and what is written alike inside and outside a body that binds its variable.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "dual.hpp"

#include <array>
#include <cmath>

using namespace chainrule;
using math::dual;

namespace {

constexpr variable<"a"> a;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"u"> u;
constexpr variable<"v"> v;
constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"X", 1, 3> X;
constexpr variable<"Y", 1, 2> Y;

constexpr std::array<double, 3> at_X{0.1, 0.7, -0.4};
constexpr std::array<double, 2> at_Y{0.3, 1.9};

template <class Formula, class... Inputs>
void check(Formula f, const dual &expected, const Inputs &...inputs) {
  const auto [value, slope] =
      compile(f, gradient(f, a, p, q))(a = 1.3, p = 0.4, q = 0.25, inputs...);
  CHECK_THAT(value, Catch::Matchers::WithinRel(expected.value, 1e-13));
  CHECK_THAT(slope[a], Catch::Matchers::WithinRel(expected.slope[0], 1e-13));
  CHECK_THAT(slope[p], Catch::Matchers::WithinRel(expected.slope[1], 1e-13));
  CHECK_THAT(slope[q], Catch::Matchers::WithinRel(expected.slope[2], 1e-13));
}

const dual at_a{1.3, {1, 0, 0}}, at_p{0.4, {0, 1, 0}}, at_q{0.25, {0, 0, 1}};

dual sine(const dual &x) { return x.through(std::sin(x.value), std::cos(x.value)); }

} // namespace

TEST_CASE("a function of all pairs of columns") {
  constexpr auto f =
      sum(map_columns(sum(map_columns(sin(u * v * a), v = Y)), u = X * p)) + q + a * p;
  dual expected = at_q + at_a * at_p;
  for (const double row : at_X)
    for (const double column : at_Y)
      expected = expected + sine(dual(row) * at_p * dual(column) * at_a);
  check(f, expected, X = at_X, Y = at_Y);
}

TEST_CASE("an inner loop that goes its own way and shows what it is for the outer state") {
  constexpr auto inner = sum(orbit<3>(sin(y * z), update(y = a * y + q), y = p));
  constexpr auto f = iterate<2>(z * a + inner, z = q);
  const auto of = [](const dual &outer) {
    dual state = at_p, result;
    for (int i = 0; i < 3; ++i) {
      result = result + sine(state * outer);
      state = at_a * state + at_q;
    }
    return result;
  };
  dual expected = at_q;
  for (int i = 0; i < 2; ++i)
    expected = expected * at_a + of(expected);
  check(f, expected);
  // beside the same loop as one that stands outside
  constexpr auto outside = sum(orbit<3>(y, update(y = a * y + q), y = p));
  dual state = at_p, sum_outside;
  for (int i = 0; i < 3; ++i) {
    sum_outside = sum_outside + state;
    state = at_a * state + at_q;
  }
  check(f + outside, expected + sum_outside);
}

TEST_CASE("second derivatives of functions of pairs") {
  constexpr auto f = sum(map_columns(sum(map_columns(sin(u * v * a), v = Y)), u = X));
  double expected = 0;
  for (const double row : at_X)
    for (const double column : at_Y)
      expected -= std::sin(row * column * 1.3) * row * column * row * column;
  CHECK_THAT(compile(partial(partial(f, a), a))(a = 1.3, X = at_X, Y = at_Y),
             Catch::Matchers::WithinRel(expected, 1e-13));
  constexpr auto by_Y = compile(sum(partial(partial(f, a), Y)));
  double mixed = 0;
  for (const double row : at_X)
    for (const double column : at_Y)
      mixed += row * std::cos(row * column * 1.3) -
               std::sin(row * column * 1.3) * row * column * row * 1.3;
  CHECK_THAT(by_Y(a = 1.3, X = at_X, Y = at_Y), Catch::Matchers::WithinRel(mixed, 1e-13));
}

TEST_CASE("a part is another one where a body binds a variable of it") {
  constexpr auto part = a * y;
  constexpr auto f = iterate<3>(a * y, y = part);
  CHECK(compile(partial(f, part))(a = 2.0, y = 0.5) == 8);
  constexpr auto inner = partial(square(part), part); // of the state
  constexpr auto g = iterate<2>(inner, y = part * z) + part;
  CHECK(compile(partial(g, part))(a = 2.0, y = 0.5, z = 3.0) == 3 * 16 + 1);
}

TEST_CASE("a loop in the bodies of a derivative's loops is seen in each by what is needed there") {
  constexpr auto inner = map_columns(u * v * (v + z), u = square(y));
  constexpr auto f = orbit<2>(z * inner + inner, z = p) + 0_c * y;
  const auto of = [](const dual &at_y, const dual &at_v) {
    dual state = at_p;
    for (int i = 0; i < 2; ++i) {
      const dual shown = at_y * at_y * at_v * (at_v + state);
      state = state * shown + shown;
    }
    return state;
  };
  constexpr auto last = element_of<0, 1>(f);
  const double step = 1e-4;
  const auto slope = [&](double at) { return of({at, {1, 0, 0}}, dual(0.7)).slope[0]; };
  const double second = (8 * (slope(0.6 + step) - slope(0.6 - step)) -
                         (slope(0.6 + 2 * step) - slope(0.6 - 2 * step))) /
                        (12 * step);
  const auto [value, first, found] =
      compile(last, partial(last, y), partial(partial(last, y), y))(y = 0.6, v = 0.7, p = 0.4);
  CHECK_THAT(value, Catch::Matchers::WithinRel(of(dual(0.6), dual(0.7)).value, 1e-13));
  CHECK_THAT(first, Catch::Matchers::WithinRel(slope(0.6), 1e-13));
  CHECK_THAT(found, Catch::Matchers::WithinRel(second, 1e-9));
}
