// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Gradients as Boost.Hana sees them.
#include "catch.hpp"

#include <boost/hana/at_key.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/find.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <chainrule/chainrule.hpp>

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * sigmoid(w * x));

} // namespace

TEST_CASE("what Hana finds in a temporary outlives it") {
  constexpr variable<"v", 2> v;
  constexpr auto step = compile(gradient(squared_norm(v), v));
  const auto in = at(v = matrix<double, 2>{1, 2});
  using column = matrix<double, 2>;
  static_assert(std::same_as<decltype(boost::hana::at_key(step(in), v)), column>);
  CHECK(*boost::hana::find(step(in), v) == column{2, 4});
  CHECK(boost::hana::at_key(boost::hana::to_map(step(in)), v) == column{2, 4});
}

TEST_CASE("a gradient is a map to Hana") {
  const auto slope = compile(gradient(f, w, x))(w = 0.5, x = 2.0);
  CHECK(boost::hana::at_key(slope, w) == slope[w]);
  static_assert(decltype(boost::hana::length(slope))::value == 2);
  static_assert(decltype(boost::hana::contains(slope, x))::value);
  static_assert(!decltype(boost::hana::contains(slope, variable<"q">{}))::value);
  CHECK(*boost::hana::find(slope, x) == slope[x]);

  static_assert(decltype(boost::hana::length(boost::hana::keys(slope)))::value == 2);
  CHECK(boost::hana::at_key(boost::hana::to_map(slope), x) == slope[x]);
  double sum = 0;
  boost::hana::unpack(slope,
                      [&](const auto &...pairs) { ((sum += boost::hana::second(pairs)), ...); });
  CHECK(sum == slope[w] + slope[x]);
}
