// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
#include <chainrule/check/traced.hpp>

#include <array>
#include <limits>

namespace {

using namespace chainrule;
using math::traced;

/// The derivatives of f by three inputs, and the sums of magnitudes.
struct found {
  double value = 0;
  std::array<math::traced_slope, 3> slopes{};
  int steps = 0;
};

constexpr found slopes_of(auto f, double a, double b = 0, double c = 0) {
  math::trace home;
  const traced x(a, home), y(b, home), z(c, home);
  const traced result = f(x, y, z);
  const auto slopes = math::slopes_of(result, home);
  return {result.value, {slopes.items[0], slopes.items[1], slopes.items[2]}, home.steps.size};
}
constexpr bool are(const found &of, double first, double second, double third) {
  return of.slopes[0].value == first && of.slopes[1].value == second && of.slopes[2].value == third;
}

constexpr auto formula = [](auto x, auto y, auto z) { return x * y - x / z + traced(2.0) * y; };
static_assert(slopes_of(formula, 3, 5, 2).value == 23.5);
static_assert(are(slopes_of(formula, 3, 5, 2), 4.5, 5, 0.75));
static_assert(slopes_of(formula, 3, 5, 2).slopes[0].magnitude == 5.5);
static_assert(slopes_of(formula, 3, 5, 2).steps == 5);

// an input, a constant, a number that is used often
static_assert(are(slopes_of([](auto, auto y, auto) { return y; }, 1, 2, 3), 0, 1, 0));
static_assert(are(slopes_of([](auto, auto, auto) { return traced(4.0); }, 1, 2, 3), 0, 0, 0));
static_assert(are(slopes_of([](auto x, auto, auto) { return x * x * x; }, 2), 12, 0, 0));
static_assert(slopes_of([](auto x, auto, auto) { return x - x; }, 2).slopes[0].magnitude == 2);

// what is computed of constants is a constant and takes no step
static_assert(slopes_of([](auto, auto, auto) { return traced(1.0) / 3 + math::sqrt(traced(2.0)); },
                        1)
                  .steps == 0);

// a choice takes the slope of its side
constexpr auto larger = [](auto x, auto y, auto) { return x < y ? y : x; };
static_assert(are(slopes_of(larger, 1, 2), 0, 1, 0) && are(slopes_of(larger, 2, 1), 1, 0, 0));

// a slope of 0 lets nothing through, what is out of range is infinite and no error
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr auto root = [](auto x, auto y, auto) { return math::sqrt(x) * y; };
static_assert(slopes_of(root, 0, 0).slopes[0].value == 0);
static_assert(slopes_of(root, 0, 1).slopes[0].value == infinity);
static_assert(slopes_of([](auto x, auto, auto) { return x * x; }, 1e200).value == infinity);
static_assert(slopes_of([](auto x, auto, auto) { return x * x * x; }, 1e300).slopes[0].magnitude ==
              infinity);

constexpr bool agree(double slope, double tolerance) {
  math::trace home;
  const traced x(2, home);
  return math::agrees(&slope, x * x, home, tolerance);
}
static_assert(agree(4, 1e-12) && agree(4 + 1e-12, 1e-12) && !agree(4 + 1e-11, 1e-12));
static_assert(!agree(infinity, 1) && !agree(-1e308, 1));

} // namespace
