// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// What the functions of math/ cost in constant evaluation.

#include <chainrule/math/gamma.hpp>
#include <chainrule/math/hyperbolic.hpp>

namespace {

namespace math = chainrule::math;

/// One constant evaluation with `count` calls of each: within the compilers' default limits.
constexpr double sum_of_all(int count) {
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    const double x = (i % 200 + 1) / 64.0;
    sum += math::sin(x) + math::atan(x) + math::asinh(x) + math::erfc(x) + math::cbrt(x);
    sum += math::normal_cdf(x) + math::digamma(x) + math::lgamma(x) + math::log2(x);
  }
  return sum;
}

// Half of clang's default limit: a function that becomes several times more expensive fails here.
static_assert(sum_of_all(300) > 0);

} // namespace
