// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Recurrences: values and slopes against loops over dual numbers, written by hand.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"
#include "dual.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace chainrule;
using Catch::Matchers::WithinRel;
using math::dual;

namespace {

constexpr variable<"y"> y;
constexpr variable<"z"> z;
constexpr variable<"a"> a;
constexpr variable<"p"> p;
constexpr variable<"q"> q;
constexpr variable<"u"> u;

constexpr double limit = 1e-13;

/// A value and its slopes by a, p and q.
template <class Formula>
void check(Formula f, double at_a, double at_y, double at_z, const dual &expected) {
  const auto [value, slope] = compile(f, gradient(f, a, p, q))(a = at_a, p = at_y, q = at_z);
  CHECK_THAT(value, WithinRel(expected.value, limit));
  CHECK_THAT(slope[a], WithinRel(expected.slope[0], limit));
  CHECK_THAT(slope[p], WithinRel(expected.slope[1], limit));
  CHECK_THAT(slope[q], WithinRel(expected.slope[2], limit));
}

struct point {
  dual a, y, z;
};
point seeded(double at_a, double at_y, double at_z) {
  return {{at_a, {1, 0, 0}}, {at_y, {0, 1, 0}}, {at_z, {0, 0, 1}}};
}

} // namespace

TEST_CASE("iterate is a loop") {
  constexpr auto f = iterate<50>(a * y * (1_c - y), y = p) + q;
  point at = seeded(3.1, 0.4, 0.25);
  for (int i = 0; i < 50; ++i)
    at.y = at.a * at.y * (dual(1) - at.y);
  check(f, 3.1, 0.4, 0.25, at.y + at.z);
}

TEST_CASE("states change together") {
  constexpr auto rotation = update(y = y + a * z, z = z - a * y);
  for (int odd = 0; odd < 2; ++odd) {
    point at = seeded(0.1, 0.4, 0.25);
    for (int i = 0; i < 20 + odd; ++i) {
      const dual before = at.y;
      at.y = at.y + at.a * at.z;
      at.z = at.z - at.a * before;
    }
    if (odd)
      check(iterate<21>(rotation, y = p, z = q)[y], 0.1, 0.4, 0.25, at.y);
    else
      check(iterate<20>(rotation, y = p, z = q)[y], 0.1, 0.4, 0.25, at.y);
  }
  // A body of no operation at all, after an even and an odd number of rounds.
  constexpr auto exchange = update(y = z, z = y);
  const point at = seeded(0.1, 0.4, 0.25);
  check(iterate<4>(exchange, y = p, z = q)[y] + a, 0.1, 0.4, 0.25, at.y + at.a);
  check(iterate<5>(exchange, y = p, z = q)[y] + a, 0.1, 0.4, 0.25, at.z + at.a);
}

TEST_CASE("each state is looked up, and outputs see states as they were") {
  constexpr auto rotation = update(y = y + a * z, z = z - a * y);
  point at = seeded(0.1, 0.4, 0.25);
  dual energies;
  for (int i = 0; i < 4; ++i) {
    energies = energies + at.y * at.y + at.z * at.z;
    const dual before = at.y;
    at.y = at.y + at.a * at.z;
    at.z = at.z - at.a * before;
  }
  constexpr auto last = iterate<4>(rotation, y = p, z = q);
  check(last[y], 0.1, 0.4, 0.25, at.y);
  check(last[z], 0.1, 0.4, 0.25, at.z);
  check(sum(orbit<4>(y * y + z * z, rotation, y = p, z = q)), 0.1, 0.4, 0.25, energies);
}

