// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A scalar type of a user's own: its arithmetic, and its functions found by argument-dependent
// lookup. Here one that counts its operations and rounds nothing.
#include "catch.hpp"

#include <boost/hana/at_key.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/find.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/unpack.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include <chainrule/chainrule.hpp>

#include <type_traits>

namespace own {

struct counted {
  double value = 0;
  inline static int exponentials = 0;

  counted() = default;
  counted(double number) : value(number) {}
  friend counted operator+(counted a, counted b) { return a.value + b.value; }
  friend counted operator-(counted a, counted b) { return a.value - b.value; }
  friend counted operator*(counted a, counted b) { return a.value * b.value; }
  friend counted operator/(counted a, counted b) { return a.value / b.value; }
  friend counted operator-(counted a) { return -a.value; }
  friend bool operator<(counted a, counted b) { return a.value < b.value; }
  friend bool operator<=(counted a, counted b) { return a.value <= b.value; }
  friend bool operator==(counted a, counted b) { return a.value == b.value; }
};

counted exp(counted x) {
  ++counted::exponentials;
  return std::exp(x.value);
}

} // namespace own

using namespace chainrule;

namespace {

constexpr variable<"x"> x;
constexpr variable<"w"> w;
constexpr auto f = sigmoid(w * sigmoid(w * x));
constexpr auto step = compile(f, gradient(f, w));

} // namespace

TEST_CASE("a user's scalar type") {
  own::counted::exponentials = 0;
  const auto [value, slope] = step(w = own::counted(0.5), x = own::counted(2.0));
  const auto [expected, expected_slope] = step(w = 0.5, x = 2.0);
  CHECK(value.value == expected);
  CHECK(slope[w].value == expected_slope[w]);
  CHECK(own::counted::exponentials == 2);
  static_assert(cost(step).exponentials == 2);
}

TEST_CASE("multiprecision") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const real at_w("0.5"), at_x("2");
  const auto [value, slope] = step(w = at_w, x = at_x);
  // by the formula, in 50 digits
  const real one = 1;
  const real inner = one / (one + exp(-at_w * at_x));
  const real outer = one / (one + exp(-at_w * inner));
  const real expected = outer * (one - outer) * (inner + at_w * inner * (one - inner) * at_x);
  CHECK(abs(value - outer) < real("1e-48"));
  CHECK(abs(slope[w] - expected) < real("1e-48"));
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
