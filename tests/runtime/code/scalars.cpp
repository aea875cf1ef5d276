// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// A scalar type of a user's own: its arithmetic, and its functions found by argument-dependent
// lookup. Here one that counts its operations and rounds nothing.
#include "catch.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <chainrule/chainrule.hpp>

#include <complex>
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

// f(x + i h) = f(x) + i h f'(x) + ..., without any difference (Squire and Trapp 1998).
TEST_CASE("complex steps through analytic networks are the gradient") {
  using complex = std::complex<double>;
  constexpr auto analytic = exp(w * x) * sin(x) / (1_c + square(w)) + log(2_c + x) * sqrt(x) +
                            cos(x * w) + pow(x, 3_c) - atan(w);
  const auto value = compile(analytic);
  const auto slope = compile(gradient(analytic, w, x))(w = 0.3, x = 0.7);
  constexpr double h = 1e-100;
  const double by_w = std::imag(value(w = complex(0.3, h), x = complex(0.7, 0))) / h;
  const double by_x = std::imag(value(w = complex(0.3, 0), x = complex(0.7, h))) / h;
  CHECK_THAT(by_w, Catch::Matchers::WithinRel(slope[w], 1e-14));
  CHECK_THAT(by_x, Catch::Matchers::WithinRel(slope[x], 1e-14));
  // also through what goes by the magnitude of a number that has a sign
  constexpr auto saturating = tanh(w * x) * softplus(w - x) * sigmoid(x) +
                              binary_cross_entropy_with_logits(w * x - 1_c, x) + log_sigmoid(w);
  for (const double at : {0.3, -1.7, 2.5}) {
    const auto exact = compile(gradient(saturating, w, x))(w = at, x = 0.7);
    const auto ahead = compile(saturating, partial(saturating, x));
    const auto [by, second] = ahead(w = complex(at, h), x = complex(0.7, 0));
    CHECK_THAT(std::imag(by) / h, Catch::Matchers::WithinRel(exact[w], 1e-14));
    const auto mixed = compile(partial(partial(saturating, x), w))(w = at, x = 0.7);
    CHECK_THAT(std::imag(second) / h, Catch::Matchers::WithinRel(mixed, 1e-13));
  }
  // and its own gradient at a complex point is that of the same formula
  const auto at_a_point = compile(gradient(w * w * x, w))(w = complex(1, 2), x = complex(0, 1));
  CHECK(at_a_point[w] == 2.0 * complex(1, 2) * complex(0, 1));
}