TEST_CASE("the number of steps can be known at run time") {
  constexpr variable<"n"> n;
  constexpr auto inputs = beside(a, a * a, p, q, 0.5_c);
  constexpr auto f = fold(y * u + a, y = q, u = inputs, steps(n)) +
                     sum(scan_backward(y * u + a, y = q, u = inputs, steps(n))) +
                     sum(map_columns(u * u * a, u = inputs, steps(n)));
  for (const double steps_made : {0.0, 1.0, 3.0, 5.0, 7.0, -2.0, 2.5, std::nan("")}) {
    const int count = steps_made > 0 ? std::min(5, static_cast<int>(std::ceil(steps_made))) : 0;
    const point at = seeded(0.3, 0.4, -0.25);
    const std::array<dual, 5> all{at.a, at.a * at.a, at.y, at.z, dual(0.5)};
    dual state = at.z, back = at.z, expected;
    for (int i = 0; i < count; ++i) {
      const dual given = all[static_cast<std::size_t>(i)];
      state = state * given + at.a;
      back = back * all[static_cast<std::size_t>(count - 1 - i)] + at.a;
      expected = expected + back + given * given * at.a;
    }
    expected = expected + state;
    const auto [value, slope] =
        compile(f, gradient(f, a, p, q))(a = 0.3, p = 0.4, q = -0.25, n = steps_made);
    INFO(steps_made);
    CHECK_THAT(value, WithinRel(expected.value, limit));
    CHECK_THAT(slope[a], WithinRel(expected.slope[0], limit));
    CHECK_THAT(slope[p], WithinRel(expected.slope[1], limit));
    CHECK_THAT(slope[q], WithinRel(expected.slope[2], limit));
  }
}

TEST_CASE("every step of an orbit is seen") {
  constexpr auto f = sum(
      elementwise_product(orbit<6>(y + a * y * q, y = p), beside(1_c, 2_c, 3_c, 4_c, 5_c, 6_c)));
  point at = seeded(0.3, 0.4, -0.25);
  dual expected;
  for (int i = 1; i <= 6; ++i) {
    at.y = at.y + at.a * at.y * at.z;
    expected = expected + dual(i) * at.y;
  }
  check(f, 0.3, 0.4, -0.25, expected);
}

TEST_CASE("columns of an input are given one after another, forward or backward") {
  constexpr auto inputs = beside(a, a * a, p, q, 0.5_c);
  const auto expected = [](bool is_backward) {
    point at = seeded(0.3, 0.4, -0.25);
    const std::array<dual, 5> all{at.a, at.a * at.a, at.y, at.z, dual(0.5)};
    dual state = at.z;
    for (int i = 0; i < 5; ++i)
      state = state * all[static_cast<std::size_t>(is_backward ? 4 - i : i)] + at.a;
    return state;
  };
  check(fold(y * u + a, y = q, u = inputs), 0.3, 0.4, -0.25, expected(false));
  check(fold_backward(y * u + a, y = q, u = inputs), 0.3, 0.4, -0.25, expected(true));
  // What belongs to a column stands in its place.
  check(element_of<0, 4>(scan(y * u + a, y = q, u = inputs)), 0.3, 0.4, -0.25, expected(false));
  check(element_of<0, 0>(scan_backward(y * u + a, y = q, u = inputs)), 0.3, 0.4, -0.25,
        expected(true));
}

TEST_CASE("a choice in a body is made anew in each round") {
  constexpr auto inputs = beside(0.1_c, 0.9_c, 0.2_c, 0.8_c);
  constexpr auto f = fold(select(y > u, y * a - q, y + a * u), y = p, u = inputs);
  point at = seeded(0.7, 0.5, 0.2);
  for (const double given : {0.1, 0.9, 0.2, 0.8})
    at.y = at.y > dual(given) ? at.y * at.a - at.z : at.y + at.a * dual(given);
  check(f, 0.7, 0.5, 0.2, at.y);
}

TEST_CASE("loops in loops") {
  constexpr auto inner = iterate<3>(y + a * y * z, y = z * q);
  constexpr auto f = iterate<4>(z * 0.5_c + inner, z = p);
  const point at = seeded(0.3, 0.4, -0.25);
  dual outer = at.y;
  for (int i = 0; i < 4; ++i) {
    dual state = outer * at.z;
    for (int j = 0; j < 3; ++j)
      state = state + at.a * state * outer;
    outer = outer * dual(0.5) + state;
  }
  check(f, 0.3, 0.4, -0.25, outer);
}

