// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What is tried without reading on: values in braces, pointers, elements by place, functions as
// activations, gradients by layers, packs with more than a function needs, changes of packs.
#include "catch.hpp"

#include <chainrule/chainrule.hpp>

#include <cmath>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr variable<"v", 2> v;
constexpr variable<"r", 1, 30> r;
constexpr variable<"M", 2, 3> M;

static_assert(gradient(sigmoid(w * x), w) == sigmoid(w * x) * sigmoid(-(w * x)) * x);
static_assert(2_c * x * w == gradient(square(x) * w, x));
static_assert(gradient(x * w, x, w) == gradient(w * x, x, w));
static_assert(!(gradient(x * w, x, w) == gradient(x + w, x, w)));

static_assert(compile(v[0_c] - v(1_c))(v = {5.0, 3.0}) == 2);
static_assert(compile(M(1_c, 2_c))(M = {1, 2, 3, 4, 5, 6}) == 6);
static_assert(compile(M(0_c, 1_c))(M = {{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}}) == 2);
static_assert(compile(x)(at(x = {7.0})) == 7);
static_assert(r[10_c] == element_of<0, 10>(r));

} // namespace

TEST_CASE("a pointer has as many elements as the variable") {
  const double two[]{3, 4}, one = 5;
  float single[]{1, 2};
  const double *const pointer = two;
  float *const changing = single;
  CHECK(compile(sum(v))(v = pointer) == 7);
  CHECK(compile(x * sum(v))(x = &one, v = pointer) == 35);
  CHECK(compile(sum(v))(v = changing) == 3.0f);
  auto point = at(v = changing);
  single[0] = 9;
  CHECK(compile(sum(v))(point) == 3.0f); // which keeps values
  CHECK(gradient_is_right(exp(sum(v)), v = pointer));
}

TEST_CASE("every activation of the library is one of a layer") {
  const auto check = [](auto by_name, auto by_formula, const char *) {
    CHECK(by_name(v) == by_formula(v));
  };
#define CHECK_ACTIVATION(name)                                                                     \
  check(dense<"layer", 2, 3>(name), dense<"layer", 2, 3>([](auto z) { return name(z); }), #name)
  CHECK_ACTIVATION(sigmoid);
  CHECK_ACTIVATION(log_sigmoid);
  CHECK_ACTIVATION(tanh);
  CHECK_ACTIVATION(relu);
  CHECK_ACTIVATION(leaky_relu);
  CHECK_ACTIVATION(elu);
  CHECK_ACTIVATION(selu);
  CHECK_ACTIVATION(celu);
  CHECK_ACTIVATION(gelu);
  CHECK_ACTIVATION(gelu_tanh);
  CHECK_ACTIVATION(silu);
  CHECK_ACTIVATION(mish);
  CHECK_ACTIVATION(softplus);
  CHECK_ACTIVATION(softsign);
  CHECK_ACTIVATION(hard_sigmoid);
  CHECK_ACTIVATION(hard_swish);
  CHECK_ACTIVATION(hard_tanh);
  CHECK_ACTIVATION(softmax);
  CHECK_ACTIVATION(log_softmax);
#undef CHECK_ACTIVATION
}

TEST_CASE("layers that are no chain, with their gradient, their pack and its changes") {
  constexpr auto left = dense<"left", 2, 2>(linear);
  constexpr auto right = dense<"right", 2, 2>(linear);
  constexpr auto loss = squared_norm(left(v) - x * right(v));
  constexpr auto step = compile(gradient(loss, left, x, right));
  auto theta = parameters<double>(left, x, right);
  REQUIRE(theta.size() == 13);
  double next = 1;
  for (double &each : theta)
    each = next++;
  // left: W = (1 2; 3 4), b = (5, 6); x = 7; right: W = (8 9; 10 11), b = (12, 13); at v = (1, 0)
  const auto slope = step(theta, v = {1.0, 0.0});
  const double e0 = 1 + 5 - 7 * (8 + 12.0), e1 = 3 + 6 - 7 * (10 + 13.0);
  CHECK(slope[left.W](0, 0) == 2 * e0);
  CHECK(slope[right.b](1) == -14 * e1);
  CHECK(slope[x] == -2 * (e0 * 20 + e1 * 23));

  SECTION("a function that needs a part of the pack") {
    constexpr auto alone = compile(sum(left(v)), gradient(sum(left(v)), left.b, left.W));
    const auto [value, part] = alone(theta, v = {1.0, 0.0});
    CHECK(value == 15);
    theta.descend(part, 0.5); // in another order
    CHECK(theta[left.b](0) == 4.5);
    CHECK(theta[left.W](0, 0) == 0.5);
    CHECK(theta[left.W](0, 1) == 2);
    CHECK(theta[x] == 7);
  }
  SECTION("sums") {
    auto changed = theta;
    changed += slope;
    CHECK(changed[x] == 7 + slope[x]);
    changed -= 2 * slope;
    CHECK(changed[x] == 7 - slope[x]);
    changed += theta;
    CHECK(changed[left.W](1, 1) == 2 * 4 - slope[left.W](1, 1));
  }
}
