// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Packs as scalars. Eigen's arrays are in tests/eigen/scalars.cpp.
#include "scalar.hpp"

using namespace chainrule;

namespace {

template <class T>
using pack = math::pack<T>;

const auto lane = [](const auto &from, int i) {
  return static_cast<typename std::remove_cvref_t<decltype(from)>::value_type>(from.lanes[i]);
};

template <class T>
pack<T> wide(double first, double last) {
  pack<T> result(0);
  for (int i = 0; i < pack<T>::size; ++i)
    result.lanes[i] = static_cast<T>(first + (last - first) * i / (pack<T>::size - 1));
  return result;
}

static_assert(scalar<double> && scalar<float> && scalar<pack<double>> && scalar<pack<float>>);
static_assert(!scalar<const char *> && !scalar<matrix<double, 2>>);

} // namespace

TEST_CASE("packs as scalars: each lane is the function of its number") {
  lanes::check_all(wide<double>, lane, pack<double>::size);
  lanes::check_all(wide<float>, lane, pack<float>::size);
  lanes::check_matrices(wide<double>, lane, pack<double>::size);
}

TEST_CASE("packs as scalars: constants, points and memory of the caller's") {
  using lanes::w, lanes::x;
  constexpr auto f = 0.1_c * w + x;
  constexpr auto step = compile(f, gradient(f, w));
  const auto p = at(w = 2.0, x = wide<double>(0, 1));
  const auto [value, slope] = step(p);
  CHECK(lane(slope[w], 0) == 0.1);
  CHECK(lane(value, 1) == 0.1 * 2.0 + lane(p[x], 1));
  pack<double> into_value, into_slope;
  step.into(into_value, into_slope)(p);
  CHECK(lane(into_value, 1) == lane(value, 1));
  CHECK(lane(into_slope, 1) == 0.1);
}