TEST_CASE("bodies that ignore what they are given") {
  const point at = seeded(0.3, 0.4, -0.25);
  check(iterate<3>(a * q, y = p) + p, 0.3, 0.4, -0.25, at.a * at.z + at.y);
  check(iterate<3>(1_c, y = p) + a + p + q, 0.3, 0.4, -0.25, dual(1) + at.a + at.y + at.z);
  check(iterate<3>(y, y = p) * a + q, 0.3, 0.4, -0.25, at.y * at.a + at.z);
  check(sum(map_columns(a * p, u = beside(1_c, 2_c, 3_c))) + q, 0.3, 0.4, -0.25,
        dual(3) * at.a * at.y + at.z);
  check(iterate<1>(a * y + q, y = p), 0.3, 0.4, -0.25, at.a * at.y + at.z);
}

TEST_CASE("a variable of a body is another one than that of its name outside") {
  constexpr auto f = y * iterate<3>(a * y, y = y + 1_c);
  const auto [value, slope] = compile(f, gradient(f, y, a))(y = 0.5, a = 2.0);
  CHECK(value == 0.5 * 8 * 1.5);
  CHECK(slope[y] == 8 * (2 * 0.5 + 1));
  CHECK(slope[a] == 0.5 * 1.5 * 12);
}

TEST_CASE("the number of the step among the inputs") {
  constexpr variable<"s"> s;
  constexpr variable<"i"> i;
  constexpr variable<"n"> n;
  constexpr auto indices = step_indices<5>;
  static_assert(compile(fold(s + i * i, s = 0_c, i = indices))() == 30.0);
  static_assert(compile(fold(s + i, s = 0_c, i = step_indices<1>))() == 0.0);
  const auto backward = compile(fold_backward(10_c * s + i, s = 0_c, i = indices, steps(n)));
  CHECK(backward(n = 3.0) == 210);
  CHECK(backward(n = 5.0f) == 43210);
  CHECK(to_string(fold(s + i, s = 0_c, i = indices)) == "fold(s + i, s = 0, i = step_indices(5))");
}

TEST_CASE("a state that nothing sees has no influence, whatever it becomes") {
  constexpr auto unseen = update(y = a * y, z = log(z));
  check(iterate<3>(unseen, y = p, z = q)[y] + q, 2.0, 0.5, 0.25, {4.5 - 0.25, {6, 8, 1}});
  check(sum(orbit<2>(y, unseen, y = p, z = q)) + q, 2.0, 0.5, 0.25, {1.75, {0.5, 3, 1}});
}

TEST_CASE("an input may be the number 0") {
  constexpr variable<"g", 2> g;
  constexpr variable<"Z", 2, 3> Z;
  constexpr auto f = sum(scan(g * y + a, update(y = a), y = a, g = 0_c * Z));
  const std::array<double, 6> at_Z{1, 2, 3, 4, 5, 6};
  const auto [value, slope] = compile(f, partial(f, a))(a = 2.0, Z = at_Z);
  CHECK(value == 12);
  CHECK(slope == 6);
}

TEST_CASE("a number of steps that is a constant is one between 0 and the most there are") {
  constexpr auto inputs = beside(a, a * a, p, q, 0.5_c);
  constexpr auto f = [=](auto count) {
    return partial(sum(map_columns(a * a * q + 0_c * u, u = inputs, steps(count))), q);
  };
  const auto [many, few, part, none] =
      compile(partial(f(7_c), a), partial(f(3_c), a), partial(f(2.5_c), a),
              partial(f(-1_c), a))(a = 0.3, p = 0.4, q = -0.25);
  CHECK_THAT(many, WithinRel(5 * 0.6, 1e-14));
  CHECK_THAT(few, WithinRel(3 * 0.6, 1e-14));
  CHECK_THAT(part, WithinRel(3 * 0.6, 1e-14));
  CHECK(none == 0);
}

TEST_CASE("a gate keeps what is infinite in a round from what flows back") {
  constexpr auto shown = relu(50_c - y * a);
  constexpr auto f = sum(orbit<4>(shown, update(y = exp(y)), y = p));
  CHECK_THAT(compile(partial(f, a))(a = 1.0, p = 2.0), WithinRel(-2 - std::exp(2.0), 1e-14));
  constexpr variable<"X", 1, 3> X;
  constexpr auto g = sum(map_columns(relu(50_c - u * a), u = exp(X)));
  CHECK_THAT(compile(partial(g, a))(a = 1.0, X = std::array{2.0, 800.0, 1.0}),
             WithinRel(-std::exp(2.0) - std::exp(1.0), 1e-14));
}
