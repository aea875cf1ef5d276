// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Eigen's arrays of fixed size as scalars, whole packs of lanes and what is left of one.
#include "../runtime/lanes/scalar.hpp"

#include <Eigen/Core>

using namespace chainrule;

namespace {

const auto lane = [](const auto &from, int i) { return from[i]; };

template <class Array>
Array wide(double first, double last) {
  using number = typename Array::Scalar;
  Array result;
  for (int i = 0; i < static_cast<int>(Array::SizeAtCompileTime); ++i)
    result[i] = static_cast<number>(first + (last - first) * i /
                                                (static_cast<int>(Array::SizeAtCompileTime) - 1));
  return result;
}

template <class Array>
void check() {
  lanes::check_all(wide<Array>, lane, static_cast<int>(Array::SizeAtCompileTime));
}

static_assert(scalar<Eigen::Array4d> && !scalar<Eigen::Vector4d> && !scalar<Eigen::ArrayXd>);
static_assert(!scalar<Eigen::Array4i> && !math::has_lanes<Eigen::Array4i>);

} // namespace

TEST_CASE("arrays of Eigen's as scalars: each lane is the function of its number") {
  check<Eigen::Array4d>();
  check<Eigen::Array<double, 1, 7>>();
  check<Eigen::Array<float, 5, 1>>();
  check<Eigen::Array<long double, 3, 1>>();
}
