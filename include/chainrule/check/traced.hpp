// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// traced: a number that remembers what it was computed from. Each operation on traced numbers adds
// one step to a trace, its operands and its slopes by them, and slopes_of goes back over the steps
// once: the derivatives by all inputs cost as much as a few evaluations, however many they are.
// Read next: traced_formula.hpp.
#pragma once

#include <chainrule/graph/list.hpp>
#include <chainrule/math/slopes.hpp>

namespace chainrule::math::CHAINRULE_FLAGS {

/// Numbers by their places: first the inputs, then the result of each step.
struct trace {
  /// A number that was computed from two others, or from one and a constant, whose place is -1.
  struct step {
    int first, second;
    double by_first, by_second;
  };

  int inputs = 0;
  chainrule::detail::list<step> steps;

  constexpr int add(const step &next) {
    steps.push(next);
    return inputs + steps.size - 1;
  }
};

struct traced {
  double value = 0;
  int place = -1; // in the trace; -1: a constant
  trace *home = nullptr;

  constexpr traced() = default;
  constexpr traced(double constant) : value(constant) {}
  /// An input; they come before any step.
  constexpr traced(double input, trace &in) : value(input), place(in.inputs++), home(&in) {}

  /// f(x) where f has the value and the derivative given at x.
  constexpr traced through(double result, double slope) const {
    traced out(result);
    if (home != nullptr)
      out.remember(*home, {place, -1, slope, 0});
    return out;
  }

  friend constexpr traced operator+(const traced &a, const traced &b) {
    return through_both(bounded_sum(a.value, b.value), a, 1, b, 1);
  }
  friend constexpr traced operator-(const traced &a) { return a.through(-a.value, -1); }
  friend constexpr traced operator-(const traced &a, const traced &b) {
    return through_both(bounded_sum(a.value, -b.value), a, 1, b, -1);
  }
  friend constexpr traced operator*(const traced &a, const traced &b) {
    return through_both(bounded_product(a.value, b.value), a, b.value, b, a.value);
  }
  friend constexpr traced operator/(const traced &a, const traced &b) {
    const double quotient = bounded_quotient(a.value, b.value);
    return through_both(quotient, a, bounded_quotient(1, b.value), b,
                        bounded_quotient(-quotient, b.value));
  }

  friend constexpr bool operator<(const traced &a, const traced &b) { return a.value < b.value; }
  friend constexpr bool operator<=(const traced &a, const traced &b) { return a.value <= b.value; }
  friend constexpr bool operator>(const traced &a, const traced &b) { return b < a; }
  friend constexpr bool operator>=(const traced &a, const traced &b) { return b <= a; }
  friend constexpr bool operator==(const traced &a, const traced &b) { return a.value == b.value; }

private:
  constexpr void remember(trace &in, const trace::step &how) {
    home = &in;
    place = in.add(how);
  }
  static constexpr traced through_both(double result, const traced &a, double by_a, const traced &b,
                                       double by_b) {
    traced out(result);
    if (a.home != nullptr)
      out.remember(*a.home, {a.place, b.place, by_a, by_b});
    else if (b.home != nullptr)
      out.remember(*b.home, {-1, b.place, 0, by_b});
    return out;
  }
};

/// A derivative, and the sum of the magnitudes that were added up to it, to which rounding errors
/// are proportional.
struct traced_slope {
  double value = 0;
  double magnitude = 0;

  /// More by a slope times what is more elsewhere. A slope of 0 lets nothing through, not even what
  /// is out of range.
  constexpr void grow(double slope, const traced_slope &more) {
    if (slope == 0)
      return;
    magnitude = bounded_sum(magnitude, bounded_product(slope < 0 ? -slope : slope, more.magnitude));
    value = in_range(magnitude) ? value + slope * more.value : out_of_range;
  }
};

/// The derivatives of a result by all numbers up to it, the inputs first.
constexpr chainrule::detail::list<traced_slope> slopes_of(const traced &result, const trace &home) {
  chainrule::detail::list<traced_slope> slopes(home.inputs + home.steps.size, {});
  if (result.place >= 0)
    slopes.items[result.place] = {1, 1};
  for (int i = home.steps.size - 1; i >= 0; --i) {
    const traced_slope &here = slopes.items[home.inputs + i];
    if (here.magnitude == 0)
      continue;
    const trace::step &step = home.steps.items[i];
    if (step.first >= 0)
      slopes.items[step.first].grow(step.by_first, here);
    if (step.second >= 0)
      slopes.items[step.second].grow(step.by_second, here);
  }
  return slopes;
}

/// Whether slopes by the inputs are those of the result: |difference| <= tolerance * magnitude.
constexpr bool agrees(const double *found, const traced &result, const trace &home,
                      double tolerance) {
  const chainrule::detail::list<traced_slope> slopes = slopes_of(result, home);
  for (int i = 0; i < home.inputs; ++i) {
    const traced_slope &expected = slopes.items[i];
    if (!in_range(found[i]) || !in_range(expected.magnitude) ||
        abs(bounded_sum(found[i], -expected.value)) > tolerance * expected.magnitude)
      return false;
  }
  return true;
}

} // namespace chainrule::math::CHAINRULE_FLAGS
