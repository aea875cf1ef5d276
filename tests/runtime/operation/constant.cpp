// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// pi_c, e_c and long literals in every scalar, beside matrices, written: against
// the C library's digits and Boost's constants.
#include <chainrule/chainrule.hpp>

#include "catch.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_dec_float.hpp>

#include <complex>
#include <limits>
#include <sstream>

using namespace chainrule;
namespace mp = boost::multiprecision;

namespace {

constexpr variable<"x"> x;
constexpr variable<"v", 3> v;
constexpr variable<"A", 7, 9> A;

template <class Scalar>
Scalar value_of(auto constant) {
  return compile(constant * x)(x = Scalar(1.0));
}

// A literal has its 60 digits, or those of Scalar.
constexpr auto third = 0.333333333333333333333333333333333333333333333333333333333333_c;
constexpr const char *third_text = "0.333333333333333333333333333333333333333333333333333333333333";

// More than its value_type, as pairs of doubles are.
struct precise {
  using value_type = double;
  mp::cpp_bin_float_50 number;

  precise() = default;
  explicit precise(double from) : number(from) {}
  explicit precise(const mp::cpp_bin_float_50 &from) : number(from) {}
  friend precise operator+(const precise &a, const precise &b) {
    return precise(mp::cpp_bin_float_50(a.number + b.number));
  }
  [[maybe_unused]] friend precise operator-(const precise &a, const precise &b) {
    return precise(mp::cpp_bin_float_50(a.number - b.number));
  }
  friend precise operator-(const precise &a) { return precise(mp::cpp_bin_float_50(-a.number)); }
  friend precise operator*(const precise &a, const precise &b) {
    return precise(mp::cpp_bin_float_50(a.number * b.number));
  }
  friend precise operator/(const precise &a, const precise &b) {
    return precise(mp::cpp_bin_float_50(a.number / b.number));
  }
};

} // namespace

TEST_CASE("pi and e are correctly rounded to scalars of many digits") {
  using boost::math::constants::e;
  using boost::math::constants::pi;
  CHECK(value_of<mp::cpp_bin_float_50>(pi_c) == pi<mp::cpp_bin_float_50>());
  CHECK(value_of<mp::cpp_bin_float_100>(pi_c) == pi<mp::cpp_bin_float_100>());
  CHECK(value_of<mp::cpp_dec_float_50>(pi_c) == pi<mp::cpp_dec_float_50>());
  CHECK(value_of<mp::cpp_bin_float_50>(e_c) == e<mp::cpp_bin_float_50>());
  CHECK(value_of<mp::cpp_bin_float_100>(e_c) == e<mp::cpp_bin_float_100>());
  // Boost's constant of 113 bits would need libquadmath.
  CHECK(value_of<mp::cpp_bin_float_quad>(pi_c) ==
        mp::cpp_bin_float_quad("3.14159265358979323846264338327950288419716939937510582"));
  CHECK(value_of<std::complex<double>>(pi_c) == pi<double>());
  CHECK(value_of<std::complex<float>>(e_c) == e<float>());
}

TEST_CASE("long literals are rounded to scalars of many digits") {
  CHECK(value_of<mp::cpp_bin_float_50>(third) == mp::cpp_bin_float_50(third_text));
  CHECK(value_of<mp::cpp_bin_float_50>(12345678901234567890123456789.25_c) ==
        mp::cpp_bin_float_50("12345678901234567890123456789.25"));
  const mp::cpp_bin_float_50 tiny("1.2345678901234567890123456789e-40");
  const mp::cpp_bin_float_50 found =
      value_of<mp::cpp_bin_float_50>(1.2345678901234567890123456789e-40_c);
  CHECK(abs(found - tiny) <= 4 * std::numeric_limits<mp::cpp_bin_float_50>::epsilon() * tiny);
  CHECK(value_of<precise>(third).number == mp::cpp_bin_float_50(third_text));
  CHECK(value_of<precise>(pi_c).number == boost::math::constants::pi<mp::cpp_bin_float_50>());
  CHECK(value_of<precise>(0.1_c).number == mp::cpp_bin_float_50(1) / 10);
  CHECK(value_of<std::complex<double>>(0.1_c) == 0.1);
  CHECK(value_of<std::complex<double>>(0.1000000000000000000000001_c) == 0.1);
}

TEST_CASE("constants stand beside matrices") {
  const std::array<double, 3> values{1, 2, 3};
  constexpr auto step =
      compile(dot(v, v) * pi_c, gradient(sum(v) * pi_c, v), pi_c, beside(pi_c, third), pi_c * v,
              select(v > e_c, v, e_c), hessian(pi_c * squared_norm(v), v));
  const auto [f, slopes, alone, both, product, larger, curvature] = step(v = values);
  constexpr double pi = 3.14159265358979323846, e = 2.71828182845904523536;
  CHECK(f == 14 * pi);
  CHECK(alone == pi);
  CHECK(both(0, 0) == pi);
  CHECK(both(0, 1) == 1.0 / 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(slopes[v](i, 0) == pi);
    CHECK(product(i, 0) == pi * values[static_cast<std::size_t>(i)]);
    CHECK(larger(i, 0) == (i < 2 ? e : 3));
    for (int j = 0; j < 3; ++j)
      CHECK(curvature(i, j) == (i == j ? 2 * pi : 0));
  }
  // In the rest of a row behind whole packs, in float.
  matrix<float, 7, 9> given{};
  const matrix<float, 7, 9> shifted = compile(A + pi_c)(A = given);
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 9; ++j)
      CHECK(shifted(i, j) == 3.14159274f);
}

TEST_CASE("constants are written by name") {
  std::ostringstream text;
  text << 2_c * pi_c * x;
  CHECK(text.str() == "2 * pi * x");
}
